"""A project with the migrations of a bundle, where its own are not at hand."""

from __future__ import annotations

from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.bundles.unpacking import unpacked_migrations
from okra.configuration.variables import unexpanded
from okra.errors import UsageError
from okra.textfiles import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.projects.project import Project


@contextmanager
def from_bundle(project: Project, file: str, database: str | None = None) -> Iterator[Project]:
    """The same project, with the migrations of a bundle instead of those in its directory.

    file      starts from the current folder
    database  which of those in the bundle; None: the one that the project is about
    Raises    UsageError where nobody says which database; BundleError; nothing of a broken bundle is used
    """
    target = project.target
    path = project.start / Path(file).expanduser()
    if not project.is_chosen:
        raise _no_url(path)
    with unpacked_migrations(path, target.provider, database or target.database) as folder:
        found = copy(project)
        found.target = replace(target, dir=unexpanded(str(folder)))
        yield found


def _no_url(path: Path) -> UsageError:
    """A bundle is applied where it is deployed: a new file there, next to it, is not what anybody wants."""
    return UsageError(
        f"nothing says which database the migrations of `{shown(path)}` are for",
        code="OKR623",
        help="name it: `--url '${DATABASE_URL}'`, where that variable has the URL; "
        "or a configuration that has it: `--config FILE`",
    )
