"""Conditions of Go that are put together: `&&` and `||`, without what go vet finds suspect in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Cannot(Exception):
    """Go has no way to say it that means the same."""


class Atom(msgspec.Struct, frozen=True):
    """One comparison: `left operator right`, or `left` alone; with the packages and helpers that it uses."""

    left: str
    operator: str = ""
    right: str = ""
    imports: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return f"{self.left} {self.operator} {self.right}" if self.operator else self.left


class Chain(msgspec.Struct, frozen=True):
    """`&&` or `||` between parts; those of the same sign are one chain."""

    sign: str
    parts: tuple[Go, ...]

    @property
    def text(self) -> str:
        return f" {self.sign} ".join(
            f"({part.text})" if isinstance(part, Chain) else part.text for part in self.parts
        )


Go: TypeAlias = Atom | Chain
Truth: TypeAlias = Go | bool

_SUSPECT = {"&&": "==", "||": "!="}


def atoms(condition: Go) -> Iterator[Atom]:
    """All comparisons of a condition."""
    if isinstance(condition, Atom):
        yield condition
    else:
        for part in condition.parts:
            yield from atoms(part)


def both(parts: Iterable[Truth]) -> Truth:
    return _chain("&&", parts, neutral=True)


def either(parts: Iterable[Truth]) -> Truth:
    return _chain("||", parts, neutral=False)


def _chain(sign: str, parts: Iterable[Truth], *, neutral: bool) -> Truth:
    """The parts, each once; what decides by itself is the whole, what decides nothing goes."""
    found: dict[Go, None] = {}
    for part in parts:
        if isinstance(part, bool):
            if part is not neutral:
                return part
        elif isinstance(part, Chain) and part.sign == sign:
            found.update(dict.fromkeys(part.parts))
        else:
            found[part] = None
    atoms = [part for part in found if isinstance(part, Atom) and part.right != "nil"]
    compared = [atom.left for atom in atoms if atom.operator == _SUSPECT[sign]]
    if len(set(compared)) < len(compared):  # `a != 1 || a != 2` is always so
        raise Cannot
    if not found:
        return neutral
    return next(iter(found)) if len(found) == 1 else Chain(sign, tuple(found))
