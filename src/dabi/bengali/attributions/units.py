"""Units: sentences, joined where a quotation runs over several of them, with the cues and quotations in each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Literal

from .. import quantities, times
from ..beginnings import Beginning
from ..mentions import QuantityMention
from ..passage import Passage, passage
from ..script import Folded
from .cues import Cue, cue_table, find_cues
from .quotes import Quote, find_quotes

_NEAREST_CUES = 16
Role = Literal["headline", "caption", "body"]


class Unit:
    """Tokens first..last-1 of a passage. `cues` are those outside quotations, `inner` those within."""

    __slots__ = ("p", "passage", "role", "first", "last", "quotes", "cues", "inner", "drafts", "index", "runs_into",
                 "pointed_at", "clauses", "counts")  # fmt: skip

    def __init__(self, p: Passage, passage: int, role: Role, first: int, last: int) -> None:
        self.p = p
        self.passage = passage
        self.role = role
        self.first = first
        self.last = last
        self.quotes: list[Quote] = []
        self.cues: list[Cue] = []
        self.inner: list[Cue] = []
        self.drafts: list[Draft] = []
        self.index = 0
        self.clauses: dict[int, int] = {}  # where the clause that ends at a token begins, once asked
        self.counts = False  # a quantity stands in it
        self.pointed_at = False  # the next unit reports it: এ তথ্য জানান …
        self.runs_into: list[tuple[int, int]] = []  # where its last quotation goes on in later passages, folded extents

    @property
    def end(self) -> int:
        """The last token that is no full stop or closing mark, exclusive."""
        words = self.p.words
        i = self.last
        while i > self.first and words[i - 1] in "।?!.”’\"' ,;":
            i -= 1
        return i

    def cues_before(self, at: int) -> list[Cue]:
        """The nearest cues that begin before token `at`, in order; more than so many say nothing about one place."""
        last = bisect_left(self.cues, at, key=lambda cue: cue.first)
        return self.cues[max(0, last - _NEAREST_CUES) : last]

    def quote_at(self, i: int) -> Quote | None:
        """The quotation that holds token i, marks included."""
        for quote in self.quotes:
            if quote.opening <= i <= quote.closing:
                return quote
        return None


class Draft:
    """An attribution in the making: token ranges in one passage for source and cue, folded extents for content."""

    __slots__ = ("unit", "source", "cue", "to", "content", "form", "act", "rule", "steps", "entries", "via", "speaker",
                 "source_type", "found", "continues", "anaphoric", "quoted")  # fmt: skip

    def __init__(self, unit: Unit, rule: str) -> None:
        self.unit = unit
        self.rule = rule
        self.source: tuple[int, int] | None = None
        self.cue: tuple[int, int] | None = None
        self.to: tuple[int, int] | None = None
        self.content: list[tuple[int, int]] = []
        self.form: Literal["direct", "indirect", "mixed"] = "indirect"
        self.act = "state"
        self.steps: list[str] = []
        self.entries: list[str] = []
        self.via: list[tuple[int, int]] = []
        self.speaker: str | None = None
        self.source_type: str | None = None
        self.found: Cue | None = None
        self.continues: Draft | None = None
        self.anaphoric = False
        self.quoted = False  # it stands inside a quotation


_LONGEST_UNIT = 600  # tokens: text without full stops is cut, so that no rule looks over more


def _bounded(sentences: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for first, last in sentences:
        for start in range(first, last, _LONGEST_UNIT):
            yield start, min(last, start + _LONGEST_UNIT)


def units_of(p: Passage, passage: int, role: Role, quotes: list[Quote]) -> list[Unit]:
    """The units of a passage in order. Linear in its length."""
    sentences = p.sentences
    if not sentences:
        return []
    units: list[Unit] = []
    q = 0
    for first, last in _bounded(sentences):
        if units and first <= units[-1].last - 1:
            continue
        unit = Unit(p, passage, role, first, last)
        while q < len(quotes) and quotes[q].opening < unit.last:
            quote = quotes[q]
            unit.quotes.append(quote)
            if quote.closing >= unit.last:
                at = bisect_left(sentences, (quote.closing, 0))
                if at == len(sentences) or sentences[at][0] > quote.closing:
                    at -= 1
                unit.last = max(unit.last, sentences[at][1])
            q += 1
        units.append(unit)
    _place_cues(p, units)
    return units


_CUES = Beginning(lambda word: word in cue_table().triggers)


def _place_cues(p: Passage, units: list[Unit]) -> None:
    triggered = p.where(_CUES)
    if not triggered:
        return
    at = 0
    for unit in units:
        mine: list[int] = []
        while at < len(triggered) and triggered[at] < unit.last:
            if triggered[at] >= unit.first:
                mine.append(triggered[at])
            at += 1
        if not mine:
            continue
        for cue in find_cues(p, unit.first, unit.last, mine):
            (unit.inner if unit.quotes and unit.quote_at(cue.first) else unit.cues).append(cue)


def all_units(parts: Sequence[tuple[Passage, Role]], quantities: Sequence[QuantityMention] = ()) -> list[Unit]:
    """The units of all passages of an article, numbered; `quantities` are those of the article."""
    units: list[Unit] = []
    running: Unit | None = None
    quotes = find_quotes([p for p, _ in parts])
    for number, (p, role) in enumerate(parts):
        here = units_of(p, number, role, quotes[number])
        if here and running is not None and here[0].quotes and here[0].quotes[0].opening == -1:
            closing = here[0].quotes[0].closing
            last = min(closing, len(p))
            while last > 1 and p.words[last - 1] in "।?!.":
                last -= 1
            running.runs_into.append((p.starts[0], p.ends[last - 1]))
            if closing < len(p):
                running = None
        else:
            running = None
        if here and here[-1].quotes and here[-1].quotes[-1].closing >= len(p) and here[-1].quotes[-1].opening >= 0:
            running = here[-1]
        units += here
    starts = sorted(mention.start for mention in quantities)
    for index, unit in enumerate(units):
        unit.index = index
        at = bisect_left(starts, unit.p.starts[unit.first])
        unit.counts = at < len(starts) and starts[at] < unit.p.ends[unit.last - 1]
    return units


def parts_of(folded: Folded) -> list[tuple[Passage, Role]]:
    """The lines of a plain text as passages. A first line followed by an empty one is the headline."""
    parts: list[tuple[Passage, Role]] = []
    lines = folded.text.split("\n")
    at = 0
    for number, line in enumerate(lines):
        if line.strip():
            titled = number == 0 and len(lines) > 2 and not lines[1].strip()
            parts.append((passage(folded, at, at + len(line)), "headline" if titled else "body"))
        at += len(line) + 1
    return parts


def counted(parts: Sequence[tuple[Passage, Role]]) -> list[QuantityMention]:
    """The quantities of a plain text."""
    anchors = times.Anchors(None)
    return [mention for p, _ in parts for mention in quantities.find(p, times.find(p, anchors))]
