"""Claims: one quantity in its sentence, with who says it, when, of what, where, and how it stands."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from ..bengali.lexicon import words_of
from ..bengali.mentions import AttributionMention, QuantityMention
from ..bengali.numerals import is_numeral
from ..bengali.passage import Passage
from ..bengali.people import people
from ..bengali.phrases import CASED_ORGANISATIONS, NAMES
from ..bengali.places import Place, find_places
from ..bengali.quantities.counted.word_classes import is_person
from ..bengali.quantities.units import LENGTHS
from ..bengali.words import base_form
from ..model import Act, Claim, Region, Status
from .concepts import counted_base, done_before, event_near, is_for_victims, status_after

_BY_ACT: dict[Act, Status] = {"deny": "denied", "promise": "promised"}
_CLAUSE_MARKS = frozenset(",;:()")
_BESIDE = 4  # tokens from a place to the brackets with its figure
_PART_OPENERS = words_of("part_openers.tsv")


def claim_id(article_id: str, start: int, end: int, low: float | None, high: float | None) -> str:
    """Stable: the same article, place in the text and value give the same id."""
    return hashlib.sha256(f"{article_id}\x1f{start}\x1f{end}\x1f{low}\x1f{high}".encode()).hexdigest()[:16]


def claim(
    passage: Passage,
    sentence: tuple[int, int],
    mention: QuantityMention,
    attribution: AttributionMention | None,
    *,
    article_id: str,
    raw: tuple[int, int],
    quantity: int,
    attribution_index: int | None,
    time: int | None,
    previous_end: int,
    named: Named,
) -> Claim:
    """Build the claim of one quantity.

    `sentence` is a token range of the passage, `raw` the quantity's raw span, `previous_end` the folded offset where
    the quantity before it ends (0 if there is none), `named` whom and what places the sentence names.
    """
    start_raw, end_raw = passage.raw_span(*sentence)
    first = bisect_left(passage.starts, mention.start)
    first = first if first < len(passage) and passage.starts[first] == mention.start else max(first - 1, 0)
    last = bisect_left(passage.starts, mention.end)
    begin, end = sentence
    before = max(begin, bisect_left(passage.starts, previous_end))
    of = None
    counted = None
    if mention.of is not None:
        of = (bisect_left(passage.starts, mention.of[0]), bisect_left(passage.starts, mention.of[1]))
        counted = counted_base(passage.words[of[0] : of[1]])
    stop = end
    if attribution is not None:
        held = [piece for piece in attribution.content if piece[0] <= mention.start and mention.end <= piece[1]]
        if held:
            stop = max(last, min(end, bisect_right(passage.starts, held[0][1] - 1)))
    over = done_before(passage, first, last, begin, end)
    status = "happened" if over else status_after(passage, last, stop)
    if attribution is not None and status == "happened" and not over:
        status = _BY_ACT.get(attribution.act, status)
    of_persons = mention.kind not in ("money", "measure")
    until = _comma(passage, last, end) if over else end
    of_money = mention.unit not in LENGTHS
    event = event_near(passage, of, first, last, begin, until, of_persons=of_persons, of_money=of_money)
    if event == "rescue" and of is not None and not _of_people(passage.words[of[0] : of[1]], passage.words[first:last]):
        event = "seizure"  # ১ লাখ পিস ইয়াবা উদ্ধার
    if event in (None, "supply") and mention.kind == "money" and is_for_victims(passage.words, first, last, begin, end):
        event = "compensation"
    if event == "death" and status == "ongoing":
        status = "happened"  # নিহতদের মধ্যে ২৩ জন নারী রয়েছেন
    return Claim(
        id=claim_id(article_id, *raw, mention.low, mention.high),
        sentence=Region(start_raw, end_raw),
        quantity=quantity,
        attribution=attribution_index,
        time=time,
        counted=counted,
        event=event,
        status=status,
        places=_places(passage, named.places, first, last, begin, end, before),
        actors=named.people,
    )


def _of_people(counted: list[str], figure: list[str]) -> bool:
    """Whether human beings are counted."""
    return "জন" in figure[-1] or any(map(is_person, counted))


def _comma(passage: Passage, first: int, end: int) -> int:
    return next((i for i in range(first, end) if passage.words[i] == ","), end)


class Named(NamedTuple):
    """Whom a sentence names, each once, without their titles; and its places, as (first token, end token, place)."""

    people: tuple[str, ...]
    places: tuple[tuple[int, int, Place], ...]


def named_in(passage: Passage, sentence: tuple[int, int]) -> Named:
    """Who and what is named in a sentence, given as a token range; of a person a known name must be among the words."""
    named = (name.text for name in people(passage, *sentence))
    known = dict.fromkeys(text for text in named if any(word in NAMES for word in text.split()))
    places = (where for where in find_places(passage, *sentence) if not _names_a_body(passage, *where))
    return Named(tuple(known), tuple(places))


def _names_a_body(passage: Passage, i: int, j: int, place: Place) -> bool:
    """বাংলাদেশ ব্যাংক, ট্রেডিং করপোরেশন অব বাংলাদেশ: a country in the name of a body is not where something was."""
    words = passage.words
    if place.kind != "country" or j - i != 1:
        return False
    if i > 0 and words[i - 1] == "অব":
        return True
    return words[i] == base_form(words[i]) and j < len(words) and words[j] in CASED_ORGANISATIONS


def _places(
    passage: Passage,
    found: Sequence[tuple[int, int, Place]],
    first: int,
    last: int,
    begin: int,
    end: int,
    before: int,
) -> tuple[str, ...]:
    """The places named between the figure before and this one; else those of its clause; else of the sentence."""
    if not found:
        return ()
    left, right = first, last
    ends = {j for _, j, _ in found}
    while left > begin and (
        passage.words[left - 1] not in _CLAUSE_MARKS or (passage.words[left - 1] == "," and left - 1 in ends)
    ):
        left -= 1
    while right < end and passage.words[right] not in _CLAUSE_MARKS:
        right += 1
    respective = _respective_place(passage, first, begin, end, found)
    if respective is not None:
        return (respective,)
    if left > begin and passage.words[left - 1] == "(":
        named = [place.name for _, j, place in found if 0 <= left - 1 - j < _BESIDE]
        if named:
            return (named[-1],)  # রংপুর-৬ (৯০ শতাংশ)
    own = [place.name for i, j, place in found if max(left, before) <= i and j <= first]
    near = own or [place.name for i, j, place in found if left <= i and j <= right]
    return tuple(dict.fromkeys(near or [place.name for _, _, place in found]))


def _respective_place(
    passage: Passage, first: int, begin: int, end: int, found: Sequence[tuple[int, int, Place]]
) -> str | None:
    """সিলেট, ফেনী ও কুমিল্লায় যথাক্রমে ১৩, ১১ ও ৭ উপজেলা: the places in the order of the numbers, when both are as many."""
    words = passage.words
    at = next((i for i in range(first - 1, begin - 1, -1) if words[i] == "যথাক্রমে"), -1)
    if at < 0:
        return None
    starts: list[int] = []
    number = False
    for i in range(at + 1, end):
        if words[i] in _CLAUSE_MARKS and words[i] != ",":
            break
        if (counts := is_numeral(words[i]) or words[i] == "দশমিক") and not number:
            starts.append(i)
        number = counts
    names = list(dict.fromkeys(place.name for _, j, place in found if j <= at))
    if first not in starts or len(names) != len(starts):
        return None
    return names[starts.index(first)]


def opens_parts(passage: Passage, sentence: tuple[int, int]) -> bool:
    """Whether a sentence begins by taking up what the one before counted (এর মধ্যে …)."""
    begin, end = sentence
    words = passage.words
    return any(words[i] in _PART_OPENERS and words[i + 1] == "মধ্যে" for i in range(begin, min(begin + 3, end - 1)))


def as_part(part: Claim, whole: Claim, *, exceeds: bool = False) -> Claim:
    """A claim that names neither thing nor event of its own, with those of the claim it is a part of.

    One that `exceeds` that claim is a part of something larger: what befell it stays, what is counted is not known.
    """
    counted = part.counted or (None if exceeds else whole.counted)
    event = part.event or whole.event
    return (
        part
        if (counted, event) == (part.counted, part.event)
        else msgspec.structs.replace(part, counted=counted, event=event)
    )
