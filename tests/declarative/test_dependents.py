"""Views and triggers of other people over what a sync drops or renames."""

from __future__ import annotations

import pytest

from okra.dialects.base import Script
from okra.dialects.mysql.server.dependents import Gone, gone_by
from shops import LOGS, SHOP, declared

RENAMED = SHOP.replace("nick: String?", 'alias: String? @renamed(from: "nick")')
DROPPED = SHOP.replace("  nick: String? @length(max: 40)\n", "")
VIEW = "CREATE VIEW named AS SELECT u.id, u.nick FROM users u JOIN posts p ON p.user_id = u.id"
TRIGGER = "CREATE TRIGGER keeper BEFORE UPDATE ON users FOR EACH ROW SET NEW.email = concat('x', OLD.nick)"
UNLIKE = "CREATE VIEW titles AS SELECT title AS nick FROM posts"


ON_MYSQL = pytest.mark.only_on("mysql", "maria")  # the others themselves refuse it


@ON_MYSQL
@pytest.mark.parametrize("schema", [RENAMED, DROPPED])
@pytest.mark.parametrize(
    ("made", "named"),
    [(VIEW, "the view `named` uses `users.nick`"), (TRIGGER, "the trigger `keeper` on `users`")],
)
def test_a_column_is_not_taken_from_under_a_view_or_a_trigger(shop, schema, made, named):
    shop.sql(made)
    shop.schema(schema)

    found = shop.okra("db:sync", "--force")

    assert found.code == 1
    assert "OKR589" in found.err
    assert named in found.err
    assert "drop it first, sync, and make it anew" in found.err
    assert shop.sql("SELECT nick FROM users WHERE id = 1") == [("n1",)]
    assert named in shop.okra("db:sync", "--dry-run").err


@ON_MYSQL
def test_a_view_that_uses_other_columns_of_that_name_is_in_nobodys_way(shop):
    shop.sql(UNLIKE)
    shop.schema(RENAMED)

    shop.must("db:sync")

    assert shop.sql("SELECT alias FROM users WHERE id = 1") == [("n1",)]


@ON_MYSQL
def test_a_table_is_not_dropped_under_a_view(shop):
    shop.sql("CREATE VIEW titles AS SELECT title FROM posts")
    shop.schema(SHOP[: SHOP.index("model Post")].replace("  posts: [Post!]!\n", ""))

    found = shop.okra("db:sync", "--force")

    assert "the view `titles` uses `posts`, which this sync drops or renames" in found.err


@ON_MYSQL
def test_a_migration_says_which_view_no_longer_works(place):
    declared(place)
    place.configure()
    place.schema(SHOP)
    place.must("db:migrate:generate", "--name", "first", "--no-verify")
    place.must("db:migrate:up")
    place.sql(VIEW)
    place.schema(RENAMED)
    place.must("db:migrate:generate", "--name", "second", "--no-verify")

    found = place.okra("db:migrate:up")

    assert found.code == 0
    assert (
        "the view `named` uses `users.nick`, which is gone: it fails until it is made anew"
        in found.out + found.err
    )


@pytest.mark.parametrize(
    ("sql", "tables", "columns"),
    [
        ("ALTER TABLE `a` DROP COLUMN `b`, ADD COLUMN `c` INT", "", "a.b"),
        ("ALTER TABLE a DROP b, DROP INDEX c, DROP PRIMARY KEY, DROP FOREIGN KEY d", "", "a.b"),
        ("ALTER TABLE x.a CHANGE b c INT DEFAULT (f(1, 2)), CHANGE d D INT", "", "a.b"),
        ("ALTER TABLE a RENAME COLUMN b TO c, RENAME INDEX d TO e", "", "a.b"),
        ("ALTER TABLE a DROP COLUMN b, ADD COLUMN b INT AFTER c", "", ""),
        ("ALTER TABLE a RENAME TO b", "a", ""),
        ("RENAME TABLE a TO b, x.c TO a", "c", ""),
        ("DROP TABLE IF EXISTS a, x.b", "a b", ""),
    ],
)
def test_what_statements_take_away_is_read_from_their_text(sql, tables, columns):
    found = gone_by([Script(sql=sql, line=1)])

    assert found == Gone(
        frozenset(tables.split()),
        frozenset(tuple(each.split(".")) for each in columns.split()),
    )


@pytest.mark.only_on("sqlite")
def test_a_view_in_the_way_is_told_of_in_words_of_a_sync(shop):
    shop.sql("CREATE VIEW titles AS SELECT title FROM posts")
    shop.schema(SHOP[: SHOP.index("model Post")].replace("  posts: [Post!]!\n", ""))

    found = shop.okra("db:sync", "--force")

    assert "error[OKR513]: the view `titles` would no longer work" in found.err
    assert "drop it first, sync, and make it anew to fit" in found.err
    assert "db:migrate:verify" not in found.err


def test_a_view_with_the_name_of_a_table_that_is_wanted_is_said_beforehand(shop):
    shop.sql("CREATE VIEW old_logs AS SELECT id FROM posts")
    shop.schema(SHOP + LOGS)

    found = shop.okra("db:sync")

    assert "error[OKR589]: `old_logs` is there already, and it can't be compared" in found.err
