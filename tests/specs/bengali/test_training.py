"""The weights for speech that runs on are computed from annotated articles, the same for the same folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dabi.bengali.attributions.training import examples, fit, main, spans

ARTICLES = {
    "one": (
        "মেয়র জাহিদ হোসেন বলেন, খাল উদ্ধার হবে। আমরা তালিকা করেছি। দখলদারেরা শাস্তি পাবে। এর আগে সকালে বাজারে আগুন লাগে।",
        ["খাল উদ্ধার হবে", "আমরা তালিকা করেছি", "দখলদারেরা শাস্তি পাবে"],
    ),
    "two": (
        "ওসি সেলিম রেজা জানান, দুজন আটক। আমরা খোঁজ নিচ্ছি। এর আগে মার্চে একই এলাকায় ডাকাতি হয়।",
        ["দুজন আটক", "আমরা খোঁজ নিচ্ছি"],
    ),
}


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    gold, docs = tmp_path / "gold", tmp_path / "docs"
    gold.mkdir()
    docs.mkdir()
    for name, (text, contents) in ARTICLES.items():
        (docs / f"{name}.json").write_text(json.dumps({"id": name, "text": text}), "utf-8")
        attributions = [{"id": f"A{i}", "content": content} for i, content in enumerate(contents)]
        (gold / f"{name}.json").write_text(json.dumps({"id": name, "attributions": attributions}), "utf-8")
    return gold, docs


def test_examples_are_the_sentences_behind_a_cue(folders: tuple[Path, Path]) -> None:
    assert [label for _, label in examples(*folders)] == [True, True, False, True, False]


def test_what_speaks_for_and_against_is_learned(folders: tuple[Path, Path]) -> None:
    weights = fit(examples(*folders) * 12)
    assert weights["speaks of আমি আমরা আপনি"] > 0 > weights["narrative opener"]


def test_the_same_folder_gives_the_same_table(folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    main([str(folder) for folder in folders])
    first = capsys.readouterr().out
    main([str(folder) for folder in folders])
    assert capsys.readouterr().out == first
    assert first.startswith("#")
    assert "feature\tweight" in first


def test_a_content_that_stands_twice_is_found_by_its_number() -> None:
    assert spans("না না", {"content": "না", "content_n": 2}) == [(3, 5)]
    assert spans("না", {"content": [0, 2]}) == [(0, 2)]
