"""Values in words: a quantity as "more than 12,000,000", an EDTF value as "from October 2024".

English groups digits internationally, Bengali in lakh and crore with its own digits. All words stand in
`wording.tsv`, so that both languages can be mended without reading Python.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Literal, NamedTuple, Protocol, get_args

from ..bengali.lexicon import rows
from ..bengali.source_names import points_back, source_name
from ..model import Act, Analysis, Attribution, Hedge, Kind, SourceType, TimeExpression

Language = Literal["bn", "en"]
Grouping = Literal["indian", "international"]

_LARGEST_DENOMINATOR = 12
_SAME_SHARE = Fraction(1, 2000)  # shares are kept to four decimals
_BENGALI_DIGITS = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
_ISO_DURATION = re.compile(
    r"P(?:(?P<Y>[\d.]+)Y)?(?:(?P<M>[\d.]+)M)?(?:(?P<W>[\d.]+)W)?(?:(?P<D>[\d.]+)D)?"
    r"(?:T(?:(?P<TH>[\d.]+)H)?(?:(?P<TM>[\d.]+)M)?(?:(?P<TS>[\d.]+)S)?)?"
)
# What a Bengali word ends in: ক to হ, ৎ, ড় ঢ় য় in one code point or two; or a vowel, nasal or not.
_CONSONANT = re.compile("[\u0995-\u09b9\u09bc\u09ce\u09dc-\u09df]$")
_VOWEL = re.compile("[\u0985-\u0994\u09be-\u09cc]\u0981?$")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T(\d\d:\d\d)(?::\d\d)?)?")


class Amount(Protocol):
    """What `amount` needs of a quantity: also a claim of the ledger has it."""

    @property
    def low(self) -> float | int | None: ...
    @property
    def high(self) -> float | int | None: ...
    @property
    def hedge(self) -> Hedge: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def unit(self) -> str | None: ...


class Who(NamedTuple):
    """Who says a claim: a name, the chain it came through (nearest first), by which kind of act, and who that is."""

    name: str
    via: tuple[str, ...]
    act: Act | None  # None when the outlet reports in its own voice
    type: SourceType | None = None


@cache
def _words() -> dict[str, dict[str, str]]:
    table = rows("wording.tsv", package=__package__)
    return {language: {row["key"]: row[language] for row in table} for language in get_args(Language)}


def word(key: str, language: Language, **parts: str) -> str:
    """The wording of a key, with its braces filled in."""
    wording = _words()[language][key]
    for name, part in parts.items():
        wording = wording.replace(f"{{{name}}}", part)
    return wording


def word_or(key: str, language: Language, otherwise: str) -> str:
    """The wording of a key, or `otherwise` where the table has none (a unit or event without a name)."""
    return _words()[language].get(key, otherwise)


def codes(group: str) -> list[str]:
    """The codes of a group that have a wording: of "event" death, injury …"""
    start = f"{group}."
    return [key.removeprefix(start) for key in _words()["en"] if key.startswith(start)]


def digits(text: str, language: Language) -> str:
    """The text with its ASCII digits in the language's own."""
    return text.translate(_BENGALI_DIGITS) if language == "bn" else text


def number(value: float, language: Language, grouping: Grouping | None = None) -> str:
    """A number grouped the way readers of the language group it, or as asked: 1,200,000 or ১২,০০,০০০."""
    written = format(Decimal(repr(value)) if isinstance(value, float) else Decimal(value), "f")
    whole, _, fraction = written.partition(".")
    sign, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    width = 2 if (grouping or ("indian" if language == "bn" else "international")) == "indian" else 3
    groups = [whole[-3:]]
    rest = whole[:-3]
    while rest:
        groups.append(rest[-width:])
        rest = rest[:-width]
    fraction = fraction.rstrip("0")
    grouped = sign + ",".join(reversed(groups)) + (f".{fraction}" if fraction else "")
    return digits(grouped, language)


def amount(quantity: Amount, language: Language, grouping: Grouping | None = None) -> str:
    """A quantity in words: its hedge, its number and its unit."""
    low, high = quantity.low, quantity.high
    if quantity.hedge == "several" and low is not None:
        scale = word_or(f"scale.{low:g}" if low < 1e6 else f"scale.{int(low)}", language, "")
        if scale:
            return _with_unit(scale, quantity, language)
    if low is not None and high is not None and low != high:
        ends = (_number(end, quantity, language, grouping) for end in (low, high))
        return _with_unit("–".join(ends), quantity, language)
    value = low if low is not None else high
    if value is None:
        return word("hedge.unknown", language)
    hedge = "exact" if quantity.hedge == "range" else quantity.hedge
    written = _number(value, quantity, language, grouping)
    whole = _with_unit(written, quantity, language)
    return word(f"hedge.{hedge}", language, n=whole, of=_genitive(whole))


