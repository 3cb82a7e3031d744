"""What a run may find when it compares the directory with the history, and what it then refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.errors import ChecksumMismatch, DatabaseError, DirectoryError
from okra.migrations.chain import Migration, check_sealed, files_hash
from okra.migrations.folder import UP_SQL
from okra.migrations.history import Record, State
from okra.migrations.squashed import is_covered, refuse_middle, replaced_versions
from okra.naming import migration_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from okra.migrations.chain import Directory
    from okra.migrations.executor import Run
    from okra.migrations.journal import Halfway

RETRIED = frozenset({"OKR511", "OKR513", "OKR514", "OKR515", "OKR518"})
_UNFINISHED = (State.RUNNING, State.REVERTING, State.UNKNOWN)
_NAMED = 5
_THERE = ("already exists", "duplicate column name", "there is already another")


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where the directory and the history stand to each other.

    applied  done, and in the directory
    pending  in the directory and not done, the oldest first
    done     the rows of all that is done, the oldest first
    """

    applied: tuple[Migration, ...]
    pending: tuple[Migration, ...]
    done: tuple[Record, ...]

    @property
    def late(self) -> tuple[Migration, ...]:
        """Those of `pending` that are older than something that is applied."""
        last = self.done[-1].version if self.done else ""
        return tuple(migration for migration in self.pending if migration.version < last)


def standing(directory: Directory, records: Mapping[str, Record]) -> Standing:
    """Compare the two by version."""
    done = sorted(
        (record for record in records.values() if record.state == State.DONE),
        key=lambda record: record.version,
    )
    versions = {record.version for record in done}
    return Standing(
        applied=tuple(each for each in directory.migrations if each.version in versions),
        pending=tuple(each for each in directory.migrations if each.version not in versions),
        done=tuple(done),
    )


def refuse(
    found: Standing,
    directory: Directory,
    records: Mapping[str, Record],
    halfway: Mapping[str, Halfway],
) -> None:
    """Nothing, if migrations can go on from here.

    Raises  DirectoryError or DatabaseError for the first thing that is in the way
    """
    directory.check_chain()
    refuse_middle(directory, records)
    refuse_missing(found.done, directory)
    refuse_edited(found.applied, records)
    refuse_unfinished(records, halfway)
    refuse_late(found)


def refuse_missing(done: Sequence[Record], directory: Directory) -> None:
    """Nothing, if the directory has every migration that is done, or one that it was squashed into.

    Raises  DirectoryError
    """
    there = {migration.version for migration in directory.migrations}
    there |= replaced_versions(directory)
    missing = [record for record in done if record.version not in there]
    if not missing:
        return
    one = len(missing) == 1
    raise DirectoryError(
        f"{named(folder_of(record) for record in missing)} {'was' if one else 'were'} applied to "
        f"the database but {'is' if one else 'are'} not in the directory",
        code="OKR462",
        place=str(directory.path),
        help=_way_back(missing[0], directory),
    )


def _way_back(record: Record, directory: Directory) -> str:
    for migration in directory.migrations:
        if migration.header.rebased == folder_of(record):
            return (
                f"it was made anew as `{migration.folder}`: take the folder of `{record.version}` back from "
                "version control,\n`okra db:migrate:down` takes it back, and then the folder can go again"
            )
    return (
        "take the folder back from version control, or let `okra db:migrate:repair` do that: "
        "without it nothing can go on or back"
    )


def refuse_edited(applied: Sequence[Migration], records: Mapping[str, Record]) -> None:
    """Nothing, if the files are what was applied. Reads all of them.

    Raises  ChecksumMismatch
    """
    edited = [each for each in applied if not is_as_applied(each, records)]
    if not edited:
        return
    raise ChecksumMismatch(
        f"{named(migration.folder for migration in edited)} "
        f"{'was' if len(edited) == 1 else 'were'} edited after being applied",
        code="OKR461",
        place=edited[0].path,
        help="take the files back from version control, or let `okra db:migrate:repair` do that, "
        "and put the change into a new migration",
    )


def is_as_applied(migration: Migration, records: Mapping[str, Record]) -> bool:
    """Whether the files are what was applied, or what the migrations that were applied were squashed into."""
    record = records[migration.version]
    now = migration.hash()
    if now == record.checksum:
        return True
    return now == migration.header.hash and is_covered(migration, record, records)


