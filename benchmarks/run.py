"""Measure the command line, each case in a process of its own, and print the table of README.md.

    python benchmarks/run.py                              # all cases, with 10, 100 and 1,000 models
    python benchmarks/run.py --models 1000 --runs 3 --only "first migration"
    python benchmarks/run.py --write                      # also put the table into benchmarks/README.md

Needs an environment in which OKRA is installed; it runs the `okra` beside the Python that runs it.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from workload import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HERE = Path(__file__).resolve().parent
MODELS = (10, 100, 1000)
SHORT, LONG = 10, 1000
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
BASE = "python -c pass"


Prepare: TypeAlias = "Callable[[Path, int], Path]"


class Case(NamedTuple):
    """One thing to measure.

    arguments  the command line; None: `python -c pass`
    prepare    lays out a new folder for it, given the number of models; not measured. Returns where to run, which
               is another folder for what changes nothing
    limit      seconds at 1,000 models, or times `python -c pass`
    """

    name: str
    arguments: Sequence[str] | None
    prepare: Prepare | None = None
    limit: float | None = None
    relative: bool = False


class Sample(NamedTuple):
    """What one run took: seconds, seconds, MiB."""

    wall: float
    cpu: float
    memory: float


class Figure(NamedTuple):
    case: Case
    models: int | None
    sample: Sample


class Layouts:
    """The folders that the cases start from, each made once by OKRA itself."""

    def __init__(self, okra: Sequence[str], folder: Path, models: Sequence[int]) -> None:
        self._okra = okra
        self._folder = folder
        self._models = models

    def schema_only(self, folder: Path, count: int) -> Path:
        folder.mkdir()
        (folder / "models.okra.gql").write_text(schema(count))
        return folder

    def generated(self, folder: Path, count: int) -> Path:
        """The first migration is there, nothing is applied."""
        made = self._folder / f"generated-{count}"
        if not made.exists():
            self.schema_only(made, count)
            self._run(made, "db:migrate:generate", "--no-verify")
        return shutil.copytree(made, folder)

    def applied(self, _folder: Path, count: int) -> Path:
        """The first migration is applied."""
        made = self._folder / f"applied-{count}"
        if not made.exists():
            self._run(self.generated(made, count), "db:migrate:up")
        return made

    def synced(self, _folder: Path, count: int) -> Path:
        """The database is as the schema says."""
        made = self._folder / f"synced-{count}"
        if not made.exists():
            self._run(self.schema_only(made, count), "db:sync")
        return made

    def synced_before(self, folder: Path, count: int) -> Path:
        """The database is as the schema said before it got one column more."""
        shutil.copytree(self.synced(folder, count), folder)
        (folder / "models.okra.gql").write_text(schema(count, extra=True))
        return folder

    def changed_after(self, migrations: int) -> Prepare:
        """So many migrations are there, and the schema has one column more than the newest of them."""

        def prepare(folder: Path, count: int) -> Path:
            shutil.copytree(self._history(migrations) / str(count), folder)
            models = folder / "models.okra.gql"
            models.write_text(models.read_text().replace(schema(count), schema(count, extra=True)))
            return folder

        return prepare

    def applied_after(self, migrations: int) -> Prepare:
        """So many migrations are there, and all of them are applied."""

        def prepare(_folder: Path, count: int) -> Path:
            made = self._history(migrations) / str(count)
            if not (made / "local.db").exists():
                self._run(made, "db:migrate:up")
            return made

        return prepare

    def _history(self, migrations: int) -> Path:
        folder = self._folder / f"history-{migrations}"
        if not folder.exists():
            counts = [str(count) for count in self._models]
            command = [HERE / "histories.py", folder, "--migrations", str(migrations)]
            subprocess.run([sys.executable, *command, "--models", *counts], check=True)
        return folder

    def _run(self, folder: Path, *arguments: str) -> None:
        subprocess.run([*self._okra, *arguments, "--quiet"], check=True, cwd=folder)


def cases(layouts: Layouts) -> list[Case]:
    """Everything that is measured, in the order of the table."""
    generate = ["db:migrate:generate"]
    return [
        Case(BASE, None),
        Case("okra --version", ["--version"], limit=2, relative=True),
        Case("okra --help", ["--help"], limit=6, relative=True),
        Case("db:validate", ["db:validate"], layouts.schema_only, 0.5),
        Case("first migration", generate, layouts.schema_only, 2.0),
        Case("first migration, --no-verify", [*generate, "--no-verify"], layouts.schema_only, 1.0),
        Case(
            f"one column more, after {SHORT} migrations",
            generate,
            layouts.changed_after(SHORT),
            0.8,
        ),
        Case(
            f"one column more, after {LONG:,} migrations",
            generate,
            layouts.changed_after(LONG),
            0.8,
        ),
        Case("up, everything", ["db:migrate:up"], layouts.generated),
        Case("up, nothing to do", ["db:migrate:up"], layouts.applied, 0.2),
        Case(
            f"up, nothing to do after {LONG:,} migrations",
            ["db:migrate:up"],
            layouts.applied_after(LONG),
        ),
        Case("sync, everything", ["db:sync"], layouts.schema_only),
        Case("sync, one column more", ["db:sync"], layouts.synced_before, 0.8),
        Case("sync, nothing to do", ["db:sync"], layouts.synced, 0.8),
    ]


def measure(command: Sequence[str], folder: Path) -> Sample:
    """Run `command` in `folder` and wait for it."""
    silence = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    os.chdir(folder)
    started = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=silence)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - started
    if status != 0:
        raise SystemExit(f"failed: {' '.join(command)} (in {folder})")
    return Sample(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median(samples: Sequence[Sample]) -> Sample:
    return Sample(*(statistics.median(values) for values in zip(*samples, strict=True)))


def figure(case: Case, models: int | None, command: Sequence[str], runs: int) -> Figure:
    """The median of `runs` runs, each in a new folder, after one that is not counted."""
    samples = []
    for _ in range(runs + 1):
        with tempfile.TemporaryDirectory() as text:
            folder = Path(text) / "project"
            where = Path(text) if case.prepare is None else case.prepare(folder, models or 0)
            samples.append(measure(command, where))
            os.chdir(HERE)
    return Figure(case, models, median(samples[1:]))


def measured(okra: Sequence[str], options: argparse.Namespace) -> list[Figure]:
    figures = []
    with tempfile.TemporaryDirectory() as text:
        layouts = Layouts(okra, Path(text), options.models)
        for case in cases(layouts):
            if case.name != BASE and options.only not in case.name:
                continue
            command = [sys.executable, "-c", "pass"]
            if case.arguments is not None:
                command = [*okra, *case.arguments]
            for models in options.models if case.prepare else [None]:
                runs = options.runs if case.prepare else options.runs * 4
                figures.append(figure(case, models, command, runs))
                print(row(figures[-1], figures[0]), file=sys.stderr)
    return figures


def row(item: Figure, base: Figure) -> str:
    """One line of the table; the target stands where there is one, and whether it is kept."""
    case, models, sample = item
    target = ""
    if case.limit is not None and models in (None, MODELS[-1]):
        limit = case.limit * base.sample.wall if case.relative else case.limit
        kept = sample.wall <= limit
        target = f"{case.limit:g} times python" if case.relative else f"{case.limit:.1f} s"
        target += " kept" if kept else " missed"
    count = "" if models is None else f"{models:,}"
    return (
        f"| {case.name} | {count} | {sample.wall:.3f} | {sample.cpu:.3f} | {sample.memory:.0f} "
        f"| {target} |"
    )


def machine() -> str:
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        model = names[0].partition(":")[2].strip() if names else model
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores ({model}), {memory:.0f} GiB, {platform.system()} "
        f"{platform.release()}; Python {platform.python_version()}, SQLite "
        f"{sqlite3.sqlite_version}; {datetime.now(UTC):%Y-%m-%d}"
    )


def report(figures: Sequence[Figure], runs: int) -> str:
    head = [
        f"{machine()}. Medians of {runs} runs.",
        "",
        "| case | models | wall, s | CPU, s | memory, MiB | target |",
        "|---|--:|--:|--:|--:|---|",
    ]
    return "\n".join([*head, *(row(item, figures[0]) for item in figures)])


def put(text: str, begin: str, end: str) -> None:
    """Put `text` between two marks of benchmarks/README.md."""
    path = HERE / "README.md"
    before, _, rest = path.read_text().partition(begin)
    _, _, after = rest.partition(end)
    path.write_text(f"{before}{begin}\n{text}\n{end}{after}")


def compile_package() -> None:
    """Compile OKRA's modules, as an installer does: run from source, they may have no bytecode yet."""
    where = "import compileall, okra; compileall.compile_dir(okra.__path__[0], quiet=1)"
    subprocess.run([sys.executable, "-c", where], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=int, nargs="+", default=MODELS)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", default="", help="the cases whose name has this in it")
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    options = parser.parse_args()
    compile_package()
    script = Path(sys.executable).with_name("okra")
    okra = [str(script)] if script.exists() else [sys.executable, "-m", "okra"]
    text = report(measured(okra, options), options.runs)
    print(text)
    if options.write:
        put(text, BEGIN, END)


if __name__ == "__main__":
    main()
