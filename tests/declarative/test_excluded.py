"""Tables, types and models that a sync leaves alone."""

from __future__ import annotations

import json

import pytest

from shops import ROWS, SHOP, declared


def test_tables_that_are_excluded_are_left_alone_by_sync_diff_and_pull(place):
    declared(place, exclude=["legacy_*"])
    place.schema(SHOP)
    place.sql("CREATE TABLE legacy_orders (x integer); INSERT INTO legacy_orders VALUES (1)")

    place.must("db:sync")
    difference = place.must("db:diff", "--json")
    pulled = place.must("db:pull", "--json")

    assert json.loads(difference)["changes"] == []
    assert "legacy" not in json.loads(pulled)["schema"].lower()
    assert place.sql("SELECT x FROM legacy_orders") == [(1,)]


@pytest.mark.only_on("postgres")
def test_a_type_that_only_excluded_tables_use_is_left_alone(place):
    declared(place, exclude=["legacy_*"])
    place.schema(SHOP)
    place.sql("""CREATE TYPE "Old Mood" AS ENUM ('a'); CREATE TABLE legacy_x (m "Old Mood"[])""")

    place.must("db:sync")

    assert "Nothing to do" in place.must("db:sync")
    assert place.sql("SELECT count(*) FROM pg_type WHERE typname = 'Old Mood'") == [(1,)]


def test_an_excluded_child_keeps_its_rows_when_its_parent_is_made_anew(place):
    declared(place, exclude=["legacy_*"])
    place.schema(SHOP)
    place.must("db:sync")
    place.sql(
        ROWS + "CREATE TABLE legacy_x (u integer REFERENCES users (id) ON DELETE CASCADE);"
        "INSERT INTO legacy_x VALUES (1), (2)"
    )
    place.schema(SHOP.replace("email: String! @length(max: 40)", "email: String? @length(max: 30)"))

    place.must("db:sync", "--force")

    assert place.sql("SELECT u FROM legacy_x ORDER BY u") == [(1,), (2,)]


def test_a_table_of_an_unmanaged_model_is_left_alone(shop):
    shop.sql("CREATE TABLE theirs (x integer)")
    shop.schema(SHOP + '\nmodel Their @table(name: "theirs") @unmanaged {\n  id: Int! @id\n}\n')

    assert "Nothing to do" in shop.must("db:sync")
