"""What rules find in a schema and in the migrations of a project: the whole, or what one change brings."""

from __future__ import annotations

from enum import Enum
from functools import cache, cached_property
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from okra.configuration.config import database_entries
from okra.configuration.migrations import Mode
from okra.dialects import dialect
from okra.dialects.splitting import plain_lines
from okra.errors import DatabaseError, DirectoryError, Severity, UsageError
from okra.lint import COMMENTS
from okra.lint.migration import MigrationSight
from okra.lint.rule import Finding
from okra.lint.running import lint_migration, lint_schema
from okra.lint.schema import SchemaSight
from okra.lowering import lower
from okra.migrations.chain import decoded
from okra.migrations.compare import EMPTY, Side, changes_between, snapshot_side
from okra.migrations.directory import read_directory
from okra.migrations.folder import HOOKS_SQL, UP_SQL
from okra.migrations.history import Direction
from okra.migrations.hooks import pieces, statements
from okra.projects.levels import levels_of
from okra.projects.versions import version_in
from okra.source import Source
from okra.textfiles import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from okra.language.definition import SchemaDefinition
    from okra.migrations.chain import Directory, Migration
    from okra.migrations.generate import Prepared, Written
    from okra.projects.project import Project


class Which(Enum):
    """Which migrations are looked at where nobody names one."""

    PENDING = "pending"
    ALL = "all"
    NONE = "none"


Chosen: TypeAlias = "Which | int | tuple[str, ...]"
"""So many of the newest, or those with these versions."""


