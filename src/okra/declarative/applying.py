"""The statements of a sync, run: all or nothing where the server can undo them, else each one noted when it is done."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from okra.declarative import journal
from okra.dialects import dialect as dialect_of
from okra.dialects.session import LOST
from okra.errors import DatabaseError, StatementFailed, UnsupportedChange
from okra.migrations.events import Event, EventKind, milliseconds
from okra.migrations.render import render
from okra.url import redact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.declarative.proposal import Proposal
    from okra.dialects.base import Script
    from okra.migrations.executor import Run
    from okra.relational.model import Database

_SHOWN = 400
_REFUSED = {"OKR508": "OKR585", "OKR509": "OKR586"}


def check_version(run: Run, proposal: Proposal) -> None:
    """Nothing, if the server is new enough for what the database is to become.

    Raises  UnsupportedChange
    """
    dialect = dialect_of(run.target.provider)
    lacking = dialect.lacking(proposal.after, run.session.server_version)
    if lacking:
        raise UnsupportedChange(
            f"the schema needs what the server has not: {lacking[0]}",
            code="OKR587",
            place=str(run.target.url),
            help="\n".join(
                [
                    "use a newer server, or leave it out of the schema",
                    *lacking[1:],
                    "nothing was changed",
                ]
            ),
        )


def apply(run: Run, proposal: Proposal, wanted: Database) -> None:
    """Run the plan of `proposal`; inside a transaction where the server can undo it.

    wanted  what the database is to become, as a whole
    Raises  StatementFailed that says what stays
    """
    dialect = dialect_of(run.target.provider)
    scripts = dialect.split(render(proposal.plan, "sync"))
    dialect.refuse_misplaced(scripts)
    if run.session.atomic:
        run.prepare_history()
        _run_all(run, scripts)
        return
    with run.work():
        run.prepare_history()
    journal.begin(run, scripts, journal.aim_of(wanted), proposal.renames, proposal.before)
    _run_all(run, scripts)
    journal.settle(run)


def _run_all(run: Run, scripts: Sequence[Script]) -> None:
    guard = run.session.guard(scripts)
    guard.start()
    for number, script in enumerate(scripts, start=1):
        event = Event(
            kind=EventKind.STATEMENT_STARTED,
            version="",
            name=None,
            number=number,
            total=len(scripts),
            purpose=_purpose(script),
        )
        run.emit(event)
        run.point(f"statement {number}")
        started = monotonic()
        try:
            guard.run(number - 1)
            run.point(f"statement {number} done")
            journal.note(run, number)
        except DatabaseError as error:
            raise _failed(run, script, number, len(scripts), error) from error
        run.emit(
            Event(
                kind=EventKind.STATEMENT_DONE,
                version="",
                name=None,
                number=number,
                total=len(scripts),
                purpose=event.purpose,
                duration_ms=milliseconds(started),
            )
        )
    run.point("finish")
    guard.finish()
    run.point("finished")


def _purpose(script: Script) -> str:
    lines = (line.strip().lstrip("-").strip() for line in script.comment.splitlines())
    return next((line for line in lines if line and not line.startswith("!")), script.sql[:60])


def _failed(
    run: Run, script: Script, number: int, total: int, error: DatabaseError
) -> DatabaseError:
    """The same error, with where the database stands."""
    stands = _stands(run, number - 1, total, surely=error.code != LOST)
    if error.code not in _REFUSED:
        error.help = f"{error.help or ''}\n{stands}".strip()
        return error
    server_error = redact(error.message, run.target.url)
    shown = script.sql if len(script.sql) <= _SHOWN else script.sql[:_SHOWN] + " …"
    return StatementFailed(
        f"statement {number} of {total} failed: {server_error}",
        code=_REFUSED[error.code],
        statement=script.sql,
        index=number,
        server_error=server_error,
        place=str(run.target.url),
        help=f"the statement is\n{shown}\n{stands}",
    )


def _stands(run: Run, done: int, total: int, *, surely: bool) -> str:
    """What is true of the database now; not `surely` where the server may have done one more."""
    if run.session.atomic or (surely and not done):
        return "nothing was changed"
    are = "is done and stays" if done == 1 and surely else "are done and stay"
    count = f"{done} of {total}" if surely else f"{done} or {done + 1} of {total}"
    statements = "statements" if total > 1 else "statement"
    return f"{count} {statements} {are}; run `okra db:sync` again: it goes on"
