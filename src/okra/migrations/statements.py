"""The statements of one migration file: read, run under the guard, and what is said when one fails."""

from __future__ import annotations

from hashlib import sha256
from time import monotonic
from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.dialects import dialect
from okra.errors import DatabaseError, DirectoryError, StatementFailed
from okra.migrations.chain import decoded
from okra.migrations.executor import Event, EventKind, Run, milliseconds
from okra.migrations.findings import made_by_hand
from okra.url import redact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Script
    from okra.dialects.session import Guard
    from okra.migrations.chain import Migration

_SHOWN = 400
BLAMED = frozenset({"OKR510", "OKR511", "OKR512", "OKR513", "OKR514", "OKR515", "OKR517", "OKR518"})
"""The codes of failures that are the migration's own, and not those of a lock, a disk or a right."""


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
        if error.place is None:
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
    return StatementFailed(
        f"statement {number} of `{migration.folder}` failed: {server_error}",
        code="OKR511" if data else "OKR510",
        statement=script.sql,
        index=number,
        server_error=server_error,
        place=f"{path}:{script.line}",
        help=f"the statement is\n{shown}\nnothing was changed: the migration was undone as a whole\n"
        + _way_out(migration, path, server_error, data=data),
    )


def _way_out(migration: Migration, path: str, error: str, *, data: bool) -> str:
    if path.endswith("rollback.sql"):
        return "mend what it failed on and run `okra db:migrate:down` again, or go on with a new migration"
    again = "run `okra db:migrate:verify`, then `okra db:migrate:up`"
    if data:
        return f"mend the rows and run `okra db:migrate:up` again; or mend the file, {again}"
    return f"mend the file, {again}{made_by_hand(migration.version, error)}"
