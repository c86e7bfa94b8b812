"""Every page, in both languages, with its JSON and CSV beside it."""

from __future__ import annotations

import csv
import io
import re
from typing import Any
from urllib.parse import quote

import pytest

from dabi.bengali.script import fold_text
from web.conftest import Desk, series_of, story_of

BENGALI = {"Cookie": "dabi-reader=bn.bengali.indian"}
ENGLISH = {"Cookie": "dabi-reader=en.latin.international"}
PAGES = ["/", "/stories", "/series", "/sources", "/search", "/compare", "/judge", "/add", "/enter"]
WITH_DATA = ["/desk", "/stories", "/series", "/sources", "/search", "/judge"]


def addresses(desk: Desk) -> list[str]:
    """A page of each kind that shows one thing."""
    story, series = story_of(desk), series_of(desk)
    figure = series["figures"][2]["claim"]
    return [
        f"/stories/{story['id']}",
        f"/series/{quote(series['line']['id'], safe='')}",
        f"/articles/{figure['report']}",
        f"/sources/{quote('ফারহানা ইয়াসমিন')}",
    ]


def rows(response: Any) -> list[dict[str, str]]:
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("address", PAGES)
def test_pages_answer_in_the_language_chosen(reading_desk: Desk, address: str) -> None:
    for language, headers, word in (("bn", BENGALI, "সিদ্ধান্ত"), ("en", ENGLISH, "Judge")):
        page = reading_desk.get(address, headers=headers)
        assert page.status_code == 200
        assert f'<html lang="{language}">' in page.text
        assert word in page.text


def test_the_browsers_languages_decide_until_the_reader_does(reading_desk: Desk) -> None:
    assert '<html lang="en">' in reading_desk.get("/", headers={"Accept-Language": "en-GB,en;q=0.9"}).text
    assert '<html lang="bn">' in reading_desk.get("/", headers={"Accept-Language": "bn-BD,en;q=0.5"}).text
    assert '<html lang="bn">' in reading_desk.get("/", headers={"Accept-Language": ""}).text


def test_digits_and_grouping_are_chosen_apart_from_the_language(reading_desk: Desk) -> None:
    address = "/search?unit=BDT&min=1000000"
    for cookie, written in (
        ("bn.bengali.indian", "৮৫,০০,০০০"),
        ("bn.latin.indian", "85,00,000"),
        ("en.latin.international", "8,500,000"),
        ("en.bengali.international", "৮,৫০০,০০০"),
    ):
        assert written in reading_desk.get(address, headers={"Cookie": f"dabi-reader={cookie}"}).text, cookie


def test_the_choice_is_kept_and_leads_back(desk: Desk) -> None:
    fields = {"language": "en", "digits": "latin", "grouping": "indian", "back": "/sources?since=2025-01-01"}
    answer = desk.post("/reader", fields)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sources?since=2025-01-01")
    assert desk.client.cookies["dabi-reader"] == "en.latin.indian"


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(desk: Desk, back: str) -> None:
    answer = desk.post("/reader", {"language": "en", "digits": "latin", "grouping": "indian", "back": back})
    assert answer.headers["location"] == "/"


def test_things_have_their_pages(reading_desk: Desk) -> None:
    for address in addresses(reading_desk):
        assert reading_desk.get(address).status_code == 200, address
        assert reading_desk.get(f"{address}.json").headers["content-type"] == "application/json"
        assert rows(reading_desk.get(f"{address}.csv")), address


@pytest.mark.parametrize("address", WITH_DATA)
def test_lists_have_json_and_csv_beside_them(reading_desk: Desk, address: str) -> None:
    assert reading_desk.get(f"{address}.json").json()
    assert reading_desk.get(f"{address}.csv").status_code == 200


def test_every_page_links_what_stands_beside_it(reading_desk: Desk) -> None:
    for address in ["/", "/stories", "/series", "/sources", "/search", "/judge", *addresses(reading_desk)]:
        links = re.findall(r'href="([^"]+)" rel="alternate"', reading_desk.get(address).text)
        assert {link.partition("?")[0].rpartition(".")[2] for link in links} >= {"json", "csv"}, address
        for link in links:
            assert reading_desk.get(link.replace("&amp;", "&")).status_code == 200, link


