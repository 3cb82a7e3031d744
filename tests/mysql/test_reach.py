"""What a statement touches and promises is read from its text; what can't be told is left open."""

from __future__ import annotations

import pytest

from okra.dialects.base import Script
from okra.dialects.mysql.planning.reach import Name, Part, Promise, Reach, reach
from okra.dialects.mysql.server.probe import blocked, is_setting, runs_outside, sole_object

T = Name(None, "t")


def there(part: Part, name: str, table: Name = T) -> Promise:
    return Promise(part, table, name, there=True)


def gone(part: Part, name: str, table: Name = T) -> Promise:
    return Promise(part, table, name, there=False)


@pytest.mark.parametrize(
    ("sql", "promises"),
    [
        ("CREATE TABLE t (a int)", [there(Part.TABLE, "")]),
        ("CREATE OR REPLACE TABLE IF NOT EXISTS `t` (a int)", [there(Part.TABLE, "")]),
        ("DROP TABLE IF EXISTS t", [gone(Part.TABLE, "")]),
        ("CREATE UNIQUE INDEX IF NOT EXISTS i ON t (a)", [there(Part.INDEX, "i")]),
        ("DROP INDEX i ON t", [gone(Part.INDEX, "i")]),
        ("ALTER TABLE t ADD a int, ADD COLUMN (b int)", [there(Part.COLUMN, "a")]),
        ("ALTER TABLE t ADD `index` int", [there(Part.COLUMN, "index")]),
        ("ALTER TABLE t ADD COLUMN IF NOT EXISTS a int", [there(Part.COLUMN, "a")]),
        ("ALTER TABLE t ADD UNIQUE KEY k (a, b)", [there(Part.INDEX, "k")]),
        ("ALTER TABLE t ADD INDEX (a)", []),
        ("ALTER TABLE t ADD FULLTEXT f (a)", [there(Part.INDEX, "f")]),
        ("ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)", [there(Part.CONSTRAINT, "c")]),
        ("ALTER TABLE t ADD PRIMARY KEY (a)", []),
        ("ALTER TABLE t DROP a, DROP COLUMN b", [gone(Part.COLUMN, "a"), gone(Part.COLUMN, "b")]),
        ("ALTER TABLE t DROP KEY k", [gone(Part.INDEX, "k")]),
        ("ALTER TABLE t DROP FOREIGN KEY f", [gone(Part.CONSTRAINT, "f")]),
        ("ALTER TABLE t DROP CONSTRAINT c", [gone(Part.CONSTRAINT, "c")]),
        ("ALTER TABLE t DROP PRIMARY KEY", []),
        ("ALTER TABLE t DROP COLUMN a, ADD COLUMN a int", [there(Part.COLUMN, "a")]),
        ("ALTER TABLE t CHANGE COLUMN a b int", [there(Part.COLUMN, "b")]),
        ("ALTER TABLE t CHANGE a b int", [there(Part.COLUMN, "b")]),
        ("ALTER TABLE t MODIFY a int COMMENT 'it''s, \\' a'", [there(Part.COLUMN, "a")]),
        ("ALTER TABLE t RENAME COLUMN a TO b", [there(Part.COLUMN, "b")]),
        ("ALTER TABLE t RENAME INDEX a TO b", []),
        ("ALTER TABLE t ENGINE=InnoDB", []),
    ],
)
def test_what_a_statement_promises(sql, promises):
    found = reach(sql)

    assert found == Reach(tables=(T,), promises=tuple(promises))


def test_renamed_tables_are_two():
    both = (T, Name("shop", "u"))
    promises = (gone(Part.TABLE, ""), there(Part.TABLE, "", both[1]))

    assert reach("ALTER TABLE t RENAME TO shop.u") == Reach(tables=both, promises=promises)
    assert reach("RENAME TABLE t TO `shop`.`u`") == Reach(tables=both, promises=promises)


def test_views_and_routines_are_objects():
    assert reach("CREATE OR REPLACE VIEW v AS SELECT 1") == Reach(
        objects=(("VIEW", Name(None, "v")),)
    )
    assert reach("DROP TRIGGER IF EXISTS x") == Reach(objects=(("TRIGGER", Name(None, "x")),))


@pytest.mark.parametrize(
    "sql",
    [
        "TRUNCATE TABLE t",
        "CALL p()",
        "GRANT SELECT ON t TO u",
        "CREATE TEMPORARY TABLE t (a int)",
        "CREATE USER u",
        "ALTER DATABASE CHARACTER SET utf8mb4",
        "DROP TABLE",
        "DROP INDEX i",
        "RENAME TABLE a TO b, b TO a",
        "RENAME TABLE a",
        "ALTER TABLE t RENAME TO",
        "",
    ],
)
def test_what_cannot_be_told_is_left_open(sql):
    assert reach(sql) is None


def script(sql: str) -> Script:
    return Script(sql=sql, line=1)


def test_only_changes_of_rows_are_part_of_a_transaction():
    inside = [
        "INSERT INTO t VALUES (1)",
        "update t set a = 1",
        "WITH x AS (SELECT 1) SELECT 1",
        "SET @a = 1",
    ]
    outside = [
        "CREATE TABLE t (a int)",
        "TRUNCATE t",
        "CALL p()",
        "/*!80000 ALTER TABLE t FORCE */",
    ]

    assert [runs_outside(script(sql), marked=True) for sql in inside] == [False] * 4
    assert [runs_outside(script(sql), marked=False) for sql in outside] == [True] * 4
    assert [is_setting(script(sql)) for sql in ("SET @a = 1", "SELECT 1")] == [True, False]


def test_the_tables_of_a_statement_are_named_in_quotes():
    assert blocked(script("ALTER TABLE `a``b` RENAME TO shop.u")) == ("`a``b`", "`shop`.`u`")
    assert blocked(script("CALL p()")) == ()


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("CREATE TABLE T (a int)", "`t`"),
        ("DROP TABLE t", "`t`"),
        ("DROP TABLE t, u", None),
        ("CREATE INDEX i ON t (a)", None),
        ("ALTER TABLE t ADD a int", None),
        ("CREATE VIEW v AS SELECT 1", None),
    ],
)
def test_only_making_and_dropping_a_table_is_sole(sql, found):
    assert sole_object(script(sql)) == found
