"""What single statements do, as values: as much of it as a rule may ask for.

`at` is how far behind the beginning of its statement an act stands. Tables are named as in the model.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec


class ColumnText(msgspec.Struct, frozen=True, kw_only=True):
    """A column as a statement defines it; types and expressions as they are written.

    generated  `stored` or `virtual` where it is computed
    """

    name: str
    type: str = ""
    required: bool = False
    default: str | None = None
    generated: str | None = None
    identity: bool = False
    comment: bool = False


class CreatesTable(msgspec.Struct, frozen=True, kw_only=True):
    at: int
    table: str
    lenient: bool = False
    """IF NOT EXISTS"""


class CreatesView(msgspec.Struct, frozen=True, kw_only=True):
    at: int
    name: str


class DropsTables(msgspec.Struct, frozen=True, kw_only=True):
    at: int
    tables: tuple[str, ...]
    cascade: bool = False


class RenamesTable(msgspec.Struct, frozen=True, kw_only=True):
    at: int
    table: str
    after: str


class AddsColumn(msgspec.Struct, frozen=True, kw_only=True):
    at: int
    table: str
    column: ColumnText


class DropsColumn(msgspec.Struct, frozen=True, kw_only=True):
    at: int
    table: str
    column: str
    cascade: bool = False


class RenamesColumn(msgspec.Struct, frozen=True, kw_only=True):
    at: int
    table: str
    column: str
    after: str


class SetsType(msgspec.Struct, frozen=True, kw_only=True):
    at: int
    table: str
    column: str
    type: str
    collated: bool = False
    """COLLATE is said."""


class SetsNotNull(msgspec.Struct, frozen=True, kw_only=True):
    at: int
    table: str
    column: str


class Redefines(msgspec.Struct, frozen=True, kw_only=True):
    """MODIFY and CHANGE: everything about `column` is said anew."""

    at: int
    table: str
    column: str
    definition: ColumnText


class AddsForeignKey(msgspec.Struct, frozen=True, kw_only=True):
    """`inline`: behind a column. `unchecked`: NOT VALID."""

    at: int
    table: str
    columns: tuple[str, ...]
    parent: str
    name: str = ""
    inline: bool = False
    unchecked: bool = False


class AddsCheck(msgspec.Struct, frozen=True, kw_only=True):
    """A check, or one that takes the place of another (`again`).

    words     the names in it, columns among them
    requires  the column that it wants not to be NULL, if that is all
    inline    it stands behind a column
    unchecked it is NOT VALID
    """

    at: int
    table: str
    name: str = ""
    words: tuple[str, ...] = ()
    again: bool = False
    requires: str | None = None
    inline: bool = False
    unchecked: bool = False


class AddsKey(msgspec.Struct, frozen=True, kw_only=True):
    """A unique constraint or a primary key. `ready`: USING `index`; then its columns are those of that."""

    at: int
    table: str
    columns: tuple[str, ...] = ()
    primary: bool = False
    ready: bool = False
    index: str = ""


class ValidatesConstraint(msgspec.Struct, frozen=True, kw_only=True):
    at: int
    table: str
    name: str


class DropsConstraint(msgspec.Struct, frozen=True, kw_only=True):
    at: int
    table: str
    name: str
    cascade: bool = False


class CreatesIndex(msgspec.Struct, frozen=True, kw_only=True):
    """An index.

    columns  those that are parts by themselves
    parts    all parts as they are written: expressions, too
    where    the condition of a partial one; empty where there is none
    """

    at: int
    table: str
    name: str = ""
    columns: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    where: str = ""
    unique: bool = False
    concurrent: bool = False
    lenient: bool = False


class DropsIndexes(msgspec.Struct, frozen=True, kw_only=True):
    """`table` is empty where the statement names none."""

    at: int
    names: tuple[str, ...]
    table: str = ""


class GivesLongName(msgspec.Struct, frozen=True, kw_only=True):
    """A name with more bytes than every server keeps, given to whatever."""

    at: int
    name: str


class ChangesAccess(msgspec.Struct, frozen=True, kw_only=True):
    """GRANT, REVOKE, owners, policies and row level security."""

    at: int
    what: str


class AddsValue(msgspec.Struct, frozen=True, kw_only=True):
    at: int
    type: str
    value: str


class RenamesValue(msgspec.Struct, frozen=True, kw_only=True):
    at: int
    type: str
    value: str
    after: str


class DropsCascading(msgspec.Struct, frozen=True, kw_only=True):
    """DROP TYPE, SCHEMA, VIEW… with CASCADE."""

    at: int
    what: str


class EmptiesCascading(msgspec.Struct, frozen=True, kw_only=True):
    """TRUNCATE with CASCADE."""

    at: int


class ChangesRows(msgspec.Struct, frozen=True, kw_only=True):
    """UPDATE, DELETE and TRUNCATE, also where they stand in a WITH or a MERGE.

    whole  nothing says which rows, or only that a column is still NULL
    bare   nothing says which rows at all
    fills  columns that get a value where they are NULL
    sets   columns that get a value
    """

    at: int
    verb: str
    table: str
    whole: bool = False
    bare: bool = False
    fills: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()


class ReplacesRows(msgspec.Struct, frozen=True, kw_only=True):
    """REPLACE INTO, INSERT OR REPLACE, UPDATE OR REPLACE: rows that are in the way are deleted."""

    at: int
    verb: str
    table: str


class AttachesPartition(msgspec.Struct, frozen=True, kw_only=True):
    """`partition` becomes one of `table`; `rest`: it takes the values of no other one."""

    at: int
    table: str
    partition: str
    rest: bool = False


class RunsCode(msgspec.Struct, frozen=True, kw_only=True):
    """DO, CALL and EXECUTE: what they do stands elsewhere, or in a text that only the server reads."""

    at: int
    verb: str


class WritesAnew(msgspec.Struct, frozen=True, kw_only=True):
    """VACUUM FULL, CLUSTER, SET LOGGED and the like; `table` is empty where no one table is named."""

    at: int
    what: str
    table: str = ""


class Sets(msgspec.Struct, frozen=True, kw_only=True):
    """SET and PRAGMA; the name in lower case."""

    at: int
    name: str
    value: str


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """How an ALTER TABLE of MySQL asks to be done; empty where it does not say."""

    at: int
    table: str
    algorithm: str = ""
    lock: str = ""


Act: TypeAlias = (
    CreatesTable
    | CreatesView
    | DropsTables
    | RenamesTable
    | AddsColumn
    | DropsColumn
    | RenamesColumn
    | SetsType
    | SetsNotNull
    | Redefines
    | AddsForeignKey
    | AddsCheck
    | AddsKey
    | ValidatesConstraint
    | DropsConstraint
    | CreatesIndex
    | DropsIndexes
    | GivesLongName
    | ChangesAccess
    | AddsValue
    | RenamesValue
    | DropsCascading
    | ChangesRows
    | ReplacesRows
    | AttachesPartition
    | RunsCode
    | EmptiesCascading
    | WritesAnew
    | Sets
    | Form
)
