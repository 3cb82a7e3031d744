"""The rows of PostgreSQL's catalogue → tables. Pure."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

import msgspec

from okra.dialects.postgres.expressions.canonical import canonical, canonical_default
from okra.dialects.postgres.introspection.catalogue_indexes import IndexReader
from okra.dialects.postgres.introspection.catalogue_rows import (
    ColumnRow,
    ConstraintRow,
    IndexRow,
    RelationRow,
    SequenceRow,
    TriggerRow,
)
from okra.dialects.postgres.natives.resolving import BOUNDS, lean_counter
from okra.dialects.postgres.natives.typenames import canonical_type
from okra.dialects.postgres.planning.tables import UNLOGGED
from okra.dialects.postgres.planning.triggers import function_name, trigger_name
from okra.relational.model import (
    Action,
    Check,
    Column,
    Counter,
    CounterKind,
    ForeignKey,
    Generated,
    PrimaryKey,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from okra.dialects.postgres.expressions.canonical import Types
    from okra.dialects.postgres.introspection.catalogue_rows import Rows

_ACTIONS = {
    "a": Action.NO_ACTION,
    "r": Action.RESTRICT,
    "c": Action.CASCADE,
    "n": Action.SET_NULL,
    "d": Action.SET_DEFAULT,
}
_COUNTERS = {"a": CounterKind.ALWAYS, "d": None}
_INTERNAL = "i"
_STORAGE = {"p": "PLAIN", "e": "EXTERNAL", "m": "MAIN", "x": "EXTENDED"}
_COMPRESSION = {"p": "pglz", "l": "lz4"}

_Row = TypeVar("_Row", ColumnRow, ConstraintRow, IndexRow, SequenceRow, TriggerRow)


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """tables, and what of them the model can't hold"""

    tables: tuple[Table, ...]
    ignored: tuple[str, ...]


def read_tables(
    relations: Iterable[RelationRow], rows: Rows, schemas: Mapping[int, str], default: int
) -> Read:
    """The tables that the rows describe.

    schemas  the names of all schemas by their ids
    default  the schema whose tables go without one in the model
    """
    return _Reader(rows, schemas, default).read(relations)


class _Constraints(msgspec.Struct):
    """owners: the constraints that indexes belong to, by the index"""

    key: PrimaryKey | None = None
    keys: list[ForeignKey] = msgspec.field(default_factory=list)
    checks: list[Check] = msgspec.field(default_factory=list)
    owners: dict[int, ConstraintRow] = msgspec.field(default_factory=dict)


