"""The triggers with which SQLite keeps `@updatedAt` columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    if table.primary_key is not None:
        keys = [quote(item) for item in table.primary_key.columns]
        row = " AND ".join(f"{key} IS NEW.{key}" for key in keys)
    else:
        row = "rowid = NEW.rowid"
    sql = (
        f"CREATE TRIGGER {quote(name)} AFTER UPDATE ON {quote(table.name)} FOR EACH ROW\n"
        f"WHEN NEW.{field} IS OLD.{field} AND NEW.{field} IS NOT {NOW}\n"
        f"BEGIN\n"
        f"  UPDATE {quote(table.name)} SET {field} = {NOW} WHERE {row};\n"
        f"END"
    )
    return name, sql
