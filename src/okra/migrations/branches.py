"""Forks: where two migrations follow the same one, because two branches were merged."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

from okra.errors import DatabaseError, DirectoryError, UsageError
from okra.migrations.chain import Migration
from okra.migrations.findings import named
from okra.migrations.history import State
from okra.migrations.squashed import archived, squashed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from okra.migrations.chain import Directory
    from okra.migrations.history import Record

Pick: TypeAlias = "Callable[[Fork], Branch]"

_GONE = (State.REVERTED, State.FAILED)


class Branch(msgspec.Struct, frozen=True):
    """The migrations of one side of a fork, the oldest first."""

    migrations: tuple[Migration, ...]

    @property
    def first(self) -> Migration:
        return self.migrations[0]

    def told(self) -> str:
        return named(each.folder for each in self.migrations)


class Fork(msgspec.Struct, frozen=True, kw_only=True):
    """Two branches behind one migration: `base` is None where both begin with the empty schema."""

    base: Migration | None
    older: Branch
    younger: Branch

    @property
    def branches(self) -> tuple[Branch, Branch]:
        return (self.older, self.younger)

    def other(self, branch: Branch) -> Branch:
        return self.younger if branch is self.older else self.older


def last_fork(directory: Directory) -> Fork | None:
    """The fork behind which there is none; of more than two branches the two oldest. None where there is no fork.

    What follows a migration that was squashed is a fork, too, where the archive has that one.

    Raises  DirectoryError where a parent is missing, or nobody can tell which of two is meant
    """
    followers: dict[str | None, list[Migration]] = {}
    strays: list[Migration] = []
    known = {each.version: each for each in directory.migrations}
    for migration in directory.migrations:
        parent = migration.header.parent
        if parent is not None and parent >= migration.version:
            raise directory.missing_parent(migration, parent)
        if parent is not None and parent not in known:
            strays.append(migration)
        followers.setdefault(parent, []).append(migration)
    forks: list[str | None] = [
        parent for parent, found in followers.items() if len(found) > 1 and parent in known
    ]
    forks += [None] if len(followers.get(None, ())) > 1 else []
    if forks:
        _check_twins(directory, followers)
        parent = max(forks, key=lambda each: each or "")
        older, younger = (_branch(each, followers) for each in followers[parent][:2])
        return Fork(base=known[parent] if parent else None, older=older, younger=younger)
    return _beside_a_squash(directory, strays[-1], followers) if strays else None


def _beside_a_squash(
    directory: Directory, stray: Migration, followers: Mapping[str | None, Sequence[Migration]]
) -> Fork:
    """A fork whose base was squashed together with what follows it on the other side."""
    parent = stray.header.parent or ""
    for each in squashed(directory):
        for base in archived(directory, each) or ():
            if base.version == parent:
                return Fork(
                    base=base, older=_branch(each, followers), younger=_branch(stray, followers)
                )
    raise directory.missing_parent(stray, parent)


def _check_twins(directory: Directory, followers: Mapping[str | None, Sequence[Migration]]) -> None:
    """Nothing, if no migration follows one of two that have one version."""
    seen: dict[str, Migration] = {}
    for migration in directory.migrations:
        twin = seen.setdefault(migration.version, migration)
        if twin is not migration and migration.version in followers:
            follower = followers[migration.version][0]
            raise DirectoryError(
                f"`{twin.folder}` and `{migration.folder}` have one version, and nobody can tell "
                f"which of them `{follower.folder}` follows",
                code="OKR469",
                place=follower.path,
                help="take the folders of one of both branches out of the directory, and run "
                "`okra db:migrate:generate`: what is missing is made anew",
            )


def _branch(first: Migration, followers: Mapping[str | None, Sequence[Migration]]) -> Branch:
    found = [first]
    while behind := followers.get(found[-1].version):
        found.append(behind[0])
    return Branch(tuple(found))


def chosen(
    fork: Fork, records: Mapping[str, Record], wanted: str | None, pick: Pick | None = None
) -> Branch:
    """The branch that is to be made anew: the one with `wanted` in it, else the younger one that is not applied.

    pick    asked where neither is applied; None: the younger one
    Raises  UsageError where `wanted` is in neither, DatabaseError where it is applied
    """
    if wanted is not None:
        return _named_branch(fork, records, wanted)
    older, younger = (_applied(branch, records) for branch in fork.branches)
    if older is None and younger is None and pick is not None:
        return pick(fork)
    if younger is None:
        return fork.younger
    if older is None:
        raise _ambiguous(fork, younger)
    raise _both(older, younger)


def any_applied(fork: Fork, records: Mapping[str, Record]) -> bool:
    """Whether the database has anything of either side."""
    return any(_applied(branch, records) is not None for branch in fork.branches)


def _named_branch(fork: Fork, records: Mapping[str, Record], wanted: str) -> Branch:
    for branch in fork.branches:
        if any(wanted in (each.version, each.folder) for each in branch.migrations):
            found = _applied(branch, records)
            if found is None:
                return branch
            other = _applied(fork.other(branch), records)
            raise _both(found, other) if other else _is_applied(found, fork.other(branch).first)
    raise UsageError(
        f"`{wanted}` is on neither side of the fork",
        code="OKR493",
        help=f"name one of {fork.older.told()}, or one of {fork.younger.told()}",
    )


def _applied(branch: Branch, records: Mapping[str, Record]) -> Migration | None:
    """The newest of a branch that the database has, if any; of two with one version, the one with its files."""
    for migration in reversed(branch.migrations):
        record = records.get(migration.version)
        if record is None or record.state in _GONE:
            continue
        if record.name == migration.header.name or record.checksum == migration.hash():
            return migration
    return None


def _is_applied(migration: Migration, other: Migration) -> DatabaseError:
    return DatabaseError(
        f"`{migration.folder}` is applied to this database: it is not made anew",
        code="OKR467",
        place=migration.path,
        help="if no other database has it, take it back first: `okra db:migrate:down`\n"
        f"else, if `{other.folder}` is applied nowhere: `okra db:migrate:rebase {other.version}`",
    )


def _ambiguous(fork: Fork, applied: Migration) -> DatabaseError:
    older = fork.older.first
    return DatabaseError(
        f"`{applied.folder}` is applied to this database, and `{older.folder}` is older and is not: "
        "which of them is to be made anew?",
        code="OKR467",
        place=applied.path,
        help=f"if `{applied.folder}` is yours alone, take it back and begin again: `okra db:migrate:down`, "
        "then `okra db:migrate:rebase`\n"
        f"if `{older.folder}` is applied nowhere: `okra db:migrate:rebase {older.version}`",
    )


def _both(one: Migration, other: Migration) -> DatabaseError:
    first, last = sorted((one, other), key=lambda each: each.version)
    return DatabaseError(
        f"`{first.folder}` and `{last.folder}` are both applied to this database: "
        "neither can be made anew",
        code="OKR467",
        place=last.path,
        help=f"take `{last.folder}` back with `okra db:migrate:down`, and run `okra db:migrate:rebase` again",
    )
