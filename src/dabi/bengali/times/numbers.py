"""Small numbers before units of time and clock words: ৮, সাড়ে তিন, দেড়, একুশ, ১২ শ, শত."""

from __future__ import annotations

from typing import NamedTuple

from ..lexicon import rows


class Number(NamedTuple):
    """A value and the token after it."""

    value: float
    end: int


CARDINALS: dict[str, float] = {}
_SHIFTS: dict[str, float] = {}
for _row in rows("number_words.tsv"):
    (_SHIFTS if _row["role"] == "shift" else CARDINALS).setdefault(_row["word"], float(_row["value"]))
SCALES = {row["word"]: float(row["value"]) for row in rows("scales.tsv")}
_ALONE = {"শত": 100.0, "অর্ধশত": 50.0, "হাজার": 1000.0, "আধা": 0.5, "আধ": 0.5}
NUMBER_WORDS = frozenset({*CARDINALS, *_SHIFTS, *_ALONE})


def number_at(words: list[str], i: int) -> Number | None:
    """The number that starts at token i; scales of hundred and above may follow the first part."""
    if i >= len(words):
        return None
    word = words[i]
    shift = _SHIFTS.get(word)
    if shift is not None:
        following = number_at(words, i + 1) if i + 1 < len(words) and words[i + 1] not in _SHIFTS else None
        return Number(following.value + shift, following.end) if following else _alone(word, i)
    if word[0].isdecimal():
        if len(word) > 12 or word.count(".") > 1:
            return None
        value = float(word.replace(",", ""))
    else:
        found = CARDINALS.get(word)
        if found is None:
            return _alone(word, i)
        value = found
    end = i + 1
    if end < len(words):
        scale = SCALES.get(words[end])
        if scale is not None:
            return Number(value * scale, end + 1)
    return Number(value, end)


def _alone(word: str, i: int) -> Number | None:
    value = _ALONE.get(word)
    return Number(value, i + 1) if value is not None else None
