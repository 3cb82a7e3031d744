"""Views and triggers that speak of the tables a migration changes: they must work after it if they did before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.sqlite.expressions.quoted import behind, columns, lost_columns, unmistakable
from okra.dialects.sqlite.quoting import quote
from okra.dialects.sqlite.server.effects import fold
from okra.dialects.sqlite.server.keepsakes import Belonging, make_again
from okra.errors import DatabaseError
from okra.relational.sqltext import SqlToken, TokenKind, tokens, unquoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from collections.abc import Set as AbstractSet

    from okra.dialects.sqlite.server.session import SqliteSession

_ALL = (
    "SELECT type AS kind, name, tbl_name, sql FROM sqlite_master"
    " WHERE type IN ('view', 'trigger') ORDER BY type DESC, rowid"
)
_PROBE = "_okra_probe"


class Dependents:
    """The views and triggers around some tables, and those that had to be put aside for a while."""

    def __init__(self, session: SqliteSession) -> None:
        self._session = session
        self._working: list[Belonging] = []
        self._columns: dict[str, AbstractSet[str]] = {}
        self._aside: list[Belonging] = []

    def start(self, names: Collection[str]) -> None:
        """Remember which of those that speak of `names`, directly or through a view, work now."""
        self._columns = {
            name: columns(self._session, name).keys()
            for name in sorted(names)
            if self._session.has_table(name)
        }
        self._working = [
            item for item in _speaking_of(self._read(), names) if self._fault(item) is None
        ]

    def step_aside(self, error: DatabaseError) -> bool:
        """Whether `error` came from a view or trigger that is broken by itself; then it is out of the way."""
        if not error.message.startswith("error in "):
            return False
        everything = self._read()
        for item in everything:
            if error.message.startswith(f"error in {item.kind} {item.name}: "):
                of_view = [
                    each
                    for each in everything
                    if item.kind == "view"
                    and each.kind == "trigger"
                    and fold(each.table) == fold(item.name)
                ]
                self._aside += [item, *of_view]
                self._session.execute(f"DROP {item.kind.upper()} {quote(item.name)}")
                return True
        return False

    def return_one(self, kind: str, name: str) -> None:
        """Put back what is aside under that name, because a statement speaks of it."""
        mine = [item for item in self._aside if item.key == (kind, name)]
        mine += [
            item
            for item in self._aside
            if kind == "view" and fold(item.table) == name and item not in mine
        ]
        for item in mine:
            self._aside.remove(item)
            make_again(self._session, item)

    def finish(self, gone: Collection[tuple[str, str]]) -> None:
        """Put back what is aside, and see that what worked works; `gone` was dropped on purpose.

        Raises  DatabaseError that names the first that does not
        """
        for item in self._aside:
            if item.key not in gone:
                make_again(self._session, item)
        there = {item.key: item for item in self._read()}
        lost: set[str] = set()
        for table, before in self._columns.items():
            lost |= lost_columns(self._session, table, before)
        for item in self._working:
            now = there.get(item.key)
            fault = None if now is None else self._fault(now) or self._hidden_fault(now, lost)
            if fault is not None:
                raise _broken(item, fault)

    def _read(self) -> list[Belonging]:
        return [
            Belonging(kind=str(kind), name=str(name), table=str(table), sql=str(sql))
            for kind, name, table, sql in self._session.query(_ALL)
        ]

    def _fault(self, item: Belonging) -> str | None:
        """Why the view or trigger does not work; None where it does."""
        if item.kind == "view":
            return self._refusal(f"EXPLAIN SELECT * FROM {quote(item.name)}")
        return self._trigger_fault(item)

    def _trigger_fault(self, item: Belonging) -> str | None:
        nothing_there = self._refusal(f"EXPLAIN SELECT 1 FROM {quote(item.table)}")
        if nothing_there is not None:
            return nothing_there
        event, named = _trigger_event(item.sql)
        there = columns(self._session, item.table)
        for column in named:
            if fold(column) not in there:
                return f"no such column: {column}"
        table = quote(item.table)
        match event:
            case "DELETE":
                probe = f"EXPLAIN DELETE FROM {table}"
            case "INSERT":
                probe = f"EXPLAIN INSERT INTO {table} DEFAULT VALUES"
            case _:
                settable = [quote(name) for name, hidden in there.values() if not hidden]
                pairs = ", ".join(f"{name} = {name}" for name in settable)
                probe = f"EXPLAIN UPDATE {table} SET {pairs}"
        fault = self._refusal(probe)
        return None if fault is None else self._alone(item, probe)

    def _hidden_fault(self, item: Belonging, lost: Collection[str]) -> str | None:
        """Why it only seems to work: a name of `lost` columns in it would now be taken for a text."""
        clear = unmistakable(item.sql, lost)
        if clear is None:
            return None
        if item.kind == "view":
            return self._refusal(f"EXPLAIN {behind(clear, 'AS')}")
        session = self._session
        session.execute(f"SAVEPOINT {_PROBE}_clear")
        try:
            session.execute(f"DROP TRIGGER {quote(item.name)}")
            session.execute(clear)
            return self._trigger_fault(item)
        finally:
            session.execute(f"ROLLBACK TO {_PROBE}_clear")
            session.execute(f"RELEASE {_PROBE}_clear")

    def _alone(self, item: Belonging, probe: str) -> str | None:
        """What `probe` is refused for where `item` is the only trigger of its table."""
        session = self._session
        session.execute(f"SAVEPOINT {_PROBE}")
        try:
            for other in self._read():
                same = fold(other.table) == fold(item.table)
                if other.kind == "trigger" and same and other.key != item.key:
                    session.execute(f"DROP TRIGGER {quote(other.name)}")
            return self._refusal(probe)
        finally:
            session.execute(f"ROLLBACK TO {_PROBE}")
            session.execute(f"RELEASE {_PROBE}")

    def _refusal(self, sql: str) -> str | None:
        try:
            self._session.query(sql)
        except DatabaseError as error:
            if error.code != "OKR508":
                raise
            return error.message
        return None


def _speaking_of(items: Iterable[Belonging], names: Collection[str]) -> list[Belonging]:
    """Those of `items` that name one of `names`, or a view that does, and so on."""
    left = [(item, fold(item.sql)) for item in items]
    found: list[Belonging] = []
    searched = {spelling for name in names for spelling in _spellings(name)}
    while searched:
        hits = [(item, sql) for item, sql in left if any(spelling in sql for spelling in searched)]
        found += [item for item, _ in hits]
        left = [pair for pair in left if pair not in hits]
        searched = {
            spelling
            for item, _ in hits
            if item.kind == "view"
            for spelling in _spellings(fold(item.name))
        }
    return found


def _spellings(name: str) -> list[str]:
    """How `name` can stand in SQL, without the quotes around it."""
    return [name] + [name.replace(mark, mark * 2) for mark in "\"`'" if mark in name]


def _trigger_event(sql: str) -> tuple[str, list[str]]:
    """INSERT, UPDATE or DELETE, and the columns of `UPDATE OF`."""
    found = [
        token for token in tokens(sql) if token.kind not in (TokenKind.SPACE, TokenKind.COMMENT)
    ]
    for at, token in enumerate(found):
        word = token.text.upper() if token.kind is TokenKind.WORD else ""
        if word in ("INSERT", "DELETE"):
            return word, []
        if word == "UPDATE":
            return word, _update_of(found[at + 1 :])
    return "UPDATE", []


def _update_of(found: list[SqlToken]) -> list[str]:
    if not found or found[0].text.upper() != "OF":
        return []
    columns = []
    for token in found[1:]:
        if token.kind is TokenKind.WORD and token.text.upper() == "ON":
            break
        if token.text != ",":
            columns.append(unquoted(token))
    return columns


def _broken(item: Belonging, fault: str) -> DatabaseError:
    return DatabaseError(
        f"the {item.kind} `{item.name}` would no longer work: {fault}",
        code="OKR513",
        help=f"nothing was changed; change or drop the {item.kind} first, or put "
        f"`DROP {item.kind.upper()} {quote(item.name)};` into the file and run `okra db:migrate:verify`",
    )
