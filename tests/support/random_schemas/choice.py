"""Choices that Hypothesis can make small: the first of a list, no rather than yes, 0."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")


class Choice:
    """Random choices by way of `draw`."""

    def __init__(self, draw: Callable[[st.SearchStrategy[int]], int]) -> None:
        self._draw = draw

    def number(self, least: int, most: int) -> int:
        """A number from `least` to `most`, both included."""
        return least if least == most else self._draw(st.integers(least, most))

    def chance(self, percent: int) -> bool:
        """True in `percent` of 100."""
        return self.number(0, 99) >= 100 - percent

    def one(self, items: Sequence[T]) -> T:
        """One of `items`."""
        return items[self.number(0, len(items) - 1)]

    def some(self, items: Sequence[T], least: int, most: int) -> list[T]:
        """From `least` to `most` of `items`, each once, in a random order."""
        left = list(items)
        count = min(self.number(least, most), len(left))
        return [left.pop(self.number(0, len(left) - 1)) for _ in range(count)]
