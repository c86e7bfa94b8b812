"""A speller of Bengali numbers for the tests: every scale, every spelling that it chooses by chance."""

from __future__ import annotations

import random
from fractions import Fraction

from dabi.bengali.lexicon import rows

CARDINALS: dict[int, list[str]] = {}
for _row in rows("number_words.tsv"):
    if _row["role"] == "cardinal" or _row["word"] in ("নয়", "শূন্য"):
        CARDINALS.setdefault(int(_row["value"]), []).append(_row["word"])

_DIGITS = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
_SCALES = ((10_000_000, ("কোটি",)), (100_000, ("লাখ", "লক্ষ")), (1000, ("হাজার",)))
_HUNDREDS = (" শ", "শ", "শো", " শত", "শত", " শো")


def digits(value: int, chance: random.Random) -> str:
    """In digits: plain, grouped as in India or internationally, in Bengali or ASCII."""
    text = chance.choice([str(value), f"{value:,}", indian(value)])
    return text.translate(_DIGITS) if chance.random() < 0.7 else text


def indian(value: int) -> str:
    """১,২০,০০০: three digits, then twos."""
    text = str(value)
    head, tail = text[:-3], text[-3:]
    pairs = []
    while head:
        pairs.insert(0, head[-2:])
        head = head[:-2]
    return ",".join([*pairs, tail])


def below_hundred(value: int, chance: random.Random) -> str:
    if chance.random() < 0.3:
        return digits(value, chance)
    return chance.choice(CARDINALS[value])


def below_thousand(value: int, chance: random.Random) -> str:
    hundreds, rest = divmod(value, 100)
    if not hundreds:
        return below_hundred(rest, chance)
    if chance.random() < 0.2:
        return digits(value, chance)
    text = chance.choice(CARDINALS[hundreds]) + chance.choice(_HUNDREDS)
    return f"{text} {below_hundred(rest, chance)}" if rest else text


def spell(value: int, chance: random.Random) -> str:
    """One of the ways in which a newspaper might write a whole number below 10^16."""
    if value < 1000:
        return below_thousand(value, chance)
    parts = []
    rest = value
    for scale, words in _SCALES:
        count, rest = divmod(rest, scale)
        if count:
            inner = spell(count, chance) if scale == 10_000_000 else below_thousand(count, chance)
            parts.append(f"{inner} {chance.choice(words)}")
    if rest:
        parts.append(below_thousand(rest, chance))
    return " ".join(parts)


FRACTIONS = {
    "দেড়": Fraction(3, 2),
    "আড়াই": Fraction(5, 2),
    **{f"সাড়ে {word}": n + Fraction(1, 2) for n in range(3, 100) for word in CARDINALS[n]},
    **{f"সোয়া {word}": n + Fraction(1, 4) for n in range(1, 100) for word in CARDINALS[n]},
    **{f"পৌনে {word}": n - Fraction(1, 4) for n in range(1, 100) for word in CARDINALS[n]},
}
FRACTION_SCALES = {"": 1, " শ": 100, " হাজার": 1000, " লাখ": 100_000, " কোটি": 10_000_000, " লাখ কোটি": 10**12}
