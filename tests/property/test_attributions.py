"""For any text: spans lie inside it, nothing raises, both nukta forms read alike, time is linear."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dabi.bengali import attributions
from dabi.model import Attribution, Span
from work import grows_with_length, steps

PIECES = [
    "মেয়র", "জাহিদ হোসেন", "বলেন", "বলে", "জানান", "জানিয়েছেন", "তিনি",
    "দাবি", "অভিযোগ", "করেন", "করা হয়", "বলা হয়", "আবেদনে", "এ তথ্য",
    "নিশ্চিত করেছেন", "মতে", "অনুযায়ী", "উল্লেখ করে", "নির্দেশ দেন", "‘", "’",
    "“", "”", "'", '"', ",", "।", ":", "-", "(", ")", "\n", "\n\n", " ", "আমরা",
    "যে", "খবর", "বিবিসির", "পুলিশের", "ধারণা", "১০ জন", "অভিযোগে", "মামলা",
    "থেকে", "না", "?", ".", "মো", "\u200d", "বাড়\u09bc",
]  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.text(max_size=200),
)


def spans_of(found: Attribution) -> list[Span]:
    return [s for s in (found.source, found.cue, found.to, *found.content, *found.via) if s is not None]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_spans_lie_inside_and_say_what_they_claim(text: str) -> None:
    for found in attributions.read(text):
        assert found.content
        for span in spans_of(found):
            assert 0 <= span.start < span.end <= len(text)
            assert text[span.start : span.end] == span.text


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_both_nukta_forms_read_alike(text: str) -> None:
    composed = (
        text.replace("\u09af\u09bc", "\u09df").replace("\u09a1\u09bc", "\u09dc").replace("\u09a2\u09bc", "\u09dd")
    )
    decomposed = (
        composed.replace("\u09df", "\u09af\u09bc").replace("\u09dc", "\u09a1\u09bc").replace("\u09dd", "\u09a2\u09bc")
    )
    one, two = attributions.read(composed), attributions.read(decomposed)
    assert [(a.rule, a.form, a.act, len(a.content)) for a in one] == [
        (a.rule, a.form, a.act, len(a.content)) for a in two
    ]


@pytest.mark.parametrize(
    "piece",
    [
        "তিনি বলেন ",
        "মেয়র জাহিদ হোসেন বলেন, ‘কাজ শেষ ",
        "তারা বলে ‘না’ ",
        "এ তথ্য জানান তিনি। ",
        "রহিম উদ্দিন ও করিম উদ্দিন বলেন, ‘সে বলেছে, না।’ ",
    ],
)
def test_work_grows_with_the_length_even_without_full_stops(piece: str) -> None:
    assert grows_with_length(attributions.read, piece, short=12_000, times=2)


def test_a_sentence_full_of_cues_and_open_quotations_costs_little_more_than_others() -> None:
    def per_character(piece: str) -> float:
        text = piece * (6000 // len(piece))
        attributions.read(text)
        return steps(lambda: attributions.read(text)) / len(text)

    assert per_character("বলেন ‘কাজ ") < 20 * per_character("তিনি বলেন, কাজ শেষ হয়েছে। ")
