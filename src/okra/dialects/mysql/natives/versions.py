"""What a server is too old for, or hasn't because it is the other one of MySQL and MariaDB."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from okra.dialects.mysql.natives.mariadb import is_mariadb, version_of
from okra.dialects.mysql.natives.options import option
from okra.dialects.mysql.natives.typenames import base_of
from okra.dialects.mysql.planning.columns import is_hashed
from okra.relational.model import Action
from okra.relational.sqltext import ascii_lower
from okra.relational.uses import used_columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.relational.model import Column, Database, Index, Table

Version: TypeAlias = tuple[int, ...]
_NEVER: Version = (999,)
_MARIADB_ENGINES = ("Aria", "ROCKSDB", "SPIDER", "CONNECT", "Mroonga", "S3", "ColumnStore")
_CHANGING = (Action.CASCADE, Action.SET_NULL)


class _Need(NamedTuple):
    """Since which version the servers have it, and where the manual says so."""

    what: str
    mysql: Version
    mariadb: Version
    source: str = ""


_FUNCTIONAL = _Need(
    "indexes of expressions", (8, 0, 13), _NEVER, "MySQL: CREATE INDEX, Functional Key Parts"
)
_MULTI_VALUED = _Need(
    "multi-valued indexes", (8, 0, 17), _NEVER, "MySQL: CREATE INDEX, Multi-Valued Indexes"
)
_DESCENDING = _Need(
    "descending indexes", (8, 0, 1), (10, 8, 1), "MySQL: Descending Indexes; MariaDB: CREATE INDEX"
)
_HIDDEN = _Need(
    "indexes that queries leave alone",
    (8, 0, 0),
    (10, 6, 0),
    "MySQL: Invisible Indexes; MariaDB: Ignored Indexes",
)
_LONG_UNIQUE = _Need("unique indexes of long texts", _NEVER, (10, 4, 3), "MariaDB: BLOB and TEXT")
_JSON_INDEX = _Need("indexes of JSON columns", _NEVER, (10, 2, 7), "MySQL: The JSON Data Type")
_PARSER = _Need("FULLTEXT WITH PARSER", (5, 7, 3), _NEVER, "MySQL: Full-Text Parser Plugins")
# Older ones ignore a check, or keep it and don't know the words that drop it on both servers.
_CHECKS = _Need(
    "checks that DROP CONSTRAINT drops", (8, 0, 19), (10, 2, 1), "MySQL: ALTER TABLE Statement"
)
_EXPRESSIONS = _Need(
    "expressions as defaults", (8, 0, 13), (10, 2, 1), "MySQL: Data Type Default Values"
)
_SRID = _Need("SRID of a column", (8, 0, 3), _NEVER, "MySQL: Spatial Type Overview")
_COMPRESSED = _Need(
    "compressed columns",
    _NEVER,
    (10, 3, 1),
    "MariaDB: Storage-Engine Independent Column Compression",
)
_INVISIBLE = _Need(
    "invisible columns",
    (8, 0, 23),
    (10, 3, 3),
    "MySQL: Invisible Columns; MariaDB: Invisible Columns",
)
_ENGINE = _Need("the engine", _NEVER, (10, 2, 0), "MariaDB: Storage Engines")
_KEY_CHECK = _Need(
    "checks of columns that a foreign key changes", _NEVER, (10, 2, 1), "MySQL: CHECK Constraints"
)
_NAMES = _Need(
    "one name for the checks of two tables", _NEVER, (10, 2, 1), "MySQL: CHECK Constraints"
)
_TYPES = {
    "uuid": _Need("the type `uuid`", _NEVER, (10, 7, 0), "MariaDB: UUID Data Type"),
    "inet4": _Need("the type `inet4`", _NEVER, (10, 10, 0), "MariaDB: INET4"),
    "inet6": _Need("the type `inet6`", _NEVER, (10, 5, 0), "MariaDB: INET6"),
    "vector": _Need(
        "the type `vector`", (9, 0, 0), (11, 7, 1), "MySQL: The VECTOR Type; MariaDB: Vector"
    ),
}
_COLLATIONS = (
    (re.compile(r"utf8mb4_.*0900"), _Need("the collation", (8, 0, 1), (11, 4, 5))),
    (re.compile(r".*uca1400"), _Need("the collation", _NEVER, (10, 10, 1))),
    (re.compile(r".*_nopad_"), _Need("the collation", _NEVER, (10, 2, 2))),
    (re.compile(r"utf8mb3_"), _Need("the collation", (8, 0, 30), (10, 6, 0))),
)


def lacking(database: Database, server_version: str) -> tuple[str, ...]:
    """What `database` needs that a server of this version hasn't, as sentences with the version."""
    mariadb = is_mariadb(server_version)
    version = version_of(server_version)
    name = f"{'MariaDB' if mariadb else 'MySQL'} {'.'.join(str(part) for part in version)}"
    found: dict[str, None] = {}
    for need, place in chain(_shared_names(database), *map(_needs, database.tables)):
        since = need.mariadb if mariadb else need.mysql
        if version < since:
            later = "" if since == _NEVER else f", only {'.'.join(map(str, since))} has"
            found[f"{name} has not {need.what}{later}: {place}"] = None
    return tuple(found)


