"""Every folder of tests/golden: two schemas, the changes between them, the SQL for them, and what becomes of the rows.

before.okra.gql  after.okra.gql    the two schemas; a missing one is empty
options.json                       {"rename": {"users.username": "email"}, "default": {"users.name": "''"},
                                    "only": ["sqlite"], "postgres": {"default": …}}
rows.sql                           rows that are there before; optional; `postgres.rows.sql` for PostgreSQL alone
changes.txt                        what changes, as people read it, in SQLite's types
sqlite.sql  sqlite.down.sql        the migration and its way back, for each provider
rows.txt                           every row after up and after down; where there is a rows.sql;
                                   `postgres.rows.txt` and so on for the others
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from goldens import PROVIDERS, SERVERS, dump, run
from okra.devdb import scratch
from okra.dialects import dialect
from okra.dialects.session import connect
from okra.errors import DatabaseError, NoDevDatabase
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

if TYPE_CHECKING:
    from collections.abc import Iterator

    import servers
    from okra.dialects.session import MigrationSession

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(folder.name for folder in GOLDEN.iterdir() if folder.is_dir())


def options(case: str) -> dict:
    path = GOLDEN / case / "options.json"
    return json.loads(path.read_text()) if path.exists() else {}


ALL = [
    (provider, case)
    for provider in PROVIDERS
    for case in CASES
    if provider in options(case).get("only", PROVIDERS)
]
LIVE = [(server, case) for provider, case in ALL for server in SERVERS[provider]]


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


@lru_cache(maxsize=512)
def drafts(provider: str, case: str) -> tuple[Draft, Draft]:
    """The first migration of a case, which makes `before`, and the one that the case is about."""
    folder = GOLDEN / case
    before = parsed(folder / "before.okra.gql")
    first = draft(provider, Database(), None, before)
    given = {**options(case), **options(case).get(provider, {})}.get("default", {})
    second = draft(
        provider,
        first.after,
        before,
        parsed(folder / "after.okra.gql"),
        renames=renames_of(options(case).get("rename", {})),
        fills={tuple(key.split(".")): sql for key, sql in given.items()},
    )
    return first, second


def named(folder: Path, name: str, provider: str) -> Path:
    """The file for `provider` alone, if it has one; SQLite's go without its name."""
    own = folder / f"{provider}.{name}"
    return own if own.exists() else folder / name


def agrees(path: Path, text: str, *, update: bool) -> None:
    if update:
        path.write_text(text)
    assert path.exists(), f"{path.name} is missing: run pytest with --update-golden and read it"
    assert path.read_text() == text


@pytest.fixture(scope="module")
def sessions(_servers: servers.Servers) -> Iterator[Sessions]:
    found = Sessions(_servers)
    yield found
    found.close()


class Sessions:
    """One database on each server for all cases, emptied between them."""

    def __init__(self, known: servers.Servers) -> None:
        self._servers = known
        self._open: dict[str, tuple[MigrationSession, object]] = {}

    def empty(self, server: str) -> MigrationSession:
        """A session on an empty database."""
        if server == "sqlite":
            return scratch("sqlite")
        if server not in self._open:
            database = self._servers.database(server)
            session = connect(database.__enter__(), lock_timeout_ms=10_000)
            self._open[server] = (session, database)
        session = self._open[server][0]
        clear(session, server)
        return session

    def close(self) -> None:
        for session, database in self._open.values():
            session.close()
            database.__exit__(None, None, None)


def clear(session: MigrationSession, server: str) -> None:
    session.rollback()
    if server.startswith("postgres"):
        session.execute("DROP SCHEMA public CASCADE")
        session.execute("CREATE SCHEMA public")
        return
    [(name,)] = session.query("SELECT database()")
    session.execute(f"DROP DATABASE `{name}`")
    session.execute(f"CREATE DATABASE `{name}`")
    session.execute(f"USE `{name}`")


def provider_of(server: str) -> str:
    return next(provider for provider, names in SERVERS.items() if server in names)


@pytest.mark.parametrize(("provider", "case"), ALL)
def test_the_sql_of_a_change_is_as_it_was_reviewed(
    provider: str, case: str, update_golden: bool
) -> None:
    _, second = drafts(provider, case)
    folder = GOLDEN / case

    if provider == "sqlite":
        lines = describe(second.changes)
        agrees(folder / "changes.txt", "\n".join(lines) + "\n", update=update_golden)
    agrees(folder / f"{provider}.sql", second.migration_sql(case), update=update_golden)
    agrees(folder / f"{provider}.down.sql", second.rollback_sql(case), update=update_golden)


@pytest.mark.parametrize(("server", "case"), LIVE)
def test_a_change_leads_up_down_and_up_again_with_rows(
    server: str, case: str, update_golden: bool, sessions: Sessions
) -> None:
    provider = provider_of(server)
    found = dialect(provider)
    first, second = drafts(provider, case)
    folder = GOLDEN / case
    session = sessions.empty(server)
    version = session.server_version
    if found.lacking(second.before, version) or found.lacking(second.after, version):
        both = first.migration_sql("first") + second.migration_sql(case)
        with pytest.raises(DatabaseError):  # the server does not know it, indeed
            run(session, provider, both)
        return
    run(session, provider, first.migration_sql("first"))
    rows = named(folder, "rows.sql", provider)
    if rows.exists():
        run(session, provider, rows.read_text())

    run(session, provider, second.migration_sql(case))
    up = found.introspect(session, wanted=second.after).database
    assert describe(diff(up, second.after)) == []
    after_up = dump(session, provider, second.after)
    run(session, provider, second.rollback_sql(case))
    down = found.introspect(session, wanted=second.before).database
    assert describe(diff(down, second.before)) == []
    after_down = dump(session, provider, second.before)
    run(session, provider, second.migration_sql(case))
    again = found.introspect(session, wanted=second.after).database
    assert describe(diff(again, second.after)) == []

    if rows.exists():
        text = f"after up\n{after_up}\nafter down\n{after_down}"
        name = "rows.txt" if provider == "sqlite" else f"{provider}.rows.txt"
        agrees(folder / name, text, update=update_golden)


@pytest.mark.parametrize(("provider", "case"), ALL)
def test_a_change_is_proven(provider: str, case: str) -> None:
    _, second = drafts(provider, case)

    try:
        prove(
            dialect(provider),
            second.before,
            second.after,
            second.changes,
            migration_sql=second.migration_sql(case),
            rollback_sql=second.rollback_sql(case),
        )
    except NoDevDatabase as error:
        pytest.skip(error.message)


@pytest.mark.parametrize(("provider", "case"), ALL)
def test_a_schema_does_not_differ_from_itself(provider: str, case: str) -> None:
    _, second = drafts(provider, case)

    assert diff(second.after, second.after) == ()
    assert order(diff(second.after, second.after), cut_cycles=False) == ()
    assert draft(provider, second.after, second.models, second.models).changes == ()