def test_csv_of_claims_has_what_json_has(reading_desk: Desk) -> None:
    article = addresses(reading_desk)[2]
    table = rows(reading_desk.get(f"{article}.csv"))
    claims = reading_desk.get(f"{article}.json").json()["claims"]
    assert [row["id"] for row in table] == [claim["id"] for claim in claims]
    assert [float(row["low"]) for row in table] == [claim["low"] for claim in claims]
    assert [row["sentence"] for row in table] == [claim["sentence"] for claim in claims]


def test_the_desk_shows_what_moved_conflicts_and_was_corrected(reading_desk: Desk) -> None:
    desk = reading_desk.get("/desk.json?since=2025-09-01").json()
    assert desk["stories"][0]["reports"] == 6
    assert desk["stories"][0]["origins"] == 5  # one report copies another
    assert {(m["before"]["low"], m["after"]["low"]) for m in desk["conflicts"]} >= {(17, 15)}
    assert (15, 22) in {(m["before"]["low"], m["after"]["low"]) for m in desk["moved"]}
    corrected = {(c["before"]["low"], c["after"]["low"]) for c in desk["corrected"]}
    assert corrected >= {(8, 9), (30_000_000, 20_000_000)}
    page = reading_desk.get("/?since=2025-09-01", headers=ENGLISH).text
    assert "What conflicts" in page
    assert re.search(r">17</a>\s*<span[^>]*>≠</span>\s*<a[^>]*>15</a>", page)


def test_the_table_of_the_desk_has_all_that_the_desk_shows(reading_desk: Desk) -> None:
    desk = reading_desk.get("/desk.json?since=2025-09-01").json()
    table = rows(reading_desk.get("/desk.csv?since=2025-09-01"))
    of = {kind: [row for row in table if row["kind"] == kind] for kind in ("moved", "conflicts", "story", "corrected")}
    assert sum(map(len, of.values())) == len(table)
    for kind in ("moved", "conflicts"):
        assert [row["id_after"] for row in of[kind]] == [made["after"]["id"] for made in desk[kind]]
    assert [(row["story"], row["label"], int(row["reports"]), row["id_after"]) for row in of["story"]] == [
        (line["id"], line["title"], line["reports"], ((line["leading"] or {}).get("newest") or {"id": ""})["id"])
        for line in desk["stories"]
    ]
    assert [(row["article"], row["low_before"], row["low_after"]) for row in of["corrected"]] == [
        (made["change"]["article"], str(made["before"]["low"]), str(made["after"]["low"])) for made in desk["corrected"]
    ]
    assert all(of.values())


def test_since_narrows_the_desk(reading_desk: Desk) -> None:
    early, late = (reading_desk.get(f"/desk.json?since={day}").json() for day in ("2025-01-01", "2025-09-06"))
    assert len(early["moved"]) > len(late["moved"])
    assert all(made["after"]["day"] >= "2025-09-06" for made in late["moved"])
    assert reading_desk.get("/?since=", headers=ENGLISH).status_code == 200  # as a form sends it


def test_echoes_are_folded_under_their_origin(reading_desk: Desk) -> None:
    story = reading_desk.get(f"/stories/{story_of(reading_desk)['id']}.json").json()
    folded = [told for told in story["told"] if told["echoes"]]
    assert [(t["report"]["outlet"], [e["outlet"] for e in t["echoes"]]) for t in folded] == [("উপকূল বার্তা", ["সন্ধ্যাতারা"])]
    assert sum(1 + len(told["echoes"]) for told in story["told"]) == 6


def test_every_mark_of_the_chart_opens_its_sentence(reading_desk: Desk) -> None:
    series = series_of(reading_desk)
    page = reading_desk.get(f"/series/{series['line']['id']}", headers=ENGLISH).text
    (chart,) = re.findall(r'<figure class="chart wide">(.*?)</figure>', page, re.S)
    links = set(re.findall(r'href="(/articles/\d+#m\d+)"', chart))
    dated = [figure["claim"] for figure in series["figures"] if figure["claim"]["published"]]
    assert links == {f"/articles/{claim['report']}#m{claim['key'] % (1 << 20)}" for claim in dated}
    for link in links:
        article, _, mark = link.partition("#")
        assert f'<mark class="q" id="{mark}">' in reading_desk.get(article).text
    assert "style=" not in chart  # the policy allows no inline style


