"""What is kept aside in a PostgreSQL database."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from msgspec.structs import replace

from okra.dialects.postgres.quoting import quote
from okra.dialects.trash import kept_column, kept_table
from okra.relational.trash import TRASH

if TYPE_CHECKING:
    from okra.dialects.postgres.server.session import PostgresSession
    from okra.dialects.session import MigrationSession
    from okra.dialects.trash import Kept


def kept(session: MigrationSession) -> list[Kept]:
    own = cast("PostgresSession", session).schemas
    relations = (
        "pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
        " AND c.relkind IN ('r', 'p') AND n.nspname <> 'information_schema' AND left(n.nspname, 3) <> 'pg_'"
    )
    tables = session.query(
        f"SELECT n.nspname, c.relname FROM {relations}"
        f" WHERE starts_with(c.relname::text, '{TRASH}') ORDER BY 1, 2"
    )
    columns = session.query(
        f"SELECT n.nspname, c.relname, a.attname FROM {relations}"
        " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
        f" WHERE starts_with(a.attname::text, '{TRASH}') ORDER BY 1, 2, a.attnum"
    )

    def shown(schema: object, table: object) -> str:
        return str(table) if schema == own[0] else f"{schema}.{table}"

    def path(schema: object, table: object) -> str:
        return f"{quote(str(schema))}.{quote(str(table))}"

    def placed(found: Kept, schema: object) -> Kept:
        return replace(found, foreign=schema not in own)

    return [
        *(placed(kept_table(shown(*row), path(*row)), row[0]) for row in tables),
        *(
            placed(
                kept_column(
                    shown(schema, table), path(schema, table), str(column), quote(str(column))
                ),
                schema,
            )
            for schema, table, column in columns
        ),
    ]
