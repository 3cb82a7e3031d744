"""Texts that information_schema blurs, read again: it keeps them in utf8mb3, where others become question marks.

Only texts with a question mark are read again, and most databases have none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.dialects.mysql.expressions.lexer import Kind, name_of
from okra.dialects.mysql.introspection.shown import definitions, shown
from okra.dialects.mysql.introspection.temporary import execute
from okra.dialects.mysql.natives.mariadb import escaped, flavour
from okra.dialects.mysql.quoting import quote
from okra.errors import DatabaseError

if TYPE_CHECKING:
    from okra.dialects.base import Session, Value
    from okra.dialects.mysql.expressions.lexer import Token
    from okra.dialects.mysql.introspection.rows import Catalogue, ColumnRow
    from okra.dialects.mysql.natives.mariadb import Flavour

_PARSER = re.compile(r"FULLTEXT KEY `((?:[^`]|``)+)` \(.*WITH PARSER `([^`]+)`")
_BINARY = re.compile(r"(?:var)?binary|(?:tiny|medium|long)?blob")
_COPY = "_okra_defaults"
_REFUSED = (
    "OKR543",
    "OKR544",
)  # no right to make temporary tables, or nothing can be made here at all
_Texts = dict[tuple[str, str, str], str]


def with_exact_texts(session: Session, catalogue: Catalogue) -> Catalogue:
    """`catalogue` with every default and expression as the server keeps it.

    Raises  DatabaseError if the database can't be read
    """
    server = flavour(catalogue.version)
    blurred = {
        *(row.table for row in catalogue.columns if "?" in (row.generated or "")),
        *(row.table for row in catalogue.checks if "?" in row.expression),
        *(row.table for row in catalogue.columns if _has_blurred_expression(row, server)),
    }
    texts: _Texts = {}
    for table in sorted(blurred):
        texts |= {
            (table, *place): text if server.is_mariadb else escaped(text)
            for place, text in shown_texts(shown(session, table)).items()
        }
    catalogue = _with_parsers(session, catalogue, server)
    literals = [row for row in catalogue.columns if _is_literal(row, server)]
    texts |= _literals(session, literals, server)
    if not texts:
        return catalogue
    return replace(
        catalogue,
        columns=[
            row._replace(
                default=texts.get((row.table, row.name, "default"), row.default),
                generated=texts.get((row.table, row.name, "generated"), row.generated),
            )
            for row in catalogue.columns
        ],
        checks=[
            row._replace(expression=texts.get((row.table, row.name, "check"), row.expression))
            for row in catalogue.checks
        ],
    )


def _with_parsers(session: Session, catalogue: Catalogue, server: Flavour) -> Catalogue:
    """The parsers of MySQL's FULLTEXT indexes, which only SHOW CREATE TABLE tells of."""
    words = [row for row in catalogue.indexes if row.type == "FULLTEXT"]
    if server.is_mariadb or not words:
        return catalogue
    texts = {table: shown(session, table) for table in sorted({row.table for row in words})}
    parsers = {
        (table, name.replace("``", "`")): parser
        for table, text in texts.items()
        for name, parser in _PARSER.findall(text)
    }
    indexes = [row._replace(parser=parsers.get((row.table, row.name))) for row in catalogue.indexes]
    return replace(catalogue, indexes=indexes)


def _is_literal(row: ColumnRow, server: Flavour) -> bool:
    text = row.default or ""
    if "?" not in text or "DEFAULT_GENERATED" in row.extra.upper():
        return False
    return not server.is_mariadb or text.startswith("'")


def _has_blurred_expression(row: ColumnRow, server: Flavour) -> bool:
    return "?" in (row.default or "") and not _is_literal(row, server)


