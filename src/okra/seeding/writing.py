"""Files of rows, written: model by model, parents first, many rows at a time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from okra.errors import SeedError
from okra.seeding.blame import refused
from okra.seeding.events import ModelRows
from okra.seeding.lookups import Lookups
from okra.seeding.ordering import parents_first, refers_to_itself, turns
from okra.seeding.preparing import Prepared, Preparer
from okra.seeding.staging import Merged, Part, Stage, Staged
from okra.seeding.values import named_type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from okra.dialects.base import Value
    from okra.dialects.rows import RowWriter
    from okra.dialects.session import MigrationSession
    from okra.seeding.ordering import Turn
    from okra.seeding.rows import Data, Row
    from okra.seeding.shapes import Link, Shapes

_ROWS = 5_000
_BYTES = 4_000_000


class Work(NamedTuple):
    """What writing needs: the transaction, and the schema.

    quote  a name as an identifier of the provider
    told   (data, model, rows so far) hears how far it came
    """

    session: MigrationSession
    writer: RowWriter
    quote: Callable[[str], str]
    shapes: Shapes
    told: Callable[[Data, str, int], None]


def write_all(work: Work, files: Sequence[Data]) -> dict[tuple[str, str], ModelRows]:
    """Write the rows of neighbouring files; gives what became of them, by file and model.

    Raises  SeedError that names the row
    """
    wanted = {model: data.name for data in files for model in data.models}
    shapes = [work.shapes.shape(model, place) for model, place in wanted.items()]
    order = turns(shapes)
    found: dict[tuple[str, str], ModelRows] = {}
    again: list[tuple[Turn, Data]] = []
    for turn in order:
        for data in files:
            if turn.shape.model in data.models:
                writing = _Writing(work, turn, data)
                found[data.name, turn.shape.model] = writing.first()
                if writing.unfinished:
                    again.append((turn, data))
    for turn, data in again:
        _Writing(work, turn, data).second()
    return found


class _Writing:
    """The rows of one model in one file."""

    def __init__(self, work: Work, turn: Turn, data: Data) -> None:
        self._work = work
        self._shape = turn.shape
        self._data = data
        self._lookups = Lookups(work.session, work.writer, work.quote, work.shapes)
        self._preparer = Preparer(turn.shape, turn.later, work.writer, self._lookups)
        explain = partial(refused, turn.shape, work.shapes, self._lookups)
        self._stage = Stage(work.session, work.writer, work.quote, explain)
        self._in_order = refers_to_itself(turn.shape)
        self._parts: dict[tuple[tuple[str, ...], ...], Part] = {}
        self._batches: dict[
            int, tuple[Part, list[Staged]]
        ] = {}  # by the part's id: hashing is slow
        self._links = [(link, _join(link)) for link in turn.shape.links]
        self._waiting = self._size = 0
        self._merged = Merged()
        self.unfinished = False

    def first(self) -> ModelRows:
        """Write everything but what has to wait until all rows are there."""
        seen: dict[object, int] = {}
        total = 0
        for row in self._rows():
            prepared = self._preparer.prepare(row)
            self._check_once(prepared, seen)
            self.unfinished = self.unfinished or bool(prepared.later or prepared.links)
            self._add(self._part(prepared.key, prepared.values), prepared.values.values(), row)
            total += 1
            if self._waiting >= _ROWS or self._size >= _BYTES:
                self._flush()
                self._work.told(self._data, self._shape.model, total)
        self._flush()
        done = self._merged
        return ModelRows(
            model=self._shape.model,
            inserted=done.inserted,
            updated=done.updated,
            unchanged=total - done.inserted - done.updated,
        )

    def second(self) -> None:
        """Write what had to wait."""
        for row in self._data.rows(self._shape.model):
            prepared = self._preparer.prepare(row, again=True)
            if prepared.later:
                keys = {field: prepared.values[field] for field in prepared.key}
                values = keys | dict(prepared.later)
                self._add(self._part(prepared.key, values), values.values(), row)
            for link, part in self._links:
                own = self._own(prepared, link) if link.name in prepared.links else ()
                others = (
                    self._other(link, item, row) for item in prepared.links.get(link.name, ())
                )
                for other in dict.fromkeys(others):
                    self._add(part, (*own, *other), row)
            if self._waiting >= _ROWS or self._size >= _BYTES:
                self._flush()
        self._flush()

    def _rows(self) -> Iterable[Row]:
        rows = self._data.rows(self._shape.model)
        reference = self._in_order
        if reference is None:
            return rows
        return parents_first(
            rows,
            reference.references,
            lambda row: tuple(str(row.values.get(field)) for field in reference.fields),
        )

    def _part(self, key: tuple[str, ...], fields: Iterable[str]) -> Part:
        given = tuple(fields)
        known = self._parts.get((key, given))
        if known is not None:
            return known
        shape = self._shape
        lacks = (name for name, slot in shape.slots.items() if slot.required and name not in given)
        columns = tuple(shape.columns(given))
        part = Part(shape.table, tuple(shape.names(key)), columns, next(lacks, None))
        return self._parts.setdefault((key, given), part)

    def _add(self, part: Part, values: Iterable[Value], row: Row) -> None:
        if self._in_order is not None and id(part) not in self._batches:
            self._flush()  # rows of another kind may be the parents of this one
        staged = Staged(tuple(values), row)
        self._batches.setdefault(id(part), (part, []))[1].append(staged)
        self._waiting += 1
        self._size += sum(len(value) for value in staged.values if isinstance(value, (str, bytes)))

    def _flush(self) -> None:
        for part, rows in self._batches.values():
            self._merged = self._merged.plus(self._stage.merge(part, rows))
        self._batches.clear()
        self._waiting = self._size = 0

    def _check_once(self, prepared: Prepared, seen: dict[object, int]) -> None:
        identity = (prepared.key, tuple(prepared.values[field] for field in prepared.key))
        first = seen.setdefault(identity, prepared.row.number)
        if first != prepared.row.number:
            fields = ", ".join(f"`{field}`" for field in prepared.key)
            raise SeedError(
                f"rows {first} and {prepared.row.number} of `{self._shape.model}` have the same {fields}",
                code="OKR597",
                place=prepared.row.place,
                help="take one of them out; nothing was written",
            )

    def _own(self, prepared: Prepared, link: Link) -> tuple[Value, ...]:
        return self._lookups.given(
            self._preparer,
            link.name,
            self._shape.model,
            {field: prepared.values[field] for field in prepared.key},
            self._work.shapes.id_fields(self._shape.model),
            prepared.row,
        )

    def _other(self, link: Link, item: Any, row: Row) -> tuple[Value, ...]:
        ids = self._work.shapes.id_fields(link.model)
        raw = item
        if not isinstance(item, dict):
            if len(ids) != 1 or item is None:
                raise self._preparer.misfit(
                    link.name, row, f"takes keys of `{link.model}`, and one is {named_type(item)}"
                )
            raw = {ids[0]: item}
        return self._lookups.find(self._preparer, link.name, link.model, raw, ids, row)


def _join(link: Link) -> Part:
    """Where the rows of a join table go."""
    names = (*link.own, *link.other)
    columns = {column.name: column for column in link.native.columns}
    return Part(link.native.name, names, tuple(columns[name] for name in names))
