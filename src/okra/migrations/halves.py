"""A migration with room for hooks: what comes before the data is moved, what comes behind it, and what hooks.sql begins as."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from okra.dialects import dialect as dialect_of
from okra.dialects.session import prober
from okra.language.definition import SchemaDefinition
from okra.lowering import lower
from okra.migrations.render import comment
from okra.plan import Plan
from okra.relational.changes import (
    AddColumn,
    AlterColumn,
    AlterTable,
    CreateTable,
    DropColumn,
    DropTable,
    RenameTable,
)
from okra.relational.diff import diff
from okra.relational.expanding import expanded, still_there, union, with_wider_types
from okra.relational.model import Database, Table
from okra.relational.order import order

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from okra.dialects.base import Dialect
    from okra.relational.changes import Change
    from okra.relational.renaming import Renames

_TABLES = 20
_HEAD = """\
{title}
What stands below runs between the two halves of migration.sql, and of rollback.sql: at the line `okra: hooks`.
Before it, what is new is there and may be empty; behind it, it is required, and what is old is gone.
Any SQL may stand here. `okra:batch` above an UPDATE or DELETE runs it in ranges of a key, each committed by itself.
When it is written: `okra db:migrate:verify`"""


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of a table's columns: new before the hooks; required, or dropped, behind them."""

    added: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


