"""The statements of a sync, run: all or nothing where the server can undo them, else each one noted when it is done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from okra.declarative import journal
from okra.declarative.running import run_scripts
from okra.dialects import dialect as dialect_of
from okra.dialects.session import LOST, REFUSED, REFUSED_ROWS
from okra.errors import DatabaseError, StatementFailed
from okra.migrations.render import render
from okra.migrations.statements import excerpt
from okra.url import redact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.declarative.proposal import Proposal
    from okra.dialects.base import Script
    from okra.migrations.executor import Run
    from okra.relational.model import Database

_CODES = {REFUSED: "OKR585", REFUSED_ROWS: "OKR586"}
_BROKEN = "OKR513"
"""A view or trigger that would no longer work."""


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
    else:
        with run.work():
            run.prepare_history()
        journal.begin(run, scripts, journal.aim_of(wanted), proposal.renames, proposal.before)
    try:
        run_scripts(
            run, scripts, done=partial(journal.note, run), failed=partial(_failed, run, scripts)
        )
    except DatabaseError as error:
        if error.code == _BROKEN:  # what is said of it is about files
            error.help = "nothing was changed; drop it first, sync, and make it anew to fit"
        raise
    journal.settle(run)


def _failed(
    run: Run, scripts: Sequence[Script], number: int, error: DatabaseError
) -> DatabaseError:
    """The same error, with where the database stands."""
    script, total = scripts[number - 1], len(scripts)
    stands = _stands(run, number - 1, total, surely=error.code != LOST)
    if error.code not in _CODES:
        error.help = f"{error.help or ''}\n{stands}".strip()
        return error
    server_error = redact(error.message, run.target.url)
    return StatementFailed(
        f"statement {number} of {total} failed: {server_error}",
        code=_CODES[error.code],
        statement=script.sql,
        index=number,
        server_error=server_error,
        place=str(run.target.url),
        help=f"the statement is\n{excerpt(script)}\n{stands}",
    )


def _stands(run: Run, done: int, total: int, *, surely: bool) -> str:
    """What is true of the database now; not `surely` where the server may have done one more."""
    if run.session.atomic or (surely and not done):
        return "nothing was changed"
    are = "is done and stays" if done == 1 and surely else "are done and stay"
    count = f"{done} of {total}" if surely else f"{done} or {done + 1} of {total}"
    statements = "statements" if total > 1 else "statement"
    return f"{count} {statements} {are}; run `okra db:sync` again: it goes on"
