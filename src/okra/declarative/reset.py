"""`reset`: what OKRA manages in a database is dropped, and nothing else unless all of it is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from okra.declarative import journal, shadow
from okra.declarative.counting import Counts
from okra.declarative.running import run_scripts
from okra.dialects import dialect as dialect_of
from okra.dialects.clearing import Thing, clearer, dependants
from okra.dialects.session import LOST
from okra.errors import DatabaseError, UnsupportedChange
from okra.lowering import lower
from okra.migrations.excluded import is_excluded, used_types
from okra.migrations.executor import BLOCKING, Run, Target, opened
from okra.migrations.findings import current_version, named
from okra.migrations.history_tables import LOG, STAMP
from okra.migrations.render import render
from okra.relational.diff import diff
from okra.relational.model import Database
from okra.relational.order import order
from okra.relational.trash import is_trash

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from okra.language.definition import SchemaDefinition
    from okra.migrations.events import Fault, Progress
    from okra.relational.changes import Change
    from okra.relational.model import Table


class Doomed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that a reset drops.

    kind  `table`, `view`, `sequence`, `type`
    rows  how many a table has
    """

    kind: str
    name: str
    rows: int | None = None


class Reset(msgspec.Struct, frozen=True, kw_only=True):
    """What a reset drops, and what it leaves.

    everything  whether all of the database goes
    doomed      what is dropped, but for OKRA's own tables
    kept        the tables, views and types that are not OKRA's, and stay
    """

    everything: bool
    doomed: tuple[Doomed, ...]
    kept: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        return sum(each.rows or 0 for each in self.doomed)


class _Found(NamedTuple):
    """The same with what it takes: changes to plan, and things to drop by themselves."""

    reset: Reset
    changes: tuple[Change, ...]
    after: Database
    things: tuple[Thing, ...]


def look(target: Target, models: SchemaDefinition | None, *, everything: bool = False) -> Reset:
    """What a reset would drop. Nothing is changed.

    models  what the schema says; None: what migrations and syncs left counts alone
    Raises  DatabaseError, also where a table that stays refers to one that goes
    """
    with opened(target, writes=False) as run:
        return _find(run, models, everything=everything).reset


def drop(
    target: Target,
    models: SchemaDefinition | None,
    agreed: Reset,
    *,
    progress: Progress | None = None,
    fault: Fault | None = None,
) -> None:
    """Drop what was agreed on; in one transaction where the server can undo it, else OKRA's own tables last.

    progress  told of each statement
    fault     told the name of each point at which a crash would leave something to see; for tests

    Raises  DatabaseError where the database holds something else by now, or the server refuses; it says what stays
    """
    allowed = replace(target, allow=(*target.allow, BLOCKING))
    dropped: list[int] = []
    with opened(allowed, writes=True, progress=progress, fault=fault) as run:
        try:
            with run.transaction() if run.session.atomic else run.locked():
                _drop(run, models, agreed, dropped.append)
        except DatabaseError as error:
            _say_what_stays(error, atomic=run.session.atomic, dropped=len(dropped))
            raise


def _say_what_stays(error: DatabaseError, *, atomic: bool, dropped: int) -> None:
    if error.code == LOST or "nothing was changed" in (error.help or ""):
        return
    stands = "nothing was changed"
    if dropped and not atomic:
        stands = "what was dropped before stays dropped; run `okra db:reset` again: it goes on"
    error.help = f"{error.help or ''}\n{stands}".strip()


def _drop(
    run: Run, models: SchemaDefinition | None, agreed: Reset, done: Callable[[int], None]
) -> None:
    found = _find(run, models, everything=agreed.everything)
    if {(each.kind, each.name) for each in found.reset.doomed} != {
        (each.kind, each.name) for each in agreed.doomed
    }:
        raise DatabaseError(
            "somebody has made or dropped tables since it was asked what may go",
            code="OKR643",
            place=str(run.target.url),
            help="nothing was changed; run `okra db:reset` again",
        )
    _run_plan(run, found, done)
    run.point("own tables")
    clearer(run.target.provider).drop(run.session, found.things)
    run.point("dropped")


