"""Migrations as values: where each stands in the chain, and whether its files are as they were sealed."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from okra.errors import ChecksumMismatch, DirectoryError, UsageError
from okra.migrations.files import directory_error, read_bytes
from okra.migrations.folder import SNAPSHOT
from okra.migrations.header import Header, migration_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.migrations.snapshot import Snapshot


class Files(msgspec.Struct, frozen=True, gc=False):
    """The SQL of one migration, as bytes."""

    migration: bytes
    rollback: bytes
    hooks: bytes | None = None


class Migration(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One migration of the directory: its header, and the folder it lies in."""

    header: Header
    path: str

    @property
    def version(self) -> str:
        return self.header.version

    @property
    def folder(self) -> str:
        """The name of its folder, which is how people speak of it."""
        return self.header.folder

    def file(self, name: str) -> str:
        """The path of one of its files."""
        return f"{self.path}/{name}"

    def read(self) -> Files:
        """Its SQL files.

        Raises  DirectoryError where one is missing or can't be read
        """
        try:
            return Files(*_read_parts(self.path))
        except OSError as error:
            raise directory_error(error, error.filename or self.path, "read") from error

    def hash(self) -> str:
        """The hash of its files as they are now."""
        try:
            return migration_hash(self.header.parent, *_read_parts(self.path))
        except OSError as error:
            raise directory_error(error, error.filename or self.path, "read") from error

    def snapshot(self) -> Snapshot:
        """Its schema.json, whole."""
        from okra.migrations.snapshot import decode_snapshot

        return decode_snapshot(self.snapshot_bytes(), place=self.file(SNAPSHOT))

    def snapshot_bytes(self) -> bytes:
        path = self.file(SNAPSHOT)
        try:
            return read_bytes(path)
        except OSError as error:
            raise directory_error(error, path, "read") from error


class Directory(msgspec.Struct, frozen=True, kw_only=True):
    """All migrations of one provider, the oldest first.

    leftovers  what was squashed and is still there: it counts as gone
    """

    path: Path
    provider: str
    migrations: tuple[Migration, ...] = ()
    leftovers: tuple[Migration, ...] = ()

    @property
    def newest(self) -> Migration | None:
        return self.migrations[-1] if self.migrations else None

    def find(self, wanted: str) -> Migration:
        """The migration with the version or the folder name `wanted`.

        Raises  UsageError with the nearest name
        """
        for migration in self.migrations:
            if wanted in (migration.version, migration.folder):
                return migration
        for migration in self.migrations:
            if any(wanted in (each.version, each.folder) for each in migration.header.replaces):
                raise UsageError(
                    f"`{wanted}` was squashed into `{migration.folder}`",
                    code="OKR525",
                    place=migration.path,
                    help=f"name `{migration.version}`, which takes its place",
                )
        from okra.nearest import nearest

        known = [item for each in self.migrations for item in (each.version, each.folder)]
        close = nearest(wanted, known)
        raise UsageError(
            f"there is no migration `{wanted}`",
            code="OKR525",
            place=str(self.path),
            help=f"did you mean `{close}`?"
            if close
            else "`okra db:migrate:status` lists all migrations",
        )

    def check_chain(self) -> None:
        """Nothing, if each migration follows the one before it.

        Raises  DirectoryError for a fork, a missing parent, and an order that contradicts the versions
        """
        known = {migration.version for migration in self.migrations}
        follower: dict[str | None, Migration] = {}
        for migration in self.migrations:
            parent = migration.header.parent
            if parent in follower:
                raise _fork(follower[parent], migration, parent)
            if parent is not None and parent not in known:
                raise self.missing_parent(migration, parent)
            if parent is not None and parent >= migration.version:
                raise _wrong_order(migration, parent)
            follower[parent] = migration

    def missing_parent(self, migration: Migration, parent: str) -> DirectoryError:
        """The error for a migration whose parent is not there: it was deleted, or squashed."""
        for each in self.migrations:
            if any(item.version == parent for item in each.header.replaces):
                return _squashed_parent(migration, parent, each)
        return missing_parent(migration, parent)


