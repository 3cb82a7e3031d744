"""Rows whose foreign keys lead nowhere: none may be there after a migration that was not there before."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from okra.dialects.sqlite.quoting import quote
from okra.dialects.sqlite.server.effects import fold
from okra.errors import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from okra.dialects.base import Value
    from okra.dialects.sqlite.server.session import SqliteSession

Orphan: TypeAlias = "tuple[str, str, Value]"

_SHOWN = 3
_KEYS = (
    'SELECT m.name, f."table" FROM sqlite_master AS m, pragma_foreign_key_list(m.name) AS f'
    " WHERE m.type = 'table'"
)


class Orphans:
    """The foreign keys of and to some tables, before and after a migration."""

    def __init__(self, session: SqliteSession) -> None:
        self._session = session
        self._before: set[Orphan] = set()
        self._mismatched: set[str] = set()
        self._nowhere: set[tuple[str, str]] = set()

    def start(self, tables: Collection[str] | None) -> None:
        """Remember the orphans in `tables` and in those that refer to them; None: in all tables."""
        pairs = self._pairs()
        self._before, self._mismatched = self._look(_concerned(tables, pairs), pairs)
        self._nowhere = self._leading_nowhere(pairs)

    def finish(
        self,
        tables: Collection[str] | None,
        *,
        renamed: Mapping[str, str],
        rebuilt: Collection[str],
    ) -> None:
        """See that there are no new ones; all names folded.

        renamed  tables that have another name now: before → after
        rebuilt  tables whose rows may have another rowid now
        Raises   DatabaseError that names a table, a row and what it refers to
        """
        pairs = self._pairs()
        nowhere = {
            (renamed.get(child, child), renamed.get(parent, parent))
            for child, parent in self._nowhere
        }
        for child, parent in sorted(self._leading_nowhere(pairs) - nowhere):
            raise _nowhere(child, parent)
        after, mismatched = self._look(_concerned(tables, pairs), pairs)
        for child in sorted(mismatched - {renamed.get(name, name) for name in self._mismatched}):
            raise _mismatch(child)
        before = {
            (renamed.get(child, child), renamed.get(parent, parent), row)
            for child, parent, row in self._before
        }
        new = sorted(after - before, key=repr)
        by_key: dict[tuple[str, str], list[Orphan]] = {}
        for orphan in new:
            by_key.setdefault(orphan[:2], []).append(orphan)
        for (child, parent), found in by_key.items():
            if child in rebuilt and _count(after, child, parent) <= _count(before, child, parent):
                continue
            raise _orphaned(child, parent, found)

    def _pairs(self) -> list[tuple[str, str]]:
        """All (child, parent) of foreign keys, folded."""
        rows = self._session.query(_KEYS)
        return [(fold(str(child)), fold(str(parent))) for child, parent in rows]

    def _leading_nowhere(self, pairs: list[tuple[str, str]]) -> set[tuple[str, str]]:
        rows = self._session.query("SELECT name FROM sqlite_master WHERE type = 'table'")
        there = {fold(str(name)) for (name,) in rows}
        return {(child, parent) for child, parent in pairs if parent not in there}

    def _look(
        self, tables: Collection[str] | None, pairs: list[tuple[str, str]]
    ) -> tuple[set[Orphan], set[str]]:
        orphans: set[Orphan] = set()
        mismatched: set[str] = set()
        for child in sorted({child for child, _ in pairs}):
            if tables is not None and child not in tables:
                continue
            try:
                rows = self._session.query(f"PRAGMA foreign_key_check({quote(child)})")
            except DatabaseError as error:
                if error.code != "OKR508":
                    raise
                mismatched.add(child)
                continue
            orphans.update((child, fold(str(parent)), row) for _, row, parent, _ in rows)
        return orphans, mismatched


def check_integrity(session: SqliteSession, table: str) -> None:
    """See that the rows of `table` are what its definition and its indexes say.

    Raises  DatabaseError with the first thing that is wrong
    """
    for (line,) in session.query(f"PRAGMA integrity_check({quote(table)})"):
        if line != "ok" and not _is_false_alarm(session, table, str(line)):
            raise DatabaseError(
                f"the rows of `{table}` do not fit its new definition: {line!s}",
                code="OKR515",
                help="nothing was changed; mend the rows and run it again",
            )


def _is_false_alarm(session: SqliteSession, table: str, line: str) -> bool:
    """Whether SQLite took another column's NULL for this one's.

    Old versions do, in a table without rowid that does not begin with its key.
    """
    head = f"NULL value in {table}."
    if fold(line[: len(head)]) != fold(head):
        return False
    column = f"{quote(table)}.{quote(line[len(head) :])}"
    sql = f"SELECT EXISTS (SELECT 1 FROM {quote(table)} WHERE {column} IS NULL)"
    return not session.query(sql)[0][0]


def _concerned(
    tables: Collection[str] | None, pairs: list[tuple[str, str]]
) -> Collection[str] | None:
    if tables is None:
        return None
    return {*tables, *(child for child, parent in pairs if parent in tables)}


def _count(orphans: set[Orphan], child: str, parent: str) -> int:
    return sum(1 for orphan in orphans if orphan[:2] == (child, parent))


def _orphaned(child: str, parent: str, found: list[Orphan]) -> DatabaseError:
    rows = ", ".join(f"{row!r}" for *_, row in found[:_SHOWN] if row is not None)
    more = f" and {len(found) - _SHOWN} more" if rows and len(found) > _SHOWN else ""
    where = f" (rowid {rows}{more})" if rows else ""
    count = f"{len(found)} rows" if len(found) > 1 else "a row"
    return DatabaseError(
        f"{count} of `{child}`{where} would refer to `{parent}` and find nothing there",
        code="OKR514",
        help="nothing was changed; remove those rows or add what they refer to, and run it again:\n"
        "foreign keys do not act by themselves while a migration runs",
    )


def _mismatch(child: str) -> DatabaseError:
    return DatabaseError(
        f"a foreign key of `{child}` would refer to columns that are no key any more",
        code="OKR514",
        help="nothing was changed; keep a primary key or a unique index on the columns it refers to",
    )


def _nowhere(child: str, parent: str) -> DatabaseError:
    return DatabaseError(
        f"a foreign key of `{child}` would refer to `{parent}`, which would not be there",
        code="OKR514",
        help="nothing was changed; a table is rebuilt as: make the new one, copy, drop the old one, "
        "rename the new one\nwith `PRAGMA legacy_alter_table = ON` around it",
    )
