"""From a read article to the record that linking compares: what the words around each figure say about it.

The text is cut into the same passages as extraction cuts it. The stretch between two figures of a sentence is shared
out at its last conjunction or comma: what stands before it goes with the figure on the left, what stands after it with
the one on the right. Bengali puts the verb last, so what befell the thing counted is looked for to the right first.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec

from ..bengali.passage import Passage, passages
from ..bengali.places import Place, find_places
from ..bengali.script import fold
from ..bengali.words import base_form
from ..extraction import MOST_COMPARED
from ..model import Analysis, Attribution, Claim, Quantity, TimeExpression
from .days import day_of, days
from .echoes import sketch_of
from .intervals import same_value
from .origins import origin_places, origin_words
from .statement import Clues, Position, Report, Statement, Window
from .stories import telling_figures
from .terms import Terms
from .vocabulary import (
    group_of,
    group_of_happening,
    happening_of,
    incident_of,
    is_thing,
    is_verb,
    markers_in,
    only_grows,
    term_of,
    thing_of,
)

_NEAR = 9  # tokens of its clause on either side that a figure is read with
_LEAD = 3  # sentences that say where a report is
_BESIDE = 2  # tokens between তাঁদের and the part of them
_LATELY = 31  # days
_MARKED = 13  # tokens between মধ্যে and the part
_AMONG = 3  # tokens between a whole and মধ্যে
_BREAKS = frozenset([",", ";", "ও", "এবং", "আর", "—", "–", "তবে", "কিন্তু", ":", "\n"])
_STOPS = frozenset([",", ";", "।", "?", "!"])
_OR = frozenset(["বা", "অর্থাৎ", "("])
_PERIOD = 2  # days; longer stretches are periods, shorter ones points in time
_LEADING = ("part", "same", "more", "there")  # markers that hold for the whole sentence they open
_CARRYING = frozenset(["part", "same", "more"])  # and that carry the time of the sentence before on


class _Figure:
    """One quantity where it stands: its token range, and its claim with the claim's number."""

    __slots__ = ("quantity", "number", "claim", "first", "last")

    def __init__(self, quantity: Quantity, claim: tuple[int, Claim] | None, first: int, last: int) -> None:
        self.quantity = quantity
        self.number: int = claim[0] if claim is not None else 0
        self.claim: Claim | None = claim[1] if claim is not None else None
        self.first = first
        self.last = last


def reading_of(text: str, analysis: Analysis) -> Report:
    """The report that an analysis of `text` makes, with one statement for each quantity."""
    article = analysis.article
    folded = fold(text)
    regions: list[tuple[int, int, Position]] = [(r.start, r.end, "body") for r in article.body]
    regions += [(r.start, r.end, "caption") for r in article.captions]
    if article.headline is not None:
        regions.append((article.headline.start, article.headline.end, "headline"))
    regions.sort()
    claims = {claim.quantity: (number, claim) for number, claim in enumerate(analysis.claims)}
    day = day_of(article.published)
    reader = _Reader(analysis, day)
    terms = Terms()
    wording: list[str] = []
    statements: list[Statement] = []
    at = 0
    sentence_number = begun = 0
    cut = passages(folded, [(start, end) for start, end, _ in regions])
    for paragraph, (passage, (_, stop, position)) in enumerate(zip(cut, regions, strict=True)):
        figures: list[_Figure] = []
        while at < len(analysis.quantities) and analysis.quantities[at].start < stop:
            quantity = analysis.quantities[at]
            figures.append(_place(passage, quantity, claims.get(at)))
            at += 1
        content = [term_of(word) for word in passage.words]
        telling = [t for t, word in zip(content, passage.words, strict=True) if t is not None and not is_verb(word)]
        named = find_places(passage, 0, len(passage))
        terms.add(telling, headline=position == "headline", places=(place.name for _, _, place in named))
        terms.name(map(incident_of, passage.words))
        if position == "headline" or (position == "body" and begun < _LEAD):
            ends = passage.sentences[: _LEAD - begun if position == "body" else None]
            until = ends[-1][1] if ends else 0
            terms.begin((place for first, _, place in named if first < until), map(incident_of, passage.words[:until]))
            begun += len(ends) if position == "body" else 0
        if position != "caption":
            wording += passage.words
        statements += reader.read(passage, content, named, figures, position, paragraph, sentence_number)
        sentence_number += len(passage.sentences)
    return Report(
        id=analysis.id,
        outlet=article.outlet,
        published=article.published,
        day=day,
        title=article.headline.text if article.headline is not None else None,
        terms=terms.heaviest(),
        places=terms.places(),
        lead=terms.lead(),
        incidents=terms.incidents(),
        begins=terms.begins(),
        sketch=sketch_of(wording),
        telling=telling_figures(statements),
        statements=tuple(_headlines(statements)),
    )


