"""What a statement takes on MySQL and MariaDB: the cheapest algorithm that the server accepts for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.dialects.tolls import Blocks, Lock, Size, Toll, Work
from okra.errors import DatabaseError
from okra.relational.sqltext import ascii_upper, name_of, significant

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.dialects.base import Script, Session

# From cheap to dear, as the server itself chooses. NOCOPY is MariaDB's.
_WAYS = (
    ("ALGORITHM=INSTANT", Blocks.ALL, Work.NONE),
    ("ALGORITHM=NOCOPY, LOCK=NONE", Blocks.NOTHING, Work.INDEX),
    ("ALGORITHM=INPLACE, LOCK=NONE", Blocks.NOTHING, Work.REWRITE),
    ("ALGORITHM=INPLACE, LOCK=SHARED", Blocks.WRITES, Work.INDEX),
    ("ALGORITHM=COPY, LOCK=SHARED", Blocks.WRITES, Work.REWRITE),
)
_SAID = re.compile(
    r"\bALGORITHM\s*=\s*(\w+)(?:\s*,\s*LOCK\s*=\s*(\w+))?\s*$", re.IGNORECASE | re.ASCII
)
_CLAUSES = re.compile(r"\b(?:ALGORITHM|LOCK)\s*=\s*\w+\s*$", re.IGNORECASE | re.ASCII)
_EXCLUSIVE = "metadata lock"


class Meter:
    """Tries each algorithm in turn: what the server refuses has changed nothing."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._there = self._tables()

    def run(self, script: Script) -> Toll:
        words = significant(script.sql)
        heads = [ascii_upper(word) for word in words[:4]]
        table = _altered(words, heads)
        if table is None:
            self._session.execute(script.sql)
            return self._whole(words, heads)
        toll = self._altering(script.sql, table)
        return toll if table in self._there else Toll()

    def _altering(self, sql: str, table: str) -> Toll:
        said = _SAID.search(sql)
        if said is None and _CLAUSES.search(sql):
            self._session.execute(sql)
            return Toll()
        if said is not None:
            wanted, lock = said[1].upper(), (said[2] or "").upper()
            self._session.execute(sql)
            for clause, blocks, work in _WAYS:
                if f"={wanted}" in clause and (not lock or clause.endswith(f"={lock}")):
                    return _toll(table, clause, blocks, work)
            return _toll(table, said[0], Blocks.WRITES, Work.REWRITE)
        joint = "," if ascii_upper(significant(sql)[0]) == "ALTER" else ""
        for clause, blocks, work in _WAYS:
            spelled = clause if joint else clause.replace(",", "")
            try:
                self._session.execute(f"{sql}{joint} {spelled}")
            except DatabaseError:
                continue  # this way it can't be done; where it can be done in none, the last line says why
            return _toll(table, clause, blocks, work)
        self._session.execute(sql)
        return _toll(table, "ALGORITHM=COPY, LOCK=EXCLUSIVE", Blocks.ALL, Work.REWRITE)

    def _whole(self, words: list[str], heads: list[str]) -> Toll:
        if heads[:2] not in (["DROP", "TABLE"], ["RENAME", "TABLE"], ["TRUNCATE", "TABLE"]):
            return Toll()
        names = [name_of(word) for word in words[2:]]
        locks = [
            Lock(table=name, mode=_EXCLUSIVE, blocks=Blocks.ALL)
            for name in dict.fromkeys(names)
            if name in self._there
        ]
        if heads[0] == "RENAME":  # under its new name it is the same table
            self._there |= {
                after
                for before, to, after in zip(names, words[3:], names[2:], strict=False)
                if ascii_upper(to) == "TO" and before in self._there
            }
        return Toll(locks=tuple(locks))

    def _tables(self) -> set[str]:
        sql = "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
        return {str(name) for (name,) in self._session.query(sql)}


def _altered(words: list[str], heads: list[str]) -> str | None:
    """The table of an ALTER TABLE, CREATE INDEX or DROP INDEX."""
    if heads[:2] == ["ALTER", "TABLE"]:
        return name_of(words[2])
    if heads[:1] in (["CREATE"], ["DROP"]) and "INDEX" in heads[1:3]:
        uppers = [ascii_upper(word) for word in words]
        if "ON" in uppers:
            return name_of(words[uppers.index("ON") + 1])
    return None


def _toll(table: str, clause: str, blocks: Blocks, work: Work) -> Toll:
    lock = Lock(table=table, mode=clause, blocks=blocks)
    return Toll(locks=(lock,), works={table: work} if work is not Work.NONE else {})


def sizes(session: Session, tables: Iterable[str]) -> dict[str, Size]:
    rows = session.query(
        "SELECT table_name, table_rows, data_length + index_length FROM information_schema.tables"
        " WHERE table_schema = DATABASE()"
    )
    wanted = set(tables)
    return {
        str(name): Size(
            rows=None if count is None else int(count), bytes=None if size is None else int(size)
        )
        for name, count, size in rows
        if str(name) in wanted
    }


def changed_rows(session: Session) -> int | None:
    """Unknown: definitions end the transaction, so nothing is run on a target to be undone."""
    del session
    return None
