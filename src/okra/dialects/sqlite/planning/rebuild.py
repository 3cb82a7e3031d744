"""Change a table by making it anew: the only way for most of what SQLite's ALTER TABLE can't do.

The order is the one that loses nothing: make the new table under another name, copy by named columns,
drop the old one, rename. `legacy_alter_table` keeps the keys, views and triggers of other tables as they
are written while the name is gone. The session turns foreign keys off before the transaction begins, or
dropping the old table would delete the rows of its children.
Source: SQLite documentation, ALTER TABLE, "Making Other Kinds Of Table Schema Changes".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.notices import rewrites
from okra.dialects.sqlite.natives.types import Affinity, affinity
from okra.dialects.sqlite.planning.tables import (
    create_table,
    default_sql,
    is_rowid_alias,
    rowid_name,
)
from okra.dialects.sqlite.quoting import literal, quote
from okra.plan import Statement
from okra.relational.changes import AddColumn, AlterColumn, RenameValue

if TYPE_CHECKING:
    from okra.plan import Hazard
    from okra.relational.changes import AlterTable
    from okra.relational.model import Column, Table

PREFIX = "_okra_new_"


def rebuild(
    change: AlterTable, current: Table, hazards: tuple[Hazard, ...], notes: tuple[str, ...]
) -> list[Statement]:
    """The statements that turn `current`, which is `change.before` with its columns renamed, into `change.after`.

    Indexes and triggers are not among them: they go with the old table and are made by the caller.
    """
    after = change.after
    new, old = quote(PREFIX + after.name), quote(after.name)
    copies = rewrites(f"copies all rows of `{after.name}`; nobody else can write meanwhile")

    def step(sql: str, what: str) -> Statement:
        return Statement(sql=sql, purpose=f"rebuild {after.name}: {what}")

    return [
        Statement(
            sql=create_table(after, PREFIX + after.name),
            purpose=f"rebuild {after.name}: make the new table",
            notes=notes,
            hazards=(*hazards, copies),
        ),
        *(step(sql, "keep its AUTOINCREMENT counter") for sql in _carry_counter(current, after)),
        step(_copy(change, current), "copy its rows"),
        step(f"DROP TABLE {old}", "drop the old table"),
        step("PRAGMA legacy_alter_table = ON", "leave what refers to it as it is written"),
        step(f"ALTER TABLE {new} RENAME TO {old}", "put the new table in its place"),
        step("PRAGMA legacy_alter_table = OFF", "back to the usual way of renaming"),
    ]


def _copy(change: AlterTable, current: Table) -> str:
    """INSERT … SELECT. The columns are qualified: SQLite takes a quoted name that is no column for a text."""
    after = change.after
    pairs = [(quote(column.name), _source(column, change, current)) for column in after.columns]
    found = [(target, source) for target, source in pairs if source is not None]
    rowid = _rowid(current, after)
    if rowid is not None:
        found.insert(0, (rowid, f"{quote(after.name)}.{rowid}"))
    if not found:  # nothing is kept but the number of rows
        found = [(quote(after.columns[0].name), _fresh(after.columns[0]))]
    targets = ", ".join(target for target, _ in found)
    sources = ", ".join(source for _, source in found)
    return (
        f"INSERT INTO {quote(PREFIX + after.name)} ({targets})\n"
        f"  SELECT {sources} FROM {quote(after.name)}"
    )


def _fresh(column: Column) -> str:
    return "NULL" if column.default is None else default_sql(str(column.default))


def _rowid(current: Table, after: Table) -> str | None:
    """The name by which both tables know the rowid; None where it needn't or can't be copied."""
    if is_rowid_alias(after):
        return None
    if "without_rowid" in current.options or "without_rowid" in after.options:
        return None
    return rowid_name(current, after)


def _source(column: Column, change: AlterTable, current: Table) -> str | None:
    """What the copy puts into `column`; None leaves it to the default, or to SQLite."""
    if column.generated is not None:
        return None
    if current.column(column.name) is None:
        return _new_value(column, change, current)
    source = _renamed_values(column.name, change)
    for step in change.steps:
        if isinstance(step, AlterColumn) and step.after.name == column.name:
            source = _cast(source, str(step.before.type), str(step.after.type))
            value = value_for_null(step)
            if value is not None:
                return f"coalesce({source}, {value})"
    return source


def _cast(source: str, before: str, after: str) -> str:
    """`source` as bytes or as text where the one becomes the other: no affinity does that by itself."""
    if affinity(before) is Affinity.TEXT and after == "blob":
        return f"CAST({source} AS blob)"
    if before == "blob" and affinity(after) is Affinity.TEXT:
        return f"CAST({source} AS text)"
    return source


def _new_value(column: Column, change: AlterTable, current: Table) -> str | None:
    for step in change.steps:
        if isinstance(step, AddColumn) and step.column.name == column.name and step.fill:
            return step.fill
    if takes_rowid(column, change.after, current):
        name = rowid_name(current)
        return None if name is None else f"{quote(change.after.name)}.{name}"
    return None


def takes_rowid(column: Column, after: Table, current: Table) -> bool:
    """Whether the new `column` is the rowid of its table, so that the rows bring their numbers along."""
    if "without_rowid" in current.options or not is_rowid_alias(after):
        return False
    return after.primary_key is not None and after.primary_key.columns == (column.name,)


def value_for_null(step: AlterColumn) -> str | None:
    """What rows get in place of NULL when a column becomes required; None if there is nothing.

    A column that becomes the rowid needs nothing: SQLite gives such rows the next number.
    """
    if not step.before.nullable or step.after.nullable:
        return None
    if step.fill is not None:
        return step.fill
    return None if step.after.default is None else default_sql(str(step.after.default))


def _renamed_values(column: str, change: AlterTable) -> str:
    """The column, with the texts in place of which others stand from now on."""
    renames = [s for s in change.steps if isinstance(s, RenameValue) and s.column == column]
    name = f"{quote(change.after.name)}.{quote(column)}"
    if not renames:
        return name
    cases = " ".join(f"WHEN {literal(s.before)} THEN {literal(s.after)}" for s in renames)
    if not renames[0].list:
        return f"CASE {name} {cases} ELSE {name} END"
    known = ", ".join(literal(s.before) for s in renames)
    return (
        f"CASE WHEN NOT json_valid({name}) THEN {name} WHEN json_type({name}) <> 'array' THEN {name}"
        f" WHEN EXISTS (SELECT 1 FROM json_each({name}) WHERE value IN ({known}))"
        f" THEN (SELECT json_group_array(CASE value {cases} ELSE value END) FROM json_each({name}))"
        f" ELSE {name} END"
    )


def _carry_counter(current: Table, after: Table) -> list[str]:
    """AUTOINCREMENT never uses a number twice, not even that of a row that is gone.

    The new table starts from the old one's counter; copying rows then only ever raises it.
    """
    if not all(any(column.identity for column in table.columns) for table in (current, after)):
        return []
    new, old = literal(PREFIX + after.name), literal(after.name)
    sql = f"INSERT INTO sqlite_sequence (name, seq) SELECT {new}, seq FROM sqlite_sequence WHERE name = {old}"
    return [sql]
