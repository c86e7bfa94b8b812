"""Long times with names: financial years, decades, centuries, seasons."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from ..calendar import add_months, from_bangla
from ..lexicon import rows
from .anchors import NO_NAMED_DAY, NO_PUBLICATION, Anchors
from .edtf import Point, of_date
from .lexer import MODIFIERS, PHASES, UNITS, Table
from .numbers import number_at


class Era(NamedTuple):
    """A long time as written, before it is placed."""

    kind: str  # financial, academic, decade, century or season
    first: int | None  # year; decade within its century; number of the century; first Bangla month
    last: int | None
    modifier: str
    century: str  # last or this, before a decade (গত শতকের ষাটের দশক)
    case: str
    start: int
    end: int
    entries: tuple[str, ...]
    months: int = 0  # only the first (or, if negative, the last) months of it


def _fiscal() -> Table[str]:
    table: Table[str] = Table("year_names.tsv")
    for row in rows("year_names.tsv"):
        table.add(row["word"], row["kind"])
    return table


def _seasons() -> Table[tuple[int, int]]:
    table: Table[tuple[int, int]] = Table("seasons.tsv")
    for row in rows("seasons.tsv"):
        table.add(row["word"], (int(row["first"]), int(row["last"])))
    return table


FISCAL = _fiscal()
SEASONS = _seasons()
DECADES = {row["word"]: int(row["value"]) for row in rows("eras.tsv") if row["kind"] == "decade"}
CENTURIES = {row["word"]: int(row["value"]) for row in rows("eras.tsv") if row["kind"] == "century"}
_DASHES = frozenset({"-", "–", "—", "/", "থেকে"})


def read_era(words: list[str], start: int) -> Era | None:
    """A financial year, decade, century or season from token `start`."""
    for rule in (_fiscal_year, _decade, _century, _season):
        found = rule(words, start)
        if found is not None:
            return found
    return None


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal() and "1800" <= word <= "2199"


def _fiscal_year(words: list[str], start: int) -> Era | None:
    """২০২৩-২৪ অর্থবছর, ২০২৪ অর্থবছর, চলতি অর্থবছর."""
    n = len(words)
    modifier, i = "", start
    first: int | None = None
    last: int | None = None
    to: int | None = None  # the end of a run of such years: ২০১২-১৩ থেকে ২০২১-২২ করবর্ষ
    if words[i] in MODIFIERS.single:
        modifier, i = MODIFIERS.single[words[i]].value, i + 1
    if i < n and _is_year(words[i]):
        first, i = int(words[i]), i + 1
        if i + 1 < n and words[i] in _DASHES and words[i + 1].isdecimal() and len(words[i + 1]) in (2, 4):
            last = int(words[i + 1]) if len(words[i + 1]) == 4 else first // 100 * 100 + int(words[i + 1])
            i += 2
            if last != first + 1 and not (first % 100 == 99 and last % 100 == 0):
                return None
            if i + 3 < n and words[i] in ("থেকে", "হতে") and _is_year(words[i + 1]) and words[i + 2] in _DASHES:
                to = int(words[i + 1]) // 100 * 100 + int(words[i + 3]) if words[i + 3].isdecimal() else None
                i += 4
        if i < n and words[i] in ("সালের", "সনের"):
            i += 1
    elif not modifier:
        return None
    found = FISCAL.at(words, i)
    if found is None:
        return None
    term, end = found
    if term.value != "financial" and last is None:
        return None
    if to is not None:
        last = to
    months = first_months(words, end) if term.case == "genitive" and to is None else None
    if months is not None and term.value == "financial":
        return Era(term.value, first, last, modifier, "", "", start, months[1], (term.entry,), months[0])
    return Era(term.value, first, last, modifier, "", term.case, start, end, (term.entry,))


def first_months(words: list[str], i: int) -> tuple[int, int] | None:
    """প্রথম ছয় মাসে, শেষ তিন মাস: how many months from the beginning or (negative) the end, and the token after."""
    sign = {"প্রথম": 1, "শেষ": -1}.get(words[i]) if i < len(words) else None
    number = number_at(words, i + 1) if sign is not None else None
    if sign is None or number is None or number.value != int(number.value) or not 1 <= number.value <= 11:
        return None
    unit = UNITS.at(words, number.end)
    if unit is None or unit[0].value != "month":
        return None
    return sign * int(number.value), unit[1]


def _decade(words: list[str], start: int) -> Era | None:
    """ষাটের দশক, গত শতকের ষাট ও সত্তরের দশক, ১৯৭০-এর দশক, গত দশকে."""
    n = len(words)
    i = start
    century = modifier = ""
    entries: list[str] = []
    if words[i] in MODIFIERS.single:
        unit = UNITS.at(words, i + 1)
        if unit is None:
            return None
        entries.append(unit[0].entry)
        if unit[0].value == "decade":
            modifier = MODIFIERS.single[words[i]].value
            return Era("decade", None, None, modifier, "", unit[0].case, start, unit[1], tuple(entries))
        if unit[0].value != "century" or unit[0].case != "genitive":
            return None
        century, i = MODIFIERS.single[words[i]].value, unit[1]
    if i >= n:
        return None
    first: int | None = DECADES.get(words[i])
    last: int | None = None
    if first is not None:
        i += 1
        if i + 1 < n and words[i] in ("ও", "-", "–", "এবং", "থেকে") and words[i + 1] in DECADES:
            last, i = DECADES[words[i + 1]], i + 2
    elif words[i].isdecimal() and words[i].endswith("0") and len(words[i]) in (2, 4):
        first, i = int(words[i]), i + 1
        if i + 1 < n and words[i] in ("-", "–") and words[i + 1] in ("এর", "র", "ের"):
            i += 2
        elif i < n and words[i] in ("এর", "র", "ের", "সালের"):
            i += 1
    else:
        return None
    unit = UNITS.at(words, i)
    if unit is None or unit[0].value != "decade":
        return None
    entries += [f"eras.tsv: {words[start]}", unit[0].entry]
    end = unit[1]
    return Era(
        "decade", first, last, modifier, century, unit[0].case, start, _phase(words, end, unit[0].case), tuple(entries)
    )


def _phase(words: list[str], end: int, case: str) -> int:
    phase = PHASES.at(words, end) if case == "genitive" else None
    return phase[1] if phase is not None else end


def _century(words: list[str], start: int) -> Era | None:
    """একবিংশ শতাব্দী, উনিশ শতকে, গত শতকের, ১৮ শতক."""
    i = start
    modifier = ""
    number: int | None = None
    if words[i] in MODIFIERS.single:
        modifier, i = MODIFIERS.single[words[i]].value, i + 1
    else:
        number = CENTURIES.get(words[i])
        if number is None and words[i].isdecimal() and 10 <= int(words[i]) <= 22 and len(words[i]) == 2:
            number = int(words[i])
        if number is None:
            return None
        i += 1
        if i < len(words) and words[i] in ("শ", "তম"):
            i += 1
    unit = UNITS.at(words, i)
    if unit is None or unit[0].value != "century" or (modifier and modifier not in ("last", "this", "next")):
        return None
    if number is not None and words[start].isdecimal() and unit[0].word == "শতক" and unit[0].case == "":
        return None  # ১৮ শতক জমি
    end = _phase(words, unit[1], unit[0].case)
    return Era("century", number, None, modifier, "", unit[0].case, start, end, (unit[0].entry,))


def _season(words: list[str], start: int) -> Era | None:
    """গত শীতে, আগামী বর্ষা মৌসুমে: only with a word that says which year's."""
    modifier = MODIFIERS.single.get(words[start])
    if modifier is None:
        return None
    found = SEASONS.at(words, start + 1)
    if found is None:
        return None
    term, end = found
    return Era("season", term.value[0], term.value[1], modifier.value, "", term.case, start, end, (term.entry,))


