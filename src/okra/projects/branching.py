"""Branches that were merged: one side of each fork made anew on top of the other, for all providers together."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from okra.configuration.config import Provider, database_entries
from okra.errors import DatabaseError, UsageError
from okra.migrations.branches import Branch, Fork, Pick, any_applied, chosen, last_fork
from okra.migrations.chain import Directory
from okra.migrations.directory import next_version, read_directory, second_later
from okra.migrations.executor import Run
from okra.migrations.rebase import Ground, Remade, remake_branch
from okra.migrations.rewriting import replace_migrations
from okra.migrations.soundness import Soundness, check_directory
from okra.projects.claims import is_declarative

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okra.configuration.config import Output
    from okra.migrations.history import Record
    from okra.projects.project import Project

_EDITED = "OKR460"


class Moved(NamedTuple):
    """One side of a fork and what takes its place.

    base     the folder behind which the fork was; None: the empty schema
    onto     the folders of the other side, the oldest first
    guessed  nobody knows which side is applied elsewhere: the younger one was taken
    """

    provider: str
    base: str | None
    onto: tuple[str, ...]
    remade: tuple[Remade, ...]
    guessed: bool


class Rebased(NamedTuple):
    """What was done, fork by fork.

    asked  whether the database was asked what is applied
    """

    moved: tuple[Moved, ...]
    asked: bool


class _Side(NamedTuple):
    """A provider's fork, and which side of it is made anew."""

    output: Output
    directory: Directory
    fork: Fork
    branch: Branch
    guessed: bool


def rebase(
    project: Project,
    version: str | None = None,
    *,
    offline: bool = False,
    remake: bool = False,
    verify: bool = True,
    dry_run: bool = False,
    pick: Pick | None = None,
    now: datetime | None = None,
) -> Rebased:
    """Make one side of each fork anew on top of the other: all providers prove it before anything is written.

    version  a migration of the side that is made anew; None: the younger one, which must not be applied
    offline  do not ask the database what is applied
    remake   plan SQL anew that was edited by hand and does not work as it is
    verify   prove them
    dry_run  write nothing; of several forks the first is shown
    pick     asked which side it is, where neither is applied; None: the younger one

    Raises  UsageError, DirectoryError, DatabaseError where what would be made anew is applied, PlanError
    """
    asks = not offline and not is_declarative(project.target)
    records = _records(project) if asks else {}
    moment = now or datetime.now(UTC)
    moved: list[Moved] = []
    while sides := _sides(project, records, version, pick):
        versions = _versions(project, sides, moment)
        grounds = [_ground(project, side.output, remake=remake, verify=verify) for side in sides]
        found = [
            (side, remake_branch(ground, side.fork, side.branch, versions))
            for side, ground in zip(sides, grounds, strict=True)
        ]
        moved += (_moved(side, remade) for side, remade in found)
        if dry_run:
            break
        for side, remade in found:
            _replace(side, remade)
    if version is not None and not moved:
        raise _no_fork(version)
    return Rebased(tuple(moved), asked=asks)


def _ground(project: Project, output: Output, *, remake: bool, verify: bool) -> Ground:
    return Ground(
        provider=output.provider,
        dev=project.dev(output.provider),
        online=output.online,
        remake=remake,
        verify=verify,
    )


def _records(project: Project) -> Mapping[str, Record]:
    """The history of the project's database; it has none where there is none yet."""
    target = project.database_target()
    nothing = Directory(path=target.directory, provider=target.provider)
    try:
        with closing(Run(target, nothing, writes=False)) as run:
            run.load()
            return run.records
    except DatabaseError as error:
        offline = "where you know what is applied, name a side: `okra db:migrate:rebase VERSION --offline`"
        error.help = f"{error.help}\n{offline}" if error.help else offline
        raise


def _sides(
    project: Project, records: Mapping[str, Record], version: str | None, pick: Pick | None
) -> list[_Side]:
    """The last fork of each provider's directory, if there is any; the same side of it for all of them.

    The provider whose database was asked comes first: what is applied there decides for the others, too.
    """
    found: list[_Side] = []
    asked = project.target.provider
    for output in sorted(project.target.outputs, key=lambda each: each.provider != asked):
        directory = read_directory(project.directory(output.provider), output.provider, twins=True)
        fork = last_fork(directory)
        if fork is None:
            continue
        branch = _same(fork, found)
        if branch is None:
            known = records if output.provider == asked else {}
            branch = chosen(fork, known, version, pick)
        guessed = version is None and pick is None and not any_applied(fork, records)
        found.append(_Side(output, directory, fork, branch, guessed))
    return found


def _same(fork: Fork, found: list[_Side]) -> Branch | None:
    """The side of `fork` that has a migration which is made anew for another provider already."""
    versions = {each.folder for side in found for each in side.branch.migrations}
    for branch in fork.branches:
        if any(each.folder in versions for each in branch.migrations):
            return branch
    return None


def _versions(project: Project, sides: list[_Side], now: datetime) -> dict[str, str]:
    """A new version for each that is made anew, the same for all providers."""
    directories = [
        read_directory(project.directory(output.provider), output.provider, twins=True)
        for output in project.target.outputs
    ]
    version = max(next_version(directory, now) for directory in directories)
    found = {}
    for old in sorted({each.version for side in sides for each in side.branch.migrations}):
        found[old] = version
        version = second_later(version)
    return found


def _replace(side: _Side, remade: tuple[Remade, ...]) -> None:
    new = [each.after for each in remade if each.after is not None]
    replace_migrations(side.directory, new, side.branch.migrations)


def _moved(side: _Side, remade: tuple[Remade, ...]) -> Moved:
    base = side.fork.base
    return Moved(
        provider=side.output.provider,
        base=base.folder if base else None,
        onto=tuple(each.folder for each in side.fork.other(side.branch).migrations),
        remade=remade,
        guessed=side.guessed,
    )


def _no_fork(version: str) -> UsageError:
    return UsageError(
        f"there is no fork that `{version}` could be on a side of",
        code="OKR493",
        help="`okra db:migrate:status` shows all migrations: each follows the one before it",
    )


def check_files(project: Project) -> tuple[Soundness, ...]:
    """Whether the files of every provider's directory fit together; no database is opened."""
    if not project.target.outputs:
        project.check_versioned()
    return tuple(
        check_directory(project.directory(output.provider), output.provider)
        for output in project.target.outputs
    )


def edited_elsewhere(project: Project) -> tuple[str, ...]:
    """Where files of other providers were edited, too, as sentences: what is sealed is sealed for one of them."""
    target = project.target
    if len(target.outputs) < 2:  # noqa: PLR2004 - one and another
        return ()
    entry = dict(database_entries(project.settings.file))[target.database]
    environments: dict[str, str] = {}
    for name, part in (entry.environments or {}).items():
        provider = part.provider or entry.provider
        environments.setdefault(provider.value if provider else Provider.SQLITE.value, name)
    return tuple(
        f"migrations of {each.provider} were edited and not proven yet: "
        f"`okra db:migrate:verify --env {environments[each.provider]}`"
        for each in check_files(project)
        if each.provider != target.provider
        and any(problem.code == _EDITED for problem in each.problems)
    )
