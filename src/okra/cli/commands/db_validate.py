"""`okra db:validate`: everything that is wrong in the schema files, at once."""

from __future__ import annotations

from okra.cli.failures import diagnostic_value
from okra.cli.options import Shared, okra_command
from okra.cli.render import counted
from okra.errors import draw


@okra_command(example="okra db:validate --schema models/blog.okra.gql")
def command(shared: Shared) -> None:
    """Check the schema files: syntax, meaning, and what the configured providers can hold.

    Shows every error of every file in one run. Needs no database.
    """
    out = shared.out
    project = shared.project()
    parsed = project.schema
    sources = {source.name: source for source in project.sources}
    for item in parsed.warnings:
        out.error(draw(item, sources))
    imitated = project.check()
    out.warn_all(imitated)
    models, enums = len(parsed.definition.models), len(parsed.definition.enums)
    out.say(f"The schema is valid: {counted(models, 'model')}, {counted(enums, 'enum')}.")
    out.document(
        {
            "valid": True,
            "files": [source.name for source in sources.values()],
            "models": models,
            "enums": enums,
            "warnings": [
                *(diagnostic_value(item, sources) for item in parsed.warnings),
                *({"message": text} for text in imitated),
            ],
        }
    )
