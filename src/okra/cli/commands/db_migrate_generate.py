"""`okra db:migrate:generate`: the migration that leads from the newest snapshot to the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okra.cli.answers import hints, read_answers, settle
from okra.cli.options import Shared, okra_command
from okra.cli.render import indented
from okra.relational.describe import describe
from okra.textfiles import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.migrations.generate import Prepared, Written

FOUND = 3


@okra_command(
    example="""\
okra db:migrate:generate --name add_users
okra db:migrate:generate --rename users.username=email --default users.first_name="''\"
okra db:migrate:generate --check      # in CI: exit code 3 if a migration is missing"""
)
@click.option("--name", metavar="NAME", help="Appended to the version: 20240120_143022_NAME.")
@click.option(
    "--check", is_flag=True, help="Write nothing; exit with 3 if there is something to write."
)
@click.option("--dry-run", is_flag=True, help="Write nothing; print the SQL.")
@click.option("--no-verify", is_flag=True, help="Do not prove the migration on a scratch database.")
@click.option(
    "--rename",
    "renames",
    multiple=True,
    metavar="TABLE.OLD=NEW",
    help="This was renamed, not dropped; OLD=NEW for a table.",
)
@click.option(
    "--default",
    "defaults",
    multiple=True,
    metavar="TABLE.COLUMN=SQL",
    help="What existing rows get in a column that becomes required.",
)
def command(
    shared: Shared,
    name: str | None,
    check: bool,
    dry_run: bool,
    no_verify: bool,
    renames: tuple[str, ...],
    defaults: tuple[str, ...],
) -> int:
    """Write the migration that the schema needs: migration.sql, rollback.sql and a snapshot.

    Compares the schema with the newest snapshot, writes the SQL for every provider of the configuration,
    and proves it first on a scratch database, up, down and up again. The target database is not touched.
    """  # fmt: skip
    out = shared.out
    project = shared.project()
    prepared, _ = settle(
        shared, project, read_answers(renames, defaults), mend=not (check or dry_run)
    )
    out.warn_all(str(item.message) for item in project.schema.warnings)
    for item in prepared:
        for message in item.messages:
            out.say(message)
    changed = [item for item in prepared if item.draft.changes]
    if not changed:
        out.say("Nothing to do: the newest migration is what the schema says.")
        out.document({"changes": [], "written": []})
        return 0
    _show_changes(shared, changed)
    if check:
        out.say("The schema has changes that no migration has: run `okra db:migrate:generate`.")
        out.document(_document(changed, ()))
        return FOUND
    written = project.write(prepared, name=name, verify=not no_verify, dry_run=dry_run)
    _show_written(shared, written)
    out.document(_document(changed, written))
    return 0


def _show_changes(shared: Shared, changed: Sequence[Prepared]) -> None:
    for item in changed:
        if len(changed) > 1:
            shared.out.say(f"{item.draft.provider}:", style="bold")
        shared.out.say(indented("\n".join(describe(item.draft.changes))))
        for hazard in item.draft.hazards:
            shared.out.warn(f"{hazard.kind}: {hazard.message}")
        shared.out.warn_all(item.draft.warnings)
    for hint in hints(item.draft for item in changed):
        shared.out.hint(hint)


def _show_written(shared: Shared, written: Sequence[Written]) -> None:
    out = shared.out
    for item in written:
        if item.folder is None:
            out.show(item.migration_sql)
            continue
        proof = "proven: up, down and up again" if item.verified else "not proven"
        out.say(f"Wrote {shown(item.folder)} ({proof})", style="green")
    if all(item.folder is not None for item in written):
        out.say("Next: read migration.sql, then apply it with `okra db:migrate:up`.")


def _document(changed: Sequence[Prepared], written: Sequence[Written]) -> dict[str, object]:
    return {
        "changes": [
            {
                "provider": item.draft.provider,
                "changes": describe(item.draft.changes),
                "hazards": [
                    {"kind": hazard.kind.value, "message": hazard.message}
                    for hazard in item.draft.hazards
                ],
                "warnings": item.draft.warnings,
                "hints": hints([item.draft]),
            }
            for item in changed
        ],
        "written": [
            {
                "provider": item.provider,
                "version": item.version,
                "folder": shown(item.folder) if item.folder else None,
                "verified": item.verified,
                "migrationSql": item.migration_sql,
                "rollbackSql": item.rollback_sql,
            }
            for item in written
        ],
    }
