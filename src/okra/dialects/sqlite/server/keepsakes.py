"""What goes with a table when it is dropped: its indexes, its triggers and its counter, kept to be put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.dialects.sqlite.expressions.quoted import behind, columns, lost_columns, unmistakable
from okra.dialects.sqlite.quoting import quote
from okra.dialects.sqlite.server.effects import fold
from okra.errors import DatabaseError
from okra.relational.sqltext import TokenKind, tokens

if TYPE_CHECKING:
    from collections.abc import Collection

    from okra.dialects.sqlite.server.session import SqliteSession


class Belonging(msgspec.Struct, frozen=True, kw_only=True):
    """One index, trigger or view, as sqlite_master has it."""

    kind: str
    name: str
    table: str
    sql: str

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from all others."""
        return self.kind, fold(self.name)


class Keepsake(msgspec.Struct, frozen=True, kw_only=True):
    """All that belonged to one table or view.

    columns  its columns, folded
    counter  what AUTOINCREMENT had come to, or None
    """

    owner: str
    columns: frozenset[str]
    belongings: tuple[Belonging, ...]
    counter: int | None = None


def remember(session: SqliteSession, owner: str) -> Keepsake | None:
    """What belongs to the table or view `owner`, or None where there is none of that name."""
    if not _exists(session, owner):
        return None
    rows = session.query(
        "SELECT type, name, tbl_name, sql FROM sqlite_master"
        " WHERE tbl_name = ? COLLATE NOCASE AND type IN ('index', 'trigger') AND sql IS NOT NULL"
        " ORDER BY rowid",
        (owner,),
    )
    return Keepsake(
        owner=owner,
        columns=frozenset(columns(session, owner) if session.has_table(owner) else ()),
        belongings=tuple(
            Belonging(kind=str(kind), name=str(name), table=str(table), sql=str(sql))
            for kind, name, table, sql in rows
        ),
        counter=_counter(session, owner),
    )


def put_back(
    session: SqliteSession, keepsake: Keepsake, *, gone: Collection[tuple[str, str]]
) -> None:
    """Make again what is missing of `keepsake`, if its table is there; `gone` was dropped on purpose.

    Raises  DatabaseError that names what can't be made again
    """
    if not _exists(session, keepsake.owner):
        return
    lost = lost_columns(session, keepsake.owner, keepsake.columns)
    for item in keepsake.belongings:
        if item.key in gone:
            continue
        if item.kind == "index" and unmistakable(behind(item.sql, "("), lost) is not None:
            raise _unkept(item, f"it needs a column that goes: {', '.join(sorted(lost))}")
        make_again(session, item)
    if keepsake.counter is not None:
        _set_counter(session, keepsake.owner, keepsake.counter)


def make_again(session: SqliteSession, item: Belonging) -> None:
    """Make an index, trigger or view that is missing.

    Raises  DatabaseError that names it
    """
    there = session.query(
        "SELECT 1 FROM sqlite_master WHERE type = ? AND name = ? COLLATE NOCASE",
        (item.kind, item.name),
    )
    if there:
        return
    try:
        session.execute(item.sql)
    except DatabaseError as error:
        if error.code not in ("OKR508", "OKR509"):
            raise
        raise _unkept(item, error.message) from error


def _unkept(item: Belonging, reason: str) -> DatabaseError:
    return DatabaseError(
        f"the {item.kind} `{item.name}` of `{item.table}`, which the migration does not know, "
        f"can't be kept: {reason}",
        code="OKR518",
        help=f"nothing was changed; drop it before the migration with `DROP {item.kind.upper()} "
        f"{quote(item.name)};`, or put that line into the file and run `okra db:migrate:verify`",
    )


def _exists(session: SqliteSession, name: str) -> bool:
    return bool(
        session.query(
            "SELECT 1 FROM sqlite_master WHERE type IN ('table', 'view') AND name = ? COLLATE NOCASE",
            (name,),
        )
    )


def _counter(session: SqliteSession, table: str) -> int | None:
    if not session.has_table("sqlite_sequence"):
        return None
    rows = session.query(
        "SELECT max(seq) FROM sqlite_sequence WHERE name = ? COLLATE NOCASE", (table,)
    )
    value = rows[0][0]
    return value if isinstance(value, int) else None


def _set_counter(session: SqliteSession, table: str, counter: int) -> None:
    """Let the counter of `table` go on from `counter`, if it has one and has not come further."""
    name, sql = session.query(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name = ? COLLATE NOCASE",
        (table,),
    )[0]
    counts = any(
        token.kind is TokenKind.WORD and token.text.upper() == "AUTOINCREMENT"
        for token in tokens(str(sql))
    )
    now = _counter(session, table)
    if not counts or (now is not None and now >= counter):
        return
    if now is None:
        session.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, counter))
    else:
        session.execute(
            "UPDATE sqlite_sequence SET seq = ? WHERE name = ? COLLATE NOCASE", (counter, table)
        )
