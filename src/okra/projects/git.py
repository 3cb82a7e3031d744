"""Files as they were at a commit: what git keeps, read without touching the working tree."""

from __future__ import annotations

import os
import subprocess
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from okra.errors import UsageError
from okra.migrations.copies import Copy
from okra.source import Source
from okra.textfiles import decoded, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TIMEOUT_SECONDS = 60
_OF_HOOKS = frozenset({"GIT_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_WORK_TREE"})
"""What git sets for a hook that it runs: it means another folder, and another index."""


def sources_at(ref: str, patterns: Sequence[str], folder: Path) -> tuple[Source, ...]:
    """The schema files that `patterns` name, as they were at `ref`: by pattern, then by name.

    ref      a commit, branch or tag, as `git rev-parse` knows it
    folder   where the patterns start; it is in the repository
    Raises   UsageError where there is no such commit, and where it has no such file
    """
    root = _root(folder)
    commit = _commit(ref, folder)
    names = _git(["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit], folder)
    files = [name for name in names.decode("utf-8", "surrogateescape").split("\0") if name]
    found: dict[str, None] = {}
    for pattern in patterns:
        wanted = _in_repository(pattern, folder, root)
        for name in sorted(name for name in files if name == wanted or _matches(name, wanted)):
            found[name] = None
    if not found:
        raise UsageError(
            f"no schema file at `{ref}` matches {', '.join(f'`{item}`' for item in patterns)}",
            code="OKR672",
            place=shown(root),
            help="if they had another name then, say it: `--against git:REF:path/models.okra.gql`",
        )
    return tuple(_source(ref, commit, name, folder) for name in found)


def _source(ref: str, commit: str, name: str, folder: Path) -> Source:
    data = _git(["cat-file", "blob", f"{commit}:{name}"], folder)
    label = f"{ref}:{name}"
    return Source(label, decoded(data, "the schema", label))


def _root(folder: Path) -> Path:
    try:
        text = _git(["rev-parse", "--show-toplevel"], folder)
    except _GitFailed as error:
        raise UsageError(
            f"git finds no repository around `{shown(folder)}`",
            code="OKR670",
            help=f"git says: {error}\n"
            "or compare with a migration or a file: `--against VERSION`, `--against FILE`",
        ) from error
    return Path(text.decode("utf-8", "surrogateescape").rstrip("\n"))


def _commit(ref: str, folder: Path) -> str:
    asked = f"{ref}^{{commit}}"
    try:
        text = _git(["rev-parse", "--verify", "--quiet", "--end-of-options", asked], folder)
    except _GitFailed as error:
        raise UsageError(
            f"git knows no commit `{ref}`",
            code="OKR671",
            help="a clone in CI may not have it: `git fetch origin BRANCH`, then `--against git:origin/BRANCH`",
        ) from error
    return text.decode().strip()


def _in_repository(pattern: str, folder: Path, root: Path) -> str:
    """`pattern` from the root of the repository on, as git names files."""
    whole = os.path.normpath(folder.resolve() / Path(pattern).expanduser())
    return PurePosixPath(Path(os.path.relpath(whole, root.resolve()))).as_posix()


def _matches(name: str, pattern: str) -> bool:
    """Whether a pattern names a file as `glob` has it: `**` is any folders, `*` stays in one."""
    return _parts_match(name.split("/"), pattern.split("/"))


def _parts_match(names: Sequence[str], patterns: Sequence[str]) -> bool:
    if not patterns:
        return not names
    if patterns[0] == "**":
        return any(_parts_match(names[skip:], patterns[1:]) for skip in range(len(names) + 1))
    if not names or not fnmatchcase(names[0], patterns[0]):
        return False
    if names[0].startswith(".") and not patterns[0].startswith("."):
        return False  # as `glob`: a hidden file is named in full
    return _parts_match(names[1:], patterns[1:])


class _GitFailed(Exception):
    pass


def _git(arguments: Sequence[str], folder: Path) -> bytes:
    """What git writes.

    Raises  _GitFailed where it has another exit code than 0, UsageError where it is not there
    """
    try:
        done = subprocess.run(  # noqa: S603 - no shell; a ref can't be an option
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - the user's own git
            capture_output=True,
            check=False,
            timeout=_TIMEOUT_SECONDS,
            env={name: value for name, value in os.environ.items() if name not in _OF_HOOKS},
        )
    except (FileNotFoundError, subprocess.TimeoutExpired) as error:
        raise UsageError(
            "git can't be run" if isinstance(error, FileNotFoundError) else "git does not answer",
            code="OKR670",
            help="compare with a migration or a file: `--against VERSION`, `--against FILE`",
        ) from error
    if done.returncode != 0:
        raise _GitFailed(done.stderr.decode("utf-8", "replace").partition("\n")[0])
    return done.stdout


def folder_copies(folder: Path) -> Iterator[Copy]:
    """The files of a folder at each commit of any branch that changed them, the newest first; none without git."""
    parent, name = folder.parent, folder.name
    try:
        log = _git(["log", "--all", "--full-history", "--format=%H", "--", f"./{name}"], parent)
        for commit in log.decode().split():
            files = _blobs(commit, name, parent)
            if files:
                yield Copy(commit, files)
    except (_GitFailed, UsageError):
        return


def folder_names(parent: Path, start: str) -> list[str]:
    """The folders in `parent` whose names begin with `start`, at any commit of any branch; none without git."""
    asked = ["log", "--all", "--full-history", "--format=", "--name-only", "--relative", "-z", "--"]
    try:
        found = _git([*asked, f":(glob){start}*/**"], parent)
    except (_GitFailed, UsageError):
        return []
    names = found.decode("utf-8", "surrogateescape").replace("\n", "\0").split("\0")
    return sorted({name.partition("/")[0] for name in names if name})


def _blobs(commit: str, name: str, parent: Path) -> dict[str, bytes]:
    """The files right below `parent`/`name` at a commit."""
    found = {}
    for line in _git(["ls-tree", "-z", commit, f"{name}/"], parent).split(b"\0"):
        about, _, path = line.partition(b"\t")
        if b" blob " in about:
            blob = about.split()[2].decode()
            file = path.decode("utf-8", "surrogateescape").rpartition("/")[2]
            found[file] = _git(["cat-file", "blob", blob], parent)
    return found