def test_a_series_is_found_by_any_of_its_claims(reading_desk: Desk) -> None:
    """It is called after its first claim, which may be another one tomorrow."""
    series = series_of(reading_desk)
    later = series["figures"][-1]["claim"]["id"]
    answer = reading_desk.get(f"/series/{later}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/series/{series['line']['id']}")
    assert reading_desk.get(f"/series/{later}.json").json() == series


def test_charts_stand_beside_their_page(reading_desk: Desk) -> None:
    address = f"/series/{series_of(reading_desk)['line']['id']}"
    assert reading_desk.get(f"{address}.svg").text.startswith("<svg")
    assert "vega-lite" in reading_desk.get(f"{address}.vl.json").json()["$schema"]
    assert "method" in reading_desk.get(f"{address}.meta.json").json()


def test_the_text_is_shown_whole_with_its_marks(reading_desk: Desk) -> None:
    hits = reading_desk.get("/api/v1/articles", params={"words": "লঞ্চ শাপলা"}).json()["items"]
    key = hits[0]["key"]
    article = reading_desk.get(f"/articles/{key}.json").json()
    page = reading_desk.get(f"/articles/{key}").text
    text = re.sub(r"<a class=\"ref\".*?</a>", "", page[page.index('class="text"') : page.index('class="claims"')])
    shown = re.sub(r"<[^>]*>", "", text)
    for line in article["text"].splitlines():
        if line.strip():
            assert line.strip().replace('"', "&#34;") in shown, line
    assert 'class="furniture"' in page
    for number in range(len(article["claims"])):
        assert f'id="c{number}"' in page
        assert f'id="m{number}"' in page


def test_versions_show_their_differences(reading_desk: Desk) -> None:
    change = reading_desk.get("/desk.json?since=2025-09-01").json()["corrected"][0]
    key = change["after"]["report"]
    page = reading_desk.get(f"/articles/{key}?changes=true", headers=ENGLISH).text
    assert "<del>৩</del><ins>২</ins>" in page
    assert page.count("as it stood on") == 2
    older = reading_desk.get(f"/articles/{change['before']['report']}", headers=ENGLISH).text
    assert "An older version or reading." in older
    assert f'href="/articles/{key}"' in older


def test_findings_inside_a_report_stand_in_its_margin(desk: Desk) -> None:
    text = "আগুনে ৩০ জনের মৃত্যু\n\nকারখানায় আগুনে ১২ জনের মৃত্যু হয়েছে বলে জানিয়েছে ফায়ার সার্ভিস। আহত হয়েছেন ৯ জন।"
    added = desk.client.post("/api/v1/articles", json={"text": text, "published": "2025-10-01"}).json()
    article = desk.get(f"/articles/{added['key']}.json").json()
    assert [finding["kind"] for finding in article["findings"]] == ["headline_number"]
    page = desk.get(f"/articles/{added['key']}", headers=ENGLISH).text
    assert "What does not fit" in page
    assert "The headline gives another number than the text." in page


def test_a_source_shows_what_was_said_against_it(reading_desk: Desk) -> None:
    said = reading_desk.get(f"/sources/{quote('ফারহানা ইয়াসমিন')}.json").json()["items"]
    against = {(one["claim"]["low"], other["low"]) for one in said for other in one["against"]}
    assert (15, 17) in against
    for one in said:
        claim = one["claim"]
        assert fold_text("ইয়াসমিন") in fold_text(
            " ".join([claim["speaker"] or "", claim["source"] or "", *claim["via"]])
        )


def test_compare_puts_two_articles_side_by_side(reading_desk: Desk) -> None:
    claims = {f["claim"]["low"]: f["claim"] for f in series_of(reading_desk)["figures"]}
    a, b = claims[17]["report"], claims[15]["report"]
    rows_ = reading_desk.get(f"/compare.json?a={a}&b={b}").json()["rows"]
    assert (17, 15, "differs") in {(r["a"]["low"], r["b"]["low"], r["standing"]) for r in rows_ if r["a"] and r["b"]}
    assert reading_desk.get(f"/compare?a={a}&b={b}").status_code == 200
    assert "two different articles" in reading_desk.get(f"/compare?a={a}&b={a}", headers=ENGLISH).text
    assert reading_desk.get(f"/compare?a={a}&b=99999").status_code == 404


