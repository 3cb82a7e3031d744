"""The fixtures that give tests a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.devdb.link import Link

if TYPE_CHECKING:
    from okra.url import DatabaseUrl


def test_each_test_has_an_empty_database_of_its_own(server: DatabaseUrl) -> None:
    session = Link(server)
    session.execute("CREATE TABLE something (id int)")
    found = session.query("SELECT count(*) FROM something")
    session.close()

    assert found == [(0,)]
