"""The number itself: one value, a range, several, a fraction; with its classifier, before unit and hedge.

Each reader is a short function named for what it reads; `VAGUE` and `NUMERALS` are their order. A reader returns a
draft or None.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from ..lexicon import rows
from ..numerals import (
    APART_CLASSIFIERS,
    ENDINGS,
    FORMS,
    SCALE_ALONE,
    SCALE_SEVERAL,
    Numeral,
    Value,
    exact,
    grouped,
    is_digits,
    is_numeral,
    read,
)
from ..passage import Passage
from . import hedges, units
from .draft import Draft

DASHES = frozenset("-–—")
_GLUE = frozenset("-–’'")  # ১৪-টি, দু’জন
_MANY = 1000  # from here on, a number of several words is a figure even where nothing says what it counts
_SEVERAL = {row["word"]: row for row in rows("several.tsv")}
_UPWARDS = tuple(row["word"] for row in rows("movements.tsv") if row["way"] != "down")
# What stands behind a scale or a unit and says roughly how many of it: হাজার দশেক, বিঘা তিনেক, শ খানেক.
_ROUGHLY = {
    row["word"]: exact(row["high"])
    for row in _SEVERAL.values()
    if row["word"].endswith("েক") and row["hedge"] in ("about", "range") and not row["word"].endswith("খানেক")
} | {"খানেক": 1}
_MOVEMENTS = tuple(row["word"] for row in rows("movements.tsv"))


def _limit(text: str) -> Value | None:
    return exact(text) if text else None


def number(p: Passage, i: int) -> Draft | None:
    """The figure at token i, whatever it is."""
    for vague in VAGUE:
        draft = vague(p, i)
        if draft is not None:
            return draft
    numeral = read(p, i)
    if numeral is None:
        return None
    for reader in NUMERALS:
        draft = reader(p, numeral)
        if draft is not None:
            return draft
    return None


def single_at(p: Passage, i: int) -> Draft | None:
    """The one number at token i, with nothing that makes a range or a share of it."""
    numeral = read(p, i)
    return None if numeral is None else single(p, numeral)


def fraction(p: Passage, numerator: Numeral) -> Draft | None:
    """দুই-তৃতীয়াংশ, এক চতুর্থাংশ, ৩/৪ অংশ: to four decimals where they do not end."""
    words = p.words
    i = numerator.first
    j = i + 1
    if j < len(words) and words[j] in DASHES:
        j += 1
    if j >= len(words):
        return None
    form = FORMS[words[j]]
    if form is None or form.role != "denominator":
        return None
    if numerator.last != i + 1 or not isinstance(numerator.value, int):
        return None
    value = exact(str(round(Decimal(numerator.value) / Decimal(form.value), 4)))
    draft = Draft(i, j + 1, p.starts[i], p.starts[j] + form.width, value, value, i, j + 1, kind="ratio", case=form.case)
    draft.bare, draft.settled, draft.rule = False, True, "quantities.fraction"
    draft.entries += [*numerator.entries, *form.entries]
    draft.steps.append(f"{p.slice(i, j + 1)} → {numerator.value} ÷ {form.value} = {value}")
    return draft


def parts(p: Passage, whole: Numeral) -> Draft | None:
    """তিন ভাগের এক ভাগ, দশ ভাগের দুই ভাগ."""
    words = p.words
    i = whole.first
    if whole.last + 2 >= len(words) or words[whole.last] != "ভাগের" or not whole.value:
        return None
    share = read(p, whole.last + 1)
    if share is None or share.last >= len(words) or not words[share.last].startswith("ভাগ"):
        return None
    value = exact(str(round(Decimal(share.value) / Decimal(whole.value), 4)))
    last = share.last + 1
    draft = Draft(i, last, p.starts[i], p.starts[share.last] + 3, value, value, i, last, kind="ratio")
    draft.bare, draft.settled, draft.rule = False, True, "quantities.parts"
    draft.entries += [*whole.entries, *share.entries]
    draft.steps.append(f"{p.slice(i, last)} → {share.value} ÷ {whole.value} = {value}")
    return draft


def turned(p: Passage, i: int) -> Draft | None:
    """হাজার দশেক, লাখ দুয়েক, শ’পাঁচেক, লাখ খানেক: roughly so many of a scale, with the number behind it."""
    words = p.words
    form = FORMS[words[i]]
    if form is None or form.role != "scale" or form.case or form.classifier:
        return None
    j = i + 1
    if j + 1 < len(words) and words[j] in _GLUE and p.touches(j) and p.touches(j + 1):
        j += 1
    word = words[j] if j < len(words) else ""
    stem = word.removesuffix("ের")
    if stem not in _ROUGHLY:
        return None
    value = _ROUGHLY[stem] * form.value
    case = "" if stem == word else "genitive"
    draft = Draft(i, j + 1, p.starts[i], p.starts[j] + len(stem), value, value, i, j + 1, hedge="about", case=case)
    draft.bare, draft.form, draft.rule, draft.entries = False, "scale", "quantities.turned", list(form.entries)
    draft.steps.append(f"{p.slice(i, j + 1)} → {grouped(_ROUGHLY[stem])} × {grouped(form.value)} = {grouped(value)}")
    return draft


def _behind_unit(p: Passage, draft: Draft, stem: str) -> Draft:
    """বিঘা তিনেক, কিলোমিটার দশেক: the unit stands before."""
    i = draft.first
    if stem not in _ROUGHLY or i == 0 or (i > 1 and is_numeral(p.words[i - 2])):
        return draft
    found = units.match(p, i - 1)
    if found is None or found.last != i or found.case or found.unit.kind not in ("money", "measure"):
        return draft
    draft.first, draft.start = i - 1, p.starts[i - 1]
    draft.low = draft.high = _ROUGHLY[stem] * found.unit.factor
    draft.hedge, draft.kind, draft.unit = "about", found.unit.kind, found.unit.symbol  # type: ignore[assignment]
    draft.settled = True
    draft.entries.append(found.unit.entry)
    return draft


def doubled(p: Passage, i: int) -> Draft | None:
    """হাজার হাজার, শত শত, কোটি কোটি: many of a scale."""
    words = p.words
    word = words[i]
    if word not in SCALE_SEVERAL:
        return None
    j = i + 1
    if j < len(words) and words[j] in ",-–":
        j += 1
    form = FORMS[words[j]] if j < len(words) else None
    if form is None or form.role != "scale" or form.stem != word:
        return None
    value: Value = int(form.value)
    entries = list(form.entries)
    last, end, case, classifier = j + 1, p.starts[j] + form.width, form.case, form.classifier
    if not case and not classifier and last < len(words):
        more = FORMS[words[last]]
        if more is not None and more.role == "scale" and more.value >= value:
            value *= int(more.value)
            entries += more.entries
            last, end, case = last + 1, p.starts[last] + more.width, more.case
    draft = Draft(i, last, p.starts[i], end, value, None, i, last, hedge="several", case=case)
    draft.bare, draft.form, draft.rule, draft.entries = False, "several", "quantities.doubled_scale", entries
    draft.steps.append(f"{p.slice(i, last)} → several of {grouped(value)}")
    return _with_classifier(p, draft)


def several(p: Passage, i: int) -> Draft | None:
    """কয়েক হাজার, কয়েকটি, একাধিক, দ্বিগুণ, শতভাগ, হাজারো: the words of several.tsv."""
    words = p.words
    form = FORMS[words[i]]
    if form is None or form.role != "word":
        return None
    stem = next((form.stem[:k] for k in range(len(form.stem), 0, -1) if form.stem[:k] in _SEVERAL), "")
    row = _SEVERAL[stem]
    low, high = _limit(row["low"]), _limit(row["high"])
    last, end, case, classifier = i + 1, p.starts[i] + form.width, form.case, form.classifier
    entries = list(form.entries)
    scale: Value = form.scale if form.scale > 1 else 0
    if row["scaled"] and not case and not classifier and last < len(words):
        following = FORMS[words[last]]
        if following is not None and following.role == "scale":
            numeral = read(p, last)
            if numeral is not None:
                scale = (scale or 1) * numeral.value
                last, end, case, classifier = numeral.last, numeral.end, numeral.case, numeral.classifier
                entries += numeral.entries
    if scale:
        low = scale
    if low is None:
        return None
    draft = Draft(i, last, p.starts[i], end, low, high, i, last, case=case, classifier=classifier)
    draft.hedge, draft.kind = row["hedge"], row["kind"]  # type: ignore[assignment]
    draft.bare, draft.form, draft.rule, draft.entries = False, "several", "quantities.several", entries
    draft.settled = row["kind"] != "count"
    draft.unit = {"percent": "%", "age": "year"}.get(row["kind"])
    draft.steps.append(f"{p.slice(i, last)} → {row['hedge']} {grouped(low)}")
    return _behind_unit(p, _with_classifier(p, draft), stem)


def spread(p: Passage, a: Numeral) -> Draft | None:
    """৫ থেকে ৭ জন, ২০-২৫টি, দুই-তিনজন, দু-একটি, ৩০ হাজার টাকা থেকে ২ লাখ টাকা, ৪৩ থেকে সর্বনিম্ন ১২."""
    words = p.words
    j = a.last
    if a.over or j >= len(words):
        return None
    word = words[j]
    if word in DASHES:
        return _dashed(p, a, j)
    if word in ("বা", "কিংবা"):
        return _either(p, a, j)
    if word == "/" and a.form == "digits":
        return _slashed(p, a, j)
    if word == "থেকে" or a.classifier or a.case == "":
        return _from_to(p, a, j) or _beside(p, a, j)
    return None


def _dashed(p: Passage, a: Numeral, j: int) -> Draft | None:
    if a.case or (a.classifier and a.form == "digits") or j + 1 >= len(p.words):
        return None
    if p.words[j] == "—" and not (p.touches(j) and p.touches(j + 1)):
        return None
    b = read(p, j + 1)
    if b is None or b.over or (p.touches(j) != p.touches(j + 1)):
        return None
    low, high = _shared(a, b)
    if low == high:
        return None
    if low > high and not (a.form == "word" and b.form == "word" and a.scale == 1):
        return None
    if a.form == "digits" and _year_like(a, b):
        return None
    return _range(p, a, b, min(low, high), max(low, high), "quantities.range_dash")


def _year_like(a: Numeral, b: Numeral) -> bool:
    """২০২৩-২৪ and ২০০৯-২০১০ are years."""
    return (
        isinstance(a.value, int)
        and 1500 <= a.value <= 2100
        and b.scale == 1
        and (b.value == a.value % 100 + 1 or a.value < b.value <= 2100)
        and not b.classifier
    )


def _slashed(p: Passage, a: Numeral, j: int) -> Draft | None:
    """২/১ জন, ৫/৬টি: only small numbers before a classifier."""
    if a.case or a.classifier or j + 1 >= len(p.words):
        return None
    b = read(p, j + 1)
    if b is None or b.form != "digits" or a.value >= 100 or b.value >= 100 or a.value == b.value:
        return None
    draft = _range(p, a, b, min(a.value, b.value), max(a.value, b.value), "quantities.range_slash")
    return draft if draft.classifier else None


def _either(p: Passage, a: Numeral, j: int) -> Draft | None:
    """৫ বা ৬ জন, আট বা নয়জন: neighbours."""
    if a.case or a.classifier or j + 1 >= len(p.words):
        return None
    b = read(p, j + 1)
    if b is None or b.over or a.scale != 1:
        return None
    low, high = _shared(a, b)
    if not low < high <= low * 2 or (b.coefficient - a.value > 5 and b.scale == 1):
        return None
    return _range(p, a, b, low, high, "quantities.range_or")


def _beside(p: Passage, a: Numeral, j: int) -> Draft | None:
    """দুই তিনজন, পাঁচ ছয় হাজার: neighbours without a dash, in words."""
    if a.form != "word" or a.scale != 1 or a.case or a.classifier or not p.words[j:]:
        return None
    form = FORMS[p.words[j]]
    if form is None or form.role not in ("cardinal", "bound") or form.scale != 1:
        return None
    b = read(p, j)
    if b is None or not (a.value < b.coefficient <= a.value * 2 + 1) or (b.scale > 1 and a.value > 99):
        return None
    low, high = _shared(a, b)
    return _range(p, a, b, low, high, "quantities.range_beside") if low < high else None


def _from_to(p: Passage, a: Numeral, j: int) -> Draft | None:
    words = p.words
    n = len(words)
    first_unit = None
    if words[j] != "থেকে":
        # ৩০ হাজার টাকা থেকে ২ লাখ টাকা; ৫ জন থেকে ৭ জন
        if a.case:
            return None
        if words[j] in APART_CLASSIFIERS and not a.classifier:
            if APART_CLASSIFIERS[words[j]][1]:
                return None
            j += 1
        elif not a.classifier:
            found = units.match(p, j)
            if found is None or found.case:
                return None
            first_unit, j = found.unit, found.last
        if j >= n or words[j] != "থেকে":
            return None
    if a.case:
        return None
    j += 1
    hedge = hedges.before(p, j + 1) if j < n else None
    turned = False
    if hedge is not None and hedge.first == j:
        turned = hedge.hedge == "at_least"
        j += 1
    b = read(p, j) if j < n else None
    if b is None or b.over:
        return None
    if _year_like(a, b) and first_unit is None:
        return None
    low, high = _shared(a, b) if first_unit is None else (a.value, b.value)
    if low > high and turned:
        low, high = high, low
    if low >= high:
        return None
    second = units.match(p, b.last)
    if first_unit is not None and (second is None or second.unit.symbol != first_unit.symbol):
        return None
    if second is not None and moved_to(p, second) and words[second.last].startswith(_UPWARDS):
        return None
    return _range(p, a, b, low, high, "quantities.range_from_to")


def moved_to(p: Passage, second: units.UnitMatch) -> bool:
    """Whether a figure with its unit is where another one has moved: (৮০ থেকে) ১০০ টাকায় উঠেছে."""
    return second.case == "locative" and second.last < len(p.words) and p.words[second.last].startswith(_MOVEMENTS)


def _shared(a: Numeral, b: Numeral) -> tuple[Value, Value]:
    """The two ends; the first takes the scale of the second when it has none: ৫০-৬০ হাজার, ৮ থেকে ১৫ হাজার."""
    if a.scale == 1 and a.coefficient == a.value and b.scale > 1 and a.value <= b.coefficient:
        return a.value * b.scale, b.value
    if a.scale == 1 and b.scale > 1 and a.form == "word" and a.value < 100 and b.coefficient < a.value:
        return a.value * b.scale, b.value  # দু-এক হাজার
    if a.scale > 1 and b.scale > a.scale and b.scale % a.scale == 0 and a.value < b.scale:
        # ৪ হাজার থেকে ৬ হাজার কোটি
        rest = b.scale // a.scale
        if b.coefficient * a.scale > a.value and rest >= 100_000 and a.scale <= 100_000:
            return a.value * rest, b.value
    return a.value, b.value


def _range(p: Passage, a: Numeral, b: Numeral, low: Value, high: Value, rule: str) -> Draft:
    draft = Draft(a.first, b.last, p.starts[a.first], b.end, low, high, a.first, b.last, "range", case=b.case)
    draft.classifier, draft.rule, draft.form = b.classifier, rule, a.form
    draft.bare = not b.classifier and b.scale == 1
    draft.entries += [*a.entries, *b.entries]
    draft.steps.append(f"{p.slice(a.first, b.last)} → {grouped(low)} to {grouped(high)}")
    return _with_classifier(p, draft)


def single(p: Passage, numeral: Numeral) -> Draft | None:
    """One number: ১ লাখ ২০ হাজার, পাঁচজন, শতাধিক."""
    i, value = numeral.first, numeral.value
    high: Value | None = None if numeral.over else value
    last, end = numeral.last, numeral.end
    draft = Draft(i, last, p.starts[i], end, value, high, i, last, case=numeral.case)
    draft.classifier, draft.form = numeral.classifier, numeral.form
    draft.entries += numeral.entries
    draft.hedge = "more_than" if numeral.over else "exact"
    draft.rule = "quantities.more_than_word" if numeral.over else "quantities.number"
    scaled = numeral.scale > 1 or value != numeral.coefficient or (numeral.last > i + 1 and value >= _MANY)
    draft.bare = not (numeral.classifier or numeral.over or scaled)
    if numeral.form == "scale" and numeral.last == i + 1:
        if p.words[i] not in SCALE_ALONE and FORMS[p.words[i]].stem not in SCALE_ALONE and not numeral.over:  # type: ignore[union-attr]
            return None
        draft.bare = not numeral.over
    text = p.text[draft.start : end]
    result = grouped(value)
    draft.steps.append(
        f"{text} → {result}" if numeral.expression == result else f"{text} → {numeral.expression} = {result}"
    )
    _repeated_in_words(p, draft, value)
    if numeral.form != "scale" and not numeral.case and draft.last < len(p.words) and p.touches(draft.last):
        ending = ENDINGS.get(p.words[draft.last])
        if ending is not None and is_digits(p.words[draft.last - 1]):
            draft.case = ending[0] or "emphatic"
            draft.last += 1
            return draft
    return _with_classifier(p, draft)


def _repeated_in_words(p: Passage, draft: Draft, value: Value) -> None:
    """১৩২০ (এক হাজার তিন শ বিশ) টাকা: the same number again in brackets belongs to the figure."""
    words = p.words
    j = draft.last
    if draft.form != "digits" or j + 2 >= len(words) or words[j] != "(" or is_digits(words[j + 1]):
        return
    again = read(p, j + 1)
    if again is None or again.value != value or again.last >= len(words) or words[again.last] != ")":
        return
    draft.last, draft.end = again.last + 1, p.ends[again.last]
    draft.core_last = draft.last
    draft.bare = False
    draft.entries += again.entries


def _with_classifier(p: Passage, draft: Draft) -> Draft:
    """A classifier written apart or touching the digits: ৫ জন, ২৩টি."""
    words = p.words
    j = draft.last
    if draft.classifier or draft.case or j >= len(words):
        return draft
    found = APART_CLASSIFIERS.get(words[j])
    if found is None and words[j] in _GLUE and p.touches(j) and j + 1 < len(words) and p.touches(j + 1):
        found = APART_CLASSIFIERS.get(words[j + 1])
        j += 1
    if found is not None:
        draft.classifier, draft.case = found
        draft.last, draft.end = j + 1, p.starts[j] + len(found[0])
        draft.core_last = draft.last
        draft.bare = False
    return draft


VAGUE: tuple[Callable[[Passage, int], Draft | None], ...] = (turned, doubled, several)
NUMERALS: tuple[Callable[[Passage, Numeral], Draft | None], ...] = (fraction, parts, spread, single)