class Halves(msgspec.Struct, frozen=True, kw_only=True):
    """A plan in two halves.

    at       how many of its statements come before the hooks
    middle   the database between the halves
    made     the tables that the first half makes
    gone     the names of those that the second half drops
    columns  what becomes of the columns of the others, by the names that these have between the halves
    """

    plan: Plan
    at: int
    middle: Database
    made: tuple[Table, ...]
    gone: frozenset[str]
    columns: dict[str, Columns]


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One of the two states that a migration leads between: the native tables, and the models that they are of."""

    database: Database
    models: SchemaDefinition


def halves(
    dialect: Dialect,
    before: Side,
    after: Side,
    renames: Renames,
    *,
    fills: Mapping[tuple[str, str], str] | None = None,
    online: bool = True,
) -> Halves:
    """The way from `before` to `after` in two halves: what old code can live with, and the rest.

    Where the rest is no one transaction, what loses data comes last: behind all that may fail on rows that the
    hooks have left out.
    """
    start = _with_all_values(dialect, before, after, renames)
    middle = expanded(start, after.database, renames)
    first = order(diff(before.database, middle), cut_cycles=dialect.cuts_cycles)
    last = after.database
    if prober(dialect.name) is not None:
        last = still_there(middle, after.database, renames)
    second = order(diff(middle, last, renames, fills or {}), cut_cycles=dialect.cuts_cycles)
    third = order(diff(last, after.database), cut_cycles=dialect.cuts_cycles)
    expand = dialect.plan(first, middle, online=online).statements
    sure = dialect.plan(second, last, online=online).statements
    drops = dialect.plan(third, after.database, online=online).statements
    if drops and any(statement.anew for statement in sure):
        drops = (replace(drops[0], anew=True), *drops[1:])
    return Halves(
        plan=Plan(statements=(*expand, *sure, *drops)),
        at=len(expand),
        middle=middle,
        made=tuple(each.table for each in first if isinstance(each, CreateTable)),
        gone=frozenset(
            each.table.name for each in (*second, *third) if isinstance(each, DropTable)
        ),
        columns=_columns(first, (*second, *third)),
    )


def template(provider: str, title: str, up: Halves, down: Halves) -> str:
    """What hooks.sql begins as: both sections, with the tables and columns at hand, and no statement."""
    quote = dialect_of(provider).quote
    lines = [comment(line) for line in _HEAD.format(title=title).split("\n")]
    for name, way in (("up", up), ("down", down)):
        lines += ["", f"-- okra:{name}", ""]
        lines += (comment(text) if text else "" for text in _at_hand(way, quote))
    return "\n".join(lines).rstrip() + "\n"


def _with_all_values(dialect: Dialect, before: Side, after: Side, renames: Renames) -> Database:
    """`before` with enums that have the values of both sides, whatever the dialect makes of enums.

    Values that have another name now are no new ones.
    """
    plain = lower(before.models, dialect.name)
    renamed = {(value.enum, value.after) for value in renames.values}
    renamed |= {(text.enum, text.after) for text in renames.texts}
    later = {
        enum.name: replace(
            enum, values=tuple(v for v in enum.values if (enum.name, v) not in renamed)
        )
        for enum in lower(after.models, dialect.name).enums
    }
    enums = tuple(
        union(enum, later[enum.name]) if enum.name in later else enum for enum in plain.enums
    )
    if enums == plain.enums:
        return before.database
    wide = dialect.resolve(replace(plain, enums=enums)).database
    return with_wider_types(before.database, dialect.resolve(plain).database, wide)


def _at_hand(way: Halves, quote: Callable[[str], str]) -> list[str]:
    """A few lines for each table whose data may have to move."""
    touched = [
        table for table in way.middle.tables if table.name in way.columns or table.name in way.gone
    ]
    lines: list[str] = []
    for table in touched[:_TABLES]:
        lines += [*_about(table, way, quote), ""]
    for table in way.made[:_TABLES]:
        names = ", ".join(quote(column.name) for column in table.columns)
        lines += [f"{table.name} is new: INSERT INTO {_path(table, quote)} ({names}) SELECT …", ""]
    more = len(touched[_TABLES:]) + len(way.made[_TABLES:])
    if more:
        return [*lines, f"and {more} tables more"]
    return lines[:-1] or ["nothing has to move"]


def _about(table: Table, way: Halves, quote: Callable[[str], str]) -> list[str]:
    part = way.columns.get(table.name, Columns())
    names = ", ".join(column.name for column in table.columns)
    lines = [f"{table.name}: {names}"]
    if part.added:
        lines.append(f"  new: {', '.join(part.added)}")
    if part.required:
        lines.append(f"  required behind this section: {', '.join(part.required)}")
    if table.name in way.gone:
        lines.append("  the table is gone behind this section")
    elif part.dropped:
        lines.append(f"  gone behind this section: {', '.join(part.dropped)}")
    empty = [name for name in dict.fromkeys((*part.added, *part.required)) if table.column(name)]
    if empty:
        key = table.primary_key.columns if table.primary_key else ()
        if len(key) == 1:
            lines.append(f"-- okra:batch size=10000 key={key[0]}")
        given = ", ".join(f"{quote(name)} = …" for name in empty)
        missing = " OR ".join(f"{quote(name)} IS NULL" for name in empty)
        lines.append(f"UPDATE {_path(table, quote)} SET {given} WHERE {missing};")
    return lines


def _path(table: Table, quote: Callable[[str], str]) -> str:
    return ".".join(quote(part) for part in table.name.split("."))


def _columns(first: Sequence[Change], second: Sequence[Change]) -> dict[str, Columns]:
    """What becomes of the columns of each table, by the name that it has between the halves."""
    names = {c.after: c.before for c in second if isinstance(c, RenameTable)}
    found: dict[str, Columns] = {}
    for change in (*first, *second):
        if not isinstance(change, AlterTable):
            continue
        name = (
            change.after.name
            if change in first
            else names.get(change.after.name, change.after.name)
        )
        known = found.get(name, Columns())
        steps = change.steps
        added = [step.column.name for step in steps if isinstance(step, AddColumn)]
        required = [
            step.after.name
            for step in steps
            if isinstance(step, AlterColumn) and step.before.nullable and not step.after.nullable
        ]
        dropped = [step.column.name for step in steps if isinstance(step, DropColumn)]
        columns = Columns(
            added=(*known.added, *(added if change in first else ())),
            required=(*known.required, *required),
            dropped=(*known.dropped, *dropped),
        )
        if columns != Columns():
            found[name] = columns
    return found
