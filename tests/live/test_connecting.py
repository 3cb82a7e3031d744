"""Why there is no connection: one clear error each, without the password."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from okra.dialects.session import connect
from okra.errors import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.url import DatabaseUrl

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
