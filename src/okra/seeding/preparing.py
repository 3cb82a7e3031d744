"""A row of a file → values for columns: fields are known, values fit their types, relations are followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from okra.dialects.rows import Unstorable
from okra.errors import SeedError
from okra.nearest import nearest
from okra.relational.model import LogicalKind
from okra.seeding.values import Cell, Misfit, named_type

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okra.dialects.base import Value
    from okra.dialects.rows import RowWriter
    from okra.seeding.lookups import Lookups
    from okra.seeding.rows import Row
    from okra.seeding.shapes import Link, Reference, Shape, Slot


class Prepared(NamedTuple):
    """A row as it will be written.

    key     the fields that tell it from others
    values  by field
    later   those that may refer to rows which come only after this one
    links   the keys of the rows that it is linked with, by relation
    """

    row: Row
    key: tuple[str, ...]
    values: Mapping[str, Value]
    later: Mapping[str, Value]
    links: Mapping[str, Any]


class Preparer:
    """Prepares the rows of one model.

    later  the fields that have to wait until all rows are there
    """

    def __init__(
        self, shape: Shape, later: frozenset[str], writer: RowWriter, lookups: Lookups
    ) -> None:
        self.shape = shape
        self._later = later
        self._writer = writer
        self._lookups = lookups
        self._references = {each.name: each for each in shape.references}
        self._links = {each.name: each for each in shape.links}
        # What does not wait itself tells a row best.
        self._keys = sorted(shape.keys, key=lambda key: not later.isdisjoint(key))
        self._again = {field for key in shape.keys for field in key} | later | self._links.keys()
        self._again |= {each.name for each in shape.references if self._again & set(each.fields)}

    def prepare(self, row: Row, *, again: bool = False) -> Prepared:
        """The row as it will be written.

        again   every row is there by now: what it refers to can be looked up, and nothing else is of interest
        Raises  SeedError that names the field
        """
        values: dict[str, Value] = {}
        links: dict[str, Any] = {}
        put_off: set[str] = set()
        for name, raw in row.values.items():
            if again and name not in self._again:
                continue
            slot = self.shape.slots.get(name)
            if slot is not None:
                self._take(values, slot, raw, row)
            elif name in self._references:
                put_off |= self._follow(values, self._references[name], raw, row, again=again)
            elif name in self._links:
                links[name] = self._listed(self._links[name], raw, row)
            else:
                raise self._unknown(name, row)
        key = self._key(values, row)
        if not self._later and not links:
            return Prepared(row, key, values, {}, {})
        waiting = (self._later | put_off) - set(key)
        return Prepared(
            row=row,
            key=key,
            values={name: value for name, value in values.items() if name not in waiting},
            later={name: values.get(name) for name in values.keys() & waiting}
            | dict.fromkeys(put_off - values.keys()),
            links={name: raw for name, raw in links.items() if raw is not None},
        )

    def _take(self, values: dict[str, Value], slot: Slot, raw: Any, row: Row) -> None:
        """Put the value of one field into `values`, unless the row leaves it to the database."""
        if slot.field in self.shape.absent:
            raise self._absent(slot, row)
        if slot.computed:
            raise self.misfit(
                slot.field, row, "is computed by the database, and the row has a value"
            )
        if slot.field in values:
            raise self.misfit(slot.field, row, "is there twice: as itself, and by a relation")
        if isinstance(raw, Cell) and not raw:
            if slot.has_default:
                return
            kind = slot.wanted.kind
            empty = kind.kind is LogicalKind.STRING and not kind.list
            raw = "" if empty and not slot.nullable else None
        values[slot.field] = self.value(slot, raw, row)

    def value(self, slot: Slot, raw: Any, row: Row) -> Value:
        """The value for a column.

        Raises  SeedError
        """
        if raw is None:
            if not slot.nullable:
                raise self.misfit(slot.field, row, "is required, and the value is null")
            return None
        try:
            return self._writer.stored(slot.convert(raw), slot.wanted.kind, slot.native)
        except (Misfit, Unstorable) as misfit:
            raise self.misfit(slot.field, row, str(misfit)) from None

    def _follow(
        self,
        values: dict[str, Value],
        reference: Reference,
        raw: Any,
        row: Row,
        *,
        again: bool,
    ) -> set[str]:
        """Put the key of what `raw` means into `values`; gives the fields whose values can't be known yet."""
        slots = [self.shape.slots[field] for field in reference.fields]
        if isinstance(raw, dict):
            waits = self._later.intersection(reference.fields)
            if waits and not again:
                return set(waits)
            found = self._lookups.follow(self, reference, raw, row)
            if found is None:
                for slot in slots:
                    self._take(values, slot, None, row)
                return set()
            if not values.keys().isdisjoint(reference.fields):
                raise self.misfit(reference.name, row, "is there twice: by a field of its own, too")
            values.update(zip(reference.fields, found, strict=True))
        elif raw is None or len(slots) == 1:
            for slot in slots:
                self._take(values, slot, raw, row)
        else:
            names = ", ".join(f"`{name}`" for name in reference.references)
            raise self.misfit(
                reference.name,
                row,
                f"takes an object with {names} of `{reference.model}`, and the value is "
                f"{named_type(raw)}",
            )
        return set()

    def _listed(self, link: Link, raw: Any, row: Row) -> Any:
        if isinstance(raw, Cell):
            if not raw:
                return None
            return [Cell(part.strip()) for part in raw.split(";")]
        if raw is None or isinstance(raw, list):
            return raw
        raise self.misfit(
            link.name,
            row,
            f"takes a list of keys of `{link.model}`, and the value is {named_type(raw)}",
        )

    def _key(self, values: Mapping[str, Value], row: Row) -> tuple[str, ...]:
        for key in self._keys:
            if all(values.get(field) is not None for field in key):
                return key
        model = self.shape.model
        known = " or ".join(", ".join(f"`{name}`" for name in key) for key in self.shape.keys)
        raise SeedError(
            f"nothing tells row {row.number} of `{model}` from others, so seeding twice would add "
            "it twice",
            code="OKR597",
            place=row.place,
            help=f"give it a value for {known}; nothing was written"
            if known
            else f"`{model}` has no key: seed it with a file of SQL; nothing was written",
        )

    def _unknown(self, name: str, row: Row) -> SeedError:
        other = self.shape.others.get(name)
        if other is not None:
            return SeedError(
                f"`{name}` of row {row.number} of `{self.shape.model}` can't be written here: rows of "
                f"`{other}` say which `{self.shape.model}` they belong to",
                code="OKR597",
                place=row.place,
                help=f"write them under `{other}`, each with what leads to this row; nothing was written",
            )
        near = nearest(name, self.shape.fields)
        return SeedError(
            f"row {row.number} has `{name}`, and the model `{self.shape.model}` has no such field",
            code="OKR597",
            place=row.place,
            help=f"did you mean `{near}`? nothing was written"
            if near
            else "rows have the fields of the model, by their names in the schema; nothing was written",
        )

    def _absent(self, slot: Slot, row: Row) -> SeedError:
        return SeedError(
            f"row {row.number} has `{slot.field}`, and the table `{self.shape.table}` has no column "
            f"`{slot.column.name}` yet",
            code="OKR640",
            place=row.place,
            help="bring the database up to the schema first: `okra db:migrate:generate` and "
            "`okra db:migrate:up`,\nor `okra db:sync` in declarative mode; nothing was written",
        )

    def misfit(self, field: str, row: Row, text: str) -> SeedError:
        """The error for a value that does not fit."""
        return SeedError(
            f"`{field}` of row {row.number} of `{self.shape.model}` {text}",
            code="OKR597",
            place=row.place,
            help="nothing was written",
        )
