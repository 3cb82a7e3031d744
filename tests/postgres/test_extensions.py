"""What a schema needs of extensions, told before and when it is too late, on each server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from okra.dialects import dialect
from okra.errors import DatabaseError
from okra.relational.model import Check, Column, Database, Index, IndexPart, Table

if TYPE_CHECKING:
    from okra.dialects.session import MigrationSession

POSTGRES = dialect("postgres")
LACKS = '`{}` comes from the extension `{}`, which the database has not: {}run `CREATE EXTENSION "{}"` there'


def database(
    kind: str = "text", *, ops: str | None = None, checks: tuple[Check, ...] = ()
) -> Database:
    index = Index(name="t_idx", parts=(IndexPart(column="a", ops=ops),), method="gin")
    table = Table(
        name="t",
        columns=(Column(name="a", type=kind),),
        indexes=(index,) if ops else (),
        checks=checks,
    )
    return Database(tables=(table,))


def test_a_type_and_an_operator_class_are_missed_before_a_statement_fails(
    session: MigrationSession,
) -> None:
    found = POSTGRES.missing(session, database("citext", ops="gin_trgm_ops"))

    assert found == (
        LACKS.format("citext", "citext", "", "citext"),
        LACKS.format("gin_trgm_ops", "pg_trgm", "", "pg_trgm"),
    )


def test_what_is_there_is_not_missed(session: MigrationSession) -> None:
    session.execute("CREATE EXTENSION citext")
    session.execute("CREATE EXTENSION pg_trgm")

    assert POSTGRES.missing(session, database("citext", ops="gin_trgm_ops")) == ()


def test_an_extension_in_another_schema_is_not_found_without_it(session: MigrationSession) -> None:
    session.execute("CREATE SCHEMA extra")
    session.execute("CREATE EXTENSION citext SCHEMA extra")

    assert POSTGRES.missing(session, database("citext")) == (
        (
            "`citext` comes from the extension `citext`, which is in the schema `extra`, where it isn't looked for: "
            'run `ALTER EXTENSION "citext" SET SCHEMA "public"`, or write the schema before the name'
        ),
    )
    assert POSTGRES.missing(session, database("extra.citext")) == ()


def test_an_extension_that_the_server_has_not_is_to_be_installed_first(
    session: MigrationSession,
) -> None:
    if session.query("SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'"):
        pytest.skip("this server has PostGIS")

    assert POSTGRES.missing(session, database("geometry(point,4326)")) == (
        LACKS.format("geometry", "postgis", "install it on the server, then ", "postgis"),
    )


def test_a_column_and_a_text_bring_no_extension(session: MigrationSession) -> None:
    check = Check(name="c", expression="a <> 'citext' AND length(a) > 3")

    assert POSTGRES.missing(session, database(checks=(check,))) == ()


def test_a_statement_that_misses_an_extension_says_how_to_make_it(
    session: MigrationSession,
) -> None:
    with pytest.raises(DatabaseError) as caught:
        session.run_script("CREATE TABLE t (a citext)")

    assert caught.value.message == (
        'something is missing that an extension brings: type "citext" does not exist'
    )
    assert '`CREATE EXTENSION IF NOT EXISTS "citext"`' in (caught.value.help or "")
