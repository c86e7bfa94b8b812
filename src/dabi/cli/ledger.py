"""The commands that add to a ledger and look into it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

import msgspec
import typer

from .commands import (
    AllowPrivate,
    Input,
    Lang,
    Paths,
    Published,
    Timeout,
    UserAgent,
    Workers,
    _opened,
    _published,
    _Run,
    _web,
    _working,
    app,
)
from .listing import Column, ListFormat, list_records

if TYPE_CHECKING:
    from ..ledger import Ledger, Query
    from ..ledger.engine import Pooling

T = TypeVar("T", bound=msgspec.Struct)

Database = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="PATH|URL",
        envvar="DABI_DB",
        help="The ledger: a file, or postgresql://user@host/name. Else ledger.db in your data folder.",
        show_default=False,
    ),
]
Form = Annotated[
    ListFormat | None,
    typer.Option("--format", help="table on a terminal, else jsonl.", show_default=False),
]
Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="WORD",
        help='Words, in any ending; "a phrase" exactly; beginn* for all words that begin so.',
        show_default=False,
    ),
]


@app.command(
    epilog="""\b
Examples:
  dabi add saved-pages/
  dabi add --db news.db --input jsonl articles.jsonl
  dabi add --db news.db --workers 0 crawl.warc.gz s3://bucket/2025-06.warc.wet.gz
  dabi add https://example.org/news/flood https://example.com/news/17
  dabi add - --db postgresql://me@localhost/news < report.txt
"""
)
def add(
    paths: Paths,
    db: Database = None,
    published: Published = None,
    form: Form = None,
    input: Input = "auto",
    workers: Workers = 1,
    timeout: Timeout = None,
    user_agent: UserAgent = None,
    allow_private: AllowPrivate = False,
) -> None:
    """Read articles and keep them, with their claims, in the ledger."""
    from ..service import ledger as service

    run, web = _Run(_published(published)), _web(user_agent, allow_private)
    with _ledger(db, create=True) as ledger, _opened(None, paths) as out, _working(workers):
        added = service.add_reports(
            ledger,
            paths,
            kind=input,
            published=run.published,
            web=web,
            workers=workers,
            timeout=timeout,
            counts=run.counts,
        )
        _added(run.succeeded(added, paths, quiet=form == "table"), form, out)
    run.finish()


@app.command(short_help="Read anew what an older dabi read; old readings are kept.")
def reread(db: Database = None, form: Form = None) -> None:
    """Read anew what an older dabi read, or one with other words and rules; the old readings are kept."""
    from ..service import ledger as service

    run = _Run(None)
    with _ledger(db) as ledger, _opened(None, []) as out:
        _added(run.succeeded(service.read_again(ledger), [], quiet=False), form, out)
    run.finish()


@app.command(
    "import",
    epilog="""\b
Columns, all but id and one of low and high optional: id, report, reported, date_start, date_end,
place, latitude, longitude, actors (separated by ;), event, counted, low, high, hedge, unit, source,
note. Dates are ISO 8601 or EDTF.
Examples:
  dabi import events.csv
  dabi import events.jsonl --prefix ours/
""",
)
def import_(
    table: Annotated[str, typer.Argument(metavar="TABLE", help="A CSV or JSONL file.", show_default=False)],
    db: Database = None,
    prefix: Annotated[str, typer.Option(help="Goes before every id, to keep two tables apart.")] = "",
    form: Form = None,
) -> None:
    """Add claims that people coded elsewhere: one row of a table each."""
    from ..service import ledger as service

    run = _Run(None)
    with _ledger(db, create=True) as ledger, _opened(None, [table]) as out:
        _added(run.succeeded(service.import_table(ledger, table, prefix=prefix), [table], quiet=False), form, out)
    run.finish()


Person = Annotated[
    str | None, typer.Option(metavar="NAME", help="Somebody who acts or says something.", show_default=False)
]
Place = Annotated[str | None, typer.Option(metavar="NAME", help="Where it is about.", show_default=False)]
Source = Annotated[
    str | None, typer.Option(metavar="NAME", help="Who says it, or through whom it came.", show_default=False)
]
Event = Annotated[
    str | None, typer.Option(metavar="EVENT", help="death, injury, arrest, displacement …", show_default=False)
]
Counted = Annotated[
    str | None, typer.Option(metavar="WORD", help="What is counted, in its base form.", show_default=False)
]
Unit = Annotated[str | None, typer.Option(metavar="UNIT", help="BDT, USD, km, % …", show_default=False)]
Kind = Annotated[
    Literal["count", "money", "measure", "percent", "age", "ratio"] | None,  # as dabi.model has it
    typer.Option(metavar="KIND", help="count, money, measure, percent, age or ratio.", show_default=False),
]
Status = Annotated[
    str | None, typer.Option(metavar="STATUS", help="happened, expected, promised, denied …", show_default=False)
]
Low = Annotated[
    float | None, typer.Option("--min", metavar="NUMBER", help="The value may be this or more.", show_default=False)
]
High = Annotated[
    float | None, typer.Option("--max", metavar="NUMBER", help="The value may be this or less.", show_default=False)
]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="Published then or later.", show_default=False)]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Published then or earlier.", show_default=False)]
About = Annotated[
    str | None,
    typer.Option(
        metavar="DATE", help="What the claim is about overlaps this: 2024, 2024-11/2025-01.", show_default=False
    ),
]
Outlet = Annotated[
    str | None, typer.Option(metavar="NAME", help="The newspaper or agency, by its whole name.", show_default=False)
]
History = Annotated[bool, typer.Option("--history", help="Older versions and readings too.")]
Limit = Annotated[int, typer.Option(min=1, metavar="NUMBER", help="At most so many.")]


@app.command(
    short_help="Find articles by their words and claims.",
    epilog="""\b
