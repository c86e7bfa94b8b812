"""Reports of a few invented sinkings, alike enough to meet: for tests of what is compared with what."""

from __future__ import annotations

import json
from functools import lru_cache

import msgspec

from dabi import service
from dabi.ledger import Submission
from dabi.model import Analysis

_PLACES = ("মতলব", "হিজলা", "রামগতি", "মনপুরা")


class Sinking(msgspec.Struct, frozen=True, kw_only=True):
    """One report; `place`: which of four sinkings it tells of; `day`: of June 2025, None where the date is unknown."""

    id: str
    place: int = 0
    dead: int = 7
    day: int | None = 10

    @property
    def text(self) -> str:
        place = _PLACES[self.place % 4]
        aboard = 120 + self.place % 4
        return (
            f"{place}ে লঞ্চডুবি, নিহত {self.dead}\n"
            f"{place} উপজেলায় মেঘনা নদীতে একটি লঞ্চ ডুবে {self.dead} জন নিহত হয়েছেন। নৌ পুলিশ জানায়, "
            f"লঞ্চটিতে {aboard} জন যাত্রী ছিলেন। এর মধ্যে {aboard - 90} জন নারী।"
        )

    @property
    def published(self) -> str | None:
        return f"2025-06-{self.day:02}" if self.day is not None else None

    @property
    def line(self) -> str:
        """As a line of JSON."""
        values = {"id": self.id, "text": self.text, "published": self.published}
        return json.dumps(values, ensure_ascii=False)

    def analysed(self) -> tuple[Submission, Analysis]:
        return Submission(article=self.id, text=self.text), _analysis(self.text, self.published, self.id)


@lru_cache(maxsize=4096)
def _analysis(text: str, published: str | None, id: str) -> Analysis:
    return service.analyse(text, published=published, id=id)
