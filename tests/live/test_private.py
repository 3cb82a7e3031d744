"""What only a server of one's own shows: passwords, encryption, replicas, full and killed servers."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from okra.dialects.session import LOST, connect
from okra.errors import DatabaseError
from private import Private, private

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from okra.url import DatabaseUrl

RIGHT = "r1ght/ä@:#?&%"
WRONG = "hunt:er/2@#x"


@pytest.fixture(scope="module", params=["postgres-15", "mariadb"])
def own(request: pytest.FixtureRequest) -> Iterator[Private]:
    """A server with the users `okra_known`, who has a password, and `sealed`, who comes encrypted or not at all."""
    with private(request.param) as found:
        session = found.session()
        if session.atomic:
            for user in ("okra_known", "sealed", "banned"):
                session.execute(f"CREATE ROLE {user} LOGIN PASSWORD '{RIGHT}'")
            session.execute("ALTER SYSTEM SET password_encryption = 'scram-sha-256'")
        else:
            session.execute(f"CREATE USER okra_known IDENTIFIED BY '{RIGHT}'")
            session.execute("CREATE USER sealed REQUIRE SSL")
            session.execute(f"ALTER USER sealed IDENTIFIED BY '{RIGHT}'")
            session.execute("GRANT SELECT ON mysql.* TO okra_known, sealed")
        session.close()
        yield found


def reached(url: DatabaseUrl) -> str:
    """The user that the server takes us for."""
    session = connect(url, lock_timeout_ms=100)
    try:
        return (session.user or "").split("@")[0]
    finally:
        session.close()


def refused(url: DatabaseUrl) -> tuple[str, str]:
    with pytest.raises(DatabaseError) as caught:
        connect(url, lock_timeout_ms=100)
    error = caught.value
    assert error.help
    assert error.place == str(url)
    assert not [text for text in (RIGHT, WRONG) if text in error.render()]
    return error.code, error.message


def test_the_right_password_is_taken_and_a_wrong_one_said(own: Private) -> None:
    assert reached(own.url("okra_known", RIGHT)) == "okra_known"
    for password in (WRONG, "", None):
        code, message = refused(own.url("okra_known", password))
        assert (code, "`okra_known`" in message) == ("OKR549", True)


def test_a_user_whom_the_server_lets_in_from_nowhere_is_said(own: Private) -> None:
    assert refused(own.url("banned", RIGHT))[0] == "OKR549"


def test_encryption_is_used_where_it_can_be(own: Private) -> None:
    assert reached(own.url("sealed", RIGHT)) == "sealed"


@pytest.mark.parametrize("mode", ["require", "verify-ca", "verify-full"])
def test_a_server_with_the_right_certificate_is_taken(own: Private, mode: str) -> None:
    assert reached(own.url("sealed", RIGHT, sslmode=mode, sslrootcert=str(own.root))) == "sealed"


def test_encryption_that_the_server_wants_is_missed(own: Private) -> None:
    assert refused(own.url("sealed", RIGHT, sslmode="disable"))[0] in {"OKR551", "OKR549"}


@pytest.mark.parametrize("mode", ["verify-ca", "verify-full"])
def test_a_server_that_the_root_does_not_vouch_for_is_refused(own: Private, mode: str) -> None:
    other = str(own.folder / "other.pem")

    assert refused(own.url("sealed", RIGHT, sslmode=mode, sslrootcert=other))[0] == "OKR551"


def test_a_server_of_another_name_is_refused_where_that_counts(own: Private) -> None:
    url = own.url("sealed", RIGHT, sslmode="verify-full", sslrootcert=str(own.root))
    loose = own.url("sealed", RIGHT, sslmode="verify-ca", sslrootcert=str(own.root))

    assert refused(replace(url, host="127.0.0.1"))[0] == "OKR551"
    assert reached(replace(loose, host="127.0.0.1")) == "sealed"


def test_a_root_certificate_that_is_not_there_is_said(own: Private) -> None:
    url = own.url("sealed", RIGHT, sslmode="verify-full", sslrootcert="/nowhere/root.pem")

    assert refused(url)[0] == "OKR551"


def test_a_server_that_takes_no_more_connections_says_so(own: Private) -> None:
    session = own.session()
    if session.atomic:
        session.execute("ALTER ROLE okra_known CONNECTION LIMIT 1")
        kept = connect(own.url("okra_known", RIGHT), lock_timeout_ms=100)
        back = "ALTER ROLE okra_known CONNECTION LIMIT -1"
    else:
        session.execute("ALTER USER okra_known WITH MAX_USER_CONNECTIONS 1")
        kept = connect(own.url("okra_known", RIGHT), lock_timeout_ms=100)
        back = "ALTER USER okra_known WITH MAX_USER_CONNECTIONS 0"
    try:
        assert refused(own.url("okra_known", RIGHT))[0] == "OKR552"
    finally:
        kept.close()
        session.execute(back)
        session.close()


def test_who_may_not_make_tables_is_told_so_before_anything_happens(own: Private) -> None:
    root = own.session()
    if root.atomic:
        root.execute("CREATE DATABASE bare")
        own_session = connect(replace(own.url(), database="bare"), lock_timeout_ms=100)
        own_session.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        own_session.close()
    else:
        root.execute("CREATE DATABASE bare")
        root.execute("GRANT SELECT, INSERT ON bare.* TO okra_known")
    root.close()
    url = replace(own.url("okra_known", RIGHT), database="bare")
    with (
        pytest.raises(DatabaseError) as caught,
        closing(connect(url, lock_timeout_ms=100)) as session,
    ):
        session.check_rights()

    assert (caught.value.code, "GRANT" in (caught.value.help or "")) == ("OKR543", True)


@pytest.mark.only_on("postgres")  # in MySQL it is one right among others
def test_a_right_that_is_missing_only_for_making_tables_is_said(own: Private) -> None:
    root = own.session()
    root.execute("CREATE SCHEMA half")
    root.execute("GRANT USAGE ON SCHEMA half TO okra_known")
    root.close()
    url = own.url("okra_known", RIGHT, schema="half")
    with closing(connect(url, lock_timeout_ms=100)) as session:
        with pytest.raises(DatabaseError) as caught:
            session.check_rights()
        with pytest.raises(DatabaseError) as late:
            session.execute("CREATE TABLE t (a int)")

    assert (caught.value.code, late.value.code) == ("OKR543", "OKR543")


@pytest.mark.only_on("postgres")  # MySQL has no schemas in a database
def test_a_schema_that_is_not_there_is_said(own: Private) -> None:
    assert refused(own.url(schema="nothing_here")) == (
        "OKR550",
        "the database has no schema `nothing_here`",
    )


def test_a_server_that_may_only_be_read_is_refused_for_writing_alone(own: Private) -> None:
    session = own.session()
    if session.atomic:
        session.execute("ALTER ROLE okra_known SET default_transaction_read_only = on")
        back = "ALTER ROLE okra_known RESET default_transaction_read_only"
    else:
        session.execute("SET GLOBAL read_only = 1")
        back = "SET GLOBAL read_only = 0"
    try:
        code = refused(own.url("okra_known", RIGHT))[0]
        connect(own.url("okra_known", RIGHT), lock_timeout_ms=100, read_only=True).close()
    finally:
        session.execute(back)
        session.close()

    assert code == "OKR544"


def test_a_replica_is_refused_for_writing_alone(tmp_path: Path) -> None:
    with private("postgres-15") as main, private("postgres-15") as follower:
        follower.stop()
        subprocess.run(["rm", "-rf", str(follower.data)], check=True)
        program = main.software.folder / "pg_basebackup"
        subprocess.run(
            [
                *(program, "-D", follower.data, "-R", "-X", "stream", "-c", "fast"),
                *("-h", "127.0.0.1", "-p", str(main.port), "-U", "okra"),
            ],
            check=True,
            capture_output=True,
            user=main.account.uid if main.account else None,
            group=main.account.gid if main.account else None,
        )
        follower.start()
        code, message = refused(follower.url())
        connect(follower.url(), lock_timeout_ms=100, read_only=True).close()

    assert (code, "it is a replica" in message) == ("OKR544", True)


@pytest.mark.parametrize("name", ["postgres-15", "mariadb"])
def test_a_server_that_is_killed_in_the_middle_is_lost_and_then_absent(name: str) -> None:
    with private(name) as own:
        session = own.session()
        slow = "SELECT pg_sleep(20)" if session.atomic else "SELECT sleep(20)"
        threading.Timer(0.3, lambda: own.stop(signal.SIGKILL)).start()
        started = time.monotonic()
        with pytest.raises(DatabaseError) as caught:
            session.query(slow)
        took = time.monotonic() - started
        session.rollback()
        session.lock.give_back()
        session.close()
        time.sleep(0.2)
        absent = refused(own.url())[0]
        own.start()
        back = reached(own.url())

    assert (caught.value.code, absent) == (LOST, "OKR548")
    assert took < 10
    assert back in {"okra", "root"}
