"""Cutting a .sql file into statements, as psql would."""

from __future__ import annotations

import pytest

from okra.dialects.postgres.server.split import split
from okra.errors import DirectoryError


def texts(text: str) -> list[str]:
    return [script.sql for script in split(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (";;\n -- x\n;", []),
        ("SELECT 1", ["SELECT 1"]),
        ("SELECT ';'; SELECT 2", ["SELECT ';'", "SELECT 2"]),
        (r"SELECT '\'; SELECT 2", [r"SELECT '\'", "SELECT 2"]),
        (r"SELECT E'\';'; SELECT 2", [r"SELECT E'\';'", "SELECT 2"]),
        (r"SELECT e'''\\'; SELECT 2", [r"SELECT e'''\\'", "SELECT 2"]),
        ("SELECT nice'a;b'", ["SELECT nice'a;b'"]),
        (r"SELECT nice'\'; SELECT 2", [r"SELECT nice'\'", "SELECT 2"]),
        ('SELECT ";""" ; SELECT 2', ['SELECT ";"""', "SELECT 2"]),
        ("SELECT $$;$$; SELECT $a$ $$;$b$ $a$", ["SELECT $$;$$", "SELECT $a$ $$;$b$ $a$"]),
        ("SELECT a$b$; SELECT 2 AS b$", ["SELECT a$b$", "SELECT 2 AS b$"]),
        ("SELECT $1; SELECT $2", ["SELECT $1", "SELECT $2"]),
        ("SELECT $ä$;$ä$", ["SELECT $ä$;$ä$"]),
        ("/* ; /* ; */ ; */ SELECT 1; -- ;\nSELECT 2", ["SELECT 1", "SELECT 2"]),
        (
            "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); SELECT 3",
            ["CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)", "SELECT 3"],
        ),
        (
            (
                "create or replace function f() returns int begin atomic; select case when true then 1 end;"
                " select 2; end; SELECT 3"
            ),
            [
                (
                    "create or replace function f() returns int begin atomic; select case when true then 1 end;"
                    " select 2; end"
                ),
                "SELECT 3",
            ],
        ),
        ("SELECT begin atomic; SELECT 1", ["SELECT begin atomic", "SELECT 1"]),
        ("SELECT case when a then b end; END", ["SELECT case when a then b end", "END"]),
        ("SELECT 1\r\n;\r\nSELECT\r\n2;\r\n", ["SELECT 1", "SELECT\n2"]),
    ],
)
def test_a_file_is_cut_at_its_semicolons_alone(text: str, found: list[str]) -> None:
    assert texts(text) == found


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("SELECT 1;\nSELECT 'a", "OKR480", "2:8"),
        (r"SELECT E'a\'", "OKR480", "1:9"),
        ('SELECT "a', "OKR480", "1:8"),
        ("SELECT $a$ x $b$", "OKR480", "1:8"),
        ("SELECT (1; SELECT 2", "OKR481", "1:8"),
        ("SELECT (1", "OKR481", "1:8"),
        ("SELECT 1)", "OKR482", "1:9"),
        ("/* a /* b */", "OKR483", "1:1"),
        ("SELECT 1\0", "OKR484", "1:9"),
        ("CREATE FUNCTION f() BEGIN ATOMIC SELECT 1;", "OKR485", "1:43"),
    ],
)
def test_what_is_not_closed_is_placed(text: str, code: str, place: str) -> None:
    with pytest.raises(DirectoryError) as caught:
        split(text)

    assert (caught.value.code, caught.value.place) == (code, place)


def test_each_statement_has_its_line_and_the_comment_above_it() -> None:
    found = split("-- far\n\n-- ! blocks: x\n/* near */\nSELECT 1; -- behind\n\nSELECT 2;")

    assert [(script.line, script.comment) for script in found] == [
        (5, "-- ! blocks: x\n/* near */"),
        (7, ""),
    ]
