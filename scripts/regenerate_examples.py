"""Make the migrations of the examples again, for every provider: from each past state of a schema, by `generate` alone.

    python scripts/regenerate_examples.py

`history/steps.json` of an example lists its migrations in order: name, time, and answers to what `generate` asks.
The folder `history/NN_name` holds the schema files that changed in that step, whole, as they were from then on; the
last step is the example's schema itself. Proving needs a PostgreSQL and a MariaDB or MySQL on this machine.
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

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
BLOG = EXAMPLES / "blog"
CLINIC = EXAMPLES / "clinic"
CONFIG = "okra.config.json"


class Step(NamedTuple):
    """One past state of the schema, and how its migration was asked for.

    files     all schema files of that state, by where they lie in the example
    defaults  (table, column) → SQL for rows that are there already
    """

    name: str
    at: datetime
    files: dict[Path, Path]
    defaults: dict[tuple[str, str], str]


def schema_folder(example: Path) -> Path:
    """Where the schema files of `example` lie, seen from it."""
    return Path("models") if (example / "models").is_dir() else Path()


def read_steps(example: Path = CLINIC) -> list[Step]:
    """The steps, the oldest first."""
    wanted = json.loads((example / "history" / "steps.json").read_text())
    home = schema_folder(example)
    files: dict[Path, Path] = {}
    steps = []
    for number, entry in enumerate(wanted, start=1):
        folder = example / "history" / f"{number:02}_{entry['name']}"
        if number == len(wanted):
            folder = example / home
        files = files | {home / path.name: path for path in sorted(folder.glob("*.okra.gql"))}
        steps.append(_step(entry, files))
    return steps


def _step(entry: dict[str, Any], files: dict[Path, Path]) -> Step:
    defaults = {}
    for where, sql in entry.get("default", {}).items():
        table, _, column = where.partition(".")
        defaults[table, column] = sql
    return Step(entry["name"], datetime.fromisoformat(entry["at"]), files, defaults)


def lay_out(step: Step, folder: Path) -> None:
    """Put the schema as it was at `step` into `folder`, which holds the configuration."""
    for old in folder.glob("**/*.okra.gql"):
        old.unlink()
    for name, path in step.files.items():
        target = folder / name
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, target)


def generate(step: Step, folder: Path) -> tuple[Written, ...]:
    """Write the migrations of `step` in `folder`, proven, as `okra db:migrate:generate` does."""
    lay_out(step, folder)
    project = okra.load(folder=folder, environ={})
    prepared = project.prepare(fills=step.defaults)
    return project.write(prepared, name=step.name, now=step.at)


def replay(folder: Path, example: Path = CLINIC) -> list[Written]:
    """Generate every migration of `example` in the empty folder `folder`."""
    shutil.copyfile(example / CONFIG, folder / CONFIG)
    return [written for step in read_steps(example) for written in generate(step, folder)]


def main() -> int:
    for example in (BLOG, CLINIC):
        with tempfile.TemporaryDirectory() as text:
            folder = Path(text)
            for written in replay(folder, example):
                proof = "proven" if written.verified else "not proven"
                print(f"{example.name} {written.provider} {written.version} ({proof})")
                if not written.verified:
                    return 1
            shutil.rmtree(example / "migrations", ignore_errors=True)
            shutil.copytree(folder / "migrations", example / "migrations")
    return 0


if __name__ == "__main__":
    sys.exit(main())
