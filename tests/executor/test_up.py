"""`up`: what is applied, what is refused, and what is left behind by neither."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from okra.errors import (
    ChecksumMismatch,
    DatabaseError,
    DirectoryError,
    LockNotObtained,
    OkraError,
    StatementFailed,
    UsageError,
)
from okra.migrations.down import migrate_down
from okra.migrations.events import Event, EventKind
from okra.migrations.resolve import Action, resolve
from okra.migrations.status import migrate_status
from okra.migrations.up import migrate_up
from okra.migrations.verify import verify
from okra.relational.model import Column, Database, PrimaryKey, Table

if TYPE_CHECKING:
    from collections.abc import Callable


def versions(outcomes) -> list[str]:
    return [outcome.version for outcome in outcomes]


def refused(work: Callable[[], object], kind: type[OkraError] = OkraError) -> OkraError:
    with pytest.raises(kind) as caught:
        work()
    assert caught.value.help
    return caught.value


def test_no_directory_and_no_database_is_nothing_to_do(desk):
    result = migrate_up(desk.target)

    assert (result.applied, desk.file.exists()) == ((), False)


def test_what_is_pending_is_applied_in_order_and_only_once(desk):
    first = desk.add("CREATE TABLE a (id INTEGER PRIMARY KEY);")
    second = desk.add("ALTER TABLE a ADD COLUMN b TEXT;", name="more")

    result = migrate_up(desk.target)
    again = migrate_up(desk.target)

    assert (versions(result.applied), result.current) == ([first, second], second)
    assert (again.applied, again.current) == ((), second)
    assert desk.states() == {first: "done", second: "done"}


def test_the_history_says_who_what_and_when(desk):
    version = desk.add("CREATE TABLE a (b); CREATE TABLE c (d);", name="first")

    migrate_up(desk.target)

    row = desk.sql(
        "SELECT version, name, parent, kind, state, total, applied, in_flight, tx_mode, epoch,"
        " length(checksum), length(snapshot_hash), length(prefix_hash), length(runner),"
        " started_at <= finished_at, applied_by IS NOT NULL, host <> '', okra_version <> '',"
        " server_version, error FROM _okra_migrations"
    )
    assert row == [
        (
            *(version, "first", None, "migration", "done", 2, 2, None, "file", 1),
            *(64, 64, 64, 36, 1, 1, 1, 1, sqlite3.sqlite_version, None),
        )
    ]
    assert desk.sql("SELECT version, event, state FROM _okra_log") == [(version, "done", "done")]
    assert desk.sql("SELECT history, format, environment FROM _okra_stamp") == [
        ("_okra_migrations", 1, "local")
    ]


def test_steps_and_to_apply_only_a_part(desk):
    one, two, three, four = (desk.add(f"CREATE TABLE t{n} (a);", name=f"n{n}") for n in range(4))

    first = migrate_up(desk.target, steps=1)
    second = migrate_up(desk.target, to=three)
    third = migrate_up(desk.target, to=f"{two}_n1")

    assert versions(first.applied) == [one]
    assert versions(second.applied) == [two, three]
    assert (third.applied, four in desk.states()) == ((), False)


@pytest.mark.parametrize("steps", [0, -1])
def test_steps_below_one_are_wrong_usage(desk, steps):
    desk.add("CREATE TABLE a (b);")

    error = refused(lambda: migrate_up(desk.target, steps=steps), UsageError)

    assert (error.code, desk.file.exists()) == ("OKR526", False)


def test_an_unknown_version_gets_the_nearest_one(desk):
    version = desk.add("CREATE TABLE a (b);", name="users")

    error = refused(lambda: migrate_up(desk.target, to=f"{version}_users.sql"), UsageError)

    assert (error.code, error.help) == ("OKR525", f"did you mean `{version}_users`?")


def test_a_dry_run_shows_the_sql_and_makes_nothing(desk):
    version = desk.add("CREATE TABLE a (b);")

    result = migrate_up(desk.target, dry_run=True)

    assert [(each.version, each.statements, each.sql) for each in result.applied] == [
        (version, 1, "CREATE TABLE a (b);")
    ]
    assert not desk.file.exists()


def test_a_dry_run_refuses_files_that_were_edited(desk):
    version = desk.add("CREATE TABLE a (b);")
    next(desk.target.directory.glob(f"{version}*/migration.sql")).write_text("CREATE TABLE c (d);")

    error = refused(lambda: migrate_up(desk.target, dry_run=True), ChecksumMismatch)

    assert error.code == "OKR460"


def test_a_dry_run_writes_nothing_into_a_database_that_is_there(desk):
    desk.add("CREATE TABLE a (b);")
    migrate_up(desk.target)
    desk.add("CREATE TABLE c (d);")
    before = desk.file.read_bytes()

    migrate_up(desk.target, dry_run=True)

    assert desk.file.read_bytes() == before


def test_every_migration_and_statement_is_reported(desk):
    version = desk.add(
        "-- first migration\n\n-- make a\n-- ! rewrites the table: a\nCREATE TABLE a (b);\nCREATE TABLE   c\n(d);"
    )
    events: list[Event] = []

    migrate_up(desk.target, progress=events.append)

    assert {event.version for event in events} == {version}
    assert [(event.kind, event.number, event.total, event.purpose) for event in events] == [
        (EventKind.MIGRATION_STARTED, 1, 1, ""),
        (EventKind.STATEMENT_STARTED, 1, 2, "make a"),
        (EventKind.STATEMENT_DONE, 1, 2, "make a"),
        (EventKind.STATEMENT_STARTED, 2, 2, "CREATE TABLE c (d)"),
        (EventKind.STATEMENT_DONE, 2, 2, "CREATE TABLE c (d)"),
        (EventKind.MIGRATION_DONE, 1, 1, ""),
    ]
    assert [event.duration_ms is not None for event in events] == [
        False, False, True, False, True, True,
    ]  # fmt: skip


def test_a_failed_statement_undoes_its_migration_and_keeps_the_earlier_ones(desk):
    first = desk.add("CREATE TABLE a (b);")
    second = desk.add(
        "CREATE TABLE c (d);\n\nINSERT INTO a VALUES (1);\nCREATE TABLE a (x);", name="bad"
    )
    third = desk.add("CREATE TABLE e (f);")

    error = refused(lambda: migrate_up(desk.target), StatementFailed)

    assert (error.code, error.index, error.statement) == ("OKR510", 3, "CREATE TABLE a (x)")
    assert error.render() == (
        f"error[OKR510]: statement 3 of `{second}_bad` failed: table a already exists\n"
        f"  --> {desk.folder(second)}/migration.sql:4\n"
        "  = help: the statement is\n"
        "          CREATE TABLE a (x)\n"
        "          nothing was changed: the migration was undone as a whole\n"
        "          mend the file, run `okra db:migrate:verify`, then `okra db:migrate:up`\n"
        "          if the database has all that it makes, because somebody made it by hand:\n"
        f"          `okra db:migrate:resolve {second} --applied`"
    )
    assert desk.states() == {first: "done", second: "failed"}
    assert [name for _, name, *_ in desk.schema()] == ["a"]
    assert desk.sql("SELECT * FROM a") == []
    row = desk.sql(
        "SELECT applied, total, error_code, error, error_at_statement FROM _okra_migrations"
        f" WHERE version = '{second}'"
    )
    assert row == [(0, 3, "OKR510", "table a already exists", 3)]
    assert third not in desk.states()


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE a (x)",
        "ALTER TABLE a ADD COLUMN b",
        "CREATE INDEX i ON a (b)",
        "ALTER TABLE c RENAME TO a",
    ],
)
def test_what_somebody_made_by_hand_can_be_written_down(desk, statement):
    desk.add("CREATE TABLE a (b); CREATE INDEX i ON a (b); CREATE TABLE c (d);")
    version = desk.add(f"{statement};")

    errors = [refused(lambda: migrate_up(desk.target)) for _ in range(2)]

    assert [error.code for error in errors] == ["OKR510", "OKR523"]
    for error in errors:
        assert (error.help or "").endswith(f"`okra db:migrate:resolve {version} --applied`")


def test_a_failure_for_another_cause_does_not_speak_of_what_was_made_by_hand(desk):
    desk.add("CREATE TABEL a (b);")

    error = refused(lambda: migrate_up(desk.target))

    assert "--applied" not in (error.help or "")


def test_a_failed_migration_is_refused_until_its_file_is_mended(desk):
    version = desk.add("CREATE TABEL a (b);", "DROP TABLE a;")
    refused(lambda: migrate_up(desk.target), StatementFailed)

    unmended = refused(lambda: migrate_up(desk.target), DatabaseError)
    (desk.folder(version) / "migration.sql").write_text("CREATE TABLE a (b); DROP TABLE a;")
    (desk.folder(version) / "rollback.sql").write_text("")
    unsealed = refused(lambda: migrate_up(desk.target), ChecksumMismatch)
    verified = verify(desk.target)
    result = migrate_up(desk.target)

    assert unmended.code == "OKR523"
    assert 'near "TABEL": syntax error' in unmended.message
    assert f"okra db:migrate:resolve {version} --retry" in (unmended.help or "")
    assert (unsealed.code, "okra db:migrate:verify" in (unsealed.help or "")) == ("OKR460", True)
    assert verified.verified == (version,)
    assert versions(result.applied) == [version]
    assert desk.sql("SELECT epoch, error FROM _okra_migrations") == [(2, None)]


def test_a_migration_that_failed_on_the_rows_is_tried_again_by_itself(desk):
    desk.add("CREATE TABLE a (b); INSERT INTO a VALUES (1), (1);")
    second = desk.add("CREATE UNIQUE INDEX i ON a (b);")

    error = refused(lambda: migrate_up(desk.target), StatementFailed)
    again = refused(lambda: migrate_up(desk.target), StatementFailed)
    desk.sql("DELETE FROM a WHERE rowid = 1;")
    result = migrate_up(desk.target)

    assert (error.code, again.code) == ("OKR511", "OKR511")
    assert error.message == f"statement 1 of `{second}` failed: UNIQUE constraint failed: a.b"
    assert versions(result.applied) == [second]


def test_what_failed_may_be_retried_when_somebody_says_so(desk):
    desk.add("CREATE TABLE a (b);")
    version = desk.add("CREATE TABLE c (d);")
    migrate_up(desk.target, steps=1)
    desk.sql("CREATE TABLE c (x);")
    refused(lambda: migrate_up(desk.target), StatementFailed)
    desk.sql("DROP TABLE c;")

    resolve(desk.target, version, action=Action.RETRY)
    result = migrate_up(desk.target)

    assert versions(result.applied) == [version]


def test_a_view_that_would_break_fails_the_migration_with_its_place(desk):
    desk.add("CREATE TABLE a (b, c);")
    migrate_up(desk.target)
    desk.sql("CREATE VIEW v AS SELECT c FROM a;")
    version = desk.add(
        "CREATE TABLE n (b); INSERT INTO n SELECT b FROM a; DROP TABLE a; ALTER TABLE n RENAME TO a;"
    )

    error = refused(lambda: migrate_up(desk.target), DatabaseError)

    assert (error.code, error.place) == ("OKR513", f"{desk.folder(version)}/migration.sql")
    assert desk.states()[version] == "failed"
    assert desk.sql("SELECT c FROM v") == []


def test_an_edited_pending_migration_is_refused(desk):
    version = desk.add("CREATE TABLE a (b);")
    (desk.folder(version) / "migration.sql").write_text("CREATE TABLE a (b, c);")

    error = refused(lambda: migrate_up(desk.target), ChecksumMismatch)

    assert (error.code, desk.file.exists()) == ("OKR460", False)


@pytest.mark.parametrize("file", ["migration.sql", "rollback.sql", "hooks.sql"])
def test_an_edited_applied_migration_is_refused(desk, file):
    version = desk.add("CREATE TABLE a (b);", "DROP TABLE a;", name="first")
    migrate_up(desk.target)
    desk.add("CREATE TABLE c (d);")
    with (desk.folder(version) / file).open("a") as opened:
        opened.write("\n-- a remark")

    error = refused(lambda: migrate_up(desk.target), ChecksumMismatch)

    assert error.code == "OKR461"
    assert error.message == f"`{version}_first` was edited after being applied"


def test_line_ends_are_no_edit(desk):
    version = desk.add("CREATE TABLE a (b);\nCREATE TABLE c (d);\n", "DROP TABLE a;\n")
    migrate_up(desk.target)
    for file in ("migration.sql", "rollback.sql"):
        path = desk.folder(version) / file
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert migrate_up(desk.target).applied == ()


def test_an_applied_migration_that_is_gone_is_named(desk):
    version = desk.add("CREATE TABLE a (b);", name="first")
    migrate_up(desk.target)
    for path in desk.folder(version).iterdir():
        path.unlink()
    desk.folder(version).rmdir()

    error = refused(lambda: migrate_up(desk.target), DirectoryError)

    assert error.code == "OKR462"
    assert error.message == (
        f"`{version}_first` was applied to the database but is not in the directory"
    )


def test_a_fork_is_refused_and_both_are_named(desk):
    desk.add("CREATE TABLE a (b);")
    second = desk.add("CREATE TABLE c (d);", name="ours")
    aside = desk.base / "aside"
    desk.folder(second).rename(aside)
    third = desk.add("CREATE TABLE e (f);", name="theirs")
    theirs = desk.folder(third)
    theirs.rename(desk.directory / "20250101_000000_theirs")
    path = desk.directory / "20250101_000000_theirs" / "schema.json"
    path.write_text(path.read_text().replace(f'"version":"{third}"', '"version":"20250101_000000"'))
    aside.rename(desk.directory / f"{second}_ours")

    error = refused(lambda: migrate_up(desk.target), DirectoryError)

    assert (error.code, desk.file.exists()) == ("OKR454", False)
    assert f"`{second}_ours` and `20250101_000000_theirs` both follow" in error.message
    assert "okra db:migrate:rebase" in (error.help or "")


def test_a_migration_older_than_an_applied_one_is_refused_and_named(desk):
    first = desk.add("CREATE TABLE a (b);")
    second = desk.add("CREATE TABLE c (d);", name="late")
    desk.add("CREATE TABLE e (f);")
    migrate_up(desk.target)
    desk.sql(f"DELETE FROM _okra_migrations WHERE version = '{second}'; DROP TABLE c;")

    error = refused(lambda: migrate_up(desk.target), DirectoryError)

    assert (error.code, first in desk.states()) == ("OKR524", True)
    assert error.message.startswith(f"`{second}_late` is older than ")


def test_a_database_with_tables_and_no_history_is_refused_with_both_ways_out(desk):
    desk.sql("CREATE TABLE old (a); CREATE VIEW seen AS SELECT a FROM old;")
    version = desk.add("CREATE TABLE a (b);")

    error = refused(lambda: migrate_up(desk.target), DatabaseError)

    assert error.code == "OKR520"
    assert "it has `old`, `seen`" in error.message
    assert f"--baseline {version}" in (error.help or "")
    assert "okra db:pull" in (error.help or "")
    assert [name for _, name, *_ in desk.schema()] == ["old", "seen"]


def test_a_baseline_takes_a_database_over(desk):
    desk.sql("CREATE TABLE a (b); CREATE TABLE c (d);")
    one, two, three = (desk.add(f"CREATE TABLE {name} (x);") for name in ("a", "c", "e"))

    shown = migrate_up(desk.target, baseline=two, dry_run=True)
    result = migrate_up(desk.target, baseline=two)
    again = refused(lambda: migrate_up(desk.target, baseline=two), DatabaseError)

    assert (shown.baselined, versions(shown.applied)) == ((one, two), [three])
    assert (result.baselined, versions(result.applied)) == ((one, two), [three])
    assert desk.sql("SELECT version, kind, state FROM _okra_migrations") == [
        (one, "baseline", "done"),
        (two, "baseline", "done"),
        (three, "migration", "done"),
    ]
    assert again.code == "OKR531"


def test_a_baseline_says_what_the_database_lacks(desk):
    desk.sql("CREATE TABLE users (id TEXT NOT NULL PRIMARY KEY); CREATE TABLE other (x);")
    table = Table(
        name="users",
        columns=(Column(name="id", type="text"), Column(name="age", type="integer", nullable=True)),
        primary_key=PrimaryKey(columns=("id",)),
    )
    posts = Table(name="posts", columns=(Column(name="id", type="text"),))
    version = desk.add("SELECT 1;", database=Database(tables=(table, posts)))

    shown = migrate_up(desk.target, baseline=version, dry_run=True)
    result = migrate_up(desk.target, baseline=version)

    assert shown.warnings == result.warnings
    assert sorted(result.warnings) == [
        f"the database is not as `{version}` leaves it: + column users.age: integer null",
        f"the database is not as `{version}` leaves it: + table posts (1 column)",
    ]


@pytest.mark.parametrize(
    ("there", "way_out"),
    [
        ("SELECT 1;", "run `okra db:migrate:up` without `--baseline`"),
        ("CREATE TABLE other (x); CREATE VIEW users AS SELECT x FROM other;", "`okra db:pull`"),
    ],
)
@pytest.mark.parametrize("dry_run", [False, True])
def test_a_baseline_needs_one_of_its_tables(desk, there, way_out, dry_run):
    desk.sql(there)
    users = Table(name="users", columns=(Column(name="id", type="text"),))
    version = desk.add("SELECT 1;", database=Database(tables=(users,)))
    before = desk.schema()

    error = refused(lambda: migrate_up(desk.target, baseline=version, dry_run=dry_run))

    assert error.code == "OKR535"
    assert error.message.endswith(f"none of the tables that `{version}` leaves: `users`")
    assert way_out in (error.help or "")
    assert desk.sql("SELECT name FROM sqlite_master WHERE name LIKE '%okra%'") == []
    assert desk.schema() == before


def test_a_baseline_and_its_warnings_are_reported_when_they_happen(desk):
    desk.sql("CREATE TABLE users (id TEXT);")
    users = Table(
        name="users",
        columns=(
            Column(name="id", type="text", nullable=True),
            Column(name="age", type="integer", nullable=True),
        ),
    )
    version = desk.add("SELECT 1;", name="one", database=Database(tables=(users,)))
    desk.add("nonsense;")
    events: list[Event] = []

    refused(lambda: migrate_up(desk.target, baseline=version, progress=events.append))

    warning = f"the database is not as `{version}_one` leaves it: + column users.age: integer null"
    assert events[:2] == [
        Event(kind=EventKind.BASELINED, version=version, name="one", number=1, total=1),
        Event(kind=EventKind.WARNING, version="", name=None, number=1, total=1, purpose=warning),
    ]


def test_an_unknown_baseline_is_refused(desk):
    desk.add("CREATE TABLE a (b);")

    error = refused(lambda: migrate_up(desk.target, baseline="2020"), UsageError)

    assert (error.code, desk.file.exists()) == ("OKR525", False)


def test_another_environment_is_refused_until_it_is_adopted(desk):
    desk.add("CREATE TABLE a (b);")
    staging = replace(desk.target, environment="staging")
    migrate_up(staging)
    desk.add("CREATE TABLE c (d);")

    error = refused(lambda: migrate_up(desk.target), DatabaseError)
    resolve(desk.target, None, action=Action.ADOPT)
    result = migrate_up(desk.target)

    assert error.code == "OKR527"
    assert error.message == "the database belongs to the environment `staging`, not to `local`"
    assert len(result.applied) == 1


@pytest.mark.parametrize("name", ["production", "Production "])
def test_production_is_adopted_only_where_somebody_agrees(desk, name):
    desk.add("CREATE TABLE a (b);")
    migrate_up(replace(desk.target, environment=name))

    error = refused(lambda: resolve(desk.target, None, action=Action.ADOPT), DatabaseError)
    kept = resolve(desk.target, None, action=Action.ADOPT, confirm=lambda: False)
    taken = resolve(desk.target, None, action=Action.ADOPT, confirm=lambda: True)

    assert error.code == "OKR472"
    assert [kept.after, taken.after] == [name, "local"]


@pytest.mark.parametrize("name", ["production", "PRODUCTION"])
def test_production_is_changed_only_where_an_environment_is_named(desk, name):
    desk.add("CREATE TABLE a (b);")
    migrate_up(replace(desk.target, environment=name))
    desk.add("CREATE TABLE c (d);")
    nameless = replace(desk.target, environment=None)

    error = refused(lambda: migrate_up(nameless), DatabaseError)
    shown = migrate_up(nameless, dry_run=True)

    assert error.code == "OKR527"
    assert len(shown.applied) == 1


def test_without_a_name_no_environment_is_compared_and_the_first_name_is_kept(desk):
    desk.add("CREATE TABLE a (b);")
    nameless = replace(desk.target, environment=None)
    migrate_up(nameless)
    desk.add("CREATE TABLE c (d);")
    migrate_up(desk.target)
    desk.add("CREATE TABLE e (f);")

    migrate_up(nameless)

    assert desk.sql("SELECT environment FROM _okra_stamp") == [("local",)]


def test_migrations_of_another_provider_are_refused(desk):
    version = desk.add("CREATE TABLE a (b);")
    path = desk.folder(version) / "schema.json"
    path.write_text(path.read_text().replace('"sqlite"', '"postgres"'))

    error = refused(lambda: migrate_up(desk.target), DirectoryError)

    assert (error.code, desk.file.exists()) == ("OKR456", False)


def test_a_newer_history_is_refused(desk):
    desk.add("CREATE TABLE a (b);")
    migrate_up(desk.target)
    desk.sql("UPDATE _okra_stamp SET format = 2;")

    error = refused(lambda: migrate_up(desk.target), DatabaseError)

    assert error.code == "OKR521"


def test_a_table_of_the_users_is_not_taken_for_a_history(desk):
    desk.add("CREATE TABLE a (b);")
    desk.sql("CREATE TABLE users (id);")

    error = refused(lambda: migrate_up(replace(desk.target, history_table="users")), DatabaseError)

    assert (error.code, "`users`" in error.message) == ("OKR522", True)


def test_the_history_can_have_another_name_and_is_not_the_users(desk):
    desk.add("CREATE TABLE a (b);")
    target = replace(desk.target, history_table='my "history"')

    migrate_up(target)
    result = migrate_up(target)

    assert (result.applied, desk.sql('SELECT count(*) FROM "my ""history"""')) == ((), [(1,)])


