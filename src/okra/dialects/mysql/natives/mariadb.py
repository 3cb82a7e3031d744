r"""Where MariaDB and MySQL differ, as far as introspection goes: all of it is in this file.

Sources are sections of the MySQL 8.4 Reference Manual and pages of the MariaDB Server documentation; "IS X" is the
page of the table X of INFORMATION_SCHEMA in either.

| what | MySQL 8 | manual | MariaDB | documentation |
|---|---|---|---|---|
| literal defaults in COLUMN_DEFAULT | the bare value; BINARY in hexadecimal | IS COLUMNS | an SQL literal, NULL spelled out | IS COLUMNS |
| expression defaults | EXTRA has DEFAULT_GENERATED | IS COLUMNS; Data Type Default Values | the expression | IS COLUMNS |
| expressions of checks, indexes, computed columns, defaults | `_utf8mb4\'x\'`: introducers, all parentheses, texts escaped twice | IS CHECK_CONSTRAINTS, COLUMNS, STATISTICS; Character String Literal Character Set and Collation | plain texts, few parentheses | IS CHECK_CONSTRAINTS, COLUMNS |
| functions under other names | `regexp_like(a, b)`, `0 <> a` | Regular Expressions | `octet_length`, `lcase`, `ucase`, `!(a)`, `a MOD b` | String Functions |
| the table of a check | in TABLE_CONSTRAINTS, with ENFORCED | IS TABLE_CONSTRAINTS | TABLE_NAME; LEVEL for a check inside a column | IS CHECK_CONSTRAINTS |
| a check in a column | one of the table, with a name of its own | CHECK Constraints | part of the column: see own_checks.py | CONSTRAINT |
| expressions in an index | EXPRESSION | IS STATISTICS; CREATE INDEX | there are none | CREATE INDEX |
| an index that queries leave alone | IS_VISIBLE = NO | IS STATISTICS; Invisible Indexes | IGNORED = YES | Ignored Indexes |
| the parser of a FULLTEXT index | only in SHOW CREATE TABLE | Full-Text Parser Plugins | none comes with it | |
| JSON | a type | The JSON Data Type | LONGTEXT, utf8mb4_bin, and a check json_valid(column) | JSON Data Type |
| spatial reference of a column | SRS_ID | IS COLUMNS; Spatial Type Overview | not in COLUMNS | GEOMETRY_COLUMNS |
| a foreign key that names no action | NO ACTION | IS REFERENTIAL_CONSTRAINTS | RESTRICT | IS REFERENTIAL_CONSTRAINTS |
| display widths | only tinyint(1) and with ZEROFILL | Numeric Data Type Syntax | always | INT |
| NOT NULL on a computed column | kept | CREATE TABLE and Generated Columns | refused | Generated Columns |
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from okra.dialects.mysql.quoting import literal

if TYPE_CHECKING:
    from okra.dialects.mysql.introspection.rows import ColumnRow

_NUMBERS = re.compile(r"([0-9]+)\.([0-9]+)(?:\.([0-9]+))?")
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
_NO_CHECKS = (
    "SELECT t.table_name, '', '', 'Table', 'YES' FROM information_schema.tables t WHERE FALSE"
)
_EXPRESSIONS_SINCE = (8, 0, 13)
_CHECKS_SINCE = (8, 0, 16)
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
    if is_mariadb(version):
        return MARIADB
    numbers = version_of(version)
    found = MYSQL
    if numbers < _EXPRESSIONS_SINCE:
        found = replace(found, index_expression="NULL")
    return found if numbers >= _CHECKS_SINCE else replace(found, checks=_NO_CHECKS)


def is_mariadb(version: str) -> bool:
    """Whether `version`, as the server says it, is that of MariaDB."""
    return "mariadb" in version.lower()


def version_of(text: str) -> tuple[int, ...]:
    """The three numbers of a version; `5.5.5-` in front of MariaDB's is there for old clients only."""
    match = _NUMBERS.search(text.removeprefix("5.5.5-"))
    return () if match is None else tuple(int(part or 0) for part in match.groups())


def default_text(row: ColumnRow, server: Flavour) -> str | None:
    """The default of a column as SQL, None where it has none."""
    text = row.default
    if text is None or server.is_mariadb:
        return text
    if "DEFAULT_GENERATED" in row.extra.upper():
        return plain_expression(text, server)
    if row.type.startswith(("datetime", "timestamp")) and text.upper().startswith("CURRENT_"):
        return text
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
