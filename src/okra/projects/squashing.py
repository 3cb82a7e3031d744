"""The oldest migrations made one, for all providers together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from okra.errors import UsageError
from okra.migrations.directory import read_directory
from okra.migrations.rewriting import replace_migrations, take_leftovers
from okra.migrations.squash import Squash, chosen_range
from okra.migrations.squash import squash as squash_directory
from okra.migrations.squashed import archive_of

if TYPE_CHECKING:
    from okra.projects.project import Project


class Squashed(NamedTuple):
    """What was done, provider by provider; `cleared` are folders that an earlier squash had not taken away."""

    squashes: tuple[Squash, ...]
    cleared: tuple[str, ...] = ()


def squash(
    project: Project,
    *,
    before: str | None = None,
    keep: bool = False,
    keep_hooks: bool = False,
    verify: bool = True,
    dry_run: bool = False,
) -> Squashed:
    """Make all migrations before `before` one: all providers prove it before anything is written.

    before      a version, which stays, or a date; None: all
    keep        move the old ones into an archive folder; else they are removed
    keep_hooks  run their hooks in the new one
    dry_run     write nothing

    Raises  UsageError where there is nothing to squash, DirectoryError, ChecksumMismatch, PlanError
    """
    if not project.target.outputs:
        project.check_versioned()
    found = []
    cleared: list[str] = []
    for output in project.target.outputs:
        directory = read_directory(project.directory(output.provider), output.provider)
        if directory.leftovers and not dry_run:
            cleared += take_leftovers(directory, keep=keep)
            directory = read_directory(directory.path, output.provider)
        try:
            old = chosen_range(directory, before)
        except UsageError:
            if cleared and before is None:  # an earlier squash was killed: now it is whole
                continue
            raise
        dev = project.dev(output.provider)
        found.append(squash_directory(directory, old, dev, verify=verify, keep_hooks=keep_hooks))
    for each in found if not dry_run else ():
        archive = archive_of(each.directory, each.new.version) if keep else None
        replace_migrations(each.directory, [each.new], each.old, archive=archive)
    return Squashed(tuple(found), tuple(cleared))
