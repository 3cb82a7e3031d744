"""The triggers and functions with which PostgreSQL keeps `@updatedAt` columns.

A table has one trigger for each such column, called after the column. It calls a function that is called
after the column too and lies in the table's schema: all tables there share it. The row gets the time where
something in it changed and the client left the column alone.

Stored computed columns are empty in a BEFORE trigger's new row, so a table that has some names them as
the trigger's arguments, and is compared without them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.postgres.quoting import dollar_quoted, literal, quote, quote_beside, quote_table
from okra.naming import shortened

if TYPE_CHECKING:
    from okra.relational.model import Table

TRIGGER_PREFIX = "_okra_updated_at_"
FUNCTION_PREFIX = "_okra_touch_"


def trigger_name(column: str) -> str:
    """The trigger that keeps `column`."""
    return shortened(TRIGGER_PREFIX + column)


def function_name(column: str) -> str:
    """The function that the trigger of `column` calls, without its schema."""
    return shortened(FUNCTION_PREFIX + column)


def function_sql(table: str, column: str) -> str:
    """The function as an identifier: it lies in the schema of `table`."""
    return quote_beside(table, function_name(column))


def touched(table: Table) -> tuple[str, ...]:
    """The columns of `table` that are kept by triggers, in order."""
    return tuple(column.name for column in table.columns if column.updated_at)


def create_trigger(table: Table, column: str) -> str:
    """The CREATE TRIGGER statement for one updated-at column of `table`."""
    computed = sorted(
        each.name for each in table.columns if each.generated is not None and each.generated.stored
    )
    arguments = ", ".join(literal(name) for name in computed)
    return (
        f"CREATE TRIGGER {quote(trigger_name(column))} BEFORE UPDATE ON {quote_table(table.name)}\n"
        f"  FOR EACH ROW EXECUTE FUNCTION {function_sql(table.name, column)}({arguments})"
    )


def drop_trigger(table: str, column: str) -> str:
    """The DROP TRIGGER statement; `table` is its name by then."""
    return f"DROP TRIGGER {quote(trigger_name(column))} ON {quote_table(table)}"


def create_function(table: str, column: str) -> str:
    """The function for the columns called `column` in the schema of `table`; works if it is there already."""
    field = quote(column)
    return (
        f"CREATE OR REPLACE FUNCTION {function_sql(table, column)}() RETURNS trigger\n"
        "  LANGUAGE plpgsql AS "
    ) + dollar_quoted(
        f"BEGIN\n"
        f"  IF NEW.{field} IS DISTINCT FROM OLD.{field} OR NEW OPERATOR(pg_catalog.*=) OLD THEN\n"
        f"    RETURN NEW;\n"
        f"  END IF;\n"
        f"  IF TG_NARGS > 0 AND pg_catalog.to_jsonb(NEW) - TG_ARGV = pg_catalog.to_jsonb(OLD) - TG_ARGV THEN\n"
        f"    RETURN NEW;\n"
        f"  END IF;\n"
        f"  NEW.{field} := CURRENT_TIMESTAMP;\n"
        f"  RETURN NEW;\n"
        f"END"
    )


def drop_function(table: str, column: str) -> str:
    """Drop the function, unless a table that another schema file describes uses it still."""
    return "DO " + dollar_quoted(
        "BEGIN\n"
        f"  DROP FUNCTION {function_sql(table, column)}();\n"
        "EXCEPTION WHEN dependent_objects_still_exist THEN NULL;\n"
        "END"
    )
