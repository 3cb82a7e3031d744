"""Around the statements of one migration file: what the file can't know about is kept all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.sqlite.quoting import quote
from okra.dialects.sqlite.server.dependents import Dependents
from okra.dialects.sqlite.server.effects import Effect, Verb
from okra.dialects.sqlite.server.intent import ALTERS, CREATES, DROPS, Intent
from okra.dialects.sqlite.server.keepsakes import Keepsake, put_back, remember
from okra.dialects.sqlite.server.orphans import Orphans, check_integrity
from okra.dialects.sqlite.server.trash import carried
from okra.errors import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Script
    from okra.dialects.sqlite.server.session import SqliteSession


class SqliteGuard:
    """Keeps rows, indexes, triggers, views and counters over whatever the file does to their tables.

    _rows     how many rows a table had that was dropped and is to come back
    _moved    a table's rows that stand under another name while it is made anew: that name → its own
    _renamed  tables that simply have another name now: before → after
    _gone     indexes, triggers and views that the file dropped and did not make again
    """

    def __init__(self, session: SqliteSession, scripts: Sequence[Script]) -> None:
        self._session = session
        self._scripts = scripts
        self._intent = Intent(scripts)
        self._harmless = self._intent.is_harmless
        self._dependents = Dependents(session)
        self._orphans = Orphans(session)
        self._key_tables: set[str] = set()
        self._keepsakes: dict[str, Keepsake] = {}
        self._rows: dict[str, int] = {}
        self._moved: dict[str, str] = {}
        self._renamed: dict[str, str] = {}
        self._rebuilt: set[str] = set()
        self._gone: set[tuple[str, str]] = set()

    def start(self) -> None:
        """Look at what the file is about to touch.

        Raises  DatabaseError for a statement that has no place in a migration
        """
        self._intent.refuse_misplaced()
        if self._harmless:
            return
        self._dependents.start(self._intent.touched())
        self._key_tables = self._intent.key_tables(self._session)
        if self._key_tables:
            self._orphans.start(self._key_tables)

    def run(self, number: int, stop: int | None = None) -> None:
        """Run the statement with this number, from 0."""
        del stop
        sql = self._scripts[number].sql
        if self._harmless:
            self._session.execute(sql)
            return
        self._before(number)
        sql = carried(self._session, sql)
        while True:
            try:
                self._session.execute(sql)
                break
            except DatabaseError as error:
                if not self._dependents.step_aside(error):
                    raise
        self._after(self._intent.effects[number])

    def finish(self) -> None:
        """Put back what went with its table, and check that nothing was lost."""
        if self._harmless:
            return
        for keepsake in self._keepsakes.values():
            put_back(self._session, keepsake, gone=self._gone)
        self._dependents.finish(self._gone)
        if self._key_tables:
            self._orphans.finish(self._key_tables, renamed=self._renamed, rebuilt=self._rebuilt)
        for table in sorted(self._rebuilt):
            if self._session.has_table(table):
                check_integrity(self._session, table)

    def _before(self, number: int) -> None:
        each = self._intent.effects[number]
        if each.verb in DROPS:
            self._dependents.return_one(DROPS[each.verb], each.name)
        if each.verb in ALTERS:
            self._complete(each.name, number)
        comes_back = self._intent.comes_back(number)
        if comes_back:
            self._remember(each.name)
        if each.verb is Verb.DROP_TABLE:
            self._before_drop(each.name, comes_back=comes_back)
        elif each.verb is Verb.RENAME_TABLE:
            self._before_rename(each, comes_back=comes_back)

    def _remember(self, name: str) -> None:
        keepsake = remember(self._session, name)
        if keepsake is not None:
            self._keepsakes.setdefault(name, keepsake)

    def _complete(self, table: str, number: int) -> None:
        """Put back what belongs to a rebuilt table before the file changes it once more."""
        if table in self._rebuilt and table in self._keepsakes:
            later = self._intent.created_after(number)
            put_back(self._session, self._keepsakes.pop(table), gone=self._gone | later)

    def _before_drop(self, table: str, *, comes_back: bool) -> None:
        if not self._session.has_table(table):
            return
        original = self._moved.get(table)
        if original is not None and self._session.has_table(original):
            _check_rows(original, self._count(table), self._count(original))
            self._rebuilt.add(original)
        elif comes_back:
            self._rows[table] = self._count(table)

    def _before_rename(self, each: Effect, *, comes_back: bool) -> None:
        before, after = each.name, each.other
        if comes_back:
            self._moved[after] = before
        elif after in self._rows:
            _check_rows(after, self._rows.pop(after), self._count(before))
            self._rebuilt.add(after)
        else:
            for first, last in self._renamed.items():
                if last == before:
                    self._renamed[first] = after
            self._renamed[before] = after
            if before in self._rebuilt:
                self._rebuilt.add(after)

    def _after(self, each: Effect) -> None:
        if each.verb in DROPS:
            self._gone.add((DROPS[each.verb], each.name))
        elif each.verb in CREATES:
            self._gone.discard((CREATES[each.verb], each.name))

    def _count(self, table: str) -> int:
        return int(self._session.query(f"SELECT count(*) FROM {quote(table)}")[0][0] or 0)


def _check_rows(table: str, before: int, after: int) -> None:
    if after >= before:
        return
    raise DatabaseError(
        f"rebuilding `{table}` would lose rows: it has {before}, and {after} were copied",
        code="OKR512",
        help="nothing was changed; where rows are meant to go, remove them with a `DELETE` of its own "
        "before the rebuild",
    )
