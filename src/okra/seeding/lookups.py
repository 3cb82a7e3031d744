"""What a row says of another one, as `{"email": "ann@example.org"}`, looked up in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from okra.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from okra.dialects.base import Row as DatabaseRow
    from okra.dialects.base import Value
    from okra.dialects.rows import RowWriter
    from okra.dialects.session import MigrationSession
    from okra.seeding.preparing import Preparer
    from okra.seeding.rows import Row
    from okra.seeding.shapes import Reference, Shapes

_MOST = 100_000


class Lookups:
    """Finds rows by their values; remembers what it has found."""

    def __init__(
        self,
        session: MigrationSession,
        writer: RowWriter,
        quote: Callable[[str], str],
        shapes: Shapes,
    ) -> None:
        self._session = session
        self._writer = writer
        self._quote = quote
        self._shapes = shapes
        self._found: dict[object, DatabaseRow] = {}

    def follow(
        self, asking: Preparer, reference: Reference, raw: Mapping[str, Any], row: Row
    ) -> DatabaseRow | None:
        """The values of what `reference` refers to in the row that `raw` describes; None where it says nothing.

        Raises  SeedError where there is no such row, or more than one
        """
        if all(_is_empty(value) for value in raw.values()):
            return None
        return self.find(asking, reference.name, reference.model, raw, reference.references, row)

    def find(
        self,
        asking: Preparer,
        name: str,
        model: str,
        raw: Mapping[str, Any],
        wanted: Sequence[str],
        row: Row,
    ) -> DatabaseRow:
        """The fields `wanted` of the one row of `model` that `raw` describes.

        name    the field of `asking` that says so
        """
        shape = self._shapes.shape(model, row.place)
        given: dict[str, Value] = {}
        for field, value in raw.items():
            slot = shape.slots.get(field)
            if slot is None:
                near = nearest(field, shape.slots)
                more = f"; did you mean `{near}`?" if near else ""
                raise asking.misfit(name, row, f"names `{field}`, which `{model}` has not{more}")
            given[field] = asking.value(slot._replace(field=f"{name}.{field}"), value, row)
        return self.given(asking, name, model, given, wanted, row)

    def given(
        self,
        asking: Preparer,
        name: str,
        model: str,
        given: Mapping[str, Value],
        wanted: Sequence[str],
        row: Row,
    ) -> DatabaseRow:
        """The same, for values as they are stored."""
        if all(given.get(field) is not None for field in wanted):
            return tuple(given[field] for field in wanted)
        key = (model, tuple(given.items()), tuple(wanted))
        known = self._found.get(key)
        if known is not None:
            return known
        found = self._query(model, given, wanted, row)
        if len(found) != 1:
            what = "more than one row" if found else "no row"
            raise asking.misfit(name, row, f"means {what} of `{model}`: the key is {_named(given)}")
        if len(self._found) >= _MOST:
            self._found.clear()
        self._found[key] = found[0]
        return found[0]

    def exists(self, table: str, values: Mapping[str, Value]) -> bool:
        """Whether `table` has a row with these values, by column."""
        return bool(self._rows(table, values, "1"))

    def _query(
        self, model: str, given: Mapping[str, Value], wanted: Sequence[str], row: Row
    ) -> list[DatabaseRow]:
        shape = self._shapes.shape(model, row.place)
        columns = {shape.slots[field].column.name: value for field, value in given.items()}
        names = [self._writer.as_text(self._quote(name)) for name in shape.names(wanted)]
        return self._rows(shape.table, columns, ", ".join(names))

    def _rows(self, table: str, values: Mapping[str, Value], what: str) -> list[DatabaseRow]:
        """At most two."""
        tests = [
            f"{self._quote(name)} {'IS NULL' if value is None else '= ?'}"
            for name, value in values.items()
        ]
        return self._session.query(
            f"SELECT {what} FROM {self._writer.path(table)} WHERE {' AND '.join(tests)} LIMIT 2",
            [value for value in values.values() if value is not None],
        )


def _is_empty(value: Any) -> bool:
    return value is None or value == ""


def _named(given: Mapping[str, Value]) -> str:
    return ", ".join(f"`{field}`" for field in given)
