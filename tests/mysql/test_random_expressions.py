"""Whatever expression somebody writes: the server shows it in our one spelling, which means the same."""

from __future__ import annotations

import random
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from okra.dialects.mysql.expressions.canonical import canonical
from okra.dialects.mysql.introspection.introspect import introspect
from okra.dialects.session import connect
from okra.errors import DatabaseError

if TYPE_CHECKING:
    from okra.dialects.base import Row
    from okra.dialects.session import MigrationSession
    from okra.url import DatabaseUrl

COLUMNS = ("a", "b", "s", "t", "f", "n", "u", "e")
TABLE = "a int, b int, s varchar(50), t text, f double, n decimal(10,2), u int unsigned, e enum('x','y')"
ROWS = (
    "(1,2,'x','abc',1.5,2.5,3,'x'), (0,NULL,'','a%',0,0,0,'y'), (NULL,5,'it''s',NULL,NULL,-1.25,7,NULL),"
    " (-3,-3,'X','x',100,3,1,'x'), (2,0,NULL,'it',-2,NULL,NULL,'y')"
)
MANY = 40
LONGEST = 700


class Writer:
    """Writes expressions that a check may hold; `depth` is how far they may nest."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  # the same in every run

    def expression(self) -> str:
        while len(text := self.truth(3)) > LONGEST:
            pass
        return text

    def _one(self, *texts: str) -> str:
        return self.random.choice(texts)

    def truth(self, depth: int) -> str:
        def number() -> str:
            return self.number(depth - 1)

        if depth <= 0:
            return (
                f"{number()} {self._one('=', '<>', '!=', '<', '<=', '>', '>=', '<=>')} {number()}"
            )
        inner = self.truth(depth - 1)
        other = self.truth(depth - 1)
        negation = self._one("", "not ")
        return self._one(
            self.truth(0),
            f"{inner} and {other}",
            f"{inner} or {other}",
            f"({inner}) {self._one('and', 'or', '&&', '||')} ({other})",
            f"not ({inner})",
            f"not {inner}",
            f"!({inner})",
            f"{number()} {negation}in ({number()}, {number()})",
            f"{number()} {negation}in ({number()})",
            f"{number()} {negation}between {self.number(0)} and {self.number(0)}",
            f"{self.text(depth - 1)} {negation}like {self.text(0)}",
            f"{self.text(depth - 1)} {negation}regexp 'x'",
            f"({inner}) is {negation}{self._one('true', 'false', 'null', 'unknown')}",
            f"({number()}) is {negation}null",
            f"{self._one('a', 'b', 'n')} {self._one('and', 'or')} {inner}",
        )

    def number(self, depth: int) -> str:
        if depth <= 0:
            return self._one("a", "b", "n", "f", "u", "1", "0", "2", "1.50", "-3", "1e2", "(-a)")
        one, other = self.number(depth - 1), self.number(depth - 1)
        return self._one(
            one,
            f"{one} + {other}",
            f"{one} - {other}",
            f"({one}) * ({other})",
            f"{one} * {other}",
            f"{self._one('-', '+', '~')}({one})",
            f"({one}) {self._one('/', '%', 'div', 'mod', '|', '&', '^', '<<', '>>')} ({other})",
            f"{self._one('coalesce', 'ifnull', 'greatest', 'least', 'nullif', 'mod')}({one}, {other})",
            f"case when {self.truth(depth - 1)} then {one} else {other} end",
            f"case {one} when 1 then {other} end",
            f"if({self.truth(depth - 1)}, {one}, {other})",
            f"{self._one('length', 'char_length', 'octet_length')}({self.text(depth - 1)})",
            f"cast({self.text(depth - 1)} as {self._one('signed', 'unsigned', 'decimal(10,2)')})",
        )

    def text(self, depth: int) -> str:
        if depth <= 0:
            return self._one("s", "t", "'x'", "'it''s'", "'a%'", "'a\\\\b'", "e", '"x"')
        one = self.text(depth - 1)
        return self._one(
            one,
            f"concat({one}, {self.text(depth - 1)})",
            f"{self._one('lower', 'upper', 'lcase', 'ucase', 'trim', 'ltrim', 'reverse')}({one})",
            f"{self._one('substring', 'substr', 'mid')}({one}, 1, 2)",
            f"replace({one}, 'x', 'y')",
            f"left({one}, 2)",
        )


def _rows(session: MigrationSession, sql: str) -> list[Row]:
    """The rows, or what stands for "the same" where a number goes out of range in both spellings."""
    try:
        return session.query(sql)
    except DatabaseError as error:
        assert "out of range" in error.message
        return [(5, 5)]


def check(url: DatabaseUrl, seed: int) -> None:
    writer = Writer(seed)
    texts = [writer.expression() for _ in range(MANY)]
    ours = [canonical(text, COLUMNS) for text in texts]
    with closing(connect(url, lock_timeout_ms=1_000)) as session:
        for name, written in (("x", texts), ("y", ours)):
            checks = ", ".join(f"CONSTRAINT c{n} CHECK ({text})" for n, text in enumerate(written))
            session.execute(
                f"CREATE TABLE {name} ({TABLE}, {checks})"
                " DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci"
            )
        for table in introspect(session).database.tables:
            found = {each.name: each.expression for each in table.checks}
            assert found == {f"c{number}": text for number, text in enumerate(ours)}
        session.execute("SET sql_mode = ''")  # texts that are no numbers are compared with some
        session.execute(f"CREATE TABLE z ({TABLE})")
        session.execute(f"INSERT INTO z VALUES {ROWS}")
        for text, ours_text in zip(texts, ours, strict=True):
            (same,) = _rows(
                session,
                f"SELECT SUM((({text}) IS TRUE) = (({ours_text}) IS TRUE)),"
                f" SUM((({text}) IS NULL) = (({ours_text}) IS NULL)) FROM z",
            )
            assert (text, same) == (text, (5, 5))
    assert [canonical(text, COLUMNS) for text in ours] == ours


@pytest.mark.parametrize("seed", range(5))
def test_any_expression_has_one_spelling_that_means_the_same(mysql: DatabaseUrl, seed: int) -> None:
    check(mysql, seed)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(100, 200))
def test_many_expressions_have_one_spelling_that_means_the_same(
    mysql: DatabaseUrl, seed: int
) -> None:
    check(mysql, seed)
