"""What the catalogue queries return: one row of each, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from okra.dialects.postgres.introspection import queries

if TYPE_CHECKING:
    from collections.abc import Collection

    from okra.dialects.base import Session

_VERSION_14 = 140_000
_VERSION_15 = 150_000
_VERSION_18 = 180_000


class RelationRow(NamedTuple):
    oid: int
    schema: int
    name: str
    kind: str
    persistence: str
    options: str | None
    toast_options: str | None
    comment: str | None
    inherits: int
    has_children: int
    typed: int
    row_security: int
    replica_identity: str
    tablespace: str | None
    method: str | None


class ColumnRow(NamedTuple):
    table: int
    number: int
    name: str
    type: str
    required: int
    identity: str
    generated: str
    default: str | None
    collation_id: int
    collation: str | None
    collation_schema: str | None
    comment: str | None
    storage: str | None
    statistics: int | None
    options: str | None
    compression: str | None


class ConstraintRow(NamedTuple):
    table: int
    name: str
    kind: str
    columns: str | None
    other: int
    other_name: str | None
    other_schema: int | None
    references: str | None
    on_update: str
    on_delete: str
    match: str
    deferrable: int
    deferred: int
    validated: int
    no_inherit: int
    index_id: int
    expression: str | None
    comment: str | None
    sets_some: int
    enforced: int
    period: int


class IndexRow(NamedTuple):
    oid: int
    table: int
    name: str
    method: str
    unique: int
    valid: int
    key_count: int
    columns: str
    classes: str
    collations: str
    orders: str
    definition: str | None
    where: str | None
    options: str | None
    comment: str | None
    tablespace: str | None
    clustered: int
    replica_identity: int
    nulls_not_distinct: int


class SequenceRow(NamedTuple):
    table: int
    column: int
    oid: int
    kind: str
    schema: str
    name: str
    path: str
    start: int
    increment: int
    minimum: int
    maximum: int
    cache: int
    cycle: int


class TriggerRow(NamedTuple):
    table: int
    name: str
    function: str
    function_schema: int


class EnumRow(NamedTuple):
    oid: int
    schema: int
    name: str
    value: str | None
    comment: str | None


class ClassRow(NamedTuple):
    name: str
    default: int
    schema: str | None


class Rows(NamedTuple):
    """The rows about some tables."""

    columns: list[ColumnRow]
    constraints: list[ConstraintRow]
    indexes: list[IndexRow]
    sequences: list[SequenceRow]
    triggers: list[TriggerRow]
    classes: dict[int, ClassRow]
    collations: dict[int, str]
    referenced: dict[tuple[int, int], str]


def array(ids: Collection[int]) -> str:
    return "{" + ",".join(map(str, ids)) + "}"


def relations(session: Session, schemas: Collection[int]) -> list[RelationRow]:
    """All tables, views and sequences of the schemas that belong to no extension."""
    rows = session.query(queries.RELATIONS.format(schemas=array(schemas)))
    return [RelationRow._make(row) for row in rows]


def enum_rows(session: Session, schemas: Collection[int]) -> list[EnumRow]:
    rows = session.query(queries.ENUMS.format(schemas=array(schemas)))
    return [EnumRow._make(row) for row in rows]


def table_rows(session: Session, tables: Collection[int], version: int) -> Rows:
    """All that the catalogue says about the columns, keys, indexes and triggers of `tables`."""
    chosen = array(tables)
    columns = session.query(
        queries.COLUMNS.format(
            relations=chosen,
            since_14=queries.COLUMNS_SINCE_14 if version >= _VERSION_14 else "NULL",
        )
    )
    constraints = session.query(
        queries.CONSTRAINTS.format(
            relations=chosen,
            since_15=queries.CONSTRAINTS_SINCE_15 if version >= _VERSION_15 else "0",
            since_18=queries.CONSTRAINTS_SINCE_18 if version >= _VERSION_18 else "1, 0",
        )
    )
    indexes = session.query(
        queries.INDEXES.format(
            relations=chosen,
            since_15=queries.INDEXES_SINCE_15 if version >= _VERSION_15 else "0",
        )
    )
    keys = [ConstraintRow._make(row) for row in constraints]
    parts = [IndexRow._make(row) for row in indexes]
    sequences = session.query(queries.SEQUENCES.format(relations=chosen))
    triggers = session.query(queries.TRIGGERS.format(relations=chosen))
    classes = session.query(queries.CLASSES)
    return Rows(
        columns=[ColumnRow._make(row) for row in columns],
        constraints=keys,
        indexes=parts,
        sequences=[SequenceRow._make(row) for row in sequences],
        triggers=[TriggerRow._make(row) for row in triggers],
        classes={int(row[0] or 0): ClassRow._make(row[1:]) for row in classes},
        collations=_collations(session, parts),
        referenced=_referenced(session, keys, tables),
    )


def _collations(session: Session, indexes: list[IndexRow]) -> dict[int, str]:
    """The names of the collations that parts of indexes have."""
    used = {int(each) for row in indexes for each in set(row.collations.split())} - _UNNAMED
    if not used:
        return {}
    rows = session.query(queries.COLLATIONS.format(collations=array(sorted(used))))
    return {int(row[0] or 0): str(row[1]) for row in rows}


_UNNAMED = {0, 100}  # none, and the database's own


def _referenced(
    session: Session, keys: list[ConstraintRow], tables: Collection[int]
) -> dict[tuple[int, int], str]:
    """The columns of tables that are referred to and not read themselves, by table and number."""
    others = {row.other for row in keys if row.kind == "f"}.difference(tables)
    if not others:
        return {}
    rows = session.query(queries.REFERENCED.format(relations=array(sorted(others))))
    return {(int(row[0] or 0), int(row[1] or 0)): str(row[2]) for row in rows}
