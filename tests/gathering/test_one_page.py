"""One page by its address: what of it is read, what is kept of it, and what is a new version."""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from answering import Asked, Server, redirect, server, told
from dabi import service
from dabi.gathering.fetching import FetchFailed
from dabi.ledger import Added, Ledger, open_ledger
from dabi.reading.inputs import Failure, Report
from dabi.service.incoming import Web, fetched_page, incoming
from dabi.service.ledger import add_fetched, add_report, add_reports

HERE = Web(allow_private=True)
FLOOD = "বন্যায় অন্তত ২৩ জনের মৃত্যু হয়েছে বলে জানিয়েছে জেলা প্রশাসন।"


def page(
    body: str = FLOOD,
    *,
    beside: str = "",
    headline: str = "বন্যায় ২৩ জনের মৃত্যু",
    head: str = "",
    above: str = "",
    published: str = "2026-08-12T10:00:00+06:00",
) -> str:
    """A page as an outlet makes it: `beside` is what changes at every request, `above` stands over the text."""
    return f"""<!doctype html><html lang="bn"><head><title>{headline}</title>{head}
<meta property="article:published_time" content="{published}"></head>
<body><nav><a href="/">প্রচ্ছদ</a> <a href="/sports">খেলা</a></nav>
<article><h1>{headline}</h1>{above}<p>{body}</p>
<p>উদ্ধারকাজ চলছে। আরও কয়েকটি গ্রামে পানি ঢুকেছে বলে স্থানীয় লোকজন জানিয়েছেন।</p></article>
<aside data-token="{beside}"><p>{beside}</p></aside></body></html>"""


@pytest.fixture
def site() -> Iterator[Server]:
    with server() as started:
        yield started


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "ledger.db") as made:
        yield made


def fetched(site: Server, path: str = "/flood", **given: Any) -> Report:
    (found,) = incoming([site.address(path)], web=HERE, **given)
    assert isinstance(found, Report), found
    return found


def refused(site: Server, path: str = "/", **given: Any) -> str:
    (found,) = incoming([site.address(path)], web=HERE, **given)
    assert isinstance(found, Failure), found
    return found.reason


# Reading


def test_a_page_is_a_report_known_by_its_address(site: Server) -> None:
    site.routes["/short"] = redirect("/flood?utm_source=short#top")
    site.routes["/flood"] = told(page())
    report = fetched(site, "/short")
    assert report.id == report.source == site.address("/flood")
    assert (report.named, report.kind, report.content) == (True, "html", page())
    assert report.fetched is not None
    (analysis,) = service.read_reports([site.address("/short")], web=HERE)
    assert not isinstance(analysis, Failure)
    assert (analysis.article.source, analysis.article.published) == (site.address("/flood"), "2026-08-12T10:00")
    assert 23 in [quantity.low for quantity in analysis.quantities]


def test_other_looks_of_a_page_are_that_page(site: Server) -> None:
    own, front = site.address("/news/flood-8812"), site.address("/")
    for path, named, known in (
        ("/news/flood-8812/amp", own, own),
        ("/news/flood-8812?print=1", own, own),
        ("/news/storm-8813", front, site.address("/news/storm-8813")),  # as outlets name their front page on every page
        ("/news/storm-8814", "https://elsewhere.example/8814", site.address("/news/storm-8814")),
    ):
        site.routes[path.partition("?")[0]] = told(page(head=f'<link rel="canonical" href="{named}">'))
        report = fetched(site, path)
        assert (report.id, report.source) == (known, site.address(path))


@pytest.mark.parametrize(
    ("said", "encoding"),
    [
        ("text/html", "utf-8"),
        ("text/html; charset=utf-16", "utf-16"),
        ("text/html; charset=iso-8859-1", "utf-8"),  # what servers say of all pages
        ("text/html; charset=hex", "utf-8"),
        ("text/plain; charset=UTF-8", "utf-8-sig"),
        ("text/html; charset=utf-16le", "utf-16-le"),
    ],
)
def test_its_encoding(site: Server, said: str, encoding: str) -> None:
    site.routes["/flood"] = told(page().encode(encoding), said)
    report = fetched(site)
    assert (report.content, report.kind) == (page(), "html")


