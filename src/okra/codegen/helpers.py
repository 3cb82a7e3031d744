"""What generated code brings along: only what it uses, and what that needs itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def with_needs(names: Iterable[str], needs: Callable[[str], Iterable[str]]) -> set[str]:
    """The helpers of these names, with all that they need, and that those need.

    needs  what one helper needs at once
    """
    found = set(names)
    waiting = list(found)
    while waiting:
        more = set(needs(waiting.pop())) - found
        found |= more
        waiting.extend(more)
    return found
