"""Views and triggers that use what statements drop or rename: MySQL asks none of them, and breaks them.

Source  MySQL manual, ALTER TABLE and CREATE VIEW: a view whose column is gone fails when it is used
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from okra.relational.sqltext import ascii_lower, name_of, significant

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from okra.dialects.base import Script, Session

_VIEWS = (
    "SELECT table_schema, table_name, view_definition FROM information_schema.views WHERE"
    " table_schema NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema') ORDER BY 1, 2"
)
_TRIGGERS = (
    "SELECT trigger_name, event_object_table, action_statement FROM information_schema.triggers"
    " WHERE trigger_schema = DATABASE() ORDER BY 1"
)
_OTHER_PARTS = frozenset(
    ("primary", "foreign", "index", "key", "constraint", "check", "partition", "default")
)


class Gone(NamedTuple):
    """What is not there any more: tables, and of those that stay (table, column). In lower case."""

    tables: frozenset[str]
    columns: frozenset[tuple[str, str]]


def broken_by(session: Session, scripts: Sequence[Script]) -> tuple[str, ...]:
    """See `okra.dialects.dependents`. What `scripts` drop or make anew themselves is left out."""
    gone = gone_by(scripts)
    return _broken(session, gone, spared=_named(scripts)) if gone.tables or gone.columns else ()


def broken_after(session: Session, scripts: Sequence[Script]) -> tuple[str, ...]:
    """What no longer works now that `scripts` were run, as sentences."""
    gone = gone_by(scripts)
    if gone.tables or gone.columns:
        gone = _still_gone(session, gone)
    if not (gone.tables or gone.columns):
        return ()
    return tuple(
        f"{text}, which is gone: it fails until it is made anew" for text in _broken(session, gone)
    )


def _broken(session: Session, gone: Gone, spared: Collection[str] = ()) -> tuple[str, ...]:
    """The views and triggers, but `spared`, that use what is `gone`, as sentences."""
    ((schema,),) = session.query("SELECT DATABASE()")
    found = []
    for place, name, definition in _texts(session, _VIEWS):
        used = _used_by_view(definition, str(schema), gone)
        own = name if place == schema else f"{place}.{name}"
        if used is not None and ascii_lower(name) not in spared:
            found.append(f"the view `{own}` uses {used}")
    for name, table, body in _texts(session, _TRIGGERS):
        used = _used_by_trigger(table, body, gone)
        if used is not None and ascii_lower(name) not in spared:
            found.append(f"the trigger `{name}` on `{table}` uses {used}")
    return tuple(found)


def _texts(session: Session, sql: str) -> list[tuple[str, ...]]:
    return [tuple(str(value or "") for value in row) for row in session.query(sql)]


def _still_gone(session: Session, gone: Gone) -> Gone:
    """What of `gone` is not there now either."""
    rows = session.query(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = DATABASE()"
    )
    there: Mapping[tuple[str, str], None] = dict.fromkeys(
        (ascii_lower(str(table)), ascii_lower(str(column))) for table, column in rows
    )
    tables = {table for table, _ in there}
    return Gone(
        gone.tables - tables,
        frozenset(each for each in gone.columns if each not in there and each[0] in tables),
    )


def gone_by(scripts: Sequence[Script]) -> Gone:
    """What is there before `scripts` and not afterwards, as far as their text says."""
    there: dict[tuple[str, str], bool] = {}
    for script in scripts:
        for table, column, stays in _effects(significant(script.sql)):
            there[ascii_lower(table), ascii_lower(column)] = stays
    left = {key for key, stays in there.items() if not stays}
    return Gone(
        frozenset(table for table, column in left if not column),
        frozenset((table, column) for table, column in left if column),
    )


def _effects(found: list[str]) -> Iterator[tuple[str, str, bool]]:
    """(table, column, whether it is there afterwards); without a column it is the table."""
    head = [ascii_lower(token) for token in found[:2]]
    if head == ["drop", "table"]:
        for part in _parts(_without(found[2:], "if", "exists")):
            yield _path_end(part)[0], "", False
    elif head in (["rename", "table"], ["rename", "tables"]):
        for part in _parts(found[2:]):
            before, rest = _path_end(part)
            yield before, "", False
            yield _path_end(rest[1:])[0], "", True
    elif head == ["create", "table"]:
        yield _path_end(_without(found[2:], "if", "not", "exists"))[0], "", True
    elif head == ["alter", "table"]:
        table, rest = _path_end(_without(found[2:], "if", "exists"))
        for part in _parts(rest):
            yield from _altered(table, part)


def _altered(table: str, part: list[str]) -> Iterator[tuple[str, str, bool]]:
    """What one clause of ALTER TABLE does."""
    verb = ascii_lower(part[0])
    is_column = ascii_lower(part[1]) == "column" if len(part) > 1 else False
    rest = _without(part[2:] if is_column else part[1:], "if", "not", "exists")
    if not rest:
        return
    name = name_of(rest[0])
    if verb in ("add", "drop") and (is_column or ascii_lower(rest[0]) not in _OTHER_PARTS):
        yield table, name, verb == "add"
    elif verb == "change" or (verb == "rename" and is_column):
        yield table, name, False
        yield table, name_of(rest[2 if verb == "rename" else 1]), True
    elif verb == "rename" and ascii_lower(rest[0]) not in ("index", "key"):
        yield table, "", False
        yield _path_end(_without(rest, "to", "as"))[0], "", True


def _parts(found: list[str]) -> Iterator[list[str]]:
    """`found`, cut at the commas that stand in no parentheses."""
    part: list[str] = []
    depth = 0
    for text in found:
        depth += (text == "(") - (text == ")")
        if text == "," and not depth:
            if part:
                yield part
            part = []
        else:
            part.append(text)
    if part:
        yield part


def _path_end(found: list[str]) -> tuple[str, list[str]]:
    """The last name of a path like `shop`.`users`, and what comes after it."""
    at = 2 if found[1:2] == ["."] else 0
    return (name_of(found[at]) if len(found) > at else ""), found[at + 1 :]


def _without(found: list[str], *words: str) -> list[str]:
    """`found` without those of `words` that it begins with."""
    at = 0
    while at < len(found) and ascii_lower(found[at]) in words:
        at += 1
    return found[at:]


def _named(scripts: Sequence[Script]) -> frozenset[str]:
    """The names in statements about views and triggers: whoever writes them has thought of those."""
    found: set[str] = set()
    for script in scripts:
        words = [ascii_lower(name_of(token)) for token in significant(script.sql)]
        if words[:1] in (["drop"], ["create"], ["alter"]) and {"view", "trigger"} & {*words[:9]}:
            found |= {*words}
    return frozenset(found)


def _used_by_view(definition: str, schema: str, gone: Gone) -> str | None:
    """What of `gone` a view uses. The server writes out each name: `shop`.`users` `u` and `u`.`nick`."""
    text = ascii_lower(definition)
    for table in sorted(gone.tables):
        if _path(schema, table) in text:
            return f"`{table}`"
    for table, column in sorted(gone.columns):
        path = _path(schema, table)
        names = [path, _quoted(table)]
        names += re.findall(f"{re.escape(path)} (?:as )?(`(?:[^`]|``)+`)", text)
        if path in text and any(f"{name}.{_quoted(column)}" in text for name in names):
            return f"`{table}.{column}`"
    return None


def _used_by_trigger(table: str, body: str, gone: Gone) -> str | None:
    """What of `gone` a trigger names. One whose table is dropped goes with it."""
    found = [ascii_lower(name_of(token)) for token in significant(body)]
    names = {*found}
    own = ascii_lower(table)
    rows = {
        third
        for first, dot, third in zip(found, found[1:], found[2:], strict=False)
        if first in ("new", "old") and dot == "."
    }
    for gone_table, column in sorted(gone.columns):
        if (gone_table == own and column in rows) or names >= {gone_table, column}:
            return f"`{gone_table}.{column}`"
    used = sorted(gone.tables & names - {own})
    return f"`{used[0]}`" if used else None


def _path(schema: str, table: str) -> str:
    return f"{_quoted(ascii_lower(schema))}.{_quoted(table)}"


def _quoted(name: str) -> str:
    return f"`{name.replace('`', '``')}`"
