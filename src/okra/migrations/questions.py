"""What only the user can know about a set of changes: was it renamed, and what do old rows get?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.errors import UsageError
from okra.nearest import nearest
from okra.relational.changes import (
    AddColumn,
    AlterColumn,
    AlterTable,
    Change,
    CreateTable,
    DropColumn,
    DropTable,
)
from okra.relational.renaming import ColumnRename, Renames
from okra.relational.sqltext import expression_fault, no_expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from okra.relational.model import Column, Table

_LIKE = 0.5  # tables that share this part of their columns may be one table


class RenameQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """`before` goes and one of `candidates`, which come, is like it. `table` is None where tables are meant."""

    before: str
    candidates: tuple[str, ...]
    table: str | None = None

    @property
    def what(self) -> str:
        """The dropped thing, as flags and messages spell it."""
        return f"{self.table}.{self.before}" if self.table else self.before

    def answer(self, after: str) -> Renames:
        """The answer "yes, it is called `after` now"."""
        if self.table is None:
            return Renames(tables=((self.before, after),))
        return Renames(columns=(ColumnRename(table=self.table, before=self.before, after=after),))


class FillQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """`table.column` is required from now on, and nothing says what the rows get that are there already.

    added  the column is new (True), or was optional (False)
    """

    table: str
    column: str
    type: str
    added: bool

    @property
    def what(self) -> str:
        """The column, as flags and messages spell it."""
        return f"{self.table}.{self.column}"


def rename_questions(changes: Iterable[Change]) -> tuple[RenameQuestion, ...]:
    """Every drop that may be a rename, tables first."""
    found = _table_questions(list(changes))
    for change in changes:
        if isinstance(change, AlterTable):
            found += _column_questions(change)
    return tuple(found)


def _table_questions(changes: Sequence[Change]) -> list[RenameQuestion]:
    created = [change.table for change in changes if isinstance(change, CreateTable)]
    found = []
    for change in changes:
        if isinstance(change, DropTable):
            alike = tuple(table.name for table in created if _alike(change.table, table))
            if alike:
                found.append(RenameQuestion(before=change.table.name, candidates=alike))
    return found


def _alike(before: Table, after: Table) -> bool:
    if before.name.lower() == after.name.lower():
        return True
    old = {(column.name, column.type) for column in before.columns}
    new = {(column.name, column.type) for column in after.columns}
    return len(old & new) >= _LIKE * max(len(old), len(new))


def _column_questions(change: AlterTable) -> list[RenameQuestion]:
    added = [step.column for step in change.steps if isinstance(step, AddColumn)]
    found = []
    for step in change.steps:
        if isinstance(step, DropColumn):
            alike = tuple(c.name for c in added if _same_kind(step.column, c))
            if alike:
                found.append(
                    RenameQuestion(
                        table=change.after.name, before=step.column.name, candidates=alike
                    )
                )
    return found


def _same_kind(before: Column, after: Column) -> bool:
    plain = before.generated is None and after.generated is None
    return plain and before.type == after.type and before.identity == after.identity


def fill_questions(
    changes: Iterable[Change], *, counts_keys: bool = False
) -> tuple[FillQuestion, ...]:
    """Every column that becomes required, or comes as required, without a value for the rows that are there.

    counts_keys  a key of one whole number gets the next number by itself
    """
    found = []
    for change in changes:
        if not isinstance(change, AlterTable):
            continue
        for step in change.steps:
            match step:
                case AddColumn(column, None) if _needs_value(column, change.after, counts_keys):
                    found.append(_fill(change.after, column, added=True))
                case AlterColumn(before, after, None) if before.nullable and _needs_value(
                    after, change.after, counts_keys
                ):
                    found.append(_fill(change.after, after, added=False))
                case _:
                    pass
    return tuple(found)


def _fill(table: Table, column: Column, *, added: bool) -> FillQuestion:
    return FillQuestion(table=table.name, column=column.name, type=str(column.type), added=added)


def _needs_value(column: Column, table: Table, counts_keys: bool) -> bool:
    if column.nullable or column.default is not None or column.generated is not None:
        return False
    key = table.primary_key
    counted = column.identity or (
        counts_keys
        and key is not None
        and key.columns == (column.name,)
        and column.type == "integer"
        and "without_rowid" not in table.options
    )
    return not counted


def no_such(flag: str, what: str, name: str, known: Iterable[str]) -> UsageError:
    """The error for a flag that names the table or column `name`, which is not among `known`."""
    near = nearest(name, known)
    return UsageError(
        f"`{flag}` names the {what}, which is not there",
        code="OKR621",
        help=f"did you mean `{near}`?"
        if near
        else "names are those in the database, not in the schema",
    )


def check_fills(fills: Mapping[tuple[str, str], str]) -> None:
    """Refuse a one-off default that would not stay inside its place in a statement.

    Raises  UnsupportedChange
    """
    for (table, column), sql in fills.items():
        fault = expression_fault(sql)
        if fault is not None:
            place = f"{table}.{column}"
            raise no_expression(f"the one-off default of `{place}`", fault, place)
