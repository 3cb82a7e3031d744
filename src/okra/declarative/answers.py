"""What was said of a sync, by flags or at a terminal, and whether it is about what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from okra.migrations.questions import check_fills, no_such
from okra.relational.renaming import NO_RENAMES, Renames

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from okra.relational.model import Database, Table


class Answers(NamedTuple):
    """What was said so far, as names in the database.

    fills  (table, column) → SQL for the value of rows that have none
    """

    renames: Renames = NO_RENAMES
    fills: Mapping[tuple[str, str], str] = {}


def check_answers(answers: Answers, before: Database, after: Database) -> None:
    """Refuse an answer that is about nothing: a slip would lose data in silence. One that was followed already is fine.

    before, after  the database as it is, and as it will be

    Raises  UsageError; UnsupportedChange for a value that is no expression
    """
    check_fills(answers.fills)
    there = {table.name: table for table in before.tables}
    wanted = {table.name: table for table in after.tables}
    earlier = {new: old for old, new in answers.renames.tables}
    for old, new in answers.renames.tables:
        _need_table("--rename", new, wanted)
        if new not in there:
            _need_table("--rename", old, there)
    for rename in answers.renames.columns:
        _need_table("--rename", rename.table, wanted)
        _need_column("--rename", rename.after, wanted[rename.table])
        known = there.get(earlier.get(rename.table, rename.table)) or there.get(rename.table)
        if known is not None and known.column(rename.after) is None:
            _need_column("--rename", rename.before, known)
    for table, column in answers.fills:
        _need_table("--default", table, wanted)
        _need_column("--default", column, wanted[table])


def _need_table(flag: str, name: str, known: Iterable[str]) -> None:
    names = list(known)
    if name not in names:
        raise no_such(flag, f"table `{name}`", name, names)


def _need_column(flag: str, name: str, table: Table) -> None:
    names = [column.name for column in table.columns]
    if name not in names:
        raise no_such(flag, f"column `{name}` of `{table.name}`", name, names)
