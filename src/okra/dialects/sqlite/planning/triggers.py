"""The triggers with which SQLite keeps `@updatedAt` columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.sqlite.planning.tables import rowid_name
from okra.dialects.sqlite.quoting import quote
from okra.naming import trigger_name

if TYPE_CHECKING:
    from okra.relational.model import Column, Table

NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"


def updated_at_trigger(table: Table, column: Column) -> tuple[str, str]:
    """The name and the CREATE TRIGGER statement for one updated-at column of `table`.

    The row is touched only where the client left the column alone and the clock has moved on since:
    the second half ends the recursion under `PRAGMA recursive_triggers`.
    """
    name = trigger_name(table.name, column.name)
    field = quote(column.name)
    sql = (
        f"CREATE TRIGGER {quote(name)} AFTER UPDATE ON {quote(table.name)} FOR EACH ROW\n"
        f"WHEN NEW.{field} IS OLD.{field} AND NEW.{field} IS NOT {NOW}\n"
        f"BEGIN\n"
        f"  UPDATE {quote(table.name)} SET {field} = {NOW} WHERE {_same_row(table)};\n"
        f"END"
    )
    return name, sql


def _same_row(table: Table) -> str:
    """The condition that finds the row which has just changed: by its key, or else by its number."""
    rowid = rowid_name(table)
    if table.primary_key is None and rowid is not None:
        return f"{rowid} = NEW.{rowid}"
    key = table.primary_key
    names = key.columns if key is not None else [column.name for column in table.columns]
    return " AND ".join(f"{quote(name)} IS NEW.{quote(name)}" for name in names)
