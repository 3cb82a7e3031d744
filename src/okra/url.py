"""Where a database is: a URL, read once into parts that never show their password."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus, unquote

import msgspec

from okra.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

HIDDEN = "***"
MEMORY = ":memory:"

_SCHEMES = {
    "sqlite": "sqlite",
    "postgres": "postgres",
    "postgresql": "postgres",
    "mysql": "mysql",
    "mariadb": "mysql",
}
_OPTIONS = {
    "sqlite": ("mode",),
    "postgres": (
        "application_name",
        "channel_binding",
        "connect_timeout",
        "host",
        "options",
        "pooler",
        "schema",
        "sslcert",
        "sslkey",
        "sslmode",
        "sslrootcert",
        "target_session_attrs",
    ),
    "mysql": (
        "charset",
        "connect_timeout",
        "sslcert",
        "sslkey",
        "sslmode",
        "sslrootcert",
        "unix_socket",
    ),
}
_VALUES = {
    "mode": ("ro", "rw", "rwc"),
    "sslmode": ("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
    "channel_binding": ("disable", "prefer", "require"),
    "target_session_attrs": (
        "any",
        "read-write",
        "read-only",
        "primary",
        "standby",
        "prefer-standby",
    ),
    "pooler": ("session",),
    "charset": ("utf8mb4",),
}
# What MySQL's clients and drivers call these options, and their values: there is one spelling for all servers.
_MYSQL_NAMES = {
    "ssl-ca": "sslrootcert",
    "ssl-cert": "sslcert",
    "ssl-key": "sslkey",
    "ssl-mode": "sslmode",
    "ssl-verify-cert": "sslmode",
    "ssl-verify-identity": "sslmode",
}
_MYSQL_VALUES = {
    "ssl-mode": {
        "disabled": "disable",
        "preferred": "prefer",
        "required": "require",
        "verify_ca": "verify-ca",
        "verify_identity": "verify-full",
    },
    "ssl-verify-cert": {"true": "verify-ca", "1": "verify-ca"},
    "ssl-verify-identity": {"true": "verify-full", "1": "verify-full"},
}
_MAX_TIMEOUT_S = 3600
_MAX_PORT = 65535
_FORMS = "`sqlite://file.db`, `postgres://user@host/name`, `mysql://user@host/name`"

_SHORTEST = 3  # a password of one or two characters stands in every sentence, and hides nothing
_ANY_SECRET = re.compile(r"(://[^:/?#\s\"'`]*):[^\s\"'`]*@")


class DatabaseUrl(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of a URL. As text it is masked; the driver gets the parts, never the text.

    provider  the dialect: `sqlite`, `postgres`, `mysql`
    path      SQLite's file, absolute; None for a database in memory and for servers
    options   (name, value) pairs, sorted by name
    """

    provider: str
    path: str | None = None
    host: str | None = None
    port: int | None = None
    user: str | None = None
    password: str | None = None
    database: str | None = None
    options: tuple[tuple[str, str], ...] = ()

    @staticmethod
    def parse(text: str, *, base: Path) -> DatabaseUrl:
        """The URL `text`; `base` is the folder that a relative SQLite path starts from.

        Raises  UsageError, which never repeats the text: it may hold a password
        """
        if not text.strip():
            raise UsageError(
                "the database URL is empty",
                code="OKR650",
                help=f"is a variable set to nothing? Write it like {_FORMS}",
            )
        scheme, found, rest = text.strip().partition("://")
        provider = _SCHEMES.get(scheme.lower())
        if not found or provider is None:
            what = f"`{scheme}://`" if found and scheme.isidentifier() else "the database URL"
            raise UsageError(
                f"{what} is not a kind of database that OKRA knows",
                code="OKR650",
                help=f"write it like {_FORMS}",
            )
        if "\0" in unquote(rest):
            raise UsageError(
                "the database URL has a NUL character", code="OKR650", help="take it out"
            )
        if provider == "sqlite":
            return _sqlite(rest, base)
        return _server(provider, rest)

    def option(self, name: str) -> str | None:
        """The value of one option, or None."""
        return dict(self.options).get(name)

    @property
    def schemas(self) -> tuple[str, ...]:
        """The schemas of the option `schema`, the default one first; empty without the option."""
        return tuple(name for name in (self.option("schema") or "").split(",") if name)

    def check_named(self) -> None:
        """Nothing, if it says which database of its server is meant: PostgreSQL would take the one called like the user.

        Raises  UsageError
        """
        if self.provider != "sqlite" and self.database is None:
            raise UsageError(
                "the URL names no database",
                code="OKR550",
                place=str(self),
                help=f"put its name behind the host: {self.provider}://host/name",
            )

    def tls_warnings(self) -> tuple[str, ...]:
        """What may be read by others on the way to the server, as sentences."""
        local = self.host in (None, "localhost", "127.0.0.1", "::1") or self.host[:1] in "/@"
        if local or self.option("host") or self.option("unix_socket") or self.option("sslmode"):
            return ()
        return (
            (
                f"the connection to `{self.host}` may be unencrypted: "
                "say `sslmode=verify-full`, or `require`, in the URL"
            ),
        )

    def __str__(self) -> str:
        """The URL as people may see it."""
        query = "&".join(f"{name}={quote(value, safe='/:')}" for name, value in self.options)
        tail = f"?{query}" if query else ""
        if self.provider == "sqlite":
            return f"sqlite://{self.path or MEMORY}{tail}"
        user = quote(self.user or "", safe="")
        if self.password is not None:
            user += f":{HIDDEN}"
        at = "@" if user else ""
        port = f":{self.port}" if self.port else ""
        host = f"[{self.host}]" if self.host and ":" in self.host else self.host or ""
        return f"{self.provider}://{user}{at}{host}{port}/{self.database or ''}{tail}"

    def __repr__(self) -> str:
        return f"DatabaseUrl({str(self)!r})"

    def __rich_repr__(self) -> list[tuple[str, str]]:
        return [("url", str(self))]


