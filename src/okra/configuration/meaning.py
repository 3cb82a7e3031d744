"""Values of a configuration whose type is right and which mean nothing, each with its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.errors import Diagnostic, UsageError
from okra.naming import MAX_BYTES, is_own
from okra.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.configuration.jsontext import Node

DEFAULT_TABLE = "_okra_migrations"
_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){0,3}")
_VARIABLE = "${"
_TABLE_HELP = f"`{DEFAULT_TABLE}` is the usual one; it may begin with that: `{DEFAULT_TABLE}_blog`"


def meaningless(node: Node, file: str) -> Iterator[Diagnostic]:
    """What is wrong with the values of the file `node`, all of whose types are right."""
    one = _member(node, "database")
    if one is not None:
        yield from _of_database(one, file, "the database")
    for name, entry in _members(_member(node, "databases")):
        yield from _of_database(entry, file, f"the database `{name}`")


def check_table(name: str) -> str:
    """`name`, if the history can be kept in a table that is called so.

    Raises  UsageError
    """
    wrong = _wrong_table(name)
    if wrong is not None:
        raise UsageError(f"`migrations.table` {wrong}", code="OKR608", help=_TABLE_HELP)
    return name


def _of_database(entry: Node, file: str, owner: str) -> Iterator[Diagnostic]:
    yield from _of_part(entry, file, owner)
    for _, environment in _members(_member(entry, "environments")):
        yield from _of_part(environment, file, owner)


def _of_part(entry: Node, file: str, owner: str) -> Iterator[Diagnostic]:
    """What is wrong in a database or in one of its environments."""
    migrations = _member(entry, "migrations")
    timeout, table = _member(migrations, "lockTimeout"), _member(migrations, "table")
    version = _member(entry, "serverVersion")
    if timeout is not None and isinstance(timeout.plain, (int, float)) and timeout.plain < 0:
        yield _wrong(timeout, file, f"`lockTimeout` of {owner} is a number of seconds, 0 or more")
    if table is not None and isinstance(table.plain, str) and _VARIABLE not in table.plain:
        wrong = _wrong_table(table.plain)
        if wrong is not None:
            yield _wrong(table, file, f"`migrations.table` of {owner} {wrong}", _TABLE_HELP)
    text = version.plain if version is not None else None
    if version is not None and isinstance(text, str) and not _VERSION.fullmatch(text):
        yield _wrong(
            version, file, f'`serverVersion` of {owner} is a version such as "15" or "10.11"'
        )


def _wrong_table(name: str) -> str | None:
    """Why the history can't be kept in a table of this name; servers may not tell `A` from `a`."""
    if len(name.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        return f"is longer than the {MAX_BYTES} bytes that every server takes"
    folded = name.lower()
    if not is_own(folded) or folded == DEFAULT_TABLE or folded.startswith(f"{DEFAULT_TABLE}_"):
        return None
    return f"is `{name}`, and names that begin so are those of OKRA's other tables"


def _member(node: Node | None, key: str) -> Node | None:
    found = (node.members or {}).get(key) if node is not None else None
    return found.value if found is not None else None


def _members(node: Node | None) -> list[tuple[str, Node]]:
    found = (node.members or {}) if node is not None else {}
    return [(key, member.value) for key, member in found.items()]


def _wrong(node: Node, file: str, message: str, help: str | None = None) -> Diagnostic:
    return Diagnostic(
        code="OKR608", message=message, span=Span(file, node.start, node.end), help=help
    )
