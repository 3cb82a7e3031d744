"""The service's own schema, begun from the models: written once, then the service's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from okra.codegen.generator import CannotGenerate
from okra.codegen.service import service_text
from okra.errors import Diagnostic, SchemaError
from okra.textfiles import create_text

if TYPE_CHECKING:
    from okra.projects.project import Project


def write_service(project: Project, out: str) -> Path:
    """The new file `out`, which starts from the current folder, with types, inputs and services for every model.

    Raises  SchemaError where a name is taken; UsageError where the file is there already
    """
    try:
        text = service_text(project.definition())
    except CannotGenerate as error:
        places = project.schema.places
        wrong = [
            Diagnostic(
                code="OKR720", message=item.message, span=places.get(item.subject), help=item.help
            )
            for item in error.problems
        ]
        sources = {source.name: source for source in project.sources}
        raise SchemaError(wrong, sources) from error
    path = project.start / Path(out).expanduser()
    create_text(path, text)
    return path
