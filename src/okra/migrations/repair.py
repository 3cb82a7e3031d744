"""`repair`: what keeps a migrations directory and its database from going on, and what of it can be mended without doubt.

Only files are mended, and what is written over is kept. The history is never written: what is true of a database is for
`resolve`, and for whoever has looked at it.
"""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from okra.errors import DatabaseError, OkraError
from okra.migrations.chain import Directory
from okra.migrations.copies import present, put_back, sealed_by, whole
from okra.migrations.directory import (
    ARCHIVE,
    CURRENT,
    mend_current,
    migration_folders,
    read_directory,
    read_migration,
    seal,
)
from okra.migrations.executor import Run
from okra.migrations.files import read_bytes
from okra.migrations.findings import folder_of, is_as_applied
from okra.migrations.folder import FILES, HOOKS_SQL, SNAPSHOT, SQL
from okra.migrations.history import State
from okra.migrations.rewriting import take_leftovers
from okra.migrations.squashed import for_the_middle, replaced_versions
from okra.migrations.status import migrate_status
from okra.migrations.verify import prove_again

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from okra.devdb import Dev
    from okra.migrations.chain import Migration
    from okra.migrations.copies import Copy, Kept
    from okra.migrations.executor import Target
    from okra.migrations.history import Record
    from okra.migrations.snapshot import Snapshot

_IN_GIT = frozenset({"OKR452", "OKR466"})
_NO_HISTORY = frozenset({"OKR521", "OKR522", "OKR527", "OKR534"})
"""Nobody knows what is applied."""

_IN_DOUBT = frozenset({"OKR533", "OKR561"})
_LATE = "OKR524"


class Fault(NamedTuple):
    """Something that is wrong.

    mend  what repair does about it, as a sentence; None: only a person can, and `help` says how
    do    does it, and says what it did
    """

    code: str
    message: str
    place: str | None
    help: str | None
    mend: str | None = None
    do: Callable[[], str] | None = None


def look(target: Target, kept: Kept, dev: Dev) -> tuple[Fault, ...]:
    """What is wrong now. What is found first may hide more: look again when it is mended. Changes nothing.

    Raises  DatabaseError where the server can't be reached
    """
    return _Look(target, kept, dev).faults()