class Long(NamedTuple):
    """Where a long time lies, or why it cannot be said."""

    low: Point | None = None
    high: Point | None = None
    problem: str | None = None
    step: str = ""


def place_era(era: Era, anchors: Anchors, text: str) -> Long:
    """Financial years run July-June in Bangladesh and April-March in India; seasons by the Bangla calendar."""
    published = anchors.published
    named = era.modifier in ("named", "following", "preceding")
    if era.kind == "financial":
        month = 4 if anchors.country == "IN" else 7
        if era.first is not None:
            first = era.first if era.last is not None else era.first - 1
            step = f"financial year from {first}-{month:02d}"
        elif named:
            if anchors.named_year is None:
                return Long(problem=NO_NAMED_DAY)
            return Long(problem=f"which financial year is not said: {text}")
        elif published is None:
            return Long(problem=NO_PUBLICATION)
        else:
            first = published.year - (published.month < month) + {"last": -1, "next": 1}.get(era.modifier, 0)
            step = f"published {published}: financial year from {first}-{month:02d}"
        if era.months:
            skipped = 0 if era.months > 0 else 12 + era.months
            begins = add_months(first, month, skipped)
            ends = add_months(*begins, abs(era.months) - 1)
            return Long(Point(*begins), Point(*ends), step=step)
        end = era.last if era.last is not None else first + 1
        return Long(Point(first, month), Point(end, month - 1), step=step)
    if era.kind == "academic" and era.first is not None:
        return Long(Point(era.first), Point(era.last) if era.last is not None else None)
    if era.kind == "decade":
        if era.first is None:
            if published is None or named:
                return Long(problem=NO_NAMED_DAY if named else NO_PUBLICATION)
            start = published.year // 10 * 10 + {"last": -10, "next": 10}.get(era.modifier, 0)
            return Long(Point(start, blurred=1))
        base = 0 if era.first >= 1000 else 1900
        if era.century == "this":
            base = 2000
        low = Point(base + era.first, blurred=1)
        return Long(low, Point(base + era.last, blurred=1) if era.last else None)
    if era.kind == "century":
        if era.first is not None:
            return Long(Point((era.first - 1) * 100, blurred=2))
        if published is None:
            return Long(problem=NO_PUBLICATION)
        return Long(Point(published.year // 100 * 100 + {"last": -100, "next": 100}.get(era.modifier, 0), blurred=2))
    return _place_season(era, anchors, text)


def _place_season(era: Era, anchors: Anchors, text: str) -> Long:
    published = anchors.published
    if published is None or era.modifier not in ("last", "next", "this"):
        return Long(problem=NO_PUBLICATION if published is None else NO_NAMED_DAY)
    assert era.first is not None
    assert era.last is not None
    spans = []
    for year in range(published.year - 595, published.year - 591):
        first = from_bangla(year, era.first, 1, anchors.country)
        following = from_bangla(year + era.last // 12, era.last % 12 + 1, 1, anchors.country)
        if first is not None and following is not None:
            spans.append((first, following - timedelta(1)))
    if era.modifier == "last":
        chosen = [span for span in spans if span[1] < published][-1]
    elif era.modifier == "next":
        chosen = next(span for span in spans if span[0] > published)
    else:
        chosen = min(spans, key=lambda span: max((span[0] - published).days, (published - span[1]).days, 0))
    return Long(of_date(chosen[0]), of_date(chosen[1]), step=f"season of the Bangla calendar nearest to {published}")