class _Reader:
    def __init__(self, rows: Rows, schemas: Mapping[int, str], default: int) -> None:
        self.schemas = schemas
        self.default = default
        self.columns = _by_table(rows.columns)
        self.constraints = _by_table(rows.constraints)
        self.indexes = _by_table(rows.indexes)
        self.triggers = _by_table(rows.triggers)
        self.sequences: dict[tuple[int, int], list[SequenceRow]] = defaultdict(list)
        for row in rows.sequences:
            self.sequences[row.table, row.column].append(row)
        self.names = {(row.table, row.number): row.name for row in rows.columns} | rows.referenced
        self.index_reader = IndexReader(rows)
        self.ignored: list[str] = []

    def read(self, relations: Iterable[RelationRow]) -> Read:
        tables = tuple(self._table(row) for row in relations)
        return Read(tables=tables, ignored=tuple(self.ignored))

    def _path(self, schema: int, name: str) -> str:
        return name if schema == self.default else f"{self.schemas[schema]}.{name}"

    def _table(self, row: RelationRow) -> Table:
        name = self._path(row.schema, row.name)
        columns = self.columns[row.oid]
        types = tuple((column.name, canonical_type(column.type)) for column in columns)
        touched = self._touched(row.oid, name)
        own = self._constraints(row.oid, name, types)
        indexes = self.index_reader.indexes(self.indexes[row.oid], columns, types, own.owners, name)
        self.ignored += indexes.ignored
        self._note_table(row, name)
        return Table(
            name=name,
            columns=tuple(self._column(column, name, touched) for column in columns),
            primary_key=own.key,
            indexes=indexes.found,
            foreign_keys=tuple(own.keys),
            checks=tuple(own.checks),
            options=_options(row),
            comment=row.comment,
        )

    def _constraints(self, table: int, name: str, types: Types) -> _Constraints:
        """The constraints of a table by their kinds; what the model has no words for is noted."""
        found = _Constraints()
        for row in self.constraints[table]:
            self._note_constraint(row, name)
            if row.index_id and row.kind != "f":
                found.owners[row.index_id] = row
            match row.kind:
                case "p":
                    columns = self._names(table, row.columns)
                    found.key = PrimaryKey(columns=columns, name=row.name)
                case "f":
                    found.keys += self._foreign_key(row, name)
                case "c" if row.enforced:
                    text = canonical(row.expression or "", types)
                    found.checks.append(Check(name=row.name, expression=text))
                case _:
                    pass
        return found

    def _names(self, table: int, numbers: str | None) -> tuple[str, ...]:
        return tuple(self.names[table, int(number)] for number in (numbers or "").split())

    def _column(self, row: ColumnRow, table: str, touched: set[str]) -> Column:
        native = canonical_type(row.type)
        counter = _counter(row, self.sequences.get((row.table, row.number), ()), native)
        default = None
        if row.default is not None and not row.generated and counter is None:
            default = canonical_default(row.default, native)
        generated = None
        if row.generated:
            types = tuple(
                (each.name, canonical_type(each.type)) for each in self.columns[row.table]
            )
            text = canonical(row.default or "", types)
            generated = Generated(expression=text, stored=row.generated == "s")
        self._note_column(row, table)
        return Column(
            name=row.name,
            type=native,
            nullable=not row.required,
            default=default,
            identity=counter is not None,
            counter=None if counter is None else lean_counter(counter, native),
            generated=generated,
            collation=row.collation,
            comment=row.comment,
            updated_at=row.name in touched,
        )

    def _touched(self, table: int, name: str) -> set[str]:
        """The columns that our triggers keep; the triggers of others are noted."""
        ours = {}
        triggers = self.triggers[table]
        for column in self.columns[table] if triggers else ():
            ours[trigger_name(column.name), function_name(column.name)] = column.name
        found = set()
        for trigger in triggers:
            column_name = ours.get((trigger.name, trigger.function))
            if column_name is None:
                self.ignored.append(f"trigger `{trigger.name}` of table `{name}`")
            else:
                found.add(column_name)
        return found

    def _foreign_key(self, row: ConstraintRow, table: str) -> list[ForeignKey]:
        """The key, or none where the model has no words for it."""
        fault = None
        if row.match != "s":
            fault = "MATCH FULL"
        elif row.sets_some:
            fault = f"ON DELETE {_ACTIONS[row.on_delete]} of some columns only"
        elif not row.enforced:
            fault = "NOT ENFORCED"
        elif row.period:
            fault = "PERIOD"
        if fault is not None:
            self.ignored.append(f"foreign key `{row.name}` of table `{table}`: it has {fault}")
            return []
        return [
            ForeignKey(
                columns=self._names(row.table, row.columns),
                table=self._path(row.other_schema or 0, row.other_name or ""),
                references=self._names(row.other, row.references),
                name=row.name,
                on_delete=_ACTIONS[row.on_delete],
                on_update=_ACTIONS[row.on_update],
                deferrable=bool(row.deferrable),
                initially_deferred=bool(row.deferred),
            )
        ]

    def _note_constraint(self, row: ConstraintRow, table: str) -> None:
        name = f"constraint `{row.name}` of table `{table}`"
        if not row.validated and row.enforced:
            self.ignored.append(f"{name}: it is NOT VALID, older rows were not checked")
        if row.kind == "c" and not row.enforced:
            self.ignored.append(f"{name}: it is NOT ENFORCED")
        if row.kind == "c" and row.no_inherit:
            self.ignored.append(f"{name}: it has NO INHERIT")
        if row.kind == "p" and row.deferrable:
            self.ignored.append(f"{name}: it is DEFERRABLE")
        if row.kind == "p" and row.period:
            self.ignored.append(f"{name}: it has WITHOUT OVERLAPS")
        if row.kind == "x" or (row.kind == "u" and row.period):
            self.ignored.append(name)
        if row.comment is not None:
            self.ignored.append(f"the comment on {name}")

    def _note_table(self, row: RelationRow, table: str) -> None:
        if row.tablespace is not None:
            self.ignored.append(f"the tablespace `{row.tablespace}` of table `{table}`")
        if row.method is not None:
            self.ignored.append(f"the access method `{row.method}` of table `{table}`")
        if row.replica_identity not in ("d", "i"):
            what = "FULL" if row.replica_identity == "f" else "NOTHING"
            self.ignored.append(f"the replica identity {what} of table `{table}`")
        if row.row_security:
            self.ignored.append(f"row level security of table `{table}`")

    def _note_column(self, row: ColumnRow, table: str) -> None:
        place = f"column `{row.name}` of table `{table}`"
        if row.storage is not None:
            self.ignored.append(f"the storage {_STORAGE[row.storage]} of {place}")
        if row.compression is not None:
            self.ignored.append(f"the compression {_COMPRESSION[row.compression]} of {place}")
        if row.statistics is not None:
            self.ignored.append(f"the statistics target {row.statistics} of {place}")
        if row.options is not None:
            self.ignored.append(f"the options {row.options} of {place}")
        if row.collation_schema is not None:
            self.ignored.append(f"the schema `{row.collation_schema}` of the collation of {place}")


def _counter(row: ColumnRow, sequences: Iterable[SequenceRow], native: str) -> Counter | None:
    """How the column is counted up, None where it is not; it may own sequences that do not count it."""
    sequence = next((each for each in sequences if counts(row, each, native)), None)
    if sequence is None:
        return None
    return Counter(
        kind=_COUNTERS[row.identity] if row.identity else CounterKind.SERIAL,
        start=sequence.start,
        increment=sequence.increment,
        minimum=sequence.minimum,
        maximum=sequence.maximum,
        cache=sequence.cache,
        cycle=bool(sequence.cycle),
    )


def counts(row: ColumnRow, sequence: SequenceRow, native: str) -> bool:
    """Whether `sequence`, which belongs to the column, is what counts it up."""
    if row.identity:
        return sequence.kind == _INTERNAL
    quoted = sequence.path.replace("'", "''")
    return native in BOUNDS and row.default == f"nextval('{quoted}'::regclass)"


def _options(row: RelationRow) -> tuple[str, ...]:
    found = (row.options or "").split("\n") if row.options else []
    if row.toast_options:
        found += (f"toast.{option}" for option in row.toast_options.split("\n"))
    if row.persistence == "u":
        found.append(UNLOGGED)
    return tuple(sorted(found))


def _by_table(rows: Iterable[_Row]) -> dict[int, list[_Row]]:
    found: dict[int, list[_Row]] = defaultdict(list)
    for row in rows:
        found[row.table].append(row)
    return found
