"""What became of a statement that runs outside of transactions, told from the catalogue.

Inside a transaction nothing is ever in doubt: what is written about it is committed together with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.dialects.postgres.quoting import quote_token
from okra.dialects.session import Finding
from okra.relational.sqltext import ascii_upper, significant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Script
    from okra.dialects.session import MigrationSession

# Which statements the server refuses in a transaction. Source: the manual's pages of each of them.
_ALONE = (
    ("VACUUM",),
    ("ALTER", "SYSTEM"),
    ("CREATE", "DATABASE"),
    ("DROP", "DATABASE"),
    ("CREATE", "TABLESPACE"),
    ("DROP", "TABLESPACE"),
    ("CREATE", "SUBSCRIPTION"),
    ("ALTER", "SUBSCRIPTION"),
    ("DROP", "SUBSCRIPTION"),
    ("REINDEX", "DATABASE"),
    ("REINDEX", "SYSTEM"),
    ("REINDEX", "SCHEMA"),
)

# A word that one of them has; most statements have none, and need not be looked at more closely.
_SUSPECT = re.compile(
    r"CONCURRENTLY|VACUUM|SYSTEM|DATABASE|TABLESPACE|SUBSCRIPTION|REINDEX", re.IGNORECASE
)

# Those that may be in one whatever a file says: then they have one of their own.
_NEVER_ALONE = (
    ("ALTER", "TABLE"),
    ("ALTER", "TYPE"),
    ("CREATE", "TABLE"),
    ("CREATE", "INDEX"),
    ("CREATE", "UNIQUE", "INDEX"),
    ("DROP", "INDEX"),
    ("DROP", "TABLE"),
    ("INSERT",),
    ("UPDATE",),
    ("DELETE",),
)
_REPEATABLE = (("VACUUM",), ("REINDEX",), ("ANALYZE",), ("ALTER", "SYSTEM"))
_SETTINGS = frozenset(("SET", "RESET"))

_HEAD = 400
_ABSENT, _VALID, INVALID = "absent", "valid", "invalid"


def runs_outside(script: Script, *, marked: bool) -> bool:
    """Whether the server refuses the statement in a transaction."""
    if not marked and _SUSPECT.search(script.sql) is None:
        return False
    words = _words(script)
    if any(words[: len(start)] == start for start in _ALONE) or _is_concurrent(words):
        return True
    return marked and not any(words[: len(start)] == start for start in _NEVER_ALONE)


def is_setting(script: Script) -> bool:
    """Whether the statement changes nothing but the session."""
    words = _words(script)
    return bool(words) and words[0] in _SETTINGS and "LOCAL" not in words[:2]


def blocked(script: Script) -> tuple[str, ...]:
    """None: what would block for long is planned another way here, and nothing waits long for its lock."""
    del script
    return ()


def sole_object(script: Script) -> str | None:
    """The index that the statement builds or drops concurrently."""
    return _index(script)


def renamed(script: Script) -> tuple[tuple[str, str], ...]:
    """None: nobody asks, where no table is blocked."""
    del script
    return ()


def mark(session: MigrationSession, script: Script) -> str:
    """The state of the index or value that the statement makes or drops; empty where it is about neither."""
    index = _index(script)
    if index is not None:
        return _index_state(session, index)
    return ""


def marks(session: MigrationSession, scripts: Sequence[Script]) -> list[str]:
    """The mark of each, one after the other: there are few."""
    return [mark(session, script) for script in scripts]


def outcome(session: MigrationSession, script: Script, before: str) -> Finding:
    """Whether the statement was done: an index that is not valid was not made, and can be dropped again."""
    words = _words(script)
    if any(words[: len(start)] == start for start in _REPEATABLE):
        return Finding.NOT_DONE
    index = _index(script)
    if index is None or not before:
        return Finding.UNCLEAR
    state = _index_state(session, index)
    if words[0] == "DROP":
        return Finding.DONE if state == _ABSENT and before != _ABSENT else Finding.NOT_DONE
    return Finding.DONE if state == _VALID and before != _VALID else Finding.NOT_DONE


def clear(session: MigrationSession, script: Script) -> None:
    """Drop the invalid index that a broken build has left."""
    index = _index(script)
    if index is None or _words(script)[0] != "CREATE":
        return
    if _index_state(session, index) == INVALID:
        session.execute(f"DROP INDEX CONCURRENTLY {index}")


def _is_concurrent(words: tuple[str, ...]) -> bool:
    match words[:2]:
        case ("CREATE", "INDEX" | "UNIQUE") | ("DROP", "INDEX"):
            return "CONCURRENTLY" in words[2:4]
        case ("REINDEX", _):
            return "CONCURRENTLY" in words
        case ("ALTER", "TABLE"):
            return "DETACH" in words and words[-1] == "CONCURRENTLY"
        case _:
            return False


def _index_state(session: MigrationSession, index: str) -> str:
    rows = session.query(
        "SELECT i.indisvalid FROM pg_catalog.pg_index i WHERE i.indexrelid = to_regclass(?)",
        (index,),
    )
    if not rows:
        return _ABSENT
    return _VALID if rows[0][0] else INVALID


def _index(script: Script) -> str | None:
    """The index that CREATE or DROP INDEX CONCURRENTLY is about, in SQL; an index lies where its table does."""
    found = significant(script.sql)
    words = [ascii_upper(token) for token in found]
    if "CONCURRENTLY" not in words[:4] or words[0] not in ("CREATE", "DROP"):
        return None
    at = words.index("CONCURRENTLY") + 1
    if words[at : at + 1] == ["IF"]:
        at = words.index("EXISTS", at) + 1
    if at >= len(words) or words[at] == "ON":
        return None
    name, at = _name(found, at)
    if words[0] == "CREATE" and len(name) == 1:
        at += 2 if words[at + 1 : at + 2] == ["ONLY"] else 1
        table, _ = _name(found, at)
        name = [*table[:-1], *name]
    return ".".join(name)


def _name(found: list[str], at: int) -> tuple[list[str], int]:
    """The parts of the name that begins at `at`, quoted, and where the next token stands."""
    parts = [quote_token(found[at])] if at < len(found) else [""]
    at += 1
    while found[at : at + 1] == ["."] and at + 1 < len(found):
        parts.append(quote_token(found[at + 1]))
        at += 2
    return parts, at


def _words(script: Script) -> tuple[str, ...]:
    """The tokens in upper case, of ALTER all of them: its last word may be CONCURRENTLY."""
    sql = script.sql
    found = significant(sql if sql[:5].upper() == "ALTER" else sql[:_HEAD])
    return tuple(ascii_upper(token) for token in found) or ("",)
