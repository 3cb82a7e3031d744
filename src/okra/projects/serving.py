"""The service's own schema, begun from the models: written once, then the service's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from okra.codegen.generator import CannotGenerate
from okra.codegen.service import service_text
from okra.errors import SchemaError
from okra.language.report import in_order
from okra.projects.generators import diagnostics
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
        wrong = dict.fromkeys(diagnostics(error, project.schema.places, "OKR720"))
        sources = {source.name: source for source in project.sources}
        raise SchemaError(in_order(wrong, project.sources), sources) from error
    path = project.start / Path(out).expanduser()
    create_text(path, text)
    return path
