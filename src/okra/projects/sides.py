"""What the words of `db:diff` stand for: schema files, migrations and live databases, read into values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.configuration.migrations import Mode
from okra.configuration.settings import read_schemas
from okra.errors import DirectoryError, UsageError
from okra.language.define import parse_schema
from okra.migrations.compare import EMPTY, Side, live_side, schema_side, snapshot_side
from okra.migrations.directory import read_directory
from okra.nearest import nearest
from okra.url import DatabaseUrl

WORDS = ("schema", "database", "migrations", "empty")

if TYPE_CHECKING:
    from okra.language.definition import SchemaDefinition
    from okra.migrations.executor import Target
    from okra.projects.project import Project


def read_sides(project: Project, before: str, after: str) -> tuple[Side, Side]:
    """The two states. A live database is read last: it knows best which of its expressions are those wanted."""
    if not _is_live(before):
        first = _read_side(project, before, None)
        return first, _read_side(project, after, first)
    second = _read_side(project, after, None)
    return _read_side(project, before, second), second


def _is_live(text: str) -> bool:
    """A URL without its beginning is one too: it may hold a password."""
    return text == "database" or "://" in text or "@" in text


def _read_side(project: Project, text: str, other: Side | None) -> Side:
    """The state that `text` names.

    text    `schema`, `database`, `migrations`, `empty`, a migration's version or folder, a schema file, a URL
    other   what it will be compared with, if that is known
    """
    provider = project.target.provider
    if text == "empty":
        return EMPTY
    if text == "schema":
        return schema_side("the schema", project.definition(), provider)
    if text == "database":
        known = None if other is None or other.models is None else _newest_models(project)
        return live_side(project.live_target(), other, known)
    if _is_live(text):
        return live_side(_other_database(project, text), other)
    if text.endswith(".gql"):
        parsed = parse_schema(read_schemas([text], project.start), providers=(provider,))
        return schema_side(text, parsed.definition, provider)
    directory = read_directory(project.directory(), provider)
    if text == "migrations":
        return snapshot_side(directory.newest.snapshot()) if directory.newest else EMPTY
    if text[:1].isdigit():
        return snapshot_side(directory.find(text).snapshot())
    near = nearest(text, WORDS)
    raise UsageError(
        f"`{text}` is nothing that can be compared",
        code="OKR624",
        help=f"did you mean `{near}`?"
        if near
        else f"name one of {', '.join(f'`{word}`' for word in WORDS)}, "
        "the version of a migration,\na schema file that ends in `.gql`, or a URL",
    )


def _newest_models(project: Project) -> SchemaDefinition | None:
    """The models of the newest migration, which know older names; None where there is none, or it can't be read."""
    if project.target.mode is not Mode.VERSIONED:
        return None
    try:
        newest = read_directory(project.directory(), project.target.provider).newest
        return newest.snapshot().models if newest else None
    except DirectoryError:
        return None  # what is wrong in the directory is no matter of these two states


def _other_database(project: Project, text: str) -> Target:
    url = DatabaseUrl.parse(text, base=project.start)
    provider = project.target.provider
    if url.provider != provider:
        raise UsageError(
            f"the URL is for `{url.provider}`, and the provider at hand is `{provider}`",
            code="OKR619",
            help=f"say which one is meant: `--provider {url.provider}`",
        )
    url.check_named()
    return msgspec.structs.replace(project.live_target(), url=url)
