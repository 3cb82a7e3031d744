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


def definitions(history: str, log: str, stamp: str, options: str) -> tuple[str, ...]:
    """What makes the tables that are missing; the history last, because whoever finds it expects the others.

    history, log, stamp  their names, quoted
    options              what stands behind the closing parenthesis
    """
    separator = ",\n  "
    make = "CREATE TABLE IF NOT EXISTS"
    events = (
        "event_id varchar(36) NOT NULL PRIMARY KEY",
        "history varchar(64) NOT NULL",
        "event varchar(16) NOT NULL",
        "at varchar(32) NOT NULL",
    )
    facts = (
        "history varchar(64) NOT NULL PRIMARY KEY",
        "format integer NOT NULL",
        "environment varchar(64)",
        "id varchar(36) NOT NULL",
        "created_at varchar(32) NOT NULL",
        "okra_version text NOT NULL",
    )
    rows = tuple(f"{name} {kind}" for name, kind in COLUMNS)
    made = ((log, (*events, *rows)), (stamp, facts), (history, (*rows, "PRIMARY KEY (version)")))
    return tuple(f"{make} {name} (\n  {separator.join(lines)}\n){options}" for name, lines in made)
