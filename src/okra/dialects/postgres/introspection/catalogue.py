"""All definitions of a live PostgreSQL database as rows that can be compared: names instead of object ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.postgres.introspection import queries
from okra.dialects.postgres.introspection.catalogue_rows import (
    array,
    enum_rows,
    relations,
    table_rows,
)
from okra.dialects.postgres.introspection.introspect import read_context

if TYPE_CHECKING:
    from okra.dialects.base import Row, Session
    from okra.dialects.postgres.introspection.catalogue_rows import IndexRow, RelationRow, Rows


def catalogue(session: Session) -> list[Row]:
    """All definitions in all schemas, as the server keeps them; the order of columns counts, their numbers don't."""
    context = read_context(session)
    schemas = context.names
    found = relations(session, schemas)
    rows: list[Row] = [("schema", name) for name in schemas.values()]
    rows += (("relation", schemas[row.schema], *row[2:]) for row in found)
    rows += (
        ("enum", schemas[row.schema], row.name, row.value, row.comment)
        for row in enum_rows(session, schemas)
    )
    rows += session.query(queries.FUNCTIONS.format(schemas=array(schemas)))
    tables = [row.oid for row in found if row.kind in ("r", "p")]
    rows += _of_tables(found, table_rows(session, tables, context.version), schemas)
    return rows


def _of_tables(found: list[RelationRow], rows: Rows, schemas: dict[int, str]) -> list[Row]:
    paths = {row.oid: f"{schemas[row.schema]}.{row.name}" for row in found}
    columns = {(row.table, row.number): row.name for row in rows.columns} | rows.referenced
    indexes = {row.oid: row.name for row in rows.indexes}

    def names(table: int, numbers: str | None) -> str:
        return ",".join(columns.get((table, int(each)), each) for each in (numbers or "").split())

    said: list[Row] = [("column", paths[row.table], *row[2:]) for row in rows.columns]
    said += (
        (
            "constraint",
            paths[row.table],
            row.name,
            row.kind,
            names(row.table, row.columns),
            paths.get(row.other),
            names(row.other, row.references),
            *row[8:15],
            indexes.get(row.index_id),
            *row[16:],
        )
        for row in rows.constraints
    )
    said += (
        ("index", paths[row.table], row.name, names(row.table, row.columns), *_parts(row))
        for row in rows.indexes
    )
    said += (
        ("sequence", paths[row.table], columns[row.table, row.column], *row[3:])
        for row in rows.sequences
    )
    said += (
        ("trigger", paths[row.table], row.name, row.function, schemas.get(row.function_schema))
        for row in rows.triggers
    )
    return said


def _parts(row: IndexRow) -> Row:
    return (*row[3:7], *row[8:])
