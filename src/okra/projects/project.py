"""A project: one database in one environment of a configuration, and everything that can be done with it.

The command line is a thin layer over this class.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.configuration.config import Target, database_entries
from okra.configuration.settings import Settings, Variables, project_root, read_schemas
from okra.errors import UsageError
from okra.projects.claims import check_claimed, check_inside, check_versioned, own_models

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from okra.devdb import Dev
    from okra.language.define import ParsedSchema
    from okra.language.definition import SchemaDefinition
    from okra.migrations.compare import Comparison
    from okra.migrations.down import DownResult
    from okra.migrations.events import Progress
    from okra.migrations.executor import Target as DatabaseTarget
    from okra.migrations.generate import Prepared, Written
    from okra.migrations.losses import Confirm
    from okra.migrations.pull import Pulled
    from okra.migrations.resolve import ResolveResult
    from okra.migrations.status import StatusResult
    from okra.migrations.up import UpResult
    from okra.migrations.verify import VerifyResult
    from okra.relational.renaming import Renames
    from okra.source import Source
    from okra.url import DatabaseUrl


class Project:
    """One database in one environment.

    target  what the configuration and the overrides say, with variables not yet expanded
    url, dev_url  in place of what the configuration says
    start   the folder that paths given by hand start from
    """

    def __init__(
        self,
        *,
        settings: Settings,
        target: Target,
        variables: Variables,
        url: DatabaseUrl | None,
        start: Path,
        dev_url: DatabaseUrl | None = None,
    ) -> None:
        self.start = start
        self.target = target
        self.settings = settings
        self.variables = variables
        self._url = url
        self._dev_url = dev_url

    def __repr__(self) -> str:
        return f"Project({self.target.provider!r}, environment={self.target.environment!r})"

    @property
    def is_chosen(self) -> bool:
        """Whether somebody has said which database: a configuration, or a URL; else it is the default one."""
        return self.settings.path is not None or self._url is not None

    @cached_property
    def url(self) -> DatabaseUrl:
        """Where the database is. Variables are expanded now.

        Raises  UsageError where no URL is configured, a variable is missing, or the URL is wrong or names no database
        """
        found = self._url if self._url is not None else self._configured_url()
        found.check_named()
        return found

    def _configured_url(self) -> DatabaseUrl:
        if self.target.url is None:
            raise UsageError(
                f"no URL is configured for the {self.target.provider} database",
                code="OKR623",
                help="set `url` in the configuration, or give `--url`",
            )
        from okra.url import DatabaseUrl

        text = self.variables.expand(self.target.url, key="url")
        found = DatabaseUrl.parse(text, base=self.settings.folder)
        if found.provider != self.target.provider:
            raise UsageError(
                f"the URL is for `{found.provider}` and the provider is `{self.target.provider}`",
                code="OKR619",
                help="make `provider` and `url` in the configuration fit together",
            )
        return found

    @property
    def database_name(self) -> str:
        """What people call the database: its name on the server, or its file's."""
        return self.url.database or Path(self.url.path or ":memory:").name

    @property
    def providers(self) -> tuple[str, ...]:
        """Every provider that migrations are written for, each once."""
        return tuple(dict.fromkeys(item.provider for item in self.target.outputs))

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The schema files."""
        patterns = [self.variables.expand(item, key="schemas") for item in self.target.schemas]
        return read_schemas(patterns, self.settings.folder)

    @cached_property
    def schema(self) -> ParsedSchema:
        """What the schema files say, checked for every provider.

        Raises  SchemaError with everything that is wrong in them
        """
        from okra.language.define import parse_schema

        providers = self.providers or (self.target.provider,)
        parsed = parse_schema(self.sources, providers=providers)
        check_claimed(parsed.definition, self.target)
        return parsed

    def definition(self) -> SchemaDefinition:
        """What the schema files say of this database: models of another `@database` are left out."""
        names = [name for name, _ in database_entries(self.settings.file) if name]
        return own_models(self.schema.definition, self.target.database, names)

    def directory(self, provider: str | None = None) -> Path:
        """The migrations directory of `provider`; None: of the target's."""
        if provider is None or provider == self.target.provider:
            return self._folder(self.target.dir)
        for output in self.target.outputs:
            if output.provider == provider:
                return self._folder(output.dir)
        known = ", ".join(f"`{item}`" for item in self.providers)
        raise UsageError(
            f"no migrations are configured for `{provider}`",
            code="OKR605",
            help=f"the configured providers are {known}",
        )

    def directories(self) -> tuple[Path, ...]:
        """The migrations directories of all providers."""
        return tuple(self._folder(output.dir) for output in self.target.outputs)

    def _folder(self, text: str) -> Path:
        return self.settings.folder / self.variables.expand(text, key="migrations.dir")

    def output_folder(self, text: str) -> Path:
        """A migrations directory to write to; links resolved, it lies in the project."""
        folder = self._folder(text)
        check_inside(folder, project_root(self.settings.folder))
        return folder

    def check_versioned(self) -> None:
        """Nothing, if the target keeps migrations.

        Raises  UsageError where it is declarative
        """
        check_versioned(self.target)

    def check(self) -> tuple[str, ...]:
        """What every provider can only imitate of the schema, and what differs between them, as sentences.

        Raises  SchemaError, UnsupportedChange
        """
        from okra.projects.checking import check
        from okra.projects.proving import lacking

        definition = self.definition()
        providers = self.providers or (self.target.provider,)
        found = check(definition, providers, self.schema.places, self.sources)
        return (*found, *lacking(definition, self.target.outputs))

    def prepare(
        self,
        *,
        renames: Renames | None = None,
        fills: Mapping[tuple[str, str], str] | None = None,
        mend: bool = True,
        hooks: bool = False,
    ) -> tuple[Prepared, ...]:
        """The next migration of every provider, not written yet.

        renames, fills  answers to the questions of the drafts, as names in the database
        mend            False: leave `current/` as it is, too
        hooks           leave room for statements of the user's own
        """
        from okra.projects.proving import prepare

        return prepare(self, renames=renames, fills=fills, mend=mend, hooks=hooks)

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
        from okra.migrations.generate import write_all

        return write_all(
            prepared,
            name=name,
            verify=verify,
            dry_run=dry_run,
            now=now or datetime.now(UTC),
            devs=self.devs(prepared) if verify else None,
        )

    def devs(self, prepared: Sequence[Prepared]) -> tuple[Dev, ...]:
        """Where each of what `prepare` found is proven."""
        return tuple(self.dev(item.draft.provider) for item in prepared)

    def dev(self, provider: str) -> Dev:
        """Where the migrations of `provider` are proven: what flags and the configuration say of it.

        Raises  UsageError for a `devUrl` that can't be used
        """
        from okra.projects.proving import dev

        outputs = [item for item in self.target.outputs if item.provider == provider]
        return dev(
            provider,
            outputs,
            expand=self.variables.expand,
            folder=self.settings.folder,
            asked=self._dev_url,
            target=self._url,
            only=len(self.providers) <= 1,
        )

    def generate(
        self,
        *,
        name: str | None = None,
        verify: bool = True,
        renames: Renames | None = None,
        fills: Mapping[tuple[str, str], str] | None = None,
        hooks: bool = False,
    ) -> tuple[Written, ...]:
        """Write the next migration of every provider; nothing where nothing changed."""
        prepared = self.prepare(renames=renames, fills=fills, hooks=hooks)
        return self.write(prepared, name=name, verify=verify)

    def migrate_up(
        self,
        *,
        to: str | None = None,
        steps: int | None = None,
        baseline: str | None = None,
        dry_run: bool = False,
        resume: bool = False,
        allow: Iterable[str] = (),
        confirm: Confirm | None = None,
        progress: Progress | None = None,
    ) -> UpResult:
        """Apply what is pending, in order; safe from many processes at once.

        to, steps  stop behind this version, or after so many
        baseline   the database is as this version leaves it: write that down, run nothing up to it
        resume     try what failed again as it is: what it failed on was mended elsewhere
        allow      what it may do although others suffer from it: `blocking`
        confirm    asked with what data is lost, if any is; None: nobody is asked
        progress   told of every migration and statement

        Raises  DirectoryError, DatabaseError; what a server can undo is undone where a migration fails
        """
        from okra.migrations.up import migrate_up

        return migrate_up(
            self.database_target(allow),
            to=to,
            steps=steps,
            baseline=baseline,
            dry_run=dry_run,
            resume=resume,
            confirm=confirm,
            progress=progress,
        )

    def migrate_down(
        self,
        *,
        steps: int = 1,
        to: str | None = None,
        dry_run: bool = False,
        resume: bool = False,
        allow: Iterable[str] = (),
        confirm: Confirm | None = None,
        progress: Progress | None = None,
    ) -> DownResult:
        """Take the newest migrations back: `steps` of them, or all that are newer than `to`.

        resume   try the statement that failed again as it is
        allow    what it may do although others suffer from it: `blocking`
        confirm  asked with what data is lost, if any is; without it that is refused
        """
        from okra.migrations.down import migrate_down

        return migrate_down(
            self.database_target(allow),
            steps=steps,
            to=to,
            dry_run=dry_run,
            resume=resume,
            confirm=confirm,
            progress=progress,
        )

    def status(self, *, drift: bool | None = None) -> StatusResult:
        """Where directory and database stand to each other; `drift`: look for it, None: where that is cheap."""
        from okra.migrations.status import migrate_status

        return migrate_status(self.database_target(), drift=drift)

    def verify(self, version: str | None = None) -> VerifyResult:
        """Prove migrations that are not applied again, and seal their files as they are now.

        version  just this one; None: all that were edited or never proven
        """
        from okra.migrations.verify import verify

        return verify(self.database_target(), version, dev=self.dev(self.target.provider))

    def pull(self, *, existing: SchemaDefinition | None = None) -> Pulled:
        """The schema of the live database, and what a schema can't say of it. Writes nothing.

        existing  a schema whose names and descriptions are kept where they fit
        """
        from okra.projects.pulling import read_database

        return read_database(self.live_target(), existing)

    def resolve(
        self,
        version: str | None,
        action: str,
        *,
        statement: int | None = None,
        confirm: Callable[[], bool] | None = None,
    ) -> ResolveResult:
        """Write into the history what OKRA can't know: `applied`, `reverted`, `retry`, `done` or `adopt`.

        statement  the number of the one that was `done`
        confirm    asked before `adopt` takes a database away from production; without it that is refused
        """
        from okra.projects.resolving import resolve

        return resolve(self, version, action, statement=statement, confirm=confirm)

    def compare(self, before: str = "database", after: str = "schema") -> Comparison:
        """What leads from one state to another. Writes nothing.

        before, after  `schema`, `database`, `migrations`, `empty`, a version, a schema file, or a URL
        """
        from okra.migrations.compare import compare
        from okra.projects.sides import read_sides

        sides = read_sides(self, before, after)
        return compare(self.target.provider, *sides, self.target.exclude)

    def database_target(self, allow: Iterable[str] = ()) -> DatabaseTarget:
        """The database and the migrations that belong to it.

        allow   what they may do besides what the configuration allows
        Raises  UsageError where the target is declarative, or its URL is not known
        """
        from okra.projects.reaching import check_encrypted

        self.check_versioned()
        check_encrypted(self)
        found = self.live_target()
        return replace(found, allow=(*found.allow, *allow))

    def live_target(self) -> DatabaseTarget:
        """The same, also where the target is declarative: for what only reads."""
        from okra.projects.reaching import live_target

        return live_target(self)
