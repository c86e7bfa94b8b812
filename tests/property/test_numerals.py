"""Every number reads back as what was spelled."""

from __future__ import annotations

import random
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from dabi.bengali.numerals import value_of
from dabi.bengali.script import fold_text
from number_speller import FRACTION_SCALES, FRACTIONS, spell


def test_every_integer_to_a_hundred_thousand_as_num2words_spells_it() -> None:
    wrong = [n for n in range(100_001) if value_of(num2words(n, lang="bn")) != n]
    assert wrong == []


def test_every_integer_to_a_hundred_thousand_in_a_chance_spelling() -> None:
    chance = random.Random(1)
    wrong = [(n, text) for n in range(100_001) if value_of(text := spell(n, chance)) != n]
    assert wrong == []


def test_ten_thousand_large_ones_both_ways() -> None:
    chance = random.Random(2)
    numbers = [chance.randrange(10 ** chance.randint(5, 15)) for _ in range(10_000)]
    wrong = [(n, text) for n in numbers for text in (num2words(n, lang="bn"), spell(n, chance)) if value_of(text) != n]
    assert wrong == []


def test_all_south_asian_fractions_times_every_scale() -> None:
    wrong = [
        text
        for words, value in FRACTIONS.items()
        for scale, factor in FRACTION_SCALES.items()
        if value_of(text := words + scale) != Decimal(value.numerator) / Decimal(value.denominator) * factor
    ]
    assert wrong == []


@given(st.integers(0, 10**15), st.randoms(use_true_random=False))
def test_both_nukta_forms_read_the_same(n: int, chance: random.Random) -> None:
    text = spell(n, chance)
    decomposed = (
        text.replace("\u09dc", "\u09a1\u09bc").replace("\u09dd", "\u09a2\u09bc").replace("\u09df", "\u09af\u09bc")
    )
    assert value_of(decomposed) == value_of(fold_text(text)) == n


@given(st.text(max_size=60))
def test_any_text_reads_as_a_number_or_as_none(text: str) -> None:
    value = value_of(text)
    assert value is None or value >= 0
