"""Searching finds the same on both databases, whatever the spelling of a letter and the ending of a word."""

from __future__ import annotations

import msgspec

from dabi.ledger import Ledger, Query
from reports import Figure, report


def add(ledger: Ledger, article: str, *figures: Figure, **fields: str | None) -> None:
    ledger.add(*report(article, list(figures), **fields), extractor="1")


def found(ledger: Ledger, **asked: object) -> list[str]:
    """Articles that hold such a claim; searching articles and searching claims must agree."""
    query = msgspec.convert(asked, Query)
    articles = [hit.article for hit in ledger.search(query, newest_first=True)]
    assert sorted(hit.article for hit in ledger.search(query)) == sorted(articles)
    assert articles == sorted(articles, reverse=True)  # of one day, the last added first
    by_claim = sorted({claim.article for claim in ledger.claims(query)}, reverse=True)
    assert by_claim == articles
    return sorted(articles)


# What is asked, what is written, whether it is found.
WORDS = [
    ("সেনা", "সেনা", True),
    ("সেনা", "সেনাদের", True),
    ("সেনাদের", "সেনার", True),
    ("সেনা", "সান্ত্বনা", False),
    ("সেনা", "সেনাপতি", False),
    ("সেনা*", "সেনাপতি", True),
    ("কর", "করিম", False),
    ("দুটি", "দু টি", False),
    ("পড়া", "পড়া", True),  # precomposed and decomposed
    ("র‍্যাব", "র্যাব", True),  # with and without a joiner
    ("৫০০", "500", True),
    ("G20", "g20", True),
    ("ঢাকা খুলনা", "খুলনা ঢাকা", True),
    ("ঢাকা খুলনা", "ঢাকা", False),
    ('"ঢাকা খুলনা"', "ঢাকা খুলনা", True),
    ('"ঢাকা খুলনা"', "খুলনা ঢাকা", False),
    ("“ঢাকা খুলনা”", "ঢাকা, খুলনা", True),
    ("র‍্যাব-১৩", "র‍্যাব-১৩", True),
    ("র‍্যাব-১৩", "১৩ র‍্যাব", False),
    ("AND", "and", True),
    ("NEAR(", "near", True),
    ("कारखाना", "कारखाना", True),
    ("военные", "Военные", True),
]


def test_words(ledger: Ledger) -> None:
    for n, (_, written, _) in enumerate(WORDS):
        add(ledger, f"a{n}", Figure(value=3, more=f"ছিল {written} সেখানে"))
    for n, (asked, written, finds) in enumerate(WORDS):
        assert bool(found(ledger, words=asked, article=f"a{n}")) == finds, (asked, written)


def test_any_query_is_answered(ledger: Ledger) -> None:
    add(ledger, "a", Figure(value=3))
    for nonsense in ['"', "()", "*", "|&!", "' ; --", ":", "{words}:x*y", "\\", '"a']:
        found(ledger, words=nonsense, person=nonsense, place=nonsense, source=nonsense)


def test_names_are_found_where_they_belong(ledger: Ledger) -> None:
    add(ledger, "a", Figure(value=3, places=("চরভদ্রাসন",), actors=("করিম সওদাগর",)))
    add(ledger, "b", Figure(value=3, source="সালমা খাতুন", via=("বার্তাকেন্দ্র",), more="চরভদ্রাসন করিম"))
    assert found(ledger, place="চরভদ্রাসনে") == ["a"]
    assert found(ledger, words="চরভদ্রাসন") == ["a", "b"]
    assert found(ledger, person="করিম সওদাগরের") == ["a"]
    assert found(ledger, person="সওদাগর করিম") == []
    assert found(ledger, person="সালমা খাতুন") == ["b"]
    assert found(ledger, source="খাতুন") == ["b"]
    assert found(ledger, source="বার্তাকেন্দ্রের") == ["b"]
    assert found(ledger, source="করিম") == []


def test_no_phrase_runs_from_one_name_into_the_next(ledger: Ledger) -> None:
    add(ledger, "a", Figure(value=3, places=("উত্তর", "দক্ষিণ"), actors=("রহিম", "করিম")))
    assert found(ledger, place="উত্তর দক্ষিণ") == found(ledger, person="রহিম করিম") == []


def test_furniture_is_not_searched(ledger: Ledger) -> None:
    add(ledger, "a", Figure(value=3), furniture="আরও পড়ুন: জাহাজডুবি")
    assert found(ledger, words="জাহাজডুবি") == []


