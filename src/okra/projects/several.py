"""What is done for all databases of a configuration at once; nothing here opens one."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from okra.errors import OkraError, UsageError
from okra.textfiles import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.errors import Diagnostic
    from okra.language.definition import SchemaDefinition
    from okra.migrations.generate import Prepared, Written
    from okra.projects.project import Project
    from okra.source import Source


_VARIABLES = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)")
_PASSWORD = re.compile(r"://[^:/?#@]*:[^/?#@$][^/?#@]*@")


class Validated(NamedTuple):
    """What was found in the schema of one database.

    definition  None where `error` is not
    warnings    of the schema files
    imitated    what its providers can only imitate, as sentences
    error       what is wrong
    """

    project: Project
    definition: SchemaDefinition | None
    warnings: tuple[Diagnostic, ...]
    imitated: tuple[str, ...]
    error: OkraError | None


class Generated(NamedTuple):
    """The next migrations of one database; `written` has those of providers with changes."""

    project: Project
    prepared: tuple[Prepared, ...]
    written: tuple[Written, ...] = ()

    @property
    def changed(self) -> tuple[Prepared, ...]:
        return tuple(item for item in self.prepared if item.draft.changes)


def all_sources(projects: Sequence[Project]) -> tuple[Source, ...]:
    """The schema files of all databases, each once."""
    return tuple({item.name: item for project in projects for item in project.sources}.values())


def validate(projects: Sequence[Project]) -> tuple[Validated, ...]:
    """Every database's schema; what is wrong in one does not hide what is wrong in the next."""
    return tuple(_validate(project) for project in projects)


def _validate(project: Project) -> Validated:
    warnings: tuple[Diagnostic, ...] = ()
    try:
        warnings = project.schema.warnings
        imitated = (*_open_passwords(project), *project.check())
        return Validated(project, project.definition(), warnings, imitated, None)
    except OkraError as error:
        return Validated(project, None, warnings, (), error)


def _open_passwords(project: Project) -> tuple[str, ...]:
    """A sentence, where the configuration itself has a password, or others can read the file that has it."""
    text = project.target.url
    if text is None:
        return ()
    if _PASSWORD.search(text) is not None:
        return (
            (
                "the configuration has a password in `url`: put the URL into `.env` as DATABASE_URL, and "
                "`${DATABASE_URL}` into the configuration"
            ),
        )
    names = _VARIABLES.findall(text) if project.variables.open_to_all() else ()
    values = (project.variables.from_file(name) for name in names)
    if any(value and _PASSWORD.search(value) for value in values):
        return ("everybody on this machine can read the password in `.env`: `chmod 600 .env`",)
    return ()


def versioned(projects: Sequence[Project]) -> tuple[Project, ...]:
    """Those of `projects` that keep migrations, each in a directory of its own.

    Raises  UsageError where none does, or two would share a directory
    """
    found = tuple(project for project in projects if project.target.outputs)
    if not found:
        projects[0].check_versioned()
    owners: dict[str, Project] = {}
    for project in found:
        for folder in project.directories():
            first = owners.setdefault(os.path.realpath(folder), project)
            if first is not project:
                raise UsageError(
                    f"`{shown(folder)}` would hold the migrations of both databases "
                    f"`{first.target.database}` and `{project.target.database}`",
                    code="OKR612",
                    help="give each database a `migrations.dir` of its own, or none of them",
                )
    return found


def write(
    found: Sequence[Generated],
    *,
    name: str | None = None,
    verify: bool = True,
    dry_run: bool = False,
    now: datetime | None = None,
) -> tuple[Generated, ...]:
    """Prove what was prepared for all databases, then write it, all under one version.

    Raises  PlanError where a proof fails; then nothing is written for any database
    """
    from okra.migrations.generate import write_all

    flat = [item for each in found for item in each.prepared]
    moment = now or datetime.now(UTC)
    devs = [dev for each in found for dev in each.project.devs(each.prepared)] if verify else None
    written = iter(
        write_all(flat, name=name, verify=verify, dry_run=dry_run, now=moment, devs=devs)
    )
    return tuple(
        each._replace(written=tuple(next(written) for _ in each.changed)) for each in found
    )
