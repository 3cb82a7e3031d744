"""Measure OKRA on PostgreSQL and MariaDB beside the floor: the same SQL by the server's own client.

    python benchmarks/servers.py                                  # both servers, 1,000 models
    python benchmarks/servers.py --provider postgres --models 100 --runs 3
    python benchmarks/servers.py --write                          # also put the table into benchmarks/README.md

Works on dev servers that OKRA starts by itself; needs `psql` and `mariadb` (or `mysql`) on the PATH.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

from floors import HEAD, Figure, Recorder, address, database, medians, settle
from run import compile_package, machine, measure, put
from workload import schema

from okra.dialects import dialect
from okra.dialects.session import connect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from okra.devdb import Scratch
    from okra.url import DatabaseUrl

BEGIN, END = "<!-- figures of servers -->", "<!-- end of figures of servers -->"
OKRA = str(Path(sys.executable).with_name("okra"))


class Desk:
    """A project of so many models for one provider, with its first migration."""

    def __init__(self, provider: str, count: int, folder: Path) -> None:
        self.provider = provider
        self.count = count
        self.folder = folder
        folder.mkdir()
        (folder / "models.okra.gql").write_text(schema(count))
        self.okra("db:migrate:generate", "--no-verify", "--provider", provider)

    @property
    def script(self) -> Path:
        (found,) = self.folder.glob("migrations/2*/migration.sql")
        return found

    def okra(self, *arguments: str) -> float:
        """Seconds that one command takes."""
        return measure([OKRA, *arguments, "--quiet"], self.folder).wall

    def on(self, url: DatabaseUrl, *arguments: str) -> float:
        return self.okra(*arguments, "--provider", self.provider, "--url", address(url))

    def client(self, url: DatabaseUrl) -> float:
        """Seconds that the server's own client takes for the same file."""
        return measure(client(url, self.script), self.folder).wall


def client(url: DatabaseUrl, script: Path) -> list[str]:
    if url.provider == "postgres":
        host = url.option("host") or url.host or ""
        command = [found("psql"), "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-h", host]
        command += ["-U", url.user or "postgres", "-d", url.database or "", "-f", str(script)]
        return [*command, "-p", str(url.port)] if url.port else command
    command = [found("mariadb", "mysql"), "--no-defaults"]
    socket = url.option("unix_socket")
    command += ["-S", socket] if socket else ["-h", url.host or "", "-P", str(url.port or 3306)]
    return [*command, "-u", url.user or "root", "-e", f"source {script}", url.database or ""]


def found(*names: str) -> str:
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        raise SystemExit(f"{names[0]} is not on the PATH")
    return path


def apply(desk: Desk, runs: int) -> Figure:
    """`up` of everything into an empty database."""

    def ours() -> float:
        with database(desk.provider) as session:
            settle()
            return desk.on(session.url, "db:migrate:up")

    def floor() -> float:
        with database(desk.provider) as session:
            settle()
            return desk.client(session.url)

    return Figure(desk.provider, "apply", "its own client", *medians(runs, ours, floor), 1.2, True)


def nothing(desk: Desk, runs: int, session: Scratch) -> Figure:
    """`up` with nothing to do, beside a Python that only connects."""
    code = (
        "import sys; from pathlib import Path; from okra.url import DatabaseUrl;"
        "from okra.dialects.session import connect;"
        "connect(DatabaseUrl.parse(sys.argv[1], base=Path('.')), lock_timeout_ms=1000).close()"
    )
    command = [sys.executable, "-c", code, address(session.url)]
    return Figure(
        desk.provider,
        "up, nothing to do",
        "connecting",
        *medians(
            runs,
            lambda: desk.on(session.url, "db:migrate:up"),
            lambda: measure(command, desk.folder).wall,
        ),
        0.15,
        False,
    )


def introspection(desk: Desk, runs: int, session: Scratch) -> Figure:
    """The whole database into our model, beside the same queries through the driver alone."""
    reader = dialect(desk.provider)
    recorder = Recorder(session)
    reader.introspect(cast("Scratch", recorder))

    def ours() -> float:
        started = time.perf_counter()
        reader.introspect(session)
        return time.perf_counter() - started

    def floor() -> float:
        started = time.perf_counter()
        for sql, parameters in recorder.queries:
            session.query(sql, cast("Sequence[str]", parameters))
        return time.perf_counter() - started

    return Figure(
        desk.provider,
        "introspect",
        f"its {len(recorder.queries)} queries",
        *medians(runs, ours, floor),
        2.5,
        True,
    )


def pull(desk: Desk, runs: int, session: Scratch) -> Figure:
    """`db:pull` as a command; the floor is what introspection takes."""
    out = desk.folder / "pulled.okra.gql"

    def ours() -> float:
        out.unlink(missing_ok=True)
        return desk.on(session.url, "db:pull", "--out", str(out))

    def floor() -> float:
        with_session = connect(session.url, lock_timeout_ms=1000)
        started = time.perf_counter()
        dialect(desk.provider).introspect(with_session)
        seconds = time.perf_counter() - started
        with_session.close()
        return seconds

    return Figure(desk.provider, "pull", "introspection", *medians(runs, ours, floor), 1.5, False)


def one_column(desk: Desk, runs: int) -> Figure:
    """One column more: generated and proven on the dev server."""
    models = desk.folder / "models.okra.gql"
    models.write_text(schema(desk.count, extra=True))

    def ours() -> float:
        seconds = desk.okra("db:migrate:generate", "--provider", desk.provider, "--name", "extra")
        for folder in desk.folder.glob("migrations/2*_extra"):
            shutil.rmtree(folder)
        first = desk.script.parent
        shutil.copy(first / "schema.json", desk.folder / "migrations/current/schema.json")
        return seconds

    return Figure(
        desk.provider, "one column more, proven", "", *medians(runs, ours), None, 1.5, False
    )


def measured(provider: str, count: int, runs: int, folder: Path) -> Iterator[Figure]:
    desk = Desk(provider, count, folder / provider)
    yield apply(desk, runs)
    with database(provider) as session:
        desk.on(session.url, "db:migrate:up")
        yield nothing(desk, runs, session)
        yield introspection(desk, runs, session)
        yield pull(desk, runs, session)
    yield one_column(desk, runs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--provider", choices=["postgres", "mysql"], action="append")
    parser.add_argument("--models", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    options = parser.parse_args()
    compile_package()
    lines = [
        f"{machine()}. {options.models:,} tables, medians of {options.runs} runs, seconds.",
        "",
        *HEAD,
    ]
    with tempfile.TemporaryDirectory() as text:
        for provider in options.provider or ["postgres", "mysql"]:
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
