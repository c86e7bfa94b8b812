"""What belongs together, directly or through others, among numbers held in memory."""

from __future__ import annotations


class Forest:
    """Union-find; the root of a tree is its smallest number."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def root(self, number: int) -> int:
        parent = self._parent
        parent.setdefault(number, number)
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def join(self, one: int, other: int) -> bool:
        """Put two together; False if they were so already."""
        one, other = self.root(one), self.root(other)
        if one == other:
            return False
        self._parent[max(one, other)] = min(one, other)
        return True
