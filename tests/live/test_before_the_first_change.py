"""What `up` finds out before it changes anything: consent, rights, environment, the server's version."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from crash_plans import BASE
from okra.dialects import dialect
from okra.dialects.session import connect
from okra.errors import DatabaseError, OkraError
from okra.migrations.down import migrate_down
from okra.migrations.up import migrate_up
from okra.relational.model import Column, Database, Generated, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.migrations.executor import Target

PASSWORD = "x1"  # noqa: S105 - of a role that lives for one test
BLOCKS = """
CREATE TABLE fresh (x integer);

-- change users
-- ! blocks writes or reads: copies all rows of `users`; nobody else can write to it meanwhile
ALTER TABLE users MODIFY COLUMN name varchar(300), ALGORITHM=COPY;

-- change spare
-- ! blocks writes or reads: copies all rows of `spare`; nobody else can write to it meanwhile
ALTER TABLE spare ADD COLUMN more integer, ALGORITHM=COPY;

-- change fresh
-- ! blocks writes or reads: copies all rows of `fresh`; nobody else can write to it meanwhile
ALTER TABLE fresh ADD COLUMN more integer, ALGORITHM=COPY;
"""
BACK = """
DROP TABLE fresh;
ALTER TABLE spare DROP COLUMN more;
-- change users
-- ! blocks writes or reads: copies all rows of `users`; nobody else can write to it meanwhile
ALTER TABLE users MODIFY COLUMN name varchar(40), ALGORITHM=COPY;
"""


def refused(target, command=migrate_up) -> OkraError:
    with pytest.raises(OkraError) as caught:
        command(target)
    return caught.value


def test_what_blocks_a_table_with_rows_wants_consent_before_anything_changes(mysql_desk):
    desk = mysql_desk
    desk.add(BASE)
    migrate_up(desk.target)
    earlier = desk.add("CREATE TABLE earlier (x integer);")
    version = desk.add(BLOCKS, BACK)

    error = refused(desk.target)

    assert (error.code, earlier in desk.states()) == ("OKR564", False)
    assert error.render() == (
        f"error[OKR564]: a statement of `{version}` blocks others from tables that have rows\n"
        f"  --> {desk.folder(version)}/migration.sql\n"
        "  = help: statement 2: copies all rows of `users`; nobody else can write to it meanwhile\n"
        "          when nobody has to write meanwhile: `--allow blocking`, or "
        '`"allow": ["blocking"]` under `migrations` in the configuration;\n'
        "          nothing was changed"
    )


def test_what_blocks_runs_with_consent_and_on_empty_tables(mysql_desk):
    desk = mysql_desk
    desk.add(BASE)
    version = desk.add(BLOCKS, BACK)
    migrate_up(desk.target, steps=1)
    allowed = replace(desk.target, allow=("blocking",))

    migrate_up(allowed)
    error = refused(desk.target, migrate_down)
    migrate_down(allowed)
    desk.sql("DELETE FROM users;")
    again = migrate_up(desk.target)

    assert error.code == "OKR564"
    assert [each.version for each in again.applied] == [version]


def test_a_table_that_is_renamed_first_wants_consent_for_its_rows(mysql_desk):
    desk = mysql_desk
    desk.add(BASE)
    migrate_up(desk.target)
    desk.add("RENAME TABLE users TO people; ALTER TABLE spare RENAME TO more;")
    copies = "-- ! blocks writes or reads: copies all rows of `{0}`\nALTER TABLE {0} ADD COLUMN n int, ALGORITHM=COPY;"
    version = desk.add("\n".join(copies.format(name) for name in ("people", "more")))

    error = refused(desk.target)

    assert error.message == f"a statement of `{version}` blocks others from tables that have rows"
    assert (error.help or "").startswith("statement 1: copies all rows of `people`\n")


@pytest.mark.parametrize("server_alone", ["MySQL, unlike MariaDB,", "it"])
@pytest.mark.only_on("mariadb")
def test_what_blocks_on_the_other_server_alone_wants_no_consent(mysql_desk, server_alone):
    desk = mysql_desk
    desk.add(BASE)
    migrate_up(desk.target)
    version = desk.add(
        f"-- ! blocks writes or reads: {server_alone} copies all rows of `users`\n"
        "ALTER TABLE users /*!80016 ALGORITHM=COPY, */ RENAME COLUMN name TO title;"
    )

    if server_alone == "it":
        assert refused(desk.target).code == "OKR564"
    else:
        assert [each.version for each in migrate_up(desk.target).applied] == [version]


def test_postgres_wants_no_consent(postgres_desk):
    desk = postgres_desk
    desk.add(BASE)
    migrate_up(desk.target)
    desk.add(
        "-- ! blocks writes or reads: rewrites `users`\n"
        "ALTER TABLE users ALTER COLUMN id TYPE bigint;"
    )

    assert len(migrate_up(desk.target).applied) == 1


def test_another_environment_is_refused(desk):
    desk.add(BASE)
    migrate_up(desk.target)
    desk.add("CREATE TABLE a (x integer);")

    error = refused(replace(desk.target, environment="production"))

    assert (error.code, "a" in desk.session.tables()) == ("OKR527", False)


@contextmanager
def reader(desk) -> Iterator[Target]:
    """The desk's target as a user who may only read the tables that are there."""
    user = f"reader{abs(hash(desk.url.database)) % 10**8}"
    if desk.is_postgres:
        desk.sql(
            f"CREATE ROLE {user} LOGIN PASSWORD '{PASSWORD}'; GRANT USAGE ON SCHEMA public TO {user};"
            f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {user};"
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC;"
        )
        gone = f"DROP OWNED BY {user}; DROP ROLE {user};"
    else:
        desk.sql(
            f"CREATE USER {user} IDENTIFIED BY '{PASSWORD}';"
            f"GRANT SELECT ON `{desk.url.database}`.* TO {user};"
        )
        gone = f"DROP USER {user};"
    try:
        yield replace(desk.target, url=replace(desk.url, user=user, password=PASSWORD))
    finally:
        desk.sql(gone)


