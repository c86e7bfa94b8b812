"""A story as one page that can be mailed: its figures over time, every claim with its sentence, its reports.

The page needs no network and no script: charts are inline SVG, in a wide and a narrow drawing of which the screen shows
one. Every word that comes from a report is escaped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files

import msgspec

from ..ledger.overview import Head
from ..ledger.records import Change, ClaimRecord
from ..ledger.results import Finding, Relation, Series, Story
from .chart_svg import svg_of
from .charts import series_spec
from .claim_words import (
    claim_amount,
    claim_change,
    claim_reported,
    claim_sentence,
    claim_subject,
    claim_voice,
    series_title,
)
from .jsonld import is_address
from .translated import is_translated, translated
from .wording import Language, act_word, digits, moment, word

WIDE, NARROW = (740, 300), (290, 260)  # of the plot, in pixels
CHARTS = 12  # series that are drawn; the others stand in tables only


class DossierSeries(msgspec.Struct, frozen=True, kw_only=True):
    """A series with its claims, how they stand, and the label a person gave it."""

    series: Series
    claims: tuple[ClaimRecord, ...]
    relations: tuple[Relation, ...] = ()
    label: str | None = None


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """What goes into the page. `echo_of`: reports that repeat another one's words, by key; `changed`: the claims that
    the changes name, by key; `made`: EDTF."""

    story: Story
    title: str | None
    reports: tuple[Head, ...]
    echo_of: Mapping[int, int] = {}
    series: tuple[DossierSeries, ...] = ()
    findings: tuple[Finding, ...] = ()
    changes: tuple[Change, ...] = ()
    changed: Mapping[int, ClaimRecord] = {}
    made: str | None = None
    made_by: str = "dabi"


def dossier(given: Dossier, language: Language) -> Iterator[str]:
    """The page in pieces. Raises `MissingExtra` where the renderer of charts is not installed."""
    heads = {head.key: head for head in given.reports}
    yield _head(given, language)
    yield _overview(given, language)
    if given.series:
        yield f'<section class="series-all"><h2>{_word("dossier.figures", language)}</h2>\n'
        for number, held in enumerate(given.series):
            yield from _series(held, number, language)
        yield "</section>\n"
    yield _timeline(given, heads, language)
    if given.findings:
        yield _list("dossier.findings", _told(given.findings, language), heads, language)
    if given.changes:
        yield _changes(given, language)
    yield _method(given, language)


@cache
def _style() -> str:
    return (files(__package__) / "dossier.css").read_text(encoding="utf-8")


def _word(key: str, language: Language, **parts: str) -> str:
    return escape(word(key, language, **parts))


def _n(count: int, language: Language) -> str:
    return digits(str(count), language)


def _head(given: Dossier, language: Language) -> str:
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    title = escape(given.title or given.story.title or word("dossier.untitled", language))
    outlets = {head.outlet for head in given.reports if head.outlet}
    origins = len(given.reports) - len(given.echo_of)
    facts = [(len(given.reports), "dossier.reports"), (len(outlets), "dossier.outlets"), (origins, "dossier.origins")]
    counted = "".join(f"<li><b>{_n(n, language)}</b> {_word(key, language)}</li>" for n, key in facts)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title} · dabi</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n<header>\n"
        f'<p class="kicker">{_word("dossier.kicker", language)}</p>\n<h1 lang="bn">{title}</h1>\n'
        f'<ul class="facts">{counted}<li>{_span(given.story, language)}</li></ul>\n</header>\n<main>\n'
    )


def _span(story: Story, language: Language) -> str:
    first, last = story.first_day, story.last_day
    if first is None or last is None:
        return _word("label.undated", language)
    return escape(moment(first, language) if first == last else moment(f"{first}/{last}", language))


def _overview(given: Dossier, language: Language) -> str:
    if not given.series:
        return f'<p class="soft">{_word("label.no_claims", language)}</p>\n'
    rows = []
    for number, held in enumerate(given.series):
        newest = max(held.claims, key=lambda c: (c.published or "", not c.in_headline, -c.key))
        title = escape(series_title(held.series, language, held.label))
        rows.append(
            f'<tr><th scope="row"><a href="#s{number}">{title}</a></th>'
            f"<td><b>{escape(claim_amount(newest, language))}</b>"
            f'<span class="soft">{escape(claim_voice(newest, language))}, '
            f"{escape(claim_reported(newest, language))}</span></td>"
            f"<td>{_standing(held, language)}</td></tr>\n"
        )
    columns = ("dossier.count", "dossier.newest", "dossier.standing")
    titles = "".join(f'<th scope="col">{_word(key, language)}</th>' for key in columns)
    return (
        f'<section><h2>{_word("dossier.overview", language)}</h2>\n<table class="overview"><thead><tr>{titles}</tr>'
        f"</thead>\n<tbody>\n{''.join(rows)}</tbody></table></section>\n"
    )


def _standing(held: DossierSeries, language: Language) -> str:
    said = [f"{_n(len(held.claims), language)} {_word('dossier.claims', language)}"]
    by_key = {claim.key: claim for claim in held.claims}
    if any(relation.relation == "moved" for relation in held.relations):
        first = min(held.claims, key=_order)
        said.append(_word("dossier.first", language, n=claim_amount(first, language)))
    pairs = [
        (by_key[r.a], by_key[r.b]) for r in held.relations if r.relation == "conflicts" and {r.a, r.b} <= by_key.keys()
    ]
    values = {frozenset(claim_amount(claim, language) for claim in pair) for pair in pairs}
    if values:
        n = _n(len(values), language)
        said.append(f'<span class="conflict">{_word("dossier.conflicts", language, n=n)}</span>')
    else:
        said.append(_word("dossier.steady", language))
    return " · ".join(said)


def _order(claim: ClaimRecord) -> tuple[str, str, int]:
    return claim.published or "~", claim.article, claim.start or 0


def _series(held: DossierSeries, number: int, language: Language) -> Iterator[str]:
    title = series_title(held.series, language, held.label)
    yield f'<section class="series" id="s{number}"><h3>{escape(title)}</h3>\n'
    if number < CHARTS and len(held.claims) > 1:
        yield _chart(held, title, language)
    yield _table(held, title, language)
    yield "</section>\n"


def _chart(held: DossierSeries, title: str, language: Language) -> str:
    drawn, notes = [], []
    for name, (width, height) in (("wide", WIDE), ("narrow", NARROW)):
        spec = series_spec(
            held.claims,
            held.relations,
            language=language,
            width=width,
            height=height,
            link=lambda claim: f"#c{claim.key}",
        )
        spec["description"] = word(
            "chart.about", language, n=_n(len(spec["usermeta"]["dabi"]["drawn"]), language), name=title
        )
        drawn.append(f'<div class="{name}">{svg_of(spec, language)}</div>')
        notes = spec["usermeta"]["dabi"]["notes"]
    caption = f"<figcaption>{escape(' '.join(notes))}</figcaption>" if notes else ""
    return f'<figure class="chart">{"".join(drawn)}{caption}</figure>\n'


def _table(held: DossierSeries, title: str, language: Language) -> str:
    by_key = {claim.key: claim for claim in held.claims}
    relations = [r for r in held.relations if r.a in by_key and r.b in by_key]
    pairs = {frozenset((r.a, r.b)): r.relation for r in relations}
    overtaken = {r.a for r in relations if r.detail.get("superseded")}
    against: dict[int, dict[str, None]] = defaultdict(dict)
    for relation in relations:
        if relation.relation == "conflicts":
            for one, other in ((relation.a, by_key[relation.b]), (relation.b, by_key[relation.a])):
                named = {"n": claim_amount(other, language), "name": claim_voice(other, language)}
                against[one][_word("dossier.by", language, **named)] = None
    headlines = _headlines(held.claims, pairs)
    folded = {claim.key for told in headlines.values() for claim in told}
    rows = []
    before: ClaimRecord | None = None
    for claim in sorted(held.claims, key=_order):
        if claim.key in folded:
            continue
        related = pairs.get(frozenset((before.key, claim.key))) if before is not None else None
        standing = (
            [f'<span class="soft">{_word(f"relation.{related}", language)}</span>']
            if related and claim.key not in against
            else []
        )
        if claim.key in overtaken:
            standing.append(f'<span class="soft">{_word("relation.superseded", language)}</span>')
        if claim.key in against:
            others = word("dossier.against", language, x="")
            standing.append(f'<span class="conflict">{escape(others)}{", ".join(against[claim.key])}</span>')
        rows.append(_row(claim, headlines.get(claim.key, ()), standing, language))
        before = claim
    columns = ("label.when", "label.how_much", "label.who", "label.sentence")
    titles = "".join(f'<th scope="col">{_word(key, language)}</th>' for key in columns)
    return (
        f'<table class="claims"><caption>{escape(title)}</caption><thead><tr>{titles}</tr></thead>\n'
        f"<tbody>\n{''.join(rows)}</tbody></table>\n"
    )


def _headlines(
    claims: Sequence[ClaimRecord], pairs: Mapping[frozenset[int], str]
) -> dict[int, tuple[ClaimRecord, ...]]:
    """The claims of headlines that only repeat a claim of the same report's body, by that claim."""
    found: dict[int, tuple[ClaimRecord, ...]] = {}
    for headline in claims:
        if not headline.in_headline:
            continue
        for body in claims:
            inside = body.report == headline.report and not body.in_headline
            if inside and pairs.get(frozenset((body.key, headline.key))) == "echo":
                found[body.key] = (*found.get(body.key, ()), headline)
                break
    return found


