"""Statements that change rows, and those in them: the parts of a WITH, the branches of a MERGE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import Act, ChangesRows, EmptiesCascading, ReplacesRows
from okra.lint.conditions import nulls, truth
from okra.lint.cursor import outer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.cursor import Cursor

_HINTS = ("LOW_PRIORITY", "DELAYED", "QUICK", "IGNORE")
_LIMITS = frozenset({"JOIN", "LIMIT", "USING", "STRAIGHT_JOIN"})
_BEHIND = frozenset({"RETURNING", "ORDER", "LIMIT"})
_WHEN = frozenset({"WHEN"})
_DEEPEST = 20


def row_acts(cursor: Cursor, provider: str, deep: int = 0) -> Iterator[Act]:
    """What a statement does with rows that are there, in its order."""
    at, verb = cursor.at, cursor.word()
    cursor.skip()
    match verb:
        case "WITH":
            yield from _with(cursor, provider, deep)
        case "TRUNCATE":
            yield from _truncate(cursor, at)
        case "UPDATE" | "DELETE":
            yield from _changed(cursor, provider, at, verb)
        case "MERGE" if provider == "postgres":
            yield from _merge(cursor)
        case "INSERT" if cursor.take("OR", "REPLACE", "INTO"):
            yield ReplacesRows(at=at, verb="INSERT OR REPLACE", table=cursor.name())
        case "REPLACE":
            _skip_hints(cursor, provider)
            cursor.take("INTO")
            yield ReplacesRows(at=at, verb=verb, table=cursor.name())
        case _:
            pass


def _with(cursor: Cursor, provider: str, deep: int) -> Iterator[Act]:
    """The parts of a WITH, which change rows in PostgreSQL alone, and what stands behind them."""
    cursor.take("RECURSIVE")
    while not cursor.done:
        cursor.until(frozenset({"AS"}))
        cursor.skip()
        cursor.take("NOT")
        cursor.take("MATERIALIZED")
        part = cursor.inside()
        if provider == "postgres" and deep < _DEEPEST:
            yield from row_acts(part, provider, deep + 1)
        if cursor.word() in ("SEARCH", "CYCLE"):
            cursor.until(frozenset({",", "SELECT", "UPDATE", "DELETE", "INSERT", "MERGE"}))
        if not cursor.take(","):
            break
    if deep < _DEEPEST:
        yield from row_acts(cursor, provider, deep + 1)


def _truncate(cursor: Cursor, at: int) -> Iterator[Act]:
    cursor.take("TABLE")
    cascade = "CASCADE" in cursor.rest()
    for item in cursor.clauses():
        item.take("ONLY")
        yield ChangesRows(at=at, verb="TRUNCATE", table=item.name(), whole=True, bare=True)
    if cascade:
        yield EmptiesCascading(at=at)


def _changed(cursor: Cursor, provider: str, at: int, verb: str) -> Iterator[Act]:
    _skip_hints(cursor, provider)
    replaces = False
    if provider == "sqlite" and cursor.take("OR"):
        replaces = cursor.take("REPLACE")
        if not replaces:
            cursor.skip()  # IGNORE and the like
    if verb == "DELETE":
        cursor.take("FROM")
    cursor.take("ONLY")
    table = cursor.name()
    if verb == "DELETE" and cursor.take("FROM"):  # MySQL: DELETE u FROM users AS u
        table = cursor.name()
    if replaces:
        yield ReplacesRows(at=at, verb="UPDATE OR REPLACE", table=table)
    words = cursor.rest()
    where = _where(words)
    several = words[:1] in ([","], ["PARTITION"])
    limited = several or not _LIMITS.isdisjoint(word for _, word in outer(words))
    bare = not limited and (not where or truth(where) is True)
    empty = () if limited else nulls(where)
    sets = _set_columns(cursor) if verb == "UPDATE" else ()
    yield ChangesRows(
        at=at,
        verb=verb,
        table=table,
        whole=bare or bool(empty),
        bare=bare,
        fills=tuple(name for name in sets if bare or name in empty),
        sets=sets,
    )


def _merge(cursor: Cursor) -> Iterator[Act]:
    """The branches that change or delete rows; all rows, where neither ON nor the branch says which."""
    cursor.take("INTO")
    cursor.take("ONLY")
    table = cursor.name()
    cursor.until(frozenset({"ON"}))
    cursor.skip()
    met = truth(cursor.before(_WHEN).rest())
    while cursor.take("WHEN"):
        missing = cursor.take("NOT")
        cursor.take("MATCHED")
        orphaned = missing and cursor.take("BY", "SOURCE")
        when = cursor.before(frozenset({"THEN"})).rest()
        cursor.skip()
        at, verb = cursor.at, cursor.word()
        done = cursor.before(frozenset({"WHEN", "RETURNING"}))
        if verb not in ("UPDATE", "DELETE"):
            continue
        reached = met is False if orphaned else met is True
        bare = reached and (not when or truth(when[1:]) is True)
        columns = _set_columns(done) if verb == "UPDATE" else ()
        yield ChangesRows(at=at, verb=verb, table=table, whole=bare, bare=bare, sets=columns)


def _skip_hints(cursor: Cursor, provider: str) -> None:
    while provider == "mysql" and cursor.word() in _HINTS:
        cursor.skip()


def _where(words: list[str]) -> list[str]:
    """The condition of a statement; empty where it has none."""
    top = [*outer(words)]
    begin = next((at + 1 for at, word in top if word == "WHERE"), None)
    if begin is None:
        return []
    end = next((at for at, word in top if at > begin and word in _BEHIND), len(words))
    return words[begin:end]


def _set_columns(cursor: Cursor) -> tuple[str, ...]:
    """The columns of `SET a = 1, (b, c) = (2, 3)`."""
    cursor.until(frozenset({"SET"}))
    cursor.skip()
    found: list[str] = []
    for item in cursor.before(_BEHIND | {"WHERE", "FROM"}).clauses():
        names = item.names() if item.word() == "(" else (item.name(),)
        found += [name.rpartition(".")[2].lower() for name in names]
    return tuple(found)