def redact(text: str, url: DatabaseUrl | None = None) -> str:
    """`text` without the password of `url`, however it is spelled, and without that of any other URL."""
    password = url.password if url is not None else None
    if password and len(password) >= _SHORTEST:
        for spelling in _spellings(password, (url.user or "") if url is not None else ""):
            text = re.sub(re.escape(spelling), HIDDEN, text, flags=re.IGNORECASE)
    return _ANY_SECRET.sub(rf"\1:{HIDDEN}@", text)


def _spellings(password: str, user: str) -> list[str]:
    """The password as it stands, percent-encoded and in base64; the longest first."""
    from base64 import b64encode, urlsafe_b64encode

    found = {password, quote(password), quote(password, safe=""), quote_plus(password)}
    for plain in (password, f"{user}:{password}"):
        data = plain.encode("utf-8", "surrogateescape")
        for encode in (b64encode, urlsafe_b64encode):
            found.add(encode(data).decode().rstrip("="))
    return sorted(found, key=lambda item: (-len(item), item))


def _sqlite(rest: str, base: Path) -> DatabaseUrl:
    location, _, query = rest.partition("?")
    options = _options("sqlite", query)
    user, at, _ = location.partition("/")[0].rpartition("@")
    if at and ":" in user:
        raise UsageError(
            "the URL of an SQLite database has a user and a password, and a file has neither",
            code="OKR650",
            help="write it like `sqlite://local.db`, or name the kind of server that it is for",
        )
    location = unquote(location)
    if location.startswith(
        "//"
    ):  # `sqlite:////srv/app.db`, as others write it; SQLite takes `//srv` for a host
        location = f"/{location.lstrip('/')}"
    if location == MEMORY:
        return DatabaseUrl(provider="sqlite", options=options)
    if not location or location.endswith("/"):
        raise UsageError(
            "the database URL names no file",
            code="OKR650",
            help="write it like `sqlite://local.db` or `sqlite:///srv/app/app.db`",
        )
    return DatabaseUrl(provider="sqlite", path=os.path.abspath(base / location), options=options)


