"""`okra db:migrate:status`: what is applied, what is pending, and what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okra.cli.drift import drift_value, show_drift
from okra.cli.options import Shared, okra_command
from okra.cli.progress import announce
from okra.cli.render import counted, table
from okra.migrations.status import SQUASHED
from okra.naming import migration_folder

if TYPE_CHECKING:
    from okra.cli.output import Output
    from okra.migrations.status import Entry, StatusResult
    from okra.projects.project import Project

FOUND = 3
_SHOWN = 12


@okra_command(
    example="""\
okra db:migrate:status
okra db:migrate:status --check            # in a deployment: exit code 3 if something is pending or wrong
okra db:migrate:status --check --drift    # or if somebody has changed the database by hand"""
)
@click.option(
    "--check",
    is_flag=True,
    help="Exit with 3 unless everything is applied and nothing is wrong; drift counts with --drift.",
)
@click.option(
    "--drift/--no-drift",
    default=None,
    help="Look whether the database is what was applied; done unasked up to 200 tables.",
)
def command(shared: Shared, check: bool, drift: bool | None) -> int:
    """Show which migrations are applied and which are pending, and what keeps `up` from going on.

    It also says where the database is not what its newest applied migration promises, because somebody has
    changed it by hand: `okra db:diff --live` shows all of that.
    """  # fmt: skip
    out = shared.out
    project = shared.project()
    announce(out, project)
    result = project.status(drift=drift)
    if result.entries:
        out.show(table([_row(entry) for entry in result.entries]))
    for problem in result.problems:
        out.error(_problem(problem.code, problem.message, problem.help))
    _show_drift(out, project, result, asked=drift)
    out.say(_summary(result))
    out.document(_document(result))
    wrong = not result.up_to_date or (drift is True and result.drifted)
    return FOUND if check and wrong else 0


def _show_drift(out: Output, project: Project, result: StatusResult, *, asked: bool | None) -> None:
    found = result.drift
    if found is None:
        return
    if found.unknown is not None:
        if asked:
            out.warn(f"whether it is what was applied can't be said: {found.unknown}")
    elif found.differences or asked:
        show_drift(out, project, found, most=_SHOWN)


def _row(entry: Entry) -> list[str]:
    folder = migration_folder(entry.version, entry.name)
    notes = [f"at {entry.finished_at}"] if entry.finished_at else []
    if entry.kind == SQUASHED:
        notes.append("as those that were squashed into it")
    elif entry.kind not in {None, "migration"}:
        notes.append(f"{entry.kind}, not run")
    if entry.done is not None:
        way = " of the way back" if entry.back else ""
        ranges = f" and {counted(entry.ranges, 'range')} of the next one" if entry.ranges else ""
        notes.append(f"{entry.done} of {entry.total} statements{way}{ranges} done")
    if not entry.verified:
        notes.append("not proven")
    if entry.error:
        at = f" at statement {entry.error_at_statement}" if entry.error_at_statement else ""
        notes.append(f"failed{at}: {entry.error}")
    return [folder, entry.condition.value, "; ".join(notes)]


def _problem(code: str, message: str, help: str | None) -> str:
    from okra.errors import OkraError

    return OkraError(message, code=code, help=help).render()


def _summary(result: StatusResult) -> str:
    if not result.entries:
        return "There is no migration yet: `okra db:migrate:generate` writes one."
    where = f"The database is at {result.current}" if result.current else "Nothing is applied"
    if result.problems:
        return f"{where}; `okra db:migrate:up` would be refused."
    if result.pending:
        pending = counted(len(result.pending), "migration")
        them = "it" if len(result.pending) == 1 else "them"
        return f"{where}; {pending} pending: `okra db:migrate:up` applies {them}."
    if result.drifted:
        return f"{where}: nothing is pending, but it is not what that promises."
    return f"{where}: nothing is pending."


def _document(result: StatusResult) -> dict[str, object]:
    return {
        "database": result.database,
        "environment": result.environment,
        "current": result.current,
        "next": result.next,
        "upToDate": result.up_to_date,
        "migrations": [
            {
                "version": entry.version,
                "name": entry.name,
                "condition": entry.condition.value,
                "kind": entry.kind,
                "finishedAt": entry.finished_at,
                "durationMs": entry.duration_ms,
                "appliedBy": entry.applied_by,
                "error": entry.error,
                "errorAtStatement": entry.error_at_statement,
                "verified": entry.verified,
                "statementsDone": entry.done,
                "statements": entry.total,
            }
            for entry in result.entries
        ],
        "problems": result.problems,
        "drift": None if result.drift is None else drift_value(result.drift),
    }
