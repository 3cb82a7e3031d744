"""Why there is no connection: one clear error each, without the password."""

from __future__ import annotations

import json
import socket
import threading
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from okra.dialects.mysql.server.connecting import check_version
from okra.dialects.session import connect
from okra.errors import DatabaseError
from okra.url import DatabaseUrl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from places import Place

SECRET = "hunt:er/2@#x"  # noqa: S105 - nobody's


def refused(url: DatabaseUrl, **options: str) -> DatabaseError:
    """The error of connecting, which shows no password and says what to do."""
    found = dict(url.options) | {"connect_timeout": "2"} | options
    url = replace(url, options=tuple(sorted(found.items())))
    with pytest.raises(DatabaseError) as caught:
        connect(url, lock_timeout_ms=100)
    error = caught.value
    assert error.help
    assert error.place == str(url)
    assert SECRET not in error.render()
    return error


def port_of_nobody() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def stranger() -> Iterator[int]:
    """The port of a server that says something else than a database does."""
    listening = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def answer() -> None:
        listening.settimeout(0.1)
        while not stop.is_set():
            try:
                client, _ = listening.accept()
            except TimeoutError:
                continue
            with client:
                client.recv(8)
                client.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    running = threading.Thread(target=answer)
    running.start()
    yield int(listening.getsockname()[1])
    stop.set()
    running.join()
    listening.close()


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a server that never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield int(listening.getsockname()[1])


def elsewhere(url: DatabaseUrl, port: int) -> DatabaseUrl:
    return replace(url, host="127.0.0.1", port=port, password=SECRET, options=())


def test_a_user_that_is_not_there_is_named(server: DatabaseUrl) -> None:
    error = refused(replace(server, user="nobody_here", password=SECRET))

    assert (error.code, "nobody_here" in error.message) == ("OKR549", True)


def test_a_database_that_is_not_there_is_named(server: DatabaseUrl) -> None:
    error = refused(replace(server, database="nothing_here"))

    assert (error.code, error.message) == (
        "OKR550",
        "the server has no database `nothing_here`",
    )


def test_a_host_that_is_not_known_is_named(server: DatabaseUrl) -> None:
    error = refused(replace(elsewhere(server, 5432), host="nowhere.invalid"))

    assert (error.code, error.message) == (
        "OKR547",
        "no computer called `nowhere.invalid` is known",
    )


def test_a_port_where_nobody_listens_is_named(server: DatabaseUrl) -> None:
    port = port_of_nobody()

    error = refused(elsewhere(server, port))

    assert (error.code, f"`127.0.0.1:{port}`" in error.message) == ("OKR548", True)


def test_a_socket_that_is_not_there_is_named(server: DatabaseUrl) -> None:
    name = "host" if server.provider == "postgres" else "unix_socket"
    error = refused(replace(elsewhere(server, 5432), host=None), **{name: "/nowhere/at/all"})

    assert (error.code, "/nowhere/at/all" in error.message) == ("OKR548", True)


def test_another_kind_of_server_is_not_taken_for_one(server: DatabaseUrl, stranger: int) -> None:
    assert refused(elsewhere(server, stranger)).code == "OKR546"


def test_a_server_that_says_nothing_is_given_up(server: DatabaseUrl, silent: int) -> None:
    assert refused(elsewhere(server, silent)).code in {"OKR546", "OKR548"}


def _message(kind: bytes, body: bytes) -> bytes:
    return kind + (len(body) + 4).to_bytes(4, "big") + body


@pytest.fixture
def old_postgres() -> Iterator[int]:
    """The port of something that says it is PostgreSQL 12."""
    hello = b"".join(
        [
            _message(b"R", bytes(4)),
            _message(b"S", b"server_version\x0012.22\x00"),
            _message(b"S", b"client_encoding\x00UTF8\x00"),
            _message(b"K", bytes(8)),
            _message(b"Z", b"I"),
        ]
    )

    def answer(client: socket.socket) -> None:
        with client:
            while (asked := client.recv(1024))[4:8] in (_TLS, _GSS):
                client.sendall(b"N")
            if asked:
                client.sendall(hello)
                client.recv(1024)

    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    client, _ = listening.accept()
                except OSError:
                    return
                answer(client)

        running = threading.Thread(target=serve)
        running.start()
        yield int(listening.getsockname()[1])
        listening.shutdown(socket.SHUT_RDWR)
        running.join()


_TLS = (80877103).to_bytes(4, "big")
_GSS = (80877104).to_bytes(4, "big")


def test_a_postgres_that_is_too_old_is_named_with_its_version(old_postgres: int) -> None:
    url = DatabaseUrl(provider="postgres", host="127.0.0.1", port=old_postgres, user="me")

    error = refused(url)

    assert (error.code, error.message) == (
        "OKR553",
        "the server is PostgreSQL 12.22, and OKRA needs 13 or newer",
    )


@pytest.mark.parametrize(
    ("version", "wanted"),
    [
        ("5.7.44-log", "the server is MySQL 5.7.44-log, and OKRA needs 8.0 or newer"),
        (
            "5.5.5-10.5.8-MariaDB",
            "the server is MariaDB 5.5.5-10.5.8-MariaDB, and OKRA needs 10.6 or newer",
        ),
        ("8.0.11", None),
        ("8.0.mysql_aurora.3.05.2", None),
        ("9.1.0", None),
        ("10.6.0-MariaDB-log", None),
        ("5.5.5-11.4.2-MariaDB", None),
    ],
)
def test_a_mysql_that_is_too_old_is_named_with_its_version(
    version: str, wanted: str | None
) -> None:
    url = DatabaseUrl(provider="mysql", host="db")
    try:
        check_version(version, url)
    except DatabaseError as error:
        found = (error.code, error.message)
    else:
        found = None

    assert found == (("OKR553", wanted) if wanted else None)


@pytest.mark.only_on("postgres", "mysql", "mariadb")
@pytest.mark.parametrize(
    "command", ["db:migrate:status", "db:migrate:up", "db:sync", "db:reset", "db:diff --live", "db:pull"]
)  # fmt: skip
def test_a_url_that_names_no_database_is_refused_before_anything_is_said(
    place: Place, command: str
) -> None:
    address = place.address.replace(f"/{place.url.database}?", "/?")
    place.schema("model User {\n  id: Int! @id\n}\n")
    (place.folder / "okra.config.json").write_text(
        json.dumps({"database": {"provider": place.provider, "url": address}})
    )

    found = place.okra(*command.split())

    assert (found.code, found.out) == (2, "")
    assert found.err.startswith("error[OKR550]: the URL names no database\n")
    assert f"put its name behind the host: {place.provider}://host/name" in found.err
