"""Every folder of tests/golden: two schemas, the changes between them, the SQL for them, and what becomes of the rows.

before.okra.gql  after.okra.gql    the two schemas; a missing one is empty
options.json                       {"rename": {"users.username": "email"}, "default": {"users.name": "''"}}
rows.sql                           rows that are there before; optional
changes.txt                        what changes, as people read it
sqlite.sql  sqlite.down.sql        the migration and its way back
rows.txt                           every row after up and after down; where there is a rows.sql
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from okra.dialects import dialect
from okra.dialects.sqlite.tables import is_rowid_alias
from okra.language.define import parse_schema
from okra.language.definition import SchemaDefinition
from okra.migrations.draft import Draft, draft
from okra.migrations.prove import prove
from okra.relational.describe import describe
from okra.relational.diff import diff
from okra.relational.model import Database
from okra.relational.order import order
from okra.relational.renaming import ColumnRename, Renames
from okra.source import Source

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(folder.name for folder in GOLDEN.iterdir() if folder.is_dir())
SQLITE = dialect("sqlite")
STARTED = f"'{datetime.now(UTC):%Y-%m-%d}"


def parsed(path: Path) -> SchemaDefinition:
    if not path.exists():
        return SchemaDefinition()
    return parse_schema([Source(path.name, path.read_text())]).definition


def renames_of(pairs: dict[str, str]) -> Renames:
    tables, columns = [], []
    for old, new in pairs.items():
        table, dot, column = old.partition(".")
        if dot:
            columns.append(ColumnRename(table=table, before=column, after=new))
        else:
            tables.append((old, new))
    return Renames(tables=tuple(tables), columns=tuple(columns))


def drafts(case: str) -> tuple[Draft, Draft]:
    """The first migration of a case, which makes `before`, and the one that the case is about."""
    folder = GOLDEN / case
    path = folder / "options.json"
    options = json.loads(path.read_text()) if path.exists() else {}
    before = parsed(folder / "before.okra.gql")
    first = draft("sqlite", Database(), None, before)
    fills = {tuple(key.split(".")): sql for key, sql in options.get("default", {}).items()}
    second = draft(
        "sqlite",
        first.after,
        before,
        parsed(folder / "after.okra.gql"),
        renames=renames_of(options.get("rename", {})),
        fills=fills,
    )
    return first, second


def run(session, text: str) -> None:
    for statement in SQLITE.split(text):
        session.execute(statement.sql)


def shown_value(literal: str) -> str:
    """`literal`, or what it is where it is another one in each run."""
    if re.fullmatch(r"'[0-9a-f]{32}'", literal):
        return "(random)"
    if re.fullmatch(r"'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'", literal):
        return "(random)"
    return "(now)" if re.match(r"'\d{4}-\d\d-\d\d", literal) and literal > STARTED else literal


def dump(session, database: Database) -> str:
    """Every row of every table, with values as SQL literals so that their types can be seen."""
    lines = []
    for table in sorted(database.tables, key=lambda table: table.name):
        columns = [column.name for column in table.columns]
        shown = [f"quote({SQLITE.quote(name)})" for name in columns]
        if not is_rowid_alias(table) and "without_rowid" not in table.options:
            columns.insert(0, "rowid")
            shown.insert(0, "quote(rowid)")
        rows = session.query(f"SELECT {', '.join(shown)} FROM {SQLITE.quote(table.name)}")
        lines.append(f"{table.name} ({', '.join(columns)})")
        lines += sorted(f"  {' | '.join(shown_value(str(value)) for value in row)}" for row in rows)
        if any(column.identity for column in table.columns):
            (counter,) = session.query(
                "SELECT max(seq) FROM sqlite_sequence WHERE name = ?", (table.name,)
            )
            lines.append(f"  counter: {counter[0]}")
    assert session.query("PRAGMA foreign_key_check") == []
    return "\n".join(lines) + "\n"


def agrees(path: Path, text: str, *, update: bool) -> None:
    if update:
        path.write_text(text)
    assert path.exists(), f"{path.name} is missing: run pytest with --update-golden and read it"
    assert path.read_text() == text


@pytest.mark.parametrize("case", CASES)
def test_the_sql_of_a_change_is_as_it_was_reviewed(case: str, update_golden: bool) -> None:
    _, second = drafts(case)
    folder = GOLDEN / case

    agrees(folder / "changes.txt", "\n".join(describe(second.changes)) + "\n", update=update_golden)
    agrees(folder / "sqlite.sql", second.migration_sql(case), update=update_golden)
    agrees(folder / "sqlite.down.sql", second.rollback_sql(case), update=update_golden)


@pytest.mark.parametrize("case", CASES)
def test_a_change_leads_up_down_and_up_again_with_rows(case: str, update_golden: bool) -> None:
    first, second = drafts(case)
    folder = GOLDEN / case
    session = SQLITE.scratch()
    run(session, first.migration_sql("first"))
    rows = folder / "rows.sql"
    if rows.exists():
        run(session, rows.read_text())

    run(session, second.migration_sql(case))
    assert diff(SQLITE.introspect(session).database, second.after) == ()
    after_up = dump(session, second.after)
    run(session, second.rollback_sql(case))
    assert diff(SQLITE.introspect(session).database, second.before) == ()
    after_down = dump(session, second.before)
    run(session, second.migration_sql(case))
    assert diff(SQLITE.introspect(session).database, second.after) == ()

    session.close()
    if rows.exists():
        text = f"after up\n{after_up}\nafter down\n{after_down}"
        agrees(folder / "rows.txt", text, update=update_golden)


@pytest.mark.parametrize("case", CASES)
def test_a_change_is_proven(case: str) -> None:
    _, second = drafts(case)

    prove(
        SQLITE,
        second.before,
        second.after,
        second.changes,
        migration_sql=second.migration_sql(case),
        rollback_sql=second.rollback_sql(case),
    )


@pytest.mark.parametrize("case", CASES)
def test_a_schema_does_not_differ_from_itself(case: str) -> None:
    _, second = drafts(case)

    assert diff(second.after, second.after) == ()
    assert order(diff(second.after, second.after), cut_cycles=False) == ()
    assert draft("sqlite", second.after, second.models, second.models).changes == ()
