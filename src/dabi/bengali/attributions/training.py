"""Compute the weights of lexicon/continuing.tsv from a folder in the gold's format.

    python -m dabi.bengali.attributions.training GOLD_DIR DOCS_DIR > continuing.tsv

GOLD_DIR and DOCS_DIR hold one <id>.json per article: `attributions` with their `content` as exact substrings, and
`text`. A logistic regression by stochastic gradient descent with a fixed order of examples: the same folder gives the
same table.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from ..script import Folded, fold
from .continuing import carrier, features, is_inner, outlooks
from .drafting import draft_units
from .units import Draft, Unit, all_units, parts_of

EPOCHS = 60
RATE = 0.1
DECAY = 0.05  # of weights, against overfitting
RAREST = 12  # a feature must occur so often
CAUTION = 1.3  # log odds taken from every sum: a wrong attribution costs more than a missing optional one …
FIGURE = 1.0  # … but where a figure stands, a missing one leaves a claim in the mouth of the outlet

AFTER = 1  # sentences behind the end of a speech that are learned from as well: one mistake must not run on

Example = tuple[list[str], bool]


def spans(text: str, attribution: dict[str, Any]) -> list[tuple[int, int]]:
    """The raw spans of an attribution's contents."""
    found = []
    for key in ("content", "content2"):
        piece = attribution.get(key)
        if not piece:
            continue
        if isinstance(piece, list):
            found.append((piece[0], piece[1]))
            continue
        at = -1
        for _ in range(attribution.get(key + "_n") or attribution.get("n") or 1):
            at = text.find(piece, at + 1)
        if at >= 0:
            found.append((at, at + len(piece)))
    return found


def _label(folded: Folded, unit: Unit, gold: list[dict[str, Any]]) -> tuple[bool, bool]:
    """Whether most of a unit is reported, and whether a cue of the gold stands in it."""
    start, end = folded.raw_span(unit.p.starts[unit.first], unit.p.ends[unit.last - 1])
    reported = cued = False
    for attribution in gold:
        inside = sum(max(0, min(e, end) - max(s, start)) for s, e in attribution["spans"])
        reported = reported or inside > (end - start) / 2
        cued = cued or bool(inside and attribution.get("cue") and attribution["cue"] in folded.raw[start:end])
    return reported, cued


def examples(gold_dir: Path, docs_dir: Path) -> list[Example]:
    """Each sentence that may carry on a speech, with whether it does."""
    found: list[Example] = []
    for file in sorted(gold_dir.glob("*.json")):
        found += examples_of(file, docs_dir / file.name)
    return found


def examples_of(gold_file: Path, doc_file: Path) -> list[Example]:
    """The examples of one article."""
    found: list[Example] = []
    text = json.loads(doc_file.read_text("utf-8"))["text"]
    gold = json.loads(gold_file.read_text("utf-8")).get("attributions", [])
    for attribution in gold:
        attribution["spans"] = spans(text, attribution)
    folded = fold(text)
    units = all_units(parts_of(folded))
    draft_units(units)
    ahead = outlooks(units)
    current: Draft | None = None
    before: Unit | None = None
    distance = lost = 0
    for unit, outlook in zip(units, ahead, strict=True):
        if unit.role != "body":
            current = before = None
            continue
        reported, cued = _label(folded, unit, gold)
        if unit.drafts:
            if current is None or not is_inner(unit) or not reported:
                current, distance, lost = carrier(unit), 0, 0
        elif current is not None and before is not None:
            if not cued:
                found.append((features(current, distance + 1, unit, before, outlook), reported))
            distance += 1
            lost = 0 if reported else lost + 1
            if lost > AFTER:
                current = None
        before = unit
    return found


def fit(data: list[Example]) -> dict[str, float]:
    """The weights, in log odds."""
    often = Counter(feature for found, _ in data for feature in found)
    kept = [([feature for feature in found if often[feature] >= RAREST], label) for found, label in data]
    table: dict[str, float] = {}
    mean: dict[str, float] = {}  # of the second half of the epochs: the last one alone depends on the order of examples
    order = random.Random(1)
    for epoch in range(EPOCHS):
        order.shuffle(kept)
        rate = RATE / (1 + epoch / 10)
        for found, label in kept:
            total = sum(table.get(feature, 0.0) for feature in found)
            error = label - 1 / (1 + math.exp(-total))
            for feature in found:
                weight = table.get(feature, 0.0)
                table[feature] = weight + rate * (error - DECAY * weight)
        if epoch >= EPOCHS // 2:
            for feature, weight in table.items():
                mean[feature] = mean.get(feature, 0.0) + weight / (EPOCHS - EPOCHS // 2)
    mean["always"] = mean.get("always", 0.0) - CAUTION
    mean["has a figure"] = mean.get("has a figure", 0.0) + FIGURE
    return mean


_HEADER = """\
# Weights by which continuing.py decides whether a sentence without a cue still reports the speaker before it.
# Computed by `python -m dabi.bengali.attributions.training GOLD_DIR DOCS_DIR`; do not edit by hand.
# feature   what is read off the sentence, named in continuing.py
# weight    log odds; the sentence carries on when the sum exceeds 0
feature\tweight"""


def main(arguments: list[str]) -> None:
    """Print the table."""
    gold_dir, docs_dir = map(Path, arguments)
    lines = [_HEADER]
    for feature, weight in sorted(fit(examples(gold_dir, docs_dir)).items()):
        lines.append(f"{feature}\t{weight:.2f}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
