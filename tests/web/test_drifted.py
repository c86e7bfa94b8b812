"""Outlets whose pages no longer read as they should, told where the sources are."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dabi.ledger import Added
from dabi.reading.inputs import Report
from dabi.service.ledger import add_report
from web.conftest import Desk

PAGE = (Path(__file__).resolve().parent.parent / "outlets" / "jugantor.html").read_text(encoding="utf-8")
# The site was rebuilt, and its articles are filled in by a script.
EMPTY = PAGE.replace("desktopDetail", "article-").split('<div class="article-Body">')[0] + "<div></div></body></html>"
ENGLISH = {"Cookie": "dabi-reader=en.latin.international"}
BENGALI = {"Cookie": "dabi-reader=bn.bengali.indian"}


def gathered(desk: Desk, days_ago: float, content: str) -> int:
    """The reading of a page of Jugantor that was fetched so many days ago."""
    url = f"https://www.jugantor.com/news/{days_ago}"
    content = content.replace("https://www.jugantor.com/country-news/990127", url)
    fetched = (datetime.now(UTC) - timedelta(days=days_ago)).isoformat()
    report = Report(id=url, source=url, kind="html", content=content, named=True, fetched=fetched)
    added = add_report(desk.ledger, report)
    assert isinstance(added, Added)
    return added.key


def test_an_outlet_that_drifted_is_told_on_the_page_of_sources(empty_desk: Desk) -> None:
    for days_ago in (8, 9, 10, 11, 12):
        gathered(empty_desk, days_ago, PAGE)
    newest = [gathered(empty_desk, days_ago, EMPTY) for days_ago in (4.5, 3.5, 2.5, 1.5, 0.5)][-1]
    page = empty_desk.get("/sources", headers=ENGLISH).text
    assert "Outlets whose pages no longer read as they should" in page
    assert f'href="/articles/{newest}"' in page
    assert "The middle page has 0 paragraphs, it should have 3" in page

    section = empty_desk.get("/sources", headers=BENGALI).text.partition("h-drifted")[2].partition("</section>")[0]
    shown = re.sub("<[^>]*>", "", section.partition(">")[2])
    assert "০টি অনুচ্ছেদ, থাকার কথা ৩টি" in shown
    assert not re.search("[A-Za-z0-9]", shown.replace("Jugantor", ""))

    (told,) = empty_desk.get("/api/v1/outlets/drifted").json()["items"]
    assert (told["check"]["outlet"], told["check"]["pages"], told["reading"]) == ("Jugantor", 5, newest)
    day = (datetime.now(UTC) - timedelta(days=4.5)).date().isoformat()
    assert told["check"]["since"] == day


def test_nothing_is_told_where_all_read_as_they_should(empty_desk: Desk) -> None:
    for days_ago in (1, 2, 3, 8, 9, 10, 11, 12):
        gathered(empty_desk, days_ago, PAGE)
    assert "h-drifted" not in empty_desk.get("/sources", headers=ENGLISH).text
    assert empty_desk.get("/api/v1/outlets/drifted").json() == {"items": []}
