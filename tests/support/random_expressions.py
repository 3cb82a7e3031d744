"""Random expressions of PostgreSQL over the columns of one table, each of a type that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

COLUMNS = {
    "small": "smallint",
    "whole": "integer",
    "other": "integer",
    "big": "bigint",
    "exact": "numeric(12,3)",
    "float": "double precision",
    "word": "text",
    "short": "character varying(20)",
    "code": "character(4)",
    "flag": "boolean",
    "day": "date",
    "at": "timestamp without time zone",
    "zoned": "timestamp with time zone",
    "data": "jsonb",
    "list": "integer[]",
    "words": "text[]",
    "Odd Name": "integer",
}
NUMBERS = ("small", "whole", "other", "big", "exact", "float", '"Odd Name"')
TEXTS = ("word", "short", "code")
ROWS = (
    (
        "(1, 2, 3, 4, 5.5, 6.5, 'a', 'b', 'c', true, '2024-01-02', '2024-01-02 03:04:05',"
        " '2024-01-02 03:04:05+00', '{\"a\": 1, \"b\": [true]}', '{1,2}', '{a,b}', 7)"
    ),
    (
        "(-1, 0, -3, 5000000000, -0.001, 1e10, 'Abc', '', 'ab', false, '1999-12-31', '1999-12-31 23:59:59',"
        " '1999-12-31 23:59:59+02', '[]', '{}', '{}', 0)"
    ),
    "(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
    (
        "(0, 5, 5, 5, 5, 5, '5', '5', '5', NULL, '2024-02-29', '2024-02-29 00:00:00', '2024-02-29 00:00:00+00',"
        ' \'{"a": null, "b": "5"}\', \'{5}\', \'{5,"x y"}\', 5)'
    ),
)


class Expressions:
    """Makes expressions; the same random source makes the same ones."""

    def __init__(self, source: Random) -> None:
        self.source = source

    def one(self, *choices: str) -> str:
        return self.source.choice(choices)

    def truth(self, depth: int) -> str:
        """An expression that is true, false or NULL."""
        if depth <= 0:
            return self.one("flag", "whole > 0", "word = 'a'", "day IS NULL", "true", "NOT flag")
        makers = (
            self._compared,
            self._compared,
            self._texts_compared,
            self._listed,
            self._ranged,
            self._joined,
            self._joined,
            self._tested,
            self._moments,
            self._structures,
            self._negated,
            self._chosen_truth,
        )
        return self.source.choice(makers)(depth - 1)

    def number(self, depth: int) -> str:
        if depth <= 0 or self.source.random() < 0.3:
            literals = ("0", "1", "-1", "2.5", "-0.5", "10", "5000000000", "1.50", "'7'::integer")
            return self.one(*NUMBERS, *literals)
        inner = depth - 1
        return self.one(
            f"{self.number(inner)} + {self.number(inner)}",
            f"({self.number(inner)} - {self.number(inner)})",
            f"{self.number(inner)} - ({self.number(inner)} - {self.number(inner)})",
            f"{self.number(inner)} * ({self.number(inner)} + 1)",
            f"-({self.one(*NUMBERS)} + {self.number(inner)})",
            f"- {self.one(*NUMBERS)}",
            f"abs({self.number(inner)})",
            f"coalesce({self.number(inner)}, {self.number(inner)})",
            f"greatest({self.number(inner)}, 0)",
            f"nullif({self.number(inner)}, 1)",
            f"length({self.text(inner)})",
            f"({self.number(inner)})::numeric",
            f"CAST({self.one('small', 'whole', 'big')} AS bigint)",
            f"round({self.one('exact', 'exact * 2')}, 1)",
            f"CASE WHEN {self.truth(inner)} THEN {self.number(inner)} ELSE {self.number(inner)} END",
            f"CASE whole WHEN 2 THEN {self.number(inner)} END",
            f"extract(year from {self.one('day', 'at')})",
            "cardinality(list)",
            "list[1]",
            "(data ->> 'a')::integer",
            f"position('a' in {self.text(inner)})",
        )

    def text(self, depth: int) -> str:
        if depth <= 0 or self.source.random() < 0.3:
            return self.one(*TEXTS, "'a'", "'it''s'", "''", "'5'::text", "'b'::varchar", "E'a\\tb'")
        inner = depth - 1
        return self.one(
            f"lower({self.text(inner)})",
            f"upper({self.text(inner)})",
            f"trim({self.text(inner)})",
            f"btrim({self.text(inner)}, 'a')",
            f"trim(both 'x' from {self.text(inner)})",
            f"substring({self.one(*TEXTS)} from 1 for 2)",
            f"substr({self.text(inner)}, 1, 2)",
            f"left({self.text(inner)}, 1)",
            f"replace({self.text(inner)}, 'a', 'b')",
            f"({self.text(inner)} || {self.one(*TEXTS)})",
            f"word || {self.text(inner)}",
            f"coalesce({self.one(*TEXTS)}, {self.text(inner)})",
            f"nullif({self.one(*TEXTS)}, {self.one(*TEXTS)})",
            f"({self.text(inner)})::text",
            f"({self.one(*TEXTS)})::varchar(2)",
            f"({self.number(inner)})::text",
            f"CASE WHEN {self.truth(inner)} THEN {self.text(inner)} ELSE {self.text(inner)} END",
            "data ->> 'a'",
            "words[1]",
            f"concat({self.text(inner)}, {self.number(inner)})",
            f"md5({self.text(inner)})",
            f'{self.one(*TEXTS)} COLLATE "C"',
        )

    def _compared(self, depth: int) -> str:
        operator = self.one("=", "<>", "!=", "<", "<=", ">", ">=")
        plain = f"{self.number(depth)} {operator} {self.number(depth)}"
        distinct = (
            f"{self.number(depth)} IS {self.one('', 'NOT ')}DISTINCT FROM {self.number(depth)}"
        )
        return self.one(plain, plain, plain, distinct)

    def _texts_compared(self, depth: int) -> str:
        operator = self.one(
            "=", "<>", "<", ">=", "~", "!~", "~*", "LIKE", "NOT LIKE", "ILIKE", "SIMILAR TO"
        )
        return f"{self.text(depth)} {operator} {self.one(self.text(depth), 'word', repr('a%'))}"

    def _listed(self, depth: int) -> str:
        word = self.one("IN", "NOT IN")
        return self.one(
            f"whole {word} (1, 2, 3)",
            f"{self.number(depth)} {word} (1, 2.5)",
            f"big {word} (1, 2, 5000000000)",
            f"{self.one(*TEXTS)} {word} ('a', 'b')",
            f"{self.text(depth)} {word} ('a', 'b', 'c')",
            f"{self.one(*TEXTS)} {word} ('a')",
            "word = ANY (ARRAY['a', 'b'])",
            "short = ANY (ARRAY['a', 'b']::varchar[])",
            "short <> ALL (ARRAY['a', 'b'])",
            f"{self.number(depth)} = ANY (list)",
            f"{self.text(depth)} = ANY (words)",
            "whole = SOME (ARRAY[1, 2])",
        )

    def _ranged(self, depth: int) -> str:
        word = self.one("BETWEEN", "NOT BETWEEN")
        low, high = self.number(0), self.number(depth)
        return self.one(
            f"{self.number(depth)} {word} {low} AND {high}",
            f"{self.one('word', 'short')} {word} 'a' AND {self.one('word', 'short')}",
            f"other BETWEEN SYMMETRIC {low} AND whole",
            f"whole >= {low} AND whole <= {high}",
            f"day {word} '2000-01-01' AND at",
        )

    def _joined(self, depth: int) -> str:
        word = self.one("AND", "OR")
        one, other, third = (self.truth(depth) for _ in range(3))
        return self.one(
            f"({one}) {word} ({other})",
            f"(({one}) {word} ({other})) {word} ({third})",
            f"({one}) {word} (({other}) {word} ({third}))",
            f"({one}) AND (({other}) OR ({third}))",
            f"({one}) {word} ({other}) {word} ({third})",
            f"(({one}) = ({other})) {word} ({third})",
        )

    def _tested(self, depth: int) -> str:
        test = self.one("IS NULL", "IS NOT NULL")
        truth = self.one("IS TRUE", "IS NOT TRUE", "IS FALSE", "IS UNKNOWN", "IS NOT UNKNOWN")
        return self.one(
            f"({self.number(depth)}) {test}",
            f"({self.text(depth)}) {test}",
            f"({self.truth(depth)}) {truth}",
            "flag IS TRUE",
            "(word IS NULL) <> (short IS NULL)",
            "num_nonnulls(whole, word) = 1",
        )

    def _moments(self, depth: int) -> str:
        operator = self.one("=", "<", ">=", "<>")
        return self.one(
            f"day {operator} '2024-01-02'",
            f"at {operator} '2024-01-02'",
            f"zoned {operator} '2024-01-02 03:04:05+00'",
            f"at {operator} day + interval '1 day'",
            f"zoned AT TIME ZONE 'UTC' {operator} at",
            f"date_trunc('month', at) {operator} at",
            f"at::date {operator} day",
            f"extract(month from at) {operator} {self.number(depth)}",
            f"day - DATE '2020-01-01' {operator} {self.one('whole', '100')}",
        )

    def _structures(self, depth: int) -> str:
        return self.one(
            "data ? 'a'",
            "data @> '{\"a\": 1}'",
            "data -> 'b' IS NOT NULL",
            f"data ->> 'a' = {self.text(depth)}",
            "data #>> '{b,0}' = 'true'",
            "jsonb_typeof(data) = 'object'",
            "list @> ARRAY[1]",
            "list <@ ARRAY[1, 2, 5]",
            "words @> ARRAY['a']",
            "words = '{}'",
            "list[1:1] = '{1}'",
        )

    def _negated(self, depth: int) -> str:
        return f"NOT ({self.truth(depth)})"

    def _chosen_truth(self, depth: int) -> str:
        return self.one(
            f"CASE WHEN {self.truth(depth)} THEN {self.truth(depth)} ELSE {self.truth(depth)} END",
            f"CASE WHEN {self.truth(depth)} THEN {self.truth(depth)} END",
            f"CASE word WHEN 'a' THEN {self.truth(depth)} WHEN 'b' THEN flag ELSE false END",
            f"coalesce({self.truth(depth)}, false)",
        )
