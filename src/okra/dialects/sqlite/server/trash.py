"""What is kept aside in an SQLite database, also while a table is made anew by a file that does not know of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.dialects.sqlite.planning.rebuild import PREFIX
from okra.dialects.sqlite.quoting import quote
from okra.dialects.trash import kept_column, kept_table
from okra.relational.trash import TRASH

if TYPE_CHECKING:
    from okra.dialects.session import MigrationSession
    from okra.dialects.sqlite.server.session import SqliteSession
    from okra.dialects.trash import Kept

_COPY = re.compile(r'INSERT INTO ("(?:[^"]|"")*") \((.*?)\)\n  SELECT ', re.DOTALL)
_COLUMNS = (
    "SELECT m.name, x.name FROM main.sqlite_master m JOIN pragma_table_xinfo(m.name, 'main') x"
    f" WHERE m.type = 'table' AND m.rootpage > 0 AND substr(x.name, 1, {len(TRASH)}) = '{TRASH}'"
)


def kept(session: MigrationSession) -> list[Kept]:
    tables = session.query(
        "SELECT name FROM main.sqlite_master WHERE type = 'table'"
        f" AND substr(name, 1, {len(TRASH)}) = '{TRASH}' ORDER BY name"
    )
    columns = session.query(f"{_COLUMNS} ORDER BY m.name, x.cid")
    return [
        *(kept_table(str(name), quote(str(name))) for (name,) in tables),
        *(
            kept_column(str(table), quote(str(table)), str(column), quote(str(column)))
            for table, column in columns
        ),
    ]


def carried(session: SqliteSession, sql: str) -> str:
    """`sql`; if it copies rows into a table that is made anew, it copies what is kept aside there as well.

    The new table gets the columns that it lacks.
    """
    copy = _COPY.match(sql)
    new = copy[1][1:-1].replace('""', '"') if copy else ""
    if copy is None or not new.startswith(PREFIX):
        return sql
    old = new.removeprefix(PREFIX)
    there = [
        str(name) for (name,) in session.query("SELECT name FROM pragma_table_xinfo(?)", (new,))
    ]
    missing = [
        str(column)
        for _, column in session.query(f"{_COLUMNS} AND m.name = ? ORDER BY x.cid", (old,))
        if column not in there
    ]
    if not missing:
        return sql
    definitions = _definitions(session, old)
    for column in missing:
        session.execute(f"ALTER TABLE {quote(new)} ADD COLUMN {definitions[column]}")
    names = "".join(f"{quote(column)}, " for column in missing)
    sources = "".join(f"{quote(old)}.{quote(column)}, " for column in missing)
    return f"INSERT INTO {copy[1]} ({names}{copy[2]})\n  SELECT {sources}{sql[copy.end() :]}"


def _definitions(session: SqliteSession, table: str) -> dict[str, str]:
    """The columns of `table` as they stand in SQL."""
    from okra.dialects.sqlite.introspection.introspect import introspect_all
    from okra.dialects.sqlite.planning.tables import column_sql

    (found,) = introspect_all(session, [table]).database.tables
    return {column.name: column_sql(column, found) for column in found.columns}
