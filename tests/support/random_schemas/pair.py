"""One pair of schemas on a real database file: up, down and up again, and what has to hold each time."""

from __future__ import annotations

import re
import sqlite3
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from okra.dialects import dialect
from okra.dialects.sqlite.planning.rebuild import value_for_null
from okra.dialects.sqlite.planning.tables import is_rowid_alias
from okra.dialects.sqlite.server.session import connect
from okra.errors import DatabaseError
from okra.language.define import parse_schema
from okra.migrations.down import migrate_down
from okra.migrations.executor import Target
from okra.migrations.generate import prepare, proven, write
from okra.migrations.up import migrate_up
from okra.plan import HazardKind
from okra.relational.changes import (
    AlterColumn,
    AlterTable,
    DropTable,
    RenameColumn,
    RenameTable,
    RenameValue,
)
from okra.relational.describe import describe
from okra.relational.diff import diff
from okra.source import Source
from okra.url import DatabaseUrl
from random_schemas.spec import sql_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from okra.language.definition import SchemaDefinition
    from okra.migrations.generate import Prepared
    from okra.plan import Plan
    from okra.relational.changes import Change
    from okra.relational.model import Database, Table

SQLITE = dialect("sqlite")
START = datetime(2024, 1, 1, tzinfo=UTC)


class Kept(NamedTuple):
    """A table that is there before and after, and what of it must not change.

    columns  (name before, name after, texts that are renamed)
    rowid    whether the rows keep their numbers
    counter  whether AUTOINCREMENT goes on counting
    """

    before: str
    after: str
    columns: list[tuple[str, str, dict[str, str]]]
    rowid: bool
    counter: bool


class Desk:
    """A folder with one database file and one migrations directory."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "app.db"
        self.directory = folder / "migrations"
        self.target = Target(
            url=DatabaseUrl.parse("sqlite://app.db", base=folder), directory=self.directory
        )
        self._versions = 0

    def parsed(self, text: str) -> SchemaDefinition:
        source = Source("models.okra.gql", text)
        return parse_schema([source], providers=("sqlite",)).definition

    def prepare(self, text: str, fills: dict[tuple[str, str], str] | None = None) -> Prepared:
        return prepare(self.directory, "sqlite", self.parsed(text), fills=fills)

    def write(self, prepared: Prepared, *, verify: bool) -> None:
        self._versions += 1
        version = f"{START + timedelta(seconds=self._versions):%Y%m%d_%H%M%S}"
        write(prepared, proven(prepared, version, verify=verify), None)

    def up(self) -> None:
        migrate_up(self.target)

    def down(self) -> None:
        migrate_down(self.target, confirm=lambda _: True)

    def found(self) -> Database:
        """What the database holds, without OKRA's own tables."""
        session = connect(self.target.url, lock_timeout_ms=1000, read_only=True)
        try:
            return SQLITE.introspect(session).database
        finally:
            session.close()

    def values(self, sql: str) -> list[tuple[object, ...]]:
        connection = sqlite3.connect(self.file)
        connection.text_factory = readable
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def everything(self) -> dict[str, list[tuple[object, ...]]]:
        """Each table's definition and rows, OKRA's own tables left out."""
        listed = self.values("SELECT name, type, sql FROM sqlite_master ORDER BY name, type")
        found = {"": [row for row in listed if not str(row[0]).startswith("_okra")]}
        for name in [row[0] for row in found[""] if row[1] == "table"]:
            found[str(name)] = self.values(f"SELECT * FROM {sql_name(str(name))}")
        return found

    def rows(self, kept: Kept, *, before: bool) -> list[tuple[object, ...]]:
        """The rows of a table in what is kept of it, as SQL literals, sorted."""
        table = kept.before if before else kept.after
        shown = []
        for old, new, texts in kept.columns:
            name = sql_name(old if before else new)
            if before and texts:
                cases = " ".join(f"WHEN {quoted(a)} THEN {quoted(b)}" for a, b in texts.items())
                name = f"CASE {name} {cases} ELSE {name} END"
            shown.append(f"quote({name})")
        if kept.rowid:
            shown.append("quote(_rowid_)")
        found = self.values(f"SELECT {', '.join(shown) or 'NULL'} FROM {sql_name(table)}")
        return sorted(found, key=repr)

    def counter(self, table: str) -> object:
        found = self.values(f"SELECT max(seq) FROM sqlite_sequence WHERE name = {quoted(table)}")
        return found[0][0] or 0