def _row(claim: ClaimRecord, headlines: Sequence[ClaimRecord], standing: Sequence[str], language: Language) -> str:
    before, figure, after = claim_sentence(claim)
    sentence = f"{escape(before)}<mark>{escape(figure)}</mark>{escape(after)}" if figure else escape(before)
    outlet = escape(claim.outlet or (word("dossier.coded", language) if claim.coded else claim.article))
    if is_address(claim.article):
        outlet = f'<a href="{escape(claim.article)}" rel="noreferrer">{outlet}</a>'
    subject = f'<span class="soft">{escape(claim_subject(claim, language))}</span>'
    act = escape(act_word(claim.act, claim.source_type, language)) if claim.act else ""
    said = f' <span class="soft" lang="{language}">{act}</span>' if act else ""
    via = "".join(
        f'<span class="soft" lang="{language}">{_word("who.via", language, name=name)}</span>' for name in claim.via
    )
    status = "" if claim.status == "happened" else f"<span>{_word(f'status.{claim.status}', language)}</span>"
    anchors = "".join(f'<i id="c{headline.key}"></i>' for headline in headlines)
    repeated = f'{anchors}<span class="soft">{_word("dossier.in_headline", language)}</span>' if headlines else ""
    return (
        f'<tr id="c{claim.key}"><td>{escape(claim_reported(claim, language))}<span class="soft">{outlet}</span></td>'
        f"<td><b>{escape(claim_amount(claim, language))}</b>{subject}{status}{repeated}{''.join(standing)}</td>"
        f'<td lang="bn">{escape(claim_voice(claim, language))}{said}{via}</td><td lang="bn">{sentence}</td></tr>\n'
    )


