"""The files of a seeds folder: which of them count in an environment, in which order, and what kind each is."""

from __future__ import annotations

import os
import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from okra.errors import UsageError
from okra.textfiles import shown

if TYPE_CHECKING:
    from collections.abc import Collection


class Kind(StrEnum):
    SQL = ".sql"
    JSON = ".json"
    CSV = ".csv"
    YAML = ".yaml"
    PYTHON = ".py"


class SeedFile(NamedTuple):
    path: Path
    kind: Kind

    @property
    def name(self) -> str:
        """The file as people should see it."""
        return shown(self.path)

    @property
    def subject(self) -> str:
        """What the file's name says it is about: `10_users.csv` is about `users`."""
        return _NUMBER.sub("", self.path.stem)


class Found(NamedTuple):
    """The seeds of an environment, and what lies beside them and is not one, as sentences."""

    files: tuple[SeedFile, ...]
    ignored: tuple[str, ...] = ()


_KINDS = {kind.value: kind for kind in Kind} | {".yml": Kind.YAML}
_NUMBER = re.compile(r"^[0-9]+[-_. ]*")
_SILENT = frozenset({".md", ".txt", ".pyc"})


def find_files(folder: Path, environment: str | None, python: Collection[Path]) -> Found:
    """The files of `folder`, then those of its folder for `environment`, each in name order.

    python  the Python files that the configuration allows to run
    Raises  UsageError for a named one that is not there or lies elsewhere
    """
    _check_python(folder, python)
    folders = [folder]
    if environment is not None and Path(environment).name == environment:
        folders.append(folder / environment)
    files: list[SeedFile] = []
    ignored: list[str] = []
    allowed = {_real(path) for path in python}
    root = _real(folder)
    for each in folders:
        for path in _entries(each):
            _check_inside(path, root)
            kind = _KINDS.get(path.suffix.lower())
            if kind is Kind.PYTHON and _real(path) not in allowed:
                ignored.append(
                    f"`{shown(path)}` was not run: Python runs only where `seeds.python` in the "
                    "configuration names it"
                )
            elif kind is not None:
                files.append(SeedFile(path, kind))
            elif path.suffix.lower() not in _SILENT:
                ignored.append(f"`{shown(path)}` is no seed: its name ends in none of {_ENDINGS}")
    if environment is None:
        ignored += [
            f"`{shown(each)}/` was not read: it is for an environment, and there is none; `environments` in the "
            "configuration has them, or the variable OKRA_ENV names one"
            for each in _folders(folder)
            if any(path.suffix.lower() in _KINDS for path in _entries(each))
        ]
    return Found(tuple(files), tuple(ignored))


_ENDINGS = ", ".join(f"`{kind.value}`" for kind in Kind)


def _entries(folder: Path) -> list[Path]:
    """The files of one folder, in name order, but for hidden ones."""
    if not folder.is_dir():
        return []
    try:
        found = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as cause:
        raise UsageError(
            f"the folder `{shown(folder)}` can't be read: {(cause.strerror or '').lower()}",
            code="OKR595",
            help="look at its permissions",
        ) from cause
    return [path for path in found if not path.name.startswith(".") and not path.is_dir()]


def _folders(folder: Path) -> list[Path]:
    """The folders in `folder`, in name order, but for hidden ones."""
    if not folder.is_dir():
        return []
    return sorted(each for each in folder.iterdir() if each.is_dir() and each.name[0] not in "._")


def _real(path: Path) -> Path:
    """Where `path` leads; links in a circle lead to themselves."""
    return Path(os.path.realpath(path))


def _check_inside(path: Path, root: Path) -> None:
    """Nothing, if what is called `path` lies in `root`, the folder of seeds, links resolved.

    Raises  UsageError
    """
    if not _real(path).is_relative_to(root):
        raise UsageError(
            f"`{shown(path)}` leads out of the folder of seeds",
            code="OKR595",
            help="put the file itself there, or let `seeds.dir` name the folder that it lies in",
        )


def _check_python(folder: Path, python: Collection[Path]) -> None:
    for path in python:
        if not path.is_file():
            raise UsageError(
                f"`seeds.python` names `{shown(path)}`, which is not there",
                code="OKR595",
                help="mend the name in the configuration",
            )
        if not _real(path).is_relative_to(_real(folder)) or path.suffix != ".py":
            raise UsageError(
                f"`seeds.python` names `{shown(path)}`, which is no `.py` file of `{shown(folder)}`",
                code="OKR595",
                help="seeds lie in that folder, or in the one of an environment in it",
            )
