"""What the server may say, and what becomes of it: a code, a sentence without values, a way out."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import errors

from okra.dialects.postgres.server.failures import failure, refused
from okra.url import DatabaseUrl

URL = DatabaseUrl(provider="postgres", host="db", user="me", password="hunter2", database="shop")  # noqa: S106


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.DiskFull("could not extend file: No space left on device"), "OKR545"),
        (errors.OutOfMemory("out of memory"), "OKR545"),
        (errors.TooManyConnections("too many"), "OKR552"),
        (errors.InsufficientPrivilege("permission denied for table t"), "OKR543"),
        (errors.ReadOnlySqlTransaction("cannot execute"), "OKR544"),
        (errors.InvalidSchemaName("no schema has been selected to create in"), "OKR550"),
        (errors.LockNotAvailable("canceling statement due to lock timeout"), "OKR540"),
        (errors.DeadlockDetected("deadlock detected"), "OKR540"),
        (errors.SerializationFailure("could not serialize"), "OKR540"),
        (errors.AdminShutdown("terminating connection"), "OKR541"),
        (errors.CrashShutdown("terminating connection"), "OKR541"),
        (errors.ConnectionFailure("x"), "OKR541"),
        (errors.IdleInTransactionSessionTimeout("terminating connection"), "OKR541"),
        (errors.QueryCanceled("canceling statement"), "OKR508"),
        (errors.UniqueViolation("duplicate key"), "OKR509"),
        (errors.InvalidTextRepresentation("invalid input syntax"), "OKR509"),
        (errors.UndefinedTable('relation "t" does not exist'), "OKR508"),
        (errors.SyntaxError('syntax error at or near "x"'), "OKR508"),
        (psycopg.OperationalError("anything else"), "OKR508"),
    ],
)
def test_each_state_has_a_code_and_a_way_out(error: psycopg.Error, code: str) -> None:
    found = failure(error, URL, gone=False)

    assert (found.code, bool(found.help)) == (code, True)


@pytest.mark.parametrize(
    ("error", "extension"),
    [
        (errors.UndefinedObject('type "citext" does not exist'), '"citext"'),
        (errors.UndefinedObject("Zugriffsmethode »gin« hat keine »gin_trgm_ops«"), '"pg_trgm"'),
        (errors.UndefinedFunction("function uuid_generate_v4() does not exist"), '"uuid-ossp"'),
    ],
)
def test_whoever_misses_an_extension_is_told_how_to_make_it(
    error: psycopg.Error, extension: str
) -> None:
    found = failure(error, URL, gone=False)

    assert found.code == "OKR558"
    assert f"`CREATE EXTENSION IF NOT EXISTS {extension}`" in (found.help or "")


def test_a_type_that_no_extension_is_known_for_is_missing_as_the_server_says() -> None:
    error = errors.UndefinedObject('type "mood" does not exist')

    assert failure(error, URL, gone=False).message == 'type "mood" does not exist'


def test_whatever_is_said_on_a_connection_that_is_gone_is_a_lost_one() -> None:
    assert failure(psycopg.OperationalError("bad"), URL, gone=True).code == "OKR541"


def test_a_server_that_its_full_disk_has_stopped_says_so() -> None:
    error = errors.DiskFull('could not write to file "pg_wal/x": No space left on device')

    found = failure(error, URL, gone=True)

    assert (found.code, "no room left" in (found.help or "")) == ("OKR541", True)


@pytest.mark.parametrize(
    "said",
    [
        'invalid input syntax for type integer: "r0w"',
        'invalid input value for enum mood: "r0w" and "more r0w"',
        'value "r0w" is out of range for type integer',
        'invalid input syntax for type integer: "a\nr0w"',
        "ungültige Eingabesyntax für Typ integer: »r0w«",
        "syntaxe en entrée invalide pour le type integer : « r0w »",
        "nieprawidłowa składnia wejścia dla typu integer: „r0w”",
    ],
)
def test_a_value_of_a_row_is_left_out(said: str) -> None:
    error = errors.InvalidTextRepresentation(said)

    found = failure(error, URL, gone=False)

    assert "r0w" not in found.message
    assert "r0w" not in str(error)


def test_the_password_is_left_out_of_the_driver_s_own_error() -> None:
    error = psycopg.OperationalError('invalid dsn "postgres://me:hunter2@db/shop"')

    found = refused(error, URL)

    assert "hunter2" not in found.render() + str(error)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ('could not translate host name "db" to address: Name or service not known', "OKR547"),
        ('connection to server at "db", port 5432 failed: Connection refused', "OKR548"),
        ("connection timeout expired", "OKR548"),
        ('FATAL:  password authentication failed for user "me"', "OKR549"),
        ("fe_sendauth: no password supplied", "OKR549"),
        ('FATAL:  role "me" does not exist', "OKR549"),
        ('FATAL:  Peer authentication failed for user "me"', "OKR549"),
        (
            (
                'FATAL:  no pg_hba.conf entry for host "::1", user "me", database "shop", SSL encryption\n'
                'FATAL:  no pg_hba.conf entry for host "::1", user "me", database "shop", no encryption'
            ),
            "OKR549",
        ),
        (
            'FATAL:  no pg_hba.conf entry for host "::1", user "me", database "shop", no encryption',
            "OKR551",
        ),
        ("server does not support SSL, but SSL was required", "OKR551"),
        ("SSL error: certificate verify failed", "OKR551"),
        ('root certificate file "/x" does not exist', "OKR551"),
        ('server certificate for "a" does not match host name "b"', "OKR551"),
        ('FATAL:  database "shop" does not exist', "OKR550"),
        ('FATAL:  permission denied for database "shop"', "OKR543"),
        ("FATAL:  sorry, too many clients already", "OKR552"),
        ("FATAL:  remaining connection slots are reserved", "OKR552"),
        ("FATAL:  the database system is starting up", "OKR552"),
        ("session is read-only", "OKR544"),
        ("something that nobody has seen before", "OKR546"),
    ],
)
def test_each_refusal_has_a_code_and_a_way_out(said: str, code: str) -> None:
    found = refused(psycopg.OperationalError(f"connection failed: {said}"), URL)

    assert (found.code, bool(found.help), found.place) == (code, True, "postgres://me:***@db/shop")
