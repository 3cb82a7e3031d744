"""What generated code brings along: only what it uses, and what that needs itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Helper(msgspec.Struct, frozen=True, kw_only=True):
    """A type, a function or a constant of the generated code.

    text     its declaration; what in it stands for names, the language's generator knows
    imports  what it needs of the language's own library
    needs    other helpers, by name
    """

    text: str
    imports: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


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
