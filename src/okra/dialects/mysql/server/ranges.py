"""Running a statement in ranges of a key: how MySQL and MariaDB write the key's values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.dialects.mysql.server.split import masked

if TYPE_CHECKING:
    from okra.relational.model import Column, Table

__all__ = ["hindrance", "literal_of", "masked"]

_TRANSACTIONAL = frozenset(("innodb", "rocksdb", "ndb", "ndbcluster", "tokudb"))
_BYTES = re.compile(r"(?:var)?binary\b|(?:tiny|medium|long)?blob\b")
_NUMBER = re.compile(r"(?:tiny|small|medium|big)?int\b|decimal\b|year\b|bit\b")
_TEXT = re.compile(
    r"(?:var)?char\b|(?:tiny|medium|long)?text\b|date\b|datetime\b|timestamp\b|time\b|uuid\b|inet[46]\b"
)


def hindrance(table: Table) -> str | None:
    """That the table's engine knows no transactions.

    Source  MySQL 8.0 manual, "Alternative Storage Engines"; MariaDB Knowledge Base, "Choosing the Right Storage Engine"
    """
    engines = [each.partition("=")[2] for each in table.options if each.startswith("engine=")]
    if not engines or engines[0].lower() in _TRANSACTIONAL:
        return None
    return f"its engine {engines[0]} knows no transactions"


def literal_of(column: Column, name: str) -> str | None:
    """A number, bytes in hexadecimal or a quoted text, as the column's type compares; none for float and enum.

    Source  MySQL 8.0 manual, "Type Conversion in Expression Evaluation": a number beside a text is compared as a
            float, so that two large ones may be equal
    """
    kind = str(column.type)
    if _NUMBER.match(kind):
        return f"CAST({name} + 0 AS CHAR)" if kind.startswith("bit") else f"CAST({name} AS CHAR)"
    if _BYTES.match(kind):
        return f"CONCAT('x''', HEX({name}), '''')"
    return f"QUOTE({name})" if _TEXT.match(kind) else None
