"""What `okra dev` and `okra db:sync --watch` do: on each save validate the schema, then sync the database.

`okra dev` generates the types before that: they need no database, and are there also where it refuses.

Nothing is ever asked: what can't be done without an answer is shown, and the next save is waited for.
"""

from __future__ import annotations

from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.cli.failures import as_okra_error
from okra.cli.progress import described, not_compared
from okra.cli.refusals import refusal
from okra.cli.render import counted, indented
from okra.errors import ConfigError, Severity, UsageError, draw
from okra.migrations.events import milliseconds
from okra.projects.several import validate
from okra.projects.syncing import sync
from okra.projects.watching import Watch, check_followed, check_unprotected
from okra.relational.describe import describe
from okra.url import redact

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from okra.cli.output import Output
    from okra.declarative.sync import SyncOptions, SyncResult
    from okra.errors import OkraError
    from okra.projects.project import Project
    from okra.projects.several import Validated
    from okra.projects.typing import Typed


def watch(
    out: Output,
    load: Callable[[], Sequence[Project]],
    options: SyncOptions,
    *,
    types: bool = False,
) -> int:
    """Sync at once, and again on each save, until Ctrl-C.

    load    reads the configuration: the databases that follow their schemas
    types   generate them, too, where a language is known

    Raises  UsageError for a database that is protected; KeyboardInterrupt for a Ctrl-C in the middle of a sync
    """
    watched = Watch(load)
    rounds = Rounds(out, options, types=types)
    rounds.open(watched.projects)
    rounds.go(watched.projects)
    files = ", ".join(f"`{name}`" for name in watched.places.described())
    out.say(f"Watching {files}; Ctrl-C ends it.", style="dim")
    try:
        for error in watched.saves():
            rounds.go(watched.projects, error)
    except KeyboardInterrupt:
        if rounds.busy:
            raise
    out.say("\nStopped.")
    out.document({"rounds": rounds.done, "failed": rounds.failed})
    return 0


class Rounds:
    """What each save leads to, and what was said already.

    done, failed  how many rounds there were, and how many of them left a database or types as they were
    busy          whether a database is being changed
    """

    def __init__(self, out: Output, options: SyncOptions, *, types: bool) -> None:
        self._out = out
        self._options = options
        self._types = types
        self._opened: set[str] = set()
        self._told: set[str] = set()
        self._known: set[str] = set()
        self.done = 0
        self.failed = 0
        self.busy = False

    def open(self, projects: Sequence[Project]) -> None:
        """Say which databases it will be, of those that were not named yet.

        Raises  UsageError for one that is protected, or has migrations and nobody has agreed
        """
        for project in projects:
            check_unprotected(project)
            name = described(project)
            if name not in self._opened:
                check_followed(project, agreed=self._options.yes)
                self._opened.add(name)
                self._out.say(f"Database: {name}, mode {project.target.mode}", style="bold")

    def go(self, projects: Sequence[Project], error: OkraError | None = None) -> None:
        """What one save leads to, for every database: what is wrong with one does not stop the next.

        error  what is wrong with the configuration
        """
        problems = [_screen(error)] if error else []
        self._known, self._told = self._told, set()
        found = () if error else validate(projects)
        problem = self._generate(found)
        if problem:
            problems.append(problem)
        for item in found:
            try:
                problem = self._follow(item)
            except Exception as wrong:  # noqa: BLE001 - the next save may mend it, whatever it is
                self.busy = False
                problem = _screen(wrong)
            if problem:
                problems.append(problem)
        self.done += 1  # before it is said: a Ctrl-C may come as soon as somebody can see it
        self.failed += bool(problems)
        for problem in dict.fromkeys(problems):
            self._out.error(f"{_clock()}\n{problem}\n")

    def _generate(self, found: Sequence[Validated]) -> str | None:
        """Make the types what the schemas say that are valid; gives what is in the way of that."""
        valid = [item.project for item in found if item.error is None]
        if not self._types or not valid:
            return None
        from okra.projects.typing import chosen_languages, plan_types, write_types

        try:
            languages = chosen_languages(valid[0])
        except UsageError as error:
            # Whose file it is, and whether it wants types, nobody knows: the database follows all the same.
            self._warn(_warning(error))
            return None
        try:
            typed = plan_types(valid, languages=languages) if languages else ()
            write_types(typed)
        except Exception as wrong:  # noqa: BLE001 - as above
            return _screen(wrong)
        changed = ", ".join(_written(each) for each in typed if each.changed)
        if changed:
            self._out.say(f"{_clock()} types: {changed}", style="green")
        return None

    def _follow(self, item: Validated) -> str | None:
        """Make the database what the schema says; gives what is in the way of that."""
        for warning in item.warnings:
            self._warn(draw(warning, {source.name: source for source in item.project.sources}))
        if item.error is not None:
            raise item.error
        for text in item.imitated:
            self._warn(f"warning: {text}")
        self.open([item.project])
        started = monotonic()
        self.busy = True
        result = sync(item.project, options=self._options)
        self.busy = False
        for text in (*result.warnings, *not_compared(result.ignored)):
            self._warn(f"warning: {text}")
        if result.resumed:
            self._out.say(f"Note: {result.resumed}.")
        if result.refused:
            return refusal(result, forced=self._options.force, again="Run `okra db:sync --force`")
        self._say(item.project, result, milliseconds(started))
        return None

    def _say(self, project: Project, result: SyncResult, took_ms: int) -> None:
        name = project.target.database
        about = f"{name}: " if name else ""
        if not result.changes:
            self._out.say(f"{_clock()} {about}nothing to do ({took_ms} ms)", style="dim")
            return
        self._out.say(f"{_clock()} {about}synced ({took_ms} ms)", style="green")
        self._out.say(indented("\n".join(describe(result.changes))))

    def _warn(self, text: str) -> None:
        """Say what was not said in this round, nor in the one before."""
        if text not in self._told | self._known:
            self._out.error(text)
        self._told.add(text)


def _written(found: Typed) -> str:
    """What was done for one language, in a few words."""
    written, gone = len(found.missing) + len(found.differing), len(found.stale)
    did = [f"wrote {counted(written, 'file')}"] if written else []
    did += [f"removed {counted(gone, 'file')}"] if gone else []
    return f"{found.language} ({' and '.join(did)})"


def _warning(error: UsageError) -> str:
    """The screen of `error` for what nothing depends on."""
    if not isinstance(error, ConfigError):
        return f"warning: {error.message}"
    found = (replace(item, severity=Severity.WARNING) for item in error.diagnostics)
    return "\n".join(draw(item, error.sources) for item in found)


def _screen(error: Exception) -> str:
    return redact(as_okra_error(error).render())


def _clock() -> str:
    """The time on the wall."""
    return f"{datetime.now(UTC).astimezone():%H:%M:%S}"
