"""okra.config.json: its shape, and how the one database to work on is chosen from it.

Pure: text and names in, values out. `okra.configuration.settings` reads the disk and the environment.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from okra.configuration.jsontext import plain, read_json
from okra.configuration.lint import Lint
from okra.configuration.meaning import DEFAULT_TABLE, meaningless
from okra.configuration.migrations import Drops, Migrations, Mode, Tracking
from okra.configuration.models import Models
from okra.configuration.seeds import Seeds, completed
from okra.errors import ConfigError, Diagnostic, UsageError
from okra.nearest import nearest
from okra.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.configuration.jsontext import Node

DEFAULT_SCHEMAS = ("./models.okra.gql",)
DEFAULT_DIR = "./migrations"
DEFAULT_LOCK_TIMEOUT_SECONDS = 60.0
DEFAULT_SQLITE_URL = "sqlite://local.db"
LOCAL = "local"
PRODUCTION = "production"


class Provider(StrEnum):
    POSTGRES = "postgres"
    MYSQL = "mysql"
    SQLITE = "sqlite"


class Environment(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True
):
    """One of the `environments` of a database. What it leaves out is taken from the database.

    direct_url      in place of `url`, which may be that of a pooler
    dev_url         the server that migrations are proven on
    server_version  that of the server behind `url`: "15", "10.11"
    """

    provider: Provider | None = None
    url: str | None = None
    direct_url: str | None = None
    dev_url: str | None = None
    server_version: str | None = None
    protected: bool | None = None
    migrations: Migrations | None = None


class DatabaseEntry(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True
):
    """The `database`, or one of the `databases`."""

    provider: Provider | None = None
    url: str | None = None
    direct_url: str | None = None
    dev_url: str | None = None
    server_version: str | None = None
    protected: bool | None = None
    migrations: Migrations | None = None
    schemas: tuple[str, ...] | None = None
    seeds: Seeds | None = None
    environments: dict[str, Environment] | None = None


class ConfigFile(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    rename={"schema_uri": "$schema"},
    forbid_unknown_fields=True,
):
    """The whole file: `database` or `databases`, and what is the same for all of them."""

    schema_uri: str | None = None
    database: DatabaseEntry | None = None
    databases: dict[str, DatabaseEntry] | None = None
    lint: Lint = Lint()
    models: Models = Models()


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """Where the migrations of one provider are kept and proven; variables are not expanded yet.

    urls             the databases that they are for
    dev_urls         what environments say about the server to prove them on
    server_versions  what environments say about the servers that they are for
    online           whether they let others read and write meanwhile: unless an environment says no
    deferred         whether what they drop is kept aside: if an environment says so
    """

    provider: str
    dir: str
    urls: tuple[str, ...] = ()
    dev_urls: tuple[str, ...] = ()
    server_versions: tuple[str, ...] = ()
    online: bool = True
    deferred: bool = False


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """One database in one environment, all defaults filled in, no variable expanded.

    database              its name among `databases`, None where the file has only one
    environment           its name, None where the file has no environments and nobody named one
    url                   None where nothing names one
    outputs               every provider that migrations are written for, with its directory
    lock_timeout_seconds  how long to wait for another run to finish
    allow                 what migrations may do although others suffer from it
    exclude               patterns of tables that are left alone
    allow_sync            whether `db:sync` may change the database although it is protected
    shadow                whether the database itself keeps what it was synced to
    """

    database: str | None
    environment: str | None
    provider: str
    url: str | None
    mode: Mode
    dir: str
    table: str
    schemas: tuple[str, ...]
    outputs: tuple[Output, ...]
    lock_timeout_seconds: float
    protected: bool
    allow: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    allow_sync: bool = False
    shadow: bool = False
    seeds: Seeds = completed(None, None)


NO_FILE = ConfigFile(database=DatabaseEntry())


def parse_config(source: Source) -> ConfigFile:
    """The configuration that `source` holds.

    Raises  ConfigError with every misfit at its place
    """
    node = read_json(source)
    try:
        found = msgspec.convert(plain(node), ConfigFile)
    except msgspec.ValidationError as cause:
        from okra.configuration.jsonfit import misfits

        wrong = list(misfits(node, ConfigFile, source.name))
        wrong = wrong or [_at_start(source, "OKR608", str(cause), None)]
        raise ConfigError(wrong, {source.name: source}) from cause
    _check_forms(found, node, source)
    return found


def _check_forms(found: ConfigFile, node: Node, source: Source) -> None:
    if (found.database is None) == (not found.databases):
        raise ConfigError(
            [
                _at_start(
                    source,
                    "OKR608",
                    "the file has one of `database` and `databases`",
                    'for one database write { "database": { "provider": "sqlite", '
                    '"url": "sqlite://local.db" } }',
                )
            ],
            {source.name: source},
        )
    wrong = list(meaningless(node, source.name))
    if wrong:
        raise ConfigError(wrong, {source.name: source})


def _at_start(source: Source, code: str, message: str, help: str | None) -> Diagnostic:
    return Diagnostic(code=code, message=message, span=Span(source.name, 0, 1), help=help)


def database_entries(file: ConfigFile) -> list[tuple[str | None, DatabaseEntry]]:
    """Every database with its name; the name is None for the only one of the simple form."""
    if file.database is not None:
        return [(None, file.database)]
    return list((file.databases or {}).items())


def choose(
    file: ConfigFile,
    *,
    environment: str | None = None,
    usual: str | None = None,
    database: str | None = None,
    any_environment: bool = False,
) -> Target:
    """The database to work on.

    environment  what `--env` says
    usual        what `OKRA_ENV` says; names the only target where the file has no environments
    database     what `--database` says
    any_environment  where nobody names one of several, the first will do: no database is opened

    Raises  UsageError where a name is unknown or a choice is open
    """
    name, entry = _choose_database(file, database)
    env_name, env = _choose_environment(
        name, entry, environment, usual, any_will_do=any_environment
    )
    provider = env.provider or entry.provider or Provider.SQLITE
    url = env.direct_url or env.url or entry.direct_url or entry.url
    if url is None and provider is Provider.SQLITE:
        url = DEFAULT_SQLITE_URL
    protected = _first(env.protected, entry.protected) or False
    own, shared = env.migrations or Migrations(), entry.migrations or Migrations()
    timeouts = (own.lock_timeout, shared.lock_timeout, DEFAULT_LOCK_TIMEOUT_SECONDS)
    return Target(
        database=name,
        environment=env_name,
        provider=provider.value,
        url=url,
        mode=own.mode or shared.mode or Mode.VERSIONED,
        dir=_directory(name, entry, env, provider),
        table=own.table or shared.table or DEFAULT_TABLE,
        schemas=entry.schemas or DEFAULT_SCHEMAS,
        outputs=_outputs(name, entry),
        lock_timeout_seconds=next(item for item in timeouts if item is not None),
        protected=protected or (env_name or "").strip().casefold() == PRODUCTION,
        allow=next((item for item in (own.allow, shared.allow) if item is not None), ()),
        exclude=next((item for item in (own.exclude, shared.exclude) if item is not None), ()),
        allow_sync=_first(own.allow_sync, shared.allow_sync) or False,
        shadow=(own.tracking or shared.tracking) is Tracking.SHADOW,
        seeds=completed(entry.seeds, name),
    )


def _choose_database(file: ConfigFile, wanted: str | None) -> tuple[str | None, DatabaseEntry]:
    entries = database_entries(file)
    if wanted is None:
        if len(entries) == 1:
            return entries[0]
        names = [name for name, _ in entries if name is not None]
        raise UsageError(
            f"the configuration has several databases: {_listed(names)}",
            code="OKR611",
            help=f"say which one is meant: `--database {names[0]}`",
        )
    for name, entry in entries:
        if name == wanted:
            return name, entry
    names = [name for name, _ in entries if name is not None]
    raise UsageError(
        f"the configuration has no database `{wanted}`",
        code="OKR611",
        help=_hint(wanted, names) or "it has a single one, without a name: leave `--database` out",
    )


def _choose_environment(
    database: str | None,
    entry: DatabaseEntry,
    asked: str | None,
    usual: str | None,
    *,
    any_will_do: bool,
) -> tuple[str | None, Environment]:
    environments = _environments(entry)
    owner = f"the database `{database}`" if database else "the configuration"
    if not environments and asked is not None:
        raise UsageError(
            f"{owner} has no environment `{asked}`: it has none at all",
            code="OKR610",
            help="leave `--env` out, or put the environments under `environments`",
        )
    if not environments:
        return usual, Environment()
    names = list(environments)
    wanted = asked or usual
    if wanted is None and LOCAL in environments:
        wanted = LOCAL
    if wanted is None and (len(names) == 1 or any_will_do):
        wanted = names[0]
    if wanted is None:
        raise UsageError(
            f"{owner} has several environments: {_listed(names)}",
            code="OKR610",
            help=f"say which one is meant: `--env {names[0]}`, or set OKRA_ENV",
        )
    if wanted not in environments:
        raise UsageError(
            f"{owner} has no environment `{wanted}`{'' if asked else ', which OKRA_ENV names'}",
            code="OKR610",
            help=_hint(wanted, names),
        )
    return wanted, environments[wanted]


def _environments(entry: DatabaseEntry) -> dict[str, Environment]:
    return entry.environments or {}


def _outputs(name: str | None, entry: DatabaseEntry) -> tuple[Output, ...]:
    """The providers of all versioned environments, each directory once, in the order of the file."""
    found: dict[str, Output] = {}
    for env in _environments(entry).values() or [Environment()]:
        own, shared = env.migrations or Migrations(), entry.migrations or Migrations()
        if (own.mode or shared.mode) is Mode.DECLARATIVE:
            continue
        provider = env.provider or entry.provider or Provider.SQLITE
        output = Output(
            provider=provider.value,
            dir=_directory(name, entry, env, provider),
            urls=(*_said(env.url or entry.url), *_said(env.direct_url or entry.direct_url)),
            dev_urls=_said(env.dev_url or entry.dev_url),
            server_versions=_said(env.server_version or entry.server_version),
            online=next((o for o in (own.online, shared.online) if o is not None), True),
            deferred=(own.drops or shared.drops) is Drops.DEFERRED,
        )
        first = found.get(output.dir, output)
        if first.provider != output.provider:
            raise UsageError(
                f"`{output.dir}` of {_called(name)} would hold the migrations of both "
                f"`{first.provider}` and `{output.provider}`",
                code="OKR612",
                help="give each environment a `migrations.dir` of its own, or none of them",
            )
        found[output.dir] = output if first is output else _joined(first, output)
    return tuple(found.values())


def _first(own: bool | None, shared: bool | None) -> bool | None:
    return own if own is not None else shared


def _said(text: str | None) -> tuple[str, ...]:
    return () if text is None else (text,)


def _joined(one: Output, other: Output) -> Output:
    """What two environments say of one directory, each thing once."""
    return msgspec.structs.replace(
        one,
        urls=tuple(dict.fromkeys(one.urls + other.urls)),
        dev_urls=tuple(dict.fromkeys(one.dev_urls + other.dev_urls)),
        server_versions=tuple(dict.fromkeys(one.server_versions + other.server_versions)),
        online=one.online and other.online,
        deferred=one.deferred or other.deferred,
    )


def _directory(name: str | None, entry: DatabaseEntry, env: Environment, provider: Provider) -> str:
    """What an environment says itself, else one folder for each provider where there are several."""
    if env.migrations and env.migrations.dir:
        return env.migrations.dir
    base = entry.migrations.dir if entry.migrations else None
    if not base:
        base = f"{DEFAULT_DIR}/{name}" if name else DEFAULT_DIR
    providers = {item.provider or entry.provider for item in _environments(entry).values()}
    return f"{base.rstrip('/')}/{provider.value}" if len(providers) > 1 else base


def _called(name: str | None) -> str:
    return f"the database `{name}`" if name else "the database"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _hint(name: str, known: list[str]) -> str | None:
    if not known:
        return None
    near = nearest(name, known)
    return f"did you mean `{near}`?" if near else f"it has {_listed(known)}"
