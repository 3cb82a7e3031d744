"""Make a virtual environment that holds exactly what a requirements file pins; fast when it is there.

    python3 scripts/environment.py .venv requirements-dev.txt --editable

Needs Python 3.11 or later and pip, nothing else: where the venv module comes without ensurepip (Debian
without python3-venv), the environment is made without pip and filled by the pip of the machine.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
STAMP = "okra-requirements"
NO_PIP = """\
this Python has neither ensurepip nor pip, one of which is needed to fill a virtual environment
  Debian, Ubuntu:  apt-get install python3-venv   (or python3-pip)
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("requirements", type=Path)
    parser.add_argument(
        "--editable", action="store_true", help="install OKRA itself, as it lies here"
    )
    options = parser.parse_args()
    if sys.version_info[:2] < OLDEST:
        return _refuse(f"OKRA needs Python 3.11 or later; this is {sys.version.split()[0]}\n")
    folder = (ROOT / options.folder).resolve()
    requirements = ROOT / options.requirements
    stamp = folder / STAMP
    wanted = _fingerprint(requirements, editable=options.editable)
    if stamp.is_file() and stamp.read_text() == wanted and _python(folder).exists():
        return 0
    print(f"making {folder.name} from {requirements.name} …", file=sys.stderr, flush=True)
    stamp.unlink(missing_ok=True)
    if not _python(folder).exists() and not _make(folder):
        return _refuse(NO_PIP)
    pip = _pip(folder)
    if pip is None:
        return _refuse(NO_PIP)
    _install(pip, "--require-hashes", "-r", str(requirements))
    if options.editable:
        _install(pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT))
    stamp.write_text(wanted)
    return 0


def _refuse(message: str) -> int:
    sys.stderr.write(message)
    return 1


def _fingerprint(requirements: Path, *, editable: bool) -> str:
    """What an environment was made from: another text means that it must be filled again."""
    digest = hashlib.sha256(requirements.read_bytes())
    if editable:
        digest.update((ROOT / "pyproject.toml").read_bytes())
        digest.update(str(ROOT).encode())
    return f"{digest.hexdigest()} {sys.version_info.major}.{sys.version_info.minor}\n"


def _python(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _make(folder: Path) -> bool:
    """Make the environment, with pip where that is possible; False if there is no way to fill it."""
    base = [sys.executable, "-m", "venv", "--clear"]
    if _quiet([*base, str(folder)]):
        return True
    return _quiet([*base, "--without-pip", str(folder)]) and _has_pip(sys.executable)


def _pip(folder: Path) -> list[str] | None:
    """The command that installs into the environment: its own pip, or the machine's."""
    inside = str(_python(folder))
    if _has_pip(inside):
        return [inside, "-m", "pip"]
    if _has_pip(sys.executable):
        return [sys.executable, "-m", "pip", "--python", inside]
    return None


def _has_pip(python: str) -> bool:
    return _quiet([python, "-m", "pip", "--version"])


def _install(pip: list[str], *arguments: str) -> None:
    quiet = ["install", "--quiet", "--disable-pip-version-check", "--no-warn-script-location"]
    done = subprocess.run([*pip, *quiet, *arguments], check=False)
    if done.returncode != 0:
        raise SystemExit(done.returncode)


def _quiet(command: list[str]) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
