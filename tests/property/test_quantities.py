"""Whatever the text, quantities lie inside it, in order, apart from each other, and can be explained."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabi.bengali import quantities
from dabi.bengali.lexicon import rows
from dabi.bengali.mentions import TimeMention
from dabi.bengali.passage import passage
from dabi.model import Trace
from number_speller import spell
from work import grows_with_length

TABLES = (
    "number_words.tsv",
    "scales.tsv",
    "several.tsv",
    "units.tsv",
    "currencies.tsv",
    "counted_words.tsv",
    "not_quantities.tsv",
    "fractions.tsv",
)
WORDS = [
    *sorted({row["word"] for table in TABLES for row in rows(table)}),
    *(row["phrase"] for row in rows("hedges.tsv")),
    *(
        "১২",
        "৫০০",
        "১,২০,০০০",
        "১২.৫",
        "২০২৪",
        "০১৭",
        "জন",
        "টি",
        "টায়",
        "-",
        "–",
        "থেকে",
        "বা",
        "।",
        ",",
        "(",
        ")",
        "\n",
    ),
    *("‘", "’", "%", "$", "/", "+", ".", "এর", "র", "মানুষ", "নিহত", "১.২.৩", "A", "\u09bc", "\u200d", "ড\u09bc"),
]
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(["", " ", "  "])), max_size=30).map(
        lambda pieces: "".join(word + space for word, space in pieces)
    ),
)


@given(TEXTS)
def test_spans_lie_in_the_text_in_order_and_do_not_cross(text: str) -> None:
    end = 0
    for q in quantities.read(text):
        assert end <= q.start < q.end <= len(text)
        assert text[q.start : q.end] == q.text
        if q.of is not None:
            assert text[q.of.start : q.of.end] == q.of.text
        end = q.end


@given(TEXTS)
def test_values_fit_their_hedges(text: str) -> None:
    for q in quantities.read(text):
        if q.hedge in ("exact", "about"):
            assert q.low == q.high is not None
        elif q.hedge in ("more_than", "at_least", "several"):
            assert q.low is not None
            assert q.high is None
        elif q.hedge in ("less_than", "up_to"):
            assert q.low is None
            assert q.high is not None
        else:
            assert q.low is not None
            assert q.high is not None
            assert q.low < q.high


@given(TEXTS)
def test_both_nukta_forms_give_the_same_quantities(text: str) -> None:
    decomposed = (
        text.replace("\u09dc", "\u09a1\u09bc").replace("\u09dd", "\u09a2\u09bc").replace("\u09df", "\u09af\u09bc")
    )
    values = [[(q.low, q.high, q.hedge, q.kind, q.unit) for q in quantities.read(t)] for t in (text, decomposed)]
    assert values[0] == values[1]


@given(TEXTS)
def test_every_mention_says_why(text: str) -> None:
    for mention in quantities.find(passage(text)):
        assert mention.trace.rule.startswith("quantities.")
        assert mention.trace.steps


@given(st.integers(2, 10**12), st.randoms(use_true_random=False))
def test_a_spelled_count_is_found_with_its_noun(n: int, chance: random.Random) -> None:
    text = f"মেলায় {spell(n, chance)} জন কৃষক এসেছেন।"
    assert [(q.low, q.high, q.of and q.of.text) for q in quantities.read(text)] == [(n, n, "কৃষক")]


@given(TEXTS, st.integers(0, 40), st.integers(1, 40))
def test_nothing_overlaps_a_time(text: str, start: int, length: int) -> None:
    taken = TimeMention(start=start, end=start + length, trace=Trace("times.test"))
    p = passage(text)
    for mention in quantities.find(p, [taken]):
        number = p.text[max(mention.start, start) : min(mention.end, start + length)]
        assert not any(c.isdigit() for c in number)


@pytest.mark.parametrize(
    "piece", ["১ হাজার ", "১-", "দুই থেকে ", "সাড়ে ", "প্রায় ", "( ১ ", "কোটি ", "১২ জন মানুষ ও ", "‘ ১ ", "এক "]
)
def test_work_grows_with_length_only(piece: str) -> None:
    assert grows_with_length(lambda text: quantities.find(passage(text)), piece)
