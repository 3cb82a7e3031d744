"""Whether a statement would reach beyond its own database: a proof may share its server with databases people work with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from okra.dialects.mysql.server.split import PART, REMARK, words

if TYPE_CHECKING:
    from collections.abc import Collection

    from okra.dialects.base import Session

_NAME = rf"`(?:[^`]|``)*`|{PART}+"
_TOKEN = re.compile(
    rf"{REMARK}|('(?:[^'\\]|\\.|'')*'|\"(?:[^\"\\]|\\.|\"\")*\")"
    rf"|({_NAME})\s*\.\s*({_NAME})|({_NAME})",
    re.DOTALL,
)
_READS = frozenset(("SELECT", "WITH", "SHOW", "DESCRIBE", "DESC", "EXPLAIN", "VALUES", "HANDLER"))
_INSERTS = frozenset(("INSERT", "REPLACE"))
_DEFINES = frozenset(("ALTER", "CREATE", "DROP", "RENAME", "TRUNCATE"))
_DATABASES = frozenset(("DATABASE", "SCHEMA"))
_BEFORE_A_TARGET = 5
_SERVERS_OWN = frozenset(("information_schema", "performance_schema", "sys"))


class _Path(NamedTuple):
    """`database`.`name` as a statement has it; `at` is how many words stand before it."""

    database: str
    name: str
    at: int


def stray(session: Session, sql: str) -> str | None:
    """The other database of the server that the statement would change, or might; None where it stays in its own.

    What is only read is left alone, and what a server puts together while it runs can't be seen.
    """
    head = words(sql, 2)
    if len(head) > 1 and head[0] in _DEFINES and head[1] in _DATABASES:
        return f"{head[0]} {head[1]}"
    if "." not in sql or head[:1] in [[word] for word in _READS]:
        return None
    paths, alone = _read(sql)
    there = {str(name).lower() for (name,) in session.query(_OTHERS)} - _SERVERS_OWN
    for path in paths:
        if path.database.lower() not in there:
            continue
        if head[:1] in [[word] for word in _INSERTS] and path.at > _BEFORE_A_TARGET:
            continue
        defines = head[:1] in [[word] for word in _DEFINES] and path.database not in alone
        if defines or _is_there(session, path):
            return path.database
    return None


_OTHERS = "SELECT schema_name FROM information_schema.schemata WHERE schema_name <> DATABASE()"
_THERE = (
    "SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = ?"
    " UNION ALL SELECT 1 FROM information_schema.routines"
    " WHERE routine_schema = ? AND routine_name = ? LIMIT 1"
)


def _is_there(session: Session, path: _Path) -> bool:
    return bool(session.query(_THERE, (path.database, path.name) * 2))


def _read(sql: str) -> tuple[list[_Path], Collection[str]]:
    """All that may be a path, also in texts, which may be run as statements; and the names that stand alone."""
    paths: list[_Path] = []
    alone: set[str] = set()
    found = (match for match in _TOKEN.finditer(sql) if match.lastindex)
    for count, match in enumerate(found):
        if match[1]:
            paths += _read(match[1][1:-1])[0]
        elif match[2]:
            paths.append(_Path(_bare(match[2]), _bare(match[3]), count))
        else:
            alone.add(_bare(match[4]))
    return paths, alone


def _bare(name: str) -> str:
    return name[1:-1].replace("``", "`") if name[:1] == "`" else name
