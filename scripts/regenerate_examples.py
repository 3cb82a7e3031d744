"""Make the migrations of examples/clinic again: from each past state of its schema, by `generate` alone.

    python scripts/regenerate_examples.py

`history/steps.json` lists the migrations in order: name, time, and answers to what `generate` asks. The folder
`history/NN_name` holds the schema files that changed in that step, whole, as they were from then on; the last
step is `models/` itself.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import okra

if TYPE_CHECKING:
    from okra.migrations.generate import Written

CLINIC = Path(__file__).resolve().parent.parent / "examples" / "clinic"
CONFIG = "okra.config.json"


class Step(NamedTuple):
    """One past state of the schema, and how its migration was asked for.

    files     all schema files of that state by name
    defaults  (table, column) → SQL for rows that are there already
    """

    name: str
    at: datetime
    files: dict[str, Path]
    defaults: dict[tuple[str, str], str]


def read_steps(example: Path = CLINIC) -> list[Step]:
    """The steps, the oldest first."""
    wanted = json.loads((example / "history" / "steps.json").read_text())
    files: dict[str, Path] = {}
    steps = []
    for number, entry in enumerate(wanted, start=1):
        folder = example / "history" / f"{number:02}_{entry['name']}"
        if number == len(wanted):
            folder = example / "models"
        files = files | {path.name: path for path in sorted(folder.glob("*.okra.gql"))}
        steps.append(_step(entry, files))
    return steps


def _step(entry: dict[str, Any], files: dict[str, Path]) -> Step:
    defaults = {}
    for where, sql in entry.get("default", {}).items():
        table, _, column = where.partition(".")
        defaults[table, column] = sql
    return Step(entry["name"], datetime.fromisoformat(entry["at"]), files, defaults)


def lay_out(step: Step, folder: Path) -> None:
    """Put the schema as it was at `step` into `folder`, which holds the configuration."""
    models = folder / "models"
    shutil.rmtree(models, ignore_errors=True)
    models.mkdir()
    for name, path in step.files.items():
        shutil.copyfile(path, models / name)


def generate(step: Step, folder: Path) -> Written:
    """Write the migration of `step` in `folder`, proven, as `okra db:migrate:generate` does."""
    lay_out(step, folder)
    project = okra.load(folder=folder, environ={})
    prepared = project.prepare(fills=step.defaults)
    (written,) = project.write(prepared, name=step.name, now=step.at)
    return written


def replay(folder: Path, example: Path = CLINIC) -> list[Written]:
    """Generate every migration of `example` in the empty folder `folder`."""
    shutil.copyfile(example / CONFIG, folder / CONFIG)
    return [generate(step, folder) for step in read_steps(example)]


def main() -> int:
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        for written in replay(folder):
            print(written.folder.name if written.folder else written.version)
        shutil.rmtree(CLINIC / "migrations", ignore_errors=True)
        shutil.copytree(folder / "migrations", CLINIC / "migrations")
    return 0


if __name__ == "__main__":
    sys.exit(main())
