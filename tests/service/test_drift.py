"""Whether an outlet's pages still read as they should: against its file's minimum counts and the weeks before."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabi.export.translated import translated
from dabi.ledger import Added, Ledger
from dabi.reading.inputs import Failure, Report
from dabi.service.drift import Measured, OutletCheck, check_files, check_ledger, check_pages, list_outlets, outlet_name
from dabi.service.ledger import add_report

PAGES = Path(__file__).resolve().parents[1] / "outlets"
NOW = datetime(2025, 9, 30, 12, 0, tzinfo=UTC)
JUGANTOR = (PAGES / "jugantor.html").read_text(encoding="utf-8")
RENAMED = JUGANTOR.replace("desktopDetail", "article-")  # rebuilt: other classes, the same page
EMPTY = RENAMED.split('<div class="article-Body">')[0] + "<div id='app'></div></body></html>"  # filled in by a script


def seen(days_ago: float, **found: object) -> Measured:
    """A page that reads as it should, but for what is given."""
    good = Measured(
        address=f"https://a.example/{days_ago}",
        fetched=NOW - timedelta(days=days_ago),
        headline=True,
        date=True,
        byline=True,
        paragraphs=6,
        letters=2000,
        claims=5,
        furniture=0.02,
    )
    return msgspec.structs.replace(good, **found)


def gathered(ledger: Ledger, days_ago: float, content: str, outlet: str = "jugantor.com") -> None:
    url = f"https://www.{outlet}/news/{days_ago}"
    content = content.replace("https://www.jugantor.com/country-news/990127", url)
    fetched = (NOW - timedelta(days=days_ago)).isoformat()
    report = Report(id=url, source=url, kind="html", content=content, named=True, fetched=fetched)
    assert isinstance(add_report(ledger, report), Added)


def only(checks: list[OutletCheck]) -> OutletCheck:
    (one,) = checks
    return one


# Against the minimum and the weeks before


def test_pages_that_read_as_they_should() -> None:
    check = check_pages("Jugantor", [seen(n) for n in range(5)], [seen(n) for n in range(8, 20)])
    assert (check.status, check.problems, check.since, check.example) == ("ok", (), None, None)
    assert (check.headline, check.paragraphs, check.letters, check.letters_before) == (1.0, 6, 2000, 2000)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ({"headline": False}, "a headline"),
        ({"date": False}, "a date"),
        ({"byline": False}, "a byline"),
        ({"paragraphs": 1}, "1 paragraph"),
        ({"letters": 700}, "700 letters"),
        ({"furniture": 0.8}, "80%"),
    ],
)
def test_what_is_lost_is_told_with_since_when_and_an_example(found: dict[str, object], words: str) -> None:
    recent = [seen(n, **found) for n in (0.5, 1, 2, 3)] + [seen(5), seen(6)]
    check = check_pages("Jugantor", recent, [seen(n) for n in range(8, 20)])
    assert check.status == "drifted"
    assert words in check.problems[0]
    assert check.since == "2025-09-27"
    assert check.example == "https://a.example/0.5"


def test_since_may_lie_before_the_days_that_are_checked() -> None:
    lost = [seen(n, headline=False) for n in range(12)]
    check = check_pages("Jugantor", lost[:7], [*lost[7:], *(seen(n) for n in range(12, 30))])
    assert check.since == (NOW - timedelta(days=11)).date().isoformat()


def test_a_single_page_without_a_headline_is_no_drift() -> None:
    assert check_pages("Jugantor", [seen(1, headline=False), *(seen(n) for n in range(2, 6))]).status == "ok"


def test_what_an_outlet_need_not_have_is_no_drift() -> None:
    pages = [seen(n, byline=False) for n in range(5)]
    assert check_pages("Bartaman", pages).status == "ok"  # its file asks for no byline
    assert check_pages("নদীপথ", pages).status == "ok"  # it has no file


def test_dates_that_a_caller_gave_say_nothing_of_the_page() -> None:
    check = check_pages("Jugantor", [seen(n, date=None) for n in range(5)])
    assert (check.status, check.date) == ("ok", None)


def test_shorter_pages_are_told_only_against_enough_of_them() -> None:
    short = [seen(n, letters=500) for n in range(5)]
    assert check_pages("Jugantor", short, [seen(n) for n in range(8, 11)]).status == "ok"
    assert check_pages("Jugantor", short, [seen(n) for n in range(8, 14)]).status == "drifted"


def test_too_few_pages_to_tell_and_none_at_all() -> None:
    few = check_pages("Jugantor", [seen(1, headline=False), seen(2, headline=False)], [seen(9)])
    assert (few.status, few.pages, few.problems) == ("few", 2, ())
    silent = check_pages("Jugantor", [], [seen(9), seen(12)])
    assert (silent.status, silent.pages, silent.headline) == ("silent", 0, None)
    assert (silent.since, silent.example) == ("2025-09-21", "https://a.example/9")


def test_selectors_that_find_nothing_are_told_and_are_no_drift() -> None:
    check = check_pages("Jugantor", [seen(n) for n in range(5)], missed=("body",))
    assert (check.status, check.missed, check.problems) == ("hints", ("body",), ())


@st.composite
def measured(draw: st.DrawFn, days: tuple[float, float]) -> Measured:
    return seen(
        round(draw(st.floats(*days)), 3),
        headline=draw(st.booleans()),
        date=draw(st.sampled_from([True, False, None])),
        byline=draw(st.booleans()),
        paragraphs=draw(st.integers(0, 8)),
        letters=draw(st.integers(0, 4000)),
        claims=draw(st.integers(0, 9)),
        furniture=draw(st.floats(0, 1)),
    )


@given(st.lists(measured((0, 7)), min_size=1, max_size=12), st.lists(measured((7, 35)), max_size=12))
def test_a_drift_has_words_a_day_and_an_example_that_fails(recent: list[Measured], before: list[Measured]) -> None:
    check = check_pages("Jugantor", recent, before)
    assert (check.status == "drifted") == bool(check.problems)
    assert not [problem for problem in check.problems if re.search("[A-Za-z0-9]", translated(problem, "bn"))]
    if check.status == "drifted":
        assert check.example in {page.address for page in recent}
        assert check.since is not None
        assert min(page.fetched for page in [*recent, *before]).date().isoformat() <= check.since
        assert check.since <= max(page.fetched for page in recent).date().isoformat()
    good = [seen(n) for n in range(len(recent))]
    assert check_pages("Jugantor", good, good).problems == ()


# Over a ledger


def test_an_outlet_that_lost_its_text(ledger: Ledger) -> None:
    for days_ago in (1, 2, 3):
        gathered(ledger, days_ago, EMPTY)
    for days_ago in (5, 10, 11, 12, 13, 14):
        gathered(ledger, days_ago, JUGANTOR)
    check = only(check_ledger(ledger, days=7, now=NOW))
    assert (check.outlet, check.status, check.pages) == ("Jugantor", "drifted", 4)
    assert any("paragraph" in problem for problem in check.problems)
    assert check.since == "2025-09-27"
    assert check.example == "https://www.jugantor.com/news/1"
    assert set(check.missed) == {"headline", "body"}


def test_an_outlet_that_renamed_its_classes(ledger: Ledger) -> None:
    for days_ago in (1, 2, 3):
        gathered(ledger, days_ago, RENAMED)
    check = only(check_ledger(ledger, days=7, now=NOW))
    assert (check.status, set(check.missed), check.problems) == ("hints", {"headline", "body"}, ())


def test_days_outlets_and_order(ledger: Ledger) -> None:
    samakal = (PAGES / "samakal.html").read_text(encoding="utf-8")
    for days_ago in (1, 2, 3):
        gathered(ledger, days_ago, JUGANTOR)
        gathered(ledger, days_ago + 8, samakal, "samakal.com")
    gathered(ledger, 400, JUGANTOR)  # long ago
    add_report(ledger, Report(id="pasted", source="", kind="text", content="যুগান্তর\n\nপাঁচ জন আহত।"))  # no page
    found = check_ledger(ledger, days=7, now=NOW)
    assert [(check.outlet, check.status, check.pages) for check in found] == [
        ("Samakal", "silent", 0),
        ("Jugantor", "ok", 3),
    ]
    assert [check.outlet for check in check_ledger(ledger, days=14, now=NOW)] == ["Jugantor", "Samakal"]
    assert only(check_ledger(ledger, days=7, outlets=["Jugantor"], now=NOW)).outlet == "Jugantor"
    assert check_ledger(ledger, days=7, now=NOW + timedelta(days=900)) == []


def test_a_page_that_does_not_say_whose_it_is_belongs_to_its_address(ledger: Ledger) -> None:
    for days_ago in (1, 2, 3):
        gathered(ledger, days_ago, f"<html><body><p>{days_ago}</p></body></html>")
    check = only(check_ledger(ledger, days=7, now=NOW))
    assert (check.outlet, check.status, check.headline) == ("Jugantor", "drifted", 0.0)


def test_how_many_pages_of_each_outlet(ledger: Ledger) -> None:
    gathered(ledger, 1, JUGANTOR)
    gathered(ledger, 2, JUGANTOR)
    held = {row.name: row.pages for row in list_outlets(ledger)}
    assert (held["Jugantor"], held["Samakal"]) == (2, 0)
    assert {row.pages for row in list_outlets()} == {None}


# Files


def test_files_are_checked_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "good.html").write_text(JUGANTOR, encoding="utf-8")
    (tmp_path / "renamed.html").write_text(RENAMED, encoding="utf-8")
    (tmp_path / "empty.html").write_text(EMPTY, encoding="utf-8")
    found = list(check_files([tmp_path, tmp_path / "none.html"]))
    checks = [check for check in found if isinstance(check, OutletCheck)]
    assert [(Path(check.example or "").stem, check.status) for check in checks] == [
        ("empty", "drifted"),
        ("good", "ok"),
        ("renamed", "hints"),
    ]
    assert "fewer than 3 paragraphs" in checks[0].problems
    assert isinstance(found[-1], Failure)


def test_a_file_that_does_not_say_whose_it_is(tmp_path: Path) -> None:
    anonymous = JUGANTOR.split("<footer>")[0].replace("jugantor", "x").replace("Jugantor", "x").replace("যুগান্তর", "")
    (tmp_path / "page.html").write_text(anonymous, encoding="utf-8")
    (check,) = check_files([tmp_path / "page.html"])
    assert isinstance(check, OutletCheck)
    assert check.outlet == "–"
    (check,) = check_files([tmp_path / "page.html"], outlet="Jugantor")
    assert isinstance(check, OutletCheck)
    assert (check.outlet, check.status, check.missed) == ("Jugantor", "ok", ())


def test_names_as_people_write_them() -> None:
    assert outlet_name("যুগান্তর") == outlet_name("jugantor.com") == "Jugantor"
    with pytest.raises(ValueError, match="নদীপথ"):
        outlet_name("নদীপথ")
