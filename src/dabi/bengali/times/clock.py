"""Clock times as written: ৮টায়, সাড়ে ৮টার, পৌনে পাঁচটা, ১টা ৪০ মিনিটে, ১০:৩০ মিনিটে.

What is read here is the dial; the part of the day before it decides between morning and evening.
"""

from __future__ import annotations

from typing import NamedTuple

from ..words import inflections
from .edtf import Clock
from .lexer import APPROXIMATIONS, TAILS, UNITS
from .numbers import CARDINALS, number_at


class Dial(NamedTuple):
    """Hour (may exceed 12), minute and second as written, the case of the last word, and the token after it."""

    hour: int
    minute: int
    second: int | None
    case: str
    minutes_written: bool
    end: int


HOUR_ENDINGS = {  # West Bengal writes ৩টে and ২টো
    form: ending.case for stem in ("টা", "টে", "টো") for form, ending in inflections(stem, classifiers=False)
}
HOUR_WORDS = {
    word + form: (value, case)
    for word, value in CARDINALS.items()
    if 1 <= value <= 12 and value * 2 == int(value * 2)
    for form, case in HOUR_ENDINGS.items()
}  # তিনটার, আড়াইটায়
_SHIFTS = {"সাড়ে": 30, "সোয়া": 15, "পৌনে": -15}
CLOCK_WORDS = frozenset({*HOUR_WORDS, *_SHIFTS})


def dial_at(words: list[str], i: int, *, strong: bool) -> Dial | None:
    """The clock time at token i. `strong`: a part of the day stands before it, so that a bare ৮টা is one too."""
    n = len(words)
    approximate = APPROXIMATIONS.at(words, i)
    if approximate is not None and strong:
        i = approximate[1]
    if i >= n:
        return None
    word = words[i]
    shift = _SHIFTS.get(word)
    if shift is not None:
        i += 1
        if i >= n:
            return None
        word = words[i]
    named = HOUR_WORDS.get(word)
    if named is not None:
        value, case = named
        end = i + 1
    elif word[0].isdecimal():
        colon = _with_minutes(words, i, strong)
        if colon is not None:
            return colon if shift is None else None
        ending = HOUR_ENDINGS.get(words[i + 1]) if i + 1 < n else None
        if ending is None or not word.isdecimal() or not 0 <= int(word) <= 24:
            return None
        value, case, end = float(word), ending, i + 2
    elif word in CARDINALS and i + 1 < n and words[i + 1] in HOUR_ENDINGS and CARDINALS[word] <= 12:
        value, case, end = CARDINALS[word], HOUR_ENDINGS[words[i + 1]], i + 2
    else:
        return None
    total = round(value * 60) + (shift or 0)
    if total < 0 or (shift is not None and value != int(value)):
        return None
    minute_word = False
    second: int | None = None
    minutes = number_at(words, end) if shift is None else None
    if minutes is not None and minutes.value == int(minutes.value) and minutes.value < 60:
        unit = UNITS.at(words, minutes.end)
        if unit is not None and unit[0].value == "minute":
            total += int(minutes.value)
            case, end, minute_word = unit[0].case, unit[1], True
            seconds = number_at(words, end)
            unit = UNITS.at(words, seconds.end) if seconds is not None else None
            if seconds is not None and unit is not None and unit[0].value == "second" and seconds.value < 60:
                second, case, end = int(seconds.value), unit[0].case, unit[1]
    if not strong and not (minute_word or case == "locative" or shift is not None):
        tail = TAILS.at(words, end)
        if tail is None or (case == "" and tail[0].value not in ("from", "until")):
            return None
        if case == "genitive" and tail[0].value not in ("around", "within", "after", "before"):
            return None
    return Dial(total // 60, total % 60, second, case, minute_word, end)


def _with_minutes(words: list[str], i: int, strong: bool) -> Dial | None:
    """১০:৩০, ১০: ৩০, and after a part of the day or before টা also ১০.৩০."""
    n = len(words)
    word = words[i]
    if i + 2 < n and words[i + 1] == ":" and word.isdecimal() and words[i + 2].isdecimal() and len(words[i + 2]) == 2:
        hour, minute, end = word, words[i + 2], i + 3
    elif word.count(".") == 1 and len(word) <= 5 and len(word.partition(".")[2]) == 2:
        hour, _, minute = word.partition(".")
        end = i + 1
    else:
        return None
    case = ""
    written = False
    if end < n and words[end] in HOUR_ENDINGS:
        case, end, written = HOUR_ENDINGS[words[end]], end + 1, True
    else:
        unit = UNITS.at(words, end)
        if unit is not None and unit[0].value == "minute" and strong:
            case, end, written = unit[0].case, unit[1], True
    if not (strong or written) or int(hour) > 24 or int(minute) > 59:
        return None
    return Dial(int(hour), int(minute), None, case, True, end)


def on_the_clock(dial: Dial, start: int | None) -> tuple[Clock, int] | None:
    """The 24-hour time and how many days later it falls, for a dial read in the twelve hours from `start`.

    Without a part of the day only the hours 0 and 13-24 are unambiguous: None for the others.
    """
    hour = dial.hour
    if start is None:
        if 1 <= hour <= 12:
            return None
    elif hour <= 12:
        hour = start + (hour - start) % 12
    return (hour % 24, dial.minute, dial.second), hour // 24
