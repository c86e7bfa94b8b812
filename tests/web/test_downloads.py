"""What is downloaded is whole, however much it is, and costs no more memory for that."""

from __future__ import annotations

import csv
import io
import os
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest

from dabi.export.tables import write_table
from dabi.ledger import Query, open_ledger
from dabi.ledger.overview import claims_found
from dabi.ledger.results import Results, Series, Story
from dabi.service.exporting import claim_table
from reports import Figure, report
from web.conftest import Desk, desk_over

MANY = 620  # more than any page of a list may hold
WHO = "করিম আলী"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Many articles, each with four figures, a story and a series of its own, and one who says it."""
    with open_ledger(tmp_path_factory.mktemp("large") / "ledger.db") as ledger:
        stories, series = [], []
        for n in range(MANY):
            figures = [Figure(value=n + i, source=WHO) for i in (1, 2)]
            figures += [Figure(value=n + i, source=f"বক্তা {n}", event=None) for i in (3, 4)]
            reading = ledger.add(*report(f"a{n}", figures), extractor="1").key
            stories.append(Story(id=f"story {n}", title=f"ঘটনা {n}", last_day="2025-03-04", reports=(reading,)))
            series.append(Series(id=f"series {n}", last_day="2025-03-04"))
        ledger.results.save(Results(stories=tuple(stories), series=tuple(series)), method="by hand")
        yield desk_over(ledger)


def rows(answer: Any) -> list[dict[str, str]]:
    assert answer.status_code == 200
    assert len(answer.content) == int(answer.headers["content-length"])
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("address", "column", "count"),
    [
        ("/search.csv", "id", 4 * MANY),
        ("/search.csv?words=শ্রমিক", "id", 4 * MANY),
        ("/search.csv?order=newest&event=death", "id", 2 * MANY),
        ("/search.csv?show=articles", "key", MANY),
        ("/search.csv?show=articles&words=কারখানায়", "key", MANY),
        (f"/sources/{WHO}.csv", "id", 2 * MANY),
        ("/sources.csv", "name", MANY + 1),
        ("/stories.csv", "id", MANY),
        ("/series.csv", "id", MANY),
    ],
)
def test_a_table_beside_a_page_is_whole(large: Desk, address: str, column: str, count: int) -> None:
    assert len({row[column] for row in rows(large.get(address, headers={"Accept-Encoding": "identity"}))}) == count


@pytest.mark.parametrize("address", ["/search.json", "/search.json?show=articles", f"/sources/{WHO}.json"])
def test_a_list_as_json_says_where_it_goes_on(large: Desk, address: str) -> None:
    """So do /stories.json and the others: they are the API's."""
    seen: set[int] = set()
    cursor: str | None = ""
    while cursor is not None:
        page = large.get(address, params={"limit": 500, "cursor": cursor}).json()
        seen |= {(item.get("claim") or item)["key"] for item in page["items"]}
        cursor = page["next"]
    assert len(seen) >= MANY


def test_a_whole_table_is_never_in_memory(large: Desk) -> None:
    """Twice as many rows take no more."""

    def most(query: Query) -> int:
        tracemalloc.start()
        try:
            with open(os.devnull, "wb") as out:
                write_table("claims", claim_table(large.ledger, claims_found(large.ledger, query)), "csv", out)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    half, all_ = Query(words="শ্রমিক", event="death"), Query(words="শ্রমিক")
    most(all_)  # what is loaded or remembered once
    assert most(all_) < 1.3 * most(half)
