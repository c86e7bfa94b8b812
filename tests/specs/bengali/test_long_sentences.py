"""A text without any stop is cut into sentences of bounded length, at its pauses if it has any."""

from __future__ import annotations

from dabi.bengali.passage import passage


def test_an_endless_sentence_is_cut_at_a_comma() -> None:
    p = passage("ধান পাট গম " * 140 + ", ভুট্টা " * 200 + "শেষ।")
    assert len(p.sentences) > 1
    assert all(p.words[end - 1] in ",।" for _, end in p.sentences)


def test_without_commas_it_is_cut_all_the_same_and_nothing_is_lost() -> None:
    p = passage("ধান " * 5000)
    assert max(end - first for first, end in p.sentences) < 1000
    assert [i for first, end in p.sentences for i in range(first, end)] == list(range(len(p)))


def test_a_long_sentence_of_news_stays_whole() -> None:
    p = passage("ধান, পাট, গম, " * 60 + "সবই গেছে।")
    assert len(p.sentences) == 1
