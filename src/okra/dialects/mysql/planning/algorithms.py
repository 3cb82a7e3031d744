"""How little of a table each change needs to lock: the one table of what MySQL and MariaDB accept.

Every ALTER TABLE names its ALGORITHM, so that a server that would have to block says no instead. The form in
the file is the least blocking one that either server takes; where the server at hand refuses it (errors 1845
and 1846), `weaker` gives the next one that still lets others write. Nothing ever becomes COPY by itself.
Source: MySQL 8.0 manual, "Online DDL Operations"; MariaDB manual, "InnoDB Online DDL Operations"; the column
for MariaDB is tested against a server.
"""

from __future__ import annotations

import re
from enum import Enum, IntEnum
from typing import TYPE_CHECKING, NamedTuple

from okra.dialects.mysql.quoting import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Way(IntEnum):
    """From the least to the most that others notice."""

    INSTANT = 0
    INPLACE = 1
    REBUILD = 2
    SHARED = 3
    COPY = 4


FORMS = {
    Way.INSTANT: "ALGORITHM=INSTANT",
    Way.INPLACE: "ALGORITHM=INPLACE, LOCK=NONE",
    Way.REBUILD: "ALGORITHM=INPLACE, LOCK=NONE",
    Way.SHARED: "ALGORITHM=INPLACE, LOCK=SHARED",
    Way.COPY: "ALGORITHM=COPY, LOCK=SHARED",
}


class Ways(NamedTuple):
    mysql: Way
    mariadb: Way


class Operation(Enum):
    """A kind of change, with what it takes on both servers."""

    ADD_COLUMN = "column that is nullable or has a constant default", Ways(Way.INSTANT, Way.INSTANT)
    ADD_EXPRESSION = "column whose default is an expression", Ways(Way.COPY, Way.COPY)
    ADD_VIRTUAL = "computed column that is not stored", Ways(Way.INSTANT, Way.INSTANT)
    ADD_STORED = "computed column that is stored", Ways(Way.COPY, Way.COPY)
    ADD_COUNTER = "AUTO_INCREMENT column", Ways(Way.SHARED, Way.SHARED)
    DROP_COLUMN = "column goes", Ways(Way.INSTANT, Way.INSTANT)  # MySQL from 8.0.29
    DROP_VIRTUAL = "computed column that is not stored goes", Ways(Way.INSTANT, Way.INSTANT)
    RENAME_COLUMN = "column gets another name", Ways(Way.INSTANT, Way.INSTANT)  # MySQL from 8.0.28
    DEFAULT = "another default", Ways(Way.INSTANT, Way.INSTANT)
    COMMENT = "another comment", Ways(Way.INPLACE, Way.INSTANT)
    ALLOW_NULL = "NULL allowed", Ways(Way.REBUILD, Way.REBUILD)
    REQUIRE = "NULL not allowed", Ways(Way.REBUILD, Way.REBUILD)
    GROW = "longer varchar with a length of as many bytes", Ways(Way.INPLACE, Way.INSTANT)
    GROW_PAST_A_BYTE = "the same, but the length takes one more byte", Ways(Way.COPY, Way.INSTANT)
    APPEND_VALUES = "values behind those of an enum or set", Ways(Way.INSTANT, Way.INSTANT)
    COLLATION = "another collation of the same character set", Ways(Way.COPY, Way.INSTANT)
    INDEXED_COLLATION = "the same of an indexed column", Ways(Way.COPY, Way.INPLACE)
    FULLTEXT_COLLATION = "the same of a column with a fulltext index", Ways(Way.COPY, Way.SHARED)
    STOP_COUNTING = "no AUTO_INCREMENT any more", Ways(Way.COPY, Way.INSTANT)
    COMPUTE_VIRTUAL = (
        "another expression of a column that is not stored",
        Ways(Way.COPY, Way.INSTANT),
    )
    CONVERT = "another type, or what is stored is computed otherwise", Ways(Way.COPY, Way.COPY)
    ADD_INDEX = "index", Ways(Way.INPLACE, Way.INPLACE)
    ADD_SPECIAL_INDEX = "fulltext or spatial index", Ways(Way.SHARED, Way.SHARED)
    DROP_INDEX = "index goes", Ways(Way.INPLACE, Way.INPLACE)
    DROP_CLUSTERED = "the only index that tells rows apart goes", Ways(Way.COPY, Way.COPY)
    RENAME_INDEX = "index gets another name", Ways(Way.INPLACE, Way.INSTANT)
    INDEX_VISIBILITY = "queries may use an index or not", Ways(Way.INPLACE, Way.INSTANT)
    CHANGE_PRIMARY_KEY = "another primary key", Ways(Way.REBUILD, Way.REBUILD)
    DROP_PRIMARY_KEY = "no primary key any more", Ways(Way.COPY, Way.COPY)
    ADD_FOREIGN_KEY = "foreign key, its values checked", Ways(Way.COPY, Way.COPY)
    DROP_FOREIGN_KEY = "foreign key goes", Ways(Way.INPLACE, Way.INSTANT)
    ADD_CHECK = "check", Ways(Way.COPY, Way.COPY)
    DROP_CHECK = "check goes", Ways(Way.INPLACE, Way.INSTANT)
    TABLE_COMMENT = "another comment of the table", Ways(Way.INPLACE, Way.INSTANT)
    TABLE_COLLATION = "another collation for columns to come", Ways(Way.INPLACE, Way.INSTANT)
    ROW_FORMAT = "another way to keep rows", Ways(Way.REBUILD, Way.REBUILD)
    ENGINE = "another engine", Ways(Way.COPY, Way.COPY)

    @property
    def ways(self) -> Ways:
        return self.value[1]

    @property
    def instant(self) -> bool:
        """Whether both servers change nothing but what they know about the table."""
        return self.ways == (Way.INSTANT, Way.INSTANT)


