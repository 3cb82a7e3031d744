"""`okra db:sync`: make the database what the schema says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okra.cli.answers import ask_fill, ask_rename, default_option, read_answers, rename_option
from okra.cli.options import Shared, confirm_database_option, okra_command
from okra.cli.progress import Progress, announce, database_value, not_compared
from okra.cli.protected import is_named
from okra.cli.refusals import refusal
from okra.cli.render import counted, indented
from okra.configuration.migrations import Mode
from okra.errors import UsageError
from okra.relational.describe import describe
from okra.textfiles import shown

if TYPE_CHECKING:
    from okra.declarative.proposal import Proposal
    from okra.declarative.sync import SyncOptions, SyncResult
    from okra.migrations.questions import FillQuestion, RenameQuestion
    from okra.plan import Plan
    from okra.projects.project import Project

FAILED = 1


@okra_command(
    example="""\
okra db:sync                     # what changed in the schema, into the database
okra db:sync --dry-run           # only show it
okra db:sync --force             # also where that loses data
okra db:sync --restore last      # the tables as they were before the last sync"""
)
@click.option(
    "--dry-run", is_flag=True, help="Change nothing; print what would be done, and the SQL."
)
@click.option("--force", is_flag=True, help="Apply destructive changes, too.")
@click.option("--watch", is_flag=True, help="Go on: sync again each time the schema is saved.")
@click.option(
    "--restore", metavar="SNAPSHOT", help="Go back to a snapshot: a file, a time, or `last`."
)
@rename_option
@default_option
@confirm_database_option("changing this protected database")
def command(
    shared: Shared,
    dry_run: bool,
    force: bool,
    watch: bool,
    restore: str | None,
    renames: tuple[str, ...],
    defaults: tuple[str, ...],
    confirm_database: str | None,
) -> int:
    """Make the database what the schema says, at once and without migrations.

    Looks at what is there, shows what changes, and changes it: as a whole or not at all, but for MySQL, which
    does it statement by statement. Where rows would lose something, that is listed with counts, and nothing is
    done without --force. Rows that would not fit are named before anything is done. What was there before is
    kept in .okra/schema, and --restore goes back to it; what rows have lost does not come back.
    """  # fmt: skip
    from okra.declarative.sync import SyncOptions

    _check_together(watch=watch, once=dry_run or restore is not None)
    answers = read_answers(renames, defaults)
    options = SyncOptions(
        force=force,
        dry_run=dry_run,
        yes=bool(shared.values.get("yes")),
        renames=answers.renames,
        fills=answers.fills,
    )
    if watch:
        return _watched(shared, options)
    project = shared.project()
    announce(shared.out, project)
    if restore is None:
        shared.out.warn_all(warning.message for warning in project.schema.warnings)
    result = _synced(shared, project, options, restore, confirm_database)
    wanted = "schema" if restore is None else "snapshot"
    _show_end(shared, result, force=force, wanted=wanted)
    _warn_of_migrations(shared, project, result)
    shared.out.document(_value(project, result))
    return FAILED if result.refused or result.cancelled else 0


def _check_together(*, watch: bool, once: bool) -> None:
    if watch and once:
        raise UsageError(
            "`--watch` goes on with each save of the schema: it can't be a dry run, or go back",
            code="OKR601",
            help="leave one of the flags out",
        )


def _watched(shared: Shared, options: SyncOptions) -> int:
    from okra.cli.watching import watch

    return watch(shared.out, lambda: (shared.project(),), options)


def _synced(
    shared: Shared,
    project: Project,
    options: SyncOptions,
    snapshot: str | None,
    confirmed: str | None,
) -> SyncResult:
    from okra.projects import syncing

    ask = _Questions(shared)
    name = _confirmed(shared, project, options, confirmed)
    progress = Progress(shared.out, "Syncing")
    if snapshot is None:
        return syncing.sync(project, options=options, ask=ask, progress=progress, confirmed=name)
    return syncing.restore(
        project, snapshot, options=options, ask=ask, progress=progress, confirmed=name
    )


