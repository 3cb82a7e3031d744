"""Tables, columns, indexes and keys as PostgreSQL spells them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.postgres.quoting import literal, quote, quote_table
from okra.relational.model import Action, CounterKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.relational.model import (
        Check,
        Column,
        Counter,
        ForeignKey,
        Generated,
        Index,
        IndexPart,
        PrimaryKey,
        Table,
    )

SERIALS = {"smallint": "smallserial", "integer": "serial", "bigint": "bigserial"}
UNLOGGED = "unlogged"


def create_table(table: Table) -> str:
    """The CREATE TABLE statement with all columns, keys and checks of `table`."""
    lines = [column_sql(column) for column in table.columns]
    if table.primary_key is not None:
        lines.append(primary_key_sql(table.primary_key))
    lines += (unique_sql(index) for index in table.indexes if index.constraint)
    lines += (check_sql(check) for check in table.checks)
    lines += (foreign_key_sql(key) for key in table.foreign_keys)
    body = "(\n  " + ",\n  ".join(lines) + "\n)" if lines else "()"
    unlogged = "UNLOGGED " if UNLOGGED in table.options else ""
    storage = storage_options(table.options)
    tail = f" WITH ({', '.join(storage)})" if storage else ""
    return f"CREATE {unlogged}TABLE {quote_table(table.name)} {body}{tail}"


def storage_options(options: Sequence[str]) -> list[str]:
    """The `name=value` options of a table or an index as WITH takes them."""
    pairs = [option.partition("=") for option in options if "=" in option]
    return [f"{name} = {value}" for name, _, value in pairs]


def column_sql(column: Column) -> str:
    """One column as it stands in CREATE TABLE and ADD COLUMN."""
    words = [quote(column.name), _column_type(column)]
    if column.collation is not None:
        words.append(f"COLLATE {quote(column.collation)}")
    if column.default is not None:
        words.append(f"DEFAULT {column.default}")
    if column.generated is not None:
        words.append(generated_sql(column.generated))
    if column.identity and not is_serial(column):
        words.append(identity_sql(column.counter))
    if not column.nullable:
        words.append("NOT NULL")
    return " ".join(words)


def _column_type(column: Column) -> str:
    kind = str(column.type)
    return SERIALS.get(kind, kind) if is_serial(column) else kind


def is_serial(column: Column) -> bool:
    """Whether the column counts by a default and a sequence of its own, as `serial` makes them."""
    return (
        column.identity and column.counter is not None and column.counter.kind is CounterKind.SERIAL
    )


def generated_sql(generated: Generated) -> str:
    """The GENERATED clause of a computed column."""
    kind = "STORED" if generated.stored else "VIRTUAL"
    return f"GENERATED ALWAYS AS ({generated.expression}) {kind}"


def identity_sql(counter: Counter | None) -> str:
    """The GENERATED … AS IDENTITY clause."""
    always = counter is not None and counter.kind is CounterKind.ALWAYS
    words = f"GENERATED {'ALWAYS' if always else 'BY DEFAULT'} AS IDENTITY"
    options = counter_options(counter)
    return f"{words} ({' '.join(options)})" if options else words


def counter_options(counter: Counter | None) -> list[str]:
    """What of a counter is not as a sequence is by itself."""
    if counter is None:
        return []
    pairs = (
        ("START WITH", counter.start),
        ("INCREMENT BY", counter.increment),
        ("MINVALUE", counter.minimum),
        ("MAXVALUE", counter.maximum),
        ("CACHE", counter.cache),
    )
    words = [f"{word} {value}" for word, value in pairs if value is not None]
    return [*words, "CYCLE"] if counter.cycle else words


def primary_key_sql(key: PrimaryKey) -> str:
    return f"{constraint_sql(key.name)}PRIMARY KEY ({names_sql(key.columns)})"


def constraint_sql(name: str | None) -> str:
    """`CONSTRAINT name ` in front of a constraint that has a name."""
    return f"CONSTRAINT {quote(name)} " if name else ""


def unique_sql(index: Index) -> str:
    """A unique constraint as it stands in CREATE TABLE and ADD."""
    distinct = "" if index.nulls_distinct else "NULLS NOT DISTINCT "
    words = [f"{constraint_sql(index.name)}UNIQUE {distinct}({names_sql(index.columns)})"]
    if index.include:
        words.append(f"INCLUDE ({names_sql(index.include)})")
    storage = storage_options(index.options)
    if storage:
        words.append(f"WITH ({', '.join(storage)})")
    return " ".join([*words, *_deferral(index)])


def check_sql(check: Check) -> str:
    return f"{constraint_sql(check.name)}CHECK ({check.expression})"


def foreign_key_sql(key: ForeignKey) -> str:
    """A foreign key as it stands in CREATE TABLE and ADD."""
    words = [
        f"{constraint_sql(key.name)}FOREIGN KEY ({names_sql(key.columns)})",
        f"REFERENCES {quote_table(key.table)} ({names_sql(key.references)})",
    ]
    if key.on_delete is not Action.NO_ACTION:
        words.append(f"ON DELETE {key.on_delete}")
    if key.on_update is not Action.NO_ACTION:
        words.append(f"ON UPDATE {key.on_update}")
    return " ".join([*words, *_deferral(key)])


def _deferral(constraint: Index | ForeignKey) -> list[str]:
    if constraint.initially_deferred:
        return ["DEFERRABLE INITIALLY DEFERRED"]
    return ["DEFERRABLE"] if constraint.deferrable else []


def create_index(index: Index, table: str, *, concurrently: bool = False) -> str:
    """The CREATE INDEX statement for an index, or for the one that a constraint is to take over."""
    words = ["CREATE UNIQUE INDEX" if index.unique else "CREATE INDEX"]
    if concurrently:
        words.append("CONCURRENTLY")
    words.append(f"{quote(index.name)} ON {quote_table(table)}")
    if index.method is not None:
        words.append(f"USING {index.method}")
    words.append(f"({', '.join(_part_sql(part) for part in index.parts)})")
    if index.include:
        words.append(f"INCLUDE ({names_sql(index.include)})")
    if not index.nulls_distinct:
        words.append("NULLS NOT DISTINCT")
    storage = storage_options(index.options)
    if storage:
        words.append(f"WITH ({', '.join(storage)})")
    if index.where is not None:
        words.append(f"WHERE {index.where}")
    return " ".join(words)


def _part_sql(part: IndexPart) -> str:
    words = [quote(part.column) if part.column is not None else f"({part.expression})"]
    if part.collation is not None:
        words.append(f"COLLATE {quote(part.collation)}")
    if part.ops is not None:
        words.append(part.ops)
    if part.descending:
        words.append("DESC")
    if part.nulls is not None:
        words.append(f"NULLS {part.nulls}")
    return " ".join(words)


def names_sql(names: Sequence[str]) -> str:
    return ", ".join(quote(name) for name in names)


def comment_sql(what: str, text: str | None) -> str:
    """The COMMENT statement; None takes the comment away."""
    return f"COMMENT ON {what} IS {literal(text)}"
