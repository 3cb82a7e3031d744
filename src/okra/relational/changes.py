"""Every way in which one database can differ from another: a closed set of values.

A kind that is missing here can't be planned; a kind that is added here is missed by nobody, because
each `match` over the unions ends in `assert_never`.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from okra.relational.model import (
    Check,
    Column,
    EnumType,
    ForeignKey,
    Index,
    PrimaryKey,
    Table,
)


class AddColumn(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """`fill` is SQL for the value that rows get which are there already, if the user or OKRA gave one."""

    column: Column
    fill: str | None = None


class DropColumn(msgspec.Struct, frozen=True, tag=True):
    column: Column


class RenameColumn(msgspec.Struct, frozen=True, tag=True):
    before: str
    after: str


class AlterColumn(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """Type, nullability, default, identity, generation, collation, comment or updated-at differ.

    Both columns have the same name: a rename is a step of its own that comes before.
    fill   SQL for the value that takes the place of NULL where the column becomes required
    """

    before: Column
    after: Column
    fill: str | None = None


class RenameValue(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """Rows that hold the text `before` in `column` get `after`: an enum that is kept as text.

    list  the column holds JSON arrays of such texts
    """

    column: str
    before: str
    after: str
    list: bool = False


class AddIndex(msgspec.Struct, frozen=True, tag=True):
    index: Index


class DropIndex(msgspec.Struct, frozen=True, tag=True):
    index: Index


class RenameIndex(msgspec.Struct, frozen=True, tag=True):
    before: Index
    after: Index


class AddForeignKey(msgspec.Struct, frozen=True, tag=True):
    key: ForeignKey


class DropForeignKey(msgspec.Struct, frozen=True, tag=True):
    key: ForeignKey


class RenameForeignKey(msgspec.Struct, frozen=True, tag=True):
    before: ForeignKey
    after: ForeignKey


class AddCheck(msgspec.Struct, frozen=True, tag=True):
    check: Check


class DropCheck(msgspec.Struct, frozen=True, tag=True):
    check: Check


class RenameCheck(msgspec.Struct, frozen=True, tag=True):
    before: Check
    after: Check


class AlterPrimaryKey(msgspec.Struct, frozen=True, tag=True):
    """The key is added (`before` is None), dropped (`after` is None), changed or renamed."""

    before: PrimaryKey | None
    after: PrimaryKey | None


class AlterOptions(msgspec.Struct, frozen=True, tag=True):
    before: tuple[str, ...]
    after: tuple[str, ...]


class AlterTableComment(msgspec.Struct, frozen=True, tag=True):
    before: str | None
    after: str | None


TableStep: TypeAlias = (
    AddColumn
    | DropColumn
    | RenameColumn
    | AlterColumn
    | RenameValue
    | AddIndex
    | DropIndex
    | RenameIndex
    | AddForeignKey
    | DropForeignKey
    | RenameForeignKey
    | AddCheck
    | DropCheck
    | RenameCheck
    | AlterPrimaryKey
    | AlterOptions
    | AlterTableComment
)


class CreateTable(msgspec.Struct, frozen=True, tag=True):
    table: Table


class DropTable(msgspec.Struct, frozen=True, tag=True):
    table: Table


class RenameTable(msgspec.Struct, frozen=True, tag=True):
    """Only the name changes; what else differs in the table is an AlterTable that follows."""

    before: str
    after: str


class AlterTable(msgspec.Struct, frozen=True, tag=True):
    """All that changes in one table, so that a dialect may merge or rebuild.

    before  the table as it is once all RenameTable changes are done: new table names, old column names
    after   the table as it will be
    """

    before: Table
    after: Table
    steps: tuple[TableStep, ...]


class AddValue(msgspec.Struct, frozen=True, tag=True):
    """`value` is new and stands right behind `behind` (None: at the front)."""

    value: str
    behind: str | None


class DropValue(msgspec.Struct, frozen=True, tag=True):
    value: str


class RenameEnumValue(msgspec.Struct, frozen=True, tag=True):
    before: str
    after: str


class ReorderValues(msgspec.Struct, frozen=True, tag=True):
    before: tuple[str, ...]
    after: tuple[str, ...]


EnumStep: TypeAlias = AddValue | DropValue | RenameEnumValue | ReorderValues


class CreateEnum(msgspec.Struct, frozen=True, tag=True):
    enum: EnumType


class DropEnum(msgspec.Struct, frozen=True, tag=True):
    enum: EnumType


class RenameEnum(msgspec.Struct, frozen=True, tag=True):
    before: str
    after: str


class AlterEnum(msgspec.Struct, frozen=True, tag=True):
    before: EnumType
    after: EnumType
    steps: tuple[EnumStep, ...]


Change: TypeAlias = (
    CreateTable
    | DropTable
    | RenameTable
    | AlterTable
    | CreateEnum
    | DropEnum
    | RenameEnum
    | AlterEnum
)
