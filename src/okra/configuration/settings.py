"""The files that a run begins with: the configuration, `.env` beside it, and the schema files."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from okra.configuration.config import NO_FILE, ConfigFile, parse_config
from okra.configuration.meaning import check_table
from okra.configuration.variables import expand
from okra.errors import UsageError
from okra.source import Source
from okra.textfiles import read_text, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CONFIG_NAME = "okra.config.json"
ENV_NAME = ".env"
MAX_CONFIG_BYTES = 1_000_000
_MAX_SCHEMA_BYTES = 64_000_000
_GLOB_MARKS = frozenset("*?[")


class Settings(NamedTuple):
    """A configuration and the folder that its paths start from; `path` is None where there is no file."""

    file: ConfigFile
    folder: Path
    path: Path | None


def load_settings(start: Path, explicit: Path | None) -> Settings:
    """The configuration named `explicit`, else the nearest one above `start`, else OKRA's defaults.

    Raises  UsageError if it can't be read, ConfigError if it is wrong
    """
    path = explicit or find_config(start)
    if path is None:
        return Settings(NO_FILE, start, None)
    if explicit is not None and path.is_dir():
        path /= CONFIG_NAME
    text = read_text(path, "the configuration", MAX_CONFIG_BYTES)
    file = parse_config(Source(shown(path), text))
    return Settings(file, Path(os.path.abspath(path)).parent, path)


def find_config(start: Path) -> Path | None:
    """okra.config.json in `start` or the nearest folder above it."""
    folder = start.absolute()
    for parent in (folder, *folder.parents):
        candidate = parent / CONFIG_NAME
        if candidate.exists():
            return candidate
    return None


def project_root(folder: Path) -> Path:
    """The version-controlled folder around `folder`, else `folder` itself; links resolved."""
    found = folder.resolve()
    return next((parent for parent in (found, *found.parents) if (parent / ".git").exists()), found)


class Variables:
    """The values of `${NAME}`: the environment first, then `.env`, which is read when it is needed."""

    def __init__(self, environ: Mapping[str, str], folder: Path) -> None:
        self._environ = environ
        self._path = folder / ENV_NAME
        self._file: _EnvFile | None = None

    def __repr__(self) -> str:
        return f"Variables({str(self._path)!r})"

    def get(self, name: str) -> str | None:
        """The value of `name`, or None where it is not set.

        Raises  UsageError where `.env` has it in a line that can't be read
        """
        if name in self._environ:
            return self._environ[name]
        found = self.from_file(name)
        if found is None:
            self._check_lines(name)
        return found

    def from_file(self, name: str) -> str | None:
        """The value that `.env` has, or None."""
        return self._read().values.get(name)

    def _read(self) -> _EnvFile:
        if self._file is None:
            self._file = _read_env(self._path)
        return self._file

    def _check_lines(self, name: str) -> None:
        begins = re.compile(rf"\s*(?:export\s+)?['\"]?{re.escape(name)}\b")
        for number, text in self._read().unreadable:
            if begins.match(text) is not None:
                raise UsageError(
                    f"the line that begins with `{name}` can't be read",
                    code="OKR609",
                    place=f"{shown(self._path)}:{number}",
                    help=f"write it as `{name}=value`, with quotes around a value that has spaces or `#`",
                )

    def open_to_all(self) -> bool:
        """Whether everybody on this machine can read the file, if there is one."""
        return (
            os.name == "posix"
            and self._path.exists()
            and bool(self._path.stat().st_mode & stat.S_IROTH)
        )

    def expand(self, text: str, *, key: str) -> str:
        """`text` with its variables replaced; `key` is where it stands in the configuration."""
        return expand(text, self.get, key=key)

    def table(self, text: str) -> str:
        """The name of the table for the history that `migrations.table` says.

        Raises  UsageError for one that OKRA uses itself
        """
        return check_table(self.expand(text, key="migrations.table"))


class _EnvFile(NamedTuple):
    """What `.env` says, and the lines of it that say nothing, with their numbers."""

    values: dict[str, str | None]
    unreadable: tuple[tuple[int, str], ...]


def _read_env(path: Path) -> _EnvFile:
    if not path.exists():
        return _EnvFile({}, ())
    _check_owner(path)
    text = read_text(path, "the variables", MAX_CONFIG_BYTES)
    from io import StringIO

    from dotenv.parser import parse_stream

    found = tuple(parse_stream(StringIO(text)))
    return _EnvFile(
        {each.key: each.value for each in found if each.key is not None},
        tuple((each.original.line, each.original.string) for each in found if each.error),
    )


def _check_owner(path: Path) -> None:
    """Refuse variables that somebody else may have put there."""
    if os.name != "posix":
        return
    found = path.stat()
    trusted = {os.geteuid(), 0, path.parent.stat().st_uid}
    if found.st_uid not in trusted or found.st_mode & stat.S_IWOTH:
        raise UsageError(
            f"`{shown(path)}` can be changed by others, so it is not read",
            code="OKR617",
            help=f"make it yours alone: `chown $USER {ENV_NAME}` and `chmod 600 {ENV_NAME}`",
        )


def read_schemas(patterns: Iterable[str], folder: Path) -> tuple[Source, ...]:
    """The schema files that `patterns` name, each once: by pattern, then by name.

    Raises  UsageError for a file that is not there or can't be read, and where no file is found at all
    """
    found: dict[str, None] = {}
    asked = list(patterns)
    for pattern in asked:
        for path in matches(pattern, folder):
            found[os.path.abspath(path)] = None
    if not found:
        raise UsageError(
            f"no schema file matches {', '.join(f'`{item}`' for item in asked)}",
            code="OKR613",
            place=shown(folder),
            help="`okra db:init` writes a first schema; `schemas` in the configuration says where they are",
        )
    return tuple(
        Source(shown(Path(path)), read_text(Path(path), "the schema", _MAX_SCHEMA_BYTES))
        for path in found
    )


def matches(pattern: str, folder: Path) -> list[str]:
    """The schema files that one pattern names, sorted; a name without `*`, `?` and `[` is its own match, there or not."""
    if "\0" in pattern:
        raise UsageError(
            "the name of a schema file has a NUL character", code="OKR613", help="take it out"
        )
    whole = str(folder / Path(pattern).expanduser())
    if not _GLOB_MARKS.intersection(pattern) or os.path.lexists(whole):
        return [whole]
    from glob import glob

    return sorted(glob(whole, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