def _place(passage: Passage, quantity: Quantity, claim: tuple[int, Claim] | None) -> _Figure:
    start = passage.folded.folded_offset(quantity.start)
    end = passage.folded.folded_offset(quantity.end)
    first = max(bisect_right(passage.starts, start) - 1, 0)
    last = max(bisect_left(passage.starts, end), first + 1)
    return _Figure(quantity, claim, first, last)


class _Reader:
    """Reads the figures of one article; `day` is the day of publication."""

    def __init__(self, analysis: Analysis, day: int | None) -> None:
        self.analysis = analysis
        self.day = day
        self.published = analysis.article.published
        self.outlet = analysis.article.outlet
        self.scene: tuple[str, ...] = ()

    def read(
        self,
        passage: Passage,
        content: list[str | None],
        named: list[tuple[int, int, Place]],
        figures: list[_Figure],
        position: Position,
        paragraph: int,
        sentence_number: int,
    ) -> list[Statement]:
        if not figures:
            self.scene = tuple(dict.fromkeys(place.name for _, _, place in named)) or self.scene
            return []
        statements: list[Statement] = []
        at = 0
        before: Statement | None = None
        for number, (begin, end) in enumerate(passage.sentences):
            here: list[_Figure] = []
            while at < len(figures) and figures[at].first < end:
                here.append(figures[at])
                at += 1
            places = [p for p in named if begin <= p[0] < end]
            self.scene = tuple(dict.fromkeys(place.name for _, _, place in places)) or self.scene
            if not here:
                continue
            back = [p for p in named if passage.sentences[max(0, number - 1)][0] <= p[0] < begin]
            last_place = (back[-1][2].name,) if back else ()
            marked = markers_in(passage.words, begin, end)
            for index, figure in enumerate(here):
                following = here[index + 1].first if index + 1 < len(here) else end
                left = _after_break(passage.words, begin, figure.first) if index else begin
                right = _after_break(passage.words, figure.last, following)
                right = following if index + 1 == len(here) or right == figure.last else right
                if figure.last < end and passage.words[figure.last] in _STOPS:
                    right = figure.last  # দগ্ধ ১০, পুড়েছে বাড়ি: what follows is another matter
                elif index + 1 < len(here) and _told_twice(passage.words, figure.last, following):
                    right = here[index + 2].first if index + 2 < len(here) else end
                before = self._statement(
                    passage, content, figure, (begin, end), (left, right), places, marked, before,
                    position, paragraph, sentence_number + number, sentence_number, last_place,
                    here[index - 1] if index else None,
                )  # fmt: skip
                statements.append(before)
        return statements

    def _statement(
        self,
        passage: Passage,
        content: list[str | None],
        figure: _Figure,
        sentence: tuple[int, int],
        own: tuple[int, int],
        places: Sequence[tuple[int, int, Place]],
        marked: list[tuple[int, str]],
        before: Statement | None,
        position: Position,
        paragraph: int,
        number: int,
        first_number: int,
        last_place: tuple[str, ...],
        beforehand: _Figure | None,
    ) -> Statement:
        quantity, claim = figure.quantity, figure.claim
        begin, end = sentence
        left = max(own[0], figure.first - _NEAR)
        right = min(own[1], figure.last + _NEAR)
        near = _distinct([*content[left : figure.first][::-1], *content[figure.last : right]], 2 * _NEAR)
        reach = min(own[1], figure.last + 2)
        markers = tuple(dict.fromkeys(m for i, m in marked if own[0] <= i < (own[1] if m == "total" else reach)))
        if any(m == "part_near" and figure.first - _BESIDE <= i < figure.first for i, m in marked):
            markers = (*markers, "part")
        markers = tuple(m for m in markers if m not in ("part_near", "known"))
        if (figure.first - 1, "known") in marked:
            markers = (*markers, "known")
        lead = tuple(dict.fromkeys(m for i, m in marked if i < begin + 4))  # of the whole sentence
        markers = tuple(dict.fromkeys([*markers, *(m for m in lead if m in _LEADING)]))
        among = _among(passage.words, figure, begin, beforehand)
        if among is not None:
            markers = (*markers, "part")
        happening = self._happening(passage.words, figure, sentence, own)
        named_here = [c for w in passage.words[own[0] : own[1]] if (c := happening_of(w)) is not None]
        if before is not None and number - before.sentence <= 2:
            if happening is None and ("part" in markers or "same" in markers):
                happening = before.clues.happening
            elif among is not None and happening_of(among) == happening in before.clues.happenings:
                happening = (
                    before.clues.happening
                )  # ৮০ জন আক্রান্ত হয়ে ভর্তি, আক্রান্তদের মধ্যে ৩০ জন শহরের: they, too, were admitted
        whole = before.clues.happening if before is not None and number - before.sentence <= 2 else None
        if "part" in markers and happening is not None and whole not in (None, happening):
            markers = (*markers, "outcome")  # of nine burnt, the five who died are all the dead
        if "new" in markers and happening is not None and _lasts(claim, happening):
            # আরও চারজন চিকিৎসাধীন: besides others, not four more than before
            markers = ("rest", *(m for m in markers if m != "new"))
        time, window, since, until = self._time(passage, figure, sentence, own)
        carried = _CARRYING & set(markers)
        if time is None and carried:
            if before is not None and number - before.sentence <= 2 and before.clues.window is not None:
                window, since, until = before.clues.window, before.clues.since, before.clues.until
            elif number > first_number:
                window, since, until = self._time_before(passage, begin)
        named = places_near(places, own, figure)
        if not named and "there" in markers:
            named = last_place
        before_it = passage.words[max(own[0], figure.first - 1) : figure.first]
        after_it = _of_words(passage, figure) or passage.words[figure.last : min(own[1], figure.last + 1)]
        named_groups = [*map(group_of, before_it), *(group_of(base_form(w)) for w in after_it)]
        groups = tuple(dict.fromkeys(g for g in named_groups if g is not None))
        raw = passage.raw_span(begin, end)
        attribution = self._attribution(quantity)
        return Statement(
            article=self.analysis.id,
            start=quantity.start,
            end=quantity.end,
            claim=claim.id if claim is not None else None,
            number=figure.number,
            text=quantity.text,
            outlet=self.outlet,
            published=self.published,
            position=position,
            paragraph=paragraph,
            sentence=number,
            evidence=passage.folded.raw[raw[0] : raw[1]] if figure.number < MOST_COMPARED else "",
            low=quantity.low,
            high=quantity.high,
            hedge=quantity.hedge,
            kind=quantity.kind,
            unit=quantity.unit,
            counted=claim.counted if claim is not None else None,
            event=claim.event if claim is not None else None,
            status=claim.status if claim is not None else "happened",
            actors=claim.actors if claim is not None else (),
            source=_name(attribution),
            via=tuple(span.text for span in attribution.via) if attribution is not None else (),
            origin=self._origin(quantity, attribution, raw),
            asof=_asof(self.day, window, since, until),
            clues=Clues(
                things=_things(passage, figure, claim, content),
                happening=happening,
                happenings=tuple(dict.fromkeys([*([happening] if happening else []), *named_here])),
                near=near,
                places=named,
                scene=self.scene,
                outside="outside" in markers,
                groups=groups,
                markers=tuple(dict.fromkeys(markers)),
                among=group_of(among) or among if among else None,
                named=_named(passage, figure, begin) if quantity.kind == "age" else (),
                window=window,
                since=since,
                until=until,
            ),
        )

    def _happening(
        self, words: list[str], figure: _Figure, sentence: tuple[int, int], own: tuple[int, int]
    ) -> str | None:
        """Own words to the right, own words to the left from the nearest, then the rest of the sentence."""
        order = [*range(figure.last, own[1]), *range(figure.first - 1, own[0] - 1, -1), *range(own[1], sentence[1])]
        measured = figure.quantity.kind == "measure"
        money = figure.quantity.kind == "money"
        for i in order:
            concept = happening_of(words[i])
            group = None if concept is None else group_of_happening(concept)
            if concept is None or (group == "extreme" and not measured) or (group == "fate" and money):
                continue  # 50,000 taka for the families of the dead are no dead
            return concept
        return None

    def _time(
        self, passage: Passage, figure: _Figure, sentence: tuple[int, int], own: tuple[int, int]
    ) -> tuple[TimeExpression | None, Window | None, int | None, int | None]:
        """The time that dates a figure: in its own words, else the nearest before it in the sentence."""
        begin, end = passage.raw_span(*sentence)
        inside = [t for t in self.analysis.times if begin <= t.start < end]
        if not inside:
            return None, None, None, None
        left, right = passage.raw_span(*own)
        at = figure.quantity.start
        mine = [t for t in inside if left <= t.start < right] or [t for t in inside if t.start < at]
        mine.sort(key=lambda t: (t.set is None and t.duration is None, abs(t.start - at)))
        dated = [t for t in mine if t.edtf is not None and not t.edtf.startswith("T")]
        longest = max(dated, key=lambda t: (_length(t), -abs(t.start - at)), default=None)
        daily = [t for t in mine if t.set == "P1D" or t.duration in ("P1D", "PT24H")]
        if daily:
            _, until = days(longest.edtf) if longest is not None and _length(longest) <= _PERIOD else (None, None)
            return daily[0], "day", None, until
        if longest is None:
            return None, None, None, None
        since, until = days(longest.edtf)
        if since is None and until is not None and (begun := _begun(dated, until)) is not None:
            return longest, "period", begun, until  # চলতি বছরে এ পর্যন্ত
        if since is None and until is not None and self.day is not None and abs(self.day - until) <= _LATELY:
            return longest, "point", None, until  # up to a day of late: how things stand on that day
        if until is None:
            return longest, "point", since, None  # from a day on: how things stand now
        return longest, _window(longest), since, until

    def _time_before(self, passage: Passage, begin: int) -> tuple[Window | None, int | None, int | None]:
        """The time of the sentence before, for one that says এ সময় and names none."""
        number = bisect_left(passage.sentences, (begin, begin))
        start = passage.raw_span(passage.sentences[max(0, number - 1)][0], begin)
        dated = [t for t in self.analysis.times if start[0] <= t.start < start[1] and t.edtf is not None]
        if not dated:
            return None, None, None
        longest = max(dated, key=_length)
        return _window(longest), *days(longest.edtf)

    def _attribution(self, quantity: Quantity) -> Attribution | None:
        return None if quantity.attribution is None else self.analysis.attributions[quantity.attribution]

    def _origin(self, quantity: Quantity, attribution: Attribution | None, raw: tuple[int, int]) -> tuple[str, ...]:
        """Where the figure comes from: its own source, or the nearest source that its passage rests on.

        A source without a name of its own (প্রতিবেদনে, তিনি) is the one named last before it.
        """
        reach = _REACH
        if attribution is not None:
            if words := _origin_words(attribution):
                return words
            reach = raw[1]  # back to the beginning
        best: tuple[int, tuple[str, ...]] = (reach, ())
        for other in self.analysis.attributions:
            source = other.source
            if source is None or (attribution is not None and source.start > raw[1]):
                continue
            far = max(source.start - raw[1], raw[0] - source.end, 0)
            if far < best[0] and (words := _origin_words(other)):
                best = far, words
        return best[1]


