"""(before, after) pairs of names: which of them can be followed, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from okra.naming import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

Pair: TypeAlias = tuple[str, str]

_ASIDE = "_okra_aside_"


def followed(
    pairs: Iterable[Pair], before: Collection[str], after: Collection[str]
) -> tuple[Pair, ...]:
    """Those of `pairs` that lead from a name in `before` which goes to one in `after` which comes, sorted.

    A name that stays is neither left nor taken. A chain a→b, b→c counts, and so does a circle.
    """
    chosen: dict[str, str] = {}
    for old, new in pairs:
        known = old in before and new in after and old != new
        if known and old not in chosen and new not in chosen.values():
            chosen[old] = new
    while True:
        taken = set(chosen.values())
        kept = {
            old: new
            for old, new in chosen.items()
            if (new not in before or new in chosen) and (old not in after or old in taken)
        }
        if len(kept) == len(chosen):
            return tuple(sorted(kept.items()))
        chosen = kept


def without_circles(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """`pairs` but for those that lead round in a circle."""
    following = dict(pairs)
    return tuple(pair for pair in following.items() if not _returns(pair[0], following))


def _returns(name: str, following: dict[str, str]) -> bool:
    at = following.get(name)
    while at is not None and at != name:
        at = following.get(at)
    return at == name


def freed_first(pairs: Sequence[Pair]) -> list[Pair]:
    """`pairs` in an order in which each new name is free, if there is one: of a→b, b→c the second goes first."""
    waiting = list(pairs)
    done: list[Pair] = []
    while waiting:
        taken = {old for old, _ in waiting}
        ready = [pair for pair in waiting if pair[1] not in taken] or waiting
        done += ready
        waiting = [pair for pair in waiting if pair not in ready]
    return done


def one_by_one(pairs: Sequence[Pair], fold: Callable[[str], str]) -> list[Pair]:
    """`pairs` as renames that work one after the other; a circle goes by a name of OKRA's own.

    fold  the form of a name in which the server compares it
    """
    waiting = list(pairs)
    done: list[Pair] = []
    while waiting:
        taken = {fold(old) for old, _ in waiting}
        ready = [pair for pair in waiting if fold(pair[1]) not in taken]
        if ready:
            done += ready
            waiting = [pair for pair in waiting if pair not in ready]
            continue
        old, new = waiting.pop(0)
        aside = shortened(_ASIDE + old)
        done.append((old, aside))
        waiting.append((aside, new))
    return done
