"""Measure syncs of many live tables beside the floor: the bare catalogue queries through the driver.

    python benchmarks/syncs.py                                    # all servers, 1,000 tables
    python benchmarks/syncs.py --provider sqlite --models 100 --runs 3
    python benchmarks/syncs.py --write                            # also put the table into benchmarks/README.md

"nothing to do" and "one column" are what `okra dev` does on each save once the schema is read: connect, read the catalogue,
compare, change. The floor connects and sends the same catalogue queries, and the statement that changes. "The command" is all
of `okra db:sync`, which also starts Python, loads OKRA and reads 400 KB of schema; its floor starts Python, loads the driver,
connects and sends the same.

Works on dev servers that OKRA starts by itself.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

from floors import HEAD, Figure, Recorder, address, database
from run import compile_package, machine, measure, put
from workload import schema

import okra
from okra.__main__ import ALLOCATIONS_BETWEEN_COLLECTIONS
from okra.declarative.sync import SyncOptions, sync
from okra.dialects import dialect
from okra.dialects.session import connect
from okra.lowering import lower
from okra.migrations.executor import Target
from okra.url import DatabaseUrl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from okra.devdb import Scratch
    from okra.language.definition import SchemaDefinition

BEGIN, END = "<!-- figures of syncs -->", "<!-- end of figures of syncs -->"
OKRA = str(Path(sys.executable).with_name("okra"))
LIMIT = 3
BEYOND_S = 0.6
BARE = """\
import json, sys
from pathlib import Path
from okra.dialects.session import connect
from okra.url import DatabaseUrl
queries, change = json.loads(Path(sys.argv[2]).read_text())
session = connect(DatabaseUrl.parse(sys.argv[1], base=Path(".")), lock_timeout_ms=1000)
for sql, parameters in queries:
    session.query(sql, parameters)
if change:
    session.begin()
    session.execute(change)
    session.commit()
session.close()
"""


class Desk:
    """A database with so many tables, and the schema that has made them."""

    def __init__(self, url: DatabaseUrl, count: int, folder: Path) -> None:
        self.provider = url.provider
        self.url = url
        self.target = Target(url=url, directory=folder / "migrations")
        self.folder = folder
        self.options = SyncOptions(folder=folder / ".okra" / "schema")
        self.models = okra.parse(schema(count))
        self.longer = okra.parse(schema(count, extra=True))
        self._count = count
        self.write(extra=False)
        sync(self.target, self.models, self.options)
        self.queries = self._queries()
        self.change = ""
        gc.freeze()  # what was made here is not OKRA's to look through

    def write(self, *, extra: bool) -> None:
        """The schema file for the whole command."""
        (self.folder / "models.okra.gql").write_text(schema(self._count, extra=extra))

    def _queries(self) -> list[tuple[str, tuple[object, ...]]]:
        """What a sync asks the catalogue."""
        reader = dialect(self.provider)
        wanted = reader.resolve(lower(self.models, self.provider)).database
        session = connect(self.url, lock_timeout_ms=1000)
        recorder = Recorder(cast("Scratch", session))
        reader.introspect(cast("Scratch", recorder), wanted=wanted)
        session.close()
        return recorder.queries

    def sync(self, models: SchemaDefinition) -> float:
        """Seconds that one sync takes."""
        started = time.perf_counter()
        found = sync(self.target, models, self.options)
        seconds = time.perf_counter() - started
        if not found.applied:
            raise SystemExit(f"nothing was applied: {found}")
        self.change = next(iter(found.statements), "")
        return seconds

    def bare(self, change: str = "") -> float:
        """Seconds that the queries and `change` take by themselves."""
        started = time.perf_counter()
        session = connect(self.url, lock_timeout_ms=1000)
        for sql, parameters in self.queries:
            session.query(sql, cast("tuple[str, ...]", parameters))
        if change:
            session.begin()
            session.execute(change)
            session.commit()
        session.close()
        return time.perf_counter() - started

    def command(self) -> float:
        arguments = ["db:sync", "--quiet", "--provider", self.provider, "--url", address(self.url)]
        return measure([OKRA, *arguments], self.folder).wall

    def bare_command(self, change: str = "") -> float:
        queries = self.folder / "queries.json"
        queries.write_text(json.dumps([self.queries, change]))
        command = [sys.executable, "-c", BARE, address(self.url), str(queries)]
        return measure(command, self.folder).wall

    def take_back(self) -> None:
        """Drop the column again."""
        with_column = connect(self.url, lock_timeout_ms=1000)
        table = dialect(self.provider).quote(f"items_{self._count - 1}")
        with_column.begin()
        with_column.execute(f"ALTER TABLE {table} DROP COLUMN extra")
        with_column.commit()
        with_column.close()

    def undone(self, work: Callable[[], float]) -> float:
        """Seconds that `work` takes, which adds the column."""
        seconds = work()
        self.take_back()
        return seconds


def figures(desk: Desk, runs: int) -> Iterator[Figure]:
    def row(
        case: str,
        floor: str,
        ours: Callable[[], float],
        theirs: Callable[[], float],
        beyond: float | None = None,
    ) -> Figure:
        pairs = [(ours(), theirs()) for _ in range(runs + 1)]  # in turns: both see the same noise
        seconds = [statistics.median(each) for each in zip(*pairs[1:], strict=True)]
        return Figure(desk.provider, case, floor, *seconds, beyond or LIMIT, factor=beyond is None)

    queries = f"its {len(desk.queries)} queries"
    yield row("nothing to do", queries, lambda: desk.sync(desk.models), desk.bare)
    yield row(
        "one column",
        f"{queries} and the ALTER",
        lambda: desk.undone(lambda: desk.sync(desk.longer)),
        lambda: desk.undone(lambda: desk.bare(desk.change)),
    )
    yield row(
        "nothing to do, the command",
        f"Python with {queries}",
        desk.command,
        desk.bare_command,
        BEYOND_S,
    )
    desk.write(extra=True)
    yield row(
        "one column, the command",
        f"Python with {queries} and the ALTER",
        lambda: desk.undone(desk.command),
        lambda: desk.undone(lambda: desk.bare_command(desk.change)),
        BEYOND_S,
    )


def measured(provider: str, count: int, runs: int, folder: Path) -> Iterator[Figure]:
    place = folder / provider
    place.mkdir()
    if provider == "sqlite":
        url = DatabaseUrl(provider=provider, path=str(place / "local.db"))
        yield from figures(Desk(url, count, place), runs)
        return
    with database(provider) as session:
        yield from figures(Desk(session.url, count, place), runs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--provider", choices=["sqlite", "postgres", "mysql"], action="append")
    parser.add_argument("--models", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    options = parser.parse_args()
    compile_package()
    gc.set_threshold(ALLOCATIONS_BETWEEN_COLLECTIONS)  # as the command line does
    lines = [
        f"{machine()}. {options.models:,} tables, medians of {options.runs} runs, seconds.",
        "",
        *HEAD,
    ]
    with tempfile.TemporaryDirectory() as text:
        for provider in options.provider or ["sqlite", "postgres", "mysql"]:
            for figure in measured(provider, options.models, options.runs, Path(text)):
                lines.append(figure.row())
                print(figure.row(), file=sys.stderr)
        os.chdir("/")
    table = "\n".join(lines)
    print(table)
    if options.write:
        put(table, BEGIN, END)


if __name__ == "__main__":
    main()