def test_values(ledger: Ledger) -> None:
    add(ledger, "a", Figure(value=10, counted="শ্রমিক", event="death"))
    add(
        ledger,
        "b",
        Figure(value=10_000, high=None, hedge="more_than", counted="টাকা", event="aid", unit="BDT", kind="money"),
    )
    add(ledger, "c", Figure(value=None, high=20, hedge="up_to", event="injury"))
    assert found(ledger, low=10, high=10) == ["a", "c"]
    assert found(ledger, low=11) == ["b", "c"]
    assert found(ledger, high=9) == ["c"]
    assert found(ledger, low=1_000_000) == ["b"]
    assert found(ledger, unit="BDT") == found(ledger, kind="money") == ["b"]
    assert found(ledger, event="death") == ["a"]
    assert found(ledger, counted="শ্রমিক", event="injury") == ["c"]
    assert found(ledger, status="denied") == []


def test_dates_and_outlets(ledger: Ledger) -> None:
    add(ledger, "a", Figure(value=1, edtf="2025-03-01"), published="2025-03-02", outlet="ভোরের পাতা")
    add(ledger, "b", Figure(value=1, edtf="2025-02/.."), published="2025-03-03T08:00", outlet="সন্ধ্যার পাতা")
    add(ledger, "c", Figure(value=1), published=None, outlet=None)
    assert {c.article for c in ledger.claims(Query(since="2025-03-03"))} == {"b"}
    assert {c.article for c in ledger.claims(Query(until="2025-03-02"))} == {"a"}
    assert {c.article for c in ledger.claims(Query(outlet="ভোরের পাতা"))} == {"a"}
    assert {c.article for c in ledger.claims(Query(about_since="2025-03-01", about_until="2025-03-01"))} == {"a", "b"}
    assert {c.article for c in ledger.claims(Query(about_since="2025-03-02"))} == {"b"}
    assert {c.article for c in ledger.claims(Query(about_until="2025-01-31"))} == set()
    assert [h.article for h in ledger.search(Query())] == ["b", "a", "c"]
    assert [c.article for c in ledger.claims(newest_first=True)] == ["b", "a", "c"]


def test_only_what_stands_now_unless_history_is_asked_for(ledger: Ledger) -> None:
    add(ledger, "a", Figure(value=23, more="নদীতে ছিলেন"))
    add(ledger, "a", Figure(value=20, more="ঘরে ছিলেন"))
    assert found(ledger, words="নদী") == []
    assert [(h.article, h.version) for h in ledger.search(Query(words="নদী", history=True))] == [("a", 1)]
    assert [(c.low, c.latest) for c in ledger.claims(Query(words="নদী", history=True))] == [(23, False)]


def test_limit_and_article(ledger: Ledger) -> None:
    for n in range(5):
        add(ledger, f"a{n}", Figure(value=n), Figure(value=n))
    assert [h.article for h in ledger.search(Query(limit=2))] == ["a4", "a3"]
    assert len(list(ledger.claims(Query(limit=3)))) == 3
    assert found(ledger, article="a3") == ["a3"]
    some = next(ledger.claims())
    assert {c.id for c in ledger.claims(Query(claim=some.id))} == {some.id}
    assert [h.claims for h in ledger.search(Query(article="a3"))] == [2]


def test_the_excerpt_shows_the_word_in_the_spelling_of_the_text(ledger: Ledger) -> None:
    add(ledger, "a", *[Figure(value=n) for n in range(20)], Figure(value=99, more="ভাড়া বাড়িতে"))
    (hit,) = ledger.search(Query(words="ভাড়া"))
    assert "ভাড়া" in hit.excerpt
    assert hit.excerpt.startswith("… ")
    assert len(hit.excerpt) < 400


def test_very_long_articles_are_searched_to_the_end(ledger: Ledger) -> None:
    add(ledger, "a", Figure(value=1, more=" ".join(f"ক{n}" for n in range(40_000))), Figure(value=2, more="নোঙর"))
    assert found(ledger, words="নোঙর") == ["a"]
    assert [h.article for h in ledger.search(Query(words="নোঙর দুর্ঘটনা"))] == ["a"]


def test_very_long_words_are_no_trouble(ledger: Ledger) -> None:
    add(ledger, "a", Figure(value=1, more="ক" * 5000, counted="খ" * 5000, event=None))
    assert [h.article for h in ledger.search(Query(words="ক" * 5000))] == ["a"]


def test_many_very_long_words_are_no_trouble(ledger: Ledger) -> None:
    add(ledger, "a", Figure(value=1, more=" ".join("কখ" * 60 + f" {n}ঘ" * 2 + "গ" * n for n in range(1500))))
    assert found(ledger, words="ঘ" + "গ" * 1400) == ["a"]
