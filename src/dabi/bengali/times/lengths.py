"""Rules for what is counted, repeated or has a name: spans, repetitions, eras, and years that stand bare."""

from __future__ import annotations

from ..lexicon import rows
from .anchors import NO_PUBLICATION
from .edtf import Point
from .eras import place_era, read_era
from .intervals import bare_part, moment_mention
from .lexer import NOW, TAILS
from .points import read_moment
from .repetitions import read_repetition
from .scan import GLUED_ENDINGS, Found, Scan, directed, tail_after
from .spans import place, read_span
from .tense import tense_after

_NEAR = 220  # characters: a day named no farther back is what "two days later" counts from


def repetition(scan: Scan, i: int) -> Found | None:
    """প্রতিদিন, প্রতি মাসে; with the parts of the day it runs through: প্রতিদিন ভোর থেকে রাত পর্যন্ত."""
    found = read_repetition(scan.words, i)
    if found is None:
        return None
    end = found.end
    scan.anchors.habit = found.period == "P1D"
    yearly = read_moment(scan.words, end) if found.period == "P1Y" else None
    if yearly is not None and yearly.month is not None and yearly.year is None:
        end = yearly.end  # প্রতি বছর ১ জুলাই
    following = _interval_end(scan, end)
    if following is not None:
        end = following
    else:
        part = read_moment(scan.words, end)
        if part is not None and not part.has_calendar and part.dial is None:
            end = part.end
    return [scan.mention(i, end, "times.repetition", found.entries, set=found.period)], end


def _interval_end(scan: Scan, i: int) -> int | None:
    """The end of "ভোর থেকে গভীর রাত পর্যন্ত" at token i, if no clock time is in it."""
    first = read_moment(scan.words, i) or bare_part(scan, i)
    if first is None or first.has_calendar or first.dial is not None:
        return None
    tail = TAILS.at(scan.words, first.end)
    if tail is None or tail[0].value != "from":
        return None
    second = read_moment(scan.words, tail[1]) or bare_part(scan, tail[1])
    if second is None or second.has_calendar or second.dial is not None:
        return None
    until = TAILS.at(scan.words, second.end)
    return until[1] if until is not None and until[0].value == "until" else second.end


def until_now(scan: Scan, i: int) -> Found | None:
    """এখন পর্যন্ত, এ পর্যন্ত."""
    found = NOW.at(scan.words, i)
    if found is None:
        return None
    published = scan.anchors.published
    edtf = f"../{published.isoformat()}" if published is not None else None
    problem = None if edtf else NO_PUBLICATION
    return [scan.mention(i, found[1], "times.until_now", (found[0].entry,), edtf=edtf, unresolved=problem)], found[1]


def era(scan: Scan, i: int) -> Found | None:
    """২০২৩-২৪ অর্থবছর, ষাটের দশক, একবিংশ শতাব্দী, গত শীতে."""
    found = read_era(scan.words, i)
    if found is None:
        return None
    end = found.end
    tail, after = tail_after(scan, end, found.case)
    if tail:
        end = after
    words = scan.text(i, end)
    placed = place_era(found, scan.anchors, words)
    rule = f"times.{found.kind}" + ("_year" if found.kind in ("financial", "academic") else "")
    if placed.low is None:
        return [scan.mention(i, end, rule, found.entries, unresolved=placed.problem)], end
    edtf = directed(placed.low, placed.high, "" if found.last is not None and tail == "until" else tail)
    return [scan.mention(i, end, rule, found.entries, placed.step, edtf=edtf)], end


def span(scan: Scan, i: int) -> Found | None:
    """১৭ বছর ধরে, তিন দিন আগে, গত ১৫ বছরে, আগামী চার মাসের মধ্যে, প্রায় দুই ঘণ্টা."""
    found = read_span(scan.words, i)
    if found is None:
        return None
    anchors = scan.anchors
    first, end = found.start, found.end
    words = scan.text(first, end)
    here = scan.passage.starts[first]
    if found.tail == "after" and found.unit in ("day", "hour") and not found.long:
        m = read_moment(scan.words, end)
        if m is not None and m.has_day and m.relative is None:
            return [moment_mention(scan, m, first, m.end, "")], m.end
    near = anchors.place >= 0 and 0 <= here - anchors.place <= _NEAR and anchors.named is not None
    placed = place(found, anchors, words, tense=tense_after(scan.words, end), near=near)
    rule = "times." + (
        "back_or_ahead" if found.modifier in ("last", "next") else
        {"before": "ago", "after": "later"}.get(found.tail, "duration") if placed.duration is None else "duration"
    )  # fmt: skip
    if placed.point is not None and placed.point.date is not None:
        anchors.name(placed.point, here)
    mention = scan.mention(
        first,
        end,
        rule,
        found.entries,
        placed.step,
        edtf=placed.edtf,
        duration=placed.duration,
        unresolved=placed.problem,
    )
    return [mention], end


def _until_year(words: list[str], i: int) -> int | None:
    """২০০৮ থেকে ২০২৩ পর্যন্ত: the second of two bare years."""
    if i + 3 >= len(words) or words[i + 1] != "থেকে" or words[i + 3] not in ("পর্যন্ত", "পর্যন্তও"):
        return None
    other = words[i + 2]
    return int(other) if len(other) == 4 and other.isdecimal() and words[i] < other <= "2099" else None


_COUNTS = frozenset(
    row[column]
    for table, column in (("classifiers.tsv", "form"), ("scales.tsv", "word"), ("time_units.tsv", "word"))
    for row in rows(table)
)


_YEAR_BEFORE = frozenset({",", "-", "–", "(", "বিগত", "সাল", "সন"})


_YEAR_AFTER = frozenset(
    {",", "।", ")", "ও", "এবং", "\n", "থেকে", "পর্যন্ত", "অনুযায়ী", "অনুসারে", "বা", "–", "’", "”", "?", "!"}
)


def bare_year(scan: Scan, i: int) -> Found | None:
    """২০১৮ between commas, in a title, before -এর: where nothing counted follows."""
    words = scan.words
    word = words[i]
    if len(word) != 4 or not word.isdecimal() or not "1800" <= word <= "2099":
        return None
    before = words[i - 1] if i else "\n"
    after = words[i + 1] if i + 1 < len(words) else "\n"
    until = _until_year(words, i)
    if until is not None:
        edtf = directed(Point(int(word)), Point(until), "")
        return [scan.mention(i, i + 4, "times.bare_years", (), edtf=edtf)], i + 4
    if before in ("-", "/", ".") and i > 1 and words[i - 2][0].isdecimal():
        return None
    if (
        after in _COUNTS
        or after[0].isdecimal()
        or (after == "." and i + 2 < len(words) and words[i + 2][0].isdecimal())
    ):
        return None
    end = i + 1
    if after in ("-", "–") and i + 2 < len(words) and words[i + 2] in GLUED_ENDINGS:
        end = i + 3
    elif after in GLUED_ENDINGS:
        end = i + 2
    elif after not in _YEAR_AFTER and before not in _YEAR_BEFORE:
        return None
    point = Point(int(word))
    tail, after_tail = tail_after(scan, end, "genitive" if end > i + 1 else "")
    if tail:
        end = after_tail
    return [scan.mention(i, end, "times.bare_year", (), edtf=directed(point, None, tail))], end
