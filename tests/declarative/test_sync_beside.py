"""A sync while an application writes: what rows lose is counted again once nobody else can add any."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from okra.dialects.session import connect
from okra.errors import DatabaseError

if TYPE_CHECKING:
    from places import Place

WIDE = """\
model Price {
  id: Int! @id
  amount: Decimal? @precision(total: 20, scale: 6)
}
"""


@pytest.mark.only_on("postgres")  # SQLite lets one write at a time
@pytest.mark.parametrize(("amount", "kept"), [("1.234567", "1.234567"), ("NULL", None)])
def test_a_row_that_is_not_committed_yet_is_counted_when_it_is(
    place: Place, amount: str, kept: str | None
) -> None:
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


@pytest.mark.only_on("postgres")
def test_a_sync_that_waits_while_it_has_a_table_gives_up_before_the_application_does(
    place: Place,
) -> None:
    models = "model Ant {\n  id: Int! @id\n}\n\nmodel Bee {\n  id: Int! @id\n}\n"
    place.configure(migrations={"mode": "declarative"})
    place.schema(models)
    place.must("db:sync")
    place.sql("INSERT INTO ants VALUES (1); INSERT INTO bees VALUES (1)")
    place.schema(models.replace("@id\n", "@id\n  age: Int?\n"))
    application = connect(place.url, lock_timeout_ms=20_000)
    application.execute("SET lock_timeout = 0")
    application.begin()
    application.execute("UPDATE bees SET id = 2")
    failed: list[Exception] = []

    def go_on() -> None:
        try:
            application.execute("UPDATE ants SET id = 2")
            application.commit()
        except DatabaseError as error:
            failed.append(error)

    timer = threading.Timer(2.0, go_on)
    timer.start()

    place.must("db:sync")

    timer.join()
    application.close()
    assert failed == []
    assert place.sql("SELECT id, age FROM bees") == [(2, None)]


@pytest.mark.only_on("postgres")
def test_a_type_that_no_table_uses_may_be_somebody_elses(place: Place) -> None:
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
