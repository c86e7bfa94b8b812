"""Reading numbers: digits, number words, scales and their combinations, exactly.

১ কোটি ২০ লাখ, ৯২ হাজার ২৬১ কোটি, সাড়ে তিন লাখ, দেড় শ, ৩৪ দশমিক ০১ ট্রিলিয়ন, এক শ বাইশ. Values are exact (`int` or
`Decimal`); `read` reads one numeral from a run of tokens, `value_of` a whole text.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from .lexicon import rows, words_of
from .passage import Passage, passage
from .remembered import Remembered
from .words import CASES, EMPHATICS, ends_in_vowel

Value = int | Decimal

# Longer runs of digits are identifiers, and no news figure needs them.
_MOST_DIGITS = 18


# Endless কোটি কোটি কোটি is no number.
_LARGEST = 10**24


class Form(NamedTuple):
    """What one token is as a number word: its role and value, and how much of the token is the figure."""

    role: str  # cardinal, bound, shift, fraction, scale, over, word (several.tsv) or denominator
    value: Value
    scale: int  # of a scale glued on (পাঁচশ), else 1
    width: int  # characters of the token that belong to the figure: number, scale and classifier
    classifier: str
    case: str  # genitive, objective, locative, with (সহ), emphatic or ''
    entries: tuple[str, ...]
    over: bool  # শতাধিক glued on: more than
    stem: str


class Stem(NamedTuple):
    role: str
    value: Value
    scale: int
    entries: tuple[str, ...]
    over: bool
    glues: bool  # whether a classifier may be glued on
    endings: bool  # whether a case ending may stand directly on it


class Numeral(NamedTuple):
    """One number in a run of tokens: tokens first..last-1, ending at the folded offset `end`."""

    value: Value
    first: int
    last: int
    end: int
    classifier: str
    case: str
    coefficient: Value  # what stands before the scales, if it is one number with scales: 15 in ১৫ হাজার
    scale: int  # the scales behind it, multiplied; 1 if there are none
    over: bool  # …াধিক
    form: str  # digits, word or scale: how it begins
    entries: tuple[str, ...]
    expression: str  # "3.5 × 100,000"


def exact(text: str) -> Value:
    """A number of a table or of digits as int where it is whole."""
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else value


def _ending_table() -> dict[str, tuple[str, str]]:
    """Endings to (case, condition on the stem): plain, with an emphatic, and সহ."""
    table: dict[str, tuple[str, str]] = {}
    for case, name, after in CASES:
        for emphatic in EMPHATICS:
            table.setdefault(case + emphatic, (name or ("emphatic" if emphatic else ""), after))
    for text, name in (("সহ", "with"), ("সহই", "with"), ("রই", "genitive"), ("রও", "genitive")):
        table.setdefault(text, (name, "any"))
    return table


ENDINGS = _ending_table()
CLASSIFIERS = {row["form"]: row["what"] for row in rows("classifiers.tsv")}
_GLUED = [row["form"] for row in rows("classifiers.tsv") if row["glued"]]
NOT_NUMBERS = words_of("not_numbers.tsv")


def _fits(after: str, stem: str) -> bool:
    return after == "any" or (after == "vowel") == ends_in_vowel(stem)


def _classifier_forms(forms: list[str]) -> dict[str, tuple[str, str]]:
    """A classifier with its case ending to (classifier, case)."""
    table: dict[str, tuple[str, str]] = {}
    for form in forms:
        for ending, (case, after) in ENDINGS.items():
            if _fits(after, form):
                table.setdefault(form + ending, (form, case))
    return table


GLUED_CLASSIFIERS = _classifier_forms(_GLUED)
APART_CLASSIFIERS = _classifier_forms([row["form"] for row in rows("classifiers.tsv") if row["apart"]])

SCALES: dict[str, int] = {row["word"]: int(row["value"]) for row in rows("scales.tsv")}
SCALE_ALONE = frozenset(row["word"] for row in rows("scales.tsv") if row["alone"] == "one")
SCALE_SEVERAL = frozenset(row["word"] for row in rows("scales.tsv") if row["several"] == "yes")
_GLUING_SCALES = ("শ", "শো", "শত", "হাজার", "লাখ", "লক্ষ", "কোটি")


def _stems() -> dict[str, Stem]:
    stems: dict[str, Stem] = {}
    entries: tuple[str, ...]
    overs = {
        row["word"]: (int(row["low"]), row)
        for row in rows("several.tsv")
        if row["hedge"] == "more_than" and row["scaled"]
    }
    for row in rows("number_words.tsv"):
        word, role, value = row["word"], row["role"], exact(row["value"])
        entry = f"number_words.tsv: {word}"
        plain = role == "cardinal"
        stems.setdefault(word, Stem(role, value, 1, (entry,), False, role in ("cardinal", "bound"), plain))
        if role == "shift" or word in ("ছ", "ন"):
            continue
        for scale in _GLUING_SCALES:
            entries = (entry, f"scales.tsv: {scale}")
            stems.setdefault(word + scale, Stem("cardinal", value, SCALES[scale], entries, False, True, True))
        for over, (scale_value, _) in overs.items():
            entries = (entry, f"several.tsv: {over}")
            stems.setdefault(word + over, Stem("cardinal", value, scale_value, entries, True, False, True))
    for word, scale_value in SCALES.items():
        glues = word not in ("জোড়া", "হালি")
        stem = Stem("scale", scale_value, 1, (f"scales.tsv: {word}",), False, glues, True)
        stems.setdefault(word, stem)
    for row in rows("several.tsv"):
        word, entry = row["word"], f"several.tsv: {row['word']}"
        if word in overs:
            stems[word] = Stem("over", overs[word][0], 1, (entry,), True, False, True)
            continue
        stems[word] = Stem("word", 1, 1, (entry,), False, bool(row["glued"]), True)
        if row["scaled"]:
            for scale in _GLUING_SCALES:
                entries = (entry, f"scales.tsv: {scale}")
                stems[word + scale] = Stem("word", 1, SCALES[scale], entries, False, False, True)
    for row in rows("fractions.tsv"):
        entries = (f"fractions.tsv: {row['word']}",)
        stems[row["word"]] = Stem("denominator", int(row["value"]), 1, entries, False, False, True)
    return stems


_STEMS = _stems()
_BEGINNINGS = frozenset(stem[:2] for stem in _STEMS if len(stem) > 1)
_LETTERS = frozenset(stem for stem in _STEMS if len(stem) == 1)
_LONGEST = max(map(len, _STEMS))
_SHORT_GENITIVE = frozenset(("শ", "শো"))  # দুই শর কাছাকাছি


def _form(word: str) -> Form | None:
    if (word[:2] not in _BEGINNINGS and word[0] not in _LETTERS) or word in NOT_NUMBERS:
        return None
    for width in range(min(len(word), _LONGEST), 0, -1):
        stem = _STEMS.get(word[:width])
        if stem is None:
            continue
        text, tail = word[:width], word[width:]
        if not tail:
            return _made(stem, text, width, "", "")
        if stem.endings and tail in ENDINGS:
            case, after = ENDINGS[tail]
            if _fits(after, text) or (tail == "র" and text in _SHORT_GENITIVE):
                return _made(stem, text, width, "", case)
        if stem.glues and tail in GLUED_CLASSIFIERS:
            classifier, case = GLUED_CLASSIFIERS[tail]
            return _made(stem, text, width + len(classifier), classifier, case)
    return None


def _made(stem: Stem, text: str, width: int, classifier: str, case: str) -> Form:
    return Form(stem.role, stem.value, stem.scale, width, classifier, case, stem.entries, stem.over, text)


FORMS = Remembered(_form)  # what a token is as a number word


def is_digits(word: str) -> bool:
    """Whether a token is a number in digits (all Bengali digits are folded to ASCII)."""
    return "0" <= word[0] <= "9"


def is_numeral(word: str) -> bool:
    """Whether a token is a number or part of one, in digits or as a number word."""
    return "0" <= word[0] <= "9" or FORMS[word] is not None


def digits_value(word: str) -> Value | None:
    """The value of a token of digits; None for what cannot be a number (১.২.৩, ০১৭…, very long); ০৮ is 8."""
    if len(word) > _MOST_DIGITS + 6 or word.count(".") > 1 or not word.isascii():
        return None
    plain = word.replace(",", "")
    if "." in plain:
        return exact(plain)
    if len(plain) > _MOST_DIGITS or (plain[0] == "0" and len(plain) > 2):
        return None
    return int(plain)


def grouped(value: Value) -> str:
    """A value with international grouping, for derivations."""
    return f"{value:,}" if isinstance(value, int) else f"{value.normalize():,f}"


class _Sum:
    """The running value: parts in descending scales, a larger later scale multiplying all before it."""

    __slots__ = ("total", "lowest", "terms", "whole")

    def __init__(self) -> None:
        self.total: Value = 0
        self.lowest: int | None = None
        self.terms: list[str] = []
        self.whole = True  # no fractional coefficient so far

    def scale(self, coefficient: Value | None, scale: int) -> bool:
        lowest = self.lowest
        if self.total * scale > _LARGEST:
            return False
        if coefficient is None:
            if lowest is None:
                self.total = scale
                self.terms.append(grouped(scale))
            elif scale < lowest:
                return False
            else:
                self._multiply(scale)
        elif lowest is None:
            self.total = coefficient * scale
            self.terms.append(f"{grouped(coefficient)} × {grouped(scale)}")
            self.whole = isinstance(coefficient, int)
        elif not self.whole or scale == lowest or coefficient >= lowest:
            return False
        elif scale > lowest:
            self.total += coefficient
            self.terms.append(grouped(coefficient))
            self._multiply(scale)
        elif coefficient * scale >= lowest:
            return False
        else:
            self.total += coefficient * scale
            self.terms.append(f"{grouped(coefficient)} × {grouped(scale)}")
            self.whole = isinstance(coefficient, int)
        self.lowest = scale
        return True

    def _multiply(self, scale: int) -> None:
        self.total *= scale
        inner = " + ".join(self.terms)
        inner = f"({inner})" if len(self.terms) > 1 else inner
        self.terms = [f"{inner} × {grouped(scale)}"]

    def rest(self, coefficient: Value) -> bool:
        lowest = self.lowest
        if lowest is None:
            self.total = coefficient
        elif self.whole and isinstance(coefficient, int) and coefficient < lowest and lowest >= 100:
            self.total += coefficient
        else:
            return False
        self.terms.append(grouped(coefficient))
        self.lowest = 1
        return True


def read(p: Passage, i: int) -> Numeral | None:
    """The numeral that begins at token i, as long as it goes, with the classifier glued to its last word."""
    words, starts, ends = p.words, p.starts, p.ends
    n = len(words)
    sum_ = _Sum()
    coefficient: Value | None = None
    first_coefficient: Value | None = None
    shift: Value | None = None
    scale = 1
    parts = 0
    last, end, case, classifier, over = i, 0, "", "", False
    entries: list[str] = []
    form_kind = ""
    back = i  # where the pending coefficient begins
    j = i
    while j < n:
        word = words[j]
        if is_digits(word):
            if coefficient is not None or over:
                break
            value = digits_value(word)
            if value is None:
                break
            back = j if shift is None else back
            value, j = _decimal_tail(p, value, j + 1)
            coefficient = value + (shift or 0)
            shift = None
            form_kind = form_kind or "digits"
            pending_end = ends[j - 1]
            continue
        if word in _APOSTROPHES and coefficient is not None and form_kind == "word" and _scale_touches(p, j):
            j += 1
            continue
        form = FORMS[word]
        if form is None:
            break
        role = form.role
        if role == "cardinal" and coefficient is not None and form.stem in SCALES:
            role = "scale"  # তিন কুড়ি
        if role == "shift":
            if coefficient is not None or shift is not None or over:
                break
            back, shift = j, form.value
            entries += form.entries
            form_kind = form_kind or "word"
            j += 1
            continue
        if role in ("cardinal", "bound", "fraction"):
            if coefficient is not None or over:
                break
            back = j if shift is None else back
            form_kind = form_kind or "word"
            value = form.value
            j += 1
            if form.width == len(word) and form.scale == 1 and not form.classifier:
                value, j = _decimal_tail(p, value, j)
            coefficient = value + (shift or 0)
            shift = None
            pending_end = ends[j - 1] if j > back + 1 else starts[j - 1] + form.width
            pending_end = min(pending_end, starts[j - 1] + form.width) if form.case or form.classifier else pending_end
            if form.scale > 1:
                first_coefficient = coefficient if parts == 0 else None
                if not sum_.scale(coefficient, form.scale):
                    j = back
                    coefficient = None
                    break
                parts += 1
                scale *= form.scale
                coefficient = None
                last, end = j, starts[j - 1] + form.width
                case, classifier = form.case, form.classifier
                over = form.over
            entries += form.entries
            if form.case or form.classifier:
                case, classifier = form.case, form.classifier
                break
            continue
        if role in ("scale", "over"):
            if over and role == "over":
                break
            if role == "scale" and coefficient is None and shift is None and parts == 0 and last == i and j > i:
                break
            if shift is not None:
                coefficient, shift = 1 + shift, None
            if coefficient is None and parts and scale == 1:
                break
            if not sum_.scale(coefficient, int(form.value)):
                break
            if parts == 0:
                first_coefficient = coefficient if coefficient is not None else 1
                scale = int(form.value)
            elif coefficient is None:
                scale *= int(form.value)
            else:
                first_coefficient = None
            form_kind = form_kind or "scale"
            parts += 1
            coefficient = None
            entries += form.entries
            j += 1
            last, end = j, starts[j - 1] + form.width
            case, classifier = form.case, form.classifier
            over = over or role == "over"
            if case or classifier:
                break
            continue
        break
    if coefficient is not None:
        had = parts > 0
        if sum_.rest(coefficient):
            last, end = j, pending_end
            first_coefficient = None if had else coefficient
        else:
            case = classifier = ""
    if last == i:
        return None
    value = sum_.total
    if isinstance(value, Decimal) and value == value.to_integral_value():
        value = int(value)
    expression = " + ".join(sum_.terms)
    if first_coefficient is None:
        return Numeral(value, i, last, end, classifier, case, value, 1, over, form_kind, tuple(entries), expression)
    return Numeral(
        value,
        i,
        last,
        end,
        classifier,
        case,
        first_coefficient,
        scale,
        over,
        form_kind,
        tuple(entries),
        expression,
    )


_APOSTROPHES = frozenset("’‘'")


def _scale_touches(p: Passage, j: int) -> bool:
    """দু’লক্ষ, দু’হাজার: an apostrophe between a number and its scale, without a space."""
    if j + 1 >= len(p.words) or not (p.touches(j) and p.touches(j + 1)):
        return False
    form = FORMS[p.words[j + 1]]
    return form is not None and form.role == "scale"


def _decimal_tail(p: Passage, whole: Value, j: int) -> tuple[Value, int]:
    """৩৪ দশমিক ০১ and তিন দশমিক দুই পাঁচ: the digits behind দশমিক, if they are there."""
    words = p.words
    if j + 1 >= len(words) or words[j] != "দশমিক" or not isinstance(whole, int):
        return whole, j
    k = j + 1
    if is_digits(words[k]):
        if words[k].isdigit() and len(words[k]) <= _MOST_DIGITS:
            return exact(f"{whole}.{words[k]}"), k + 1
        return whole, j
    digits = ""
    while k < len(words) and len(digits) < _MOST_DIGITS:
        form = FORMS[words[k]]
        if form is None or form.role not in ("cardinal", "bound") or form.scale > 1 or form.value > 99:
            break
        if form.width != len(words[k]) or form.classifier or (digits and form.value > 9):
            break
        digits += str(form.value)
        k += 1
        if form.value > 9:
            break
    return (exact(f"{whole}.{digits}"), k) if digits else (whole, j)


def value_of(text: str) -> Value | None:
    """The value of a text that is one numeral and nothing else; None if it is not."""
    p = passage(text)
    if not p.words:
        return None
    numeral = read(p, 0)
    if numeral is None or numeral.last != len(p.words) or numeral.case or numeral.over:
        return None
    return numeral.value
