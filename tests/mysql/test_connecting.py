"""What a session is set to, so that definitions mean the same on every server."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from okra.dialects import dialect
from okra.dialects.mysql.server.session import connect

if TYPE_CHECKING:
    from okra.url import DatabaseUrl


def test_a_timestamp_is_what_its_definition_says_whatever_the_server_s_habit(
    mysql: DatabaseUrl,
) -> None:
    with closing(connect(mysql, lock_timeout_ms=1_000)) as session:
        session.execute("SET SESSION explicit_defaults_for_timestamp = 0")
        session.settle(read_only=False)
        session.execute("CREATE TABLE t (a timestamp NOT NULL, b timestamp NOT NULL)")

        [table] = dialect("mysql").introspect(session).database.tables

    assert [(column.default, column.updated_at) for column in table.columns] == [(None, False)] * 2
