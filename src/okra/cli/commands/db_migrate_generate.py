"""`okra db:migrate:generate`: the migration that leads from the newest snapshot to the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okra.cli.answers import default_option, hints, read_answers, rename_option, settle
from okra.cli.findings import finding_values, show_shortly
from okra.cli.options import Shared, dev_url_option, okra_command
from okra.cli.render import indented
from okra.cli.written import about_database, show_written, written_value
from okra.errors import UsageError
from okra.migrations.notes import new_differences
from okra.projects.claims import is_declarative
from okra.projects.levels import levels_of
from okra.projects.several import Generated, versioned, write
from okra.relational.describe import describe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.migrations.generate import Prepared
    from okra.projects.project import Project

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
@click.option(
    "--with-hooks",
    is_flag=True,
    help="Split it, with a hooks.sql between the halves for SQL of your own that moves data.",
)
@click.option("--no-verify", is_flag=True, help="Do not prove the migration on a scratch database.")
@dev_url_option()
@rename_option
@default_option
def command(  # noqa: PLR0913, PLR0917 - one for each flag
    shared: Shared,
    name: str | None,
    check: bool,
    dry_run: bool,
    with_hooks: bool,
    no_verify: bool,
    dev_url: str | None,
    renames: tuple[str, ...],
    defaults: tuple[str, ...],
) -> int:
    """Write the migration that the schema needs: migration.sql, rollback.sql and a snapshot.

    Compares the schema with the newest snapshot, writes the SQL for every provider of the configuration,
    and proves it first on a scratch database, up, down and up again. The target database is not touched.
    Where the configuration has several databases, it does so for each that is versioned, or for `--database`.
    """  # fmt: skip
    out = shared.out
    every = shared.projects(dev_url, any_env=True)
    _check_flags(every, {"--rename": renames, "--default": defaults})
    projects = versioned(every)
    for project in projects:
        levels_of(project)  # a rule that does not exist is refused before anything is written
    several = len(every) > 1
    answers = read_answers(renames, defaults)
    mend = not (check or dry_run)
    found = [
        Generated(one, settle(shared, one, answers, mend=mend, hooks=with_hooks)[0])
        for one in projects
    ]
    for left_out in (one for one in every if one not in projects):
        out.say(f"{left_out.target.database}: declarative, it has no migrations.")
    for item in found:
        _show_prepared(shared, item, several=several)
    changes = any(item.changed for item in found)
    if changes and check:
        out.say("The schema has changes that no migration has: run `okra db:migrate:generate`.")
    elif changes:
        found = list(write(found, name=name, verify=not no_verify, dry_run=dry_run))
        _show_written(shared, found, several=several)
    values = [
        _document(item, several=several)
        | {"findings": _say_findings(shared, item, several=several)}
        for item in found
    ]
    out.document({"databases": values} if several else values[0])
    return FOUND if changes and check else 0


def _check_flags(projects: Sequence[Project], flags: dict[str, tuple[str, ...]]) -> None:
    """Refuse an answer that names no database where there are several."""
    for flag, values in flags.items():
        if values and len(projects) > 1:
            raise UsageError(
                f"`{flag}` is about one database, and the configuration has several",
                code="OKR611",
                help=f"say which one is meant: `--database {projects[0].target.database}`",
            )


def _show_prepared(shared: Shared, item: Generated, *, several: bool) -> None:
    out, about = shared.out, about_database(item, several=several)
    out.warn_all(f"{about}{warning.message}" for warning in item.project.schema.warnings)
    for each in item.prepared:
        for message in each.messages:
            out.say(f"{about}{message}")
    if not item.changed:
        start = f"{about}nothing" if several else "Nothing"
        out.say(f"{start} to do: the newest migration is what the schema says.")
        return
    if several:
        out.say(about.rstrip(), style="bold")
    out.warn_all(f"{about}{text}" for text in new_differences(item.prepared))
    _show_changes(shared, item.changed, about)


def _show_changes(shared: Shared, changed: Sequence[Prepared], about: str) -> None:
    for item in changed:
        if len(changed) > 1:
            shared.out.say(f"{item.draft.provider}:", style="bold")
        shared.out.say(indented("\n".join(describe(item.draft.changes))))
        for hazard in item.draft.hazards:
            shared.out.warn(f"{about}{hazard.kind}: {hazard.message}")
        shared.out.warn_all(f"{about}{text}" for text in item.draft.warnings)
    for hint in hints(item.draft for item in changed):
        shared.out.hint(f"{about}{hint}")


def _show_written(shared: Shared, found: Sequence[Generated], *, several: bool) -> None:
    for each in found:
        for item in each.written:
            if item.folder is None and several:
                shared.out.show(f"-- database: {each.project.target.database}")
            show_written(shared.out, item, about_database(each, several=several))
    if all(item.folder is not None for each in found for item in each.written):
        which = " --database NAME" if several else ""
        which += " --env NAME" if any(is_declarative(each.project.target) for each in found) else ""
        todo = "read migration.sql"
        if any(item.hooks_sql is not None for each in found for item in each.written):
            todo = "write hooks.sql, prove it with `okra db:migrate:verify`"
        shared.out.say(f"Next: {todo}, then apply it with `okra db:migrate:up{which}`.")


def _say_findings(shared: Shared, item: Generated, *, several: bool) -> list[dict[str, object]]:
    """Say shortly what the new migrations bring that their hazards do not say; the same as JSON."""
    if not item.written:
        return []
    from okra.projects.linting import lint_generated

    found = lint_generated(item.project, item.changed, item.written)
    show_shortly(shared.out, found.findings, about_database(item, several=several))
    return finding_values(found)


def _document(found: Generated, *, several: bool) -> dict[str, object]:
    name: dict[str, object] = {"database": found.project.target.database} if several else {}
    return name | {
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
            for item in found.changed
        ],
        "written": [written_value(item) for item in found.written],
    }
