"""What belongs to others: the server lets only the owner of a table change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.postgres.quoting import quote, quote_token
from okra.relational.sqltext import ascii_upper, significant

if TYPE_CHECKING:
    from okra.dialects.base import Script, Session

_KINDS = frozenset(("TABLE", "INDEX", "SEQUENCE", "TYPE", "VIEW", "COLUMN"))
_BETWEEN = frozenset(("CONCURRENTLY", "IF", "NOT", "EXISTS", "ONLY"))


def foreign(session: Session) -> dict[str, str]:
    """What the session's user can't change because it is another one's: its name in SQL, and its owner."""
    rows = session.query(
        "SELECT n.nspname, o.name, pg_catalog.pg_get_userbyid(o.owner), n.nspname = current_schema()"
        " FROM (SELECT relname, relnamespace, relowner FROM pg_catalog.pg_class WHERE relkind IN"
        " ('r', 'p', 'i', 'I', 'S', 'v', 'm') UNION ALL SELECT typname, typnamespace, typowner"
        " FROM pg_catalog.pg_type WHERE typtype IN ('d', 'e', 'r')) AS o (name, place, owner)"
        " JOIN pg_catalog.pg_namespace n ON n.oid = o.place"
        " WHERE n.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema')"
        " AND n.nspname NOT LIKE 'pg!_temp%' ESCAPE '!'"
        " AND NOT pg_catalog.pg_has_role(o.owner, 'USAGE') ORDER BY 1, 2"
    )
    found = {}
    for schema, name, owner, is_default in rows:
        found[f"{quote(str(schema))}.{quote(str(name))}"] = str(owner)
        if is_default:
            found[quote(str(name))] = str(owner)
    return found


def owned_targets(script: Script) -> tuple[str, ...]:
    """What only its owner can change as the statement does, by its name in SQL."""
    found = significant(script.sql)
    match [ascii_upper(token) for token in found[:4]]:
        case ["ALTER" | "DROP" as verb, kind, *_] if kind in _KINDS:
            return _names(found, 2, several=verb == "DROP")
        case ["COMMENT", "ON", kind, *_] if kind in _KINDS:
            names = _names(found, 3)
            return tuple(name.rpartition(".")[0] for name in names) if kind == "COLUMN" else names
        case ["CREATE" | "DROP" | "COMMENT" as verb, *rest] if _is_part(verb, rest):
            start = 2 if ascii_upper(found[1]) == "ON" else 1
            at = next(
                (n for n, t in enumerate(found) if n > start and ascii_upper(t) == "ON"), None
            )
            return _names(found, at + 1) if at is not None else ()
        case _:
            return ()


def _is_part(verb: str, words: list[str]) -> bool:
    """Whether a statement with these words behind its verb is about a part of a table that only its owner can change.

    A trigger is made by whoever has the right TRIGGER, also one that is a constraint.
    """
    if verb == "CREATE" and "TRIGGER" in words:
        return False
    return bool({"INDEX", "TRIGGER", "CONSTRAINT", "POLICY", "RULE"}.intersection(words))


def _names(found: list[str], at: int, *, several: bool = False) -> tuple[str, ...]:
    """The names in SQL that begin at `at`, behind words like IF EXISTS."""
    while at < len(found) and ascii_upper(found[at]) in _BETWEEN:
        at += 1
    names = []
    while at < len(found):
        parts = [quote_token(found[at])]
        at += 1
        while found[at : at + 1] == ["."] and at + 1 < len(found):
            parts.append(quote_token(found[at + 1]))
            at += 2
        names.append(".".join(parts))
        if not several or found[at : at + 1] != [","]:
            break
        at += 1
    return tuple(names)
