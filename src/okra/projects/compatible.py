"""Whether the schema of a project is safe for code that was built against an earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.compatibility.comparing import compatibility
from okra.compatibility.finding import Finding, Level
from okra.configuration.config import database_entries
from okra.configuration.settings import read_schemas
from okra.errors import UsageError
from okra.language.define import parse_schema
from okra.migrations.directory import read_directory
from okra.projects.claims import own_models
from okra.projects.git import sources_at
from okra.projects.versions import directories_of, version_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.language.definition import SchemaDefinition
    from okra.migrations.chain import Directory
    from okra.projects.project import Project
    from okra.source import Source

_GIT = "git:"


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What was found.

    against  what people call the earlier schema
    """

    against: str
    providers: tuple[str, ...]
    findings: tuple[Finding, ...]

    def of(self, level: Level) -> tuple[Finding, ...]:
        """The findings of one level."""
        return tuple(finding for finding in self.findings if finding.level is level)


def check_compatibility(project: Project, against: str | None = None) -> Checked:
    """What the schema means for code that was built against an earlier one. Changes nothing.

    against  a migration's version or folder, `git:REF`, `git:REF:FILE`, a schema file; None: the newest migration
    Raises   SchemaError, DirectoryError, UsageError
    """
    project.check()
    title, before = _earlier(project, against)
    providers = project.providers or (project.target.provider,)
    return Checked(
        against=title,
        providers=providers,
        findings=compatibility(before, project.definition(), providers, project.target.exclude),
    )


def _earlier(project: Project, against: str | None) -> tuple[str, SchemaDefinition]:
    if against is None:
        return _newest(project)
    if against.startswith(_GIT):
        return against, _at_commit(project, against)
    if against.endswith(".gql"):
        return against, _parsed(project, read_schemas([against], project.start))
    if against[:1].isdigit():
        return _of_migration(project, against)
    raise UsageError(
        f"`{against}` is no earlier schema",
        code="OKR673",
        help="name a migration's version, `git:REF`, or a schema file that ends in `.gql`",
    )


def _of_migration(project: Project, version: str) -> tuple[str, SchemaDefinition]:
    """What the schema was at a migration: all providers that have it know the same models."""
    directories = _directories(project)
    found = version_in(directories, version)
    for directory in directories:
        for migration in directory.migrations:
            if migration.version == found:
                return f"migration {migration.folder}", migration.snapshot().models
    raise AssertionError(found)


def _newest(project: Project) -> tuple[str, SchemaDefinition]:
    """The same of the newest one that any provider has: some changes are none for the others."""
    found = [each.newest for each in _directories(project) if each.newest is not None]
    if not found:
        raise UsageError(
            "there is no migration to compare the schema with",
            code="OKR673",
            help="say which schema the code was built against: `--against git:main`, `--against FILE`",
        )
    newest = max(found, key=lambda each: each.version)
    return f"migration {newest.folder}", newest.snapshot().models


def _directories(project: Project) -> list[Directory]:
    """Those of all providers; where none is versioned, what there is for the target's."""
    found = directories_of(project)
    return found or [read_directory(project.directory(), project.target.provider)]


def _at_commit(project: Project, against: str) -> SchemaDefinition:
    ref, _, file = against.removeprefix(_GIT).partition(":")
    if file:
        return _parsed(project, sources_at(ref, [file], project.start))
    patterns = [project.variables.expand(item, key="schemas") for item in project.target.schemas]
    return _parsed(project, sources_at(ref, patterns, project.settings.folder))


def _parsed(project: Project, sources: Sequence[Source]) -> SchemaDefinition:
    providers = project.providers or (project.target.provider,)
    definition = parse_schema(sources, providers=providers).definition
    names = [name for name, _ in database_entries(project.settings.file) if name]
    return own_models(definition, project.target.database, names)
