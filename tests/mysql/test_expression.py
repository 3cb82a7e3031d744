"""Expressions of MySQL and MariaDB come to one spelling, whoever wrote them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from okra.dialects.mysql.expressions.canonical import canonical
from okra.dialects.mysql.introspection.introspect import introspect
from okra.dialects.session import connect

if TYPE_CHECKING:
    from okra.url import DatabaseUrl

COLUMNS = ("a", "b", "s", "t", "d", "dd", "tm", "j", "f", "n", "u", "e")
TABLE = (
    "a int, b int, s varchar(50), t text, d datetime, dd date, tm time, j json, f double,"
    " n decimal(10,2), u int unsigned, e enum('x','y')"
)

# what somebody writes | what MySQL 8 shows, as its manual has it | the one spelling
SPELLINGS = [
    ("a>0", "(`a` > 0)", "a > 0"),
    ("A != 3", "(`a` <> 3)", "a <> 3"),
    ("not (a = 3)", "(`a` <> 3)", "a <> 3"),
    ("not a", "(0 = `a`)", "a = 0"),
    ("a in (1, 2,3)", "(`a` in (1,2,3))", "a IN (1, 2, 3)"),
    ("s in ('x')", "(`s` = _utf8mb4'x')", "s = 'x'"),
    ("s not in ('a','b')", "(`s` not in (_utf8mb4'a',_utf8mb4'b'))", "s NOT IN ('a', 'b')"),
    ("a BETWEEN 1 AND 5", "(`a` between 1 and 5)", "a BETWEEN 1 AND 5"),
    ("not a between 1 and 5", "(`a` not between 1 and 5)", "a NOT BETWEEN 1 AND 5"),
    ("s LIKE 'x%'", "(`s` like _utf8mb4'x%')", "s LIKE 'x%'"),
    ("s like 'a!%' escape '!'", "(`s` like _utf8mb4'a!%' escape '!')", "s LIKE 'a!%' ESCAPE '!'"),
    ("s rlike '^a'", "regexp_like(`s`,_utf8mb4'^a')", "s REGEXP '^a'"),
    ("a > 1 && b > 2", "((`a` > 1) and (`b` > 2))", "a > 1 AND b > 2"),
    ("a > 1 || b > 2", "((`a` > 1) or (`b` > 2))", "a > 1 OR b > 2"),
    (
        "(a>1 and b>2) and a<5",
        "((`a` > 1) and (`b` > 2) and (`a` < 5))",
        "a > 1 AND b > 2 AND a < 5",
    ),
    (
        "a > 1 and (b > 2 or b < 1)",
        "((`a` > 1) and ((`b` > 2) or (`b` < 1)))",
        "a > 1 AND (b > 2 OR b < 1)",
    ),
    ("a and b", "((0 <> `a`) and (0 <> `b`))", "a <> 0 AND b <> 0"),
    ("a % 2 = 0", "((`a` % 2) = 0)", "a % 2 = 0"),
    ("mod(a, 2) = 0", "((`a` % 2) = 0)", "a % 2 = 0"),
    ("a - (b - 1) > 0", "((`a` - (`b` - 1)) > 0)", "a - (b - 1) > 0"),
    ("-a * b > 0", "((-(`a`) * `b`) > 0)", "-a * b > 0"),
    ("isnull(a)", "(`a` is null)", "a IS NULL"),
    ("a is unknown", "(`a` is null)", "a IS NULL"),
    ("length(s) > 2", "(length(`s`) > 2)", "length(s) > 2"),
    ("octet_length(s) > 2", "(length(`s`) > 2)", "length(s) > 2"),
    ("LOWER(s) = 'x'", "(lower(`s`) = _utf8mb4'x')", "lower(s) = 'x'"),
    ("lcase(s) = 'x'", "(lower(`s`) = _utf8mb4'x')", "lower(s) = 'x'"),
    ("substr(s, 1, 2) = 'x'", "(substr(`s`,1,2) = _utf8mb4'x')", "substring(s, 1, 2) = 'x'"),
    (
        "trim(both 'x' from s) = ''",
        "(trim(both _utf8mb4'x' from `s`) = _utf8mb4'')",
        "trim(both 'x' from s) = ''",
    ),
    (
        "cast(a as char) = '1'",
        "(cast(`a` as char charset utf8mb4) = _utf8mb4'1')",
        "cast(a as char) = '1'",
    ),
    ("convert(s, signed) > 0", "(cast(`s` as signed) > 0)", "cast(s as signed) > 0"),
    (
        "date_add(d, interval 1 day) > dd",
        "((`d` + interval 1 day) > `dd`)",
        "d + INTERVAL 1 DAY > dd",
    ),
    ("json_valid(j)", "json_valid(`j`)", "json_valid(j)"),
    ("j->'$.a' = 1", "(json_extract(`j`,_utf8mb4'$.a') = 1)", "json_extract(j, '$.a') = 1"),
    (
        "j->>'$.a' = 'x'",
        "(json_unquote(json_extract(`j`,_utf8mb4'$.a')) = _utf8mb4'x')",
        "json_unquote(json_extract(j, '$.a')) = 'x'",
    ),
    (
        "cast(j->'$.tags' as char(50) array)",
        "cast(json_extract(`j`,_utf8mb4'$.tags') as char(50) array)",
        "cast(json_extract(j, '$.tags') as char(50) array)",
    ),
    ("1 member of (j)", "1 member of (`j`)", "1 MEMBER OF (j)"),
    (
        "case when a > 1 then 'x' else 'y' end = s",
        "((case when (`a` > 1) then _utf8mb4'x' else _utf8mb4'y' end) = `s`)",
        "CASE WHEN a > 1 THEN 'x' ELSE 'y' END = s",
    ),
    ("a = true", "(`a` = true)", "a = 1"),
    ('s = "it\'s"', "(`s` = _utf8mb4'it\\'s')", "s = 'it''s'"),
    ("s = 'back\\\\slash'", "(`s` = _utf8mb4'back\\\\slash')", "s = 'back\\\\slash'"),
    ("`order` > 0", "(`order` > 0)", "`order` > 0"),
]

# What only MariaDB writes in its own way: see the live test below for what it shows.
WRITTEN = """
a > 0;a != 3;not a = 3;not a;!a;not (a > 1 and b < 2);a is not null;a is true;a is not false;a <=> b
not (a <=> b);a in (1);not (a in (1,2));s not like 'x%';s like 'x!%' escape '!';s not regexp '^a'
a > 1 xor b > 2;not (a > 1 xor b > 2);(a > 1 and b > 2) or (a < 3 and b < 1);(a > 1 or b > 2) or a < 5
(a + b) * 2 > 0;a - b - 1 > 0;a / b > 0;a div b > 0;a % b > 0;mod(a,b) > 0;- 5 < a;-(-a) > 0;~a > 0
a | b > 0;a & b > 0;a ^ b > 0;a << 1 > 0;a = 1e2;f = .5;a = 0x1F;a = x'1F';a = b'101';a = null
s = 'it''s';s = "dq";s = 'a' 'b';s = _utf8mb4'x';s = N'x';s collate utf8mb4_bin = 'x';binary s = 'x'
cast(a as char(5)) = 'x';cast(a as char(5) character set latin1) = 'x';cast(s as unsigned integer) > 0
cast(s as decimal) > 0;cast(s as datetime(3)) > '2020-01-01';cast(s as binary) = 'x'
convert(s using latin1) = 'x';case a when 1 then 2 when 3 then 4 end = 1;if(a > 1, 1, 0) = 1
character_length(s) > 2;ucase(s) = 'x';mid(s, 1, 2) = 'x';substring(s from 1 for 2) = 'x'
trim(both from s) = 'x';trim(leading 'x' from s) = 'x';trim(trailing from s) = 'x'
position('x' in s) > 0;instr(s, 'x') > 0;ceil(f) > 0;power(a, 2) > 0;day(d) > 1
date(d) > '2020-01-01';extract(year from d) > 2000;adddate(d, 3) > '2020-01-01'
date_sub(d, interval 1 day) > '2020-01-01';d - interval 1 hour > '2020-01-01';datediff(d, dd) > 0
timestampdiff(day, d, dd) > 0;timestampadd(day, 1, d) > '2020-01-01';d > date '2020-01-01'
d > timestamp '2020-01-01 10:00:00';tm > time '10:00';weekofyear(d) = 1;s sounds like 'x'
json_contains(j, '1');json_length(j) > 0;(a, b) in ((1, 2), (3, 4));interval(a, 1, 2) > 0
field(s, 'a', 'b') > 0;char(65 using utf8mb4) = s;e in ('x', 'y');A > 0;a > 0 is true
(a = 1) = (b = 1);not a + 1;a is null = 1;a = (b is null);(a > 1) + (b > 1) = 1;(a and b) + 1 > 0
s like concat('%', 'x');(s like 'x') = 1;(a or b) is null;true;s is not null and length(s) > 0
(case when a is null then 0 else 1 end + case when b is null then 0 else 1 end) = 1
"""


@pytest.mark.parametrize(("written", "shown", "expected"), SPELLINGS)
def test_what_is_written_and_what_mysql_shows_have_one_spelling(
    written: str, shown: str, expected: str
) -> None:
    assert (canonical(written, COLUMNS), canonical(shown, COLUMNS)) == (expected, expected)


@pytest.mark.parametrize("text", [expected for *_, expected in SPELLINGS])
def test_the_one_spelling_stays_as_it_is(text: str) -> None:
    assert canonical(text, COLUMNS) == text


def test_mariadb_shows_what_was_written_and_takes_the_one_spelling(mysql: DatabaseUrl) -> None:
    texts = [text.strip() for text in WRITTEN.replace("\n", ";").split(";") if text.strip()]
    session = connect(mysql, lock_timeout_ms=1_000)
    for name, written in (("x", texts), ("y", [canonical(text, COLUMNS) for text in texts])):
        checks = ", ".join(
            f"CONSTRAINT c{number} CHECK ({text})" for number, text in enumerate(written)
        )
        session.execute(
            f"CREATE TABLE {name} ({TABLE}, {checks})"
            " DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci"
        )

    tables = introspect(session).database.tables

    expected = {f"c{number}": canonical(text, COLUMNS) for number, text in enumerate(texts)}
    found = [{check.name: check.expression for check in table.checks} for table in tables]
    session.close()
    assert found == [expected, expected]


def test_what_a_table_can_not_hold_is_left_as_it_is() -> None:
    text = "a  in (select `b` from  x)"
    assert canonical(text) == "a in (select `b` from x)"


def test_a_name_that_is_a_keyword_is_quoted() -> None:
    assert (
        canonical("`key` > `plain` + `with space` + `_x`") == "`key` > plain + `with space` + `_x`"
    )


def test_an_expression_nested_beyond_all_reason_is_left_as_it_is() -> None:
    text = "(" * 5_000 + "a" + ")" * 5_000
    assert canonical(text) == text
