"""What `cluster reconcile` found into a ledger that holds the same articles, so that nothing has to be linked again.

Afterwards the ledger is as if it had linked the articles itself: reports added later are compared with them as ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import select

from ..ledger import Ledger, results
from ..ledger.schema import CLAIMS_PER_READING, articles, claims, current, pages, reports
from ..reconciliation.keeping import Note, blocks_of, findings_in, method, sums_in
from .layout import Folder
from .reconciling import notes
from .reconciling.run import FOLDER, finished
from .reconciling.storage import files
from .session import ClusterError

_AT_ONCE = 500  # rows of a table in one transaction
# While results are being put in, one reading says so: a ledger that finds it links everything anew.
_UNFINISHED = "being loaded"

Row = dict[str, Any]


def load_results(ledger: Ledger, place: str) -> bool:
    """Put the results of a folder into a ledger, in place of those that it has. Whether that was possible.

    It is when the folder has been reconciled to the end, by the rules and words of this dabi, and the ledger's current
    readings of its articles are those that were reconciled; otherwise the ledger stays as it is and will link what it
    holds by itself. What it holds beside them is linked with the next look at it. May be killed at any moment.
    """
    try:
        if finished(place) is None:
            return False
    except ClusterError:
        return False
    folder = Folder(place)
    with ledger.linking():
        loading = _Loading(ledger, folder)
        if not loading.same():
            return False
        loading.carry_out()
    return True


class _Loading:
    def __init__(self, ledger: Ledger, folder: Folder) -> None:
        self.ledger = ledger
        self.folder = folder
        self.keys: dict[str, int] = {}  # readings by page
        self.ranks: dict[int, int] = {}  # readings by rank

    def same(self) -> bool:
        """Whether the ledger's current readings of all pages make the claims that were reconciled."""
        of_page = (
            select(pages.c.article, current.c.article.label("reading"))
            .join(pages, pages.c.key == current.c.page)
            .join(articles, articles.c.key == current.c.article)
            .join(reports, reports.c.key == articles.c.report)
        )
        with self.ledger.reading() as connection:
            self.keys = {row.article: row.reading for row in connection.execute(of_page)}
        for part in self._parts("reports", ["rank", "page", "note"]):
            if any(row["page"] not in self.keys for row in part):
                return False
            known = {self.keys[row["page"]]: row for row in part}
            held: dict[int, list[str]] = {key: [] for key in known}
            chosen = select(claims.c.article, claims.c.id).where(claims.c.article.in_(known)).order_by(claims.c.key)
            with self.ledger.reading() as connection:
                for claim in connection.execute(chosen):
                    held[claim.article].append(claim.id)
            for key, row in known.items():
                made = sorted(notes.unpacked(row["note"]).statements, key=lambda statement: statement.number)
                if held[key] != [statement.claim for statement in made]:
                    return False
                self.ranks[row["rank"]] = key
        return True

    def carry_out(self) -> None:
        store = self.ledger.results
        store.clear()
        first: tuple[int, bytes] | None = None
        for part in self._parts("reports", ["page", "note", "met"]):
            done: dict[int, bytes] = {}
            inside = []
            for row in part:
                key, report = self.keys[row["page"]], notes.unpacked(row["note"])
                done[key] = msgspec.msgpack.encode(Note(report, tuple(sorted(self.ranks[n] for n in row["met"]))))
                inside.append((key, report))
            if first is None:
                key = inside[0][0]
                first = key, done.pop(key)
                store.save(results.Results(), method=_UNFINISHED, done={key: first[1]})
            store.save(
                results.Results(
                    blocks=tuple(block for key, report in inside for block in blocks_of(key, report)),
                    sums=tuple(made for key, report in inside for made in sums_in(key, report)),
                    findings=tuple(made for key, report in inside for made in findings_in(key, report)),
                ),
                method=method(),
                done=done,
            )
        for table, batch in (
            ("stories", self._stories),
            ("series", self._series),
            ("relations", self._relations),
            ("links", self._links),
            ("echoes", self._echoes),
        ):
            for part in self._parts(table):
                store.save(batch(part), method=method())
        if first is not None:
            store.save(results.Results(), method=method(), again=dict([first]))

    def _parts(self, table: str, columns: list[str] | None = None) -> Iterator[list[Row]]:
        """The rows of a table, so many at a time."""
        rows = self._rows(table, columns)
        while part := list(islice(rows, _AT_ONCE)):
            yield part

    def _rows(self, table: str, columns: list[str] | None) -> Iterator[Row]:
        from pyarrow import parquet

        for names in files(self.folder, FOLDER, table):
            with self.folder.system.open(self.folder.path(*names), "rb") as stream:
                for batch in parquet.ParquetFile(stream).iter_batches(batch_size=_AT_ONCE, columns=columns):
                    yield from batch.to_pylist()

    def _claim(self, page: str, number: int) -> int:
        return self.keys[page] * CLAIMS_PER_READING + number

    def _stories(self, part: list[Row]) -> results.Results:
        return results.Results(
            stories=tuple(
                results.Story(
                    id=row["id"],
                    title=row["title"],
                    first_day=row["first_day"],
                    last_day=row["last_day"],
                    reports=tuple(self.keys[page] for page in row["reports"]),
                    detail={"outlets": row["outlets"], "words": row["words"]},
                )
                for row in part
            )
        )

    def _series(self, part: list[Row]) -> results.Results:
        shown = ("id", "label", "event", "counted", "place", "unit", "first_day", "last_day")
        return results.Results(
            series=tuple(
                results.Series(
                    **{name: row[name] for name in shown},
                    claims=tuple(self._claim(member["page"], member["number"]) for member in row["members"]),
                    detail={"origins": row["origins"]},
                )
                for row in part
            )
        )

    def _relations(self, part: list[Row]) -> results.Results:
        def detail(row: Row) -> dict[str, Any]:
            told: dict[str, Any] = {"rule": row["rule"]}
            if row["superseded"]:
                told["superseded"] = True
            if row["finding"] is not None:
                told["finding"] = row["finding"]
            return told

        return results.Results(
            relations=tuple(
                results.Relation(
                    series=row["series"],
                    a=self._claim(row["a"]["page"], row["a"]["number"]),
                    b=self._claim(row["b"]["page"], row["b"]["number"]),
                    relation=row["relation"],
                    detail=detail(row),
                )
                for row in part
            )
        )

    def _links(self, part: list[Row]) -> results.Results:
        """A link is kept by its figures in the order of article ids, as `features.link` makes it."""
        made = []
        for row in part:
            ends = [(row[f"{end}_page"], row[f"{end}_number"]) for end in ("a", "b")]
            one, other = (self._claim(*end) for end in sorted(ends))
            features = msgspec.json.decode(row["features"])
            made.append(results.Link(a=one, b=other, weight=row["weight"], features=features))
        return results.Results(links=tuple(made))

    def _echoes(self, part: list[Row]) -> results.Results:
        return results.Results(
            echoes=tuple(
                results.Echo(report=self.keys[row["page"]], of=self.keys[row["of"]], similarity=row["similarity"])
                for row in part
            )
        )