def _find(run: Run, models: SchemaDefinition | None, *, everything: bool) -> _Found:
    things = clearer(run.target.provider).everything(run.session)
    if everything:
        return _Found(_all(run, things), (), Database(), tuple(things))
    dialect = dialect_of(run.target.provider)
    ours = _managed(run, models)
    live = dialect.introspect(run.session, wanted=ours.wanted).database
    own = _own_tables(run)
    left_alone = run.target.exclude
    going = {
        table.name
        for table in live.tables
        if table.name in ours.tables and not is_excluded(table.name, left_alone)
    }
    staying = [t for t in live.tables if t.name not in going and t.name not in own]
    _refuse_referring(run, staying, going)
    used = used_types(staying)
    enums = tuple(e for e in live.enums if e.name not in ours.enums or e.name in used)
    before = replace(live, tables=tuple(t for t in live.tables if t.name not in own))
    after = Database(tables=tuple(staying), enums=enums)
    changes = order(diff(before, after), cut_cycles=dialect.cuts_cycles)
    reset = Reset(
        everything=False,
        doomed=tuple(_counted(run, "table", name) for name in sorted(going))
        + tuple(Doomed(kind="type", name=enum.name) for enum in live.enums if enum not in enums),
        kept=(
            *(name for name in run.session.tables() if name not in going | own),
            *(enum.name for enum in enums if enum.name not in ours.enums),
        ),
    )
    ours_too = (
        each for each in things if each.name in own or is_trash(each.name.rpartition(".")[2])
    )
    return _Found(reset, changes, after, tuple(ours_too))


def _all(run: Run, things: list[Thing]) -> Reset:
    """Everything.

    Raises  DatabaseError where more would go with it
    """
    more = dependants(run.target.provider, run.session)
    if more:
        raise DatabaseError(
            f"{named(more)} would go as well, and lies elsewhere",
            code="OKR643",
            place=str(run.target.url),
            help="drop it by hand, or name its schema in the URL, too: `?schema=a,b`; nothing was changed",
        )
    own = _own_tables(run)
    return Reset(
        everything=True,
        doomed=tuple(
            Doomed(
                kind=each.kind,
                name=each.name,
                rows=_rows(run, each.path) if each.kind == "table" else None,
            )
            for each in things
            if each.name not in own and each.kind != "function"
        ),
    )


def _rows(run: Run, path: str) -> int:
    return int(run.session.query(f"SELECT count(*) FROM {path}")[0][0] or 0)


class _Managed(NamedTuple):
    """The names of OKRA's tables and types, and what they are or were: they may lie in schemas that the URL does not name."""

    tables: set[str]
    enums: set[str]
    wanted: Database


def _managed(run: Run, models: SchemaDefinition | None) -> _Managed:
    """The names of what the schema, the newest migrations and the last sync make."""
    provider = run.target.provider
    known = [models, shadow.known_models(run.session)]
    databases = [_native(each, provider) for each in known if each is not None]
    applied = current_version(run.records)
    migrations = [
        each
        for each in run.directory.migrations
        if each.version == applied or each is run.directory.newest
    ]
    databases += [each.snapshot().database for each in migrations]
    tables = {table.name: table for database in databases for table in database.tables}
    enums = {enum.name: enum for database in databases for enum in database.enums}
    wanted = Database(tables=tuple(tables.values()), enums=tuple(enums.values()))
    return _Managed({*tables}, {*enums}, wanted)


def _native(models: SchemaDefinition, provider: str) -> Database:
    try:
        return dialect_of(provider).resolve(lower(models, provider)).database
    except UnsupportedChange:
        return Database()  # what it says can't be made here: then nothing of it is there


def _own_tables(run: Run) -> set[str]:
    """OKRA's own tables; those that other histories in the database use as well stay."""
    mine = {run.target.history_table}
    if run.session.has_table(STAMP):
        quote = dialect_of(run.target.provider).quote
        others = run.session.query(
            f"SELECT 1 FROM {quote(STAMP)} WHERE history <> ? LIMIT 1", (run.target.history_table,)
        )
        if others:
            return mine
    return mine | {LOG, STAMP, shadow.TABLE, journal.JOURNAL}


def _refuse_referring(run: Run, staying: Iterable[Table], going: Collection[str]) -> None:
    referring = [
        table.name for table in staying if any(k.table in going for k in table.foreign_keys)
    ]
    if referring:
        raise DatabaseError(
            f"{named(referring)} would stay, and refers to a table that would be dropped",
            code="OKR643",
            place=str(run.target.url),
            help="drop it or its foreign key by hand, or reset everything there is: `okra db:reset --all`;\n"
            "nothing was changed",
        )


def _counted(run: Run, kind: str, name: str) -> Doomed:
    if kind != "table":
        return Doomed(kind=kind, name=name)
    counts = Counts(run.session, dialect_of(run.target.provider), ())
    return Doomed(kind=kind, name=name, rows=counts.rows(name))


def _run_plan(run: Run, found: _Found, done: Callable[[int], None]) -> None:
    dialect = dialect_of(run.target.provider)
    if not found.changes:
        return
    plan = dialect.plan(found.changes, found.after, online=False)
    run_scripts(run, dialect.split(render(plan, "reset")), done=done)
