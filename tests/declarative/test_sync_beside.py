"""A sync while an application writes: what rows lose is counted again once nobody else can add any."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from okra.dialects.session import connect

if TYPE_CHECKING:
    from places import Place

WIDE = """\
model Price {
  id: Int! @id
  amount: Decimal? @precision(total: 20, scale: 6)
}
"""


@pytest.mark.parametrize(("amount", "kept"), [("1.234567", "1.234567"), ("NULL", None)])
def test_a_row_that_is_not_committed_yet_is_counted_when_it_is(
    place: Place, amount: str, kept: str | None
) -> None:
    if place.provider != "postgres":
        pytest.skip(
            "SQLite lets one write at a time, and MySQL has no transaction to hold others off"
        )
    place.configure(migrations={"mode": "declarative"})
    place.schema(WIDE)
    place.must("db:sync")
    place.schema(WIDE.replace("total: 20, scale: 6", "total: 10, scale: 2"))
    application = connect(place.url, lock_timeout_ms=3000)
    application.begin()
    application.execute(f"INSERT INTO prices VALUES (1, {amount})")
    threading.Timer(1.0, application.commit).start()

    found = place.okra("db:sync")

    application.close()
    assert place.sql("SELECT amount::text FROM prices") == [(kept,)]
    assert found.code == (0 if kept is None else 1)
    if kept is not None:
        assert "- Change column: prices.amount (1 value)" in found.err


def test_a_type_that_no_table_uses_may_be_somebody_elses(place: Place) -> None:
    if place.provider != "postgres":
        pytest.skip("types stand by themselves in PostgreSQL only")
    place.configure(migrations={"mode": "declarative"})
    place.schema(WIDE)
    place.must("db:sync")
    place.sql("CREATE TYPE mood AS ENUM ('calm', 'wild')")

    found = place.okra("db:sync")

    assert found.code == 1
    assert "- Drop type: mood (2 values)" in found.err
    assert place.sql("SELECT 'wild'::mood::text") == [("wild",)]
    place.configure(migrations={"mode": "declarative", "exclude": ["mood"]})
    assert "Nothing to do" in place.must("db:sync")
