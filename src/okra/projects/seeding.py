"""A project's seeds: where they lie, what of them may run, and the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.errors import UsageError
from okra.projects.protected import called, check_named
from okra.seeding.code import Code, read_code
from okra.seeding.files import Found, Kind, find_files
from okra.textfiles import shown

if TYPE_CHECKING:
    from pathlib import Path

    from okra.projects.project import Project
    from okra.seeding.events import SeedProgress, SeedResult


def seed_folder(project: Project) -> Path:
    """Where the project's seeds lie."""
    return _path(project, project.target.seeds.dir or "", "seeds.dir")


def _path(project: Project, text: str, key: str) -> Path:
    return project.settings.folder / project.variables.expand(text, key=key)


def find_seeds(project: Project) -> Found:
    """The seeds of the project's environment, in order.

    Raises  UsageError for Python that the configuration names and that can't be run
    """
    python = [_path(project, text, "seeds.python") for text in project.target.seeds.python]
    return find_files(seed_folder(project), project.target.environment, python)


def code_of(found: Found) -> tuple[Code, ...]:
    """The Python among the seeds: what it is, before any of it runs."""
    return tuple(read_code(file) for file in found.files if file.kind is Kind.PYTHON)


def check_any(project: Project, found: Found) -> None:
    """Nothing, if there are seeds.

    Raises  UsageError
    """
    if not found.files:
        folder = shown(seed_folder(project))
        write = f"write some, like `{folder}/10_User.csv`; `seeds.dir` in the configuration says where they lie"
        raise UsageError(
            f"there are no seeds in `{folder}`",
            code="OKR595",
            help="\n".join((*found.ignored, write)),
        )


def seed(
    project: Project,
    found: Found,
    *,
    allow_code: bool = False,
    confirmed: str | None = None,
    progress: SeedProgress | None = None,
) -> SeedResult:
    """Write the seeds: all of them, or none.

    allow_code  whether Python may run in a protected environment
    confirmed   the name of the database, where it is protected: its owner has agreed

    Raises  UsageError for a protected database; SeedError, SchemaError, DatabaseError
    """
    from okra.projects.reaching import check_encrypted
    from okra.seeding.seed import seed as seed_database

    check_encrypted(project)
    check_named(project, confirmed, what="seeding", code="OKR642")
    check_code(project, found, allow_code=allow_code)
    return seed_database(project.live_target(), project.definition(), found, progress=progress)


def check_readable(project: Project, found: Found) -> None:
    """Nothing, if the seeds can be read, as far as that can be known without a database.

    Raises  SeedError, SchemaError
    """
    from okra.seeding.seed import read_all
    from okra.seeding.shapes import Shapes

    if found.files:
        read_all(Shapes(project.definition(), project.target.provider), found)


def check_code(project: Project, found: Found, *, allow_code: bool) -> None:
    """Nothing, if whatever is Python among the seeds may run.

    Raises  UsageError in a protected environment, where nobody has allowed it
    """
    code = [file.name for file in found.files if file.kind is Kind.PYTHON]
    if code and project.target.protected and not allow_code:
        raise UsageError(
            f"{called(project)} is protected, and `{code[0]}` would run as a program",
            code="OKR642",
            place=code[0],
            help="if it may: `--allow-code`",
        )
