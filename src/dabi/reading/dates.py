"""The lines of a page that say when the article appeared: labels, several dates on one line, today's date.

What a date means is read by `dabi.bengali.times.parse_date`; here is decided which line is a dateline and which of
its dates is which.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from ..bengali.calendar import Country
from ..bengali.lexicon import rows
from ..bengali.script import fold_text
from ..bengali.times.datelines import parse_date
from .phrases import LETTER, WORD, Match, Phrases

Role = Literal["published", "updated", "place", "filler", "month", "weekday", "clock"]

LONGEST_DATELINE = 220  # code points; publication, update, Bangla and Hijri dates fit on it
_MOST_OTHER_WORDS = 8  # beside a label: a byline, “প্রিন্ট সংস্করণ”
_TOKEN = re.compile(rf"[{LETTER}]+|\d+|[^\s]")


class Dateline(NamedTuple):
    """What a dateline says. `rest` is the stretch (offsets into the line) before the dates, if words stand in it."""

    published: str | None
    updated: str | None
    labelled: bool
    is_clock: bool  # a town or the dates of several calendars: the page's clock, which shows today
    rest: tuple[int, int] | None


def _phrases() -> Phrases[Role]:
    entries: list[tuple[str, Role]] = []
    for row in rows("datelines.tsv"):
        role = row["role"]
        if role not in ("published", "updated", "place", "filler"):
            raise ValueError(f"datelines.tsv: unknown role {role}")
        entries.append((row["word"], role))  # type: ignore[arg-type]
    entries += [(row["word"], "month") for row in rows("months.tsv")]
    entries += [(row["word"], "weekday") for row in rows("weekdays.tsv")]
    entries += [(row["word"], "clock") for row in rows("day_parts.tsv")]
    return Phrases(entries)


_WORDS = _phrases()
_DIGIT = re.compile("[0-9]")
_NUMERIC_DATE = re.compile(r"\b\d{1,4}\s?[-/.–]\s?\d{1,2}\s?[-/.–]\s?\d{2,4}\b")
_CLOCK = re.compile(r"\d\s?[:.]\s?\d\d")
_MONTHS = frozenset(row["word"].split(" ")[0] for row in rows("months.tsv"))
_OTHER_CALENDARS = frozenset(row["word"] for row in rows("months.tsv") if row["calendar"] != "gregorian")


def read_dateline(text: str, country: Country = "BD") -> Dateline | None:
    """Read one folded line as a dateline, its Bangla dates by the calendar of the country; None if it is none."""
    if len(text) > LONGEST_DATELINE or _DIGIT.search(text) is None:
        return None
    heard = WORD.findall(text.lower())
    if _MONTHS.isdisjoint(heard) and _NUMERIC_DATE.search(text) is None:
        return _clock_alone(text, heard)
    tokens = [(m.group().lower(), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    words = [word for word, _, _ in tokens]
    marks: list[Match[Role]] = []
    others: list[int] = []
    i = 0
    while i < len(words):
        found = _WORDS.at(words, i)
        if found is not None:
            marks.append(found)
            i = found.last
            continue
        if words[i][0].isalpha() or words[i][0] in "\u0981\u0982":
            others.append(i)
        i += 1
    labels = [mark for mark in marks if mark.value in ("published", "updated") and _dates_follow(words, marks, mark)]
    dated = any(mark.value == "month" for mark in marks) or bool(_NUMERIC_DATE.search(text))
    if not dated or (not labels and not any(mark.value == "month" for mark in marks) and len(text) > 60):
        return None
    first_date = _first_date(words, marks, labels)
    before = [i for i in others if i < first_date]
    if labels:
        if len(others) > _MOST_OTHER_WORDS:
            return None
    elif len(before) != len(others) or len(before) > _MOST_OTHER_WORDS:
        return None
    published, updated = _read(text, tokens, labels, country)
    if published is None and updated is None:
        return None
    is_clock = not labels and (
        any(mark.value == "place" for mark in marks) or not _OTHER_CALENDARS.isdisjoint(words) or "হিজরি" in words
    )
    rest = (tokens[0][1], tokens[first_date - 1][2]) if before else None
    set_apart = bool(labels) or _opens_with_filler(words, marks)
    return Dateline(published, updated, set_apart, is_clock, rest)


def _opens_with_filler(words: list[str], marks: list[Match[Role]]) -> bool:
    """“বাংলাদেশ সময়: ১৬১১ ঘণ্টা, নভেম্বর ২, ২০২৫”: no date of the article's own text."""
    if not marks or marks[0].first or marks[0].value != "filler":
        return False
    return words[marks[0].last : marks[0].last + 1] == [":"]


