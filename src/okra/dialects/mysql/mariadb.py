r"""Where MariaDB and MySQL differ, as far as introspection goes: all of it is in this file.

| what | MySQL 8 | manual | MariaDB | manual |
|---|---|---|---|---|
| literal defaults in COLUMN_DEFAULT | the bare value | 28.3.8 COLUMNS | an SQL literal, NULL spelled out | COLUMNS table |
| expression defaults | EXTRA has DEFAULT_GENERATED, introducers and escaped quotes | 28.3.8, 13.6 | the expression | COLUMNS table |
| expressions of checks and computed columns | `_utf8mb4\'x\'`, all parentheses | 28.3.5, 28.3.8 | plain texts | CHECK_CONSTRAINTS table |
| the table of a check | in TABLE_CONSTRAINTS, with ENFORCED | 28.3.42 | TABLE_NAME; LEVEL for those in a column | CHECK_CONSTRAINTS table |
| expressions in an index | EXPRESSION | 28.3.34 STATISTICS | there are none | |
| an index that queries leave alone | IS_VISIBLE = NO | 28.3.34, 10.3.12 | IGNORED = YES | STATISTICS table |
| JSON | a type | 13.5 | LONGTEXT, utf8mb4_bin, and a check json_valid(column) | JSON data type |
| spatial reference | SRS_ID | 28.3.8 | not in COLUMNS | GEOMETRY_COLUMNS table |
| no action named | NO ACTION | 28.3.28 | RESTRICT | REFERENTIAL_CONSTRAINTS table |
| display widths | only tinyint(1) and with ZEROFILL | 13.1.6 | always | |
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from okra.dialects.mysql.quoting import literal

if TYPE_CHECKING:
    from okra.dialects.mysql.rows import ColumnRow

_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"0": "\0", "n": "\n", "r": "\r", "Z": "\x1a"}
_BARE = re.compile(
    r"(?:(?:tiny|small|medium|big)?int|decimal|float|double|bit|year|real|numeric)\b", re.IGNORECASE
)


class Flavour(msgspec.Struct, frozen=True, kw_only=True):
    """One of the two: the parts of the catalogue queries in which they differ."""

    is_mariadb: bool
    srs_id: str
    index_visible: str
    index_expression: str
    checks: str


_MARIADB_CHECKS = (
    "SELECT table_name, constraint_name, check_clause, level, 'YES'"
    " FROM information_schema.check_constraints WHERE constraint_schema = DATABASE()"
)
_MYSQL_CHECKS = (
    "SELECT t.table_name, t.constraint_name, c.check_clause, 'Table', t.enforced"
    " FROM information_schema.table_constraints t JOIN information_schema.check_constraints c"
    " ON c.constraint_schema = t.constraint_schema AND c.constraint_name = t.constraint_name"
    " WHERE t.constraint_schema = DATABASE() AND t.constraint_type = 'CHECK'"
)
MARIADB = Flavour(
    is_mariadb=True,
    srs_id="NULL",
    index_visible="IF(ignored = 'YES', 'NO', 'YES')",
    index_expression="NULL",
    checks=_MARIADB_CHECKS,
)
MYSQL = Flavour(
    is_mariadb=False,
    srs_id="srs_id",
    index_visible="is_visible",
    index_expression="expression",
    checks=_MYSQL_CHECKS,
)


def flavour(version: str) -> Flavour:
    """Which of the two a server is whose VERSION() is `version`."""
    return MARIADB if "mariadb" in version.lower() else MYSQL


def default_text(row: ColumnRow, server: Flavour) -> str | None:
    """The default of a column as SQL, None where it has none."""
    text = row.default
    if text is None or server.is_mariadb:
        return text
    if "DEFAULT_GENERATED" in row.extra.upper():
        return plain_expression(text, server)
    hexadecimal = "binary" in row.type and text.startswith("0x")
    return text if hexadecimal or _BARE.match(row.type) else literal(text)


def plain_expression(text: str, server: Flavour) -> str:
    """An expression of the catalogue as SQL that the server would take."""
    if server.is_mariadb or "\\" not in text:
        return text
    return _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), text)


def escaped(text: str) -> str:
    """An expression as MySQL's catalogue has it: `plain_expression`, backwards."""
    return text.replace("\\", "\\\\").replace("'", "\\'")
