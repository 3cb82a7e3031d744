"""The parts of a table in the order of another one's: their order means nothing, and tables that mean the same compare equal."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from okra.relational.model import Check, ForeignKey, Index

if TYPE_CHECKING:
    from okra.relational.model import Table

Part = TypeVar("Part", Index, ForeignKey, Check)


def arranged(table: Table, like: Table) -> Table:
    """`table` with its indexes, foreign keys and checks in the order of those of the same names in `like`."""
    return replace(
        table,
        indexes=_arranged(table.indexes, like.indexes),
        foreign_keys=_arranged(table.foreign_keys, like.foreign_keys),
        checks=_arranged(table.checks, like.checks),
    )


def _arranged(parts: tuple[Part, ...], like: tuple[Part, ...]) -> tuple[Part, ...]:
    if len(parts) < 2:  # noqa: PLR2004 - one part has but one order
        return parts
    places = {part.name: place for place, part in enumerate(like)}
    return tuple(sorted(parts, key=lambda part: places.get(part.name, len(places))))
