"""docs/generators.md: its package is built and installed as any other, and OKRA writes its language."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "generators.md"
_FILE = re.compile(r"<!-- write: (\S+) -->\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CONSOLE = re.compile(r"```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INSTALL = ("pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation")


def installed(folder: Path) -> Path:
    """The package of the page, built and installed to a folder of its own."""
    site = folder / "site"
    command = [sys.executable, "-m", *INSTALL, "--target", str(site), str(folder / "okra-kotlin")]
    subprocess.run(command, check=True, capture_output=True)
    return site


def printed(command: str, folder: Path, site: Path) -> str:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={"PATH": path, "HOME": str(folder), "PYTHONPATH": str(site), "LANG": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout


def test_the_package_of_the_page_is_installed_and_writes_what_the_page_shows(
    tmp_path: Path, update_golden: bool
) -> None:
    text = PAGE.read_text()
    for name, body in _FILE.findall(text):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(body)
    site = installed(tmp_path)

    def shown(block: re.Match[str]) -> str:
        lines = [line for line in block[1].splitlines() if line.startswith("$ ")]
        return (
            "```console\n"
            + "".join(f"{line}\n{printed(line[2:], tmp_path, site)}" for line in lines)
            + "```"
        )

    now = _CONSOLE.sub(shown, text)
    if update_golden:
        PAGE.write_text(now)
    assert text == now or update_golden
