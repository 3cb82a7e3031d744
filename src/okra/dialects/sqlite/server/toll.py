"""What a statement takes on SQLite: a transaction that writes keeps all others from writing anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.sqlite.quoting import quote
from okra.dialects.tolls import Blocks, Lock, Size, Toll, Work
from okra.relational.sqltext import ascii_upper, name_of, significant

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.dialects.base import Script, Session

_DATABASE = "the database"
_MODE = "write lock"
_NEW = "_okra_new_"


class Meter:
    """Tells from the statement which table it is about: the lock is the database's."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._there = {
            str(name)
            for (name,) in session.query("SELECT name FROM sqlite_master WHERE type = 'table'")
        }

    def run(self, script: Script) -> Toll:
        self._session.execute(script.sql)
        words = significant(script.sql)
        heads = [ascii_upper(word) for word in words[:3]]
        names = dict.fromkeys(name_of(word).removeprefix(_NEW) for word in words)
        tables = [name for name in names if name in self._there]
        lock = Lock(table=_DATABASE, mode=_MODE, blocks=Blocks.WRITES)
        if not tables:
            return Toll(locks=(lock,))
        works: dict[str, Work] = {}
        if heads[:2] == ["INSERT", "INTO"] and name_of(words[2]).startswith(_NEW):
            works = {tables[0]: Work.REWRITE}
        elif heads[:1] == ["CREATE"] and "INDEX" in heads:
            works = dict.fromkeys(tables[-1:], Work.INDEX)
        elif heads[:1] in (["UPDATE"], ["DELETE"]):
            works = {tables[0]: Work.SCAN}
        return Toll(locks=(lock,), works=works)


def sizes(session: Session, tables: Iterable[str]) -> dict[str, Size]:
    """Rows are counted; SQLite says only of the whole database how many bytes it has."""
    names = session.query("SELECT name FROM sqlite_master WHERE type = 'table'")
    there = {str(name) for (name,) in names}
    found = {
        table: Size(
            rows=int(session.query(f"SELECT count(*) FROM {quote(table)}")[0][0] or 0), bytes=None
        )
        for table in tables
        if table in there
    }
    pages, size = (session.query(f"PRAGMA {name}")[0][0] for name in ("page_count", "page_size"))
    return {**found, _DATABASE: Size(rows=None, bytes=int(pages or 0) * int(size or 0))}


def changed_rows(session: Session) -> int | None:
    return int(session.query("SELECT total_changes()")[0][0] or 0)
