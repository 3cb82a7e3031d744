"""A project's database made anew: what OKRA manages is dropped, and made again as the environment makes it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.configuration.migrations import Mode
from okra.declarative import reset
from okra.errors import DatabaseError, SchemaError, UsageError
from okra.projects.protected import check_named

if TYPE_CHECKING:
    from okra.declarative.reset import Reset
    from okra.declarative.sync import SyncResult
    from okra.language.definition import SchemaDefinition
    from okra.migrations.events import Progress
    from okra.migrations.executor import Target
    from okra.migrations.up import UpResult
    from okra.projects.project import Project


def look(project: Project, *, everything: bool = False) -> Reset:
    """What a reset would drop. Nothing is changed.

    everything  also what OKRA does not manage
    Raises      DatabaseError; UsageError where nothing would make again what is dropped
    """
    found = reset.look(_target(project), _models(project), everything=everything)
    if found.doomed and not everything:
        _check_made_again(project)
    return found


def make_anew(
    project: Project,
    agreed: Reset,
    *,
    confirmed: str | None = None,
    progress: Progress | None = None,
) -> UpResult | SyncResult:
    """Drop what was agreed on, and make the database as its environment does: by migrations, or by the schema.

    confirmed  the name of the database, where it is protected: its owner has agreed
    progress   told of each statement

    Raises  UsageError for a protected database, and what `check_possible` finds, before anything is done;
            DatabaseError
    """
    check_allowed(project, confirmed)
    check_possible(project)
    reset.drop(_target(project), _models(project), agreed, progress=progress)
    left_alone = tuple(_escaped(name) for name in agreed.kept)
    target = _target(project)
    target = replace(target, exclude=(*target.exclude, *left_alone))
    if project.target.mode is Mode.VERSIONED:
        from okra.migrations.up import migrate_up

        return migrate_up(target, progress=progress)
    return _synced(project, target, progress)


def check_allowed(project: Project, confirmed: str | None) -> None:
    """Nothing, if the project's database may be reset.

    Raises  UsageError for one that is protected and was not named
    """
    from okra.projects.reaching import check_encrypted
    from okra.projects.syncing import check_allowed as check_sync_allowed

    check_encrypted(project)
    check_named(project, confirmed, what="a reset", code="OKR644")
    if project.target.mode is Mode.DECLARATIVE:
        check_sync_allowed(project, confirmed, None)


def check_possible(project: Project) -> None:
    """Nothing, if what makes the database anew is as it should be, as far as that can be known before.

    Raises  SchemaError, UnsupportedChange; DirectoryError for migrations that were edited, or lead nowhere
    """
    provider = project.target.provider
    if project.target.mode is Mode.DECLARATIVE:
        from okra.dialects import dialect
        from okra.lowering import lower

        dialect(provider).resolve(lower(project.definition(), provider))
        return
    from okra.migrations.directory import read_directory
    from okra.migrations.findings import sealed_hash

    for migration in read_directory(project.directory(), provider).migrations:
        sealed_hash(migration)


def _check_made_again(project: Project) -> None:
    """Nothing, if there are migrations, or the schema makes the database."""
    if project.target.mode is Mode.DECLARATIVE:
        return
    from okra.migrations.directory import read_directory
    from okra.textfiles import shown

    folder = project.directory()
    if not read_directory(folder, project.target.provider).migrations:
        raise UsageError(
            f"there are no migrations in `{shown(folder)}`: what a reset drops would not be made again",
            code="OKR645",
            place=str(project.url),
            help="write them first with `okra db:migrate:generate`; or, where `okra db:sync` makes the tables,\n"
            'say `"migrations": { "mode": "declarative" }` in the configuration; `--all` drops all there is;\n'
            "nothing was changed",
        )


def _synced(project: Project, target: Target, progress: Progress | None) -> SyncResult:
    from okra.declarative.sync import SyncOptions, sync
    from okra.projects.syncing import completed

    options = completed(project, SyncOptions(yes=True))
    result = sync(target, project.definition(), options, None, progress)
    if result.refused:
        lost = [each.text for each in result.losses] + [each.text for each in result.misfits]
        raise DatabaseError(
            f"the tables were dropped, and can't be made anew: {'; '.join(lost)}",
            code="OKR645",
            place=str(project.url),
            help="look at it with `okra db:sync`",
        )
    return result


def _target(project: Project) -> Target:
    return project.live_target()


def _models(project: Project) -> SchemaDefinition | None:
    """What the schema says; nothing where it can't be read and migrations say what there is to be."""
    if project.target.mode is Mode.DECLARATIVE:
        return project.definition()
    with suppress(SchemaError, UsageError):
        return project.definition()
    return None


def _escaped(name: str) -> str:
    """A pattern that this name alone fits."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)
