"""`verify --check`: whether the files of a migrations directory fit together. Opens no database, and proves nothing."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from okra.dialects import dialect
from okra.errors import OkraError
from okra.migrations.chain import check_sealed, check_twins
from okra.migrations.directory import CURRENT, read_directory
from okra.migrations.files import read_bytes
from okra.migrations.folder import SNAPSHOT
from okra.migrations.history import Direction
from okra.migrations.hooks import statements_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from okra.migrations.chain import Directory, Migration


class Unsound(msgspec.Struct, frozen=True, kw_only=True):
    """Something that keeps `up` or `generate` from going on, with its code and the way out."""

    code: str
    message: str
    place: str | None = None
    help: str | None = None


class Soundness(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in one directory.

    notes  what stops nobody, as sentences
    """

    provider: str
    migrations: int
    problems: tuple[Unsound, ...] = ()
    notes: tuple[str, ...] = ()


def check_directory(path: Path, provider: str) -> Soundness:
    """Every migration's files, and how they follow each other; one problem does not hide the next."""
    try:
        directory = read_directory(path, provider, twins=True)
    except OkraError as error:
        return Soundness(provider=provider, migrations=0, problems=(_problem(error),))
    checks: list[Callable[[], object]] = [
        partial(check_twins, directory.migrations),
        directory.check_chain,
        *(partial(_check_files, each, provider) for each in directory.migrations),
    ]
    problems: dict[Unsound, None] = {}
    for check in checks:
        try:
            check()
        except OkraError as error:
            problems[_problem(error)] = None
    return Soundness(
        provider=provider,
        migrations=len(directory.migrations),
        problems=tuple(problems),
        notes=tuple(_notes(directory)),
    )


def _check_files(migration: Migration, provider: str) -> None:
    """Nothing, if they are as they were sealed, and can be read."""
    files = migration.read()
    check_sealed(migration, files)
    migration.snapshot()
    for direction in Direction:
        statements_of(migration, files, direction, dialect(provider))


def _notes(directory: Directory) -> Iterator[str]:
    for each in directory.leftovers:
        yield (
            f"`{each.folder}` was squashed and is still there: "
            "`okra db:migrate:squash` takes it out, or remove it"
        )
    for each in directory.migrations:
        if not each.header.verified:
            yield f"`{each.folder}` was never proven: `okra db:migrate:verify` does that"
    newest = directory.newest
    current = directory.path / CURRENT / SNAPSHOT
    if newest is not None and (
        not os.path.lexists(current) or read_bytes(str(current)) != newest.snapshot_bytes()
    ):
        yield (
            f"`{CURRENT}/schema.json` is not that of `{newest.folder}`: "
            "`okra db:migrate:generate` mends it"
        )


def _problem(error: OkraError) -> Unsound:
    return Unsound(code=error.code, message=error.message, place=error.place, help=error.help)
