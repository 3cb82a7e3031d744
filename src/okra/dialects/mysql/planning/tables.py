"""Tables, columns, indexes and keys as MySQL and MariaDB spell them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.dialects.mysql.natives.collations import charset_of
from okra.dialects.mysql.natives.options import collation_of
from okra.dialects.mysql.planning.columns import in_order
from okra.dialects.mysql.planning.implicit import implicit_indexes
from okra.dialects.mysql.quoting import literal, quote
from okra.relational.model import Action

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from okra.relational.model import Check, Column, ForeignKey, Index, IndexPart, Table

# One file is for both servers: what stands in `/*!80000 … */` only MySQL reads, in `/*M! … */` only MariaDB.
HIDDEN = "/*!80000 INVISIBLE */ /*M!100600 IGNORED */"
SHOWN = "/*!80000 VISIBLE */ /*M!100600 NOT IGNORED */"

_FRACTION = re.compile(r"(?:datetime|timestamp)(\(\d\))")
_BARE = re.compile(r"[A-Za-z0-9_]+")
_KINDS = ("FULLTEXT", "SPATIAL")
_TEXT_OPTIONS = (
    "compression",
    "connection",
    "encryption",
)  # whose values MySQL takes in quotes only
# What takes an option back where the word DEFAULT does not. Source: MySQL manual, "CREATE TABLE Statement"
_TAKEN_BACK = {
    **dict.fromkeys(("avg_row_length", "checksum", "delay_key_write"), "0"),
    **dict.fromkeys(("autoextend_size", "key_block_size", "max_rows", "min_rows"), "0"),
    "compression": "none",
    "connection": "",
    "encryption": "n",
}


def create_table(table: Table) -> str:
    """The CREATE TABLE statement for `table`, with the indexes that its foreign keys need written out."""
    lines = [column_sql(column) for column in in_order(table.columns, table)]
    if table.primary_key is not None:
        lines.append(primary_key_sql(table.primary_key.columns))
    lines += (index_sql(index) for index in (*table.indexes, *implicit_indexes(table)))
    lines += (foreign_key_sql(key) for key in table.foreign_keys)
    lines += (check_sql(check) for check in table.checks)
    body = ",\n  ".join(lines)
    return f"CREATE TABLE {quote(table.name)} (\n  {body}\n) {' '.join(table_options(table))}"


def table_options(table: Table) -> list[str]:
    """What stands behind the columns of a CREATE TABLE."""
    given = option_values(table.options)
    words = [
        f"ENGINE={given.pop('engine', 'InnoDB')}",
        collation_words(collation_of(table.options)),
    ]
    given.pop("collation", None)
    words += (option_sql(name, value) for name, value in given.items())
    if table.comment is not None:
        words.append(f"COMMENT={literal(table.comment)}")
    return words


def option_values(options: Iterable[str]) -> dict[str, str]:
    """(`name=value`, …) → name to value."""
    return {name: value for name, _, value in (option.partition("=") for option in options)}


def collation_words(collation: str) -> str:
    """A table's character set and collation."""
    return f"DEFAULT CHARACTER SET={charset_of(collation)} COLLATE={collation}"


def option_sql(name: str, value: str | None) -> str:
    """One option of a table or index; without a value what it is where nobody says anything."""
    if value is None:
        value = _TAKEN_BACK.get(name, "DEFAULT")
    is_bare = _BARE.fullmatch(value) is not None and name not in _TEXT_OPTIONS
    return f"{name.upper()}={value if is_bare else literal(value)}"


def column_sql(column: Column) -> str:
    """One column as it stands in CREATE TABLE, ADD COLUMN and MODIFY: everything that it is.

    NULL is written out: without it a `timestamp` would be required on some servers.
    """
    words = [quote(column.name), str(column.type)]
    if column.collation is not None:
        words.append(f"COLLATE {column.collation}")
    generated = column.generated
    if generated is not None:
        kind = "STORED" if generated.stored else "VIRTUAL"
        words.append(f"GENERATED ALWAYS AS ({generated.expression}) {kind}")
    else:
        words.append("NULL" if column.nullable else "NOT NULL")
    if column.default is not None:
        words.append(f"DEFAULT {column.default}")
    if column.updated_at:
        words.append(f"ON UPDATE {now_of(str(column.type))}")
    if column.identity:
        words.append("AUTO_INCREMENT")
    if column.comment is not None:
        words.append(f"COMMENT {literal(column.comment)}")
    return " ".join(words)


def now_of(native: str) -> str:
    """The server's time with as many digits of a second as a column of this type keeps."""
    digits = _FRACTION.match(native)
    return f"CURRENT_TIMESTAMP{digits[1] if digits else ''}"


def primary_key_sql(columns: Sequence[str]) -> str:
    return f"PRIMARY KEY ({names_sql(columns)})"


def index_sql(index: Index) -> str:
    """An index as it stands in CREATE TABLE and behind ADD."""
    method = (index.method or "").upper()
    kind = f"{method} " if method in _KINDS else "UNIQUE " if index.unique else ""
    words = [f"{kind}INDEX {quote(index.name)}"]
    if method and method not in _KINDS:
        words.append(f"USING {method}")
    words.append(f"({', '.join(_part_sql(part) for part in index.parts)})")
    for name, value in option_values(index.options).items():
        words.append(f"WITH PARSER {value}" if name == "parser" else option_sql(name, value))
    if index.comment is not None:
        words.append(f"COMMENT {literal(index.comment)}")
    if not index.visible:
        words.append(HIDDEN)
    return " ".join(words)


def _part_sql(part: IndexPart) -> str:
    sql = quote(part.column) if part.column is not None else f"({part.expression})"
    if part.length is not None:
        sql += f"({part.length})"
    return f"{sql} DESC" if part.descending else sql


def foreign_key_sql(key: ForeignKey) -> str:
    """A foreign key as it stands in CREATE TABLE and behind ADD."""
    words = [f"CONSTRAINT {quote(key.name)} "] if key.name else []
    words.append(f"FOREIGN KEY ({names_sql(key.columns)})")
    words.append(f" REFERENCES {quote(key.table)} ({names_sql(key.references)})")
    if key.on_delete is not Action.NO_ACTION:
        words.append(f" ON DELETE {key.on_delete}")
    if key.on_update is not Action.NO_ACTION:
        words.append(f" ON UPDATE {key.on_update}")
    return "".join(words)


def check_sql(check: Check) -> str:
    name = f"CONSTRAINT {quote(check.name)} " if check.name else ""
    return f"{name}CHECK ({check.expression})"


def names_sql(names: Iterable[str]) -> str:
    return ", ".join(quote(name) for name in names)
