"""Change a table by making it anew: the only way for most of what SQLite's ALTER TABLE can't do.

The order is the one that loses nothing: make the new table under another name, copy by named columns,
drop the old one, rename. `legacy_alter_table` keeps the keys, views and triggers of other tables as they
are written while the name is gone. The session turns foreign keys off before the transaction begins, or
dropping the old table would delete the rows of its children.
Source: SQLite documentation, ALTER TABLE, "Making Other Kinds Of Table Schema Changes".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.sqlite.quoting import literal, quote
from okra.dialects.sqlite.tables import create_table, default_sql, is_rowid_alias
from okra.plan import Hazard, HazardKind, Statement
from okra.relational.changes import AddColumn, AlterColumn, RenameValue

if TYPE_CHECKING:
    from okra.relational.changes import AlterTable, TableStep
    from okra.relational.model import Column, Table

PREFIX = "_okra_new_"


def rebuild(change: AlterTable, current: Table, hazards: tuple[Hazard, ...]) -> list[Statement]:
    """The statements that turn `current`, which is `change.before` with its columns renamed, into `change.after`.

    Indexes and triggers are not among them: they go with the old table and are made by the caller.
    """
    after = change.after
    new, old = quote(PREFIX + after.name), quote(after.name)
    rewrites = Hazard(
        kind=HazardKind.REWRITES,
        message=f"copies all rows of `{after.name}`; nobody else can write meanwhile",
    )
    return [
        Statement(
            sql=create_table(after, PREFIX + after.name),
            purpose=f"rebuild {after.name}: make the new table",
            hazards=(*hazards, rewrites),
        ),
        Statement(
            sql=_copy(change, current),
            purpose=f"rebuild {after.name}: copy its rows",
        ),
        *_carry_counter(current, after),
        Statement(sql=f"DROP TABLE {old}", purpose=f"rebuild {after.name}: drop the old table"),
        Statement(
            sql="PRAGMA legacy_alter_table = ON",
            purpose=f"rebuild {after.name}: leave what refers to it as it is written",
        ),
        Statement(
            sql=f"ALTER TABLE {new} RENAME TO {old}",
            purpose=f"rebuild {after.name}: put the new table in its place",
        ),
        Statement(
            sql="PRAGMA legacy_alter_table = OFF",
            purpose=f"rebuild {after.name}: back to the usual way of renaming",
        ),
    ]


def _copy(change: AlterTable, current: Table) -> str:
    after = change.after
    targets: list[str] = []
    sources: list[str] = []
    rowid = _rowid(current, after)
    if rowid is not None:
        targets.append(rowid)
        sources.append(rowid)
    for column in after.columns:
        source = _source(column, current, change.steps)
        if source is not None:
            targets.append(quote(column.name))
            sources.append(source)
    return (
        f"INSERT INTO {quote(PREFIX + after.name)} ({', '.join(targets)})\n"
        f"  SELECT {', '.join(sources)} FROM {quote(after.name)}"
    )


def _rowid(current: Table, after: Table) -> str | None:
    """The name by which both tables know the rowid; None where it needn't or can't be copied."""
    if is_rowid_alias(after):
        return None
    if "without_rowid" in current.options or "without_rowid" in after.options:
        return None
    taken = {column.name.lower() for table in (current, after) for column in table.columns}
    return next((name for name in ("rowid", "_rowid_", "oid") if name not in taken), None)


def _source(column: Column, current: Table, steps: tuple[TableStep, ...]) -> str | None:
    """What the copy puts into `column`; None leaves it to the default, or to SQLite."""
    if column.generated is not None:
        return None
    if current.column(column.name) is None:
        for step in steps:
            if isinstance(step, AddColumn) and step.column.name == column.name:
                return step.fill
        return None
    source = _renamed_values(column.name, steps)
    for step in steps:
        if isinstance(step, AlterColumn) and step.after.name == column.name:
            value = value_for_null(step)
            if value is not None:
                return f"coalesce({source}, {value})"
    return source


def value_for_null(step: AlterColumn) -> str | None:
    """What rows get in place of NULL when a column becomes required; None if there is nothing."""
    if not step.before.nullable or step.after.nullable:
        return None
    if step.fill is not None:
        return step.fill
    return None if step.after.default is None else default_sql(str(step.after.default))


def _renamed_values(column: str, steps: tuple[TableStep, ...]) -> str:
    renames = [s for s in steps if isinstance(s, RenameValue) and s.column == column]
    name = quote(column)
    if not renames:
        return name
    cases = " ".join(f"WHEN {literal(s.before)} THEN {literal(s.after)}" for s in renames)
    return f"CASE {name} {cases} ELSE {name} END"


def _carry_counter(current: Table, after: Table) -> list[Statement]:
    """AUTOINCREMENT never uses a number twice, not even that of a row that is gone."""
    if not all(any(column.identity for column in table.columns) for table in (current, after)):
        return []
    new, old = literal(PREFIX + after.name), literal(after.name)
    purpose = f"rebuild {after.name}: keep its AUTOINCREMENT counter"
    return [
        Statement(
            sql=(
                f"UPDATE sqlite_sequence SET seq = max(seq, coalesce((SELECT seq FROM"
                f" sqlite_sequence WHERE name = {old}), 0)) WHERE name = {new}"
            ),
            purpose=purpose,
        ),
        Statement(
            sql=(
                f"INSERT INTO sqlite_sequence (name, seq) SELECT {new}, seq FROM sqlite_sequence"
                f" WHERE name = {old} AND NOT EXISTS"
                f" (SELECT 1 FROM sqlite_sequence WHERE name = {new})"
            ),
            purpose=purpose,
        ),
    ]
