"""What holds for the analysis of any text whatever: of Bengali pieces, so that rules fire, and of any characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import dabi
from dabi.model import Analysis, Quantity, Span, TimeExpression
from work import grows_with_length

# Pieces that the rules look for, in odd company; both nukta forms, joiners, both sorts of digits.
_WORDS = """
১২ ৩ 45 ১,২০,০০০ ১২.৫ ২০-২৫ ৫জন ১০০তম ৭০০০০০০০ ৯৯ এক দুই তিন পাঁচ ছয়জন ছ\u09af\u09bcজন সাড়ে দেড় আড়াই পৌনে
শ হাজার লাখ কোটি মিলিয়ন ডজন কয়েক শতাধিক অর্ধেক এক-তৃতীয়াংশ দ্বিগুণ প্রায় অন্তত সর্বোচ্চ বেশি কম পর্যন্ত
থেকে জন জনের টি টাকা ডলার ৳ $ % শতাংশ কেজি কিলোমিটার বছর বয়সী মাস দিন ঘণ্টা আগে পরে ধরে গত আগামী
গতকাল আজ সোমবার রাত ৮টায় জানুয়ারি ২০২৪ সালে ১৩ জুলাই ২০২৫ বৈশাখ ১৪৩২ নিহত আহত মানুষ পরিবার মৃতের সংখ্যা
পুলিশ বলেন জানান দাবি করেছেন বলে জানিয়েছেন মতে বরাতে অনুযায়ী তিনি মো. রহিম, আরও পড়ুন প্রকাশ: ছবি:
( ) “ ” ‘ ’ " ' : ; – — - / । ? ! … , . | abc GDP A-320 র‌্যাব-১ 😀
"""
PIECES = [*_WORDS.split(), "", "\n", "\n\n", "\u200c", "\u200d", "\u00a0", "\ufeff"]
bengali = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)
touching = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
texts = st.one_of(bengali, touching, st.text(max_size=80))
dates = st.sampled_from([None, "2024-02-29", "2025-07-13T17:28", "2024", "0001-01-01", "9999-12-31"])


def spans(analysis: Analysis) -> Iterator[Quantity | TimeExpression | Span]:
    article = analysis.article
    yield from (part for part in (article.headline, article.byline) if part is not None)
    yield from analysis.quantities
    yield from (quantity.of for quantity in analysis.quantities if quantity.of is not None)
    yield from analysis.times
    for said in analysis.attributions:
        yield from (part for part in (said.source, said.cue, said.to, *said.content, *said.via) if part is not None)


def check(text: str, published: str | None) -> Analysis:
    analysis = dabi.analyse(text, published=published)
    assert analysis.text == text
    for span in spans(analysis):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
    article = analysis.article
    for region in (*article.body, *article.captions, *article.furniture, *(c.sentence for c in analysis.claims)):
        assert 0 <= region.start <= region.end <= len(text)
    _in_order_and_apart(analysis.quantities)
    _in_order_and_apart(analysis.times)
    for claim in analysis.claims:
        quantity = analysis.quantities[claim.quantity]
        assert claim.sentence.start <= quantity.start
        assert quantity.end <= claim.sentence.end
        assert (claim.attribution, claim.time) == (quantity.attribution, quantity.time)
        assert claim.time is None or analysis.times[claim.time]
        assert claim.attribution is None or analysis.attributions[claim.attribution]
    assert len({claim.id for claim in analysis.claims}) == len(analysis.claims)
    for quantity in analysis.quantities:
        assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high
    for time in analysis.times:
        assert sum(value is not None for value in (time.edtf, time.duration, time.set, time.unresolved)) == 1
    assert msgspec.json.decode(msgspec.json.encode(analysis), type=Analysis) == analysis
    return analysis


def _in_order_and_apart(mentions: Sequence[Quantity | TimeExpression]) -> None:
    for before, after in pairwise(mentions):
        assert before.end <= after.start, (before, after)


@given(texts, dates)
@example("1" * 5000, None)
@example("১" * 400 + " কোটি কোটি কোটি টাকা", None)
@example("9" * 400 + ".5 কোটি", "2024-01-01")
@example("৩২ ডিসেম্বর ০০০০, ৯৯:৯৯", "2024-01-01")
@example("৯৯৯৯৯ বছর আগে ৯৯৯৯৯৯৯ দিন পরে", "2024-01-01")
@example("“" * 300 + "বলেন", None)
@example("য\u09bc", None)
@example("\u09bc\u09be\u09d7", None)
@example("", None)
def test_any_text_is_read_and_every_span_is_its_words(text: str, published: str | None) -> None:
    check(text, published)


def _values(analysis: Analysis) -> list[object]:
    found: list[object] = [(q.low, q.high, q.hedge, q.kind, q.unit, q.rule) for q in analysis.quantities]
    found += [(t.edtf, t.duration, t.set, t.rule) for t in analysis.times]
    found += [(a.form, a.act, a.rule) for a in analysis.attributions]
    return [*found, *((c.counted, c.event, c.status, c.places) for c in analysis.claims)]


@given(bengali, dates)
def test_both_nukta_forms_give_the_same_mentions(text: str, published: str | None) -> None:
    # NFC decomposes য় ড় ঢ় (they are composition exclusions): newspapers write either form.
    apart = unicodedata.normalize("NFC", text)
    together = apart.replace("য\u09bc", "\u09df").replace("ড\u09bc", "\u09dc").replace("ঢ\u09bc", "\u09dd")
    first, second = check(apart, published), check(together, published)
    assert _values(first) == _values(second)
    assert [unicodedata.normalize("NFC", s.text) for s in spans(second)] == [s.text for s in spans(first)]


@given(bengali, dates)
def test_reading_again_gives_the_same(text: str, published: str | None) -> None:
    assert dabi.analyse(text, published=published) == dabi.analyse(text, published=published)


_REPEATED = ["১", "১ ", "১,", "হাজার ", "সাড়ে ", "“", "(", "থেকে ", "১ থেকে ", "গত ", "২০২৪ ", "১-", "ক", "।", "\n"]
_REPEATED += ["১ জানুয়ারি ", "এক ", "২০ জন আহত, ", "অন্তত ", "বলেন, ", "পুলিশ জানায়, ২০ জন নিহত। ", "পুলিশ জানায়, ২০ জন নিহত, "]


@pytest.mark.parametrize("piece", _REPEATED)
def test_work_grows_no_faster_than_the_text(piece: str) -> None:
    """One line of the same piece over and over."""
    assert grows_with_length(dabi.analyse, piece)