Examples:
  dabi search বন্যা সিলেট
  dabi search '"ত্রাণ বিতরণ"' --outlet 'ভোরের পাতা' --since 2025-01-01
  dabi search --event death --min 100
""",
)
def search(
    words: Words = None,
    db: Database = None,
    person: Person = None,
    place: Place = None,
    source: Source = None,
    event: Event = None,
    counted: Counted = None,
    unit: Unit = None,
    kind: Kind = None,
    status: Status = None,
    low: Low = None,
    high: High = None,
    since: Since = None,
    until: Until = None,
    about: About = None,
    outlet: Outlet = None,
    history: History = False,
    newest: Annotated[bool, typer.Option("--newest", help="The newest first, also where there are words.")] = False,
    limit: Limit = 50,
    form: Form = None,
    lang: Lang = "en",
) -> None:
    """Find articles by their words and claims: those that fit the words best first, without words the newest."""
    from ..export.wording import digits, moment
    from ..ledger import Hit
    from .ledger_wording import short_article

    query = _query(locals())
    columns: list[Column[Hit]] = [
        Column("Date", 1.3, lambda hit: moment(hit.published[:10], lang) if hit.published else None),
        Column("Outlet", 1.3, lambda hit: hit.outlet, "green"),
        Column("Headline", 3, lambda hit: hit.headline, "bold"),
        Column("Found", 4, lambda hit: hit.excerpt),
        Column("Claims", 0.7, lambda hit: digits(str(hit.claims), lang)),
        Column("Article", 2, lambda hit: short_article(hit.article), "dim"),
    ]
    with _ledger(db) as ledger, _opened(None, []) as out:
        found = ledger.search(query, newest_first=newest)
        list_records(found, form or _by_place(out), out, columns, Hit.__struct_fields__)


@app.command(
    epilog="""\b
Examples:
  dabi claims --event death --place সিলেট --since 2025-06-01
  dabi claims ত্রাণ --unit BDT --min 1000000 --format csv > aid.csv
  dabi claims --article report-17
