"""Schemas, new tables and what describes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeVar

from msgspec.structs import replace

from okra.dialects.postgres.planning.counters import (
    counted_by_default,
    make_sequence,
    needs_sequence,
    own_sequence,
)
from okra.dialects.postgres.planning.tables import (
    comment_sql,
    create_index,
    create_table,
    unique_sql,
)
from okra.dialects.postgres.quoting import (
    dollar_quoted,
    literal,
    quote,
    quote_beside,
    quote_table,
    split_name,
)
from okra.dialects.statements import plain_index as built_at_once
from okra.plan import Statement
from okra.relational.changes import (
    AddForeignKey,
    AlterTable,
    CreateEnum,
    CreateTable,
    RenameEnum,
    RenameTable,
)
from okra.relational.model import Column, Index

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from okra.plan import Hazard
    from okra.relational.changes import Change
    from okra.relational.model import Database, ForeignKey, Table

_Described = TypeVar("_Described", Column, Index)
Created: TypeAlias = tuple["Table", "tuple[ForeignKey, ...]"]
"""A new table with the keys that can be made with it, and the keys that can't."""


def create_schemas(changes: Sequence[Change], after: Database) -> list[Statement]:
    """The schemas in which nothing was before."""
    new = [change.table.name for change in changes if isinstance(change, CreateTable)]
    new += (change.enum.name for change in changes if isinstance(change, CreateEnum))
    moved = {c.after: c.before for c in changes if isinstance(c, RenameTable | RenameEnum)}
    wanted = dict.fromkeys(split_name(name)[0] for name in (*new, *moved))
    known = {
        split_name(t.name)[0] for t in after.tables if t.name not in new and t.name not in moved
    }
    known |= {
        split_name(e.name)[0] for e in after.enums if e.name not in new and e.name not in moved
    }
    known |= {split_name(before)[0] for before in moved.values()}
    return [
        Statement(sql=_create_schema(schema), purpose=f"create schema {schema}")
        for schema in wanted
        if schema is not None and schema not in known
    ]


def _create_schema(schema: str) -> str:
    """Make the schema where it is not there: IF NOT EXISTS would ask for a right that nobody needs then."""
    return "DO " + dollar_quoted(
        "BEGIN\n"
        f"  IF to_regnamespace({literal(quote(schema))}) IS NULL THEN\n"
        f"    CREATE SCHEMA {quote(schema)};\n"
        "  END IF;\n"
        "END"
    )


def created_tables(changes: Sequence[Change]) -> list[Created]:
    """The new tables with the keys that can be made with them, and the keys that can't."""
    found: list[Created] = []
    done: set[str] = set()
    late: dict[str, list[ForeignKey]] = {}
    for change in changes:
        if isinstance(change, AlterTable):
            keys = [step.key for step in change.steps if isinstance(step, AddForeignKey)]
            late.setdefault(change.after.name, []).extend(keys)
    for change in changes:
        if not isinstance(change, CreateTable):
            continue
        table = change.table
        inline = tuple(key for key in table.foreign_keys if _at_once(key, table, done))
        others = [key for key in table.foreign_keys if key not in inline]
        found.append((replace(table, foreign_keys=inline), (*others, *late.get(table.name, ()))))
        done.add(table.name)
    return found


def _at_once(key: ForeignKey, table: Table, done: set[str]) -> bool:
    """Whether what the key refers to is there when the table is made."""
    if key.table != table.name:
        return key.table in done
    keys = [table.primary_key.columns] if table.primary_key is not None else []
    keys += (index.columns for index in table.indexes if index.constraint)
    return any(set(columns) == set(key.references) for columns in keys)


def create_tables(created: Iterable[Created]) -> list[Statement]:
    return [statement for table, _ in created for statement in _create_table(table)]


def _create_table(table: Table) -> list[Statement]:
    counted = [column for column in table.columns if needs_sequence(column)]
    columns = tuple(
        counted_by_default(table.name, column) if needs_sequence(column) else column
        for column in table.columns
    )
    return [
        *(make_sequence(table.name, column) for column in counted),
        Statement(
            sql=create_table(
                replace(
                    table,
                    columns=columns,
                    indexes=tuple(i for i in table.indexes if not repeats_key(table, i)),
                )
            ),
            purpose=f"create table {table.name}",
            change=CreateTable(table=table),
        ),
        *(unique_beside_key(table, i) for i in table.indexes if repeats_key(table, i)),
        *(own_sequence(table.name, column) for column in counted),
        *(plain_index(table, index) for index in table.indexes if not index.constraint),
        *comments(
            table,
            described(table.columns),
            described(table.indexes),
            whole=table.comment is not None,
        ),
    ]


def repeats_key(table: Table, index: Index) -> bool:
    """Whether a unique constraint is about the columns of another key: beside it, in one statement, it would be lost."""
    if not index.constraint:
        return False
    key = table.primary_key
    if key is not None and key.columns == index.columns:
        return True
    alike = [i.name for i in table.indexes if i.constraint and i.columns == index.columns]
    return alike[:1] != [index.name]


def unique_beside_key(table: Table, index: Index, hazards: tuple[Hazard, ...] = ()) -> Statement:
    """A unique constraint in a statement of its own."""
    return Statement(
        sql=f"ALTER TABLE {quote_table(table.name)} ADD {unique_sql(index)}",
        purpose=f"unique constraint {index.name} beside the key",
        hazards=hazards,
    )


def plain_index(table: Table, index: Index, hazards: tuple[Hazard, ...] = ()) -> Statement:
    """An index that is built at once."""
    return built_at_once(create_index(index, table.name), table, index, hazards)


def described(parts: Iterable[_Described]) -> list[_Described]:
    """Those that have a comment."""
    return [part for part in parts if part.comment is not None]


def comments(
    table: Table, columns: Iterable[Column], indexes: Iterable[Index], *, whole: bool
) -> list[Statement]:
    """What is said about the table (`whole`), and about some of its columns and indexes; no comment takes it away."""
    found = []
    name = quote_table(table.name)
    if whole:
        found.append((f"TABLE {name}", table.comment, f"table {table.name}"))
    found += (
        (f"COLUMN {name}.{quote(c.name)}", c.comment, f"{table.name}.{c.name}") for c in columns
    )
    found += (
        (f"INDEX {quote_beside(table.name, index.name)}", index.comment, f"index {index.name}")
        for index in indexes
    )
    return [
        Statement(sql=comment_sql(what, text), purpose=f"describe {shown}")
        for what, text, shown in found
    ]
