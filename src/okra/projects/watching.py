"""Watching: projects, and the same projects again each time one of the files that they come from was saved.

What counts is how the files look. The system's messages about them only say when to look: where none come, as on some
network drives, the next look a second later finds what was saved.
"""

from __future__ import annotations

import os
from fnmatch import fnmatch
from functools import partial
from itertools import chain, takewhile
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from okra.configuration.migrations import Mode
from okra.configuration.settings import CONFIG_NAME, ENV_NAME, matches
from okra.errors import OkraError, UsageError
from okra.projects.protected import called
from okra.projects.service import SERVICE_FILES
from okra.textfiles import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from okra.projects.project import Project

_STEP_MS = 50
"""How long no file may have changed before it is looked at: editors write in several steps."""

_DEBOUNCE_MS = 400
"""After so long it is looked at although files still change."""

_PAUSE_MS = 1000
"""How often it is looked at although nobody said that anything has changed."""

_SHARE = 20
"""Looking unasked takes at most one part in so many of the time."""

Mark: TypeAlias = tuple[int, int, int] | None
"""What changes when a file is saved; None where it is not there."""


class Places(NamedTuple):
    """Where projects come from.

    settings  the files with the configuration, its variables and its service, there or not
    patterns  the schema files: each pattern with the folder that it starts from
    """

    settings: tuple[str, ...]
    patterns: tuple[tuple[str, Path], ...]

    @staticmethod
    def of(projects: Iterable[Project]) -> Places:
        """Raises UsageError where a variable in a pattern is missing."""
        settings: dict[str, None] = {}
        patterns: dict[tuple[str, Path], None] = {}
        for project in projects:
            found = project.settings
            settings[str(found.path or project.start.absolute() / CONFIG_NAME)] = None
            for name in (ENV_NAME, *SERVICE_FILES):
                settings[str(found.folder / name)] = None
            for pattern in project.target.schemas:
                patterns[project.variables.expand(pattern, key="schemas"), found.folder] = None
        return Places(tuple(settings), tuple(patterns))

    def schemas(self) -> tuple[str, ...]:
        """The schema files that are named now, there or not."""
        return tuple(chain.from_iterable(matches(*item) for item in self.patterns))

    def folders(self) -> tuple[str, ...]:
        """The folders whose changes say that it is time to look; those that are there."""
        files = (*self.settings, *self.schemas())
        found = {_beginning(folder / pattern) for pattern, folder in self.patterns}
        found |= {Path(file).parent for file in files}
        found |= {Path(os.path.realpath(file)).parent for file in files}
        return tuple(sorted(str(item) for item in found if item.is_dir()))

    def names(self) -> tuple[str, ...]:
        """What a file is called that may be one of them; `*` stands for anything."""
        files = (*self.settings, *self.schemas())
        known = (*self.settings, *(pattern for pattern, _ in self.patterns))
        links = (os.path.realpath(file) for file in files)
        return tuple(dict.fromkeys(Path(item).name for item in chain(known, links)))

    def described(self) -> tuple[str, ...]:
        """What is watched, as it stands in the configuration: what people call it."""
        there = (shown(Path(path)) for path in self.settings if Path(path).exists())
        return (*(pattern for pattern, _ in self.patterns), *there)


def check_unprotected(project: Project) -> None:
    """Nothing, if the database may be changed whenever a file is saved.

    Raises  UsageError
    """
    if project.target.protected:
        raise UsageError(
            f"{called(project)} is protected: no save of a file changes it",
            code="OKR636",
            help="`okra db:migrate:up` changes it, or one `okra db:sync` at a time where that is allowed;\n"
            "to work on another environment: `okra dev --env local`",
        )


def check_followed(project: Project, *, agreed: bool) -> None:
    """Nothing, if the database is not brought on by migrations, or somebody has `agreed` to that.

    Raises  UsageError
    """
    if project.target.mode == Mode.VERSIONED and not agreed and project.directory().exists():
        raise UsageError(
            f"{called(project)} has migrations: what is synced on each save, none of them knows of",
            code="OKR637",
            help='say in the configuration that it follows the schema, `"mode": "declarative"` under `migrations`,\n'
            "or agree to it once: `--yes`",
        )


def _check_configured(before: Sequence[Project], after: Sequence[Project]) -> None:
    """Nothing, if the configuration that was read is still there.

    Raises  UsageError: without it another database would be meant, or that of a folder above
    """
    was, path = before[0].settings.path, after[0].settings.path
    if was is not None and path != was and not was.exists():
        raise UsageError(
            f"the configuration `{shown(was)}` is gone",
            code="OKR604",
            help="when it is back, this goes on; to work without it, end this and begin anew",
        )


def _beginning(pattern: Path) -> Path:
    """The folder that everything lies in that `pattern` names."""
    parts = pattern.expanduser().parent.parts
    return Path(*takewhile(lambda part: not set("*?[") & set(part), parts))


def _marks(paths: Iterable[str]) -> dict[str, Mark]:
    return {path: _mark(Path(path)) for path in paths}


def _mark(path: Path) -> Mark:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


class Watch:
    """The files of the projects that `load` gives, as they looked when the projects were read.

    load    reads the configuration
    Raises  OkraError where there is nothing to watch
    """

    def __init__(self, load: Callable[[], Sequence[Project]]) -> None:
        from watchfiles import watch

        self._watch = (
            watch  # loaded now: a file may be saved as soon as somebody can see what is watched
        )
        self._load = load
        self._rest_until = 0.0
        self.projects = load()
        self.places = Places.of(self.projects)
        self._seen = _marks(self.places.settings) | _marks(self.places.schemas())

    def saves(self) -> Iterator[OkraError | None]:
        """Waits for a file to be saved, and reads the projects anew; it has no end.

        Gives  what is wrong with the configuration, if anything is; then `projects` are those from before
        """
        for asked in self._wakes():
            if self._is_saved(asked=asked):
                yield self._read()

    def _read(self) -> OkraError | None:
        """Files are marked before they are read: what is saved meanwhile is found by the next look."""
        settings = _marks(self.places.settings)
        error = None
        try:
            found = self._load()
            _check_configured(self.projects, found)
            self.projects, self.places = found, Places.of(found)
        except OkraError as wrong:
            error = wrong
        self._seen = settings | _marks(self.places.schemas())
        return error

    def _is_saved(self, *, asked: bool) -> bool:
        """Whether a file looks different; nobody `asked` and looking takes long: not always."""
        started = monotonic()
        if not asked and started < self._rest_until:
            return False
        now = _marks(self.places.settings) | _marks(self.places.schemas())
        ended = monotonic()
        self._rest_until = ended + _SHARE * (ended - started)
        return now != self._seen

    def _wakes(self) -> Iterator[bool]:
        """Whenever it is time to look: because of a change (True), and every now and then."""
        while True:
            folders, names = self.places.folders(), self.places.names()
            for changed in self._watch(
                *folders,
                watch_filter=partial(_concerns, names),
                recursive=False,
                step=_STEP_MS,
                debounce=_DEBOUNCE_MS,
                rust_timeout=_PAUSE_MS,
                yield_on_timeout=True,
            ):
                yield bool(changed)
                if changed and self.places.folders() != folders:
                    break


def _concerns(names: Iterable[str], _: object, path: str) -> bool:
    """Whether something is looked at because `path` has changed."""
    found = Path(path)
    return any(fnmatch(found.name, name) for name in names) or found.is_dir()
