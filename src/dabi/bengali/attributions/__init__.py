"""Who says it: sources, cues and contents of reported speech in Bengali news.

`find` reads all passages of one article, because speech runs over sentences and paragraphs and তিনি stands for somebody
named before. A cue or a quotation triggers every rule; the rules are the ordered lists in shapes.py and headlines.py,
what carries on without a cue is decided in continuing.py, and who is meant in speakers.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...model import Attribution, Span, Trace
from ..mentions import AttributionMention, QuantityMention
from ..passage import Passage
from ..script import fold
from .chains import link_chains
from .continuing import carry_on
from .drafting import draft_units
from .speakers import resolve
from .units import Draft, Role, all_units, counted, parts_of

__all__ = ["find", "read"]


def find(parts: Sequence[tuple[Passage, Role]], quantities: Sequence[QuantityMention] = ()) -> list[AttributionMention]:
    """The attributions of one article, in text order. All passages share one folded text; extents are its offsets.

    `quantities` are those of the same passages: whether a sentence without a cue still reports somebody is decided
    otherwise where it counts something.
    """
    units = all_units(parts, quantities)
    draft_units(units)
    carry_on(units)
    link_chains(units)
    resolve(units)
    mentions = [_mention(draft) for unit in units for draft in unit.drafts if draft.content]
    for unit in units:
        unit.drafts.clear()  # a draft holds its unit: a cycle, which only the collector would free
    mentions.sort(key=lambda m: (min(e[0] for e in (m.content + ((m.source,) if m.source else ()))), m.content[0]))
    return mentions


def read(text: str) -> list[Attribution]:
    """The attributions of a plain text, with raw offsets. A first line followed by an empty one is the headline."""
    folded = fold(text)
    parts = parts_of(folded)

    def span(extent: tuple[int, int]) -> Span:
        start, end = folded.raw_span(*extent)
        return Span(start, end, text[start:end])

    return [
        Attribution(
            source=span(m.source) if m.source else None,
            cue=span(m.cue) if m.cue else None,
            content=tuple(map(span, m.content)),
            form=m.form,
            act=m.act,
            source_type=m.source_type,
            via=tuple(map(span, m.via)),
            to=span(m.to) if m.to else None,
            speaker=m.speaker,
            rule=m.trace.rule,
        )
        for m in find(parts, counted(parts))
    ]


def _mention(draft: Draft) -> AttributionMention:
    p = draft.unit.p

    def extent(tokens: tuple[int, int] | None) -> tuple[int, int] | None:
        return (p.starts[tokens[0]], p.ends[tokens[1] - 1]) if tokens and tokens[0] < tokens[1] else None

    return AttributionMention(
        source=extent(draft.source),
        cue=extent(draft.cue),
        content=tuple(draft.content),
        form=draft.form,
        act=draft.act,  # type: ignore[arg-type]
        source_type=draft.source_type,  # type: ignore[arg-type]
        via=tuple(draft.via),
        to=extent(draft.to),
        speaker=draft.speaker,
        trace=Trace(draft.rule, tuple(draft.entries), tuple(draft.steps)),
    )
