"""Whether the configured databases can be reached, and what could be done there. Nothing is changed."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from okra.errors import OkraError, UsageError
from okra.projects.claims import is_declarative

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.session import MigrationSession
    from okra.migrations.executor import Target as DatabaseTarget
    from okra.projects.project import Project
    from okra.url import DatabaseUrl

_TITLES = {"postgres": "PostgreSQL", "mysql": "MySQL", "sqlite": "SQLite"}


class Reached(NamedTuple):
    """What was found out about one database.

    url       where it is, as people may see it; None where even that is not known
    server    what answered, like `PostgreSQL 16.2`
    user      who the server takes us for
    notes     what is as it should be, but worth knowing, as sentences
    warnings  what may go wrong although nothing is wrong yet, as sentences
    error     why migrations can't run there
    """

    project: Project
    url: str | None = None
    server: str | None = None
    user: str | None = None
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    error: OkraError | None = None


def reach(projects: Sequence[Project]) -> tuple[Reached, ...]:
    """Every database, as migrations would find it; one that can't be reached does not hide the next."""
    return tuple(_reach(project) for project in projects)


def live_target(project: Project) -> DatabaseTarget:
    """The project's database, and the migrations that belong to it.

    Raises  UsageError where its URL is not known
    """
    from okra.migrations.executor import Target as DatabaseTarget

    return DatabaseTarget(
        url=project.url,
        directory=project.directory(),
        history_table=project.variables.table(project.target.table),
        lock_timeout_ms=round(project.target.lock_timeout_seconds * 1000),
        environment=project.target.environment,
        allow=project.target.allow,
        exclude=project.target.exclude,
    )


def check_encrypted(project: Project) -> None:
    """Nothing, if nobody on the way to a protected database can read along, or the URL says that this is known.

    Raises  UsageError
    """
    if project.target.protected and project.url.tls_warnings():
        raise UsageError(
            f"the database is protected, and the connection to `{project.url.host}` may be unencrypted",
            code="OKR551",
            place=str(project.url),
            help="say `sslmode=verify-full`, or `require`, in the URL; `sslmode=prefer` leaves it open",
        )


def _reach(project: Project) -> Reached:
    url = None
    try:
        target = project.live_target()
        url = str(target.url)
        check_encrypted(project)
        if _is_still_to_be_made(target.url):
            makes = "okra db:sync" if is_declarative(project.target) else "okra db:migrate:up"
            note = f"there is no file yet: `{makes}` makes it"
            return Reached(project, url, notes=(note,))
        from okra.dialects.session import connect

        timeout = target.lock_timeout_ms
        with closing(connect(target.url, lock_timeout_ms=timeout, create=False)) as session:
            session.check_rights()
            return Reached(
                project,
                url,
                server=_server(target.provider, session.server_version),
                user=session.user,
                warnings=(*session.warnings(), *_lacking(project, session)),
            )
    except OkraError as error:
        return Reached(project, url, error=error)


def _is_still_to_be_made(url: DatabaseUrl) -> bool:
    if url.path is None or url.option("mode") in ("ro", "rw"):
        return False
    path = Path(url.path)
    return not path.exists() and not path.is_symlink() and path.parent.is_dir()


def _server(provider: str, version: str) -> str:
    """The server's name and version: MariaDB answers for MySQL, and says so in its version."""
    number, _, rest = version.partition("-")
    if provider == "mysql" and "mariadb" in rest.lower():
        return f"MariaDB {number}"
    return f"{_TITLES[provider]} {number}"


def _lacking(project: Project, session: MigrationSession) -> tuple[str, ...]:
    """What the schema needs that this server or database has not; nothing where the schema is wrong itself."""
    from okra.dialects import dialect
    from okra.lowering import lower

    provider = project.target.provider
    try:
        database = dialect(provider).resolve(lower(project.definition(), provider)).database
    except OkraError:
        return ()  # told where the schema is checked
    return (
        *dialect(provider).lacking(database, session.server_version),
        *dialect(provider).missing(session, database),
    )
