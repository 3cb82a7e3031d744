"""Tables, columns, indexes and keys as SQLite spells them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from okra.dialects.sqlite.quoting import quote
from okra.relational.model import Action
from okra.relational.sqltext import TokenKind, tokens

if TYPE_CHECKING:
    from okra.relational.model import Check, Column, ForeignKey, Index, IndexPart, Table


def create_table(table: Table, name: str) -> str:
    """The CREATE TABLE statement for `table`, under the name `name`."""
    lines = [column_sql(column, table) for column in table.columns]
    key = table.primary_key
    if key is not None and len(key.columns) > 1:
        lines.append(f"PRIMARY KEY ({_names(key.columns)})")
    lines += (
        f"UNIQUE ({', '.join(_part_sql(part) for part in index.parts)})"
        for index in table.indexes
        if index.constraint
    )
    lines += (
        f"FOREIGN KEY ({_names(key.columns)}) {references_sql(key)}" for key in table.foreign_keys
    )
    lines += (check_sql(check) for check in table.checks)
    body = ",\n  ".join(lines)
    options = {"strict": "STRICT", "without_rowid": "WITHOUT ROWID"}
    tail = ", ".join(options[option] for option in table.options)
    return f"CREATE TABLE {quote(name)} (\n  {body}\n)" + (f" {tail}" if tail else "")


def column_sql(column: Column, table: Table) -> str:
    """One column as it stands in CREATE TABLE and ADD COLUMN."""
    words = [quote(column.name)]
    if column.type:
        words.append(str(column.type))
    if not column.nullable:
        words.append("NOT NULL")
    if column.collation is not None:
        words.append(f"COLLATE {collation_sql(column.collation)}")
    if table.primary_key is not None and table.primary_key.columns == (column.name,):
        words.append("PRIMARY KEY AUTOINCREMENT" if column.identity else "PRIMARY KEY")
    if column.default is not None:
        words.append(f"DEFAULT {default_sql(str(column.default))}")
    if column.generated is not None:
        kind = "STORED" if column.generated.stored else "VIRTUAL"
        words.append(f"GENERATED ALWAYS AS ({column.generated.expression}) {kind}")
    return " ".join(words)


def default_sql(default: str) -> str:
    """A default with the parentheses that everything but a constant needs."""
    return default if is_bare_default(default) else f"({default})"


_CLOCK = ("CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME")


def is_bare_default(default: str) -> bool:
    return default in _CLOCK or is_constant(default)


@lru_cache(maxsize=1024)
def is_constant(expression: str) -> bool:
    """Whether `expression` is one literal, with or without a sign: what ADD COLUMN takes as a default."""
    found = [token for token in tokens(expression) if token.kind is not TokenKind.SPACE]
    if found and found[0].text in ("-", "+"):
        return len(found) == 2 and found[1].kind is TokenKind.NUMBER  # noqa: PLR2004  a sign and a number
    return len(found) == 1 and found[0].kind in (TokenKind.NUMBER, TokenKind.STRING)


def references_sql(key: ForeignKey) -> str:
    """The REFERENCES clause of `key`."""
    words = [f"REFERENCES {quote(key.table)} ({_names(key.references)})"]
    if key.on_delete is not Action.NO_ACTION:
        words.append(f"ON DELETE {key.on_delete}")
    if key.on_update is not Action.NO_ACTION:
        words.append(f"ON UPDATE {key.on_update}")
    if key.deferrable:
        words.append("DEFERRABLE")
        if key.initially_deferred:
            words.append("INITIALLY DEFERRED")
    return " ".join(words)


def check_sql(check: Check) -> str:
    name = f"CONSTRAINT {quote(check.name)} " if check.name else ""
    return f"{name}CHECK ({check.expression})"


def create_index(index: Index, table: str) -> str:
    """The CREATE INDEX statement for an index that is no constraint."""
    unique = "UNIQUE " if index.unique else ""
    parts = ", ".join(_part_sql(part) for part in index.parts)
    where = f" WHERE {index.where}" if index.where else ""
    return f"CREATE {unique}INDEX {quote(index.name)} ON {quote(table)} ({parts}){where}"


def _part_sql(part: IndexPart) -> str:
    words = [quote(part.column) if part.column is not None else part.expression or ""]
    if part.collation is not None:
        if part.column is None:
            words = [f"({part.expression})"]  # or COLLATE would be about its last operand alone
        words.append(f"COLLATE {collation_sql(part.collation)}")
    if part.descending:
        words.append("DESC")
    return " ".join(words)


def collation_sql(collation: str) -> str:
    return collation if collation.isidentifier() else quote(collation)


def is_rowid_alias(table: Table) -> bool:
    """Whether the table's primary key is the rowid itself: one column declared INTEGER."""
    key = table.primary_key
    if key is None or len(key.columns) != 1 or "without_rowid" in table.options:
        return False
    column = table.column(key.columns[0])
    return column is not None and column.type == "integer"


def rowid_name(*tables: Table) -> str | None:
    """A name of the rowid that none of `tables` has given to a column."""
    taken = {column.name.lower() for table in tables for column in table.columns}
    return next((name for name in ("rowid", "_rowid_", "oid") if name not in taken), None)


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(quote(name) for name in names)
