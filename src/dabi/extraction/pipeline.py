"""One article through all recognisers: passages → mentions → claims, in offsets of the text as it came in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Literal

import msgspec

from ..bengali import attributions, quantities, times
from ..bengali.mentions import AttributionMention, Extent, QuantityMention, TimeMention
from ..bengali.outlets import country_of
from ..bengali.passage import Passage, passages
from ..bengali.script import Folded, fold
from ..model import Analysis, Article, Attribution, Claim, Quantity, Span, TimeExpression, Trace
from .borders import uncut
from .claims import Named, as_part, claim, named_in, opens_parts
from .collector import collector_paused
from .linking import dating_time, innermost_attributions

Role = Literal["headline", "caption", "body"]


class Traces(msgspec.Struct, frozen=True):
    """The traces of an analysis, each list parallel to the one of the same name."""

    quantities: tuple[Trace, ...]
    times: tuple[Trace, ...]
    attributions: tuple[Trace, ...]


def analyse(text: str, article: Article, *, id: str, warnings: Sequence[str] = ()) -> Analysis:
    """Read the claims of an article whose parts `article` names; never raises on any text."""
    return analyse_traced(text, article, id=id, warnings=warnings)[0]


def analyse_traced(text: str, article: Article, *, id: str, warnings: Sequence[str] = ()) -> tuple[Analysis, Traces]:
    """The same with the trace of every mention, for `dabi explain`."""
    with collector_paused():
        return _analysed(text, article, id, warnings)


def _analysed(text: str, article: Article, id: str, warnings: Sequence[str]) -> tuple[Analysis, Traces]:
    folded = fold(text)
    parts = _parts(folded, article)
    country = country_of(article.outlet)
    anchors = times.Anchors(article.published, country=country)
    found_times: list[TimeMention] = []
    found_quantities: list[QuantityMention] = []
    homes: list[int] = []
    for home, (passage, _) in enumerate(parts):
        here = times.find(passage, anchors)
        counted = quantities.find(passage, here)
        if country == "IN":
            counted = [_in_rupees(mention) for mention in counted]
        found_times += here
        found_quantities += counted
        homes += [home] * len(counted)
    found_attributions = uncut(attributions.find(parts, found_quantities), [*found_times, *found_quantities])
    holders = innermost_attributions(found_quantities, found_attributions)
    builder = _Builder(text, folded)
    claims: list[Claim] = []
    values: list[Quantity] = []
    whole: tuple[int, Claim] | None = None  # the last claim of the sentence before, and its passage
    last: tuple[int, tuple[int, int], Claim] | None = None
    named = Named((), ())
    at = 0
    for index, (mention, home, holder) in enumerate(zip(found_quantities, homes, holders, strict=True)):
        passage = parts[home][0]
        sentence = _sentence_at(passage, mention.start)
        extent = (passage.starts[sentence[0]], passage.ends[sentence[1] - 1])
        while at < len(found_times) and found_times[at].end <= extent[0]:
            at += 1
        nearby = _until(found_times, at, extent[1])
        time = dating_time(mention, (_turned_from(passage, sentence, mention.start), extent[1]), nearby)
        quantity = builder.quantity(mention, holder, time)
        values.append(quantity)
        if last is None or last[:2] != (home, sentence):
            named = named_in(passage, sentence)
        made = claim(
            passage,
            sentence,
            mention,
            found_attributions[holder] if holder is not None else None,
            article_id=id,
            raw=(quantity.start, quantity.end),
            quantity=index,
            attribution_index=holder,
            time=time,
            previous_end=found_quantities[index - 1].end if index else 0,
            named=named,
        )
        if last is not None and last[:2] != (home, sentence):
            whole = (last[0], last[2])
        if whole is not None and whole[0] == home and opens_parts(passage, sentence):
            made = as_part(made, whole[1], exceeds=_exceeds(values[-1], values[whole[1].quantity]))
        last = (home, sentence, made)
        claims.append(made)
    analysis = Analysis(
        id=id,
        article=article,
        quantities=tuple(values),
        times=tuple(builder.time(mention) for mention in found_times),
        attributions=tuple(builder.attribution(mention) for mention in found_attributions),
        claims=tuple(claims),
        warnings=(*warnings, *_time_warnings(builder, found_times), *_too_many(len(claims))),
    )
    traces = Traces(
        tuple(m.trace for m in found_quantities),
        tuple(m.trace for m in found_times),
        tuple(m.trace for m in found_attributions),
    )
    return analysis, traces


def _in_rupees(mention: QuantityMention) -> QuantityMention:
    """টাকা is the rupee in an Indian paper; বাংলাদেশি টাকা there is rare enough to be named."""
    if mention.unit != "BDT" or not any(entry.endswith(": টাকা") for entry in mention.trace.entries):
        return mention
    trace = msgspec.structs.replace(mention.trace, steps=(*mention.trace.steps, "টাকা in an Indian outlet → INR"))
    return msgspec.structs.replace(mention, unit="INR", trace=trace)


def _parts(folded: Folded, article: Article) -> list[tuple[Passage, Role]]:
    """The readable parts of the article in text order, each cut into tokens once."""
    regions: list[tuple[int, int, Role]] = [(r.start, r.end, "body") for r in article.body]
    regions += [(r.start, r.end, "caption") for r in article.captions]
    if article.headline is not None:
        regions.append((article.headline.start, article.headline.end, "headline"))
    regions.sort()
    cut = passages(folded, [(start, end) for start, end, _ in regions])
    parts: list[tuple[Passage, Role]] = []
    captions: set[tuple[str, ...]] = set()
    for passage, (_, _, role) in zip(cut, regions, strict=True):
        if role == "caption":  # a page prints it twice, as the picture's text and below it: read it once
            if (words := tuple(passage.words)) in captions:
                continue
            captions.add(words)
        if len(passage):
            parts.append((passage, role))
    return parts


def _exceeds(part: Quantity, whole: Quantity) -> bool:
    """Whether a count is larger than another, so that it is no part of it."""
    low, high = part.low, whole.high
    return part.kind == whole.kind == "count" and low is not None and high is not None and low > high


_THIS_TIME = frozenset({"এবার", "এবারের", "এবারে"})
_REACH = 60  # tokens


def _turned_from(passage: Passage, sentence: tuple[int, int], figure: int) -> int:
    """Where the times begin that may date a figure: the sentence, or behind the এবার that turns from another time.

    গত বছর মারা যান ২০ জন, এবার ২১ জন.
    """
    last = bisect_left(passage.starts, figure)
    for i in range(last - 1, max(sentence[0], last - _REACH) - 1, -1):
        if passage.words[i] in _THIS_TIME:
            return passage.ends[i]
    return passage.starts[sentence[0]]


def _sentence_at(passage: Passage, offset: int) -> tuple[int, int]:
    """The sentence (token range) that holds a folded offset."""
    i = bisect_right(passage.sentences, offset, key=lambda s: passage.starts[s[0]]) - 1
    return passage.sentences[max(i, 0)]


def _until(found: list[TimeMention], at: int, stop: int) -> list[tuple[int, TimeMention]]:
    nearby = []
    while at < len(found) and found[at].start < stop:
        nearby.append((at, found[at]))
        at += 1
    return nearby


# Figures of one report that are compared with others: a page of thousands without end would take hours.
MOST_COMPARED = 500


def _too_many(count: int) -> list[str]:
    return [f"only the first {MOST_COMPARED} of its {count:,} figures are compared"] if count > MOST_COMPARED else []


def _time_warnings(builder: _Builder, found: list[TimeMention]) -> list[str]:
    """What could not be resolved: each reason once, with the expressions it concerns."""
    reasons: dict[str, list[str]] = {}
    for mention in found:
        if (reason := mention.warning or mention.unresolved) is not None:
            reasons.setdefault(reason, []).append(builder.words(mention.start, mention.end))
    return [f"{reason} ({', '.join(dict.fromkeys(texts))})" for reason, texts in reasons.items()]


class _Builder:
    """Mentions in folded offsets to values in raw offsets."""

    def __init__(self, text: str, folded: Folded) -> None:
        self._text = text
        self._folded = folded

    def span(self, extent: Extent | None) -> Span | None:
        return None if extent is None else self._span(extent)

    def _span(self, extent: Extent) -> Span:
        start, end = self._folded.raw_span(*extent)
        return Span(start, end, self._text[start:end])

    def words(self, start: int, end: int) -> str:
        return self._span((start, end)).text

    def quantity(self, mention: QuantityMention, attribution: int | None, time: int | None) -> Quantity:
        start, end = self._folded.raw_span(mention.start, mention.end)
        return Quantity(
            start=start,
            end=end,
            text=self._text[start:end],
            low=mention.low,
            high=mention.high,
            hedge=mention.hedge,
            kind=mention.kind,
            unit=mention.unit,
            of=self.span(mention.of),
            attribution=attribution,
            time=time,
            rule=mention.trace.rule,
        )

    def time(self, mention: TimeMention) -> TimeExpression:
        start, end = self._folded.raw_span(mention.start, mention.end)
        return TimeExpression(
            start=start,
            end=end,
            text=self._text[start:end],
            edtf=mention.edtf,
            duration=mention.duration,
            set=mention.set,
            unresolved=mention.unresolved,
            rule=mention.trace.rule,
        )

    def attribution(self, mention: AttributionMention) -> Attribution:
        return Attribution(
            source=self.span(mention.source),
            cue=self.span(mention.cue),
            content=tuple(self._span(extent) for extent in mention.content),
            form=mention.form,
            act=mention.act,
            source_type=mention.source_type,
            via=tuple(self._span(extent) for extent in mention.via),
            to=self.span(mention.to),
            speaker=mention.speaker,
            rule=mention.trace.rule,
        )
