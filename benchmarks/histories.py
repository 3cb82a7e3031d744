"""Make migrations directories with a long past, by the library: chains like any other.

    python benchmarks/histories.py FOLDER --models 10 100 1000 --migrations 1000

All migrations but the last belong to one small model, to which a column is added and from which it is taken again,
in turns; the last one brings the models of the workload, so that the newest snapshot is as large as it would be anyway.
For 1,000 models there will be FOLDER/1000/migrations and FOLDER/1000/models.okra.gql.
"""

from __future__ import annotations

import argparse
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from workload import schema

import okra
from okra.migrations.directory import read_directory, write_migration
from okra.migrations.draft import draft
from okra.migrations.snapshot import Contents
from okra.relational.model import Database

if TYPE_CHECKING:
    from collections.abc import Iterable

PROVIDER = "sqlite"
BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
SEED = "model Seed {\n  id: ID! @default(uuid)\n}\n"
LONGER_SEED = "model Seed {\n  id: ID! @default(uuid)\n  more: String?\n}\n"


def make_histories(folder: Path, *, models: Iterable[int], migrations: int) -> None:
    """A folder for each of `models`, each with `migrations` migrations and the schema they lead to."""
    seed = folder / "seed"
    for number in range(migrations - 1):
        add_migration(seed, LONGER_SEED if number % 2 else SEED)
    for count in models:
        project = folder / str(count)
        shutil.copytree(seed, project)
        add_migration(project, f"{schema(count)}{SEED}")


def add_migration(project: Path, text: str) -> None:
    """One more migration in `project`/migrations, which leads to the schema `text`."""
    directory = read_directory(project / "migrations", PROVIDER)
    newest = directory.newest.snapshot() if directory.newest else None
    before = newest.database if newest else Database()
    made = draft(PROVIDER, before, newest.models if newest else None, okra.parse(text))
    at = BEGINNING + timedelta(minutes=len(directory.migrations))
    version = f"{at:%Y%m%d_%H%M%S}"
    write_migration(
        directory,
        version=version,
        name=None,
        contents=Contents(database=made.after, models=made.models),
        migration_sql=made.migration_sql(version),
        rollback_sql=made.rollback_sql(version),
        verified=False,
    )
    (project / "models.okra.gql").write_text(text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--models", type=int, nargs="+", required=True)
    parser.add_argument("--migrations", type=int, required=True)
    options = parser.parse_args()
    (options.folder / "seed").mkdir(parents=True)
    make_histories(options.folder, models=options.models, migrations=options.migrations)


if __name__ == "__main__":
    main()
