"""Reports made by hand for the tests of the ledger: a headline, and one sentence with one figure for each claim."""

from __future__ import annotations

from typing import Any

import msgspec

from dabi.ledger import Submission
from dabi.model import Analysis, Article, Attribution, Claim, Hedge, Kind, Quantity, Region, Span, TimeExpression


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A claim to be: `সূত্র জানিয়েছে, স্থানে ২৩ জন বস্তু …` with everything that a claim may carry."""

    value: int | float | None
    high: int | float | None = -1  # as `value`
    hedge: Hedge = "exact"
    kind: Kind = "count"
    unit: str | None = None
    counted: str = "শ্রমিক"
    event: str | None = "death"
    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    source: str | None = None
    via: tuple[str, ...] = ()
    edtf: str | None = None
    more: str = "কাজে ছিলেন"


def analysed(
    article: str,
    figures: list[Figure],
    *,
    headline: str = "কারখানায় দুর্ঘটনা",
    published: str | None = "2025-03-04",
    outlet: str | None = "ভোরের পাতা",
    furniture: str = "",
) -> tuple[str, Analysis]:
    """A text and what a reader makes of it."""
    text = headline + "\n"
    quantities, times, attributions, claims, body = [], [], [], [], []

    def put(words: str) -> Span:
        nonlocal text
        start = len(text)
        text += words
        return Span(start, len(text), words)

    for n, figure in enumerate(figures):
        begin = len(text)
        said = when = None
        if figure.source is not None:
            through = tuple(put(f"{name}র বরাতে ") for name in figure.via)
            through = tuple(Span(s.start, s.start + len(v), v) for s, v in zip(through, figure.via, strict=True))
            source, cue = put(figure.source), put(" জানান")
            said = len(attributions)
            attributions.append((source, Span(cue.start + 1, cue.end, "জানান"), through))
            put(", ")
        if figure.edtf is not None:
            when = len(times)
            span = put("ওই সময়ে")
            times.append(
                TimeExpression(start=span.start, end=span.end, text=span.text, edtf=figure.edtf, rule="times.test")
            )
            put(" ")
        put(" ".join([*figure.places, *figure.actors, ""]))
        number = put("কয়েক" if figure.value is None else f"{figure.value:,}")
        put(" জন ")
        of = put(figure.counted)
        put(f" {figure.more}।")
        quantities.append(
            Quantity(
                start=number.start,
                end=number.end,
                text=number.text,
                low=figure.value,
                high=figure.value if figure.high == -1 else figure.high,
                hedge=figure.hedge,
                kind=figure.kind,
                unit=figure.unit,
                of=of,
                attribution=said,
                time=when,
                rule="quantities.test",
            )
        )
        claims.append(
            Claim(
                id=f"{article}-{number.start}-{figure.value}",
                sentence=Region(begin, len(text)),
                quantity=n,
                attribution=said,
                time=when,
                counted=figure.counted,
                event=figure.event,
                status="happened",
                places=figure.places,
                actors=figure.actors,
            )
        )
        body.append(Region(begin, len(text)))
        put("\n")
    aside = ()
    if furniture:
        span = put(furniture)
        aside = (Region(span.start, span.end),)
    return text, Analysis(
        id=article,
        article=Article(
            outlet=outlet,
            headline=Span(0, len(headline), headline),
            published=published,
            body=tuple(body),
            furniture=aside,
        ),
        quantities=tuple(quantities),
        times=tuple(times),
        attributions=tuple(
            Attribution(
                source=source,
                cue=cue,
                content=(Span(cue.end, cue.end, ""),),
                form="indirect",
                act="state",
                source_type="person",
                via=through,
                rule="attributions.test",
            )
            for source, cue, through in attributions
        ),
        claims=tuple(claims),
    )


def report(article: str, figures: list[Figure], **article_fields: Any) -> tuple[Submission, Analysis]:
    """The two things that `Ledger.add` takes."""
    text, analysis = analysed(article, figures, **article_fields)
    return Submission(article=article, text=text, source=f"https://example.org/{article}"), analysis
