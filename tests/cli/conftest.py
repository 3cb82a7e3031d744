"""How the tests of the command line run it: inside this process, as a process, or at a terminal."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from okra.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

BLOG = """\
model Post {
  id: ID! @default(uuid)
  title: String!
  body: String?
}
"""


class Result(NamedTuple):
    """What a run left: its exit code and what it wrote. At a terminal all of it is in `out`."""

    code: int
    out: str
    err: str = ""

    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder; no variable of the machine reaches OKRA."""
    for name in ("OKRA_ENV", "NO_COLOR", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def blog(folder: Path) -> Path:
    """A folder with a schema and no configuration."""
    (folder / "models.okra.gql").write_text(BLOG)
    return folder


@pytest.fixture
def okra(folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """Run a command line in this process."""

    def call(*arguments: str) -> Result:
        capsys.readouterr()
        code = run(arguments)
        written = capsys.readouterr()
        return Result(code, written.out, written.err)

    return call


@pytest.fixture
def process(folder: Path) -> Callable[..., Result]:
    """Run a command line as users do."""

    def call(*arguments: str, stdin: str = "", **environ: str) -> Result:
        done = subprocess.run(
            [sys.executable, "-m", "okra", *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env=os.environ | environ,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture
def terminal(folder: Path) -> Callable[..., Result]:
    """Run a command line at a terminal and type each answer once its prompt is there."""

    def call(*arguments: str, answers: Sequence[tuple[str, str]] = (), **environ: str) -> Result:
        master, slave = pty.openpty()
        running = subprocess.Popen(
            [sys.executable, "-m", "okra", *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=os.environ | {"TERM": "xterm"} | environ,
            start_new_session=True,
        )
        os.close(slave)
        shown = _converse(master, list(answers))
        os.close(master)
        return Result(running.wait(timeout=60), shown)

    return call


def _converse(master: int, answers: list[tuple[str, str]]) -> str:
    shown = ""
    seen = 0
    end = time.monotonic() + 60
    while time.monotonic() < end:
        ready, _, _ = select.select([master], [], [], 1)
        if not ready:
            continue
        try:
            data = os.read(master, 4096)
        except OSError:  # the other side is gone
            break
        if not data:
            break
        shown += data.decode(errors="replace").replace("\r\n", "\n")
        if answers and answers[0][0] in shown[seen:]:
            seen = len(shown)
            os.write(master, (answers.pop(0)[1] + "\n").encode())
    assert not answers, f"never asked: {answers[0][0]!r}\n{shown}"
    return shown
