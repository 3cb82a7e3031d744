"""What a statement takes on PostgreSQL: pg_locks, the files of tables, and how often they were scanned."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from okra.dialects.postgres.server.probe import runs_outside
from okra.dialects.tolls import Blocks, Lock, Size, Toll, Work

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.dialects.base import Script, Session

# Source: the manual, Explicit Locking, table 13.2; from weak to strong.
_MODES = {
    "AccessShareLock": ("ACCESS SHARE", Blocks.NOTHING),
    "RowShareLock": ("ROW SHARE", Blocks.NOTHING),
    "RowExclusiveLock": ("ROW EXCLUSIVE", Blocks.NOTHING),
    "ShareUpdateExclusiveLock": ("SHARE UPDATE EXCLUSIVE", Blocks.NOTHING),
    "ShareLock": ("SHARE", Blocks.WRITES),
    "ShareRowExclusiveLock": ("SHARE ROW EXCLUSIVE", Blocks.WRITES),
    "ExclusiveLock": ("EXCLUSIVE", Blocks.WRITES),
    "AccessExclusiveLock": ("ACCESS EXCLUSIVE", Blocks.ALL),
}
_STRENGTH = {mode: number for number, mode in enumerate(_MODES)}
# A table's name as the model has it: with its schema, where that is not the default one.
_NAME = (
    "CASE WHEN n.nspname = current_schema() THEN c.relname ELSE n.nspname || '.' || c.relname END"
)
_FROM = """\
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND n.nspname NOT IN ('pg_catalog', 'information_schema')"""
_TABLES = f"""\
SELECT c.oid::bigint, {_NAME}, c.relfilenode::bigint, pg_catalog.pg_stat_get_xact_numscans(c.oid),
  (SELECT count(*) FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid AND i.indisvalid)
{_FROM}"""
_SIZES = f"SELECT {_NAME}, c.reltuples::bigint, pg_catalog.pg_total_relation_size(c.oid) {_FROM}"
_LOCKS = """\
SELECT relation::bigint, mode FROM pg_catalog.pg_locks
WHERE pid = pg_catalog.pg_backend_pid() AND locktype = 'relation' AND granted"""
_WRITTEN = """\
SELECT coalesce(sum(pg_catalog.pg_stat_get_xact_tuples_inserted(oid) + pg_catalog.pg_stat_get_xact_tuples_updated(oid)
  + pg_catalog.pg_stat_get_xact_tuples_deleted(oid)), 0)::bigint
FROM pg_catalog.pg_class WHERE relkind IN ('r', 'p')
  AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)"""


class _State(NamedTuple):
    name: str
    file: int
    scans: int
    indexes: int


class Meter:
    """Reads the catalogue before and after each statement. Inside a transaction locks stay until its end."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._names = {number: state.name for number, state in self._tables().items()}

    def run(self, script: Script) -> Toll:
        outside = runs_outside(script, marked=True)
        before, held = self._tables(), self._locks()
        self._session.execute(script.sql)
        locks, after = self._locks(), self._tables()
        works: dict[str, Work] = {}
        for number, name in self._names.items():
            if number in before:
                work = _work(before[number], after.get(number))
                if work is not Work.NONE:
                    works[name] = work
        if outside:
            mode, blocks = _MODES["ShareUpdateExclusiveLock"]
            taken = [Lock(table=name, mode=mode, blocks=blocks) for name in works]
        else:
            taken = list(self._taken(locks, held))
        return Toll(locks=tuple(taken), works=works)

    def _taken(self, locks: dict[int, str], held: dict[int, str]) -> Iterable[Lock]:
        for number, found in sorted(locks.items()):
            name = self._names.get(number)
            if name is None or held.get(number) == found:
                continue
            mode, blocks = _MODES[found]
            if _STRENGTH[found] >= _STRENGTH["RowExclusiveLock"]:
                yield Lock(table=name, mode=mode, blocks=blocks)

    def _tables(self) -> dict[int, _State]:
        return {
            int(number or 0): _State(str(name), int(file or 0), int(scans or 0), int(indexes or 0))
            for number, name, file, scans, indexes in self._session.query(_TABLES)
        }

    def _locks(self) -> dict[int, str]:
        """The strongest lock on each table."""
        found: dict[int, str] = {}
        for number, mode in self._session.query(_LOCKS):
            key, text = int(number or 0), str(mode)
            if text in _STRENGTH and _STRENGTH[text] >= _STRENGTH.get(found.get(key, ""), 0):
                found[key] = text
        return found


def _work(before: _State, after: _State | None) -> Work:
    if after is None:
        return Work.NONE  # it was dropped
    if before.file != after.file:
        return Work.REWRITE
    if after.indexes > before.indexes:
        return Work.INDEX
    return Work.SCAN if after.scans > before.scans else Work.NONE


def sizes(session: Session, tables: Iterable[str]) -> dict[str, Size]:
    wanted = set(tables)
    found = {}
    for name, count, size in session.query(_SIZES):
        if str(name) in wanted:
            known = int(count or 0)
            found[str(name)] = Size(rows=known if known >= 0 else None, bytes=int(size or 0))
    return found


def changed_rows(session: Session) -> int | None:
    return int(session.query(_WRITTEN)[0][0] or 0)
