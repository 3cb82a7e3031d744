"""Pulling: a live database and the schema that is there already become the text of a schema file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from okra.configuration.settings import read_schemas
from okra.dialects.session import connect
from okra.dialects.waiting import patiently
from okra.errors import SchemaError, UsageError
from okra.language.define import parse_schema
from okra.language.merge import merged
from okra.language.write import write_schema
from okra.migrations.pull import pull
from okra.textfiles import create_text, write_text

if TYPE_CHECKING:
    from pathlib import Path

    from okra.language.definition import SchemaDefinition
    from okra.migrations.executor import Target
    from okra.migrations.pull import Pulled
    from okra.projects.project import Project
    from okra.source import Source


class PulledSchema(NamedTuple):
    """The text of a schema file, how many models it has, and what is to be known about it."""

    text: str
    models: int
    warnings: tuple[str, ...]


def pull_schema(project: Project, path: Path | None) -> PulledSchema:
    """The schema of the project's database.

    path  the file it will go to, if there is one: what it says now stays where it fits, as it is written

    Raises  DatabaseError if the database can't be read; SchemaError for errors in the file that is there
    """
    existing, source, warnings = _existing(project, path)
    pulled = project.pull(existing=existing)
    left_out = tuple(f"not in the schema: {text}" for text in pulled.ignored)
    if source is None:
        text = write_schema(pulled.definition)
    else:
        text = merged(source, pulled.definition, providers=_providers(project))
    return PulledSchema(
        text=text,
        models=len(pulled.definition.models),
        warnings=(*warnings, *left_out),
    )


def read_database(target: Target, existing: SchemaDefinition | None) -> Pulled:
    """The schema of the live database of `target`; what `existing` says stays where it fits."""
    session = connect(target.url, lock_timeout_ms=target.lock_timeout_ms, read_only=True)
    try:
        return patiently(
            lambda: pull(
                session,
                existing=existing,
                provider=target.provider,
                without=frozenset({target.history_table}),
                exclude=target.exclude,
            ),
            target.lock_timeout_ms,
            session.lock.blockers,
        )
    finally:
        session.close()


def _providers(project: Project) -> tuple[str, ...]:
    return (project.live_target().provider,)


def _existing(
    project: Project, path: Path | None
) -> tuple[SchemaDefinition | None, Source | None, tuple[str, ...]]:
    """The schema that is there, the file that it is to be merged into, and what is wrong with them.

    Raises  SchemaError for a file that can't be read and would be written over
    """
    if path is not None and path.exists():
        (source,) = read_schemas([str(path)], project.start)
        parsed = parse_schema([source], providers=_providers(project))
        return parsed.definition, source, ()
    try:
        return project.definition(), None, ()
    except SchemaError:
        return None, None, ("the schema has errors, so nothing of what it says was kept",)
    except UsageError as error:
        if error.code in {
            "OKR604",
            "OKR613",
        }:  # there is no schema yet: the usual reason to pull one
            return None, None, ()
        raise


def write_pulled(path: Path, text: str) -> None:
    """Write the schema file, whole or not at all."""
    if path.exists():
        write_text(path, text)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        create_text(path, text)