class Linted(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in one project.

    sources     the files that it is about
    migrations  the folders that were looked at
    notes       what could not be looked at, as sentences
    """

    findings: tuple[Finding, ...]
    sources: tuple[Source, ...]
    migrations: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def lint(project: Project, chosen: Chosen = Which.PENDING) -> Linted:
    """What rules find in the schema and in migrations. Changes nothing.

    Raises  SchemaError, DirectoryError, UsageError for a rule or version that does not exist
    """
    project.check()
    levels = levels_of(project)
    directories = [
        read_directory(project.directory(output.provider), output.provider)
        for output in project.target.outputs
    ]
    found = [*_in_schema(project, directories, levels)]
    sources = list(project.sources)
    wanted, notes = _wanted(project, chosen, directories)
    folders = []
    for directory in directories:
        for migration in directory.migrations:
            if migration.version in wanted:
                files = _files(migration)
                folders.append(shown_path(migration))
                sources += files.values()
                found += _in_migration(directory, migration, files, levels)
    return Linted(
        findings=tuple(found), sources=tuple(sources), migrations=tuple(folders), notes=notes
    )


def _in_schema(
    project: Project, directories: Sequence[Directory], levels: Mapping[str, Severity | None]
) -> tuple[Finding, ...]:
    definition = project.definition()
    providers = project.providers or (project.target.provider,)
    earlier = _earlier(project, directories)
    return lint_schema(
        [_schema_sight(provider, definition, earlier) for provider in providers],
        project.schema.places.get,
        project.sources,
        levels,
    )


def _schema_sight(
    provider: str, definition: SchemaDefinition, earlier: Sequence[SchemaDefinition] = ()
) -> SchemaSight:
    database = dialect(provider).resolve(lower(definition, provider)).database
    return SchemaSight(provider, definition, database, earlier)


def _earlier(project: Project, directories: Sequence[Directory]) -> list[SchemaDefinition]:
    """What the newest migrations know; nothing where some database follows the schema without any."""
    modes = {project.target.mode}
    for _, entry in database_entries(project.settings.file):
        shared = entry.migrations.mode if entry.migrations else None
        parts = [part.migrations for part in (entry.environments or {}).values()]
        modes |= {part.mode for part in parts if part is not None and part.mode is not None}
        modes |= {shared} if shared is not None else set()
    if Mode.DECLARATIVE in modes or not all(directory.newest for directory in directories):
        return []
    return [directory.newest.snapshot().models for directory in directories if directory.newest]


def _wanted(
    project: Project, chosen: Chosen, directories: Sequence[Directory]
) -> tuple[set[str], tuple[str, ...]]:
    """The versions to look at, and what is to be said about them."""
    every = sorted({item.version for each in directories for item in each.migrations})
    match chosen:
        case Which.NONE:
            return set(), ()
        case Which.ALL:
            return {*every}, ()
        case int(number):
            return {*every[len(every) - number :]} if number > 0 else set(), ()
        case Which.PENDING:
            return _pending(project, every)
        case _:
            return {version_in(directories, text) for text in chosen}, ()


def _pending(project: Project, every: Sequence[str]) -> tuple[set[str], tuple[str, ...]]:
    """What the database has not; the newest where it can't be asked."""
    if project.target.mode is Mode.DECLARATIVE or not every:
        return set(), ()
    try:
        status = project.status(drift=False)
    except (DatabaseError, UsageError) as error:
        note = (
            f"the database could not be asked what is pending ({error.message}): "
            f"looked at the newest migration, {every[-1]}; `--newest N` or `--all` asks nobody"
        )
        return {every[-1]}, (note,)
    return {entry.version for entry in status.pending}, ()


def shown_path(migration: Migration) -> str:
    """The folder of a migration as people should see it."""
    from pathlib import Path

    return shown(Path(migration.path))


def _files(migration: Migration) -> dict[str, Source]:
    """What is run on the way up, by the names of the files; the empty name is migration.sql, too."""
    files = migration.read()
    texts = {UP_SQL: files.migration} | (
        {HOOKS_SQL: files.hooks} if files.hooks is not None else {}
    )
    return _sources(
        shown_path(migration),
        {name: decoded(data, migration.file(name)) for name, data in texts.items()},
    )


def _sources(folder: str | None, texts: Mapping[str, str]) -> dict[str, Source]:
    found = {
        name: Source(f"{folder}/{name}" if folder else name, plain_lines(text))
        for name, text in texts.items()
    }
    return found | {"": found[UP_SQL]}


def _in_migration(
    directory: Directory,
    migration: Migration,
    sources: Mapping[str, Source],
    levels: Mapping[str, Severity | None],
) -> tuple[Finding, ...]:
    parents = [item for item in directory.migrations if item.version == migration.header.parent]
    return _in_files(
        directory.provider,
        lambda: snapshot_side(parents[0].snapshot()) if parents else EMPTY,
        lambda: snapshot_side(migration.snapshot()),
        sources,
        levels,
    )


def _in_files(
    provider: str,
    before: Callable[[], Side],
    after: Callable[[], Side],
    sources: Mapping[str, Source],
    levels: Mapping[str, Severity | None],
    *,
    spoken: bool = False,
) -> tuple[Finding, ...]:
    """What is found in the files of a migration; the snapshots on both sides are read if a rule asks for them."""
    before, after = cache(before), cache(after)
    hooks = sources[HOOKS_SQL].text if HOOKS_SQL in sources else None
    try:
        found = pieces(UP_SQL, sources[UP_SQL].text, hooks, Direction.UP)
        scripts = statements(dialect(provider), found)
    except DirectoryError as error:
        folder = sources[UP_SQL].name.removesuffix(UP_SQL)
        error.place = f"{folder}{error.place}" if error.place else folder
        raise
    sight = MigrationSight(
        provider,
        scripts,
        before=lambda: before().database,
        after=lambda: after().database,
        changes=lambda: changes_between(provider, before(), after())[0],
    )
    return lint_migration(sight, sources, levels, spoken=spoken)


def lint_generated(
    project: Project, prepared: Sequence[Prepared], written: Sequence[Written]
) -> Linted:
    """What new migrations bring that is not said otherwise: by their hazards, or about the schema before them."""
    levels = levels_of(project)
    found: dict[tuple[str, str], Finding] = {}
    sources = list(project.sources)
    for item, text in zip(prepared, written, strict=False):
        newest = item.directory.newest
        before = EMPTY if newest is None else snapshot_side(newest.snapshot())
        after = Side(title="", database=item.draft.after, models=item.draft.models)
        texts = {UP_SQL: text.migration_sql}
        texts |= {HOOKS_SQL: text.hooks_sql} if text.hooks_sql is not None else {}
        files = _sources(shown(text.folder) if text.folder else None, texts)
        sources += files.values()
        news = _new_in_schema(project, item, before, levels)
        news += _in_files(text.provider, _known(before), _known(after), files, levels, spoken=True)
        for one in news:
            found.setdefault((one.code, one.message), one)
    return Linted(findings=tuple(found.values()), sources=tuple(sources))


def _known(side: Side) -> Callable[[], Side]:
    return lambda: side


def _new_in_schema(
    project: Project,
    prepared: Prepared,
    before: Side,
    levels: Mapping[str, Severity | None],
) -> list[Finding]:
    draft = prepared.draft
    sight = SchemaSight(draft.provider, draft.models, draft.after)
    found = lint_schema([sight], project.schema.places.get, project.sources, levels)
    after = [item for item in found if item.code not in COMMENTS]
    if before.models is None or not after:
        return after
    earlier = SchemaSight(draft.provider, before.models, before.database)
    old = lint_schema([earlier], lambda _: None, (), levels)
    known = {(item.code, item.message) for item in old}
    return [item for item in after if (item.code, item.message) not in known]


class Lookout:
    """What rules find in migrations one after the other, as they are applied."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._levels = levels_of(project)

    @cached_property
    def _directory(self) -> Directory:
        return read_directory(self._project.directory(), self._project.target.provider)

    def findings(self, version: str) -> tuple[Finding, ...]:
        """What is found in the migration of the target's directory; nothing where it is not there.

        Raises  DirectoryError where the migration can't be read
        """
        for migration in self._directory.migrations:
            if migration.version == version:
                files = _files(migration)
                return _in_migration(self._directory, migration, files, self._levels)
        return ()
