"""A pooler in front of PostgreSQL is noticed before anything happens behind it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from okra.devdb.account import server_account
from okra.dialects.base import Script
from okra.dialects.session import connect
from okra.errors import DatabaseError
from private import private

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.url import DatabaseUrl

_START_S = 10.0


@pytest.fixture(scope="module")
def pooled() -> Iterator[DatabaseUrl]:
    """A server behind a PgBouncer that hands out connections by the transaction."""
    program = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("pgbouncer is not on this machine")
    account = server_account(os.environ)
    folder = Path(tempfile.mkdtemp(prefix="okra-"))
    with private("postgres-15") as own, socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
        found.close()
        (folder / "pgbouncer.ini").write_text(
            f"[databases]\npostgres = host=127.0.0.1 port={own.port} user=okra\n"
            f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n"
            "auth_type = any\npool_mode = transaction\n"
        )
        if account is not None:
            for path in (folder, folder / "pgbouncer.ini"):
                os.chown(path, account.uid, account.gid)
        running = subprocess.Popen(
            [program, "-q", folder / "pgbouncer.ini"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=account.uid if account else None,
            group=account.gid if account else None,
        )
        try:
            _await_port(port)
            yield replace(own.url(), host="127.0.0.1", port=port)
        finally:
            running.kill()
            running.wait()
            shutil.rmtree(folder)


def _await_port(port: int) -> None:
    until = time.monotonic() + _START_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.02)
        else:
            return


@pytest.mark.parametrize("read_only", [True, False])
def test_a_pooler_is_refused(pooled: DatabaseUrl, *, read_only: bool) -> None:
    with pytest.raises(DatabaseError) as caught:
        connect(pooled, lock_timeout_ms=100, read_only=read_only)

    assert (caught.value.code, "?pooler=session" in (caught.value.help or "")) == ("OKR554", True)


def test_the_pooler_s_next_client_gets_none_of_our_settings(pooled: DatabaseUrl) -> None:
    import psycopg

    with pytest.raises(DatabaseError):
        connect(pooled, lock_timeout_ms=100, read_only=True)
    with psycopg.connect(
        host=pooled.host, port=pooled.port, user=pooled.user, dbname=pooled.database
    ) as other:
        names = ("default_transaction_read_only", "lock_timeout", "search_path")
        found = [other.execute(f"SHOW {name}").fetchone() for name in names]

    assert found == [("off",), ("0",), ('"$user", public',)]


def test_a_pooler_that_keeps_the_connection_is_taken_where_the_url_says_so(
    pooled: DatabaseUrl,
) -> None:
    connect(replace(pooled, options=(("pooler", "session"),)), lock_timeout_ms=100).close()


def test_statements_that_are_sent_together_go_through_a_pooler(pooled: DatabaseUrl) -> None:
    names = [f"t{number}" for number in range(70)]
    made = [f'CREATE TABLE "{name}" (\n  "id" int\n)' for name in names]
    wrong = [*made[:40], 'CREATE TABLE "t3" (\n  "id" int\n)', *made[40:]]
    options = (("pooler", "session"),)
    with closing(connect(replace(pooled, options=options), lock_timeout_ms=100)) as session:
        session.begin()
        guard = session.guard(_scripts(wrong))
        for number in range(40):
            guard.run(number, len(wrong))
        with pytest.raises(DatabaseError, match='relation "t3" already exists'):
            guard.run(40, len(wrong))
        session.rollback()

        session.begin()
        guard = session.guard(_scripts(made))
        for number in range(len(made)):
            guard.run(number, len(made))
        assert session.tables() == sorted(names)
        session.rollback()
        assert session.tables() == []


def _scripts(statements: list[str]) -> list[Script]:
    return [Script(sql=sql, line=number) for number, sql in enumerate(statements, start=1)]