def test_the_charset_of_the_server_goes_before_that_of_the_page(site: Server) -> None:
    body = '<!doctype html><meta charset="windows-1251"><p>café – 23'.encode("cp1252")
    site.routes["/flood"] = told(body, "text/html; charset=windows-1252")
    assert fetched(site).content.endswith("café – 23")


def test_a_text_is_no_page(site: Server) -> None:
    site.routes["/flood"] = told(FLOOD, "text/plain; charset=utf-8")
    assert fetched(site).kind == "text"
    site.routes["/flood"] = told(page(), "text/plain; charset=utf-8")
    assert fetched(site).kind == "html"
    assert fetched(site, kind="text").kind == "text"


@pytest.mark.parametrize(
    ("body", "media", "words"),
    [
        ('<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "application/rss+xml", "`dabi follow`"),
        ('<?xml version="1.0"?><urlset/>', "text/xml", "`dabi follow`"),
        ('<?xml version="1.0"?><books/>', "text/xml", "it is XML, but no page"),
        ("", "text/html", "it is empty"),
        (b"%PDF-1.7 ...", "text/html", "it is a PDF document"),
        (b"\x89PNG\r\n\x1a\n\0\0", "text/html", "it is a PNG picture"),
        ("evRsv‡`‡ki †ckvi K_v, †`‡ki gvbyl †K‡b †M‡Q " * 5, "text/plain", "legacy Bijoy"),
        ("[1, 2", "application/json", "it is not valid JSON"),
        ('{"news": 1}', "application/json", 'the object has no "text"'),
    ],
)
def test_what_is_no_report(site: Server, body: str | bytes, media: str, words: str) -> None:
    site.routes["/"] = told(body, media)
    assert words in refused(site)


def test_failures_name_the_address_and_where_it_led(site: Server) -> None:
    site.routes["/moved"] = redirect("/gone")
    site.routes["/gone"] = told("", status="410 Gone")
    assert refused(site, "/moved") == f"it is gone (status 410) (at {site.address('/gone')})"
    assert refused(site, "/gone#part") == "it is gone (status 410)"
    (found,) = incoming([site.address("/gone").replace("http:", "HTTP:")], web=HERE)
    assert str(found).endswith("it is gone (status 410)")
    secret = f"http://me:secret@127.0.0.1:{site.port}/"
    (found,) = incoming([secret], web=HERE)
    assert "secret" not in str(found)
    assert str(found).startswith(f"http://127.0.0.1:{site.port}/: ")


def test_objects_and_lines_of_json(site: Server) -> None:
    one, two = {"text": FLOOD}, {"id": "n2", "text": FLOOD, "published": "2026-08-12"}
    site.routes["/one-17"] = told(json.dumps(one, indent=1), "application/json")
    site.routes["/list"] = told(json.dumps([one, two], indent=1), "application/json")
    site.routes["/lines"] = told(json.dumps(one) + "\n" + json.dumps(two) + "\n", "application/x-ndjson")
    assert fetched(site, "/one-17").id == site.address("/one-17")
    for path in ("/list", "/lines"):
        found = [report for report in incoming([site.address(path)], web=HERE) if isinstance(report, Report)]
        assert [report.id for report in found] == [f"{site.address(path)}#1", "n2"]
        assert all(report.named and report.fetched and report.source == site.address(path) for report in found)


def test_files_and_addresses_in_order(site: Server, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FLOOD, encoding="utf-8")
    (tmp_path / "b.txt").write_text(FLOOD, encoding="utf-8")
    for i in range(12):
        site.routes[f"/{i}"] = told(page())
    names = [str(tmp_path / "a.txt"), *(site.address(f"/{i}") for i in range(12)), "nowhere", str(tmp_path)]
    found = [report.source for report in incoming(names, web=HERE)]
    assert found == [*names[:-1], str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]


def test_of_one_host_one_page_at_a_time_of_several_together(site: Server) -> None:
    async def slowly(asked: Asked, writer: Any) -> None:
        await asyncio.sleep(0.05)
        writer.write(told(page()))
        await writer.drain()

    with server() as other:
        together = max_together = 0

        def counting(where: Server) -> Any:
            async def answer(asked: Asked, writer: Any) -> None:
                nonlocal together, max_together
                together += 1
                max_together = max(together, max_together)
                await slowly(asked, writer)
                together -= 1

            return answer

        for i in range(4):
            site.routes[f"/{i}"] = counting(site)
            other.routes[f"/{i}"] = counting(other)
        names = [where.address(f"/{i}") for i in range(4) for where in (site, other)]
        assert all(isinstance(report, Report) for report in incoming(names, web=HERE))
    assert (site.most_open, other.most_open, max_together) == (1, 1, 2)


def test_who_stops_early_leaves_nothing_behind(site: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    site.routes["/0.jsonl"] = told(json.dumps({"text": FLOOD}) + "\n" + json.dumps({"text": FLOOD}))

    async def silent(asked: Asked, writer: Any) -> None:
        await asyncio.sleep(60)

    site.routes["/1"] = silent
    reports = incoming([site.address("/0.jsonl"), site.address("/1", "localhost")], web=HERE)
    assert isinstance(next(reports), Report)
    assert [path.name for path in tmp_path.rglob("*.jsonl")] == ["0.jsonl"]
    reports.close()  # type: ignore[attr-defined]
    assert list(tmp_path.iterdir()) == []


# Files of many reports


def warc(*pages: tuple[str, str]) -> bytes:
    """A web archive, packed record by record."""
    records = []
    for address, content in pages:
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + content.encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2026-08-12T05:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{len(records):032x}>\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        )
        records.append(gzip.compress(head.encode() + http + b"\r\n\r\n"))
    return b"".join(records)


def test_an_archive_is_downloaded_and_read_record_by_record(site: Server) -> None:
    pages = [(f"https://news.example/{i}", page(FLOOD * 5, headline=f"খবর {i}")) for i in range(3)]
    site.routes["/crawl.warc.gz"] = told(warc(*pages), "application/warc")
    site.routes["/crawl"] = site.routes["/crawl.warc.gz"]
    for path, kind in (("/crawl.warc.gz?v=1", "auto"), ("/crawl", "warc")):
        found = list(incoming([site.address(path)], kind, web=HERE))  # type: ignore[arg-type]
        assert [report.id for report in found if isinstance(report, Report)] == [address for address, _ in pages]
        assert {report.fetched for report in found if isinstance(report, Report)} == {"2026-08-12T05:00:00Z"}


def test_lines_of_json_in_a_file_are_known_by_the_file_s_address(site: Server) -> None:
    lines = "\n".join(json.dumps({"text": f"{FLOOD} {i}"}) for i in range(2)) + "\n{broken"
    site.routes["/news-5.jsonl.gz"] = told(gzip.compress(lines.encode()), "application/gzip")
    *found, broken = incoming([site.address("/news-5.jsonl.gz")], web=HERE)
    address = site.address("/news-5.jsonl.gz")
    assert [report.id for report in found if isinstance(report, Report)] == [f"{address}#1", f"{address}#2"]
    assert str(broken).startswith(f"{address}, line 3: it is not valid JSON")


@pytest.mark.parametrize("path", ["/x.warc", "/.jsonl", "/..%2f..%2fx.jsonl", "/%E0%A6%96.jsonl", "/a%00b.warc.gz"])
def test_files_that_are_not_there(site: Server, path: str) -> None:
    assert refused(site, path) == "there is no such page (status 404)"


# A page for the desk


def test_one_page_and_nothing_else(site: Server) -> None:
    site.routes["/flood"] = told(page())
    site.routes["/list"] = told(json.dumps([{"text": FLOOD}] * 2), "application/json")
    found = fetched_page(site.address("/flood"), HERE)
    assert isinstance(found, Report)
    assert found.content == page()
    for path, words in (("/list", "several reports"), ("/x.warc.gz", "file of many reports")):
        assert words in str(fetched_page(site.address(path), HERE))
    for address, web, why in ((site.address("/no"), HERE, "status"), (site.address("/flood"), None, "refused")):
        with pytest.raises(FetchFailed) as failed:
            fetched_page(address, web)
        assert failed.value.why == why


# Keeping


def keep(ledger: Ledger, site: Server, content: str, **given: Any) -> Added:
    site.routes["/flood"] = told(content)
    added = add_fetched(ledger, fetched(site), **given)
    assert isinstance(added, Added), added
    return added


def test_the_same_page_again_is_nothing_new(ledger: Ledger, site: Server) -> None:
    outcomes = [keep(ledger, site, page()).outcome for _ in range(2)]
    assert outcomes == ["added", "unchanged"]


def test_a_page_that_changed_beside_its_article_is_nothing_new(ledger: Ledger, site: Server) -> None:
    first = keep(ledger, site, page(beside="৮১২৩"))
    for beside in ("৯৯১২", "সদ্যপ্রাপ্ত: খেলায় জয়", ""):
        again = keep(ledger, site, page(beside=beside, head=f"<script>var t='{beside}'</script>"))
        assert (again.outcome, again.version, again.key) == ("unchanged", 1, first.key)
    assert ledger.counts()["reports"] == 1
    assert ledger.text(site.address("/flood")) == page(beside="৮১২৩")


def test_when_a_page_says_it_was_changed_is_no_change_of_it(ledger: Ledger, site: Server) -> None:
    """Many sites write the time of the request there."""
    for minute in range(3):
        moment = f"2026-08-12T15:3{minute}:00+06:00"
        linked = f'{{"@type": "NewsArticle", "datePublished": "2026-08-12T10:00:00+06:00", "dateModified": "{moment}"}}'
        for head in (
            f'<meta property="article:modified_time" content="{moment}">',
            f'<script type="application/ld+json">{linked}</script>',
        ):
            assert keep(ledger, site, page(head=head)).version == 1
        assert keep(ledger, site, page(above=f"<p>আপডেট: ১২ আগস্ট ২০২৬, ১৫:৩{minute}</p>")).version == 1
    assert ledger.counts()["reports"] == 1


@pytest.mark.parametrize(
    "counter",
    [
        "{} বার পঠিত",
        "পঠিত: {} বার",
        "এ সংবাদটি {} বার পড়া হয়েছে",
        "খবরটি পড়া হয়েছে {} বার",
        "{} জন পড়েছেন",
        "ভিউ: {}",
        "Post Views: {}",
        "{} Shares",
        "আপডেট: {} মিনিট আগে",
    ],
)
def test_a_counter_is_not_of_the_article(ledger: Ledger, site: Server, counter: str) -> None:
    for number in ("১২", "১,৩০৪"):
        above = f"<p>{counter.format(number)}</p>"
        assert keep(ledger, site, page(above=above)).version == 1
    analysis = ledger.report(site.address("/flood")).analysis
    assert not {12, 1304} & {quantity.low for quantity in analysis.quantities}


@pytest.mark.parametrize(
    "changed",
    [
        {"body": FLOOD.replace("২৩", "২৫")},
        {"body": FLOOD.replace("অন্তত ", "")},
        {"headline": "বন্যায় মৃত্যু বেড়েছে"},
        {"published": "2026-08-12T10:05:00+06:00"},
    ],
)
def test_any_change_of_the_article_is_a_version(ledger: Ledger, site: Server, changed: dict[str, str]) -> None:
    keep(ledger, site, page(beside="১"))
    again = keep(ledger, site, page(beside="২", **changed))
    assert (again.outcome, again.version) == ("version", 2)
    assert ledger.text(site.address("/flood")) == page(beside="২", **changed)


def test_what_a_version_changed_is_told(ledger: Ledger, site: Server) -> None:
    keep(ledger, site, page())
    again = keep(ledger, site, page(FLOOD.replace("২৩", "২৫"), beside="x"))
    assert "at least 23 → at least 25" in [change.what for change in again.changes]


def test_a_page_that_goes_back_is_a_version_again(ledger: Ledger, site: Server) -> None:
    older, newer = page(), page(FLOOD.replace("২৩", "২৫"))
    outcomes = [keep(ledger, site, content) for content in (older, newer, older)]
    assert [(added.outcome, added.version) for added in outcomes] == [("added", 1), ("version", 2), ("version", 3)]


def test_older_visits_are_compared_with_what_stood_then(ledger: Ledger) -> None:
    """Archives come in any order."""

    def visit(day: int, content: str) -> tuple[str, int]:
        report = Report(
            id="https://news.example/flood",
            source="https://news.example/flood",
            kind="html",
            content=content,
            fetched=f"2026-08-{day:02}T05:00:00Z",
            named=True,
        )
        added = add_report(ledger, report)
        assert isinstance(added, Added), added
        return added.outcome, added.version

    more = FLOOD.replace("২৩", "২৫")
    assert visit(10, page(beside="১")) == ("added", 1)
    assert visit(20, page(more, beside="২")) == ("version", 2)
    assert visit(12, page(beside="৩")) == ("unchanged", 1)
    assert visit(22, page(more, beside="৪")) == ("unchanged", 2)
    assert visit(5, page(beside="৫")) == ("unchanged", 1)
    assert visit(15, page(more.replace("অন্তত ", ""), beside="৬")) == ("version", 3)
    assert ledger.report("https://news.example/flood").version == 2


def test_what_was_not_fetched_keeps_every_text(ledger: Ledger) -> None:
    """A file that a person gives is kept as it is, whatever it reads like."""
    report = Report(id="a", source="a", kind="html", content=page(beside="১"), named=True)
    add_report(ledger, report)
    again = add_report(ledger, msgspec.structs.replace(report, content=page(beside="২")))
    assert isinstance(again, Added)
    assert again.outcome == "version"


def test_a_time_of_fetching_that_is_none_is_refused(ledger: Ledger) -> None:
    for content in (page(), page(beside="x")):
        report = Report(id="a", source="a", kind="html", content=content, fetched="yesterday", named=True)
        assert "ISO 8601" in str(add_report(ledger, report))


def test_the_date_of_a_feed_stands_in_for_that_of_the_page(ledger: Ledger, site: Server) -> None:
    undated = page().replace("article:published_time", "x")
    address = site.address("/flood")
    assert keep(ledger, site, undated, listed="2026-08-12T09:00").outcome == "added"
    assert ledger.report(address).published == "2026-08-12T09:00"
    assert keep(ledger, site, undated, listed="2026-08-12T11:00").outcome == "unchanged"
    assert keep(ledger, site, undated.replace("<nav>", "<nav>  "), listed="2026-08-13").outcome == "unchanged"
    changed = undated.replace("২৩", "২৫")
    assert keep(ledger, site, changed, listed="2026-08-13").outcome == "version"
    assert ledger.report(address).published == "2026-08-12T09:00"
    assert keep(ledger, site, page(), listed="2026-08-13").outcome == "version"
    assert ledger.report(address).published == "2026-08-12T10:00"  # the page's own, where it says one
    assert keep(ledger, site, page(), listed="2026-08-14").outcome == "unchanged"


def test_several_at_once(ledger: Ledger, site: Server) -> None:
    site.routes["/a"], site.routes["/b"] = told(page()), told(page(headline="আরেকটি খবর"))
    names = [site.address("/a"), site.address("/no"), site.address("/b")]
    found = list(add_reports(ledger, names, web=HERE))
    assert [one.outcome if isinstance(one, Added) else one.reason for one in found] == [
        "added",
        "there is no such page (status 404)",
        "added",
    ]


# On the command line


def dabi(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from dabi.cli import main; main()", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "DABI_DB": str(folder / "ledger.db"), **environment},
        timeout=60,
    )


def test_add_read_and_explain(site: Server, tmp_path: Path) -> None:
    site.routes["/flood"] = told(page())
    address = site.address("/flood")
    added = dabi(tmp_path, "add", "--allow-private", "--user-agent", "flood-watch/2", address, site.address("/no"))
    assert added.returncode == 1
    assert json.loads(added.stdout)["article"] == address
    assert added.stderr.splitlines()[0] == f"dabi: {site.address('/no')}: there is no such page (status 404)"
    assert site.asked[0].headers["user-agent"] == "flood-watch/2"
    read = dabi(tmp_path, "read", address, DABI_ALLOW_PRIVATE="1", DABI_USER_AGENT="flood-watch/3")
    assert (read.returncode, json.loads(read.stdout)["article"]["source"]) == (0, address)
    assert site.asked[-1].headers["user-agent"] == "flood-watch/3"
    assert "২৩" in dabi(tmp_path, "explain", address, "--allow-private").stdout


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_page_that_is_not_bengali_or_no_article_is_not_kept(site: Server, tmp_path: Path, workers: str) -> None:
    site.routes["/english"] = told(
        "<html><h1>Flood</h1><p>" + "The river rose by a metre at noon. " * 20 + "</p></html>"
    )
    site.routes["/empty"] = told(f"<html><body><ul>{'<li><a href=/x>নদীর খবর আছে</a></li>' * 60}</ul></body></html>")
    english, empty = site.address("/english"), site.address("/empty")
    added = dabi(tmp_path, "add", "--allow-private", "--workers", workers, english, empty)
    assert (added.returncode, added.stdout) == (1, "")
    assert added.stderr.splitlines() == [
        f"dabi: {english}: it is not a page in Bengali; nothing of it was kept",
        f"dabi: {empty}: there is no article text on it; nothing of it was kept",
    ]


def test_who_interrupts_gets_away(site: Server, tmp_path: Path) -> None:
    """Though a server is silent, and without anything left behind."""
    asked = threading.Event()

    async def silent(_: Asked, writer: Any) -> None:
        asked.set()
        await asyncio.sleep(60)

    site.routes["/crawl.warc.gz"] = silent
    (tmp_path / "temporary").mkdir()
    reading = subprocess.Popen(
        [sys.executable, "-c", "from dabi.cli import main; main()", "read", site.address("/crawl.warc.gz")],
        stderr=subprocess.PIPE,
        env={**os.environ, "DABI_ALLOW_PRIVATE": "1", "TMPDIR": str(tmp_path / "temporary")},
    )
    assert asked.wait(30)
    reading.send_signal(signal.SIGINT)
    said = reading.communicate(timeout=20)[1]
    assert (reading.returncode, b"Traceback" in said) == (130, False)
    assert list((tmp_path / "temporary").iterdir()) == []


def test_private_networks_and_wrong_names_are_refused(site: Server, tmp_path: Path) -> None:
    refused = dabi(tmp_path, "read", site.address("/flood"))
    assert refused.returncode == 1
    assert "not public (this machine)" in refused.stderr
    wrong = dabi(tmp_path, "add", "--user-agent", "খবর", site.address("/flood"))
    assert wrong.returncode == 2
    assert site.asked == []
