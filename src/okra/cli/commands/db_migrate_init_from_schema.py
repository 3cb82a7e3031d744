"""`okra db:migrate:init-from-schema`: from declarative mode to migrations."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

import click

from okra.cli.drift import difference_value, show_tree
from okra.cli.options import Shared, dev_url_option, okra_command
from okra.cli.progress import Progress, announce
from okra.cli.render import counted
from okra.cli.written import about_database, show_written, written_value
from okra.declarative.init_from_schema import Found, Standing
from okra.errors import DatabaseError
from okra.migrations.notes import new_differences
from okra.projects.claims import is_declarative
from okra.projects.initializing import look_at, prepare_initial, record_applied
from okra.projects.protected import called
from okra.projects.several import Generated, versioned, write

if TYPE_CHECKING:
    from okra.cli.output import Output
    from okra.projects.project import Project

FAILED = 1


@okra_command(
    example="""\
okra db:migrate:init-from-schema
okra db:migrate:init-from-schema --env staging    # a database that is there already
okra db:migrate:init-from-schema --dry-run"""
)
@click.option(
    "--name",
    metavar="NAME",
    default="initial",
    help="Appended to the version: 20240120_143022_NAME.",
)
@click.option("--no-record", is_flag=True, help="Only write the migration; open no database.")
@click.option("--dry-run", is_flag=True, help="Change nothing; print the SQL.")
@click.option("--no-verify", is_flag=True, help="Do not prove the migration on a scratch database.")
@dev_url_option()
def command(
    shared: Shared,
    name: str,
    no_record: bool,
    dry_run: bool,
    no_verify: bool,
    dev_url: str | None,
) -> int:
    """Write the first migration, and record it as applied where the database is there already.

    It makes all that the schema says, for every provider of the configuration, and is proven first. If the
    database of the chosen environment already is so, as `okra db:sync` leaves it, the migration is written
    down there as applied and runs nowhere; if it differs, nothing is written down, and what differs is shown.
    Run it again for each environment whose database is there already: what is written stays as it is.
    """
    out = shared.out
    every = shared.projects(dev_url)
    found = [prepare_initial(one, mend=not dry_run) for one in versioned(every)]
    several = len(every) > 1
    for item in found:
        _show_prepared(out, item, about_database(item, several=several))
    first = [None if no_record else _look_at(out, item) for item in found]
    written = write(found, name=name, verify=not no_verify, dry_run=dry_run)
    for item in written:
        for each in item.written:
            show_written(out, each, about_database(item, several=several))
    results = [
        _recorded(out, item, looked) if not dry_run else looked
        for item, looked in zip(written, first, strict=True)
    ]
    for item, result in zip(written, results, strict=True):
        _show_result(out, item, result, about_database(item, several=several))
    values = [
        _document(item, result, several=several)
        for item, result in zip(written, results, strict=True)
    ]
    out.document({"databases": values} if several else values[0])
    different = any(each is not None and each.standing is Standing.DIFFERENT for each in results)
    return FAILED if different else 0


def _show_prepared(out: Output, item: Generated, about: str) -> None:
    out.warn_all(f"{about}{warning.message}" for warning in item.project.schema.warnings)
    out.warn_all(f"{about}{text}" for text in new_differences(item.prepared))
    for each in item.prepared:
        for message in each.messages:
            out.say(f"{about}{message}")
        out.warn_all(f"{about}{text}" for text in each.draft.warnings)
    there = [each.directory.newest for each in item.prepared]
    for folder in dict.fromkeys(newest.folder for newest in there if newest is not None):
        out.say(f"{about}{folder} is what the schema says: it stays as it is.")


def _look_at(out: Output, item: Generated) -> Found | None:
    if not is_declarative(item.project.target):
        announce(out, item.project)
    return look_at(item)


def _recorded(out: Output, item: Generated, looked: Found | None) -> Found | None:
    """What became of the database: that of `looked`, if there is nothing to write down."""
    if looked is None or looked.standing is not Standing.SAME:
        return looked
    return record_applied(item.project, Progress(out, "Taking"))


def _show_result(out: Output, item: Generated, found: Found | None, about: str) -> None:
    project = item.project
    if found is None:
        if is_declarative(project.target):
            whose = called(project)
            out.say(
                f"{about}{whose[:1].upper()}{whose[1:]} is declarative: its database gets no history."
            )
            out.say("For another database that is there already, run this again with its `--env`.")
        return
    match found.standing:
        case Standing.SAME if found.versions:
            out.say(f"{about}The database is what they lead to: it is at {found.current}.")
            out.say("Next: change the schema, then run `okra db:migrate:generate`.")
        case Standing.SAME:
            out.say(f"{about}The database is what they lead to; nothing was changed.")
        case Standing.EMPTY:
            out.say(f"{about}The database is empty: `okra db:migrate:up` makes it.")
        case Standing.RECORDED:
            at = f": it is at {found.current}" if found.current else ""
            out.say(f"{about}The database has its history already{at}.")
        case Standing.DIFFERENT:
            out.say(f"{about}The database is not what the schema says:", style="bold")
            show_tree(out, found.differences)
            out.error(_different(project, found).render())
        case _:
            assert_never(found.standing)


def _different(project: Project, found: Found) -> DatabaseError:
    objects = counted(len(found.differences), "object")
    return DatabaseError(
        f"the database differs from the schema in {objects}: nothing was written down there",
        code="OKR593",
        place=str(project.url),
        help="if the schema is right, bring the database there: `okra db:diff --sql` prints how\n"
        "if the database is right, take it into the schema: `okra db:pull`, then `okra db:migrate:generate`\n"
        "then run this again; what was written stays",
    )


def _document(item: Generated, found: Found | None, *, several: bool) -> dict[str, object]:
    name: dict[str, object] = {"database": item.project.target.database} if several else {}
    return name | {
        "environment": item.project.target.environment,
        "written": [written_value(each) for each in item.written],
        "standing": found.standing.value if found else None,
        "recorded": found.versions if found else (),
        "current": found.current if found else None,
        "differences": [difference_value(one) for one in found.differences] if found else [],
    }
