"""Where recognisers begin in a passage, and what is remembered of words."""

import pytest

from dabi.bengali import beginnings, remembered
from dabi.bengali.beginnings import Beginning
from dabi.bengali.passage import passage
from dabi.bengali.remembered import Remembered


@pytest.fixture(autouse=True)
def known_again(monkeypatch):
    """What the tests add is forgotten after them."""
    monkeypatch.setattr(beginnings, "_all", beginnings.known())


def test_the_tokens_at_which_something_begins():
    river = Beginning("নদী".__eq__)
    water = Beginning(lambda word: word.startswith("পানি"))
    p = passage("নদী ভাঙছে, পানি বাড়ছে। নদী ও পানির খবর।")
    assert [p.words[i] for i in p.where(water)] == ["পানি", "পানির"]
    assert p.where(river) == [0, 6]
    assert p.where(river, 1) == [6]
    assert p.where(river, 1, 6) == []


def test_a_recogniser_that_comes_later_is_asked_too():
    p = passage("নদী ভাঙছে।")
    assert len(p.sentences) == 1
    assert p.where(Beginning("ভাঙছে".__eq__)) == [1]


def test_a_word_is_asked_once_and_endless_text_is_forgotten(monkeypatch):
    monkeypatch.setattr(remembered, "_MOST", 3)
    asked = []
    length = Remembered(lambda word: asked.append(word) or len(word))
    assert [length[word] for word in ("ক", "খখ", "ক", "গগগ", "ঘ", "ঘ")] == [1, 2, 1, 3, 1, 1]
    assert asked == ["ক", "খখ", "গগগ", "ঘ"]
    assert list(length) == ["ঘ"]
