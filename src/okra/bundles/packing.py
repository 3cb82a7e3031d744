"""What OKRA puts into a bundle: the models of each database, and its migrations as they lie in their directories."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from okra.bundles.archive import archive_bytes, check_names, read_archive
from okra.bundles.manifest import check_size, migrations_name, models_name, others, sealed
from okra.errors import PlanError
from okra.language.definition import SchemaDefinition
from okra.migrations.directory import ARCHIVE, read_directory
from okra.migrations.folder import HOOKS_SQL, SNAPSHOT, SQL
from okra.migrations.squashed import archived, squashed
from okra.relational.codec import encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from okra.migrations.chain import Directory, Migration

MODELS_FORMAT = 1


class Models(msgspec.Struct, frozen=True, kw_only=True):
    """models.okra.json: what the schema files say."""

    format: int
    models: SchemaDefinition


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """What a bundle has of one database.

    database     its name; None: it is the only one, without a name
    directories  its migrations: each provider and where they lie
    """

    database: str | None
    models: SchemaDefinition
    directories: tuple[tuple[str, Path], ...] = ()


def models_bytes(models: SchemaDefinition) -> bytes:
    """models.okra.json: the same models are the same bytes."""
    return encode(Models(format=MODELS_FORMAT, models=models)) + b"\n"


def packed(parts: Iterable[Part], path: Path) -> bytes:
    """The bundle that `path` should be: what others have put there stays, in front of what is OKRA's.

    Raises  BundleError where `path` is there and no bundle, or there would be too much in it; DirectoryError
    """
    kept = others(read_archive(path)) if os.path.lexists(path) else ()
    files: dict[str, bytes] = {}
    for part in parts:
        files[models_name(part.database)] = models_bytes(part.models)
        for provider, folder in part.directories:
            prefix = migrations_name(part.database, provider)
            if any(name.startswith(f"{prefix}/") for name in files):
                raise _twice(provider)
            files |= {f"{prefix}/{name}": data for name, data in _migrations(folder, provider)}
    entries = (*kept, *sealed(files))
    check_names(entries, path)
    data = archive_bytes(entries)
    check_size(entries, len(data))
    return data


def _migrations(folder: Path, provider: str) -> Iterator[tuple[str, bytes]]:
    directory = read_directory(folder, provider)
    directory.check_chain()
    for migration in directory.migrations:
        for name, data in _files(migration):
            yield f"{migration.folder}/{name}", data
    yield from _archived(directory)


def _archived(directory: Directory) -> Iterator[tuple[str, bytes]]:
    """What was squashed and kept, for databases that stopped in the middle of it."""
    for migration in squashed(directory):
        found = archived(directory, migration) or ()
        for each in found:
            for name, data in _files(each):
                yield f"{ARCHIVE}/{migration.version}/{each.folder}/{name}", data
        yield from _archived(replace(directory, migrations=found))


def _files(migration: Migration) -> Iterator[tuple[str, bytes]]:
    found = migration.read()
    yield SNAPSHOT, migration.snapshot_bytes()
    for name, data in zip(
        (*SQL, HOOKS_SQL), (found.migration, found.rollback, found.hooks), strict=True
    ):
        if data is not None:
            yield name, data


def _twice(provider: str) -> PlanError:
    return PlanError(
        f"two directories hold migrations for `{provider}`, and a bundle has room for one",
        code="OKR715",
        help="let the environments of one database share their `migrations.dir`, or make several databases of them",
    )
