"""What the catalogue says, row by row, in one shape for MySQL and MariaDB."""

from __future__ import annotations

from typing import NamedTuple

import msgspec


class TableRow(NamedTuple):
    name: str
    kind: str
    engine: str | None
    collation: str | None
    options: str
    comment: str


class ColumnRow(NamedTuple):
    table: str
    name: str
    default: str | None
    nullable: str
    type: str
    collation: str | None
    extra: str
    comment: str
    generated: str | None
    srs_id: int | None


class IndexRow(NamedTuple):
    """order: A, D or None; length: of the prefix; visible: YES or NO; parser: of a FULLTEXT index, if not the usual"""

    table: str
    name: str
    non_unique: int
    column: str | None
    order: str | None
    length: int | None
    type: str
    comment: str
    visible: str
    expression: str | None
    parser: str | None = None


class KeyRow(NamedTuple):
    table: str
    name: str
    column: str
    schema: str
    parent: str
    reference: str


class RuleRow(NamedTuple):
    table: str
    name: str
    on_update: str
    on_delete: str


class CheckRow(NamedTuple):
    """level: Column or Table; enforced: YES or NO"""

    table: str
    name: str
    expression: str
    level: str
    enforced: str


class OtherRow(NamedTuple):
    """A trigger, routine or event; `owner` is the table of a trigger."""

    kind: str
    name: str
    owner: str | None


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """All rows of one database, each kind in the order of tables and positions.

    folds_names  names of tables are one to the server in whatever letters
    """

    version: str
    schema: str
    tables: list[TableRow]
    columns: list[ColumnRow]
    indexes: list[IndexRow]
    keys: list[KeyRow]
    rules: list[RuleRow]
    checks: list[CheckRow]
    others: list[OtherRow]
    folds_names: bool = False
