"""The statements of one migration file: read, run under the guard, and what is said when one fails."""

from __future__ import annotations

from hashlib import sha256
from time import monotonic
from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.dialects import dialect
from okra.errors import DatabaseError, DirectoryError, LockNotObtained, StatementFailed
from okra.migrations.chain import decoded
from okra.migrations.executor import Event, EventKind, Run, milliseconds
from okra.url import redact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Script
    from okra.dialects.session import Guard
    from okra.migrations.chain import Migration

_SHOWN = 400
_SURROUNDINGS = frozenset(
    {"OKR500", "OKR501", "OKR502", "OKR503", "OKR504", "OKR505", "OKR506", "OKR507"}
)


def run_scripts(run: Run, migration: Migration, scripts: Sequence[Script], file: str) -> None:
    """Run the statements of one file inside the transaction, guarded.

    Raises  StatementFailed that names the place in the file; what the guard finds
    """
    path = migration.file(file)
    guard = run.session.guard(scripts)
    try:
        guard.start()
        for number in range(len(scripts)):
            _run_one(run, migration, guard, scripts, number, path)
        run.point("finish")
        guard.finish()
        run.point("finished")
    except DatabaseError as error:
        if error.place is None or isinstance(error, LockNotObtained):
            error.place = path
        raise


def split_file(run: Run, migration: Migration, file: str, data: bytes) -> tuple[Script, ...]:
    """The statements of one file.

    Raises  DirectoryError that names the place in the file
    """
    path = migration.file(file)
    text = decoded(data, path)
    try:
        return dialect(run.target.provider).split(text)
    except DirectoryError as error:
        error.place = f"{path}:{error.place}" if error.place else path
        raise


def statements_hash(scripts: Sequence[Script]) -> str:
    """The hash over statements that were run."""
    digest = sha256()
    for script in scripts:
        digest.update(script.sql.encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return digest.hexdigest()


def purpose(script: Script) -> str:
    """What a statement is for: the first line of its comment that is not a hazard, or its beginning."""
    for line in script.comment.splitlines():
        text = line.strip().lstrip("-").strip()
        if text and not text.startswith("!"):
            return text
    return " ".join(script.sql.split())[:60]


def is_of_surroundings(error: DatabaseError) -> bool:
    """Whether the migration itself is not to blame: a lock, the disk, rights."""
    return error.code in _SURROUNDINGS


def _run_one(
    run: Run,
    migration: Migration,
    guard: Guard,
    scripts: Sequence[Script],
    number: int,
    path: str,
) -> None:
    script = scripts[number]
    event = Event(
        kind=EventKind.STATEMENT_STARTED,
        version=migration.version,
        name=migration.header.name,
        number=number + 1,
        total=len(scripts),
        purpose=purpose(script),
    )
    run.emit(event)
    run.point(f"statement {number + 1}")
    started = monotonic()
    try:
        guard.run(number)
    except DatabaseError as error:
        if error.code not in ("OKR508", "OKR509"):
            raise
        raise _statement_failed(run, migration, script, number + 1, path, error) from error
    run.point(f"statement {number + 1} done")
    run.emit(replace(event, kind=EventKind.STATEMENT_DONE, duration_ms=milliseconds(started)))


def _statement_failed(
    run: Run, migration: Migration, script: Script, number: int, path: str, error: DatabaseError
) -> StatementFailed:
    server_error = redact(error.message, run.target.url)
    shown = script.sql if len(script.sql) <= _SHOWN else script.sql[:_SHOWN] + " …"
    data = error.code == "OKR509"
    again = "`okra db:migrate:up`"
    way_out = (
        f"mend the rows and run {again} again; or mend the file, "
        f"run `okra db:migrate:verify` and then {again}"
        if data
        else f"mend the file, run `okra db:migrate:verify`, then {again}"
    )
    return StatementFailed(
        f"statement {number} of `{migration.folder}` failed: {server_error}",
        code="OKR511" if data else "OKR510",
        statement=script.sql,
        index=number,
        server_error=server_error,
        place=f"{path}:{script.line}",
        help=f"the statement is\n{shown}\nnothing was changed: the migration was undone as a whole\n"
        + way_out,
    )
