"""What rows lose by a sync is listed with counts, and nothing is lost without --force."""

from __future__ import annotations

import pytest

from shops import LOGS, SHOP, declared


def test_what_loses_data_is_listed_with_counts_and_nothing_is_done(shop):
    shop.schema(SHOP + LOGS)
    shop.must("db:sync")
    shop.sql("INSERT INTO old_logs (id) VALUES (1)")
    before = shop.sql("SELECT * FROM users")
    shop.schema(SHOP.replace("  nick: String? @length(max: 40)\n", "  age: Int?\n"))

    found = shop.okra("db:sync")

    assert found.code == 1
    assert found.err == (
        "⚠️  Destructive changes detected:\n"
        "- Drop column: users.nick (2 values)\n"
        "- Drop table: old_logs (1 row)\n"
        "\n"
        "Run with --force to apply destructive changes\n"
    )
    assert shop.sql("SELECT * FROM users") == before


def test_a_count_has_commas_and_the_document_has_numbers(shop):
    many = ", ".join(f"({n}, 'e{n}', 'n{n}')" for n in range(10, 1214))
    shop.sql(f"INSERT INTO users (id, email, nick) VALUES {many}")
    shop.schema(SHOP.replace("  nick: String? @length(max: 40)\n", ""))

    found = shop.okra("db:sync", "--json")

    assert found.json()["destructive"] == [
        {"kind": "Drop column", "what": "users.nick", "count": 1206, "unit": "value", "note": None}
    ]
    assert "- Drop column: users.nick (1,206 values)" in found.err


def test_values_that_change_are_listed_where_there_are_any(shop):
    schema = SHOP.replace("  level:", "  at: DateTime?\n  level:")
    shop.schema(schema)
    shop.must("db:sync")
    shop.schema(schema.replace("at: DateTime?", "at: Date?"))
    empty = shop.okra("db:sync", "--dry-run", "--json").json()["destructive"]
    shop.sql("UPDATE users SET at = '2024-01-01 10:00:00' WHERE id < 3")

    found = shop.okra("db:sync", "--dry-run", "--json").json()["destructive"]

    assert empty == []
    if shop.provider == "sqlite":  # both are texts
        assert found == []
    else:
        (loss,) = found
        assert (loss["kind"], loss["what"], loss["count"]) == ("Change column", "users.at", 2)


def test_force_applies_what_loses_data_and_keeps_all_else(shop):
    shop.schema(SHOP.replace("  nick: String? @length(max: 40)\n", "  age: Int?\n"))

    shop.must("db:sync", "--force")

    assert shop.sql("SELECT id, email, age FROM users ORDER BY id") == [
        (1, "a@x", None),
        (2, "b@x", None),
        (3, "c@x", None),
    ]
    assert shop.sql("SELECT id, title, user_id FROM posts ORDER BY id") == [
        (1, "p1", 1),
        (2, "p2", 1),
        (3, "p3", 2),
    ]


def test_children_that_go_with_their_parent_stay_when_it_is_made_anew(shop):
    many = ", ".join(f"({n}, 'p{n}', 3)" for n in range(10, 510))
    shop.sql(f"INSERT INTO posts (id, title, user_id) VALUES {many}")
    shop.schema(SHOP.replace("email: String! @length(max: 40)", "email: String? @length(max: 30)"))

    shop.must("db:sync", "--force")

    assert shop.sql("SELECT count(*) FROM posts") == [(503,)]
    assert shop.sql("SELECT count(*) FROM users") == [(3,)]


def test_what_the_first_sync_would_drop_is_listed_and_needs_both_flags(place):
    declared(place)
    place.schema(SHOP)
    place.sql("CREATE TABLE found (x integer)")

    agreed = place.okra("db:sync", "--yes")
    forced = place.okra("db:sync", "--force")

    assert agreed.code == 1
    assert "- Drop table: found (0 rows)" in agreed.err
    assert forced.code == 2
    assert place.sql("SELECT count(*) FROM found") == [(0,)]
    assert place.okra("db:sync", "--yes", "--force").code == 0


@pytest.mark.only_on("postgres", "mysql", "maria")
def test_a_text_that_would_be_a_day_without_its_time_is_not_made_one_unasked(shop):
    shop.sql("UPDATE users SET nick = '2024-01-20T14:30:00' WHERE id = 1")
    shop.sql("UPDATE users SET nick = NULL WHERE id > 1")
    shop.schema(SHOP.replace("nick: String? @length(max: 40)", "nick: Date?"))

    found = shop.okra("db:sync")

    assert found.code == 1
    assert "- Change column: users.nick (1 value)" in found.err
    assert shop.sql("SELECT nick FROM users WHERE id = 1") == [("2024-01-20T14:30:00",)]
