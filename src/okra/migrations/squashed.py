"""What a squashed migration means for a database that has, or has begun with, those that it took the place of."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.errors import ChecksumMismatch, DatabaseError, DirectoryError
from okra.migrations.directory import ARCHIVE, read_directory
from okra.migrations.history import State

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from okra.migrations.chain import Directory, Migration
    from okra.migrations.header import Replaced
    from okra.migrations.history import Record

_GONE = (State.REVERTED, State.FAILED)


class Coverage(Enum):
    """How much of what was squashed a database has.

    NONE  it has the squashed migration itself, or nothing
    ALL   it has all of them: that counts as having the squashed one
    PART  it stopped in the middle of them
    """

    NONE = auto()
    ALL = auto()
    PART = auto()


def coverage(migration: Migration, records: Mapping[str, Record]) -> Coverage:
    """What the history says of those that `migration` took the place of."""
    header = migration.header
    own = records.get(header.version)
    if not header.replaces or (own is not None and own.checksum == header.hash):
        return Coverage.NONE
    if not any(_is_begun(each, records) for each in header.replaces):
        return Coverage.NONE
    done = all(_is_done(each, records) for each in header.replaces)
    return Coverage.ALL if done else Coverage.PART


def _is_done(item: Replaced, records: Mapping[str, Record]) -> bool:
    record = records.get(item.version)
    if record is not None and record.state == State.DONE and record.checksum == item.hash:
        return True
    return bool(item.replaces) and all(_is_done(each, records) for each in item.replaces)


def _is_begun(item: Replaced, records: Mapping[str, Record]) -> bool:
    record = records.get(item.version)
    begun = record is not None and record.state not in _GONE
    return begun or any(_is_begun(each, records) for each in item.replaces)


def squashed(directory: Directory) -> Iterator[Migration]:
    """The migrations that took the place of others."""
    return (each for each in directory.migrations if each.header.replaces)


def replaced_versions(directory: Directory) -> set[str]:
    """The versions of all that migrations of the directory took the place of."""
    return {
        version
        for migration in squashed(directory)
        for version in versions_of(migration.header.replaces)
    }


def parts_had(directory: Directory, records: Mapping[str, Record]) -> set[str]:
    """The versions of what a database has of migrations that were squashed, where it stopped in the middle."""
    return {
        version
        for migration in squashed(directory)
        if coverage(migration, records) is Coverage.PART
        for version in versions_of(migration.header.replaces)
        if version in records and records[version].state == State.DONE
    }


def missing_parts(migration: Migration, records: Mapping[str, Record]) -> tuple[Replaced, ...]:
    """What a database that stopped in the middle lacks of those that were squashed into `migration`."""
    if coverage(migration, records) is not Coverage.PART:
        return ()
    return tuple(each for each in migration.header.replaces if not _is_done(each, records))


def versions_of(items: Collection[Replaced]) -> Iterator[str]:
    """The versions of all of `items`, and of what had been squashed into them."""
    for item in items:
        yield item.version
        yield from versions_of(item.replaces)


def is_covered(migration: Migration, record: Record, records: Mapping[str, Record]) -> bool:
    """Whether a row with another checksum is right: it is of the one that was squashed last."""
    if record.checksum == migration.header.hash:
        return False
    return coverage(migration, records) is Coverage.ALL


def for_the_middle(directory: Directory, records: Mapping[str, Record]) -> Directory:
    """The directory for a database that stopped in the middle of what was squashed: it goes on with the archive."""
    if any(coverage(each, records) is Coverage.PART for each in squashed(directory)):
        return taken_apart(directory, records)
    return directory


def taken_apart(directory: Directory, records: Mapping[str, Record]) -> Directory:
    """The directory with what was squashed in place of the squashed one, where the archive has it and the database too.

    Raises  DirectoryError where the archive can't be read, ChecksumMismatch where it was edited
    """
    for migration in squashed(directory):
        if coverage(migration, records) is Coverage.NONE:
            continue
        found = archived(directory, migration)
        if found is not None:
            others = [each for each in directory.migrations if each is not migration]
            together = sorted([*others, *found], key=lambda each: each.version)
            return taken_apart(replace(directory, migrations=tuple(together)), records)
    return directory


def archived(directory: Directory, migration: Migration) -> tuple[Migration, ...] | None:
    """What `migration` took the place of, from the archive; None where it is not there.

    Raises  DirectoryError where the archive can't be read, ChecksumMismatch where it was edited
    """
    folder = directory.path / ARCHIVE / migration.version
    if not folder.is_dir():
        return None
    migration.snapshot()  # sealed, so that what it says of them is true
    there = {each.version: each for each in read_directory(folder, directory.provider).migrations}
    wanted = migration.header.replaces
    if any(each.version not in there for each in wanted):
        return None
    for each in wanted:
        if there[each.version].header.hash != each.hash:
            raise _edited_archive(there[each.version], migration)
    return tuple(there[each.version] for each in wanted)


def refuse_middle(directory: Directory, records: Mapping[str, Record]) -> None:
    """Nothing, if the database has all or nothing of what was squashed.

    Raises  DatabaseError that names the ways out
    """
    for migration in squashed(directory):
        if coverage(migration, records) is Coverage.PART:
            raise _middle(migration, records)


def refuse_covered(migration: Migration, records: Mapping[str, Record]) -> None:
    """Nothing, if the squashed migration was run itself: its rollback.sql takes back the whole of it.

    Raises  DirectoryError that says where the files are
    """
    if coverage(migration, records) is Coverage.NONE:
        return
    parts = migration.header.replaces
    last = next((each for each in reversed(parts) if _is_done(each, records)), parts[-1])
    raise DirectoryError(
        f"the database has `{last.folder}`, which was squashed into `{migration.folder}`: "
        "its rollback.sql is not in the directory",
        code="OKR492",
        place=migration.path,
        help=f"take the {len(parts)} folders that were squashed back from version control, "
        f"into `{ARCHIVE}/{migration.version}/` of the migrations directory, and run it again: "
        "they are used from there",
    )


def _middle(migration: Migration, records: Mapping[str, Record]) -> DatabaseError:
    parts = migration.header.replaces
    missing = missing_parts(migration, records)
    differing = [
        each
        for each in missing
        if (record := records.get(each.version)) is not None and record.state == State.DONE
    ]
    said = f"it has {len(parts) - len(missing)} of the {len(parts)}, and not `{missing[0].folder}`"
    if differing:
        said = f"it has `{differing[0].folder}` with other files than those that were squashed"
    return DatabaseError(
        f"the database stopped in the middle of the migrations that were squashed into `{migration.folder}`: {said}",
        code="OKR491",
        place=migration.path,
        help=f"take the {len(parts)} folders that were squashed back from version control, into "
        f"`{ARCHIVE}/{migration.version}/` of the migrations directory, and run `okra db:migrate:up`: "
        "it goes on with them from there\n"
        f"if it has all that they make: `okra db:migrate:resolve {migration.version} --applied`",
    )


def _edited_archive(found: Migration, migration: Migration) -> ChecksumMismatch:
    return ChecksumMismatch(
        f"`{found.folder}` in the archive is not what was squashed into `{migration.folder}`",
        code="OKR461",
        place=found.path,
        help="take the folder back from version control",
    )


def archive_of(directory: Directory, version: str) -> Path:
    """The folder for what is squashed into `version`."""
    return Path(directory.path) / ARCHIVE / version
