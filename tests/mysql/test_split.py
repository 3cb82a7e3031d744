"""Cutting a .sql file into statements, as the mysql client would, and where it could not."""

from __future__ import annotations

import pytest

from okra.dialects.mysql.server.split import split, words
from okra.errors import DirectoryError

TRIGGER = (
    "CREATE DEFINER=`a`@`%` TRIGGER t BEFORE UPDATE ON u FOR EACH ROW BEGIN"
    " IF NEW.a = IF(1, 2, 3) THEN SET NEW.b = CASE WHEN 1 THEN 2 END; ELSE SET NEW.b = 1; END IF;"
    " WHILE a DO SET a = 0; END WHILE; DROP TABLE IF EXISTS x; SET NEW.c = REPEAT('x', 3);"
    " l: LOOP LEAVE l; END LOOP; IF (a) THEN SET a = 1; END IF; BEGIN SELECT 1; END; END"
)


def texts(text: str) -> list[str]:
    return [script.sql for script in split(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (";;\n -- x\n# y\n;", []),
        (r"SELECT '\';'; SELECT 2", [r"SELECT '\';'", "SELECT 2"]),
        (r"""SELECT "\";", "a"";"; SELECT 2""", [r'''SELECT "\";", "a"";"''', "SELECT 2"]),
        ("SELECT `;```; SELECT 2", ["SELECT `;```", "SELECT 2"]),
        (r"SELECT `\`; SELECT 2", [r"SELECT `\`", "SELECT 2"]),
        ("SELECT 1 -- ;\n; SELECT 2 # ;\n; SELECT 3", ["SELECT 1 -- ;", "SELECT 2 # ;", "SELECT 3"]),
        ("SELECT 1--1; SELECT 2", ["SELECT 1--1", "SELECT 2"]),
        ("/* a; /* */ SELECT 1; SELECT 2", ["SELECT 1", "SELECT 2"]),
        ("/*!40101 SET a = ';'; */; SELECT 2", ["/*!40101 SET a = ';'; */", "SELECT 2"]),
        ("/*M! SET a = 1 */; SELECT 2", ["/*M! SET a = 1 */", "SELECT 2"]),
        (f"{TRIGGER}; SELECT 2", [TRIGGER, "SELECT 2"]),
        (f"DELIMITER ;;\n{TRIGGER};;\ndelimiter ;\nSELECT 2;", [TRIGGER, "SELECT 2"]),
        ("DELIMITER $$\nSELECT 1$$\nSELECT ';'; x$$", ["SELECT 1", "SELECT ';'; x"]),
        ("SELECT delimiter FROM t; SELECT 2", ["SELECT delimiter FROM t", "SELECT 2"]),
        ("SELECT CASE WHEN a THEN b END; SELECT IF(a, b, c); END", [
            "SELECT CASE WHEN a THEN b END", "SELECT IF(a, b, c)", "END",
        ]),
        ("CREATE PROCEDURE p() SELECT 1; SELECT 2", ["CREATE PROCEDURE p() SELECT 1", "SELECT 2"]),
        ("SELECT 1\r\n;\r\nSELECT\r\n2;\r\n", ["SELECT 1", "SELECT\n2"]),
    ],
)  # fmt: skip
def test_a_file_is_cut_at_its_semicolons_alone(text: str, found: list[str]) -> None:
    assert texts(text) == found


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("SELECT 1;\nSELECT 'a", "OKR480", "2:8"),
        (r"SELECT 'a\'", "OKR480", "1:8"),
        ("SELECT `a", "OKR480", "1:8"),
        ("SELECT (1; SELECT 2", "OKR481", "1:8"),
        ("SELECT 1)", "OKR482", "1:9"),
        ("SELECT 1 /* a", "OKR483", "1:10"),
        ("SELECT 1\0", "OKR484", "1:9"),
        ("CREATE TRIGGER t BEGIN SELECT 1;", "OKR485", "1:33"),
    ],
)
def test_what_is_not_closed_is_placed(text: str, code: str, place: str) -> None:
    with pytest.raises(DirectoryError) as caught:
        split(text)

    assert (caught.value.code, caught.value.place) == (code, place)


def test_each_statement_has_its_line_and_the_comment_above_it() -> None:
    found = split("# far\n\n-- ! blocks: x\n/* near */\nSELECT 1; -- behind\n\nSELECT 2;")

    assert [(script.line, script.comment) for script in found] == [
        (5, "-- ! blocks: x\n/* near */"),
        (7, ""),
    ]


def test_words_are_read_through_comments_that_are_run() -> None:
    assert words("/*!40101 set/* x */ @@names = 'x' */", 4) == ["SET", "@", "@", "NAMES"]
