"""The statements of one migration file: read, run under the guard, and what is said when one fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from time import monotonic
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from okra.dialects import dialect
from okra.dialects.base import Script
from okra.errors import DatabaseError, StatementFailed
from okra.migrations.events import Event, EventKind, milliseconds
from okra.migrations.findings import made_by_hand
from okra.migrations.folder import DOWN_SQL
from okra.url import redact

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

    from okra.dialects.session import Guard
    from okra.migrations.chain import Migration
    from okra.migrations.executor import Run
    from okra.plan import HazardKind

_PURPOSE = 60
_SHOWN = 400
BLAMED = frozenset({"OKR510", "OKR511", "OKR512", "OKR513", "OKR514", "OKR515", "OKR517", "OKR518"})
"""The codes of failures that are the migration's own, and not those of a lock, a disk or a right."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """The statements of a file from `start` up to but not with `stop`, counted from 0.

    kept  how many before them stay where they fail; None where the whole file is undone
    """

    file: str
    scripts: Sequence[Script]
    start: int = 0
    stop: int
    kept: int | None = None


def hazards(script: Script, kind: HazardKind) -> list[str]:
    """What the comments above a statement say of one kind of hazard."""
    mark = f"! {kind}:"
    lines = (line.strip().removeprefix("--").strip() for line in script.comment.splitlines())
    return [line.removeprefix(mark).strip() for line in lines if line.startswith(mark)]


def run_scripts(run: Run, migration: Migration, part: Part) -> None:
    """Run the statements of one file inside the transaction, guarded.

    Raises  StatementFailed that names the place in the file; what the guard finds
    """
    guard = run.session.guard(part.scripts)
    with placed(migration.file(part.file)):
        guard.start()
        run_part(run, migration, guard, part)
        finish_guard(run, guard)


def run_part(run: Run, migration: Migration, guard: Guard, part: Part) -> None:
    """Run a part of a file whose guard has started.

    Raises  StatementFailed that names the place in the file
    """
    for number in range(part.start, part.stop):
        with told(run, migration, part, number):
            guard.run(number, part.stop)


def finish_guard(run: Run, guard: Guard) -> None:
    """Let the guard put back and check what it does at the end of a file."""
    run.point("finish")
    guard.finish()
    run.point("finished")


@contextmanager
def placed(path: str) -> Iterator[None]:
    """Errors of the database from inside get `path` as their place, if they have none."""
    try:
        yield
    except DatabaseError as error:
        if error.place is None:
            error.place = path
        raise


def refuse_misplaced(run: Run, migration: Migration, file: str, scripts: Sequence[Script]) -> None:
    """Nothing, if every statement may stand in a migration.

    file    where those stand that do not say it themselves
    Raises  DatabaseError with the file as its place
    """
    for name in dict.fromkeys(script.file or file for script in scripts):
        with placed(migration.file(name)):
            own = [script for script in scripts if (script.file or file) == name]
            dialect(run.target.provider).refuse_misplaced(own)


def statements_hash(scripts: Sequence[Script]) -> str:
    """The hash over statements that were run."""
    digest = sha256()
    for script in scripts:
        feed(digest, script)
    return digest.hexdigest()


def feed(digest: Hash, script: Script) -> None:
    """Take one more statement into a hash over statements."""
    digest.update(script.sql.encode("utf-8", "surrogatepass"))
    digest.update(b"\0")


def statement_hash(script: Script) -> str:
    """What tells one statement from another."""
    return sha256(script.sql.encode("utf-8", "surrogatepass")).hexdigest()


def purpose(script: Script) -> str:
    """What a statement is for: the first line of its comment that is no hazard or directive, or its beginning."""
    for line in script.comment.splitlines():
        text = line.strip().lstrip("-").strip()
        if text and not text.startswith(("!", "okra:")):
            return text
    text = " ".join(script.sql.split())
    return text if len(text) <= _PURPOSE else f"{text[: _PURPOSE - 1]}…"


def excerpt(script: Script) -> str:
    """A statement as it is shown where it fails: as a whole, or its beginning."""
    return script.sql if len(script.sql) <= _SHOWN else script.sql[:_SHOWN] + " …"


@contextmanager
def told(run: Run, migration: Migration, part: Part, number: int) -> Iterator[Event]:
    """Around the statement with this number, counted from 0: its events, and what is said where it fails."""
    script = part.scripts[number]
    event = Event(
        kind=EventKind.STATEMENT_STARTED,
        version=migration.version,
        name=migration.header.name,
        number=number + 1,
        total=len(part.scripts),
        purpose=purpose(script),
    )
    run.emit(event)
    run.point(f"statement {number + 1}")
    started = monotonic()
    try:
        yield event
    except DatabaseError as error:
        if error.code not in ("OKR508", "OKR509"):
            error.place = error.place or _place(migration, part, script)
            raise
        raise _statement_failed(run, migration, part, number + 1, error) from error
    run.point(f"statement {number + 1} done")
    run.emit(replace(event, kind=EventKind.STATEMENT_DONE, duration_ms=milliseconds(started)))


def _statement_failed(
    run: Run, migration: Migration, part: Part, number: int, error: DatabaseError
) -> StatementFailed:
    script = part.scripts[number - 1]
    server_error = redact(error.message, run.target.url)
    shown = script.sql if len(script.sql) <= _SHOWN else script.sql[:_SHOWN] + " …"
    data = error.code == "OKR509"
    if part.kept is None:
        left = "nothing was changed: the migration was undone as a whole"
        way_out = _way_out(migration, part, server_error, data=data)
    else:
        left = what_stays(part.kept, number)
        way_out = _way_on(part)
    return StatementFailed(
        f"statement {number} of `{migration.folder}` failed: {server_error}",
        code="OKR511" if data else "OKR510",
        statement=script.sql,
        index=number,
        server_error=server_error,
        place=_place(migration, part, script),
        help=f"the statement is\n{shown}\n{left}\n{way_out}",
    )


def _place(migration: Migration, part: Part, script: Script) -> str:
    """Where a statement stands, with its line."""
    return f"{migration.file(script.file or part.file)}:{script.line}"


def _way_out(migration: Migration, part: Part, error: str, *, data: bool) -> str:
    if part.file == DOWN_SQL:
        return "mend what it failed on and run `okra db:migrate:down` again, or go on with a new migration"
    again = "run `okra db:migrate:verify`, then `okra db:migrate:up`"
    if data:
        return f"mend the rows and run `okra db:migrate:up` again; or mend the file, {again}"
    return f"mend the file, {again}{made_by_hand(migration.version, error)}"


def what_stays(kept: int, number: int | None = None) -> str:
    """What is true of a file that is run in steps, when one of them fails: statement `number`, if it was one."""
    undone = number is not None and number > kept + 1
    if not kept:
        why = "its whole transaction was undone" if undone else "it was the first statement"
        return f"nothing was changed: {why}"
    if kept == 1:
        done = f"the {'first statement' if undone else 'statement before it'} is done and stays"
    else:
        done = f"the first {kept} statements are done and stay"
    return f"{done}; the transaction behind that was undone" if undone else done


def _way_on(part: Part) -> str:
    command = "down" if part.file == DOWN_SQL else "up"
    verified = "" if part.file == DOWN_SQL else ", run `okra db:migrate:verify`"
    return (
        f"mend the rows or whatever it failed on, then `okra db:migrate:{command} --resume`;\n"
        f"or mend the file from there on{verified}, then `okra db:migrate:{command}`: it goes on from there"
    )
