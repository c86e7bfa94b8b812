"""Who says something, by name: the same on both databases."""

from __future__ import annotations

import pytest

from dabi.bengali.source_names import source_name
from dabi.ledger import Ledger
from dabi.ledger.records import ClaimRecord
from dabi.ledger.search import Position
from dabi.ledger.voices import _ENDING, Voice, claims_by, voices, voices_around
from dabi.ledger.words import stem, stems, words
from reports import Figure, report
from specs.bengali.test_source_names import CASES

SAID = (
    ("2025-03-02", "কৃষি বিভাগের এক প্রতিবেদনে", "অধিদপ্তর"),
    ("2025-03-03", "কৃষি বিভাগের এক প্রতিবেদন", "কৃষি সম্প্রসারণ অধিদপ্তর"),
    ("2025-03-04", "কৃষি বিভাগের এক প্রতিবেদন", "অধিদপ্তর থেকে"),
    ("2025-03-05", "ঢাকা ও তা\u09af\u09bcেব", "ঢাকা ও তা\u09dfেব"),
    (None, "তিনি", "এতে"),
    ("2025-03-06", "কৃষি বিভাগ", "ফায়ার সার্ভিস"),
)


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """Two figures in each article, the second twice."""
    for n, (day, one, other) in enumerate(SAID):
        figures = [Figure(value=k, source=source) for k, source in enumerate((one, other, other))]
        ledger.add(*report(f"a{n}", figures, published=day), extractor="1")
    return ledger


def counted(found: tuple[Voice, ...] | list[Voice]) -> dict[str, tuple[int, int, str | None]]:
    return {voice.name: (voice.claims, voice.articles, voice.last_day) for voice in found}


def test_each_is_listed_once_however_written(filled: Ledger) -> None:
    heard = voices(filled)
    told = [(voice.articles, voice.claims) for voice in heard.listed]
    assert told == sorted(told, reverse=True)
    assert counted(heard.listed) == {
        "কৃষি বিভাগের এক প্রতিবেদন": (3, 3, "2025-03-04"),
        "অধিদপ্তর": (4, 2, "2025-03-04"),
        "কৃষি সম্প্রসারণ অধিদপ্তর": (2, 1, "2025-03-03"),
        "ঢাকা ও তা\u09dfেব": (3, 1, "2025-03-05"),
        "কৃষি বিভাগ": (1, 1, "2025-03-06"),
        "ফা\u09dfার সার্ভিস": (2, 1, "2025-03-06"),
    }


def test_since_a_day(filled: Ledger) -> None:
    heard = voices(filled, since="2025-03-04")
    assert counted(heard.listed)["অধিদপ্তর"] == (2, 1, "2025-03-04")
    assert "কৃষি সম্প্রসারণ অধিদপ্তর" not in counted(heard.listed)
    assert heard.unresolved == 0


def test_a_word_that_points_back_is_nobody(filled: Ledger) -> None:
    heard = voices(filled)
    assert heard.unresolved == 3
    assert not {"তিনি", "এতে"} & {voice.name for voice in heard.listed}
    assert voices_around(filled, "তিনি") == (None, [])


def test_one_of_a_name_and_others_in_whose_names_it_stands(filled: Ledger) -> None:
    one, others = voices_around(filled, "অধিদপ্তর")
    assert one is not None
    assert (one.claims, one.articles) == (4, 2)
    assert set(one.written) == {"অধিদপ্তর", "অধিদপ্তর থেকে"}
    assert [voice.name for voice in others] == ["কৃষি সম্প্রসারণ অধিদপ্তর"]
    one, others = voices_around(filled, "কৃষি বিভাগ")
    assert one is not None
    assert [voice.name for voice in others] == ["কৃষি বিভাগের এক প্রতিবেদন"]
    assert voices_around(filled, "সম্প্রসারণ")[0] is None
    assert voices_around(filled, "…") == (None, [])


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_pages_hold_every_claim_that_the_list_counts_the_newest_first(filled: Ledger, limit: int) -> None:
    for listed in voices(filled).listed:
        one, _ = voices_around(filled, listed.name)
        assert one == listed
        found: list[ClaimRecord] = []
        after: Position | None = None
        while True:
            part, after = claims_by(filled, listed.name, [one], after=after, limit=limit)
            found += part
            if after is None:
                break
        assert len({claim.key for claim in found}) == len(found) == listed.claims
        assert [claim.day for claim in found] == sorted((claim.day or "" for claim in found), reverse=True)


def test_a_new_version_counts_in_the_place_of_the_old_one(filled: Ledger) -> None:
    again = report("a0", [Figure(value=9, source="অধিদপ্তর")], published="2025-03-02")
    filled.add(*again, extractor="2")
    assert counted(voices(filled).listed)["অধিদপ্তর"] == (3, 2, "2025-03-04")


@pytest.mark.parametrize("line", CASES)
def test_what_is_written_for_a_name_is_found_by_its_words(line: str) -> None:
    """Its words but for the last, and how that begins, stand in the index for whatever is written for it."""
    written, name = (side.strip() for side in line.split("→"))
    assert source_name(written) == name
    *before, last = words(name)
    beginning = stem(last)[: max(2, len(stem(last)) - _ENDING)]
    indexed = stems([written])
    assert indexed[: len(before)] == [stem(word) for word in before]
    assert indexed[len(before)].startswith(beginning)
