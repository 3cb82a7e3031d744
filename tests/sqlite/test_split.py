"""A .sql file is cut into statements exactly where SQLite would cut it."""

from __future__ import annotations

import sqlite3
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okra.dialects.base import Script
from okra.dialects.sqlite.server.split import split
from okra.errors import DirectoryError


def _texts(text):
    return [script.sql for script in split(text)]


def test_a_semicolon_in_text_names_and_comments_does_not_split():
    statements = [
        "SELECT ';', \";\", [;], `;`",
        "SELECT 'it''s;', x';' -- ;\n, 1 /* ; */",
        'SELECT "a"";" FROM t',
    ]

    assert _texts(";\n".join(statements) + ";") == statements


TRIGGER = """CREATE TEMP /* ; */ TRIGGER "t;" AFTER UPDATE ON a
WHEN CASE WHEN NEW.x THEN 1 ELSE 0 END
BEGIN
  UPDATE a SET b = CASE WHEN 1 THEN ';' END WHERE "end" = 1; -- END;
  SELECT NEW.end;
END"""


@pytest.mark.parametrize("tail", ["", ";", " ;\n", "; -- done\n", "\n/* done */;"])
def test_the_body_of_a_trigger_does_not_split(tail):
    found = _texts(f"SELECT 1;\n{TRIGGER}{tail}")

    assert [found[0], found[1][: len(TRIGGER)]] == ["SELECT 1", TRIGGER]
    assert len(found) == 2


def test_a_transaction_is_no_trigger():
    assert _texts("BEGIN; SELECT 1; END; COMMIT") == ["BEGIN", "SELECT 1", "END", "COMMIT"]


def test_comments_right_above_a_statement_belong_to_it():
    text = """-- the file

-- Create a
-- ! loses data: all of it
CREATE TABLE a (x); -- behind it
/* one */ -- two
CREATE TABLE b (x);
-- the end
"""

    assert split(text) == (
        Script(sql="CREATE TABLE a (x)", line=5, comment="-- Create a\n-- ! loses data: all of it"),
        Script(sql="CREATE TABLE b (x)", line=7, comment="/* one */\n-- two"),
    )


@pytest.mark.parametrize("text", ["", "\n", ";", " ; ;", "-- only a comment", "\ufeff", "/* x */;"])
def test_a_file_without_statements_has_none(text):
    assert split(text) == ()


def test_line_ends_byte_order_mark_and_a_missing_last_line_end_change_nothing():
    text = "-- a\nSELECT 1,\n  'x\ny';\nSELECT 2;\n"

    plain = split(text)

    assert split("\ufeff" + text) == plain
    assert split(text.replace("\n", "\r\n")) == plain
    assert split(text.rstrip("\n;")) == plain


def test_a_carriage_return_in_a_text_stays_where_the_file_has_line_feeds():
    assert _texts("SELECT 'a\r\nb';\nSELECT 2") == ["SELECT 'a\r\nb'", "SELECT 2"]


@pytest.mark.parametrize(
    ("text", "code", "place", "message"),
    [
        ("SELECT 1;\n SELECT 'a", "OKR480", "2:9", "the text that begins with `'` is not closed"),
        ('SELECT "a', "OKR480", "1:8", 'the name that begins with `"` is not closed'),
        ("SELECT [a", "OKR480", "1:8", "the name that begins with `[` is not closed"),
        ("SELECT (1, (2);\nSELECT 3)", "OKR481", "1:8", "`(` is not closed"),
        ("SELECT (1", "OKR481", "1:8", "`(` is not closed"),
        ("SELECT 1;\nSELECT 2);", "OKR482", "2:9", "`)` closes nothing"),
        ("SELECT 1;\r\n/* SELECT 2;", "OKR483", "2:1", "the comment is not closed"),
        ("SELECT 1\0", "OKR484", "1:9", "the file holds a NUL character"),
    ],
)
def test_what_is_not_closed_is_an_error_with_its_place(text, code, place, message):
    with pytest.raises(DirectoryError) as caught:
        split(text)

    found = caught.value
    assert (found.code, found.place, found.message) == (code, place, message)


PIECES = st.sampled_from(
    ["SELECT 1", "SELECT ';'", 'SELECT ";"', "SELECT 2 -- ;\n", "/* ; */ SELECT 3", TRIGGER]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=8), st.sampled_from([";", ";\n", " ; ", ";;\n\n"]))
def test_statements_joined_and_split_again_are_complete_and_as_many(pieces, separator):
    found = _texts(separator.join(pieces))

    assert len(found) == len(pieces)
    assert all(sqlite3.complete_statement(f"{text}\n;") for text in found)


@settings(max_examples=1000, deadline=None)
@given(st.text(alphabet="aE'\"`[]();-/*\n\r \0\ufeff", max_size=40))
def test_any_text_is_split_or_refused(text):
    try:
        found = split(text)
    except DirectoryError as error:
        found, code = (), error.code
    else:
        code = "OKR480"

    assert code in ("OKR480", "OKR481", "OKR482", "OKR483", "OKR484")
    assert all(script.sql.strip() and script.line >= 1 for script in found)


def test_a_large_file_is_split_fast():
    text = (
        "-- Create a table\nCREATE TABLE t (id text NOT NULL, name text DEFAULT 'x;');\n" * 10_000
    )
    start = time.process_time()

    found = split(text)

    assert len(found) == 10_000
    assert time.process_time() - start < 0.5
