"""Canonical expressions mean what they meant, and equal spellings become one."""

from __future__ import annotations

import sqlite3
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okra.dialects.sqlite.expressions.canonical import canonical, canonical_default
from okra.dialects.sqlite.natives.typenames import canonical_type, declared_type

SAME = [
    (
        "a > 0",
        [
            "a>0",
            "(a > 0)",
            "((a>0))",
            "a\n>\t0",
            "a /* why */ > 0 -- so",
            '"a" > 0',
            "[a]>0",
            "`a`>0",
        ],
    ),
    ("a <> 1", ["a != 1", "a<>1"]),
    ("a = 1", ["a == 1", "(a)=(1)"]),
    ("a > 0 AND b > 0", ["(a > 0) and (b > 0)", "((a > 0) AND b > 0)"]),
    ("a > 0 OR b AND c", ["a > 0 or b and c", "(a > 0) OR (b) AND (c)"]),
    ("(a OR b) AND c", ["(a or b) and (c)"]),
    ("a BETWEEN 1 AND (b > 2)", ["a between (1) and (b>2)"]),
    ("lower(a)", ["LOWER( a )", '"lower"(a)', "Lower(a)"]),
    ("a IN (1, 2)", ["a in(1,2)", "a IN ((1),(2))"]),
    ("a IN ('M', 'S')", ["a in ('S','M')", "\"a\" IN (('M'), 'S')"]),
    ("a NOT IN (1, 2)", ["a not in (1,2)"]),
    ("a IS NOT NULL", ["a notnull", "a not null", "a IS  NOT NULL"]),
    ("a IS NULL", ["a isnull", "(a is null)"]),
    ("a NOTNULL + 1", ["a notnull+1", "a not null + 1"]),
    ("CAST(a AS varchar(20))", ["cast(a as VARCHAR ( 20 ))"]),
    ("CASE a WHEN 1 THEN b OR c ELSE d END", ["case (a) when (1) then (b or c) else ((d)) end"]),
    ("a COLLATE NOCASE = b", ["a collate nocase = b", 'a collate "NoCase" = b']),
    ("- -1", ["-  -1", "(- -1)"]),
    ("a - -1", ["a- -1"]),
    ("a - (-1)", ["a-(-1)", "a - ( - 1)"]),
    ("15.0", ["1.5e1", "15.00", "015.0", "(15.0)"]),
    ("255", ["0xFF", "0xff", "00255"]),
    ("x'6a'", ["X'6A'"]),
    ("'it''s'", ["( 'it''s' )"]),
    ("CURRENT_TIMESTAMP", ["current_timestamp", "(Current_Timestamp)"]),
    ('"key" > 1', ["key > 1", '"key">1', "[key] > 1"]),
    ('"Age" > 1', ["Age > 1", "`Age` > 1"]),
    ("like('a', b) AND b LIKE 'x' ESCAPE '!'", ["LIKE('a',b) and b like ('x') escape '!'"]),
    ("strftime('%Y', 'now')", ["STRFTIME ('%Y','now')"]),
    ("j ->> '$.a'", ["j->>'$.a'", "j ->> ('$.a')"]),
]


@pytest.mark.parametrize(("expected", "spellings"), SAME, ids=[item[0] for item in SAME])
def test_equal_spellings_become_one(expected, spellings):
    assert {canonical(text) for text in [expected, *spellings]} == {expected}


DIFFERENT = [
    ("'a'", "a"),
    ("1", "1.0"),
    ("'A'", "'a'"),
    ("NOT a = b", "(NOT a) = b"),
    ("(a OR b) AND c", "a OR b AND c"),
    ("a - (b - c)", "a - b - c"),
    ("(a, b) = (1, 2)", "a = 1"),
    ("(a OR b) ISNULL", "a OR b ISNULL"),
    ("'true'", "true"),
    ('"true"', "true"),
    ("a IS NULL", "a = NULL"),
]


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_different_meanings_stay_apart(first, second):
    assert canonical(first) != canonical(second)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, None),
        ("NULL", None),
        ("(null)", None),
        ("x", "'x'"),
        ('"x"', "'x'"),
        ("'x'", "'x'"),
        ("('x')", "'x'"),
        ("+'x'", "'x'"),
        ("[a b]", "'a b'"),
        ('"true"', "'true'"),
        ("true", "1"),
        ("FALSE", "0"),
        ("x'6869'", "x'6869'"),
        ("X'6A'", "x'6a'"),
        ("+5", "5"),
        ("- 5", "-5"),
        ("-0", "0"),
        ("0x10", "16"),
        ("1e2", "100.0"),
        ("key", "'key'"),
        ("current_timestamp", "CURRENT_TIMESTAMP"),
        ('"CURRENT_TIMESTAMP"', "'CURRENT_TIMESTAMP'"),
        ("strftime('%Y-%m-%dT%H:%M:%fZ','now')", "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"),
        ("''", "''"),
    ],
)
def test_defaults_have_one_spelling(text, expected):
    assert canonical_default(text) == expected


def test_names_get_the_case_of_their_columns_and_other_double_quoted_words_are_strings():
    columns = ("Age", "status", "true")

    found = canonical('AGE > 1 and "STATUS" <> "draft" and true and rowid > 0', columns)

    assert found == '"Age" > 1 AND status <> \'draft\' AND "true" AND rowid > 0'


