"""`verify`: prove migrations again that were edited by hand, or never proven, and seal them anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from okra.devdb import Dev
from okra.dialects import dialect
from okra.errors import ChecksumMismatch, DatabaseError, DirectoryError, PlanError
from okra.migrations.chain import Files, Migration, decoded, missing_parent
from okra.migrations.directory import mend_current, read_directory, seal
from okra.migrations.executor import Run, Target, opened
from okra.migrations.findings import refuse_edited, standing
from okra.migrations.folder import DOWN_SQL, HOOKS_SQL, UP_SQL
from okra.migrations.history import Direction, State
from okra.migrations.hooks import FILE_OF, Piece, pieces, without_way_back
from okra.relational.changes import Change, CreateTable, DropTable
from okra.relational.model import Database

if TYPE_CHECKING:
    from okra.dialects.base import Dialect
    from okra.migrations.chain import Directory
    from okra.migrations.prove import Proof, Watch
    from okra.migrations.snapshot import Snapshot

_ANYWHERE = Dev()


class VerifyResult(msgspec.Struct, frozen=True, kw_only=True):
    """What was proven and sealed, by folder name.

    messages  what was mended on the way, as sentences
    warnings  what the proofs do not say, as sentences
    """

    verified: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def verify(target: Target, version: str | None = None, *, dev: Dev = _ANYWHERE) -> VerifyResult:
    """Prove what is not applied and was edited or never proven, or just `version`; seal what holds.

    dev     where; a server like the target's is taken if there is one, and what differs is warned of
    Raises  ChecksumMismatch for an applied migration that was edited, PlanError where a proof fails
    """
    with opened(target, writes=False) as run:
        wanted = _wanted(run) if version is None else [_named(run, version)]
        directory = run.directory
        place = replace(dev, server_version=dev.server_version or run.session.server_version)
    done = []
    warnings: dict[str, None] = {}
    for migration in wanted:
        files = migration.read()
        proof = prove_again(directory, migration, files, place)
        told = (*proof.warnings, *without_way_back(migration, files))
        warnings.update(dict.fromkeys(told))
        seal(directory, migration, files)
        done.append(migration.folder)
    message = mend_current(read_directory(target.directory, target.provider))
    return VerifyResult(
        verified=tuple(done), messages=(message,) if message else (), warnings=tuple(warnings)
    )


def _wanted(run: Run) -> list[Migration]:
    found = standing(run.directory, run.records)
    refuse_edited(found.applied, run.records)
    return [
        migration
        for migration in found.pending
        if not migration.header.verified or migration.hash() != migration.header.hash
    ]


def _named(run: Run, version: str) -> Migration:
    migration = run.directory.find(version)
    record = run.records.get(migration.version)
    if record is not None and record.state == State.DONE:
        raise ChecksumMismatch(
            f"`{migration.folder}` is applied: it can't be changed any more",
            code="OKR465",
            place=migration.path,
            help="take its files back from version control, and put the change into a new migration;\n"
            "or take it back first: `okra db:migrate:down`",
        )
    return migration


def prove_again(
    directory: Directory,
    migration: Migration,
    files: Files,
    dev: Dev,
    watch: Watch | None = None,
) -> Proof:
    """Prove a migration of the directory with its files as they are now.

    watch   told of every stage
    Raises  PlanError, DirectoryError, DatabaseError, with the path of a file as their place
    """
    from okra.migrations.prove import prove

    parent = parent_snapshot(directory, migration)
    before = Database() if parent is None else parent.database
    after = migration.snapshot().database
    everything: list[Change] = [DropTable(table=table) for table in before.tables]
    everything += [CreateTable(table=table) for table in after.tables]
    migration_sql = decoded(files.migration, migration.file(UP_SQL))
    rollback_sql = decoded(files.rollback, migration.file(DOWN_SQL))
    hooks_sql = None
    if files.hooks is not None:
        hooks_sql = decoded(files.hooks, migration.file(HOOKS_SQL))
    provider = dialect(directory.provider)
    try:
        for direction, sql in ((Direction.UP, migration_sql), (Direction.DOWN, rollback_sql)):
            for piece in pieces(FILE_OF[direction], sql, hooks_sql, direction):
                refuse_misplaced(provider, piece)
        return prove(
            provider,
            before,
            after,
            everything,  # whoever edits by hand may touch any table
            migration_sql=migration_sql,
            rollback_sql=rollback_sql,
            hooks_sql=hooks_sql,
            dev=dev,
            watch=watch,
        )
    except (PlanError, DirectoryError, DatabaseError) as error:
        error.place = f"{migration.path}/{error.place}" if error.place else migration.path
        raise


def refuse_misplaced(provider: Dialect, piece: Piece) -> None:
    """Refuse before the proof what `up` would refuse: the proof would run it, outside of its database too."""
    try:
        provider.refuse_misplaced(provider.split(piece.text))
    except (DatabaseError, DirectoryError) as error:
        error.place = f"{piece.file}:{error.place}" if error.place else piece.file
        raise


def parent_snapshot(directory: Directory, migration: Migration) -> Snapshot | None:
    """What the migration starts from; None where it is the first."""
    parent = migration.header.parent
    if parent is None:
        return None
    for each in directory.migrations:
        if each.version == parent:
            return each.snapshot()
    raise missing_parent(migration, parent)
