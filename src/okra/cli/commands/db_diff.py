"""`okra db:diff`: what differs between any two of schema files, migrations and live databases."""

from __future__ import annotations

import click

from okra.cli.options import Shared, okra_command
from okra.cli.render import indented
from okra.relational.describe import describe

FOUND = 3


@okra_command(
    example="""\
okra db:diff                                  # what the database lacks of the schema
okra db:diff migrations database              # has somebody changed the database by hand?
okra db:diff 20240120_143022 schema --sql
okra db:diff old.okra.gql new.okra.gql
okra db:diff sqlite://one.db sqlite://two.db"""
)
@click.argument("before", metavar="[FROM]", default="database")
@click.argument("after", metavar="[TO]", default="schema")
@click.option("--sql", is_flag=True, help="Print the SQL that leads from the one to the other.")
@click.option("--check", is_flag=True, help="Exit with 3 if there is a difference.")
def command(shared: Shared, before: str, after: str, sql: bool, check: bool) -> int:
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
    """  # noqa: D301  # fmt: skip - click knows `\b` as: do not wrap this paragraph
    out = shared.out
    found = shared.project().compare(before, after)
    for text in (*found.before.ignored, *found.after.ignored):
        out.warn(f"not compared: {text}")
    if not found.changes:
        out.say(f"No difference between {found.before.title} and {found.after.title}.")
    elif sql:
        out.show(found.sql())
    else:
        out.say(f"From {found.before.title} to {found.after.title}:", style="bold")
        out.show(indented("\n".join(describe(found.changes))))
    out.document(
        {
            "provider": found.provider,
            "from": found.before.title,
            "to": found.after.title,
            "changes": describe(found.changes),
            "hazards": [
                {"kind": hazard.kind.value, "message": hazard.message}
                for hazard in found.plan.hazards
            ],
            "statements": [item.sql for item in found.plan.statements],
            "notCompared": [*found.before.ignored, *found.after.ignored],
        }
    )
    return FOUND if check and found.changes else 0