def readable(data: bytes) -> str:
    """Text as Python has it, also where bytes became text that is no UTF-8."""
    return data.decode("utf-8", "surrogateescape")


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def kept_tables(changes: Sequence[Change], before: Database, after: Database) -> list[Kept]:
    """What has to be byte-equal before and after."""
    renamed = {c.before: c.after for c in changes if isinstance(c, RenameTable)}
    dropped = {c.table.name for c in changes if isinstance(c, DropTable)}
    altered = {c.after.name: c for c in changes if isinstance(c, AlterTable)}
    wanted = {table.name: table for table in after.tables}
    found = []
    for table in before.tables:
        if table.name in dropped:
            continue
        name = renamed.get(table.name, table.name)
        found.append(_kept(table, wanted[name], altered.get(name)))
    return found


def _kept(before: Table, after: Table, change: AlterTable | None) -> Kept:
    steps = change.steps if change is not None else ()
    names = {step.before: step.after for step in steps if isinstance(step, RenameColumn)}
    lost = {s.after.name for s in steps if isinstance(s, AlterColumn) and _changes(s)}
    lost |= {s.column for s in steps if isinstance(s, RenameValue) and s.list}
    columns = []
    for column in before.columns:
        name = names.get(column.name, column.name)
        computed = column.generated is not None and lost
        if after.column(name) is None or name in lost or computed:
            continue
        texts = {
            s.before: s.after for s in steps if isinstance(s, RenameValue) and s.column == name
        }
        columns.append((column.name, name, texts))
    return Kept(
        before=before.name,
        after=after.name,
        columns=columns,
        rowid=_keeps_rowid(before, after, names),
        counter=_counts_the_same(before, after, names),
    )


def _counts_the_same(before: Table, after: Table, names: dict[str, str]) -> bool:
    """Whether the column that counts is the same one."""
    counted = [names.get(column.name, column.name) for column in before.columns if column.identity]
    return counted != [] and counted == [c.name for c in after.columns if c.identity]


def _changes(step: AlterColumn) -> bool:
    """Whether the step may change values: another type, NULLs filled, or computed in another way."""
    return (
        step.before.type != step.after.type
        or value_for_null(step) is not None
        or step.before.generated != step.after.generated
        or (step.before.nullable and not step.after.nullable)
    )


def _keeps_rowid(before: Table, after: Table, names: dict[str, str]) -> bool:
    for table in (before, after):
        if "without_rowid" in table.options or table.column("_rowid_") is not None:
            return False
    taken = {c.name.lower() for table in (before, after) for c in table.columns}
    if {"rowid", "_rowid_", "oid"} <= taken or "_rowid_" in taken:
        return False
    if not is_rowid_alias(after):
        return True
    key = after.primary_key.columns[0]
    old = {new: name for name, new in names.items()}.get(key, key)
    if is_rowid_alias(before) and before.primary_key.columns == (old,):
        return True
    return before.column(old) is None


def warned(plan: Plan) -> set[str]:
    """The tables of which the plan says that something may fail on their rows."""
    found = [h.message for h in plan.hazards if h.kind is HazardKind.MAY_FAIL]
    return {name for message in found for name in re.findall("`([^`.]+)", message)}


def step(desk: Desk, run: Callable[[], None], plan: Plan, objects: Sequence[str] = ()) -> bool:
    """Run `up` or `down`. A refusal is right only where the plan said so, and then nothing has changed.

    objects  views and triggers of the user's own: they stay and work, or the refusal names them
    """
    before = desk.everything()
    try:
        run()
    except DatabaseError as error:
        text = error.render().replace('""', '"').lower()
        known = [*warned(plan), *objects]
        assert any(name.lower() in text for name in known), f"refused without a warning: {text}"
        assert desk.everything() == before
        return False
    there = [row[0] for row in desk.everything()[""]]
    assert [name for name in objects if name not in there] == []
    if "users_own_view" in objects:
        desk.values("SELECT * FROM users_own_view")
    return True


def same(found: Database, wanted: Database) -> None:
    left = describe(diff(found, wanted))
    assert left == [], left


def compare(desk: Desk, tables: Iterable[Kept], rows: dict[str, object], *, before: bool) -> None:
    """Every kept value of every row is what it was."""
    for table in tables:
        found = desk.rows(table, before=before)
        assert found == rows[table.before], (table, found, rows[table.before])
        if table.counter:
            name = table.before if before else table.after
            assert desk.counter(name) == rows[f"counter of {table.before}"]


def remembered(desk: Desk, tables: Iterable[Kept]) -> dict[str, object]:
    found: dict[str, object] = {}
    for table in tables:
        found[table.before] = desk.rows(table, before=True)
        if table.counter:
            found[f"counter of {table.before}"] = desk.counter(table.before)
    return found
