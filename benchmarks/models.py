"""Measure `okra models:generate`, and what the three generators take of it.

    python benchmarks/models.py                           # 1,000 models
    python benchmarks/models.py --models 100 --runs 3
    python benchmarks/models.py --write                   # also put the table into benchmarks/README.md

Each case is a process of its own, as in run.py: Python, OKRA's modules, the configuration, the schema (400 KB for 1,000
models), the generators, and the writing of the files.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from run import BASE, Case, Figure, compile_package, figure, machine, put, row
from workload import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from run import Prepare

BEGIN, END = "<!-- figures of types -->", "<!-- end of figures of types -->"
LANGUAGES = ("go", "typescript", "python")
ALL_OPTIONS = {
    "go": {"dateTime": "time.Time", "validate": True},
    "typescript": {"bigInt": "bigint", "dateTime": "Date", "zod": True},
    "python": {"style": "pydantic", "dateTime": "datetime", "id": "UUID"},
}
HEAD = ("| case | models | wall, s | CPU, s | memory, MiB | target |", "|---|--:|--:|--:|--:|---|")


def laid_out(generators: dict[str, dict[str, object]]) -> Prepare:
    """A folder with the schema and a configuration."""

    def prepare(folder: Path, count: int) -> Path:
        folder.mkdir()
        (folder / "models.okra.gql").write_text(schema(count))
        database = {"provider": "sqlite", "url": "sqlite://local.db"}
        configured = {"database": database, "models": {"generators": generators}}
        (folder / "okra.config.json").write_text(json.dumps(configured))
        return folder

    return prepare


def up_to_date(okra: str) -> Prepare:
    """The same with all files there."""
    prepare_empty = laid_out({language: {} for language in LANGUAGES})

    def prepare(folder: Path, count: int) -> Path:
        prepare_empty(folder, count)
        subprocess.run([okra, "models:generate", "--quiet"], check=True, cwd=folder)
        return folder

    return prepare


def cases(okra: str) -> Iterator[Case]:
    generate = ["models:generate"]
    usual = laid_out({language: {} for language in LANGUAGES})
    each = laid_out({language: {"files": "each"} for language in LANGUAGES})
    yield Case(BASE, None)
    yield Case("the schema alone: db:validate", ["db:validate"], usual)
    for language in LANGUAGES:
        yield Case(language, [*generate, "--language", language], usual)
    yield Case("three languages", generate, usual, 1.0)
    yield Case("three languages, nothing to write", generate, up_to_date(okra), 1.0)
    yield Case("three languages, a file for each model", generate, each)
    yield Case("three languages, every option", generate, laid_out(ALL_OPTIONS))


def measured(count: int, runs: int) -> Iterator[str]:
    okra = str(Path(sys.executable).with_name("okra"))
    base: Figure | None = None
    for case in cases(okra):
        command = (
            [sys.executable, "-c", "pass"] if case.arguments is None else [okra, *case.arguments]
        )
        found = figure(case, count if case.prepare else None, command, runs)
        base = base or found
        yield row(found, base)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    options = parser.parse_args()
    compile_package()
    lines = [f"{machine()}. Medians of {options.runs} runs.", "", *HEAD]
    for line in measured(options.models, options.runs):
        lines.append(line)
        print(line, file=sys.stderr)
    table = "\n".join(lines)
    print(table)
    if options.write:
        put(table, BEGIN, END)


if __name__ == "__main__":
    main()