def _confirmed(
    shared: Shared, project: Project, options: SyncOptions, given: str | None
) -> str | None:
    """The name of a protected database: given, or typed now. None where it needs none, or has no use."""
    target = project.target
    if not target.protected or not target.allow_sync or options.dry_run:
        return given
    return project.database_name if is_named(shared, project, given) else None


class _Questions:
    """The person at the terminal, asked by a sync."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._shown: Plan | None = None

    @property
    def possible(self) -> bool:
        return self._shared.ask.possible

    def confirm(self, question: str, proposal: Proposal, *, otherwise: str) -> bool:
        self._show(proposal)
        return self._shared.ask.confirm(question, otherwise=otherwise)

    def rename(self, question: RenameQuestion) -> str | None:
        return ask_rename(self._shared, question)

    def fill(self, question: FillQuestion, proposal: Proposal) -> str | None:
        return ask_fill(self._shared, question, (proposal.before, proposal.after)) or None

    def accept(self, proposal: Proposal) -> bool:
        self._show(proposal)
        return True

    def _show(self, proposal: Proposal) -> None:
        """What is about to be done; once, however often it is looked at."""
        out = self._shared.out
        if self._shown == proposal.plan:
            return
        self._shown = proposal.plan
        out.warn_all(not_compared(proposal.ignored))
        out.say(indented("\n".join(describe(proposal.changes))))
        out.warn_all(f"{hazard.kind}: {hazard.message}" for hazard in proposal.hazards)
        out.warn_all(proposal.warnings)
        for loss in proposal.losses:
            out.warn(loss.text)


def _show_end(shared: Shared, result: SyncResult, *, force: bool, wanted: str) -> None:
    out = shared.out
    if result.resumed:
        out.say(f"Note: {result.resumed}.")
    if result.cancelled:
        out.say("Nothing was changed.")
    elif not result.changes:
        out.say(f"Nothing to do: the database is what the {wanted} says.")
    elif result.applied:
        out.say(f"Done: {counted(len(result.statements), 'statement')}.", style="green")
        if result.snapshot is not None:
            out.say(f"What was there before is in {shown(result.snapshot)}.")
    else:
        out.say(indented("\n".join(describe(result.changes))))
        if result.dry_run:
            out.warn_all((*not_compared(result.ignored), *result.warnings))
            out.show(result.sql)
        screen = refusal(result, forced=force, again="Run with --force")
        if screen:
            out.error(screen)
        if result.dry_run:
            out.say("Nothing was changed.")


def _warn_of_migrations(shared: Shared, project: Project, result: SyncResult) -> None:
    versioned = project.target.mode == Mode.VERSIONED and project.directory().exists()
    if not (result.applied and result.changes and versioned):
        return
    shared.out.warn(
        "the configuration says that this database has migrations: none of them knows of what was synced"
    )
    known = "okra db:migrate:init-from-schema"
    if result.has_history:
        known = "okra db:migrate:resolve VERSION --applied"
    shared.out.hint(
        "write a migration of it with `okra db:migrate:generate`, then write down that this database has it: "
        f"`{known}`"
    )


def _value(project: Project, result: SyncResult) -> dict[str, object]:
    return database_value(project) | {
        "applied": result.applied,
        "dryRun": result.dry_run,
        "cancelled": result.cancelled,
        "changes": describe(result.changes),
        "statements": result.statements,
        "destructive": [
            {
                "kind": one.kind,
                "what": one.what,
                "count": one.count,
                "unit": one.unit,
                "note": one.note,
            }
            for one in result.losses
        ],
        "misfits": [
            {"what": one.what, "reason": one.reason, "count": one.count, "wayOut": one.way_out}
            for one in result.misfits
        ],
        "snapshot": str(result.snapshot) if result.snapshot else None,
        "resumed": result.resumed,
        "notCompared": result.ignored,
        "warnings": result.warnings,
    }
