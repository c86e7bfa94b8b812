"""Articles in any number for tests of bulk work: short, each with its own figures, some of them versions of others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_PLACES = ("সিলেট", "ভোলা", "কুড়িগ্রাম", "বাগেরহাট", "রাঙামাটি")
_EVENTS = (
    "{place}ের হাওরে নৌকাডুবিতে {n} জনের মৃত্যু হয়েছে। নিখোঁজ আছেন অন্তত {m} জন।",
    "{place}ে ঝড়ে {n}টি ঘর ভেঙেছে। ক্ষতি প্রায় {m} লাখ টাকা।",
    "{place}ে পানিবন্দী {n} হাজার পরিবার। ত্রাণ পেয়েছে {m} শতাংশ।",
)
_DIGITS = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")


def article(n: int) -> dict[str, Any]:
    """The n-th: every seventh is a new version of the one six before, every eleventh has no date."""
    page = n - 6 if n % 7 == 6 else n
    place = _PLACES[page % len(_PLACES)]
    said = _EVENTS[page % len(_EVENTS)].format(place=place, n=3 + n % 90, m=10 + n % 80).translate(_DIGITS)
    text = f"{place}ে দুর্যোগ, খবর {page}\n\n{said}\n\nজেলা প্রশাসক মাহমুদা বেগম বলেন, “গতকাল থেকে উদ্ধারকাজ চলছে।”"
    found = {"id": f"https://example.org/{page}", "text": text, "outlet": "নদীর খবর"}
    return found if n % 11 == 10 else {**found, "published": f"2025-03-{1 + page % 9:02}"}


def lines(count: int) -> Iterator[str]:
    for n in range(count):
        yield json.dumps(article(n), ensure_ascii=False) + "\n"


def written(path: Path, count: int) -> str:
    path.write_text("".join(lines(count)), encoding="utf-8")
    return str(path)