class Hindrance(Enum):
    """What a table has that keeps InnoDB from changing its rows, or how they are kept, while others write."""

    STORED = "a computed column that is stored"
    VIRTUAL = "a computed column that is not stored"
    FULLTEXT = "a fulltext index"
    FULLTEXTS = "more than one fulltext index"
    SPATIAL = "a spatial index"
    COMPRESSED = "rows that are kept compressed"
    INDEXED_VIRTUAL = "an index on a computed column that is not stored"
    HASHED = "a unique index that MariaDB keeps as hashes"
    ENGINE = "another engine than InnoDB"


_REBUILDS = (
    Operation.ADD_COLUMN,
    Operation.DROP_COLUMN,
    Operation.ALLOW_NULL,
    Operation.REQUIRE,
    Operation.CHANGE_PRIMARY_KEY,
    Operation.ROW_FORMAT,
)
_HINDERED: dict[Hindrance, dict[Operation, Way]] = {
    Hindrance.STORED: {Operation.REQUIRE: Way.COPY},
    Hindrance.FULLTEXT: dict.fromkeys(_REBUILDS, Way.SHARED),
    Hindrance.FULLTEXTS: dict.fromkeys(_REBUILDS, Way.COPY),
    Hindrance.SPATIAL: {
        operation: Way.SHARED
        for operation in _REBUILDS
        if operation not in (Operation.ADD_COLUMN, Operation.DROP_COLUMN)
    },
    Hindrance.COMPRESSED: {
        Operation.ADD_COLUMN: Way.REBUILD,
        Operation.DROP_COLUMN: Way.REBUILD,
    },
    Hindrance.INDEXED_VIRTUAL: {
        **dict.fromkeys(_REBUILDS, Way.SHARED),
        Operation.DROP_COLUMN: Way.COPY,
        Operation.REQUIRE: Way.COPY,
        Operation.ADD_VIRTUAL: Way.COPY,
        Operation.DROP_VIRTUAL: Way.COPY,
        Operation.COMPUTE_VIRTUAL: Way.COPY,
    },
}


def way_of(operations: Iterable[Operation], hindrances: Iterable[Hindrance] = ()) -> Way:
    """What one ALTER TABLE of all `operations` takes on the server that does it with less."""
    wanted, known = {*operations}, {*hindrances}
    apart = set_apart(known)
    copied = known & {Hindrance.ENGINE, Hindrance.HASHED}
    if copied or (wanted & apart and wanted - apart):
        return Way.COPY
    found = [_ways(operation, known) for operation in wanted]
    return min(max(ways.mysql for ways in found), max(ways.mariadb for ways in found))


def set_apart(hindrances: Iterable[Hindrance]) -> set[Operation]:
    """What InnoDB does in place only if the ALTER TABLE does nothing else."""
    columns = {Operation.DROP_COLUMN} if Hindrance.VIRTUAL in hindrances else set()
    return {Operation.ADD_VIRTUAL, Operation.DROP_VIRTUAL} | columns


def _ways(operation: Operation, hindrances: set[Hindrance]) -> Ways:
    """What `operation` takes on both servers: what is known of MariaDB is taken to hold for MySQL too."""
    found = [_HINDERED.get(each, {}).get(operation, Way.INSTANT) for each in hindrances]
    least = max(found, default=Way.INSTANT)
    if operation is Operation.DROP_COLUMN and Hindrance.VIRTUAL in hindrances and least:
        least = Way.COPY  # the rows can't be written anew in place
    return Ways(*(max(way, least) for way in operation.ways))


def alter_sql(table: str, clauses: Sequence[str], way: Way) -> str:
    """One ALTER TABLE with all `clauses`."""
    if len(clauses) == 1:
        return f"ALTER TABLE {quote(table)} {clauses[0]}, {FORMS[way]}"
    return ",\n  ".join([f"ALTER TABLE {quote(table)}\n  {clauses[0]}", *clauses[1:], FORMS[way]])


_FORM = re.compile(r"ALGORITHM=(?:INSTANT|INPLACE, LOCK=(?:NONE|SHARED))\Z")


def weaker(sql: str) -> str | None:
    """`sql`, which the server refuses as it is, in the next form that lets others write; None if there is none."""
    instant = FORMS[Way.INSTANT]
    if not sql.endswith(instant):
        return None
    return sql[: -len(instant)] + FORMS[Way.INPLACE]


def blocking(sql: str) -> tuple[str, ...]:
    """`sql`, which the server refuses in every form that lets others write, in those that don't: with consent only."""
    found = _FORM.search(sql)
    if found is None:
        return ()
    head = sql[: found.start()]
    forms = (FORMS[Way.SHARED], FORMS[Way.COPY])
    return tuple(head + form for form in forms if not sql.endswith(form))
