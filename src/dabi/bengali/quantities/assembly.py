"""Putting a figure together: number, unit, hedge, kind; and whether it is a quantity at all."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ...model import Trace
from ..beginnings import Beginning
from ..lexicon import words_of
from ..mentions import QuantityMention, TimeMention
from ..numerals import FORMS, Value, is_digits, is_numeral
from ..passage import Passage
from ..words import base_form
from . import ages, counted, figures, hedges, negatives, singles, units
from .draft import Draft
from .units import PREFIXES, Unit

_ALTERNATIVES = frozenset(("বা", "কিংবা", "অথবা", "("))
_SHARING = _ALTERNATIVES | {"থেকে", "ও", "এবং", "করে"}
_LISTING = frozenset((",", "ও", "এবং"))
_BETWEEN_SHARED = frozenset(("বেড়ে", "কমে", "বাড়িয়ে", "কমিয়ে", "নেমে", "উঠে"))
_ALSO_OTHER_WORDS = frozenset(("আনা", "কানি", "পোয়া", "ওন", "বাথ", "নট", "সা"))
_DEGREE = ("মাত্রার", "মাত্রা", "রিখটার")
_RICHTER = ("রিখটার", "রিকটার", "মাত্রা")
_QUAKES = ("রিখটার", "রিকটার", "ভূমিকম্প", "কম্পন", "ভূকম্পন", "ভূকম্প", "আফটারশক", "পরাঘাত")
_INDEX = ("সূচক", "ডিএসইএক্স")
_INDEX_NEAR = 14  # tokens from the index to its points
_LONGEST_LIST = 48  # tokens of numbers and commas; longer runs are no list whose last number says what all are
_RATES = frozenset(("হাজারে", "লাখে", "শতে", "লক্ষে", "কোটিতে"))


_BEGINS = Beginning(is_numeral)


def find(p: Passage, times: Sequence[TimeMention] = ()) -> list[QuantityMention]:
    """All quantities of a passage, in text order; none overlaps a time. Offsets are folded."""
    words = p.words
    drafts: list[Draft] = []
    free = taken = 0
    spans = sorted((t.start, t.end) for t in times)
    t = 0
    for i in p.where(_BEGINS):
        if i < free:
            continue
        checks = negatives.BEFORE if is_digits(words[i]) else negatives.BEFORE_WORDS
        skip = next((to for check in checks if (to := check(p, i)) is not None), None)
        if skip is not None:
            free = skip
            continue
        draft = figures.number(p, i)
        if draft is None:
            continue
        draft.floor = taken
        while t < len(spans) and spans[t][1] <= p.starts[i]:
            t += 1
        if t < len(spans) and spans[t][0] < p.ends[draft.core_last - 1]:
            free = draft.last
            continue
        if complete(p, draft) and is_quantity(p, draft):
            drafts.append(draft)
            free = taken = draft.last
        else:
            free = max(draft.core_last, i + 1)
    drawn = counted.Figures(p, drafts, times)
    return [mention(drawn, draft) for draft in drafts]


def complete(p: Passage, draft: Draft) -> bool:
    """Read unit, hedge and kind into a draft; False when it turns out to be no quantity."""
    if not ages.bracketed(p, draft) and not ages.in_years(p, draft):
        if any(check(p, draft) for check in negatives.AFTER):
            return False
        symbol(p, draft)
        coordinate(p, draft)
        if not draft.settled:
            unit(p, draft)
        shared_unit(p, draft)
        respective_unit(p, draft)
        decimal_unit(p, draft)
        rate(p, draft)
        magnitude(p, draft)
        index_points(p, draft)
    hedge(p, draft)
    magnitude(p, draft)  # once more behind a hedge: ৬ বা তার চেয়ে বেশি মাত্রার
    return True


def symbol(p: Passage, draft: Draft) -> None:
    """৳৫০০, $২০: a currency sign in front."""
    i = draft.first
    if i <= draft.floor or draft.settled:
        return
    sign = PREFIXES.get(p.words[i - 1])
    if sign is None or (p.words[i - 1].isalpha() and draft.form != "digits"):
        return
    draft.first, draft.start = i - 1, p.starts[i - 1]
    if i - 1 > draft.floor and p.words[i - 1] == "$" and p.words[i - 2] in ("US", "A", "C") and p.touches(i - 1):
        draft.first, draft.start = i - 2, p.starts[i - 2]
        sign = sign._replace(symbol={"US": "USD", "A": "AUD", "C": "CAD"}[p.words[i - 2]])
    _take(draft, sign)
    draft.settled = True
    word = units.match(p, draft.last)
    if word is not None and word.unit.kind == "money":
        draft.last, draft.end, draft.case = word.last, word.end, word.case


def unit(p: Passage, draft: Draft) -> None:
    """The unit behind, and a smaller part of it: ৪৫ টাকা ১৬ পয়সা, ১ কেজি ৬৫০ গ্রাম."""
    if draft.case and draft.case != "emphatic":
        return
    found = units.match(p, draft.last)
    if found is None and draft.last + 1 < len(p.words) and p.words[draft.last] in "-–" and p.touches(draft.last):
        found = units.match(p, draft.last + 1)
    if found is None or not _plausible(p, draft, found):
        return
    _take(draft, found.unit)
    if found.unit.factor != 1:
        draft.low = _times(draft.low, found.unit.factor)
        draft.high = _times(draft.high, found.unit.factor)
    draft.last, draft.end, draft.case = found.last, found.end, found.case
    draft.core_last = draft.last
    if found.unit.kind in ("money", "measure") and not found.case:
        _part(p, draft, found.unit)
    if found.unit.kind == "measure":
        _per_time(p, draft)
    if found.unit.word == "ভাগ" or found.unit.symbol == "%":
        _hundredth(p, draft)


def coordinate(p: Passage, draft: Draft) -> None:
    """যথাক্রমে ৬৫ ও ৭২ শতাংশ, ৫ ও ৭ জন, ৩, ৫ ও ৭ টাকা: bare numbers share what stands behind the last of them."""
    words = p.words
    j = draft.last
    if not draft.bare or draft.case:
        return
    while j + 1 < len(words) and words[j] in _LISTING and j - draft.last < _LONGEST_LIST:
        if not is_numeral(words[j + 1]):
            return
        second = figures.single_at(p, j + 1)
        if second is None or second.form != draft.form:
            return
        if words[j] != ",":
            break
        if not second.bare or second.case:
            return
        j = second.last
    else:
        return
    if second.classifier:
        if second.classifier not in negatives.OCLOCK:  # of the clock, too
            draft.classifier, draft.case, draft.bare = second.classifier, second.case, False
        return
    found = units.match(p, second.last) if second.bare and not second.case else None
    if found is not None and found.unit.kind in ("money", "measure", "percent") and _plausible(p, second, found):
        _take(draft, found.unit)
        if found.unit.factor != 1:
            draft.low, draft.high = _times(draft.low, found.unit.factor), _times(draft.high, found.unit.factor)


def shared_unit(p: Passage, draft: Draft) -> None:
    """২ ট্রিলিয়ন বা ২ লাখ কোটি ডলার, ৮০ থেকে ১০০ টাকায় উঠেছে: the unit of the next figure serves both."""
    words = p.words
    j = draft.last
    bare = draft.bare and words[j : j + 1] != ["থেকে"]
    if draft.kind != "count" or bare or draft.classifier or draft.form == "several" or draft.settled:
        return
    if draft.case or j + 1 >= len(words) or words[j] not in _SHARING:
        return
    j += 1
    while j < len(words) and words[j] in _BETWEEN_SHARED:
        j += 1
    while (front := _hedged(p, j)) is not None:
        j = front
    if j >= len(words) or not is_numeral(words[j]):
        return
    second = figures.single_at(p, j)
    if second is None or second.classifier or second.case:
        return
    found = units.match(p, second.last)
    if found is None or found.unit.factor != 1:
        return
    if not figures.moved_to(p, found) if draft.bare else found.unit.kind not in ("money", "measure"):
        return
    alternative = words[draft.last] in _ALTERNATIVES
    _take(draft, found.unit)
    if alternative:
        back = hedges.after(p, found.last, found.case, found.unit.kind == "measure")
        if back is not None:
            _hedge(draft, back.hedge, strong=True)
            draft.entries.append(back.entry)


_PERIODS = words_of("time_units.tsv")
_LISTED = frozenset((",", "ও", "এবং", "আর"))


def _respectively(p: Passage, draft: Draft) -> bool:
    """Whether a number stands in a list behind যথাক্রমে."""
    k = draft.first - 1
    while k >= max(0, draft.first - _LONGEST_LIST) and (p.words[k] in _LISTED or is_numeral(p.words[k])):
        k -= 1
    return k >= 0 and p.words[k] == "যথাক্রমে"


def respective_unit(p: Passage, draft: Draft) -> None:
    """যথাক্রমে ১৩, ১১, ৭ ও ৫ শতাংশ: the unit of the last of a list is that of all."""
    words = p.words
    j = draft.last
    if draft.kind != "count" or draft.classifier or draft.case or j >= len(words) or words[j] not in _LISTED:
        return
    if not _respectively(p, draft):
        return
    while j + 1 < min(len(words), draft.last + _LONGEST_LIST) and words[j] in _LISTED:
        following = figures.single_at(p, j + 1)
        if following is None:
            return
        j = following.last
    found = units.match(p, j)
    if found is not None and found.unit.factor == 1:
        _take(draft, found.unit)
    elif counted.phrase(p, j) is not None and base_form(words[j]) not in _PERIODS:
        draft.bare = False


_SENTENCE_ENDS = frozenset("।\n?!")
_SAME_UNIT = 24  # tokens to the figure whose unit a decimal number without one shares


def decimal_unit(p: Passage, draft: Draft) -> None:
    """বগুড়া-১ (৯১.০৪), ঢাকা-১৩ (৪৩.০৫ শতাংশ): what is no whole number is measured, by the next unit of the sentence."""
    if not draft.bare or draft.low is None or draft.low == int(draft.low) or draft.form != "digits":
        return
    words = p.words
    for j in range(draft.last, min(draft.last + _SAME_UNIT, len(words))):
        if words[j] in _SENTENCE_ENDS:
            return
        if not is_digits(words[j]):
            continue
        second = figures.single_at(p, j)
        found = units.match(p, second.last) if second is not None else None
        if found is not None and found.unit.factor == 1 and second is not None and second.low != int(second.low or 0):
            _take(draft, found.unit)
            return


def _hedged(p: Passage, j: int) -> int | None:
    found = hedges.before(p, j + 1) if j < len(p.words) else None
    return j + 1 if found is not None and found.first == j else None


def _plausible(p: Passage, draft: Draft, found: units.UnitMatch) -> bool:
    word = found.unit.word
    if draft.classifier:
        return found.unit.kind == "money" and draft.classifier == "টি"
    if word == "ভাগ":
        before = p.words[draft.first - 1] if draft.first else ""
        low = draft.low or 0
        return before == "শতকরা" or low >= 10 or low != int(low)
    if word == "গ্রাম":
        return units.is_weight(p, draft.first, found) or (draft.low or 0) % 1 != 0
    return word not in _ALSO_OTHER_WORDS or found.case in ("", "genitive")


def _hundredth(p: Passage, draft: Draft) -> None:
    if draft.first > draft.floor and p.words[draft.first - 1] == "শতকরা":
        draft.first, draft.start = draft.first - 1, p.starts[draft.first - 1]


def _part(p: Passage, draft: Draft, whole: Unit) -> None:
    j = draft.last
    if j + 1 >= len(p.words) or draft.low is None or draft.low != draft.high:
        return
    if not is_numeral(p.words[j]):
        return
    second = figures.single_at(p, j)
    if second is None or not second.bare or second.case or second.low is None:
        return
    found = units.match(p, second.last)
    if found is None:
        return
    share = units.smaller_part(whole, found.unit)
    if share is None or second.low * share >= 1:
        return
    value = _whole(round(Decimal(draft.low) + Decimal(second.low) * Decimal(share), 6).normalize())
    draft.steps.append(f"{draft.low} + {second.low} × {share} = {value}")
    draft.low = draft.high = value
    draft.entries.append(found.unit.entry)
    draft.last, draft.end, draft.case = found.last, found.end, found.case
    draft.core_last = draft.last


def _per_time(p: Passage, draft: Draft) -> None:
    per = units.per_time(p, draft.first)
    if per is not None and draft.unit is not None and "/" not in draft.unit:
        suffix, first = per
        if first < draft.floor:
            return
        if first == draft.first - 1 and suffix == "/h" and draft.unit not in ("km", "mi", "l", "m"):
            return
        draft.unit += suffix
        draft.first, draft.start = first, p.starts[first]


def rate(p: Passage, draft: Draft) -> None:
    """প্রতি হাজারে ৫ জন, প্রতি লাখে ১২: a rate."""
    i = draft.first
    if draft.kind != "count" or i - 2 < draft.floor or p.words[i - 1] not in _RATES or p.words[i - 2] != "প্রতি":
        return
    draft.first, draft.start = i - 2, p.starts[i - 2]
    draft.kind, draft.settled, draft.bare, draft.rule = "ratio", True, False, "quantities.rate"


def index_points(p: Passage, draft: Draft) -> None:
    """সূচক ২০ পয়েন্ট কমেছে: points of an index are a measure; those of a table of teams are counted."""
    words = p.words
    if draft.kind != "count" or draft.classifier or draft.settled or draft.last >= len(words):
        return
    point = words[draft.last]
    if not point.startswith("পয়েন্ট"):
        return
    for k in range(draft.first - 1, max(-1, draft.first - _INDEX_NEAR), -1):
        if words[k] in "।\n":
            return
        if words[k].startswith(_INDEX):
            draft.kind, draft.unit, draft.bare, draft.settled = "measure", "point", False, True
            draft.case = "locative" if point.startswith("পয়েন্টে") and point != "পয়েন্টের" else ""
            draft.last, draft.end = draft.last + 1, p.starts[draft.last] + len("পয়েন্ট")
            return


def magnitude(p: Passage, draft: Draft) -> None:
    """রিখটার স্কেলে ৫ দশমিক ১; ৬.২ মাত্রার ভূমিকম্প: a number of at most ten beside words of earthquakes."""
    if draft.kind != "count" or draft.classifier or draft.unit or draft.settled:
        return
    value = draft.low if draft.low is not None else draft.high
    if value is None or not 0 < value <= 10:
        return
    words = p.words
    after = words[draft.last] if draft.last < len(words) else ""
    before = words[max(0, draft.first - 6) : draft.first]
    for end in ("।", "\n"):
        if end in before:
            before = before[len(before) - before[::-1].index(end) :]
    degree = after.startswith(_DEGREE)
    if not degree and not (draft.bare and any(word.startswith(_RICHTER) for word in before)):
        return
    if any(word.startswith(_QUAKES) for word in (*before, *words[draft.last : draft.last + 6])):
        draft.kind, draft.unit, draft.bare, draft.settled = "measure", "magnitude", False, True
        draft.rule = "quantities.magnitude"


def _take(draft: Draft, taken: Unit) -> None:
    draft.kind = taken.kind  # type: ignore[assignment]
    draft.unit = taken.symbol
    draft.bare = False
    draft.entries.append(taken.entry)


def hedge(p: Passage, draft: Draft) -> None:
    """Hedges in front and behind; what stands behind is stronger, and a range stays a range."""
    front = hedges.before(p, draft.first, draft.unit)
    while front is not None and front.first >= draft.floor:
        _hedge(draft, front.hedge, strong=False)
        draft.first, draft.start = front.first, p.starts[front.first]
        draft.entries.append(front.entry)
        draft.bare = False
        front = hedges.before(p, draft.first, draft.unit)
    if _across_noun(p, draft):
        return
    back = hedges.after(p, draft.last, draft.case, draft.kind == "measure")
    if back is not None:
        _hedge(draft, back.hedge, strong=True)
        draft.last, draft.end = back.last, p.ends[back.last - 1]
        draft.entries.append(back.entry)
        draft.bare, draft.case = False, ""
    elif (aside := _behind_alternative(p, draft)) is not None:
        _hedge(draft, aside.hedge, strong=True)
        draft.entries.append(aside.entry)
    elif draft.last < len(p.words) and p.words[draft.last] == "+" and draft.form == "digits":
        _hedge(draft, "more_than", strong=True)
        draft.last, draft.end, draft.bare = draft.last + 1, p.ends[draft.last], False
    elif draft.form == "several" and draft.first > draft.floor and p.words[draft.first - 1] == "বেশ":
        draft.first, draft.start = draft.first - 1, p.starts[draft.first - 1]


def _behind_alternative(p: Passage, draft: Draft) -> hedges.HedgeMatch | None:
    """A hedge for two measures of one thing: ৫ মিটার (১৬ ফুট) পর্যন্ত, ১ মিটার বা ৩ ফুটের বেশি. The span ends before."""
    if draft.kind != "measure":
        return None
    found = hedges.across_brackets(p, draft.last, draft.case, True)
    if found is not None or draft.last + 1 >= len(p.words) or p.words[draft.last] not in ("বা", "অথবা", "কিংবা"):
        return found
    second = figures.number(p, draft.last + 1)
    other = units.match(p, second.last) if second is not None else None
    return hedges.after(p, other.last, other.case, True) if other is not None else None


def _across_noun(p: Passage, draft: Draft) -> bool:
    """৫০০ মানুষের বেশি: the name of the counted between figure and hedge."""
    words = p.words
    j = draft.last
    if draft.kind != "count" or draft.case or j + 1 >= len(words) or words[j + 1] not in ("বেশি", "অধিক"):
        return False
    if not words[j].endswith("র") or base_form(words[j]) not in counted.HEADS:
        return False
    _hedge(draft, "more_than", strong=True)
    draft.named = (j, j + 1)
    draft.last, draft.end, draft.bare = j + 2, p.ends[j + 1], False
    draft.entries.append(f"hedges.tsv: {words[j + 1]}")
    return True


def _hedge(draft: Draft, name: str, *, strong: bool) -> None:
    if draft.hedge in ("range", "several"):
        return
    if draft.hedge == "more_than" and not strong:
        return
    value = draft.low if draft.low is not None else draft.high
    draft.hedge = name  # type: ignore[assignment]
    if name in ("more_than", "at_least"):
        draft.low, draft.high = value, None
    elif name in ("less_than", "up_to"):
        draft.low, draft.high = None, value
    else:
        draft.low = draft.high = value


def is_quantity(p: Passage, draft: Draft) -> bool:
    """Whether a completed figure counts something: bare numbers need a noun, one needs to be news."""
    if draft.form == "several" or draft.settled:
        return True
    value = draft.low if draft.low is not None else draft.high
    one = draft.kind == "count" and value == 1 and draft.hedge == "exact" and draft.form == "word"
    if one and not singles.counts(p, draft):
        return False
    if value == Decimal("0.5") and draft.form == "word" and draft.kind == "count":
        return False
    if not draft.bare:
        return True
    if draft.case and draft.case != "emphatic":
        return False
    if draft.form == "word" and draft.first > 0 and p.words[draft.first - 1] == "নয়":
        return False  # নয় ছয় করা, to embezzle
    if draft.form == "word" and isinstance(FORMS[p.words[draft.core_last - 1]], tuple):
        form = FORMS[p.words[draft.core_last - 1]]
        if form is not None and form.role == "bound" and draft.hedge != "range":
            return False
    if counted.phrase(p, draft.last) is not None:
        return draft.case != "emphatic"
    return listed(p, draft)


_ENDING = frozenset((",", "।", "\n", ";", "ও", "এবং"))


def listed(p: Passage, draft: Draft) -> bool:
    """গ্রেপ্তার ৮, মৃতের সংখ্যা ৫২, কুমিল্লায় ৪, ফেনীতে ১: a bare number at the end of its clause, behind what it counts."""
    words = p.words
    i = draft.first
    after = words[draft.last] if draft.last < len(words) else "\n"
    if i > 0 and draft.form == "word":
        return words[i - 1] in counted.EVENTS and after in _ENDING  # নিহত সাত, আহত ১২
    if i == 0 or draft.form != "digits":
        return False
    k = i - 1
    while k > max(0, i - 4) and (words[k] in ("বেড়ে", "কমে") or words[k] in counted.AMOUNT_VERBS):
        k -= 1
    before = words[k]
    if before in counted.EVENTS or before in ("সংখ্যা", "মৃত", "ধৃত"):
        return True
    if after not in _ENDING:
        return False
    return before.endswith(("য়", "তে", "ে")) and before not in counted.STOPS and _list_goes_on(p, draft)


def _list_goes_on(p: Passage, draft: Draft) -> bool:
    """Another place with its number stands before or behind."""
    words = p.words
    for k in (draft.last + 2, draft.first - 3, draft.last + 3):
        if 0 < k < len(words) and is_digits(words[k]) and words[k - 1].endswith(("য়", "তে", "ে")):
            return True
        if 0 < k + 1 < len(words) and is_digits(words[k + 1]) and words[k].endswith(("য়", "তে", "ে")):
            return True
    return False


def mention(drawn: counted.Figures, draft: Draft) -> QuantityMention:
    """The finished mention with its trace."""
    of = counted.find(drawn, draft)
    entries = list(dict.fromkeys(draft.entries))
    if draft.hedge not in ("exact", "range", "several") or draft.unit:
        draft.steps.append(f"{draft.hedge} {_shown(draft)}")
    return QuantityMention(
        start=draft.start,
        end=draft.end,
        low=_number(draft.low),
        high=_number(draft.high),
        hedge=draft.hedge,
        kind=draft.kind,
        unit=draft.unit,
        of=of,
        trace=Trace(draft.rule, tuple(entries), tuple(draft.steps)),
    )


def _shown(draft: Draft) -> str:
    value = draft.low if draft.low is not None else draft.high
    return f"{value} {draft.unit}" if draft.unit else f"{value}"


def _times(value: Value | None, factor: Value) -> Value | None:
    return None if value is None else _whole(value * factor)


def _whole(value: Value) -> Value:
    return int(value) if value == int(value) else value


def _number(value: Value | None) -> float | int | None:
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == int(value) else float(value)