def _shared_names(database: Database) -> Iterator[tuple[_Need, str]]:
    owners: dict[str, str] = {}
    for table in database.tables:
        for check in table.checks:
            key = ascii_lower(check.name or "")
            if check.name is not None and owners.setdefault(key, table.name) != table.name:
                yield _NAMES, f"check `{check.name}` of `{owners[key]}` and `{table.name}`"


def _needs(table: Table) -> Iterator[tuple[_Need, str]]:
    collation = option(table.options, "collation")
    yield from _collation_needs(collation, f"table `{table.name}`")
    if option(table.options, "engine") in _MARIADB_ENGINES:
        engine = option(table.options, "engine")
        yield _ENGINE._replace(what=f"the engine {engine}"), f"table `{table.name}`"
    for column in table.columns:
        for need in _column_needs(column):
            yield need, f"`{table.name}.{column.name}`"
    for index in table.indexes:
        yield from _index_needs(index, table)
    changed = {
        name
        for key in table.foreign_keys
        if key.on_update in _CHANGING or key.on_delete is Action.SET_NULL
        for name in key.columns
    }
    for check in table.checks:
        place = f"check `{check.name}` of `{table.name}`"
        yield _CHECKS, place
        if used_columns(check.expression, table) & changed:
            yield _KEY_CHECK, place


def _column_needs(column: Column) -> Iterator[_Need]:
    yield from _type_needs(str(column.type))
    if str(column.default or "").startswith("("):
        yield _EXPRESSIONS
    if column.collation is not None:
        yield from (need for need, _ in _collation_needs(column.collation, ""))


@lru_cache(maxsize=256)
def _type_needs(native: str) -> tuple[_Need, ...]:
    """What a type needs: a schema has few, and many columns of each."""
    found = [_TYPES[base_of(native)]] if base_of(native) in _TYPES else []
    if " srid " in native:
        found.append(_SRID)
    if " compressed" in native:
        found.append(_COMPRESSED)
    if native.endswith(" invisible"):
        found.append(_INVISIBLE)
    return tuple(found)


def _collation_needs(collation: str | None, place: str) -> Iterator[tuple[_Need, str]]:
    for pattern, need in _COLLATIONS:
        if collation is not None and pattern.match(collation):
            yield need._replace(what=f"the collation {collation}"), place
            return


def _index_needs(index: Index, table: Table) -> Iterator[tuple[_Need, str]]:
    place = f"index `{index.name}` of `{table.name}`"
    expressions = [part.expression for part in index.parts if part.expression is not None]
    if expressions:
        arrays = any(text.endswith(" array)") for text in expressions)
        yield (_MULTI_VALUED if arrays else _FUNCTIONAL), place
    if any(part.descending for part in index.parts):
        yield _DESCENDING, place
    if not index.visible:
        yield _HIDDEN, place
    if option(index.options, "parser") is not None:
        yield _PARSER, place
    columns = [table.column(name) for name in index.columns]
    if any(column is not None and base_of(str(column.type)) == "json" for column in columns):
        yield _JSON_INDEX, place
    elif is_hashed(index, table):
        yield _LONG_UNIQUE, place
