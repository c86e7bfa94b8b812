"""The figures of one passage with the times between them, as the rules for what is counted see them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from ...mentions import TimeMention
from ...passage import Passage
from ..draft import Draft

Tokens = tuple[int, int]  # half-open token range

_OR = frozenset(("বা", "অথবা", "কিংবা", "তথা", "অর্থাৎ"))
_TO = frozenset(("থেকে", "হতে"))
_WITH_UNITS = ("money", "measure", "percent", "ratio")


class Figures:
    """The drafts of one passage in text order, and where times begin and end.

    A figure that only says another one again (৩ ট্রিলিয়ন বা ৩ লাখ কোটি ডলার, ৫ মিটার (১৬ ফুট), ৫ হাজার থেকে ৬ হাজার টন)
    stands in one group with it: what is counted is sought before the first of them (`draft.left`) and behind the last
    (`draft.right`).
    """

    __slots__ = ("p", "drafts", "time_ends", "time_starts")

    def __init__(self, p: Passage, drafts: list[Draft], times: Sequence[TimeMention] = ()) -> None:
        self.p = p
        self.drafts = drafts
        self.time_ends: dict[int, int] = {}  # first token of a time: the token behind it
        self.time_starts: dict[int, int] = {}  # the token behind a time: its first
        if drafts:
            self._place(times)
        for i, draft in enumerate(drafts):
            draft.index, draft.left, draft.right = i, draft.first, draft.last
        self._group()

    def _place(self, times: Sequence[TimeMention]) -> None:
        starts = self.p.starts
        for time in times:
            first, last = bisect_left(starts, time.start), bisect_left(starts, time.end)
            if first < last:
                self.time_ends[first] = last
                self.time_starts[last] = first

    def _group(self) -> None:
        for a, b in zip(self.drafts, self.drafts[1:], strict=False):
            right = self._again(a, b)
            if right is not None:
                b.left = a.left
                k = b.index
                while k >= 0 and self.drafts[k].left == a.left:
                    self.drafts[k].right = right
                    k -= 1

    def _again(self, a: Draft, b: Draft) -> int | None:
        """The token behind the group, when b says a again."""
        words = self.p.words
        if a.kind not in _WITH_UNITS or b.kind not in _WITH_UNITS or b.first - a.last > 2:
            return None
        between = words[a.last : b.first]
        if between == ["("]:
            return b.last + 1 if b.last < len(words) and words[b.last] == ")" else None
        if between and between[-1] in _OR and between[:-1] in ([], [","]):
            return b.last
        return b.last if len(between) == 1 and between[0] in _TO and a.unit == b.unit else None

    def floor(self, d: Draft) -> int:
        """The first token behind the figures before the group of a draft."""
        k = d.index - 1
        while k >= 0 and self.drafts[k].left == d.left:
            k -= 1
        if k < 0:
            return 0
        earlier = self.drafts[k]
        named = earlier.counted[1] if earlier.counted is not None else 0
        return max(earlier.last, named) if named <= d.left else earlier.last

    def past_time(self, j: int) -> int:
        """The token behind the times that begin at token j."""
        while (end := self.time_ends.get(j)) is not None:
            j = end
        return j

    def before_time(self, k: int) -> int:
        """The token before the times that end with token k."""
        while (start := self.time_starts.get(k + 1)) is not None:
            k = start - 1
        return k
