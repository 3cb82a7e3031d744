"""`okra db:pull`: the schema of a live database."""

from __future__ import annotations

from pathlib import Path

import click

from okra.cli.options import Shared, okra_command
from okra.cli.progress import described
from okra.cli.render import counted
from okra.projects.pulling import pull_schema, write_pulled
from okra.textfiles import shown


@okra_command(
    example="""\
okra db:pull --url sqlite://shop.db
okra db:pull --url sqlite://shop.db --out models.okra.gql"""
)
@click.option(
    "--out",
    "target",
    metavar="FILE",
    help="Write the schema to this file instead of standard output.",
)
def command(shared: Shared, target: str | None) -> int:
    """Write the schema of a live database, and name what a schema can't say.

    Names, types and descriptions of the schema that is there already are kept where they fit: that of
    FILE, else that of the configuration. Of FILE only what is no longer so is changed; order, comments and
    free lines stay. Nothing is written to the database.
    """  # fmt: skip
    out = shared.out
    project = shared.project()
    path = Path(target) if target is not None else None
    pulled = pull_schema(project, path)
    out.warn_all(pulled.warnings)
    if path is None:
        out.write_raw(pulled.text)
    elif not _may_write(shared, path, pulled.text):
        out.say("Nothing was written.")
        return 1
    else:
        write_pulled(path, pulled.text)
        models = counted(pulled.models, "model")
        out.say(f"Wrote {shown(path)}: {models} from {described(project)}", style="green")
        out.say("Next: read it, then write its first migration with `okra db:migrate:generate`,")
        out.say("and take the database over with `okra db:migrate:up --baseline VERSION`.")
    out.document(
        {
            "database": str(project.url),
            "written": shown(path) if path else None,
            "models": pulled.models,
            "schema": pulled.text,
            "warnings": pulled.warnings,
        }
    )
    return 0


def _may_write(shared: Shared, path: Path, text: str) -> bool:
    """Whether a file that is there, and says something else, may be changed."""
    if not path.exists() or path.read_bytes() == text.encode():
        return True
    return shared.ask.confirm(
        f"{shown(path)} is there already. Change what is no longer so in it?",
        otherwise="name another file, or change this one with `--yes`",
    )
