"""What holds of the ledger for any reports in any order, and of its search for any text."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dabi.ledger import Ledger, Query, Submission, open_ledger
from dabi.ledger.words import words
from dabi.model import Analysis, Article, Region
from reports import Figure, report


@cache
def _made() -> Path:
    folder = tempfile.mkdtemp(prefix="dabi-property-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = Path(folder) / "empty.db"
    open_ledger(path).close()
    return path


@contextmanager
def empty() -> Iterator[Ledger]:
    """A new ledger: a copy of an empty one, which is quicker to have than a new one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        shutil.copy(_made(), path)
        with open_ledger(path) as ledger:
            yield ledger


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 3)), max_size=12))
def test_any_sequence_of_adds_keeps_each_text_once_and_doing_it_again_changes_nothing(
    sequence: list[tuple[str, int]],
) -> None:
    seen: dict[str, list[int]] = {}
    with empty() as ledger:
        for article, value in sequence:
            versions = seen.setdefault(article, [])
            outcome = ledger.add(*report(article, [Figure(value=value)]), extractor="1").outcome
            assert outcome == ("unchanged" if value in versions else "version" if versions else "added")
            if value not in versions:
                versions.append(value)
        held = [(r.article, r.version, r.text, r.latest) for r in ledger.reports(history=True)]
        changes = list(ledger.changes())
        assert len(changes) == sum(len(versions) - 1 for versions in seen.values())
        assert {r.article: r.analysis.quantities[0].low for r in ledger.reports()} == {
            article: versions[-1] for article, versions in seen.items()
        }
        for article, value in sequence:
            assert ledger.add(*report(article, [Figure(value=value)]), extractor="1").outcome == "unchanged"
        assert held == [(r.article, r.version, r.text, r.latest) for r in ledger.reports(history=True)]
        assert changes == list(ledger.changes())


LETTERS = st.characters(exclude_categories=["Cs"])
BENGALI = st.text(alphabet=[chr(code) for code in range(0x980, 0xA00)] + list("\u200c\u200d -,.।"))


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(LETTERS), BENGALI))
def test_every_word_of_a_text_finds_it(text: str) -> None:
    analysis = Analysis(id="a", article=Article(body=(Region(0, len(text)),)))
    with empty() as ledger:
        ledger.add(Submission(article="a", text=text), analysis, extractor="1")
        assert ledger.text("a") == text
        for word in words(text):
            assert [hit.article for hit in ledger.search(Query(words=f'"{word}"'))] == ["a"], word
        whole = " ".join(words(text))
        assert not whole or [hit.article for hit in ledger.search(Query(words=f'"{whole}"'))] == ["a"]


@given(st.text(), st.text())
def test_words_of_joined_texts_are_the_words_of_both(first: str, second: str) -> None:
    assert words(f"{first} {second}") == words(first) + words(second)
