"""`_okra_schema_history`: what the schema said each time the database was synced, kept in the database itself."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from okra.dialects.session import REFUSED
from okra.errors import DatabaseError, DirectoryError, OkraError
from okra.language.definition import SchemaDefinition
from okra.relational.codec import decode, encode

if TYPE_CHECKING:
    from okra.declarative.proposal import Proposal
    from okra.dialects.session import MigrationSession
    from okra.migrations.executor import Run

TABLE = "_okra_schema_history"
_KEPT = 50


def known_models(session: MigrationSession) -> SchemaDefinition | None:
    """What the schema said when the database was synced last; None where that was not kept.

    Raises  DatabaseError where the table says nothing that can be read
    """
    if not session.has_table(TABLE):
        return None
    try:
        rows = session.query(
            f"SELECT schema_snapshot FROM {TABLE} WHERE version = (SELECT max(version) FROM {TABLE})"
        )
    except DatabaseError as error:
        if error.code != REFUSED:
            raise
        raise _not_ours(error) from error
    if not rows:
        return None
    try:
        return decode(str(rows[0][0]).encode(), SchemaDefinition, place=TABLE)
    except DirectoryError as error:
        raise _not_ours(error) from error


def _not_ours(error: OkraError) -> DatabaseError:
    return DatabaseError(
        f"`{TABLE}` is not as OKRA has made it: {error.message}",
        code="OKR588",
        help="drop or rename it; the next sync makes it anew",
    )


def record(run: Run, proposal: Proposal, models: SchemaDefinition | None) -> None:
    """Write down what the schema says; inside the transaction of the sync where there is one."""
    session = run.session
    if not session.has_table(TABLE):
        kind = "longtext" if run.target.provider == "mysql" else "text"
        session.execute(
            f"CREATE TABLE {TABLE} (version varchar(32) NOT NULL PRIMARY KEY,"
            f" schema_hash varchar(64) NOT NULL, applied_at varchar(32) NOT NULL,"
            f" schema_snapshot {kind} NOT NULL){session.table_options}"
        )
    version = f"{datetime.now(UTC):%Y%m%d_%H%M%S_%f}"
    session.execute(
        f"INSERT INTO {TABLE} (version, schema_hash, applied_at, schema_snapshot)"
        f" VALUES (?, ?, {session.clock}, ?)",
        (
            version,
            sha256(encode(proposal.after)).hexdigest(),
            encode(models or SchemaDefinition()).decode(),
        ),
    )
    kept = session.query(f"SELECT version FROM {TABLE} ORDER BY version DESC LIMIT {_KEPT}")
    session.execute(f"DELETE FROM {TABLE} WHERE version < ?", (kept[-1][0],))