def _clock_alone(text: str, words: list[str]) -> Dateline | None:
    """“সর্বশেষ আপডেট: ১২:০২ পূর্বাহ্ন”: a dateline, but no date."""
    if len(words) > _MOST_OTHER_WORDS or _CLOCK.search(text) is None:
        return None
    label = _WORDS.at(words, 0) if words else None
    if label is None or label.value not in ("published", "updated"):
        return None
    i = label.last
    while i < len(words):
        found = _WORDS.at(words, i)
        if found is None:
            return None
        i = found.last
    return Dateline(None, None, True, False, None)


def _dates_follow(words: list[str], marks: list[Match[Role]], label: Match[Role]) -> bool:
    """Whether a date comes straight after a label: “প্রকাশ: ১২ জুলাই”, not “প্রকাশ পেয়েছে ১২ জুলাই”."""
    roles = {mark.first: mark for mark in marks}
    i = label.last
    while i < len(words):
        mark = roles.get(i)
        if mark is not None and mark.value in ("filler", "place", "weekday", "clock"):
            i = mark.last
        elif words[i][0].isdigit() or (mark is not None and mark.value == "month"):
            return True
        elif mark is None and not words[i][0].isalpha():
            i += 1
        else:
            return False
    return False


def _first_date(words: list[str], marks: list[Match[Role]], labels: list[Match[Role]]) -> int:
    """The token at which labels and dates begin."""
    candidates = [mark.first for mark in (labels or marks) if mark.value != "filler"]
    numbers = [i for i, word in enumerate(words) if word[0].isdigit()] if not labels else []
    return min([*candidates, *numbers], default=0)


def _read(
    text: str, tokens: list[tuple[str, int, int]], labels: list[Match[Role]], country: Country
) -> tuple[str | None, str | None]:
    """The dates of publication and of the last change; a change alone counts as publication."""
    if not labels:
        return parse_date(text, country), None
    published = updated = None
    if labels[0].first > 0:
        head = parse_date(text[: tokens[labels[0].first][1]], country)
        published = head if labels[0].value == "updated" else None
    for n, label in enumerate(labels):
        end = tokens[labels[n + 1].first][1] if n + 1 < len(labels) else len(text)
        date = parse_date(text[tokens[label.last - 1][2] : end].lstrip(" :-–—।"), country)
        if label.value == "published":
            published = published or date
        else:
            updated = updated or date
    return published, updated


_ISO = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2}(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?)?)?", re.I
)
_CLOCKS: dict[Country, timedelta] = {"BD": timedelta(hours=6), "IN": timedelta(hours=5, minutes=30)}


def as_edtf(written: str, country: Country = "BD") -> str | None:
    """A date as machines or people write it, in EDTF: 2024, 2024-07, 2024-07-18, 2024-07-18T10:05; None if none.

    A time with a zone becomes the local time of the country, since the article's days are counted there.
    """
    text = fold_text(written).strip()
    found = _ISO.fullmatch(text)
    if found is None:
        return parse_date(text, country)
    year, month, day, hour, minute, zone = found.groups()
    try:
        moment = datetime(int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0))
        if zone:
            moment += _CLOCKS[country] - _offset(zone)
    except (ValueError, OverflowError):
        return None
    if hour:
        return moment.strftime("%Y-%m-%dT%H:%M").rjust(16, "0")
    return text


def without_zone(edtf: str | None, country: Country) -> str | None:
    """A time that `as_edtf` moved to the country's clock as it was written, had it been written in UTC."""
    if edtf is None or "T" not in edtf:
        return edtf
    try:
        return (datetime.fromisoformat(edtf) - _CLOCKS[country]).strftime("%Y-%m-%dT%H:%M")
    except (ValueError, OverflowError):
        return edtf


def _offset(zone: str) -> timedelta:
    if zone in "Zz":
        return timedelta(0)
    size = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return -size if zone[0] == "-" else size
