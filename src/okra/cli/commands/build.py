"""`okra build`: types, models as data, and the bundle that a service is deployed with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okra.cli.options import Shared, okra_command
from okra.cli.render import counted
from okra.textfiles import shown

if TYPE_CHECKING:
    from okra.projects.building import Built


@okra_command(
    example="""\
okra build
okra build --out dist/shop.okra.pkg
okra db:migrate:up --package dist/shop.okra.pkg --url '${DATABASE_URL}'    # where it is deployed"""
)
@click.option(
    "--out",
    metavar="FILE",
    help="The bundle; else the service's name and `.okra.pkg` beside the configuration.",
)
def command(shared: Shared, out: str | None) -> int:
    """Validate everything, generate the types, and put schema and migrations into the service's bundle.

    Writes models.okra.json, the schema as data, and the bundle NAME.okra.pkg: a gzipped tar file with the models and
    the migrations of every provider. What others have put into it stays. The same schema and migrations give the
    same bytes. Refused where the migrations do not fit together, or the schema has changes that none of them makes.
    NAME is what okra.service.json or okra.json says, else the folder's. Opens no database.
    """  # fmt: skip
    from okra.projects.building import build

    built = build(shared.projects(any_env=True), out)
    shared.out.warn_all(built.warnings)
    for each in built.types:
        files = counted(len(each.files), "file")
        shared.out.say(f"{each.language}: {shown(each.folder)}, {files}")
    for path in (*built.models, built.bundle):
        word = "Wrote" if path in built.written else "Up to date:"
        shared.out.say(f"{word} {shown(path)}{_contents(built) if path == built.bundle else ''}")
    shared.out.document(_value(built))
    return 0


def _contents(built: Built) -> str:
    counts = [
        f"{counted(count, 'migration')} for {name}" for name, count in built.migrations.items()
    ]
    return f": {', '.join(counts)}" if counts else ""


def _value(built: Built) -> dict[str, object]:
    return {
        "bundle": shown(built.bundle),
        "bytes": built.size,
        "migrations": built.migrations,
        "models": [shown(path) for path in built.models],
        "types": [
            {"language": each.language, "folder": shown(each.folder), "files": len(each.files)}
            for each in built.types
        ],
        "written": [shown(path) for path in built.written],
        "warnings": built.warnings,
    }
