"""Judging: what a claim is judged against is chosen, found, seen; two series become one and come apart again."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest

from dabi.ledger import ClaimRecord
from dabi.ledger.results import Series
from web.conftest import Desk

ENGLISH = {"Cookie": "dabi-reader=en.latin.international"}


def aboard(desk: Desk) -> tuple[Series, Series]:
    """How many were aboard a ferry and a launch: two series of two stories, of one name."""
    one, other = sorted((s for s in desk.ledger.results.series() if s.event == "aboard"), key=lambda s: len(s.claims))
    return one, other


def claims_of(desk: Desk, series: Series) -> list[ClaimRecord]:
    return sorted(desk.ledger.claims(keys=series.claims), key=lambda claim: claim.key)


def offered(page: Any) -> dict[str, bool]:
    """The ids that a page offers as the other claim, each with whether it is chosen."""
    return {id: "checked" in more for id, more in re.findall(r'name="b" value="([^"]+)" required([^>]*)>', page.text)}


def test_the_other_claim_that_an_address_names_is_kept_and_shown(reading_desk: Desk) -> None:
    one, other = aboard(reading_desk)
    a, b = claims_of(reading_desk, one)[0], claims_of(reading_desk, other)[0]
    page = reading_desk.get("/judge", params={"a": a.id, "b": b.id}, headers=ENGLISH)
    assert [id for id, chosen in offered(page).items() if chosen] == [b.id]
    assert "They stand in two series:" in page.text
    for claim in (a, b):
        assert claim.sentence in re.sub("<[^>]*>", "", page.text)
    inside = claims_of(reading_desk, one)[1]
    page = reading_desk.get("/judge", params={"a": a.id, "b": inside.id}, headers=ENGLISH)
    assert next(iter(offered(page).items())) == (inside.id, True)
    assert "Both stand in one series:" in page.text


def test_series_of_the_same_story_are_offered_by_their_newest_figure(reading_desk: Desk) -> None:
    one, other = aboard(reading_desk)
    page = reading_desk.get("/judge", params={"a": one.id}, headers=ENGLISH)
    dead = max(reading_desk.ledger.results.series(), key=lambda series: len(series.claims))
    newest = max(claims_of(reading_desk, dead), key=lambda claim: (claim.published or "", not claim.in_headline))
    assert newest.id in offered(page)
    assert not {claim.id for claim in claims_of(reading_desk, other)} & offered(page).keys()
    assert ">মরদেহ · death · চট্টগ্রাম</b> · 16 figures · last: <b>22</b>" in page.text


def test_any_claim_of_the_ledger_is_found_by_its_words(reading_desk: Desk) -> None:
    one, other = aboard(reading_desk)
    launch = claims_of(reading_desk, other)[0]
    page = reading_desk.get("/judge", params={"a": one.id, "words": "লঞ্চটিতে যাত্রী"}, headers=ENGLISH)
    assert launch.id in offered(page)
    assert one.id not in offered(page)
    by_id = reading_desk.get("/judge", params={"a": one.id, "words": launch.id}, headers=ENGLISH)
    assert launch.id in offered(by_id)
    nothing = reading_desk.get("/judge", params={"a": one.id, "words": "নেইনেই"}, headers=ENGLISH)
    assert "No other claim has these words." in nothing.text


def test_the_claim_to_judge_is_found_too(reading_desk: Desk) -> None:
    one, other = aboard(reading_desk)
    page = reading_desk.get("/judge", params={"b": other.id, "words": "ফেরিটিতে যাত্রী"}, headers=ENGLISH)
    assert f'href="/judge?a={one.id}&amp;b={other.id}"' in page.text
    assert "No claim has these words." in reading_desk.get("/judge?words=নেইনেই", headers=ENGLISH).text


def test_a_claim_in_no_series_is_offered_the_series_of_its_story(reading_desk: Desk) -> None:
    held = {key for series in reading_desk.ledger.results.series() for key in series.claims}
    lone = next(c for c in reading_desk.ledger.claims() if c.key not in held and c.latest and not c.coded)
    page = reading_desk.get("/judge", params={"a": lone.id}, headers=ENGLISH)
    assert page.status_code == 200
    assert "Others of its own series" not in page.text
    assert 'name="words"' in page.text


@pytest.mark.parametrize("given", [{"a": "zzz"}, {"a": "zzz", "words": "ফেরি"}, {"b": "zzz"}])
def test_a_claim_that_is_not_there_is_named(reading_desk: Desk, given: dict[str, str]) -> None:
    page = reading_desk.get("/judge", params=given, headers=ENGLISH)
    assert page.status_code == 404
    assert "The ledger holds no claim “zzz”." in page.text
    assert "Find the claim by words of its sentence" in page.text


def test_a_claim_is_not_judged_against_itself(reading_desk: Desk) -> None:
    one, _ = aboard(reading_desk)
    page = reading_desk.get("/judge", params={"a": one.id, "b": one.id}, headers=ENGLISH)
    assert "This is one claim, given twice." in page.text
    assert one.id not in offered(page)


def test_two_series_are_linked_and_taken_apart_again(desk: Desk) -> None:
    one, other = aboard(desk)
    before = {series.id: set(series.claims) for series in desk.ledger.results.series()}
    a, b = claims_of(desk, one)[-1], claims_of(desk, other)[-1]
    assert desk.post("/judge", {"kind": "link", "a": a.id, "b": b.id, "who": "রুবি"}).status_code == 303
    (made,) = desk.ledger.results.series(claims=[*one.claims, *other.claims])
    assert set(made.claims) == {*one.claims, *other.claims}
    assert {s.id for s in desk.ledger.results.series()} == before.keys() - {one.id, other.id} | {made.id}
    assert desk.get(f"/series/{other.id}", headers=ENGLISH).status_code in (200, 303)
    page = desk.get(f"/series/{made.id}", headers=ENGLISH).text
    assert "5 figures" in page
    assert "What people decided" in page

    split = desk.post("/judge", {"kind": "split", "a": a.id, "b": claims_of(desk, one)[0].id, "who": "রুবি"})
    assert split.status_code == 303
    parted = desk.ledger.results.series(claims=one.claims)
    assert not any(set(one.claims) <= set(series.claims) for series in parted)

    for number in ("2", "1"):
        assert desk.post("/judge", {"kind": "undo", "undoes": number, "who": "রুবি"}).status_code == 303
    assert {series.id: set(series.claims) for series in desk.ledger.results.series()} == before


def test_a_series_leads_to_judging_it_with_another(reading_desk: Desk) -> None:
    one, _ = aboard(reading_desk)
    page = reading_desk.get(f"/series/{quote(one.id, safe='')}", headers=ENGLISH).text
    form = page[page.index('aria-labelledby="h-same"') :].partition("</form>")[0]
    (a,) = re.findall(r'name="a" value="([^"]+)"', form)
    offers = re.findall(r'<option value="([^"]+)">([^<]+)', form)
    assert len(offers) == 3
    for b, name in offers:
        judged = reading_desk.get("/judge", params={"kind": "link", "a": a, "b": b}, headers=ENGLISH)
        assert [id for id, chosen in offered(judged).items() if chosen] == [b], name
        assert re.search('value="link" checked', judged.text)


def test_what_can_not_be_compared_is_said(reading_desk: Desk) -> None:
    for asked, status, words in (
        ("a=1&b=1", 200, "This is one article, given twice."),
        ("a=1", 200, "Choose the other article, too."),
        ("a=1&b=", 200, "Choose the other article, too."),
        ("a=zzz&b=1", 422, "“zzz” is not the number of an article."),
        ("a=1&b=0", 422, "“0” is not the number of an article."),
        ("a=1&b=99999", 404, "The ledger holds no article with the number 99,999."),
        ("a=1&b=" + "9" * 60, 422, "is not the number of an article."),
    ):
        page = reading_desk.get(f"/compare?{asked}", headers=ENGLISH)
        assert page.status_code == status, asked
        assert words in page.text, asked
        assert '<select name="a"' in page.text, asked
    assert "role=" not in reading_desk.get("/compare", headers=ENGLISH).text.partition("<h1>")[2].partition("<form")[0]