"""
)
def claims(
    words: Words = None,
    db: Database = None,
    person: Person = None,
    place: Place = None,
    source: Source = None,
    event: Event = None,
    counted: Counted = None,
    unit: Unit = None,
    kind: Kind = None,
    status: Status = None,
    low: Low = None,
    high: High = None,
    since: Since = None,
    until: Until = None,
    about: About = None,
    outlet: Outlet = None,
    article: Annotated[str | None, typer.Option(metavar="ARTICLE", help="Of this article.", show_default=False)] = None,
    history: History = False,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="NUMBER", help="At most so many.", show_default=False)
    ] = None,
    form: Form = None,
    lang: Lang = "en",
) -> None:
    """List claims, those of the newest reports first."""
    from ..export.claim_words import claim_amount, claim_chain
    from ..export.wording import moment
    from ..ledger import ClaimRecord

    given = locals()
    with _ledger(db) as ledger, _opened(None, []) as out:
        query = _query(given)
        if article is not None:
            query = msgspec.structs.replace(query, article=ledger.article(article))
        columns: list[Column[ClaimRecord]] = [
            Column("Date", 1.2, lambda claim: moment(claim.published[:10], lang) if claim.published else None),
            Column("Outlet", 1.2, lambda claim: claim.outlet or claim.coded_report),
            Column("How much", 1.3, lambda claim: claim_amount(claim, lang), "bold"),
            Column("Of what", 1.2, lambda claim: claim.of or claim.counted),
            Column("Who says", 1.4, lambda claim: claim_chain(claim, lang), "green"),
            Column("When", 1.1, lambda claim: moment(claim.time, lang) if claim.time else None, "cyan"),
            Column("Sentence", 3.5, lambda claim: claim.sentence),
            Column("Claim", 1.2, lambda claim: claim.id, "dim", 16),
        ]
        found = ledger.claims(query, newest_first=True)
        list_records(found, form or _by_place(out), out, columns, ClaimRecord.__struct_fields__)


@app.command(short_help="Show the versions of an article and what was changed.")
def history(
    article: Annotated[
        str, typer.Argument(metavar="ARTICLE", help="Its id, or the end of its path.", show_default=False)
    ],
    db: Database = None,
    form: Form = None,
    lang: Lang = "en",
) -> None:
    """Show the versions of an article, how they were read, and what was changed in it."""
    from .ledger_wording import Step, steps

    with _ledger(db) as ledger, _opened(None, []) as out:
        readings, changes = ledger.history(ledger.article(article))
        columns: list[Column[Step]] = [
            Column("Version", 0.8, lambda step: str(step.version)),
            Column("When", 1.6, lambda step: step.at[:16].replace("T", " ")),
            Column("What", 1, lambda step: step.kind, "bold"),
            Column("", 6, lambda step: step.what),
        ]
        list_records(steps(readings, changes), form or _by_place(out), out, columns, Step.__struct_fields__)


def _query(given: dict[str, Any]) -> Query:
    """The query that the options of a command make."""
    from ..ledger import Query
    from ..ledger.dates import days

    fields = {name: given[name] for name in given.keys() & set(Query.__struct_fields__)}
    fields["words"] = " ".join(given["words"] or []) or None
    for name, end in (("since", 0), ("until", 1)):
        if (date := given[name]) is not None:
            fields[name] = days(date)[end]
            if fields[name] is None:
                raise typer.BadParameter(f"{date!r} is not a date like 2024-11-30.", param_hint=f"--{name}")
    if (about := given["about"]) is not None:
        fields["about_since"], fields["about_until"] = days(about)
        if days(about) == (None, None):
            raise typer.BadParameter(f"{about!r} is no EDTF date or interval.", param_hint="--about")
    return Query(**fields)


@contextmanager
def _ledger(db: str | None, *, create: bool = False, pooling: Pooling | None = None) -> Iterator[Ledger]:
    """The ledger asked for; its errors end the command with a line on standard error."""
    from ..ledger import LedgerError, open_ledger
    from ..ledger.home import default_ledger

    try:
        with open_ledger(db or default_ledger(), create=create, pooling=pooling) as ledger:
            yield ledger
    except LedgerError as error:
        typer.echo(f"dabi: {error}", err=True)
        raise typer.Exit(1) from None


def _by_place(out: Any) -> ListFormat:
    return "table" if out.isatty() else "jsonl"


def _added(added: Iterable[Any], form: ListFormat | None, out: Any) -> None:
    """What adding did: for a table only the new and the changed, and how many at the end on standard error."""
    from ..ledger import Added
    from .ledger_wording import short_article

    chosen = form or _by_place(out)
    totals: dict[str, int] = {}

    def seen() -> Iterator[Added]:
        for one in added:
            totals[one.outcome] = totals.get(one.outcome, 0) + 1
            if chosen != "table" or one.outcome != "unchanged":
                yield one

    columns: list[Column[Added]] = [
        Column("Article", 3, lambda one: short_article(one.article)),
        Column("", 1, lambda one: f"version {one.version}" if one.outcome == "version" else one.outcome, "bold"),
        Column("Claims", 0.8, lambda one: str(one.claims)),
        Column("Changed", 4, lambda one: "; ".join(f"{c.kind} {c.what}" for c in one.changes), "yellow"),
    ]
    list_records(seen(), chosen, out, columns, Added.__struct_fields__)
    if chosen == "table" or sys.stderr.isatty():
        versions = "new version" if totals.get("version") == 1 else "new versions"
        words = {"added": "added", "version": versions, "reading": "read again", "unchanged": "there already"}
        typer.echo(
            "dabi: " + (", ".join(f"{totals[k]} {w}" for k, w in words.items() if k in totals) or "nothing"), err=True
        )
