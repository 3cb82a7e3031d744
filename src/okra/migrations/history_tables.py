"""The tables that OKRA keeps in a target database, as SQL that every provider takes."""

from __future__ import annotations

LOG = "_okra_log"
STAMP = "_okra_stamp"

COLUMNS = (
    ("version", "varchar(64) NOT NULL"),
    ("name", "text"),
    ("parent", "varchar(64)"),
    ("kind", "varchar(16) NOT NULL"),
    ("state", "varchar(16) NOT NULL"),
    ("direction", "varchar(16) NOT NULL"),
    ("checksum", "varchar(64) NOT NULL"),
    ("snapshot_hash", "varchar(64) NOT NULL"),
    ("total", "integer NOT NULL"),
    ("applied", "integer NOT NULL"),
    ("in_flight", "integer"),
    ("mark", "text"),
    ("prefix_hash", "varchar(64)"),
    ("tx_mode", "varchar(16) NOT NULL"),
    ("runner", "varchar(36) NOT NULL"),
    ("epoch", "integer NOT NULL"),
    ("error_code", "varchar(16)"),
    ("error", "text"),
    ("error_at_statement", "integer"),
    ("started_at", "varchar(32)"),
    ("heartbeat_at", "varchar(32)"),
    ("finished_at", "varchar(32)"),
    ("duration_ms", "bigint"),
    ("applied_by", "text"),
    ("host", "text"),
    ("okra_version", "text"),
    ("server_version", "text"),
)
NAMES = ", ".join(name for name, _ in COLUMNS)


def definitions(history: str, log: str, stamp: str, options: str) -> tuple[str, str, str]:
    """What makes the tables that are missing; the history last, because whoever finds it expects the others.

    history, log, stamp  their names, quoted
    options              what stands behind the closing parenthesis
    """
    plain = ",\n  ".join(f"{name} {kind}" for name, kind in COLUMNS)
    return (
        f"CREATE TABLE IF NOT EXISTS {log} (\n"
        "  event_id varchar(36) NOT NULL PRIMARY KEY,\n"
        "  history varchar(64) NOT NULL,\n"
        "  event varchar(16) NOT NULL,\n"
        f"  at varchar(32) NOT NULL,\n  {plain}\n){options}",
        f"CREATE TABLE IF NOT EXISTS {stamp} (\n"
        "  history varchar(64) NOT NULL PRIMARY KEY,\n"
        "  format integer NOT NULL,\n"
        "  environment varchar(64),\n"
        "  id varchar(36) NOT NULL,\n"
        "  created_at varchar(32) NOT NULL,\n"
        f"  okra_version text NOT NULL\n){options}",
        f"CREATE TABLE IF NOT EXISTS {history} (\n  {plain},\n  PRIMARY KEY (version)\n){options}",
    )
