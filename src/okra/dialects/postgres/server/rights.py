"""What the user of a connection may do, before a migration finds out half-way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.postgres.quoting import quote
from okra.errors import DatabaseError

if TYPE_CHECKING:
    from okra.dialects.postgres.server.session import PostgresSession


def check_rights(session: PostgresSession) -> None:
    """Nothing, if this user may make tables in the default schema.

    Raises  DatabaseError that says which right is missing, and who can give it
    """
    rows = session.query(
        "SELECT has_schema_privilege(oid, 'USAGE'), has_schema_privilege(oid, 'CREATE'), current_user"
        " FROM pg_catalog.pg_namespace WHERE nspname = ?",
        (session.schema,),
    )
    if not rows:
        raise no_schema(session)
    usage, create, user = rows[0][0], rows[0][1], str(rows[0][2])
    if usage and create:
        return
    lacking = "CREATE" if usage else "USAGE, CREATE"
    raise DatabaseError(
        f"the user `{user}` may not make tables in the schema `{session.schema}`",
        code="OKR543",
        place=str(session.url),
        help="let the owner of the database run\n"
        f"GRANT {lacking} ON SCHEMA {quote(session.schema)} TO {quote(user)};",
    )


def no_schema(session: PostgresSession) -> DatabaseError:
    """The error for a default schema that is not there."""
    return DatabaseError(
        f"the database has no schema `{session.schema}`",
        code="OKR550",
        place=str(session.url),
        help=f"make it with `CREATE SCHEMA {quote(session.schema)}`, or mend `schema=` in the URL",
    )
