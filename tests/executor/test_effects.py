"""What the first words of a statement say about the tables."""

from __future__ import annotations

import pytest

from okra.dialects.sqlite.server.effects import Effect, Verb, effect, fold


@pytest.mark.parametrize(
    ("sql", "wanted"),
    [
        ('CREATE TABLE "Users" (a)', Effect(Verb.CREATE_TABLE, "users")),
        ('CREATE UNIQUE INDEX "a""b" ON t (x)', Effect(Verb.CREATE_INDEX, 'a"b')),
        ("create temp table if not exists main . [a b] (x)", Effect(Verb.CREATE_TABLE, "a b")),
        ("CREATE VIRTUAL TABLE docs USING fts5 (x)", Effect(Verb.CREATE_TABLE, "docs")),
        ("CREATE TRIGGER IF NOT EXISTS t AFTER INSERT ON x BEGIN SELECT 1; END", Effect(Verb.CREATE_TRIGGER, "t")),
        ("CREATE TEMPORARY VIEW `v` AS SELECT 1", Effect(Verb.CREATE_VIEW, "v")),
        ("CREATE SOMETHING new", Effect(Verb.OTHER, "CREATE")),
        ("DROP TABLE 'it''s'", Effect(Verb.DROP_TABLE, "it's")),
        ("drop index if exists main.i", Effect(Verb.DROP_INDEX, "i")),
        ("DROP TRIGGER t", Effect(Verb.DROP_TRIGGER, "t")),
        ("DROP VIEW /* old */ v", Effect(Verb.DROP_VIEW, "v")),
        ("DROP DATABASE d", Effect(Verb.OTHER, "DROP")),
        ("ALTER TABLE a RENAME TO B", Effect(Verb.RENAME_TABLE, "a", "b")),
        ("ALTER TABLE a RENAME COLUMN x TO y", Effect(Verb.RENAME_COLUMN, "a")),
        ("ALTER TABLE a RENAME x TO y", Effect(Verb.RENAME_COLUMN, "a")),
        ("ALTER TABLE a ADD COLUMN x", Effect(Verb.ADD_COLUMN, "a")),
        ("ALTER TABLE a ADD x text", Effect(Verb.ADD_COLUMN, "a")),
        ("ALTER TABLE a ADD CONSTRAINT c CHECK (1)", Effect(Verb.ALTER_TABLE, "a")),
        ("ALTER TABLE a DROP COLUMN x", Effect(Verb.ALTER_TABLE, "a")),
        ("INSERT OR REPLACE INTO main.t VALUES (1)", Effect(Verb.WRITE, "t")),
        ("REPLACE INTO t VALUES (1)", Effect(Verb.WRITE, "t")),
        ("UPDATE OR IGNORE t SET a = 1", Effect(Verb.WRITE, "t")),
        ("DELETE FROM t", Effect(Verb.WRITE, "t")),
        ("WITH a AS (DELETE FROM x) INSERT INTO t SELECT 1", Effect(Verb.WRITE, "t")),
        ("WITH a AS (SELECT 1) SELECT * FROM a", Effect(Verb.OTHER, "WITH")),
        ("PRAGMA main.Foreign_Keys = ON", Effect(Verb.PRAGMA, "foreign_keys")),
        ("SELECT 1", Effect(Verb.OTHER, "SELECT")),
        ("", Effect(Verb.OTHER, "")),
    ],
)  # fmt: skip
def test_the_head_of_a_statement_says_what_it_does(sql, wanted):
    assert effect(sql) == wanted


def test_only_the_letters_of_ascii_lose_their_case():
    assert fold("ÄBC_Ñ") == "Äbc_Ñ"
