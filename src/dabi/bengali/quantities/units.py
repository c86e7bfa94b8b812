"""What stands behind a number and belongs to it: currencies, units of measure, per cent."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from ..lexicon import rows
from ..numerals import ENDINGS, Value, exact, is_numeral
from ..passage import Passage, passage
from ..words import ends_in_vowel, inflections


class Unit(NamedTuple):
    """A unit: the symbol given out (None for multiples), and what it is worth."""

    word: str
    symbol: str | None
    kind: str  # money, measure, percent, ratio
    factor: Value  # how many of the symbol's unit the word is: পয়সা is 0.01 BDT
    si: str  # SI unit, empty where none is meant
    si_factor: Value
    entry: str


class UnitMatch(NamedTuple):
    unit: Unit
    last: int  # token after the unit
    end: int  # folded offset where the unit ends, without its case ending
    case: str


# What may be glued to a unit besides case endings.
_TAILS = {"জুড়ে": "with", "ব্যাপী": "with", "সহ": "with", "মূল্যের": "genitive", "সমমূল্যের": "genitive", "প্রতি": ""}


def _table() -> list[Unit]:
    units = [
        Unit(r["word"], r["unit"], "money", exact(r["factor"]), "", 1, f"currencies.tsv: {r['word']}")
        for r in rows("currencies.tsv")
        if r["side"] != "before"
    ]
    units += [
        Unit(
            r["word"],
            r["unit"] or None,
            r["kind"],
            1,
            r["si"],
            exact(r["factor"] or "1"),
            f"units.tsv: {r['word']}",
        )
        for r in rows("units.tsv")
    ]
    return units


def _forms(word: str) -> dict[str, str]:
    """The forms of the last token of a unit to their case."""
    if not "ঀ" <= word[-1] <= "\u09ff":
        return {word: ""}
    forms = {word: ""}
    for ending, (case, after) in ENDINGS.items():
        if ending and (after == "any" or (after == "vowel") == ends_in_vowel(word)):
            forms.setdefault(word + ending, case)
    for tail, case in _TAILS.items():
        forms.setdefault(word + tail, case)
    return forms


UNITS = _table()
_SINGLE: dict[str, tuple[Unit, int, str]] = {}  # form: unit, width of the unit in it, case
_MANY: dict[str, list[tuple[tuple[str, ...], dict[str, tuple[int, str]], Unit]]] = {}
for _unit in UNITS:
    _tokens = passage(_unit.word).words
    _last = _forms(_tokens[-1])
    if len(_tokens) == 1:
        for _form, _case in _last.items():
            _SINGLE.setdefault(_form, (_unit, len(_tokens[0]), _case))
    else:
        _finals = {form: (len(_tokens[-1]), case) for form, case in _last.items()}
        _MANY.setdefault(_tokens[0], []).append((tuple(_tokens[1:-1]), _finals, _unit))
MEASURE_FORMS = frozenset(form for form, (u, _, _) in _SINGLE.items() if u.kind == "measure" and u.word != "গ্রাম")
LENGTHS = frozenset(row["unit"] for row in rows("units.tsv") if row["si"] == "m")
for _candidates in _MANY.values():
    _candidates.sort(key=lambda c: -len(c[0]))

PREFIXES: dict[str, Unit] = {
    r["word"]: Unit(r["word"], r["unit"], "money", exact(r["factor"]), "", 1, f"currencies.tsv: {r['word']}")
    for r in rows("currencies.tsv")
    if r["side"] != "after" and len(passage(r["word"]).words) == 1
}

_BY_SYMBOL = {u.symbol: u for u in reversed(UNITS) if u.symbol and u.si}

LAND_AFTER = frozenset(form for r in rows("land_words.tsv") for form, _ in inflections(r["word"]))
LAND_BEFORE = frozenset(
    form for r in rows("land_words.tsv") if r["side"] == "both" for form, _ in inflections(r["word"])
)
LAND = Unit("শতাংশ", "decimal", "measure", 1, "m2", exact("40.468564224"), "land_words.tsv: শতাংশ")
_LAND_SHARE = frozenset(("শতক", "শতাংশ"))
_LAND_FORMS = {form: (len(word), case) for word in _LAND_SHARE for form, case in _forms(word).items()}

_WEIGHED = frozenset(form for r in rows("weighed_words.tsv") for form, _ in inflections(r["word"]))
_BEFELL = frozenset("।\n;,") | {r["word"] for r in rows("counted_words.tsv") if "event" in r["role"].split(",")}
_BEHIND, _BEFORE = 7, 4  # tokens within which গ্রাম finds what it weighs

# Rates a second, a minute, an hour: the word before the figure and the suffix of the symbol.
_PER = {"সেকেন্ডে": "/s", "মিনিটে": "/min", "ঘণ্টায়": "/h", "ঘন্টায়": "/h"}


def match(p: Passage, j: int) -> UnitMatch | None:
    """The unit at token j, the longest first."""
    words = p.words
    if j >= len(words):
        return None
    word = words[j]
    for between, finals, unit in _MANY.get(word, ()):
        last = j + 1 + len(between)
        if last < len(words) and words[last] in finals and tuple(words[j + 1 : last]) == between:
            width, case = finals[words[last]]
            return UnitMatch(unit, last + 1, p.starts[last] + width, case)
    if word in _LAND_FORMS and _of_land(p, j):
        width, case = _LAND_FORMS[word]
        return UnitMatch(LAND, j + 1, p.starts[j] + width, case)
    single = _SINGLE.get(word)
    if single is None:
        return None
    unit, width, case = single
    return UnitMatch(unit, j + 1, p.starts[j] + width, case)


def _of_land(p: Passage, j: int) -> bool:
    """Whether শতাংশ or শতক at j measures land: land is named right behind it, or is what the sentence measures."""
    words = p.words
    if any(word in LAND_AFTER for word in words[j + 1 : j + 3]):
        return not (words[j].endswith("ের") and words[j + 1] not in LAND_AFTER)
    for k in range(j - 2, max(-1, j - 8), -1):
        if words[k] in LAND_BEFORE:
            return words[j - 2] in LAND_BEFORE or "পরিমাণ" in words[k + 1 : j]
        if words[k] in "।\n;":
            return False
    return False


def is_weight(p: Passage, first: int, found: UnitMatch) -> bool:
    """Whether গ্রাম behind a figure that begins at token `first` is the weight, and not the village."""
    words = p.words
    if first and words[first - 1] == "প্রতি":
        return True
    behind = _until(words[found.last : found.last + (2 if found.case else _BEHIND)], _BEFELL)
    before = _until(words[max(0, first - _BEFORE) : first][::-1], frozenset("।\n;"))
    return any(word in _WEIGHED for word in (*behind, *before))


def _until(words: list[str], ends: frozenset[str]) -> list[str]:
    """The words before the first of `ends`."""
    return words[: next((i for i, word in enumerate(words) if word in ends), len(words))]


def per_time(p: Passage, first: int) -> tuple[str, int] | None:
    """The suffix of a rate and its first token, when ঘণ্টায় or প্রতি সেকেন্ডে stands before token `first`."""
    if first < 1:
        return None
    suffix = _PER.get(p.words[first - 1])
    if suffix is None:
        return None
    if first > 1 and p.words[first - 2] == "প্রতি":
        return suffix, first - 2
    if first > 1 and is_numeral(p.words[first - 2]):
        return None  # ২৪ ঘণ্টায় ৫০ কিলোমিটার
    return suffix, first - 1


def smaller_part(unit: Unit, part: Unit) -> Value | None:
    """How many of `unit` one of `part` is, when part is a smaller unit of the same kind: টাকা and পয়সা."""
    if unit.kind != part.kind or unit.kind not in ("money", "measure"):
        return None
    if unit.kind == "money":
        if unit.symbol == part.symbol and part.factor < unit.factor:
            return Decimal(part.factor) / Decimal(unit.factor)
        return None
    if not unit.si or unit.si != part.si or part.si_factor >= unit.si_factor:
        return None
    return exact(str(round(Decimal(part.si_factor) / Decimal(unit.si_factor), 9)))


def to_si(value: float, unit: str) -> tuple[float, str] | None:
    """A value in a unit's symbol as (value, SI unit): (10, "km") → (10000.0, "m"); None if there is none.

    Temperatures become kelvin; a rate (km/h, l/s) the SI unit a second. Factors are those of units.tsv.
    """
    if unit == "degC":
        return value + 273.15, "K"
    if unit == "degF":
        return (value + 459.67) * 5 / 9, "K"
    known = _BY_SYMBOL.get(unit)
    if known is not None:
        return value * float(known.si_factor), known.si
    over, _, time = unit.rpartition("/")
    seconds = {"s": 1, "min": 60, "h": 3600}.get(time)
    base = _BY_SYMBOL.get(over)
    if seconds is None or base is None:
        return None
    return value * float(base.si_factor) / seconds, f"{base.si}/s"