class _Look:
    """One look at a directory and its database."""

    def __init__(self, target: Target, kept: Kept, dev: Dev) -> None:
        self._target = target
        self._path = target.directory
        self._kept = kept
        self._dev = dev
        self._records: Mapping[str, Record] = {}

    def faults(self) -> tuple[Fault, ...]:
        """From the files that all else depends on to what only a person knows."""
        try:
            self._read_history()
        except DatabaseError as error:
            if error.code not in _NO_HISTORY:
                raise
            return (_person(error),)
        try:
            found = tuple(self._unreadable())
            if found:
                return found
            directory = read_directory(self._path, self._target.provider, twins=True)
            whole_way = for_the_middle(directory, self._records)
            found = (*self._missing(directory), *self._changed(whole_way))
            if any(each.do for each in found):
                return found
            told = {each.message for each in found}
            rest = (*self._rest(directory), *self._problems())
            return (*found, *(each for each in rest if each.message not in told))
        except OkraError as error:
            return (_person(error),)

    def _read_history(self) -> None:
        nothing = Directory(path=self._path, provider=self._target.provider)
        with closing(Run(self._target, nothing, writes=False)) as run:
            run.load()
            self._records = run.records

    def _unreadable(self) -> Iterator[Fault]:
        """Snapshots that are missing or broken, and SQL that is missing."""
        for name in migration_folders(self._path):
            folder = self._path / name
            try:
                migration = read_migration(str(folder), name)
                migration.snapshot()
            except OkraError as error:
                yield self._broken_snapshot(folder, error)
                continue
            try:
                migration.read()
            except OkraError as error:
                yield self._missing_files(migration, error)

    def _broken_snapshot(self, folder: Path, error: OkraError) -> Fault:
        """The snapshot that belongs to the SQL that is there; else the newest, and the SQL is looked at next."""
        copies = self._copies(folder) if error.code in _IN_GIT else []
        if not copies:
            return _person(error)
        here = present(folder)
        fitting = [copy for copy, found in copies if sealed_by(found, here) == found.header.hash]
        copy = fitting[0] if fitting else copies[0][0]
        return _restoring(error, folder, copy, {SNAPSHOT: copy.files[SNAPSHOT]})

    def _missing_files(self, migration: Migration, error: OkraError) -> Fault:
        folder = Path(migration.path)
        here = present(folder)
        for copy, found in self._copies(folder):
            if found.header.hash == migration.header.hash:
                lost = {name: copy.files[name] for name in SQL if name not in here}
                return _restoring(error, folder, copy, dict(lost)) if lost else _person(error)
        return _person(error)

    def _missing(self, directory: Directory) -> Iterator[Fault]:
        """Folders that are gone, of what is applied or of what another migration follows."""
        there = {each.version for each in directory.migrations} | replaced_versions(directory)
        remade = {each.header.rebased for each in directory.migrations}
        gone: dict[str, str | None] = {}
        for migration in directory.migrations:
            if migration.header.parent not in {None, *there}:
                gone[str(migration.header.parent)] = None
        for record in self._records.values():
            if record.state == State.DONE and record.version not in there:
                gone[record.version] = record.checksum
        for version, checksum in sorted(gone.items()):
            for name in self._kept.names(self._path, version):
                if name not in remade:
                    yield from self._gone(directory, name, checksum)

    def _gone(self, directory: Directory, name: str, checksum: str | None) -> Iterator[Fault]:
        """The newest copy of a folder, if it closes the gap and makes no fork."""
        parents = {each.header.parent for each in directory.migrations}
        for copy, found in self._copies(self._path / name):
            if checksum in (None, found.header.hash) and found.header.parent not in parents:
                yield Fault(
                    code="OKR462" if checksum else "OKR455",
                    message=f"`{name}` is not in the directory, and "
                    + ("is applied" if checksum else "another migration follows it"),
                    place=str(self._path),
                    help=None,
                    mend=f"take the folder back from {copy.title}",
                    do=_putting(self._path / name, copy, dict(copy.files)),
                )
                return

    def _changed(self, directory: Directory) -> Iterator[Fault]:
        """Files that are not as they were sealed, or not as they were applied."""
        for migration in directory.migrations:
            record = self._records.get(migration.version)
            if record is not None and record.state == State.DONE:
                if not is_as_applied(migration, self._records):
                    yield self._edited_applied(migration, record)
                continue
            free = record is None or record.state in (State.REVERTED, State.FAILED)
            if free and migration.hash() != migration.header.hash:
                yield self._edited(directory, migration)

    def _edited_applied(self, migration: Migration, record: Record) -> Fault:
        folder = Path(migration.path)
        here = present(folder)
        error = DatabaseError(
            f"`{folder_of(record)}` was edited after being applied",
            code="OKR461",
            place=migration.path,
            help="take the files back from wherever there is a copy of them, and put the change into a new "
            "migration:\ngit has none that is what was applied",
        )
        header = migration.header
        sealed = (
            header.hash if header.replaces else record.checksum
        )  # a row may be of what was squashed
        for copy, found in self._copies(folder):
            if found.header.hash == sealed:
                told = (found.header.hash, found.header.parent)
                names = (*SQL, HOOKS_SQL) if told == (header.hash, header.parent) else FILES
                return _restoring(error, folder, copy, _differing(names, copy, here))
        return _person(error)

    def _edited(self, directory: Directory, migration: Migration) -> Fault:
        """Not applied: hooks.sql that is only lost comes back; an edit is proven and sealed."""
        folder = Path(migration.path)
        here = present(folder)
        for copy, found in self._copies(folder) if HOOKS_SQL not in here else ():
            hooks = copy.files.get(HOOKS_SQL)
            if hooks is not None and found.header.hash == migration.header.hash:
                error = DatabaseError(
                    f"`{migration.folder}` has lost its hooks.sql",
                    code="OKR464",
                    place=migration.path,
                )
                if sealed_by(found, here | {HOOKS_SQL: hooks}) == migration.header.hash:
                    return _restoring(error, folder, copy, {HOOKS_SQL: hooks})

        def do() -> str:
            files = migration.read()
            prove_again(directory, migration, files, self._dev)
            seal(directory, migration, files)
            return f"`{migration.folder}` was proven and sealed"

        return Fault(
            code="OKR460",
            message=f"`{migration.folder}` was edited after it was written, and is not applied to this database",
            place=migration.path,
            help="to drop the edit: take the files back from version control",
            mend="prove it as it is now, and seal it",
            do=do,
        )

    def _rest(self, directory: Directory) -> Iterator[Fault]:
        """What stops nobody yet."""
        if directory.leftovers:
            names = ", ".join(f"`{each.folder}`" for each in directory.leftovers)
            yield Fault(
                code="OKR475",
                message=f"a squash was stopped before it had taken out {names}",
                place=str(self._path),
                help=None,
                mend=f"move that into `{ARCHIVE}`",
                do=lambda: (
                    f"{', '.join(take_leftovers(directory, keep=True))} moved into `{ARCHIVE}`"
                ),
            )
        path = self._path / CURRENT / SNAPSHOT
        there = os.path.lexists(path)
        newest = directory.newest
        if newest is None and not there:
            return
        if newest is None or not there or read_bytes(str(path)) != newest.snapshot_bytes():
            yield Fault(
                code="OKR474",
                message=f"`{CURRENT}/schema.json` is not that of the newest migration",
                place=str(path),
                help=None,
                mend="make it that",
                do=lambda: mend_current(directory) or f"`{CURRENT}/schema.json` is right by now",
            )

    def _problems(self) -> Iterator[Fault]:
        """What else `up` refuses: it names the commands that lead out."""
        found = migrate_status(self._target, drift=False).problems
        in_doubt = any(each.code in _IN_DOUBT for each in found)
        for each in found:
            if in_doubt and each.code == _LATE:
                continue  # what is in doubt is not late: it may be applied
            yield Fault(code=each.code, message=each.message, place=None, help=each.help)

    def _copies(self, folder: Path) -> list[tuple[Copy, Snapshot]]:
        return whole(self._kept.copies(folder), folder.name, self._target.provider)


def _person(error: OkraError) -> Fault:
    return Fault(error.code, error.message, error.place, error.help)


def _differing(
    names: tuple[str, ...], copy: Copy, here: Mapping[str, bytes]
) -> dict[str, bytes | None]:
    """Those of `names` that are not as in the copy; None: it has none."""
    return {name: copy.files.get(name) for name in names if copy.files.get(name) != here.get(name)}


def _restoring(
    error: OkraError, folder: Path, copy: Copy, wanted: dict[str, bytes | None]
) -> Fault:
    names = ", ".join(wanted)
    there = any((folder / name).exists() for name in wanted)
    kept = "; what is there now is kept" if there else ""
    return Fault(
        code=error.code,
        message=error.message,
        place=error.place,
        help=None,
        mend=f"take {names} back from {copy.title}{kept}",
        do=_putting(folder, copy, wanted),
    )


def _putting(folder: Path, copy: Copy, wanted: Mapping[str, bytes | None]) -> Callable[[], str]:
    def do() -> str:
        aside = put_back(folder, wanted)
        kept = f"; what was there is now in `{aside.parent.name}/{aside.name}`" if aside else ""
        return f"`{folder.name}`: {', '.join(wanted)} taken back from {copy.title}{kept}"

    return do
