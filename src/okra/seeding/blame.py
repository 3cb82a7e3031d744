"""Why a server refuses a row, in the words of the schema: which field, and what is wrong with its value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.errors import DatabaseError, SeedError
from okra.seeding.values import named_type

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okra.dialects.base import Value
    from okra.seeding.lookups import Lookups
    from okra.seeding.rows import Row
    from okra.seeding.shapes import Reference, Shape, Shapes
    from okra.seeding.staging import Part, Staged


def refused(
    shape: Shape, shapes: Shapes, lookups: Lookups, part: Part, staged: Staged, error: DatabaseError
) -> SeedError:
    """The error for a row that the server refuses."""
    row = staged.row
    if part.table != shape.table:
        return _unlinked(shape, part, row, error)
    names = {slot.column.name: field for field, slot in shape.slots.items()}
    stored = {
        names[column.name]: value for column, value in zip(part.columns, staged.values, strict=True)
    }
    reason = _orphan(shape, shapes, lookups, stored, row) or _taken(
        shape, lookups, part, stored, row
    )
    return SeedError(
        f"{reason} (row {row.number} of `{shape.model}`)"
        if reason
        else f"the server refuses row {row.number} of `{shape.model}`: {error.message}",
        code="OKR598",
        place=row.place,
        help="nothing was written",
    )


def _unlinked(shape: Shape, part: Part, row: Row, error: DatabaseError) -> SeedError:
    """The same for a row of a join table."""
    link = next(each for each in shape.links if each.native.name == part.table)
    return SeedError(
        f"`{link.name}` of row {row.number} of `{shape.model}` has the key of a `{link.model}` that is "
        f"not there: {error.message}",
        code="OKR598",
        place=row.place,
        help="nothing was written",
    )


def _orphan(
    shape: Shape, shapes: Shapes, lookups: Lookups, stored: Mapping[str, Value], row: Row
) -> str | None:
    for reference in shape.references:
        values = [stored.get(field) for field in reference.fields]
        if any(value is None for value in values):
            continue
        parent = shapes.shape(reference.model, row.place)
        columns = dict(zip(parent.names(reference.references), values, strict=True))
        own = [stored.get(field) for field in reference.references]
        if reference.model == shape.model and own == values:
            continue
        if not lookups.exists(parent.table, columns):
            return _dangling(reference, row)
    return None


def _dangling(reference: Reference, row: Row) -> str:
    """A value that leads nowhere, with what kind of value it is."""
    fields = ", ".join(f"`{field}`" for field in reference.fields)
    keys = ", ".join(f"`{field}`" for field in reference.references)
    given = row.values.get(reference.fields[0], row.values.get(reference.name))
    return (
        f"{fields} refers to no `{reference.model}`: the value is {named_type(given)}, and none has "
        f"it as {keys}"
    )


def _taken(
    shape: Shape, lookups: Lookups, part: Part, stored: Mapping[str, Value], row: Row
) -> str | None:
    for key in shape.keys:
        if any(stored.get(field) is None for field in key) or set(shape.names(key)) == set(
            part.key
        ):
            continue
        slots = [shape.slots[field] for field in key]
        if lookups.exists(part.table, {slot.column.name: stored[slot.field] for slot in slots}):
            fields = ", ".join(f"`{field}`" for field in key)
            kinds = ", ".join(named_type(row.values.get(field)) for field in key)
            return f"another row of `{shape.model}` has the same {fields}; the value is {kinds}"
    return None
