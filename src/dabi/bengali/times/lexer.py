"""Time words: the lexicon tables as dictionaries from every inflected form to its entry.

A `Table` answers one question, "which entry of mine stands at token i?", in one or two dictionary look-ups.
"""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

from ..lexicon import rows
from ..words import inflections

Value = TypeVar("Value")

_TAKEN_ENDINGS = ("রে", "রেই", "রেও", "দের", "দেরই", "দেরও", "দেরকে", "দেরকেই", "দেরকেও")  # of persons, never of times

_THROUGHOUT = "জুড়ে"  # glued: বছরজুড়ে, ফেব্রুয়ারিজুড়ে


class Term(NamedTuple, Generic[Value]):
    """A lexicon entry as it stands in the text: its value, the case it is in, and its name for the trace."""

    value: Value
    case: str  # "", genitive, objective or locative
    entry: str  # "months.tsv: মার্চ"
    word: str


class Table(Generic[Value]):
    """Entries by form. Phrases of several words are found by their first word, longest first."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.single: dict[str, Term[Value]] = {}
        self.phrases: dict[str, list[tuple[tuple[str, ...], Term[Value]]]] = {}

    def add(self, word: str, value: Value, *, inflect: bool = True, never: frozenset[str] = frozenset()) -> None:
        """Add a word, or a phrase whose last word takes the endings."""
        *head, last = word.split(" ")
        entry = f"{self.name}: {word}"
        for form, ending in inflections(last, classifiers=False) if inflect else ((last, None),):
            if form in never or (ending is not None and ending.text in _TAKEN_ENDINGS):
                continue
            term = Term(value, ending.case if ending is not None else "", entry, word)
            if head:
                phrase = (*head[1:], form)
                self.phrases.setdefault(head[0], []).append((phrase, term))
            else:
                self.single.setdefault(form, term)
                if inflect and ending is not None and not ending.text:
                    self.single.setdefault(form + _THROUGHOUT, term._replace(case="locative"))
        if head:
            self.phrases[head[0]].sort(key=lambda item: -len(item[0]))

    def at(self, words: list[str], i: int) -> tuple[Term[Value], int] | None:
        """The entry at token i and the token after it."""
        if i >= len(words):
            return None
        word = words[i]
        phrases = self.phrases.get(word)
        if phrases is not None:
            for phrase, term in phrases:
                end = i + 1 + len(phrase)
                if tuple(words[i + 1 : end]) == phrase:
                    return term, end
        found = self.single.get(word)
        return (found, i + 1) if found is not None else None

    def first_words(self) -> set[str]:
        """Every token that can begin an entry."""
        return {*self.single, *self.phrases}

    def second_words(self) -> set[str]:
        """Every token that can stand second in an entry of several words."""
        return {phrase[0] for phrases in self.phrases.values() for phrase, _ in phrases}


class Month(NamedTuple):
    """A month of one of the calendars."""

    calendar: str  # gregorian, bangla or hijri
    number: int


class DayPart(NamedTuple):
    """A part of the day: the first of the twelve hours it covers, and whether it is a time by itself."""

    start: int
    alone: bool
    following: bool  # the night after the day named


class Weekday(NamedTuple):
    """A day of the week, 1 = Monday; short forms count only beside a full name."""

    number: int
    short: bool


def _english(word: str) -> list[str]:
    return [word, word.capitalize(), word.upper()] if word.isascii() else [word]


def _months() -> Table[Month]:
    table: Table[Month] = Table("months.tsv")
    for row in rows("months.tsv"):
        for word in _english(row["word"]):
            month = Month(row["calendar"], int(row["number"]))
            table.add(word, month, inflect=not word.isascii(), never=frozenset(row["never"].split()))
    return table


def _weekdays() -> Table[Weekday]:
    table: Table[Weekday] = Table("weekdays.tsv")
    for row in rows("weekdays.tsv"):
        for word in _english(row["word"]):
            short = row["short"] == "yes"
            table.add(word, Weekday(int(row["number"]), short), inflect=not (word.isascii() or short))
    return table


def _day_parts() -> Table[DayPart]:
    table: Table[DayPart] = Table("day_parts.tsv")
    for row in rows("day_parts.tsv"):
        for word in _english(row["word"]):
            part = DayPart(int(row["from"]), row["use"] == "day", word.split(" ")[0] in ("দিবাগত", "দিনগত"))
            table.add(word, part, inflect=not word.isascii())
    return table


MONTHS = _months()
WEEKDAYS = _weekdays()
DAY_PARTS = _day_parts()


class RelativeDay(NamedTuple):
    """A day named by its distance: days from today or from the day last named; `either` when past or future."""

    days: int
    named: bool
    either: bool
    night: bool


def _relative_days() -> Table[RelativeDay]:
    table: Table[RelativeDay] = Table("relative_days.tsv")
    for row in rows("relative_days.tsv"):
        text = row["days"]
        either = text.startswith("+-")
        days = int(text.removeprefix("+-"))
        table.add(row["word"], RelativeDay(days, row["from"] == "named", either, row["part"] == "night"))
    return table


def _units() -> Table[str]:
    table: Table[str] = Table("time_units.tsv")
    for row in rows("time_units.tsv"):
        table.add(row["word"], row["unit"])
    return table


def _small_words(role: str) -> Table[str]:
    table: Table[str] = Table("time_words.tsv")
    for row in rows("time_words.tsv"):
        if row["role"] == role:
            table.add(row["word"], row["value"], inflect=False)
    return table


NAMED_YEARS = {row["word"]: (int(row["year"]), row["alone"] == "yes") for row in rows("named_years.tsv")}
RELATIVE_DAYS = _relative_days()
UNITS = _units()
MODIFIERS = _small_words("modifier")
TAILS = _small_words("tail")
PHASES = _small_words("phase")
ERAS = _small_words("era")
FILLERS = _small_words("filler")
ZONES = _small_words("zone")
PRAYERS = _small_words("prayer")
APPROXIMATIONS = _small_words("approx")
EVERY = _small_words("every")
EVENTS = _small_words("event")
NOW = _small_words("now")
PERSONS = _small_words("person")
