"""The next migrations, and where they are proven, from what flags and the configuration say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from okra.devdb import Dev
from okra.devdb.refusals import in_memory, other_provider
from okra.devdb.versions import lacking_in
from okra.dialects import dialect
from okra.errors import UsageError
from okra.lowering import lower
from okra.url import DatabaseUrl

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from okra.configuration.config import Output
    from okra.language.definition import SchemaDefinition
    from okra.migrations.generate import Prepared
    from okra.projects.project import Project
    from okra.relational.renaming import Renames


class Expand(Protocol):
    def __call__(self, text: str, *, key: str) -> str: ...


def prepare(
    project: Project,
    *,
    renames: Renames | None,
    fills: Mapping[tuple[str, str], str] | None,
    mend: bool,
    hooks: bool,
) -> tuple[Prepared, ...]:
    """The next migration of every provider, not written yet; see `Project.prepare`."""
    from okra.migrations.draft import Manner
    from okra.migrations.generate import prepare
    from okra.relational.renaming import NO_RENAMES

    if not project.target.outputs:
        project.check_versioned()
    definition = project.definition()
    return tuple(
        prepare(
            project.output_folder(output.dir),
            output.provider,
            definition,
            renames=renames or NO_RENAMES,
            fills=fills,
            mend=mend,
            manner=Manner(online=output.online, deferred=output.deferred, hooks=hooks),
        )
        for output in project.target.outputs
    )


def dev(
    provider: str,
    outputs: Sequence[Output],
    *,
    expand: Expand,
    folder: Path,
    asked: DatabaseUrl | None,
    target: DatabaseUrl | None,
    only: bool,
) -> Dev:
    """Where the migrations of `provider` are proven.

    outputs  what the configuration says of them
    asked    what `--dev-url` says
    target   what `--url` says
    only     there is no other provider that a `devUrl` could be meant for

    Raises  UsageError
    """
    named = (
        [asked]
        if asked
        else [
            DatabaseUrl.parse(expand(text, key="devUrl"), base=folder)
            for output in outputs
            for text in output.dev_urls
        ]
    )
    if provider == "sqlite":
        if named and only:
            raise in_memory(named[0])
        return Dev()
    url = next((each for each in named if each.provider == provider), None)
    if named and url is None and only:
        raise other_provider(provider, named[0])
    return Dev(
        url=url,
        targets=_targets(outputs, expand, folder, target),
        server_version=_lowest_version(outputs),
    )


def lacking(definition: SchemaDefinition, outputs: Sequence[Output]) -> tuple[str, ...]:
    """What the servers lack that `definition` needs, as far as the configuration says their versions, as sentences."""
    found: dict[str, None] = {}
    for provider in dict.fromkeys(output.provider for output in outputs):
        version = _lowest_version([each for each in outputs if each.provider == provider])
        if version is not None:
            speaks = dialect(provider)
            database = speaks.resolve(lower(definition, provider)).database
            found.update(dict.fromkeys(lacking_in(speaks, database, version)))
    return tuple(found)


def _lowest_version(outputs: Sequence[Output]) -> str | None:
    versions = [version for output in outputs for version in output.server_versions]
    return min(versions, key=_numbers, default=None)


def _targets(
    outputs: Sequence[Output], expand: Expand, folder: Path, target: DatabaseUrl | None
) -> tuple[DatabaseUrl, ...]:
    """The databases that people work with, as far as their URLs are known here."""
    found = [] if target is None else [target]
    for text in (text for output in outputs for text in output.urls):
        try:
            found.append(DatabaseUrl.parse(expand(text, key="url"), base=folder))
        except UsageError:
            continue  # a URL that is not known here, or wrong, is not where anybody works from here
    return tuple(found)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