def _literals(session: Session, rows: list[ColumnRow], server: Flavour) -> _Texts:
    """The default values of the columns, byte for byte: DEFAULT() of a row that is not there has them."""
    found: _Texts = {}
    tables: dict[str, list[ColumnRow]] = {}
    for row in rows:
        tables.setdefault(row.table, []).append(row)
    for table, columns in tables.items():
        values = ", ".join(_value(row) for row in columns)
        sql = f"SELECT {values} FROM (SELECT 1) AS one LEFT JOIN {quote(table)} AS t ON FALSE"
        (answer,) = session.query(sql)
        hidden = [row for row, value in zip(columns, answer, strict=True) if value is None]
        known = dict(zip((row.name for row in columns), answer, strict=True))
        known |= _hidden(session, table, hidden)
        for row in columns:
            value = known[row.name]
            if value is not None:
                found[table, row.name, "default"] = _default_row(str(value), row, server)
    return found


def _hidden(session: Session, table: str, rows: list[ColumnRow]) -> dict[str, Value]:
    """The default values of required columns, which a row that is not there does not have: of a row in a copy.

    Empty where this user may make no temporary tables: then the texts stay as the catalogue has them.
    """
    if not rows:
        return {}
    names = ", ".join(quote(row.name) for row in rows)
    copy = quote(_COPY)
    try:
        execute(
            session, f"CREATE TEMPORARY TABLE {copy} AS SELECT {names} FROM {quote(table)} LIMIT 0"
        )
    except DatabaseError as error:
        if error.code not in _REFUSED:
            raise
        return {}
    try:
        execute(session, f"INSERT INTO {copy} () VALUES ()")
        values = ", ".join(_value(row) for row in rows)
        (answer,) = session.query(f"SELECT {values} FROM {copy} AS t")
    finally:
        execute(session, f"DROP TEMPORARY TABLE {copy}")
    return dict(zip((row.name for row in rows), answer, strict=True))


def _default_row(value: str, row: ColumnRow, server: Flavour) -> str:
    """A default in hexadecimal as the catalogue of this server would have it."""
    if server.is_mariadb:
        return f"x'{value}'"
    return f"0x{value}" if _BINARY.match(row.type) else bytes.fromhex(value).decode()


def _value(row: ColumnRow) -> str:
    text = f"DEFAULT(t.{quote(row.name)})"
    return f"HEX({text})" if _BINARY.match(row.type) else f"HEX(CONVERT({text} USING utf8mb4))"


def shown_texts(text: str) -> dict[tuple[str, str], str]:
    """The expressions in what SHOW CREATE TABLE says, by the name of a column or check and what they are.

    A check of MariaDB that stands in a column goes by the column's name.
    """
    found: dict[tuple[str, str], str] = {}
    for part in definitions(text):
        words = [token.text.upper() for token in part]
        if words[0] == "CONSTRAINT" and "CHECK" in words:
            found[name_of(part[1].text), "check"] = _inside(text, part, words.index("CHECK") + 1)
        elif part[0].kind is Kind.NAME:
            name = name_of(part[0].text)
            for word, kind in (("CHECK", "check"), ("AS", "generated")):
                if word in words:
                    found[name, kind] = _inside(text, part, words.index(word) + 1)
            if "DEFAULT" in words:
                found[name, "default"] = _default(text, part, words.index("DEFAULT") + 1)
    return found


def _inside(text: str, part: list[Token], opened: int) -> str:
    """The text in the parentheses that open at token `opened` of `part`."""
    return text[part[opened].start + 1 : part[_close(part, opened)].start]


def _close(part: list[Token], opened: int) -> int:
    depth = 0
    for number in range(opened, len(part)):
        depth += (part[number].text == "(") - (part[number].text == ")")
        if not depth:
            return number
    return len(part) - 1


def _default(text: str, part: list[Token], begin: int) -> str:
    """A default up to the next word that can follow it."""
    end = begin
    while end < len(part) and part[end].text.upper() not in ("COMMENT", "ON", "CHECK", "INVISIBLE"):
        end = _close(part, end) + 1 if part[end].text == "(" else end + 1
    last = part[end - 1]
    return text[part[begin].start : last.start + len(last.text)]