def test_search_narrows_by_facets(reading_desk: Desk) -> None:
    found = reading_desk.get("/search.json", params={"words": "ফেরি*"}).json()
    facets = {(f["field"], f["value"]): f["claims"] for f in found["facets"]}
    wanted = facets[("event", "death")]
    narrowed = reading_desk.get("/search.json", params={"words": "ফেরি*", "event": "death", "limit": 500}).json()
    assert len(narrowed["items"]) == wanted > 0
    assert all(claim["event"] == "death" for claim in narrowed["items"])
    page = reading_desk.get("/search?words=ফেরি*&event=death", headers=ENGLISH).text
    assert 'aria-current="true"' in page


def test_the_tab_of_articles_has_articles_beside_it(reading_desk: Desk) -> None:
    asked = {"words": "লঞ্চ", "show": "articles"}
    page = reading_desk.get("/search", params=asked, headers=ENGLISH)
    shown = page.text.count("<h3>")
    as_json, as_csv = (
        reading_desk.get(link.replace("&amp;", "&"))
        for link in re.findall(r'href="([^"]+)" rel="alternate"', page.text)
    )
    in_api = reading_desk.get("/api/v1/articles", params={"words": "লঞ্চ"})
    assert as_json.json() == in_api.json()
    table = rows(as_csv)
    assert [(row["key"], row["headline"], row["excerpt"]) for row in table] == [
        (str(hit["key"]), hit["headline"], hit["excerpt"]) for hit in in_api.json()["items"]
    ]
    assert shown == len(table) > 0
    assert list(table[0]) == list(in_api.json()["items"][0])


def test_the_tab_of_articles_counts_articles(reading_desk: Desk) -> None:
    page = reading_desk.get("/search", params={"words": "লঞ্চ", "show": "articles"}, headers=ENGLISH).text
    counted = re.findall(r'<a href="\?([^"]+outlet=[^"]+)">.*?<span class="soft">(\d+)</span>', page)
    assert counted
    for query, articles in counted:
        narrowed = reading_desk.get("/search?" + query.replace("&amp;", "&")).text
        assert narrowed.count("<h3>") == int(articles)


def test_search_puts_first_what_fits_best_or_the_newest(reading_desk: Desk) -> None:
    page = reading_desk.get("/search?words=ফেরি&limit=5", headers=ENGLISH).text
    assert re.search(r'aria-current="true">most relevant first<', page)
    assert ">More<" in page
    newest = reading_desk.get("/search?words=ফেরি&order=newest&limit=5", headers=ENGLISH).text
    assert re.search(r'aria-current="true">newest first<', newest)
    assert ">Older ones<" in newest
    assert '<input type="hidden" name="order" value="newest">' in newest
    assert "newest first" not in reading_desk.get("/search", headers=ENGLISH).text


def test_the_words_asked_for_are_marked_in_what_is_found(reading_desk: Desk) -> None:
    page = reading_desk.get("/search?show=articles&words=ফেরি*", headers=ENGLISH).text
    marked = re.findall(r'<mark class="found-word">([^<]+)</mark>', page)
    assert len(marked) > 5
    assert all(word.startswith("ফেরি") for word in marked)


def test_events_and_units_are_chosen_by_name(reading_desk: Desk) -> None:
    page = reading_desk.get("/search?event=death&unit=km/h&min=5&max=1.5", headers=BENGALI).text
    assert '<option value="death" selected>মৃত্যু</option>' in page
    assert '<option value="BDT">টাকা</option>' in page
    assert re.search(r'<option value="km/h" selected>ঘণ্টা\S+ কিমি</option>', page)
    assert re.findall(r'name="(?:min|max)"[^>]*value="([^"]*)"', page) == ["5", "1.5"]
    own = reading_desk.get("/search?event=coup", headers=BENGALI).text  # a code of a table that people coded
    assert '<option value="coup" selected>coup</option>' in own


def test_what_was_asked_wrongly_is_called_as_people_see_it(reading_desk: Desk) -> None:
    page = reading_desk.get("/search?since=2025-13&min=nan", headers=BENGALI).text
    assert "আবার দেখুন: " in page
    assert not re.search("since|min=", page.partition("<h1>")[2].partition("</main>")[0])


