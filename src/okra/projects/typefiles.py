"""Generated files in their folder: what of it is ours, what differs from what it should be, and how it is made so.

A file is ours if its first line says that it was generated, and nothing else, and its name ends as the files of the language do.
"""

from __future__ import annotations

import errno
import os
import stat
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from okra.codegen.generator import is_marked
from okra.configuration.settings import CONFIG_NAME
from okra.errors import UsageError
from okra.projects.service import SERVICE_FILES
from okra.textfiles import shown, write_texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

_LONGEST_LINE = 1000
_NOT_OURS = frozenset({"node_modules", "__pycache__"})
"""Folders that nobody generates types to, and that hold very much; also those whose name begins with a dot."""
_OTHERS = (CONFIG_NAME, *SERVICE_FILES, "pyvenv.cfg")
"""A folder below with one of these is somebody else's: another project, or installed packages."""

_NO_GIT = "\nno folder above has `.git`, as an image may lack it, to say that the project is larger"


class State(StrEnum):
    """How a file stands to what it should be."""

    SAME = "same"
    MISSING = "missing"
    DIFFERS = "differs"


class TypeFile(NamedTuple):
    """A file as it should be, and how it is."""

    path: Path
    text: str
    state: State


def look(path: Path, text: str, limit: str) -> TypeFile:
    """How the file at `path` stands to `text`.

    limit   the folder that links may not lead out of, links resolved
    Raises  UsageError for what is not ours to write
    """
    wanted = text.encode()
    try:
        found = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return TypeFile(path, text, State.MISSING)
    if stat.S_ISLNK(found.st_mode):
        check_inside(path, limit)
        if not path.exists():
            return TypeFile(path, text, State.MISSING)
    if not path.is_file():
        raise UsageError(
            f"`{shown(path)}` is no file, and types would be written to it",
            code="OKR703",
            help="move it away, or give the language another `output`",
        )
    there = path.read_bytes()
    if there == wanted or there.replace(b"\r\n", b"\n") == wanted:  # as git may have checked it out
        return TypeFile(path, text, State.SAME)
    if there and not _is_marked(there):
        raise UsageError(
            f"`{shown(path)}` was not generated, and would be overwritten",
            code="OKR704",
            help="move it away, or give the language another `output`; a generated file says so in its first line",
        )
    return TypeFile(path, text, State.DIFFERS)


def _is_marked(data: bytes) -> bool:
    line = data[:_LONGEST_LINE].partition(b"\n")[0]
    return is_marked(line.decode("utf-8", "replace"))


def check_inside(path: Path, limit: str) -> None:
    """Nothing, if `path` lies in `limit`, links resolved.

    Raises  UsageError
    """
    if not Path(os.path.realpath(path)).is_relative_to(limit):
        around = (Path(limit), *Path(limit).parents)
        alone = "" if any((each / ".git").exists() for each in around) else _NO_GIT
        raise UsageError(
            "types would be written outside the project",
            code="OKR703",
            place=shown(path),
            help=f"set `output` to a folder below {limit}, or name one for once with `--out`{alone}",
        )


def check_folder(folder: Path) -> None:
    """Nothing, if `folder` is one, or can be made.

    Raises  UsageError where a file is in the way
    """
    for path in (folder, *folder.parents):
        if path.is_dir():
            return
        if os.path.lexists(path):
            raise UsageError(
                f"`{shown(path)}` is no folder, and types would be written to `{shown(folder)}`",
                code="OKR703",
                help="move it away, or give the language another `output`",
            )


def stale(
    folder: Path,
    suffixes: tuple[str, ...],
    wanted: Collection[Path],
    others: Collection[str],
    *,
    below: bool = True,
) -> tuple[Path, ...]:
    """The files of ours in `folder`, and below, that are not `wanted`; links are left alone.

    others  folders that belong to other languages, links resolved
    below   look into the folders of `folder` as well
    """
    names = {str(path) for path in wanted}
    folded = {name.casefold() for name in names}
    return tuple(
        path
        for path in _ours(folder, suffixes, others, below=below)
        if str(path) not in names
        and not (str(path).casefold() in folded and _is_one_of(path, wanted))
    )


def _is_one_of(path: Path, wanted: Iterable[Path]) -> bool:
    """Whether it is one of those in another spelling, where the file system does not tell cases apart."""
    alike = (item for item in wanted if str(item).casefold() == str(path).casefold())
    return any(item.exists() and item.samefile(path) for item in alike)


def _ours(
    folder: Path, suffixes: tuple[str, ...], others: Collection[str], *, below: bool
) -> Iterator[Path]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        path = folder / entry.name
        if entry.is_dir(follow_symlinks=False):
            if below and not _is_others(path, others):
                yield from _ours(path, suffixes, others, below=True)
        elif (
            entry.is_file(follow_symlinks=False)
            and entry.name.endswith(suffixes)
            and _begins_with_mark(path)
        ):
            yield path


def _is_others(folder: Path, others: Collection[str]) -> bool:
    return (
        folder.name.startswith(".")
        or folder.name in _NOT_OURS
        or os.path.realpath(folder) in others
        or any((folder / name).exists() for name in _OTHERS)
    )


def _begins_with_mark(path: Path) -> bool:
    with path.open("rb") as file:
        return _is_marked(file.read(_LONGEST_LINE))


def write_all(files: Iterable[TypeFile]) -> None:
    """Write those that are not the same; each is the old one or the new one at any time.

    Raises  OSError; then none is written, unless one could not be put in its place at the end
    """
    changed = [(file.path, file.text) for file in files if file.state is not State.SAME]
    for folder in dict.fromkeys(path.parent for path, _ in changed):
        folder.mkdir(parents=True, exist_ok=True)
    write_texts(changed)


def remove_all(paths: Iterable[Path], folder: Path) -> None:
    """Remove files, and the folders below `folder` that hold nothing without them; another run may do the same."""
    parents: dict[Path, None] = {}
    for path in paths:
        path.unlink(missing_ok=True)
        parents |= dict.fromkeys(each for each in path.parents if folder in each.parents)
    for parent in sorted(parents, key=lambda item: len(item.parts), reverse=True):
        try:
            parent.rmdir()
        except OSError as kept:
            if kept.errno not in {errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT}:
                raise