def _server(provider: str, rest: str) -> DatabaseUrl:
    body, _, query = rest.partition("?")
    authority, _, name = body.partition("/")
    user_part, at, host_part = authority.rpartition("@")
    user, colon, password = user_part.partition(":")
    host, port = _host_and_port(host_part)
    if "@" in name or "#" in host_part or ("@" in query and not at):
        raise _bad_authority()
    return DatabaseUrl(
        provider=provider,
        host=unquote(host) or None,
        port=port,
        user=unquote(user) if at and user else None,
        password=unquote(password) if colon else None,
        database=unquote(name) or None,
        options=_options(provider, query),
    )


def _host_and_port(text: str) -> tuple[str, int | None]:
    if text.startswith("["):
        host, bracket, tail = text[1:].partition("]")
        if not bracket or (tail and not tail.startswith(":")):
            raise _bad_authority()
        port = tail[1:]
    else:
        host, _, port = text.partition(":")
    if not port:
        return host, None
    if not (port.isascii() and port.isdigit() and 0 < int(port) <= _MAX_PORT):
        raise _bad_authority()
    return host, int(port)


def _bad_authority() -> UsageError:
    return UsageError(
        "the host and port of the database URL can't be read",
        code="OKR650",
        help="percent-encode what is special in the password: `@` is %40, `:` is %3A, `/` is %2F, "
        "`#` is %23, `?` is %3F",
    )


def _options(provider: str, query: str) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for part in query.split("&"):
        if not part:
            continue
        written, _, text = part.partition("=")
        name, value = _one_spelling(provider, unquote(written), unquote(text))
        if name not in _OPTIONS[provider]:
            raise _unknown_option(provider, name)
        if name in found:
            raise UsageError(
                f"the option `{name}` is in the database URL twice",
                code="OKR651",
                help="leave one of them out",
            )
        _check_value(name, value)
        found[name] = value
    return tuple(sorted(found.items()))


def _one_spelling(provider: str, name: str, value: str) -> tuple[str, str]:
    """The option as all servers have it, where MySQL has a spelling of its own."""
    dashed = name.lower().replace("_", "-")
    if provider != "mysql" or dashed not in _MYSQL_NAMES:
        return name, value
    values = _MYSQL_VALUES.get(dashed)
    if values is not None:
        value = values.get(value.lower(), value)
    return _MYSQL_NAMES[dashed], value


def _check_value(name: str, value: str) -> None:
    known = _VALUES.get(name)
    if known is not None and value not in known:
        way_out = "it can be " + ", ".join(f"`{item}`" for item in known)
    elif name == "connect_timeout" and not (
        value.isascii() and value.isdigit() and 0 < int(value[:9]) <= _MAX_TIMEOUT_S
    ):
        way_out = f"it is a number of seconds from 1 to {_MAX_TIMEOUT_S}"
    elif name == "schema" and not all(value.split(",")):
        way_out = "it has names of schemas with commas between them, the default one first"
    else:
        return
    raise UsageError(
        f"the option `{name}` of the database URL can't be {value!a}",
        code="OKR651",
        help=way_out,
    )


def _unknown_option(provider: str, name: str) -> UsageError:
    from okra.nearest import nearest

    known = _OPTIONS[provider]
    close = nearest(name, known)
    listed = ", ".join(f"`{item}`" for item in known)
    shown = f"`{name}`" if name.replace("_", "").isalnum() else "one"
    return UsageError(
        f"the database URL has an option that OKRA does not know: {shown}",
        code="OKR651",
        help=f"did you mean `{close}`?" if close else f"the options are {listed}",
    )
