"""OKRA as a library: a project is one database in one environment of a configuration, and what can be done with it.

The command line is a thin layer over this module.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from okra.config import Mode, Output, Target, choose
from okra.errors import UsageError
from okra.settings import Settings, Variables, load_settings, read_schemas
from okra.source import Source
from okra.url import DatabaseUrl

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okra.language.define import ParsedSchema
    from okra.language.definition import SchemaDefinition
    from okra.migrations.draft import Draft
    from okra.migrations.generate import Prepared, Written
    from okra.relational.renaming import Renames

ENVIRONMENT_VARIABLE = "OKRA_ENV"


def load(
    config: str | Path | None = None,
    *,
    env: str | None = None,
    database: str | None = None,
    url: str | None = None,
    provider: str | None = None,
    schemas: Sequence[str] = (),
    folder: str | Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> Project:
    """The project that a configuration describes. Reads the configuration and nothing else.

    config    its file; None: the nearest okra.config.json, else OKRA's defaults
    env       the environment; None: the variable OKRA_ENV, else `local`, else the only one
    database  its name among `databases`
    url, provider, schemas   in place of what the configuration says; paths start from `folder`
    folder    where to look; None: the current folder
    environ   the variables; None: those of this process

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
    )
    given = DatabaseUrl.parse(url, base=start) if url is not None else None
    if schemas:
        target = msgspec.structs.replace(
            target, schemas=tuple(str(start.absolute() / item) for item in schemas)
        )
    return Project(
        settings=settings,
        target=_with_provider(target, given.provider if given else None, provider),
        variables=Variables(variables, settings.folder),
        url=given,
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


class Project:
    """One database in one environment.

    target  what the configuration and the overrides say, with variables not yet expanded
    """

    def __init__(
        self, *, settings: Settings, target: Target, variables: Variables, url: DatabaseUrl | None
    ) -> None:
        self.target = target
        self._settings = settings
        self._variables = variables
        self._url = url

    def __repr__(self) -> str:
        return f"Project({self.target.provider!r}, environment={self.target.environment!r})"

    @cached_property
    def url(self) -> DatabaseUrl:
        """Where the database is. Variables are expanded now.

        Raises  UsageError where no URL is configured, a variable is missing or the URL is wrong
        """
        if self._url is not None:
            return self._url
        if self.target.url is None:
            raise UsageError(
                f"no URL is configured for the {self.target.provider} database",
                code="OKR623",
                help="set `url` in the configuration, or give `--url`",
            )
        text = self._variables.expand(self.target.url, key="url")
        found = DatabaseUrl.parse(text, base=self._settings.folder)
        if found.provider != self.target.provider:
            raise UsageError(
                f"the URL is for `{found.provider}` and the provider is `{self.target.provider}`",
                code="OKR619",
                help="make `provider` and `url` in the configuration fit together",
            )
        return found

    @property
    def providers(self) -> tuple[str, ...]:
        """Every provider that migrations are written for, each once."""
        return tuple(dict.fromkeys(item.provider for item in self.target.outputs))

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The schema files."""
        patterns = [self._variables.expand(item, key="schemas") for item in self.target.schemas]
        return read_schemas(patterns, self._settings.folder)

    @cached_property
    def schema(self) -> ParsedSchema:
        """What the schema files say, checked for every provider.

        Raises  SchemaError with everything that is wrong in them
        """
        from okra.language.define import parse_schema

        providers = self.providers or (self.target.provider,)
        parsed = parse_schema(self.sources, providers=providers)
        claimed = parsed.definition.database
        if self.target.database and claimed and claimed != self.target.database:
            raise UsageError(
                f"the schema files belong to the database `{claimed}`, "
                f"and are listed for `{self.target.database}`",
                code="OKR622",
                help="change `@okra(database:)` in the files, or `schemas` in the configuration",
            )
        return parsed

    def definition(self) -> SchemaDefinition:
        """What the schema files say."""
        return self.schema.definition

    def directory(self, provider: str | None = None) -> Path:
        """The migrations directory of `provider`; None: of the target's."""
        if provider is None or provider == self.target.provider:
            return self._folder(self.target.dir)
        for output in self.target.outputs:
            if output.provider == provider:
                return self._folder(output.dir)
        raise UsageError(f"no migrations are configured for `{provider}`", code="OKR605")

    def _folder(self, text: str) -> Path:
        return self._settings.folder / self._variables.expand(text, key="migrations.dir")

    def check_versioned(self) -> None:
        """Nothing, if the target keeps migrations.

        Raises  UsageError where it is declarative
        """
        if self.target.mode is Mode.DECLARATIVE:
            called = (
                f"environment `{self.target.environment}`"
                if self.target.environment
                else "database"
            )
            raise UsageError(
                f"the {called} is declarative: it has no migrations",
                code="OKR618",
                help='name another one with `--env`, or set `"mode": "versioned"`',
            )

    def check(self) -> tuple[str, ...]:
        """What every provider can only imitate of the schema, as sentences.

        Raises  SchemaError, UnsupportedChange
        """
        from okra.dialects import dialect
        from okra.lowering import lower

        definition = self.definition()
        found: dict[str, None] = {}
        for provider in self.providers or (self.target.provider,):
            resolved = dialect(provider).resolve(lower(definition, provider))
            found.update(dict.fromkeys(resolved.warnings))
        return tuple(found)

    def prepare(
        self,
        *,
        renames: Renames | None = None,
        fills: Mapping[tuple[str, str], str] | None = None,
        mend: bool = True,
    ) -> tuple[Prepared, ...]:
        """The next migration of every provider, not written yet.

        renames, fills  answers to the questions of the drafts, as names in the database
        mend            False: leave `current/` as it is, too
        """
        from okra.migrations.generate import prepare
        from okra.relational.renaming import NO_RENAMES

        if not self.target.outputs:
            self.check_versioned()
        definition = self.definition()
        return tuple(
            prepare(
                self._folder(output.dir),
                output.provider,
                definition,
                renames=renames or NO_RENAMES,
                fills=fills,
                mend=mend,
            )
            for output in self.target.outputs
        )

    def write(
        self,
        prepared: Sequence[Prepared],
        *,
        name: str | None = None,
        verify: bool = True,
        dry_run: bool = False,
        now: datetime | None = None,
    ) -> tuple[Written, ...]:
        """Prove and write what `prepare` found, under one version. Providers without changes are left out.

        Raises  PlanError where a proof fails; then nothing is written for any provider
        """
        from okra.migrations.generate import common_version, proven, write

        changed = [item for item in prepared if item.draft.changes]
        if not changed:
            return ()
        version = common_version(prepared, now or datetime.now(UTC))
        texts = [proven(item, version, verify=verify) for item in changed]
        if dry_run:
            return tuple(texts)
        return tuple(write(item, text, name) for item, text in zip(changed, texts, strict=True))

    def generate(
        self,
        *,
        name: str | None = None,
        verify: bool = True,
        renames: Renames | None = None,
        fills: Mapping[tuple[str, str], str] | None = None,
    ) -> tuple[Written, ...]:
        """Write the next migration of every provider; nothing where nothing changed."""
        prepared = self.prepare(renames=renames, fills=fills)
        return self.write(prepared, name=name, verify=verify)


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
