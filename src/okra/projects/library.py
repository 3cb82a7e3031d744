"""OKRA as a library: what `import okra` offers, as functions."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from okra.configuration.config import Output, Target, choose, database_entries
from okra.configuration.settings import Variables, load_settings
from okra.errors import UsageError
from okra.projects.project import Project
from okra.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okra.language.definition import SchemaDefinition
    from okra.migrations.draft import Draft
    from okra.url import DatabaseUrl

ENVIRONMENT_VARIABLE = "OKRA_ENV"


def load(  # noqa: PLR0913 - one keyword for each flag
    config: str | Path | None = None,
    *,
    env: str | None = None,
    database: str | None = None,
    url: str | None = None,
    dev_url: str | None = None,
    provider: str | None = None,
    schemas: Sequence[str] = (),
    folder: str | Path | None = None,
    environ: Mapping[str, str] | None = None,
    any_env: bool = False,
) -> Project:
    """The project that a configuration describes. Reads the configuration and nothing else.

    config    its file; None: the nearest okra.config.json, else OKRA's defaults
    env       the environment; None: the variable OKRA_ENV, else `local`, else the only one
    database  its name among `databases`
    url, dev_url, provider, schemas   in place of what the configuration says; paths start from `folder`, and
              the URLs may have variables
    folder    where to look; None: the current folder
    environ   the variables; None: those of this process
    any_env   where nobody names one of several environments, the first will do: no database is opened

    Raises  UsageError, ConfigError
    """
    start = Path(folder) if folder is not None else Path.cwd()
    variables = os.environ if environ is None else environ
    settings = load_settings(start, start / config if config is not None else None)
    target = choose(
        settings.file,
        environment=env,
        usual=variables.get(ENVIRONMENT_VARIABLE) or None,
        database=database,
        any_environment=any_env,
    )
    expanded = Variables(variables, settings.folder)
    given = _parsed(url, start, expanded, "--url")
    if schemas:
        target = msgspec.structs.replace(
            target, schemas=tuple(str(start.absolute() / item) for item in schemas)
        )
    return Project(
        settings=settings,
        target=_with_provider(target, given.provider if given else None, provider),
        variables=expanded,
        url=given,
        start=start,
        dev_url=_parsed(dev_url, start, expanded, "--dev-url"),
    )


def _parsed(url: str | None, start: Path, variables: Variables, flag: str) -> DatabaseUrl | None:
    if url is None:
        return None
    from okra.url import DatabaseUrl

    return DatabaseUrl.parse(variables.expand(url, key=flag), base=start)


def load_all(
    config: str | Path | None = None,
    *,
    env: str | None = None,
    dev_url: str | None = None,
    folder: str | Path | None = None,
    environ: Mapping[str, str] | None = None,
    any_env: bool = False,
) -> tuple[Project, ...]:
    """The projects of every database of a configuration, in its order; arguments are those of `load`.

    Raises  UsageError, ConfigError
    """
    start = Path(folder) if folder is not None else Path.cwd()
    variables = os.environ if environ is None else environ
    settings = load_settings(start, start / config if config is not None else None)
    expanded = Variables(variables, settings.folder)
    proving = _parsed(dev_url, start, expanded, "--dev-url")
    return tuple(
        Project(
            settings=settings,
            target=choose(
                settings.file,
                environment=env,
                usual=variables.get(ENVIRONMENT_VARIABLE) or None,
                database=name,
                any_environment=any_env,
            ),
            variables=expanded,
            url=None,
            start=start,
            dev_url=proving,
        )
        for name, _ in database_entries(settings.file)
    )


def _with_provider(target: Target, of_url: str | None, asked: str | None) -> Target:
    """`target` for the provider of `--url` or `--provider`, which must not contradict each other."""
    if of_url and asked and of_url != asked:
        raise UsageError(
            f"the URL is for `{of_url}` and the provider is `{asked}`",
            code="OKR619",
            help=f"leave `--provider` out, or use a URL that begins with `{asked}://`",
        )
    provider = of_url or asked
    if provider is None or (provider == target.provider and not asked):
        return target
    outputs = tuple(item for item in target.outputs if item.provider == provider)
    folder = outputs[0].dir if outputs else target.dir
    return msgspec.structs.replace(
        target,
        provider=provider,
        url=target.url if provider == target.provider else None,
        dir=folder,
        outputs=outputs or (Output(provider=provider, dir=folder),),
    )


def parse(text: str, *, name: str = "models.okra.gql") -> SchemaDefinition:
    """What a schema says.

    name    what messages call it

    Raises  SchemaError with everything that is wrong in it
    """
    from okra.language.define import parse_schema

    return parse_schema([Source(name, text)]).definition


def diff(before: SchemaDefinition, after: SchemaDefinition, provider: str) -> Draft:
    """What leads from `before` to `after`: the changes, and the SQL for them, up and down.

    Raises  UnsupportedChange for what `provider` can't have
    """
    from okra.dialects import dialect
    from okra.lowering import lower
    from okra.migrations.draft import draft

    start = dialect(provider).resolve(lower(before, provider)).database
    return draft(provider, start, before, after)