def test_a_state_that_nobody_finished_is_refused(desk):
    version = desk.add("CREATE TABLE a (b);")
    migrate_up(desk.target)
    desk.sql("UPDATE _okra_migrations SET state = 'unknown';")

    error = refused(lambda: migrate_up(desk.target), DatabaseError)

    assert (error.code, version in error.message) == ("OKR533", True)


def test_hooks_are_not_left_out_in_silence(desk):
    version = desk.add("CREATE TABLE a (b);")
    (desk.folder(version) / "hooks.sql").write_text("-- okra:up\nSELECT 1;")

    seal(desk, version)

    error = refused(lambda: migrate_up(desk.target), DirectoryError)

    assert error.code == "OKR464"


def test_a_missing_rollback_is_named_before_anything_runs(desk):
    version = desk.add("CREATE TABLE a (b);")
    (desk.folder(version) / "rollback.sql").unlink()

    error = refused(lambda: migrate_up(desk.target), DirectoryError)

    assert (error.code, f"{desk.folder(version)}/rollback.sql" in error.message) == ("OKR450", True)


def test_a_file_that_is_not_utf8_or_not_closed_is_named_with_its_place(desk):
    first = desk.add("CREATE TABLE a (b);")
    path = desk.folder(first) / "migration.sql"
    path.write_bytes(b"CREATE TABLE a (b);\n-- caf\xe9")
    seal(desk, first)
    latin = refused(lambda: migrate_up(desk.target), DirectoryError)
    path.write_text("CREATE TABLE a (b DEFAULT 'x);")
    seal(desk, first)
    unclosed = refused(lambda: migrate_up(desk.target), DirectoryError)

    assert (latin.code, latin.place) == ("OKR458", str(path))
    assert (unclosed.place or "").startswith(f"{path}:1:27")


