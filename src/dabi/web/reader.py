"""The reader's choice: the language of the interface, its digits, and how they are grouped; apart from the articles'.

Kept in one cookie, `bn.bengali.indian`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import msgspec
from starlette.requests import Request

from ..export.claim_words import change_of_fields, claim_name, claim_source, label_in_words
from ..export.translated import translated
from ..export.wording import Amount, Grouping, Language, act_word, amount, codes, moment, number, word, word_or
from ..ledger import ClaimRecord
from .texts import translations

Digits = Literal["bengali", "latin"]
COOKIE = "dabi-reader"

_TO_BENGALI = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
_TO_LATIN = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")


class Reader(msgspec.Struct, frozen=True):
    """One reader, and values in this reader's words."""

    language: Language = "bn"
    digits: Digits = "bengali"
    grouping: Grouping = "indian"

    @property
    def cookie(self) -> str:
        return f"{self.language}.{self.digits}.{self.grouping}"

    def gettext(self, message: str) -> str:
        return translations(self.language).gettext(message) if message else ""

    def ngettext(self, one: str, many: str, n: int) -> str:
        return translations(self.language).ngettext(one, many, n)

    def own(self, text: str) -> str:
        """A text of the interface with its digits as the reader likes them."""
        return text.translate(_TO_BENGALI if self.digits == "bengali" else _TO_LATIN)

    def number(self, value: float) -> str:
        return self.own(number(value, self.language, self.grouping))

    def amount(self, claim: Amount) -> str:
        return self.own(amount(claim, self.language, self.grouping))

    def moment(self, edtf: str | None) -> str:
        return self.own(moment(edtf, self.language)) if edtf else ""

    def day(self, edtf: str | None) -> str:
        """A moment without its time of day."""
        return self.moment(edtf.partition("T")[0]) if edtf else ""

    def days(self, first: str, last: str) -> str:
        """From one day to another, without saying the month or year twice: ৩–৬ সেপ্টেম্বর ২০২৫."""
        begin, end = self.day(first), self.day(last)
        if first == last:
            return begin
        if len(first) == len(last) == 10 and first[:4] == last[:4]:
            if first[:7] == last[:7]:
                return f"{begin.split()[0]}–{end}"
            begin = begin.rpartition(" ")[0]
        return f"{begin} – {end}"

    def word(self, key: str) -> str:
        return word(key, self.language)

    def event(self, name: str | None) -> str:
        return self.named("event", name)

    def named(self, group: str, name: str | None) -> str:
        """What a code of the analysis (event, status, act, unit) is called."""
        return word_or(f"{group}.{name}", self.language, name.replace("_", " ")) if name else ""

    def choices(self, group: Literal["event", "unit"], now: str | None) -> list[tuple[str, str]]:
        """Codes and what they are called, by name; with the one that is chosen now, known or not."""
        chosen = {*codes(group), *([now] if now else [])}
        named = self.event if group == "event" else self.unit
        return sorted(((code, named(code)) for code in chosen), key=lambda choice: choice[1].casefold())

    def unit(self, unit: str) -> str:
        """What a unit is called by itself: টাকা, km."""
        return " ".join(word_or(f"unit.{unit}", self.language, unit).replace("{n}", "").split())

    def act(self, claim: ClaimRecord) -> str:
        """What the source does by saying it: says, claims, denies; empty for the outlet's own voice."""
        return act_word(claim.act, claim.source_type, self.language) if claim.act else ""

    def told(self, sentence: str) -> str:
        """What dabi says about a report, a finding or a warning, as a sentence."""
        words = translated(sentence, self.language)
        return self.own(words[:1].upper() + words[1:])

    def changed(self, before: ClaimRecord, after: ClaimRecord, fields: Sequence[str]) -> str:
        """How a claim differs from one version of a page to the next, besides its amount."""
        return self.own(change_of_fields(before, after, fields, self.language))

    def label(self, label: str | None) -> str:
        """The name of a series, its codes in words: নিহত · death → নিহত · মৃত্যু."""
        return label_in_words(label or "", self.language)

    def who(self, claim: ClaimRecord) -> str | None:
        """Who says it; None for the outlet's own voice."""
        return claim_source(claim, self.language)

    def listed(self, claim: ClaimRecord) -> str | None:
        """The name of its source, as the list of sources has it; None where it has none."""
        return claim_name(claim)


def reader_of(request: Request) -> Reader:
    """The reader as the cookie says, else by the languages the browser asks for."""
    chosen = parse(request.cookies.get(COOKIE, ""))
    if chosen is not None:
        return chosen
    for part in request.headers.get("accept-language", "").split(","):
        tag = part.split(";")[0].strip().lower()
        if tag.startswith("bn"):
            break
        if tag.startswith("en"):
            return Reader("en", "latin", "international")
    return Reader()


def parse(text: str) -> Reader | None:
    """A cookie's value, None where it is none."""
    language, _, rest = text.partition(".")
    digits, _, grouping = rest.partition(".")
    kinds = ((language, Language), (digits, Digits), (grouping, Grouping))
    if all(value in get_args(kind) for value, kind in kinds):
        return msgspec.convert([language, digits, grouping], _Chosen).reader()
    return None


class _Chosen(msgspec.Struct, array_like=True):
    language: Language
    digits: Digits
    grouping: Grouping

    def reader(self) -> Reader:
        return Reader(self.language, self.digits, self.grouping)
