"""Claims as the ledger gives them back, made by hand: a running story told by several sources."""

from __future__ import annotations

from typing import Any

from dabi.ledger import ClaimRecord
from dabi.ledger.results import Relation


def claim(key: int, published: str | None, low: float | None, **more: Any) -> ClaimRecord:
    """A claim with what is given; `high` is `low` where it isn't, and the sentence holds the figure."""
    hedge = more.get("hedge", "exact")
    closed = None if hedge in ("more_than", "at_least", "several") else low
    high = more.pop("high", closed)
    text = more.pop("text", str(low if low is not None else high))
    sentence = f"খবরে বলা হয়, সংখ্যাটি {text} জন।"
    values: dict[str, Any] = {
        "id": f"c{key}",
        "report": key // 100 + 1,
        "article": f"https://example.org/news/{key // 100 + 1}",
        "version": 1,
        "latest": True,
        "coded": False,
        "outlet": "ভোরের পাতা",
        "headline": "নদীতে লঞ্চডুবি",
        "day": published[:10] if published else None,
        "start": 200 + sentence.index(text),
        "end": 200 + sentence.index(text) + len(text),
        "sentence_start": 200,
        "sentence_end": 200 + len(sentence),
        "in_headline": False,
        "hedge": "exact",
        "kind": "count",
        "unit": None,
        "of": "যাত্রী",
        "counted": "যাত্রী",
        "event": "death",
        "status": "happened",
        "places": ("চাঁদপুর",),
    }
    values |= {"key": key, "published": published, "low": low, "high": high, "text": text, "sentence": sentence}
    return ClaimRecord(**{**values, **more})


def relation(a: int, b: int, kind: str) -> Relation:
    return Relation(series="s1", a=a, b=b, relation=kind)


FERRY = (
    claim(101, "2025-03-04T09:30", 11, source="চাঁদপুর জেলা প্রশাসন", act="state"),
    claim(201, "2025-03-04T12:00", 13, source="ফায়ার সার্ভিস", act="confirm", outlet="নদীর খবর"),
    claim(301, "2025-03-04T18:00", 12, hedge="at_least", outlet="দিনের আলো"),
    claim(401, "2025-03-05", 18, source="চাঁদপুর জেলা প্রশাসন", act="state", outlet="নদীর খবর"),
    claim(
        402,
        "2025-03-05",
        18,
        source="জেলা প্রশাসন, চাঁদপুর",
        act="state",
        outlet="দিনের আলো",
        report=55,
        article="https://example.org/news/55",
    ),
    claim(501, "2025-03-06", 20, hedge="about", source="স্থানীয় বাসিন্দারা", source_type="unnamed", act="claim"),
    claim(601, "2025-03-07", 22, hedge="range", high=26, source="নৌ পুলিশ", act="expect"),
    claim(701, "2025-03-09", None, high=30, hedge="up_to", source="উদ্ধারকারী দল", act="state"),
)
FERRY_RELATIONS = (
    relation(101, 201, "conflicts"),
    relation(101, 401, "moved"),
    relation(401, 402, "echo"),
    relation(501, 601, "conflicts"),
)
