"""A migration file read as a whole: what it takes away, what it brings back, and whose keys it may break."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.refusals import misplaced
from okra.dialects.sqlite.server.effects import Effect, Verb, effect, fold
from okra.relational.sqltext import TokenKind, tokens, unquoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Script
    from okra.dialects.sqlite.server.session import SqliteSession

CREATES = {
    Verb.CREATE_INDEX: "index",
    Verb.CREATE_TRIGGER: "trigger",
    Verb.CREATE_VIEW: "view",
}
DROPS = {
    Verb.DROP_INDEX: "index",
    Verb.DROP_TRIGGER: "trigger",
    Verb.DROP_VIEW: "view",
}
ALTERS = frozenset({Verb.RENAME_TABLE, Verb.RENAME_COLUMN, Verb.ADD_COLUMN, Verb.ALTER_TABLE})

_HARMLESS = frozenset({Verb.CREATE_TABLE, Verb.PRAGMA, *CREATES})
_FORBIDDEN = frozenset(
    ("BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "ATTACH", "DETACH", "VACUUM")
)
_WHY = "OKRA runs the file in one transaction"
_PRAGMAS = frozenset(
    (
        "legacy_alter_table",
        "foreign_keys",
        "defer_foreign_keys",
        "foreign_key_check",
        "integrity_check",
        "quick_check",
        "user_version",
        "application_id",
        "optimize",
    )
)


class Intent:
    """The effects of a file's statements, and what they mean together."""

    def __init__(self, scripts: Sequence[Script]) -> None:
        self._scripts = scripts
        self.effects = [effect(script.sql) for script in scripts]
        self._returning = self._find_returning()

    @property
    def is_harmless(self) -> bool:
        """Whether the file makes new things and touches nothing that is there."""
        return all(each.verb in _HARMLESS for each in self.effects)

    def refuse_misplaced(self) -> None:
        """Nothing, if every statement may stand in a migration.

        Raises  DatabaseError that names the first that may not
        """
        for script, each in zip(self._scripts, self.effects, strict=True):
            if each.verb is Verb.OTHER and each.name in _FORBIDDEN:
                raise misplaced(each.name, script.line, _WHY)
            if each.verb is Verb.PRAGMA and each.name not in _PRAGMAS:
                raise misplaced(f"PRAGMA {each.name}", script.line, _WHY)

    def comes_back(self, number: int) -> bool:
        """Whether what statement `number` takes away is there again later in the file."""
        return number in self._returning

    def touched(self) -> set[str]:
        """The names that views and triggers may speak of, and that will mean something else or nothing."""
        return {
            name
            for each in self.effects
            if each.verb in ALTERS or each.verb in DROPS or each.verb is Verb.DROP_TABLE
            for name in (each.name, each.other)
            if name
        }

    def created_after(self, number: int) -> set[tuple[str, str]]:
        """The indexes, triggers and views that the statements from `number` on make."""
        return {
            (CREATES[each.verb], each.name)
            for each in self.effects[number:]
            if each.verb in CREATES
        }

    def key_tables(self, session: SqliteSession) -> set[str]:
        """The tables whose foreign keys, or keys that others refer to, the file may break."""
        found: set[str] = set()
        written: set[str] = set()
        legacy = any(each == Effect(Verb.PRAGMA, "legacy_alter_table") for each in self.effects)
        for script, each in zip(self._scripts, self.effects, strict=True):
            match each.verb:
                case Verb.WRITE:
                    written.add(each.name)
                case Verb.DROP_TABLE:
                    found.add(each.name)
                case Verb.DROP_INDEX:
                    found |= _owner(session, each.name)
                case Verb.ADD_COLUMN if "references" in fold(script.sql):
                    found.add(each.name)
                case Verb.RENAME_TABLE if legacy:
                    found |= {each.name, each.other}
                case _:
                    pass
        return self._all_names(found | _reached(session, written))

    def _all_names(self, tables: set[str]) -> set[str]:
        """`tables` under every name that they have in the course of the file."""
        renames = [
            {each.name, each.other} for each in self.effects if each.verb is Verb.RENAME_TABLE
        ]
        found = set(tables)
        while True:
            more = {name for pair in renames if pair & found for name in pair} - found
            if not more:
                return found
            found |= more

    def _find_returning(self) -> set[int]:
        renamed_to: set[str] = set()
        created: set[tuple[Verb, str]] = set()
        found = set()
        for number in range(len(self.effects) - 1, -1, -1):
            each = self.effects[number]
            match each.verb:
                case Verb.DROP_TABLE if each.name in renamed_to:
                    found.add(number)
                case Verb.RENAME_TABLE:
                    if each.name in renamed_to or (Verb.CREATE_TABLE, each.name) in created:
                        found.add(number)
                    renamed_to.add(each.other)
                case Verb.DROP_VIEW if (Verb.CREATE_VIEW, each.name) in created:
                    found.add(number)
                case Verb.CREATE_TABLE | Verb.CREATE_VIEW:
                    created.add((each.verb, each.name))
                case _:
                    pass
        return found


def _owner(session: SqliteSession, index: str) -> set[str]:
    rows = session.query(
        "SELECT tbl_name FROM sqlite_master WHERE type = 'index' AND name = ? COLLATE NOCASE",
        (index,),
    )
    return {fold(str(table)) for (table,) in rows}


def _reached(session: SqliteSession, written: set[str]) -> set[str]:
    """`written`, and every table that their triggers speak of, and the triggers of those, and so on."""
    if not written:
        return set()
    triggers: dict[str, set[str]] = {}
    rows = session.query("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    for table, sql in rows:
        if sql is not None:
            triggers.setdefault(fold(str(table)), set()).update(_names(str(sql)))
    found: set[str] = set()
    waiting = set(written)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting |= triggers.get(name, set()) - found
    return found


def _names(sql: str) -> set[str]:
    return {
        fold(unquoted(token))
        for token in tokens(sql)
        if token.kind in (TokenKind.NAME, TokenKind.WORD)
    }