def test_a_user_who_may_not_make_tables_is_refused_before_anything_changes(desk):
    desk.add(BASE)
    with reader(desk) as target:
        error = refused(target)

    assert isinstance(error, DatabaseError)
    assert (error.code, desk.session.tables(), desk.session.has_table("_okra_stamp")) == (
        "OKR543",
        [],
        False,
    )


def test_who_may_not_change_tables_takes_nothing_back(desk):
    version = desk.add(BASE, "DROP TABLE users;")
    migrate_up(desk.target)
    with reader(desk) as target:
        error = refused(target, migrate_down)

    assert (error.code, desk.states()) == ("OKR543", {version: "done"})


@pytest.mark.only_on("postgres-15", "mariadb")  # newer ones lack nothing
def test_what_the_server_lacks_is_named_before_anything_changes(desk):
    column = Column(name="x", type="integer", nullable=True)
    if desk.is_postgres:
        virtual = Generated(expression="(x + 1)", stored=False)
        other = Column(name="y", type="integer", nullable=True, generated=virtual)
    else:
        other = Column(name="y", type="vector(3)", nullable=True)
    database = Database(tables=(Table(name="a", columns=(column, other)),))
    lacking = dialect(desk.url.provider).lacking(database, desk.session.server_version)
    version = desk.add(BASE, database=database)

    error = refused(desk.target)

    assert (error.code, desk.session.tables()) == ("OKR565", [])
    assert error.message == f"`{version}` needs what the server has not: {lacking[0]}"


@contextmanager
def maker(desk) -> Iterator[Target]:
    """The desk's target as a user who may make tables, and owns none of those that are there."""
    user = f"maker{abs(hash(desk.url.database)) % 10**8}"
    desk.sql(
        f"CREATE ROLE {user} LOGIN PASSWORD '{PASSWORD}'; GRANT USAGE, CREATE ON SCHEMA public TO {user};"
        f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {user};"
    )
    try:
        yield replace(desk.target, url=replace(desk.url, user=user, password=PASSWORD))
    finally:
        desk.sql(f"DROP OWNED BY {user}; DROP ROLE {user};")


def test_tables_of_another_role_are_named_before_anything_changes(postgres_desk):
    desk = postgres_desk
    desk.add(BASE)
    migrate_up(desk.target)
    version = desk.add(
        "CREATE TABLE fresh (x integer); ALTER TABLE fresh ADD y integer;"
        "CREATE INDEX CONCURRENTLY i ON users (id); ALTER TABLE public.spare ADD y integer;"
    )
    with maker(desk) as target:
        error = refused(target)
        user = target.url.user

    owner = desk.url.user
    assert desk.session.has_table("fresh") is False
    assert error.render() == (
        f"error[OKR543]: the user `{user}` can't change what is another one's: "
        f'"users" belongs to `{owner}`, "public"."spare" belongs to `{owner}`\n'
        f"  --> {desk.folder(version)}/migration.sql\n"
        "  = help: run it as the owner; or let the owner or an administrator run\n"
        f'          GRANT "{owner}" TO "{user}";\n'
        f'          or give it away, each with `ALTER … OWNER TO "{user}"`; nothing was changed'
    )


def test_tables_of_another_role_are_not_taken_back(postgres_desk):
    desk = postgres_desk
    version = desk.add(BASE, "DROP TABLE users;")
    migrate_up(desk.target)
    with maker(desk) as target:
        error = refused(target, migrate_down)

    assert (error.code, desk.states()) == ("OKR543", {version: "done"})
    assert '"users" belongs to' in error.message


def test_whoever_changes_none_of_the_tables_need_not_own_them(postgres_desk):
    desk = postgres_desk
    desk.add(BASE)
    migrate_up(desk.target)
    desk.add("CREATE TABLE fresh (x integer);")
    with maker(desk) as target:
        assert len(migrate_up(target).applied) == 1
        desk.sql("DROP TABLE fresh;")


def test_a_table_of_another_role_is_told_where_the_schema_is_checked(postgres_desk):
    desk = postgres_desk
    desk.sql("CREATE TABLE users (id integer);")
    column = Column(name="id", type="integer")
    wanted = Database(tables=(Table(name="users", columns=(column,)),))
    with maker(desk) as target, closing(connect(target.url, lock_timeout_ms=100)) as session:
        found = dialect("postgres").missing(session, wanted)

    owner, user = desk.url.user, target.url.user
    [sentence] = found
    assert sentence == (
        f"the table `users` belongs to `{owner}`, and only its owner can change it: let `{owner}` or an "
        f'administrator run `GRANT "{owner}" TO "{user}"`, or `ALTER TABLE "users" OWNER TO "{user}"`'
    )