def _genitive(amount: str) -> str:
    """A Bengali amount with the ending that বেশি and কম ask for: ১০০-এর, ৫ টাকার, ৯ টনের."""
    if _CONSONANT.search(amount):
        return amount + "ের"
    return amount + ("র" if _VOWEL.search(amount) else "-এর")


def _number(value: float, quantity: Amount, language: Language, grouping: Grouping | None) -> str:
    if quantity.kind != "ratio":
        return number(value, language, grouping)
    share = Fraction(value).limit_denominator(_LARGEST_DENOMINATOR)
    if 0 < share < 1 and abs(share - Fraction(value)) < _SAME_SHARE:
        return digits(f"{share.numerator}/{share.denominator}", language)
    return number(round(value, 3), language, grouping)


def _with_unit(n: str, quantity: Amount, language: Language) -> str:
    if quantity.unit is not None:
        return word_or(f"unit.{quantity.unit}", language, "{n} " + quantity.unit).replace("{n}", n)
    if quantity.kind == "ratio":
        ends = [end for end in (quantity.low, quantity.high) if end is not None]
        return word("ratio.part" if ends and max(ends) < 1 else "ratio.times", language, n=n)
    return n


def when(time: TimeExpression, language: Language) -> str:
    """The value of a time expression in words; for one that was not resolved, the reason."""
    if time.edtf is not None:
        return moment(time.edtf, language)
    if time.duration is not None:
        return _duration(time.duration, language)
    if time.set is not None:
        return word("when.every", language, x=_repeated(time.set, language))
    if time.unresolved is None:
        return word("when.unresolved", language)
    reason = word_or(f"reason.{time.unresolved}", language, time.unresolved)
    return f"{word('when.unresolved', language)}: {reason}"


def moment(edtf: str, language: Language) -> str:
    """An EDTF value in words; one that is not among the forms dabi writes is given back as it is."""
    first, slash, second = edtf.partition("/")
    if not slash:
        return _point(first, language)
    if first in ("..", ""):
        return word("when.until", language, x=_point(second, language))
    if second in ("..", ""):
        return word("when.from", language, x=_point(first, language))
    return f"{_point(first, language)} – {_point(second, language)}"


def _point(edtf: str, language: Language) -> str:
    if edtf[-1:] in ("~", "%"):
        return word("when.about", language, x=_point(edtf[:-1], language))
    if len(edtf) == 4 and edtf.endswith("X") and edtf[:3].isdigit():
        return word("when.decade", language, x=digits(edtf[:3] + "0", language))
    if edtf.startswith("T"):
        return digits(edtf[1:], language)
    found = _DATE.fullmatch(edtf)
    if not found:
        return edtf
    year, month, day, clock = found.groups()
    name = word_or(f"month.{int(month)}", language, month) if month else ""
    date = " ".join(part for part in (str(int(day)) if day else "", name, year) if part)
    return digits(f"{date}, {clock}" if clock else date, language)


def _duration(duration: str, language: Language) -> str:
    first, slash, second = duration.partition("/")
    if slash and first[-1:] == second[-1:] and (parts := _parts(first)) and len(parts) == 1:
        return f"{digits(parts[0][1], language)}–{_length(second, language)}"
    return "–".join(_length(part, language) for part in (first, second) if part)


def _length(duration: str, language: Language) -> str:
    parts = _parts(duration)
    if not parts:
        return duration
    return " ".join(
        word(f"duration.{unit}", language, n=digits(n, language))
        if n != "1"
        else f"{digits('1', language)} {word(f'duration.one.{unit}', language)}"
        for unit, n in parts
    )


def _repeated(period: str, language: Language) -> str:
    parts = _parts(period)
    if len(parts) == 1 and parts[0][1] == "1":
        return word(f"duration.one.{parts[0][0]}", language)
    return _length(period, language)


def _parts(duration: str) -> list[tuple[str, str]]:
    found = _ISO_DURATION.fullmatch(duration)
    return [(unit, n) for unit, n in found.groupdict().items() if n] if found else []


def who(analysis: Analysis, attribution: int | None, language: Language) -> Who:
    """Who says a claim of an analysis, by the index of its attribution."""
    if attribution is None:
        return Who(analysis.article.outlet or word("who.own_voice", language), (), None)
    said = analysis.attributions[attribution]
    through = tuple(" ".join(via.text.split()) for via in said.via)
    return Who(" ".join(_named(said, language).split()), through, said.act, said.source_type)


def _named(said: Attribution, language: Language) -> str:
    if said.speaker:
        return said.speaker
    if said.source is None:
        return word("who.unnamed", language)
    return word("who.unresolved", language) if points_back(said.source.text) else source_name(said.source.text)


def act_word(act: Act, source: SourceType | None, language: Language) -> str:
    """What a source does by saying it. In Bengali persons are spoken of with respect: বলেছেন, of others বলেছে."""
    return word(f"act.person.{act}" if source == "person" else f"act.{act}", language)