def check_twins(migrations: Sequence[Migration]) -> None:
    """Nothing, if no two have one version.

    Raises  DirectoryError
    """
    for one, other in pairwise(migrations):
        if one.version == other.version:
            raise _twins(one, other)


def without_leftovers(
    migrations: list[Migration],
) -> tuple[list[Migration], tuple[Migration, ...]]:
    """What a squash that was killed has not taken out of the directory is there no more: it was replaced."""
    replaced = {
        (each.version, each.hash, each.name)
        for migration in migrations
        for each in migration.header.replaces
    }
    if not replaced:
        return migrations, ()
    left = [
        each
        for each in migrations
        if (each.version, each.header.hash, each.header.name) in replaced
    ]
    return [each for each in migrations if each not in left], tuple(left)


def _squashed_parent(migration: Migration, parent: str, squashed: Migration) -> DirectoryError:
    return DirectoryError(
        f"`{migration.folder}` follows `{parent}`, which was squashed into `{squashed.folder}`",
        code="OKR455",
        place=migration.path,
        help="`okra db:migrate:rebase` makes it anew, if it is applied nowhere yet, where the archive has "
        f"what was squashed (`archive/{squashed.version}/`)\n"
        "else remove its folder, and `okra db:migrate:generate` writes what is missing",
    )


def files_hash(parent: str | None, files: Files) -> str:
    """`migration_hash` of files that were read."""
    return migration_hash(parent, files.migration, files.rollback, files.hooks)


def check_sealed(migration: Migration, files: Files) -> None:
    """Nothing, if the files are as they were when the migration was sealed.

    Raises  ChecksumMismatch that names `okra db:migrate:verify`
    """
    if files_hash(migration.header.parent, files) == migration.header.hash:
        return
    raise ChecksumMismatch(
        f"the files of `{migration.folder}` were edited after they were written",
        code="OKR460",
        place=migration.path,
        help="to keep the edit: `okra db:migrate:verify` proves the migration again and seals it\n"
        "to drop it: take the files back from version control",
    )


def decoded(data: bytes, path: str) -> str:
    """The text of a .sql file.

    Raises  DirectoryError for what is not UTF-8
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DirectoryError(
            f"the file is not UTF-8: {error.reason} at byte {error.start}",
            code="OKR458",
            place=path,
            help="save the file as UTF-8",
        ) from error


def _read_parts(path: str) -> tuple[bytes, bytes, bytes | None]:
    """The three files of a folder; most have no hooks, so asking for them must be cheap."""
    hooks = f"{path}/hooks.sql"
    return (
        read_bytes(f"{path}/migration.sql"),
        read_bytes(f"{path}/rollback.sql"),
        read_bytes(hooks) if os.access(hooks, os.F_OK) else None,
    )


def _fork(one: Migration, other: Migration, parent: str | None) -> DirectoryError:
    origin = f"`{parent}`" if parent else "the empty schema"
    return DirectoryError(
        f"`{one.folder}` and `{other.folder}` both follow {origin}",
        code="OKR454",
        place=other.path,
        help=merged_branches(),
    )


def _twins(one: Migration, other: Migration) -> DirectoryError:
    return DirectoryError(
        f"`{one.folder}` and `{other.folder}` have one version",
        code="OKR454",
        place=other.path,
        help=merged_branches(),
    )


def merged_branches() -> str:
    """The way out of a fork."""
    return (
        "two branches were merged: `okra db:migrate:rebase` makes the younger one, which must not be applied\n"
        "anywhere yet, anew on top of the other"
    )


def missing_parent(migration: Migration, parent: str) -> DirectoryError:
    """The error for a migration whose parent was deleted."""
    return DirectoryError(
        f"`{migration.folder}` follows `{parent}`, which is not in the directory",
        code="OKR455",
        place=migration.path,
        help=f"take `{parent}` back from version control, or let `okra db:migrate:repair` do that",
    )


def _wrong_order(migration: Migration, parent: str) -> DirectoryError:
    return DirectoryError(
        f"`{migration.folder}` follows `{parent}`, which is younger",
        code="OKR455",
        place=migration.path,
        help="take the directory back from version control: the chain of its snapshots is broken",
    )
