"""`okra db:diff`: what differs between any two of schema files, migrations and live databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okra.cli.options import Shared, okra_command
from okra.cli.progress import announce, database_value, not_compared, plan_value
from okra.cli.render import indented, paint_changes
from okra.errors import UsageError

if TYPE_CHECKING:
    from okra.cli.output import Output
    from okra.migrations.compare import Comparison

FOUND = 3


@okra_command(
    example="""\
okra db:diff                                  # what the database lacks of the schema
okra db:diff --live                           # has somebody changed the database by hand?
okra db:diff --live --sql                     # what takes that back
okra db:diff 20240120_143022 schema --sql
okra db:diff old.okra.gql new.okra.gql
okra db:diff sqlite://one.db sqlite://two.db"""
)
@click.argument("before", metavar="[FROM]", required=False)
@click.argument("after", metavar="[TO]", required=False)
@click.option(
    "--live",
    is_flag=True,
    help="Compare the database with what its newest applied migration promises.",
)
@click.option("--sql", is_flag=True, help="Print the SQL that leads from the one to the other.")
@click.option("--check", is_flag=True, help="Exit with 3 if there is a difference.")
def command(
    shared: Shared, before: str | None, after: str | None, live: bool, sql: bool, check: bool
) -> int:
    """Show what differs between two states, as the changes that lead FROM the one TO the other.

    \b
    Each is one of
      schema        the schema files of the configuration
      database      the configured database, or that of --url
      migrations    what the newest migration leads to
      empty         an empty database
      VERSION       what that migration leads to
      FILE          a schema file
      URL           a database

    Nothing is written. By default it compares the database with the schema.

    With --live it shows, as a tree, what somebody has changed in the database since: what is expected, and what
    is there. In a declarative environment the schema says what is expected.
    """  # noqa: D301  # fmt: skip - click knows `\b` as: do not wrap this paragraph
    if live:
        differs = _drifted(shared, before, sql)
    else:
        found = shared.project().compare(before or "database", after or "schema")
        _show(shared.out, found, sql=sql)
        differs = bool(found.changes)
    return FOUND if check and differs else 0


def _show(out: Output, found: Comparison, *, sql: bool) -> None:
    ignored = (*found.before.ignored, *found.after.ignored)
    out.warn_all(not_compared(ignored))
    if not found.changes:
        out.say(f"No difference between {found.before.title} and {found.after.title}.")
    elif sql:
        out.show(found.sql())
    else:
        from okra.relational.describe import describe

        out.say(f"From {found.before.title} to {found.after.title}:", style="bold")
        out.show(indented("\n".join(describe(found.changes))), paint=paint_changes)
    out.document(_value(found) | {"notCompared": ignored})


def _value(found: Comparison) -> dict[str, object]:
    from okra.relational.describe import describe

    return {
        "provider": found.provider,
        "from": found.before.title,
        "to": found.after.title,
        "changes": describe(found.changes),
        **plan_value(found.plan),
    }


def _drifted(shared: Shared, before: str | None, sql: bool) -> bool:
    """Show what the database should not be; whether it is so."""
    if before is not None:
        raise UsageError(
            f"`--live` compares the database with what it promises to be, not with `{before}`",
            code="OKR470",
            help=f"leave one of the two out: `okra db:diff --live`, or `okra db:diff {before} database`",
        )
    from okra.cli.drift import drift_value, show_drift
    from okra.projects.drifting import drift, way_back

    project = shared.project()
    announce(shared.out, project)
    found = drift(project)
    back = way_back(project, found)
    show_drift(shared.out, project, found, back if sql else None)
    shared.out.document(
        database_value(project)
        | {
            "provider": project.target.provider,
            **drift_value(found),
            **plan_value(back.plan),
        }
    )
    return bool(found.differences)