_REACH = 260  # characters, about two sentences: as far as an unnamed figure is taken to rest on a source named near it


def _headlines(statements: list[Statement]) -> list[Statement]:
    """A headline figure is read with the time and the scope that the body gives the same figure."""
    body = [s for s in statements if s.position == "body"]
    read: list[Statement] = []
    for head in statements:
        if head.position == "headline":
            one = head.clues.happening
            same = [
                s
                for s in body
                if s.kind == head.kind and s.unit == head.unit and same_value(s, head)
                and (one is None or s.clues.happening is None or s.clues.happening == one)
            ]  # fmt: skip
            if same:
                twin = same[0]
                clues = msgspec.structs.replace(
                    head.clues,
                    happening=one or twin.clues.happening,
                    window=head.clues.window or twin.clues.window,
                    since=head.clues.since if head.clues.window else twin.clues.since,
                    until=head.clues.until if head.clues.window else twin.clues.until,
                    things=head.clues.things or twin.clues.things,
                    markers=tuple(dict.fromkeys([*head.clues.markers, *twin.clues.markers])),
                )
                head = msgspec.structs.replace(head, clues=clues, asof=twin.asof)
        read.append(head)
    return read


def _lasts(claim: Claim | None, happening: str) -> bool:
    """Whether a figure tells how many there are rather than how many there have been."""
    return claim is not None and claim.status == "ongoing" and not only_grows(happening)


