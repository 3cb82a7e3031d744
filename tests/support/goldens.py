"""What the golden cases need of each kind of server: run a file as it would be applied, and show all rows."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, assert_never

from okra.dialects import DIALECTS, dialect
from okra.dialects.sqlite.planning.tables import is_rowid_alias
from okra.errors import DatabaseError
from okra.plan import ANEW, OUTSIDE

if TYPE_CHECKING:
    from okra.dialects.base import Script
    from okra.dialects.session import MigrationSession
    from okra.relational.model import Database, Table

PROVIDERS = list(DIALECTS)
SERVERS = {"sqlite": ["sqlite"], "postgres": ["postgres-15", "postgres-18"], "mysql": ["mariadb"]}
STARTED = f"{datetime.now(UTC):%Y-%m-%d}"

_QUOTE = "['\"]"
_UUID = re.compile(rf"{_QUOTE}[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}{_QUOTE}")
_HEX = re.compile(rf"{_QUOTE}[0-9a-f]{{32}}{_QUOTE}")
_MOMENT = re.compile(rf"{_QUOTE}\d{{4}}-\d\d-\d\d[ T]")


def run(session: MigrationSession, provider: str, text: str) -> None:
    """The statements of `text` in transactions as the file cuts them; an error has the one that failed as its note."""
    transactions: list[list[Script]] = [[]]
    alone: list[bool] = [False]
    for script in dialect(provider).split(text):
        marks = {line.strip().removeprefix("--").strip() for line in script.comment.splitlines()}
        outside = OUTSIDE in marks
        if outside or ANEW in marks or alone[-1]:
            transactions.append([])
            alone.append(outside)
        transactions[-1].append(script)
    for scripts, outside in zip(transactions, alone, strict=True):
        if not outside:
            session.begin()
        for script in scripts:
            _run(session, script)
        if not outside:
            session.commit()


def _run(session: MigrationSession, script: Script) -> None:
    try:
        session.execute(script.sql)
    except DatabaseError as error:
        error.add_note(f"{script.comment}\n{script.sql}")
        raise


def dump(session: MigrationSession, provider: str, database: Database) -> str:
    """Every row of every table, with values so that their types can be seen."""
    lines: list[str] = []
    for table in sorted(database.tables, key=lambda table: table.name):
        match provider:
            case "sqlite":
                lines += _sqlite_rows(session, table)
            case "postgres":
                lines += _postgres_rows(session, table)
            case "mysql":
                lines += _mysql_rows(session, table)
            case _:
                assert_never(provider)
    if provider == "sqlite":
        assert session.query("PRAGMA foreign_key_check") == []
    return "\n".join(lines) + "\n"


def _sqlite_rows(session: MigrationSession, table: Table) -> list[str]:
    quote = dialect("sqlite").quote
    columns = [column.name for column in table.columns]
    shown = [f"quote({quote(name)})" for name in columns]
    if not is_rowid_alias(table) and "without_rowid" not in table.options:
        columns.insert(0, "rowid")
        shown.insert(0, "quote(rowid)")
    rows = session.query(f"SELECT {', '.join(shown)} FROM {quote(table.name)}")
    lines = _lines(table, columns, rows)
    if any(column.identity for column in table.columns):
        (counter,) = session.query(
            "SELECT max(seq) FROM sqlite_sequence WHERE name = ?", (table.name,)
        )
        lines.append(f"  counter: {counter[0]}")
    return lines


def _postgres_rows(session: MigrationSession, table: Table) -> list[str]:
    from okra.dialects.postgres.quoting import literal, quote, quote_table

    columns = [column.name for column in table.columns]
    shown = ", ".join(f"coalesce(to_json({quote(name)})::text, 'NULL')" for name in columns)
    name = quote_table(table.name)
    lines = _lines(table, columns, session.query(f"SELECT {shown} FROM {name}"))
    for column in table.columns:
        if column.identity:
            source = f"pg_get_serial_sequence({literal(name)}, {literal(column.name)})"
            [(sequence,)] = session.query(f"SELECT {source}")
            [(last, called)] = session.query(f"SELECT last_value, is_called FROM {sequence}")
            lines.append(f"  counter: {last if called else None}")
    return lines


def _mysql_rows(session: MigrationSession, table: Table) -> list[str]:
    quote = dialect("mysql").quote
    columns = [column.name for column in table.columns]
    shown = ", ".join(f"quote({quote(name)})" for name in columns)
    return _lines(table, columns, session.query(f"SELECT {shown} FROM {quote(table.name)}"))


def _lines(table: Table, columns: list[str], rows: list[tuple[object, ...]]) -> list[str]:
    shown = sorted(f"  {' | '.join(_shown(str(value)) for value in row)}" for row in rows)
    return [f"{table.name} ({', '.join(columns)})", *shown]


def _shown(literal: str) -> str:
    """`literal`, or what it is where it is another one in each run."""
    if _HEX.fullmatch(literal) or _UUID.fullmatch(literal):
        return "(random)"
    return "(now)" if _MOMENT.match(literal) and literal[1:] > STARTED else literal
