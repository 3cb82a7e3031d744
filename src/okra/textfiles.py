"""Text files as OKRA reads and writes them: UTF-8, written whole or not at all, with errors that name them."""

from __future__ import annotations

import os
import stat
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from okra.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def read_text(path: Path, what: str, max_bytes: int) -> str:
    """The text of a file; a byte order mark is left out.

    what  what the file is, for messages: `the schema`

    Raises  UsageError where there is no such file, and for what is no file of text
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise UsageError(
                f"{what} `{shown(path)}` is not a file", code="OKR604", help="name a file of text"
            )
        if found.st_size > max_bytes:
            raise UsageError(
                f"{what} `{shown(path)}` has more than {max_bytes // 1_000_000} MB",
                code="OKR604",
                help="is it the right file? a large schema can be split into several",
            )
        data = path.read_bytes()
    except FileNotFoundError as cause:
        raise UsageError(
            f"{what} `{shown(path)}` does not exist", code="OKR604", help=_missing_help(path)
        ) from cause
    except OSError as cause:
        reason = (cause.strerror or type(cause).__name__).lower()
        raise UsageError(
            f"{what} `{shown(path)}` can't be read: {reason}",
            code="OKR604",
            help="look at the name, its permissions and where its links lead",
        ) from cause
    return decoded(data, what, shown(path))


def decoded(data: bytes, what: str, name: str) -> str:
    """The text of `data`; a byte order mark is left out.

    Raises  UsageError that names the line which is not UTF-8
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        line = data.count(b"\n", 0, cause.start) + 1
        raise UsageError(
            f"{what} `{name}` is not UTF-8",
            code="OKR614",
            place=f"{name}:{line}",
            help="save the file as UTF-8",
        ) from cause


def _missing_help(path: Path) -> str:
    if path.name == "okra.config.json":
        return "`okra db:init` writes one"
    if path.name.endswith(".okra.gql"):
        return (
            "`okra db:init` writes a first schema; `schemas` in the configuration says where it is"
        )
    return "look at the name again"


def write_text(path: Path, text: str) -> None:
    """The file's text replaced at one stroke; its permissions stay. A link is followed.

    Raises  OSError, with the file as it was
    """
    write_texts([(path, text)])


def write_texts(files: Iterable[tuple[Path, str]]) -> None:
    """The texts of many files replaced, each at one stroke; their permissions stay. Links are followed.

    Raises  OSError; all files are as they were, unless one of them could not be replaced at the end
    """
    with ExitStack() as unfinished:
        staged: list[tuple[Path, Path, Path]] = []
        for path, text in files:
            target = Path(os.path.realpath(path))
            scratch = target.with_name(f".okra-{os.urandom(8).hex()}")
            with _named(path):
                _stage(target, scratch, text, unfinished)
            staged.append((path, target, scratch))
        for path, _, scratch in staged:  # the first waits for the disk, the others hardly
            with _named(path), scratch.open("r+b") as file:
                os.fsync(file.fileno())
        for path, target, scratch in staged:
            with _named(path):
                scratch.replace(target)


def _stage(target: Path, scratch: Path, text: str, unfinished: ExitStack) -> None:
    """The text in a file of its own beside `target`, which is removed if it does not take its place."""
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o644
    descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    unfinished.callback(scratch.unlink, missing_ok=True)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    scratch.chmod(mode)


def create_text(path: Path, text: str) -> None:
    """A new file.

    Raises  UsageError where something of that name is there already; OSError, without the file
    """
    try:
        file = path.open("x", encoding="utf-8", newline="")
    except FileExistsError as cause:
        raise UsageError(
            f"`{shown(path)}` is there already, and nothing is overwritten",
            code="OKR620",
            help="move it away, or work on with it",
        ) from cause
    with _named(path), _or_not_at_all(path), file:
        file.write(text)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """What the system refuses inside names `path`: by itself it may name another file, or none."""
    try:
        yield
    except OSError as error:
        error.filename = shown(path)
        raise


@contextmanager
def _or_not_at_all(path: Path) -> Iterator[None]:
    """What goes wrong inside leaves no file at `path`."""
    try:
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise


_ODD = frozenset('/\\:*?"<>|')
_NO_LETTERS = frozenset({"Cc", "Cf", "Cs"})


def is_file_name(name: str) -> bool:
    """Whether every system takes it as the name of one file or folder; some drop dots and spaces at its end."""
    from unicodedata import category

    letters = set(name)
    return (
        name != ""
        and not name.endswith((".", " "))
        and not letters & _ODD
        and not any(category(letter) in _NO_LETTERS for letter in letters)
    )


def shown(path: Path) -> str:
    """`path` as people should see it: relative where it lies under the current folder."""
    whole = Path(os.path.abspath(path))
    try:
        return str(whole.relative_to(Path.cwd()))
    except (ValueError, FileNotFoundError):
        return str(whole)