def _timeline(given: Dossier, heads: Mapping[int, Head], language: Language) -> str:
    items = []
    for head in sorted(given.reports, key=lambda h: (h.published or "~", h.key)):
        when = moment(head.published, language) if head.published else word("label.undated", language)
        repeated = heads.get(given.echo_of.get(head.key, -1))
        echo = ""
        if repeated is not None:
            echo = f' <span class="echo">{_word("dossier.echo_of", language, name=_called(repeated, language))}</span>'
        items.append(
            f'<li id="r{head.key}"><time>{escape(when)}</time> <b>{escape(head.outlet or "")}</b> '
            f"{_headline(head, language)}{echo}</li>\n"
        )
    listed = f'<ol class="timeline">{"".join(items)}</ol>'
    return f"<section><h2>{_word('dossier.timeline', language)}</h2>\n{listed}</section>\n"


def _called(head: Head, language: Language) -> str:
    return head.outlet or head.headline or word("dossier.untitled", language)


def _headline(head: Head, language: Language) -> str:
    text = escape(head.headline or word("dossier.untitled", language))
    if is_address(head.article):
        return f'<a lang="bn" href="{escape(head.article)}" rel="noreferrer">{text}</a>'
    return f'<span lang="bn">{text}</span>'


def _told(findings: Sequence[Finding], language: Language) -> list[tuple[int, str, str]]:
    """The report of each finding, what does not fit, and the language that is said in."""
    return [
        (f.report, escape(translated(f.what, language)), language if is_translated(f.what) else "en") for f in findings
    ]


def _list(key: str, found: Sequence[tuple[int, str, str]], heads: Mapping[int, Head], language: Language) -> str:
    items = "".join(
        f'<li><a href="#r{report}">{escape(_called(heads[report], language))}</a>: '
        f'<span lang="{tongue}">{what}</span></li>\n'
        for report, what, tongue in found
        if report in heads
    )
    return f"<section><h2>{_word(key, language)}</h2>\n<ul>{items}</ul></section>\n"


def _changes(given: Dossier, language: Language) -> str:
    headlines = {head.article: head.headline for head in given.reports}
    items = "".join(
        f"<li>{_word(f'dossier.{change.kind}', language)}: "
        f"<b>{escape(claim_change(change, given.changed, language))}</b> "
        f'<span class="soft">{escape(headlines.get(change.article) or change.article)}, '
        f"{escape(moment(change.seen[:10], language))}</span></li>\n"
        for change in given.changes
    )
    return f"<section><h2>{_word('dossier.changes', language)}</h2>\n<ul>{items}</ul></section>\n"


def _method(given: Dossier, language: Language) -> str:
    said = " ".join(_word(f"dossier.method.{part}", language) for part in ("read", "linked", "truth"))
    made = word("dossier.made", language, name=given.made_by, x=moment(given.made, language) if given.made else "–")
    return (
        f"</main>\n<footer><h2>{_word('dossier.method', language)}</h2>\n<p>{said}</p>\n"
        f'<p class="soft">{escape(made)}</p></footer>\n</body>\n</html>\n'
    )
