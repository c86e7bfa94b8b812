"""Compute the weights of lexicon/continuing.tsv from folders in the gold's format.

    python -m dabi.bengali.attributions.training GOLD_DIR DOCS_DIR [GOLD_DIR DOCS_DIR …] > continuing.tsv

GOLD_DIR and DOCS_DIR hold one <id>.json per article: `attributions` with their `content` as exact substrings, and
`text`. A logistic regression with an L2 penalty, by the method of Adam (Kingma and Ba 2015) over all examples at once:
the same folders give the same table.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from ..script import Folded, fold
from .continuing import carrier, features, is_inner, outlooks
from .drafting import draft_units
from .units import Draft, Unit, all_units, counted, parts_of

STEPS = 400
RATE = 0.03
MOMENTUM, SPREAD = 0.9, 0.99  # how much of the last steps' mean slope and mean square of the slope is kept
PENALTY = 10.0  # half of it times the square of each weight: 5 and 20 do no better, see docs/decisions/0007
RAREST = 12  # a feature must occur so often
AFTER = 2  # sentences behind the end of a speech that are learned from as well: one mistake must not run on

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
    parts = parts_of(folded)
    units = all_units(parts, counted(parts))
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
    names = sorted(feature for feature, times in often.items() if times >= RAREST)
    number = {feature: i for i, feature in enumerate(names)}
    rows = [([number[feature] for feature in found if feature in number], label) for found, label in data]
    weights, mean, square = ([0.0] * len(names) for _ in range(3))
    for step in range(1, STEPS + 1):
        slope = [-PENALTY * weight for weight in weights]
        for found, label in rows:
            error = label - 1 / (1 + math.exp(-sum(weights[i] for i in found)))
            for i in found:
                slope[i] += error
        for i, by in enumerate(slope):
            mean[i] = MOMENTUM * mean[i] + (1 - MOMENTUM) * by
            square[i] = SPREAD * square[i] + (1 - SPREAD) * by * by
            most = math.sqrt(square[i] / (1 - SPREAD**step)) + 1e-8
            weights[i] += RATE * mean[i] / (1 - MOMENTUM**step) / most
    return dict(zip(names, weights, strict=True))


_HEADER = """\
# Weights by which continuing.py decides whether a sentence without a cue still reports the speaker before it.
# Computed by `python -m dabi.bengali.attributions.training`; do not edit by hand.
# feature   what is read off the sentence, named in continuing.py
# weight    log odds; continuing.py says how large their sum must be
feature\tweight"""


def main(arguments: list[str]) -> None:
    """Print the table."""
    folders = list(map(Path, arguments))
    learned = [
        example for gold, docs in zip(folders[::2], folders[1::2], strict=True) for example in examples(gold, docs)
    ]
    lines = [_HEADER]
    for feature, weight in sorted(fit(learned).items()):
        lines.append(f"{feature}\t{weight:.2f}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
