"""README.md and the pages that show commands: every command is run, and prints what the page says it prints.

    <!-- write: FILE -->     the code block that follows is that file, from here on
    ```console               `$ command`, and below it what it prints; blocks of a page share one folder

Versions, times, durations, snapshots and the folder are not compared. `--update-golden` writes what is printed now.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [
    "README.md",
    "docs/tutorial.md",
    "docs/hybrid.md",
    "docs/data-migrations.md",
    "docs/branches.md",
    "docs/testing.md",
    "docs/types.md",
    "docs/bundles.md",
]
BIN = Path(__file__).parent / "bin"
HOME = "/home/ada/shop"
_DEV = ("OKRA_CACHE_DIR", "OKRA_DEV_IDLE")  # where the tests' own dev servers are

_BLOCK = re.compile(
    r"(?:<!-- write: (?P<file>\S+) -->\n)?```(?P<kind>\w*)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_VERSION = re.compile(r"(?<!\d)\d{8}_\d{6}(?!\d)")
_TIME = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
_SNAPSHOT = re.compile(r"(?<=\.okra/schema/)[\d_]+_[0-9a-f]{12}(?=\.json)")
_DURATION = re.compile(r"\(\d+(?:\.\d+)? m?s\)")


class Normal:
    """Output as a page prints it: the n-th version, one time, one duration, one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._versions: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        text = text.replace(self._folder, HOME)
        text = _SNAPSHOT.sub("SNAPSHOT", text)
        text = _TIME.sub("2026-01-05T09:30:00.000Z", text)
        text = _DURATION.sub("(1 ms)", text)
        text = re.sub(r"^( +\d+/\d+ .*?) \(1 ms\)$", r"\1", text, flags=re.MULTILINE)
        return _VERSION.sub(lambda match: self._named(match.group()), text)

    def _named(self, version: str) -> str:
        number = len(self._versions)
        return self._versions.setdefault(version, f"20260105_09{number:02}00")

    def back(self, command: str) -> str:
        """A command of the page with the versions of this run."""
        for real, shown in self._versions.items():
            command = command.replace(shown, real)
        return command


def run(command: str, folder: Path) -> str:
    environment = {
        "PATH": os.pathsep.join([str(BIN), str(Path(sys.executable).parent), os.environ["PATH"]]),
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        **{name: os.environ[name] for name in _DEV if name in os.environ},
    }
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout


def replayed(body: str, folder: Path, normal: Normal) -> str:
    """A console block with what its commands print now."""
    lines = []
    for line in body.splitlines():
        if line.startswith("$ "):
            lines.append(line)
            if "db:migrate:generate" in line:
                time.sleep(1 - time.time() % 1)  # each migration a version of its own
            lines += normal(run(normal.back(line[2:]), folder)).splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"


@pytest.mark.parametrize("page", PAGES)
def test_what_the_page_shows_is_what_the_commands_print(
    page: str, tmp_path: Path, update_golden: bool
) -> None:
    path = ROOT / page
    text = path.read_text()
    normal = Normal(tmp_path)
    replays = []
    for block in _BLOCK.finditer(text):
        if block["file"]:
            file = tmp_path / block["file"]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block["body"])
        elif block["kind"] == "console":
            replays.append((block.span("body"), replayed(block["body"], tmp_path, normal)))

    now = text
    for (start, end), output in reversed(replays):
        now = now[:start] + output + now[end:]
    if update_golden:
        path.write_text(now)
    assert replays
    assert now == path.read_text()