def refuse_unfinished(records: Mapping[str, Record], halfway: Mapping[str, Halfway]) -> None:
    """Nothing, if every migration is done, undone, or was begun in steps: `up` finds out how far those came.

    Raises  DatabaseError that names the ways out
    """
    for record in records.values():
        if record.state in _UNFINISHED and record.version not in halfway:
            raise DatabaseError(
                f"`{folder_of(record)}` is neither done nor undone: its state is `{record.state}`",
                code="OKR533",
                help="look at the database, then say what it is:\n"
                f"`okra db:migrate:resolve {record.version}` with `--applied`, `--reverted` or `--retry`",
            )


def refuse_late(found: Standing) -> None:
    """Nothing, if all that is pending comes after all that is done.

    Raises  DirectoryError that names the ways out
    """
    late = found.late
    if not late:
        return
    last = folder_of(found.done[-1])
    raise DirectoryError(
        f"{named(migration.folder for migration in late)} {'is' if len(late) == 1 else 'are'} "
        f"older than `{last}`, which is applied",
        code="OKR524",
        place=late[0].path,
        help=_ways_past(late, found.applied),
    )


def _ways_past(late: Sequence[Migration], applied: Sequence[Migration]) -> str:
    """What to do about those that are older than what is applied; what is applied may build on them."""
    there = f"`okra db:migrate:resolve {late[0].version} --applied`"
    builds = [each for each in applied if each.header.parent == late[-1].version]
    if builds:
        return f"`{builds[0].folder}`, which is applied, builds on it: look whether the database has it, and say so: {there}"
    one = len(late) == 1
    return (
        f"remove {'its folder' if one else 'their folders'} and run `okra db:migrate:generate`: "
        f"what {'it does' if one else 'they do'} is made anew on top of the newest\n"
        f"if the database has it already: {there}"
    )


def refuse_gap(migration: Migration, pending: Sequence[Migration]) -> None:
    """Nothing, if no older one than `migration` is `pending`: another run may have taken one back meanwhile.

    Raises  DatabaseError
    """
    if not pending or pending[0].version >= migration.version:
        return
    raise DatabaseError(
        f"another run has taken back `{pending[0].folder}`, on which `{migration.folder}` builds",
        code="OKR528",
        help="nothing was changed by this step; `okra db:migrate:up` applies both, once the other "
        "run has finished",
    )


def refuse_failed(migration: Migration, record: Record | None, checksum: str) -> None:
    """Nothing, if `migration` may be tried: it never failed, was mended, or failed for its surroundings.

    Raises  DatabaseError that names both ways out
    """
    if record is None or record.state != State.FAILED or record.checksum != checksum:
        return
    if record.error_code in RETRIED:
        return
    at = f" at statement {record.error_at_statement}" if record.error_at_statement else ""
    raise DatabaseError(
        f"`{migration.folder}` failed{at} and has not been mended: {record.error}",
        code="OKR523",
        place=migration.file(UP_SQL),
        help="nothing of it was left behind; mend the file and run `okra db:migrate:verify`,\n"
        "or, if what it failed on was mended elsewhere: "
        f"`okra db:migrate:resolve {record.version} --retry`"
        + made_by_hand(record.version, record.error or ""),
    )


def made_by_hand(version: str, error: str) -> str:
    """One more line of help, where the server's `error` is that something is there already."""
    if not any(words in error.lower() for words in _THERE):
        return ""
    return (
        "\nif the database has all that it makes, because somebody made it by hand:\n"
        f"`okra db:migrate:resolve {version} --applied`"
    )


def refuse_foreign_database(run: Run) -> None:
    """Nothing, if the database has a history or is empty.

    Raises  DatabaseError that names both ways out
    """
    if run.records or not run.strangers:
        return
    newest = run.directory.newest
    version = newest.version if newest else "VERSION"
    raise DatabaseError(
        f"the database is not empty and has no history: it has {named(run.strangers)}",
        code="OKR520",
        place=str(run.target.url),
        help="if it already is as a migration leaves it: "
        f"`okra db:migrate:up --baseline {version}` takes it over from there\n"
        "else name an empty database, or write its schema with `okra db:pull` first",
    )


def sealed_hash(migration: Migration) -> str:
    """The hash of the files, which must be what they were sealed with."""
    files = migration.read()
    check_sealed(migration, files)
    return files_hash(migration.header.parent, files)


def current_version(records: Mapping[str, Record]) -> str | None:
    """The newest version that is applied."""
    return max(
        (item.version for item in records.values() if item.state == State.DONE), default=None
    )


def folder_of(record: Record) -> str:
    """The folder's name of a row's migration."""
    return migration_folder(record.version, record.name)


def named(names: Iterable[str]) -> str:
    """The first few of `names`, and how many more there are."""
    found = [f"`{name}`" for name in names]
    more = len(found) - _NAMED
    return ", ".join(found[:_NAMED]) + (f" and {more} more" if more > 0 else "")