def _begun(dated: Sequence[TimeExpression], until: int) -> int | None:
    """The first day of the period, of those named in the sentence, in which `until` lies: this year, this month."""
    spans = [days(time.edtf) for time in dated]
    around = [a for a, b in spans if a is not None and b is not None and a <= until <= b and b - a >= _PERIOD]
    return min(around, default=None)


def _length(time: TimeExpression) -> int:
    since, until = days(time.edtf)
    return until - since + 1 if since is not None and until is not None else 10_000


def _window(time: TimeExpression) -> Window:
    """A stretch of a day and a night is a day's figure, one date a point, anything longer a period."""
    length = _length(time)
    return "point" if length == 1 else "day" if length <= _PERIOD else "period"


def _asof(day: int | None, window: Window | None, since: int | None, until: int | None) -> int | None:
    """The day a figure holds for: the end of its time, but never after the report."""
    if until is None:
        return day
    return until if day is None else min(until, day)


def _name(attribution: Attribution | None) -> str | None:
    if attribution is None:
        return None
    source = attribution.source.text if attribution.source is not None else None
    return attribution.speaker or source


def _origin_words(attribution: Attribution) -> tuple[str, ...]:
    """The words of the source as written, which may name an institution, and of the person it was resolved to."""
    written = attribution.source.text if attribution.source is not None else None
    words = (*origin_words(written), *origin_words(attribution.speaker))
    return tuple(dict.fromkeys([*words, *origin_places(written)])) if words else ()


