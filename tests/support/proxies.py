"""A proxy that stands between OKRA and a server, and cuts the connection where it is told to."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from okra.url import DatabaseUrl


class Proxy:
    """Passes bytes on both ways, until the client has sent `number` messages that hold `text`.

    after  whether the server still gets that message: then only its answer is lost
    """

    def __init__(self, url: DatabaseUrl, text: bytes, *, number: int = 1, after: bool) -> None:
        self._upstream = _address(url)
        self._text = text
        self._left = number
        self._after = after
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._answered = threading.Event()
        self.cut = False
        threading.Thread(target=self._serve, daemon=True).start()

    def url(self, url: DatabaseUrl) -> DatabaseUrl:
        """The address of the proxy in place of the server's."""
        options = tuple(pair for pair in url.options if pair[0] not in ("unix_socket", "host"))
        port = self._listener.getsockname()[1]
        return replace(url, host="127.0.0.1", port=port, options=options)

    def close(self) -> None:
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = _connected(self._upstream)
            threading.Thread(target=self._to_server, args=(client, server), daemon=True).start()
            threading.Thread(target=self._to_client, args=(client, server), daemon=True).start()

    def _to_server(self, client: socket.socket, server: socket.socket) -> None:
        while data := _received(client):
            self._left -= self._text in data
            if not self._left and not self.cut:
                self.cut = True
                client.shutdown(socket.SHUT_RDWR)
                if self._after:
                    server.sendall(data)
                    self._answered.wait(30)  # then it is done with what it got
                break
            server.sendall(data)
        _ended(server)
        _ended(client)

    def _to_client(self, client: socket.socket, server: socket.socket) -> None:
        while data := _received(server):
            if self.cut:
                self._answered.set()
            try:
                client.sendall(data)
            except OSError:
                break


def _address(url: DatabaseUrl) -> tuple[str, int] | str:
    path = url.option("unix_socket")
    if path:
        return path
    folder = url.option("host") or url.host or "127.0.0.1"
    if folder.startswith("/"):
        return f"{folder}/.s.PGSQL.{url.port or 5432}"
    return folder, url.port or (5432 if url.provider == "postgres" else 3306)


def _connected(address: tuple[str, int] | str) -> socket.socket:
    if isinstance(address, tuple):
        return socket.create_connection(address)
    found = socket.socket(socket.AF_UNIX)
    found.connect(address)
    return found


def _received(source: socket.socket) -> bytes:
    try:
        return source.recv(65536)
    except OSError:
        return b""


def _ended(one: socket.socket) -> None:
    try:
        one.shutdown(socket.SHUT_RDWR)
    except OSError:  # it was gone already
        return
    finally:
        one.close()