@pytest.mark.parametrize(
    "text",
    ["a IN (SELECT 1)", "(", ")", "a >", "'open", "a b", "", "a ; drop table x", "? 1", "a)("],
)
def test_what_is_no_expression_is_left_alone(text):
    assert canonical(text).split() == text.replace("(", " ( ").replace(")", " ) ").split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("none", ""),
        ('"none"', "none"),
        ("TEXT", "text"),
        ("VARCHAR ( 255 )", "varchar(255)"),
        ("Decimal(10 , +2)", "decimal(10,2)"),
        ("long  varchar /* x */ (3)", "long varchar(3)"),
        ('"My Type"', "my type"),
        ('"my; type"', '"my; type"'),
    ],
)
def test_types_have_one_spelling(text, expected):
    assert canonical_type(text) == expected


def test_a_type_reads_back_from_the_catalogue_as_it_was_written():
    connection = sqlite3.connect(":memory:")
    types = ["TEXT", "varchar(3)", '"my; type"', '"a""b"', "unsigned big int", "'x y'", "a 'b c'"]
    columns = ", ".join(f"c{number} {text}" for number, text in enumerate(types))
    connection.execute(f"CREATE TABLE t ({columns})")

    found = [row[2] for row in connection.execute("PRAGMA table_xinfo(t)")]

    assert [declared_type(text) for text in found] == [canonical_type(text) for text in types]


ROWS = [(1, 2, "x", None), (0, -3, "It's", 2.5), (None, 7, "", 0.0), (5, 5, "abc", -1.0)]
VALUES = """a "b" [S] `r` 1 0x1F 2.50 1e3 .5 'x' 'it''s' NULL true x'6a' A "s" False (a) ((b))"""
OPERATORS = "+ - * / % || = == != <> < >= and OR is & << like glob ->> is~not not~like not~glob"
ATOMS = st.sampled_from(VALUES.split())
BINARY = st.sampled_from([word.replace("~", " ") for word in OPERATORS.split()])


def _grown(inner):
    space = st.sampled_from(["", " ", "\n", " /* c */ ", " -- c\n"])
    return st.one_of(
        st.builds(lambda x, o, y, s: f"{x} {o} {s}{y}", inner, BINARY, inner, space),
        st.builds(lambda x, s: f"({s}{x}{s})", inner, space),
        st.builds(lambda o, x: f"{o} {x}", st.sampled_from(["-", "+", "~", "not"]), inner),
        st.builds(
            lambda x, o: f"{x} {o}", inner, st.sampled_from(["isnull", "notnull", "not null"])
        ),
        st.builds(lambda x, y, z: f"{x} between {y} and {z}", inner, inner, inner),
        st.builds(lambda x, y, z: f"{x} not in ({y},{z})", inner, inner, inner),
        st.builds(lambda x, y, z: f"case {x} when {y} then {z} end", inner, inner, inner),
        st.builds(lambda x, y, z: f"case when {x} then {y} else {z} end", inner, inner, inner),
        st.builds(lambda f, x: f"{f}({x})", st.sampled_from(["abs", "LOWER", "typeof"]), inner),
        st.builds(lambda x, y: f"coalesce ( {x},{y} )", inner, inner),
        st.builds(lambda x: f"cast({x} as Integer)", inner),
        st.builds(lambda x: f"{x} collate nocase", inner),
    )


EXPRESSIONS = st.recursive(ATOMS, _grown, max_leaves=12)
TABLE = sqlite3.connect(":memory:", check_same_thread=False)
TABLE.execute("CREATE TABLE t (a integer, b integer, s text, r real)")
TABLE.executemany("INSERT INTO t VALUES (?, ?, ?, ?)", ROWS)


def _values(expression):
    try:
        return TABLE.execute(f"SELECT ({expression}), typeof(({expression})) FROM t").fetchall()
    except sqlite3.Error as error:
        return str(error).split(":")[0].lower()  # it quotes keywords as they are written


@settings(max_examples=1500, deadline=None)
@given(EXPRESSIONS)
def test_canonical_text_evaluates_to_the_same_values(text):
    spelled = canonical(text)
    assert _values(spelled) == _values(text)
    assert canonical(spelled) == spelled


@settings(max_examples=500, deadline=None)
@given(EXPRESSIONS)
def test_canonical_text_with_known_columns_evaluates_to_the_same_values(text):
    columns = ("a", "b", "s", "r")
    spelled = canonical(text, columns)
    assert _values(spelled) == _values(text)
    assert canonical(spelled, columns) == spelled


@settings(max_examples=1000, deadline=None)
@given(st.text(alphabet="ab1.'\"`[]()-+*/,; \n\u202eé😀%:@?xANDnot=<>", max_size=40))
def test_any_text_has_a_stable_canonical_form(text):
    assert canonical(canonical(text)) == canonical(text)
    assert canonical_type(canonical_type(text)) == canonical_type(text)


def test_ten_thousand_repeated_defaults_take_no_time():
    texts = [f"(strftime('%Y', 'now', '+{number} days'))" for number in range(100)] * 100
    for text in texts[:100]:
        canonical_default(text)
    start = time.process_time()

    for text in texts:
        canonical_default(text)

    assert time.process_time() - start < 0.1