def _after_break(words: list[str], first: int, last: int) -> int:
    """The token after the last conjunction or comma among tokens first..last-1, or `first` if there is none."""
    for i in range(last - 1, first - 1, -1):
        if words[i] in _BREAKS:
            return i + 1
    return first


def _distinct(content: Sequence[str | None], limit: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term for term in content if term is not None))[:limit]


def places_near(places: Sequence[tuple[int, int, Place]], own: tuple[int, int], figure: _Figure) -> tuple[str, ...]:
    """The places among a figure's own words, the nearest on the left first."""
    left = [p for p in places if own[0] <= p[0] < figure.first]
    right = [p for p in places if figure.last <= p[0] < own[1]]
    return tuple(dict.fromkeys(p[2].name for p in [*left[::-1], *right]))


def _things(passage: Passage, figure: _Figure, claim: Claim | None, content: list[str | None]) -> tuple[str, ...]:
    """The nouns counted: those of extraction, else the first content word after the figure; persons for জন."""
    found: list[str] = []
    if claim is not None and claim.counted is not None:
        found.append(thing_of(claim.counted))
    of = figure.quantity.of
    if of is not None:
        at = passage.folded.folded_offset(of.start)
        stop = passage.folded.folded_offset(of.end)
        first, last = bisect_left(passage.starts, at), bisect_left(passage.starts, stop)
        found += [term for term in content[first:last] if term is not None]
        if found and found[-1] in _KINDS:
            found = [*found, *[term for term in content[last : last + 4] if term is not None][:1]]
    elif not found:
        for term in content[figure.last : figure.last + 2]:
            if term is not None and is_thing(term):
                found.append(term)
                break
    if passage.words[figure.last - 1].startswith("জন"):
        found.append("মানুষ")
    return tuple(dict.fromkeys(thing for thing in found if thing not in _KINDS and happening_of(thing) is None))


