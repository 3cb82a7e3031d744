"""CREATE TABLE in any spelling that SQLite takes says the same."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okra.dialects.sqlite.introspection.introspect import introspect
from okra.dialects.sqlite.server.session import scratch
from okra.relational.model import (
    Action,
    Check,
    Column,
    Database,
    ForeignKey,
    Generated,
    Index,
    IndexPart,
    PrimaryKey,
    Table,
)

GAPS = st.sampled_from([" ", " ", "\n", "\t", " /* , CHECK (1) */ ", " -- ) COLLATE x\n", "\r\n"])
QUOTES = st.sampled_from(['"{}"', "[{}]", "`{}`", "{}"])
CASES = st.sampled_from([str.lower, str.upper, str.title])


@st.composite
def _spelled(draw, words):
    """`words` with other white space, comments, letter case and quotes. `@name` is a name, `~` keeps its case."""
    found = []
    for word in words:
        if word.startswith("@"):
            quotes = QUOTES.filter(lambda form, word=word: form != "{}" or " " not in word)
            found.append(draw(quotes).format(word[1:]))
        elif word.startswith("~"):
            found.append(word[1:])
        else:
            found.append(draw(CASES)(word))
    gap = draw(GAPS)
    return "".join(word + (draw(GAPS) if draw(st.booleans()) else gap) for word in found)


@st.composite
def _constraints(draw, parts):
    """The words of `parts` in any order."""
    return [word for part in draw(st.permutations(parts)) for word in part]


@st.composite
def _case(draw):
    """A statement and the table that it must be read as."""
    first = draw(
        _constraints([
            ["constraint", "@pk", "primary", "key"],
            ["not", "null"],
            ["default", "~'it''s, )'"],
            ["collate", "nocase"],
            ["constraint", "@odd name", "check", "(", "@first", "<>", "~', CHECK (0)'", ")"],
        ])
    )  # fmt: skip
    second = draw(
        _constraints([
            ["default", "(", "1", "+", "(", "2", ")", ")"],
            ["check", "(", "(", "@second", ">", "0", ")", "and", "@second", "<", "9", ")"],
            ["null"],
        ])
    )  # fmt: skip
    key = draw(st.permutations([
        ["on", "delete", "set", "null"], ["on", "update", "cascade"], ["match", "simple"],
    ]))  # fmt: skip
    third = ["references", "@t", "(", "@first", ")", *[word for part in key for word in part]]
    deferred = draw(st.sampled_from([(), ("deferrable", "initially", "deferred"), ("deferrable",)]))
    always = draw(st.sampled_from([[], ["generated", "always"]]))
    stored = draw(st.sampled_from(["stored", "virtual"]))
    comma = draw(st.sampled_from([[","], []]))
    words = [
        "create", "table", "@t", "(",
        "@first", "text", *first, ",",
        "@second", "int", "(", "11", ")", *second, ",",
        "@third", "text", *third, *deferred, ",",
        "@fourth", "text", *always, "as", "(", "@first", "||", "~')'", ")", stored,
        ",", "constraint", "@u", "unique", "(", "@second", ",", "@third", ")",
        *comma, "check", "(", "@second", "in", "(", "1", ",", "2", ")", ")", ")",
    ]  # fmt: skip
    strict = draw(st.sampled_from([(), ("without", "rowid")]))
    table = Table(
        name="t",
        columns=(
            Column(name="first", type="text", default="'it''s, )'", collation="NOCASE"),
            Column(name="second", type="int(11)", nullable=True, default="1 + 2"),
            Column(name="third", type="text", nullable=True),
            Column(
                name="fourth",
                type="text",
                nullable=True,
                generated=Generated(expression="\"first\" || ')'", stored=stored == "stored"),
            ),
        ),
        primary_key=PrimaryKey(columns=("first",)),
        indexes=(
            Index(
                name="t_second_third_key",
                parts=(IndexPart(column="second"), IndexPart(column="third")),
                unique=True,
                constraint=True,
            ),
        ),
        foreign_keys=(
            ForeignKey(
                columns=("third",),
                table="t",
                references=("first",),
                on_delete=Action.SET_NULL,
                on_update=Action.CASCADE,
                deferrable=bool(deferred),
                initially_deferred="initially" in deferred,
            ),
        ),
        checks=(
            Check(name="odd name", expression="\"first\" <> ', CHECK (0)'"),
            Check(expression="second > 0 AND second < 9"),
            Check(expression="second IN (1, 2)"),
        ),
        options=("without_rowid",) if strict else (),
    )
    return draw(_spelled([*words, *strict])), table


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_case())
def test_a_table_is_read_the_same_however_it_is_spelled(case):
    sql, table = case
    live = scratch()
    try:
        live.execute(sql)
        assert introspect(live).database == Database(tables=(table,))
    finally:
        live.close()


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("CONSTRAINT n CHECK (a > 0)", "n"),
        ('CONSTRAINT "a ""b""" CHECK (a > 0)', 'a "b"'),
        ("CONSTRAINT [n] CHECK (a > 0)", "n"),
        ("CONSTRAINT 'n' CHECK (a > 0)", "n"),
        ("CONSTRAINT first CONSTRAINT n CHECK (a > 0)", "n"),
        ("CONSTRAINT n NOT NULL CHECK (a > 0)", None),
        ("CHECK (a > 0) CONSTRAINT n", None),
    ],
)
def test_a_check_has_the_name_right_in_front_of_it(make_live, clause, name):
    live = make_live(f"CREATE TABLE t (a int {clause})")

    (table,) = introspect(live).database.tables

    assert table.checks == (Check(name=name, expression="a > 0"),)


@pytest.mark.parametrize(
    ("sql", "counted"),
    [
        ("CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT)", True),
        ("CREATE TABLE t (id integer PRIMARY KEY ASC ON CONFLICT ABORT AUTOINCREMENT)", True),
        ("CREATE TABLE t (id integer, PRIMARY KEY (id AUTOINCREMENT))", True),
        ("CREATE TABLE t (id integer PRIMARY KEY, autoincrement_note text)", False),
    ],
)
def test_autoincrement_is_found_wherever_it_may_stand(make_live, sql, counted):
    (table,) = introspect(make_live(sql)).database.tables

    assert table.columns[0].identity is counted
