"""Checks that MariaDB keeps inside a column's definition: `age int CHECK (age > 0)`.

They go by the name of the column, and DROP CONSTRAINT does not find them. A MODIFY that leaves them out drops them,
without a word. MySQL makes them checks of the table. What is for MariaDB alone stands in `/*M!100201 … */`, and
works as well where the check is one of the table that happens to be called like a column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.mysql.planning.tables import column_sql
from okra.dialects.mysql.quoting import quote

if TYPE_CHECKING:
    from okra.relational.model import Check, Table

_MARIADB = "/*M!100201"


def own_check(column: str, table: Table) -> Check | None:
    """The check of `table` that may be a part of `column`, or None."""
    return next((check for check in table.checks if check.name == column), None)


def kept_check(sql: str, column: str, current: Table, after: Table) -> str:
    """`sql`, a MODIFY of `column`, with the check that it has in `current` and keeps in `after`."""
    check = own_check(column, current)
    if check is None or check != own_check(column, after):
        return sql
    gone = f"{_MARIADB} DROP CONSTRAINT IF EXISTS {quote(column)}, */"
    return f"{gone} {sql} {_MARIADB} CHECK ({check.expression}) */"


def drop_check_sql(check: Check, current: Table, after: Table) -> str:
    """The clause that drops `check` of `current`, wherever it stands."""
    name = quote(check.name or "")
    column = current.column(check.name or "")
    if column is None:
        return f"DROP CONSTRAINT {name}"
    sql = f"DROP CONSTRAINT {_MARIADB} IF EXISTS */ {name}"
    if column != after.column(column.name):
        return sql  # a MODIFY or DROP COLUMN beside it leaves the check out
    return f"{_MARIADB} MODIFY COLUMN {column_sql(column)}, */ {sql}"
