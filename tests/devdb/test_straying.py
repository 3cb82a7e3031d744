"""A proof on a server of somebody's own touches nothing there but its scratch database."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from addresses import url_text
from okra.devdb import Dev, scratch
from okra.dialects.session import connect
from okra.errors import DatabaseError

if TYPE_CHECKING:
    from okra.url import DatabaseUrl
    from places import Place

CHANGES = (
    "UPDATE {db}.users SET name = 'gone'",
    "UPDATE `{db}` . `users` SET name = 'gone'",
    "DELETE FROM /* its */ {db}.users",
    "DELETE u FROM {db}.users u",
    "UPDATE own o JOIN {db}.users u ON 1 = 1 SET u.name = 'gone'",
    "INSERT INTO {db}.users VALUES (2, 'new')",
    "REPLACE {db}.users VALUES (1, 'new')",
    "TRUNCATE {db}.users",
    "DROP TABLE {db}.users",
    "ALTER TABLE own RENAME {db}.owned",
    "CREATE TABLE {db}.made (id int)",
    "CREATE VIEW seen AS SELECT * FROM {db}.users",
    "CREATE TRIGGER later AFTER INSERT ON own FOR EACH ROW DELETE FROM {db}.users",
    "PREPARE later FROM 'DELETE FROM {db}.users'",
    'SET @later = "DELETE FROM {db}.users"',
    "/*!50000 DELETE FROM {db}.users */",
    "ALTER DATABASE {db} CHARACTER SET latin1",
    "DROP SCHEMA {db}",
)
STAYS = (
    "INSERT INTO own SELECT id FROM {db}.users",
    "UPDATE own SET id = own.id + 1.5",
    "UPDATE own SET id = 1 WHERE 'a.b' <> '{db}. '",
    "DELETE FROM own WHERE id = (SELECT COUNT(*) FROM information_schema.tables)",
)


def test_a_statement_that_names_another_database_is_not_run(mysql: DatabaseUrl) -> None:
    with closing(connect(mysql, lock_timeout_ms=5_000)) as real:
        real.execute("CREATE TABLE users (id int PRIMARY KEY, name varchar(20))")
        real.execute("INSERT INTO users VALUES (1, 'kept')")
        with closing(scratch("mysql", Dev(url=replace(mysql, database=None)))) as session:
            session.execute("CREATE TABLE own (id int)")
            for change in CHANGES:
                for run in (session.execute, session.query):
                    with pytest.raises(DatabaseError) as refused:
                        run(change.format(db=mysql.database))
                    assert refused.value.code == "OKR634", change
            for stays in STAYS:
                session.execute(stays.format(db=mysql.database))
        assert real.query("SELECT id, name FROM users") == [(1, "kept")]


@pytest.mark.parametrize(
    "sql", ["ALTER SYSTEM SET work_mem = '4MB'", "ALTER DATABASE {db} SET work_mem = '4MB'"]
)
def test_a_statement_that_changes_the_server_is_not_run(postgres: DatabaseUrl, sql: str) -> None:
    with (
        closing(scratch("postgres", Dev(url=replace(postgres, database="postgres")))) as session,
        pytest.raises(DatabaseError) as refused,
    ):
        session.execute(sql.format(db=postgres.database))
    assert refused.value.code == "OKR634"


@pytest.mark.only_on("mariadb", "mysql")
def test_verify_and_test_and_dry_run_leave_the_database_that_hooks_name_alone(place: Place) -> None:
    place.schema("model User { id: Int! @id\n name: String }")
    place.must("db:migrate:generate", "--name", "first", "--yes")
    place.must("db:migrate:up", "--yes")
    place.sql("INSERT INTO users VALUES (1, 'kept')")
    place.schema("model User { id: Int! @id\n name: String\n nick: String }")
    place.must("db:migrate:generate", "--name", "second", "--with-hooks", "--yes")
    (folder,) = place.folder.glob("migrations/*_second")
    hooks = f"-- okra:up\nUPDATE {place.url.database}.users SET name = 'gone';\n-- okra:down\n"
    (folder / "hooks.sql").write_text(hooks)
    place.configure(devUrl=url_text(replace(place.url, database="mysql")))
    found = place.okra("db:migrate:verify")
    assert found.code == 1
    assert "without `devUrl`" in found.err
    assert place.okra("db:migrate:test").code != 0
    assert place.okra("db:migrate:dry-run").code != 0
    assert place.sql("SELECT name FROM users") == [("kept",)]
