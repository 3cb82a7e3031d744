"""Tests of migrations as values, and where their files lie."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from okra.errors import DirectoryError, UsageError
from okra.migrations.folder import SNAPSHOT
from okra.textfiles import read_text, shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from okra.migrations.chain import Directory, Migration

_VERSION = len("20240120_143022")
FOLDER = "tests"
MAX_BYTES = 16_000_000
UNREADABLE = "OKR652"


class GivenRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that a test puts into a table before the migration runs; names are the database's."""

    table: str
    values: Mapping[str, Any]
    place: str


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """A statement of a test.

    expected  the rows that it gives; None: it is run for what it does
    """

    sql: str
    place: str
    expected: tuple[tuple[Any, ...], ...] | None = None


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One test of one migration.

    before    statements that put rows there, besides `rows`
    up, down  what is run and asked after the migration, and after its way back
    """

    name: str
    version: str
    place: str
    rows: tuple[GivenRow, ...] = ()
    before: tuple[Act, ...] = ()
    up: tuple[Act, ...] = ()
    down: tuple[Act, ...] = ()


def read_cases(directory: Directory) -> dict[str, list[Case]]:
    """The tests of a migrations directory by version, in the order of their files.

    Those of `migrations/tests/` count for `migrations/postgres/` as well.

    Raises  DirectoryError for a file that is no test, or is one of a migration that does not exist
    """
    found: dict[str, list[Case]] = {}
    for path in _files(directory):
        shared = path.parent.parent != directory.path
        for case in _read(path, directory.provider):
            if shared and _is_elsewhere(directory, case):
                continue
            found.setdefault(_migration(directory, case).version, []).append(case)
    return found


def _is_elsewhere(directory: Directory, case: Case) -> bool:
    """Whether a test for all providers is of a migration that others have: it changes nothing for this one."""
    mine = {each.folder for each in directory.migrations}
    names = {
        path.name for path in directory.path.parent.glob("*/*_*/") if (path / SNAPSHOT).exists()
    }
    return not any(_is_called(name, case.version) for name in mine) and any(
        _is_called(name, case.version) for name in names
    )


def _is_called(folder: str, wanted: str) -> bool:
    return wanted in (folder, folder[:_VERSION], folder[_VERSION + 1 :])


def _files(directory: Directory) -> list[Path]:
    folders = [directory.path / FOLDER]
    if directory.path.name == directory.provider:
        folders.insert(0, directory.path.parent / FOLDER)
    found: list[Path] = []
    for folder in folders:
        if folder.is_dir():
            found += sorted(
                path
                for path in folder.iterdir()
                if path.suffix in (".yaml", ".yml", ".sql") and not path.name.startswith(".")
            )
    return found


def _read(path: Path, provider: str) -> Sequence[Case]:
    text = read_text(path, "the test", MAX_BYTES)
    if path.suffix == ".sql":
        from okra.trials.sqlcases import read_sql

        return read_sql(text, shown(path), path.stem, provider)
    from okra.trials.yamlcases import read_yaml

    return read_yaml(text, shown(path), path.stem, provider)


def _migration(directory: Directory, case: Case) -> Migration:
    """The migration that a test is of: by its version or folder, or by its name, which a rebase keeps."""
    named = [each for each in directory.migrations if each.header.name == case.version]
    if len(named) == 1:
        return named[0]
    try:
        return directory.find(case.version)
    except UsageError as error:
        raise DirectoryError(
            f"the test `{case.name}` is of the migration `{case.version}`, which is not there",
            code="OKR653",
            place=case.place,
            help=error.help,
        ) from error


def malformed(place: str, reason: str, help_: str | None = None) -> DirectoryError:
    """The error for a file that is no test of a migration."""
    return DirectoryError(
        f"the test can't be read: {reason}",
        code=UNREADABLE,
        place=place,
        help=help_ or "`okra explain OKR652` shows what a test looks like",
    )