def seal(desk, version: str) -> None:
    """Seal the files as they are, without a proof."""
    from okra.migrations.directory import read_directory
    from okra.migrations.directory import seal as seal_files

    directory = read_directory(desk.directory, "sqlite")
    migration = directory.find(version)
    seal_files(directory, migration, migration.read())


def test_a_lock_that_is_not_given_back_in_time_is_one_clear_error(desk):
    desk.add("CREATE TABLE a (b);")
    migrate_up(desk.target)
    desk.add("CREATE TABLE c (d);")
    holder = sqlite3.connect(desk.file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        error = refused(
            lambda: migrate_up(replace(desk.target, lock_timeout_ms=50)), LockNotObtained
        )
    finally:
        holder.close()

    assert (error.code, len(desk.states())) == ("OKR503", 1)
    assert error.message == f"`{desk.file}` is locked: another program is writing to it"


def test_nothing_to_do_needs_no_lock(desk):
    desk.add("CREATE TABLE a (b);")
    migrate_up(desk.target)
    holder = sqlite3.connect(desk.file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        result = migrate_up(replace(desk.target, lock_timeout_ms=0))
    finally:
        holder.close()

    assert result.applied == ()


def test_a_failure_that_cannot_be_written_down_is_still_told(desk):
    desk.add("CREATE TABLE a (b);")
    migrate_up(desk.target)
    version = desk.add("CREATE TABLE a (b);")
    holder = sqlite3.connect(desk.file, isolation_level=None)
    begun = []

    def hold(point: str) -> None:
        if point == "begin":
            begun.append(point)
        if len(begun) == 2:
            holder.execute("BEGIN IMMEDIATE")
            begun.append("held")

    target = replace(desk.target, lock_timeout_ms=0)
    error = refused(lambda: migrate_up(target, fault=hold), StatementFailed)
    holder.close()

    assert "the failure could not be written down: " in (error.help or "")
    assert version not in desk.states()


def test_a_failure_is_not_written_over_what_another_run_has_done_meanwhile(desk):
    desk.add("CREATE TABLE a (b);")
    migrate_up(desk.target)
    version = desk.add("CREATE TABLE a (b);")
    begun = []

    def resolved_by_another(point: str) -> None:
        if point == "begin":
            begun.append(point)
        if len(begun) == 2:
            begun.append("done")
            resolve(desk.target, version, action=Action.APPLIED)

    refused(lambda: migrate_up(desk.target, fault=resolved_by_another), StatementFailed)

    assert desk.states()[version] == "done"


def test_what_another_run_applies_first_is_not_applied_twice(desk):
    first, second = desk.add("CREATE TABLE a (b);"), desk.add("CREATE TABLE c (d);")
    migrate_up(desk.target, steps=1)
    begun = []

    def applied_by_another(point: str) -> None:
        if point == "begin" and not begun:
            begun.append(point)
            migrate_up(desk.target)

    result = migrate_up(desk.target, fault=applied_by_another)

    assert (result.applied, result.current) == ((), second)
    assert desk.states() == {first: "done", second: "done"}


def test_a_write_ahead_log_is_no_obstacle(desk):
    desk.sql("PRAGMA journal_mode = WAL;")
    version = desk.add("CREATE TABLE a (b);", "DROP TABLE a;")

    migrate_up(desk.target)
    status = migrate_status(desk.target)
    migrate_down(desk.target)

    assert (status.current, desk.states()) == (version, {version: "reverted"})


def test_foreign_keys_are_as_the_connection_had_them(desk):
    desk.add(
        "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p REFERENCES p (id) ON DELETE CASCADE);"
    )
    migrate_up(desk.target)
    desk.sql("INSERT INTO p VALUES (1); INSERT INTO c VALUES (1);")
    desk.add(
        "PRAGMA foreign_keys = ON; CREATE TABLE n (id INTEGER PRIMARY KEY, x); INSERT INTO n (id) SELECT id FROM p;"
        " DROP TABLE p; ALTER TABLE n RENAME TO p;"
    )

    migrate_up(desk.target)

    assert desk.sql("SELECT * FROM c") == [(1,)]


def test_what_another_run_takes_back_meanwhile_is_not_skipped(desk):
    first = desk.add("CREATE TABLE a (b);", "DROP TABLE a;")
    migrate_up(desk.target)
    desk.add("CREATE TABLE c (d);", "DROP TABLE c;")

    def fault(point: str) -> None:
        if point == "begin" and desk.states()[first] == "done":
            migrate_down(desk.target, confirm=lambda _: True)

    error = refused(lambda: migrate_up(desk.target, fault=fault), DatabaseError)

    assert (error.code, first in error.message) == ("OKR528", True)
    assert desk.states() == {first: "reverted"}
    assert [name for _, name, *_ in desk.schema()] == []


@pytest.mark.parametrize("file", ["migration.sql", "rollback.sql"])
@pytest.mark.parametrize("statement", ["COMMIT", "VACUUM INTO '{}'", "PRAGMA journal_mode = WAL"])
def test_verify_refuses_what_up_would_refuse_and_does_not_run_it(desk, statement, file):
    version = desk.add("")
    path = desk.folder(version) / file
    beside = desk.base / "beside.db"
    path.write_text(f"-- one line\n{statement.format(beside)};\n")

    error = refused(lambda: verify(desk.target), DatabaseError)

    assert (error.code, error.place, beside.exists()) == ("OKR517", str(path), False)
    assert "in line 2 has no place in a migration" in error.message


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        ("DROP TABLE _okra_migrations", "no such table: _okra_migrations"),
        ("ALTER TABLE _okra_migrations DROP COLUMN error", "no such column: error"),
        ("UPDATE _okra_migrations SET state = 'odd'", "`{version}` has the state `odd`"),
        ("UPDATE _okra_migrations SET error = x'00'", "Expected `str | null`, got `bytes`"),
        ("UPDATE _okra_migrations SET epoch = 'x'", "Expected `int`, got `str`"),
        ("UPDATE _okra_stamp SET format = 'x'", "Expected `int`, got `str`"),
        ("ALTER TABLE _okra_stamp DROP COLUMN id", "no such column: id"),
    ],
)
def test_a_damaged_history_is_named_and_can_be_made_anew(desk, damage, message):
    version = desk.add("CREATE TABLE a (b);")
    migrate_up(desk.target)
    desk.sql(damage)

    errors = [
        refused(lambda: migrate_up(desk.target)),
        refused(lambda: migrate_status(desk.target)),
    ]
    for table in ("_okra_migrations", "_okra_log", "_okra_stamp"):
        desk.sql(f"DROP TABLE IF EXISTS {table}")
    result = migrate_up(desk.target, baseline=version)

    assert [error.code for error in errors] == ["OKR534", "OKR534"]
    assert message.format(version=version) in errors[0].message
    assert result.baselined == (version,)