_KINDS = frozenset(["ধরন", "ধরণ", "রকম", "প্রকার"])  # ২০টি বড় ধরনের জালিয়াতি: swindles are counted, not kinds


def _told_twice(words: list[str], first: int, last: int) -> bool:
    """Whether the next figure gives the same in another unit: ১ মিটার বা ৩ ফুট, ১ মিটার (৩ ফুট)."""
    return last - first <= 2 and any(word in _OR for word in words[first:last])


def _of_words(passage: Passage, figure: _Figure) -> list[str]:
    of = figure.quantity.of
    if of is None:
        return []
    start, stop = passage.folded.folded_offset(of.start), passage.folded.folded_offset(of.end)
    return passage.words[bisect_left(passage.starts, start) : bisect_left(passage.starts, stop)]


def _among(words: list[str], figure: _Figure, begin: int, beforehand: _Figure | None) -> str | None:
    """The word for the whole that a figure is taken out of, in base form; None if there is none.

    আক্রান্তদের মধ্যে ৯৫ জন, ১১০টি থানার মধ্যে ১০৮টি, ছয় আরোহীর পাঁচজন; not ১১ দেশের ৮০ জন. `beforehand` is the figure before
    it in the sentence.
    """
    first = figure.first
    last = words[first - 1] if first > begin else ""
    whole_end = beforehand.last if beforehand is not None else None
    beside = whole_end is not None and 1 <= first - whole_end <= 2 and not _BREAKS & set(words[whole_end:first])
    if beside and last.endswith("র") and base_form(last) != last:
        return base_form(last) if beforehand is not None and _may_hold(beforehand.quantity, figure.quantity) else None
    for i in range(first - 1, max(first - _MARKED, begin), -1):
        if words[i] == "মধ্যে":
            if words[i - 1].endswith("দের") or (whole_end is not None and 0 <= i - whole_end <= _AMONG):
                return base_form(words[i - 1])
            return None
    return None


def _may_hold(whole: Quantity, part: Quantity) -> bool:
    """Whether one count is large enough to be the whole of another."""
    if whole.kind != part.kind:
        return False
    least, most = (
        (part.low if part.low is not None else part.high),
        (whole.high if whole.high is not None else whole.low),
    )
    return least is None or most is None or least <= most


def _named(passage: Passage, figure: _Figure, begin: int) -> tuple[str, ...]:
    """The words of the name before an age: two or three words before the bracket."""
    i = figure.first - 1
    while i > begin and passage.words[i] in "(,":
        i -= 1
    return tuple(base_form(word) for word in passage.words[max(begin, i - 2) : i + 1] if word[:1].isalpha())