def test_what_a_chart_does_not_show_by_itself_is_said_under_it(desk: Desk) -> None:
    for day, count in (("2025-11-02", 95), ("2025-11-03", 103)):
        text = f"লক্ষ্মীপুরে লঞ্চডুবিতে {count} জনের মৃত্যু\n\nলক্ষ্মীপুরের মেঘনায় লঞ্চডুবিতে {count} জনের মৃত্যু হয়েছে।"
        given = {"text": text, "published": day, "outlet": f"দৈনিক {day}"}
        assert desk.client.post("/api/v1/articles", json=given).status_code == 200
    (series,) = (one for one in desk.get("/series.json?since=2025-11").json()["items"] if one["tally"]["reports"] == 2)
    page = desk.get(f"/series/{series['id']}", headers=ENGLISH).text
    assert page.count("The scale does not begin at zero.</figcaption>") == 2


def test_empty_states_help(empty_desk: Desk) -> None:
    assert "The ledger is empty." in empty_desk.get("/", headers=ENGLISH).text
    for address, words in (
        ("/stories", "No stories here."),
        ("/series", "No series here."),
        ("/sources", "Nobody says anything here."),
        ("/search", "Nothing found."),
        ("/compare", "There are no two articles to compare yet."),
        ("/judge", "Nobody has judged yet."),
    ):
        assert words in empty_desk.get(address, headers=ENGLISH).text, address
    for address in WITH_DATA:
        assert empty_desk.get(f"{address}.json").status_code == 200
        assert empty_desk.get(f"{address}.csv").status_code == 200


def test_what_is_not_there_says_so_and_helps(reading_desk: Desk) -> None:
    for address in ("/nothing", "/articles/99999", "/series/none", "/stories/none", "/sources/কেউ-না"):
        page = reading_desk.get(address, headers=ENGLISH)
        assert page.status_code == 404, address
        assert 'action="/search"' in page.text
        assert 'href="/"' in page.text


def test_what_has_not_changed_is_not_sent_again(reading_desk: Desk) -> None:
    for address in ["/", "/desk.json", "/search.csv", *addresses(reading_desk)]:
        first = reading_desk.get(address)
        again = reading_desk.get(address, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b""), address
        other = reading_desk.get(address, headers={"If-None-Match": '"other"'})
        assert other.status_code == 200
    english = reading_desk.get("/", headers=ENGLISH).headers["etag"]
    assert reading_desk.get("/", headers={**BENGALI, "If-None-Match": english}).status_code == 200


def test_a_story_can_be_mailed_as_one_page(reading_desk: Desk) -> None:
    saved = reading_desk.get(f"/stories/{story_of(reading_desk)['id']}.html")
    assert saved.headers["content-disposition"].startswith("attachment")
    assert "কর্ণফুলীর" in saved.text


def test_pages_are_sent_compressed(reading_desk: Desk) -> None:
    for address in ("/", "/desk.json", "/static/desk.css"):
        page = reading_desk.get(address, headers={"Accept-Encoding": "gzip"})
        assert page.headers["content-encoding"] == "gzip", address
        if not address.startswith("/static"):
            assert "Cookie" in page.headers["vary"]


def test_a_page_is_light(reading_desk: Desk) -> None:
    """300 kB without fonts, for the heaviest: a page with its charts, styles and script."""
    page = reading_desk.get(f"/series/{series_of(reading_desk)['line']['id']}")
    parts = re.findall(r'(?:src|href)="(/static/[^"]+\.(?:css|js|svg)[^"]*)"', page.text)
    assert len(parts) >= 3
    weight = len(page.content) + sum(len(reading_desk.get(part).content) for part in parts)
    assert weight < 300_000


def test_a_lower_bound_is_no_fall(desk: Desk) -> None:
    """More than 100 does not say that it is no longer more than 120; 140 does say that it is more."""
    figures = ("১২০ জনের বেশি", "১৪০ জনের বেশি", "১০০ জনের বেশি")
    for day, figure in enumerate(figures, 2):
        text = f"সাতকানিয়ায় বাঁধ ভাঙা\n\nসাতকানিয়ায় বাঁধ ভেঙে {figure} মানুষ নিখোঁজ রয়েছেন বলে জানিয়েছে ফায়ার সার্ভিস।"
        desk.client.post("/api/v1/articles", json={"text": text, "published": f"2025-10-0{day}"})
    moved = desk.get("/desk.json?since=2025-10-01").json()["moved"]
    assert [(m["before"]["low"], m["after"]["low"]) for m in moved] == [(120, 140)]
