"""In which order models are seeded: parents before children; where they refer to each other, a field waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from okra.seeding.rows import Row
    from okra.seeding.shapes import Reference, Shape


class Turn(NamedTuple):
    """A model, and its fields that are written when all rows are there."""

    shape: Shape
    later: frozenset[str]


def turns(shapes: Iterable[Shape]) -> list[Turn]:
    """`shapes`, each after those that it refers to."""
    waiting = {shape.model: shape for shape in shapes}
    found = []
    while waiting:
        free = next((each for each in waiting.values() if not _ahead(each, waiting)), None)
        chosen = free or next(
            (each for each in waiting.values() if _can_wait(each, waiting)),
            next(iter(waiting.values())),
        )
        ahead = _ahead(chosen, waiting)
        own = [each for each in chosen.references if each.model == chosen.model]
        later = frozenset(name for each in (*ahead, *own) for name in _nullable(chosen, each))
        found.append(Turn(chosen, later))
        del waiting[chosen.model]
    return found


def _ahead(shape: Shape, waiting: dict[str, Shape]) -> list[Reference]:
    """What `shape` refers to in models that are still to come."""
    return [
        each for each in shape.references if each.model != shape.model and each.model in waiting
    ]


def _can_wait(shape: Shape, waiting: dict[str, Shape]) -> bool:
    return all(_nullable(shape, each) for each in _ahead(shape, waiting))


def _nullable(shape: Shape, reference: Reference) -> list[str]:
    return [name for name in reference.fields if shape.slots[name].nullable]


def refers_to_itself(shape: Shape) -> Reference | None:
    """A relation of `shape` to itself that every row must have."""
    return next(
        (
            each
            for each in shape.references
            if each.model == shape.model and not _nullable(shape, each)
        ),
        None,
    )


def parents_first(
    rows: Iterable[Row], key: Sequence[str], parent: Callable[[Row], tuple[object, ...] | None]
) -> Iterator[Row]:
    """`rows` in their order, but none before the one that it refers to. What goes in circles comes last.

    key     the fields that others refer to
    parent  the values that a row refers to
    """
    waiting: dict[tuple[object, ...], list[Row]] = {}
    known = list(rows)
    there = {_texts(row.values.get(name) for name in key) for row in known}
    done: set[tuple[object, ...]] = set()
    for row in known:
        own = _texts(row.values.get(name) for name in key)
        needs = parent(row)
        if needs is not None and needs != own and needs in there and needs not in done:
            waiting.setdefault(needs, []).append(row)
            continue
        ready = [row]
        while ready:
            each = ready.pop(0)
            yield each
            at = _texts(each.values.get(name) for name in key)
            done.add(at)
            ready.extend(waiting.pop(at, ()))
    for rest in waiting.values():
        yield from rest


def _texts(values: Iterable[object]) -> tuple[object, ...]:
    return tuple(map(str, values))
