"""Whose a schema is, and where its migrations may go: what the files and the configuration say must fit together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.configuration.migrations import Mode
from okra.errors import UsageError
from okra.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from okra.configuration.config import Target
    from okra.language.definition import SchemaDefinition


def check_claimed(definition: SchemaDefinition, target: Target) -> None:
    """Nothing, if the files belong to the database of `target`.

    Raises  UsageError where they say that they belong to another one
    """
    claimed = definition.database
    if target.database and claimed and claimed != target.database:
        raise UsageError(
            f"the schema files belong to the database `{claimed}`, "
            f"and are listed for `{target.database}`",
            code="OKR622",
            help="change `@okra(database:)` in the files, or `schemas` in the configuration",
        )


def own_models(
    definition: SchemaDefinition, own: str | None, databases: Sequence[str]
) -> SchemaDefinition:
    """`definition` without the models that another one of `databases` has.

    Raises  UsageError for a model whose database is not configured
    """
    if own is None or all(model.database in (None, own) for model in definition.models):
        return definition
    for model in definition.models:
        if model.database is not None and model.database not in databases:
            close = nearest(model.database, databases)
            raise UsageError(
                f"model `{model.name}` belongs to the database `{model.database}`, "
                "which is not configured",
                code="OKR622",
                help=f"did you mean `{close}`?" if close else f"there are {', '.join(databases)}",
            )
    models = tuple(model for model in definition.models if model.database in (None, own))
    return replace(definition, models=models)


def is_declarative(target: Target) -> bool:
    """Whether the database follows the schema without migrations."""
    return target.mode is Mode.DECLARATIVE


def check_versioned(target: Target) -> None:
    """Nothing, if `target` keeps migrations.

    Raises  UsageError where it is declarative
    """
    if is_declarative(target):
        called = f"environment `{target.environment}`" if target.environment else "database"
        raise UsageError(
            f"the {called} is declarative: it has no migrations",
            code="OKR618",
            help='name another one with `--env`, or set `"mode": "versioned"`',
        )


def check_inside(folder: Path, root: Path) -> None:
    """Nothing, if the migrations directory `folder` lies in the project, links resolved.

    Raises  UsageError where it does not
    """
    if not folder.resolve().is_relative_to(root):
        raise UsageError(
            "the migrations directory lies outside the project",
            code="OKR625",
            place=str(folder),
            help=f"set `migrations.dir` to a folder below {root}",
        )
