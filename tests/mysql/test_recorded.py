"""What MySQL 8 says about a table, written down from its manual, reads like what MariaDB says about the same table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from okra.dialects.mysql.introspection.exact import shown_texts, with_exact_texts
from okra.dialects.mysql.introspection.reading import introspection
from okra.dialects.mysql.introspection.rows import (
    Catalogue,
    CheckRow,
    ColumnRow,
    IndexRow,
    KeyRow,
    RuleRow,
    TableRow,
)
from okra.dialects.mysql.natives.mariadb import MYSQL, escaped, plain_expression
from okra.relational.model import (
    Action,
    Check,
    Column,
    ForeignKey,
    Generated,
    Index,
    IndexPart,
    PrimaryKey,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Row, Value

MYSQL_8 = "8.0.36"
MARIADB = "10.11.6-MariaDB-1"


def column(
    name: str,
    kind: str,
    default: str | None = None,
    extra: str = "",
    generated: str | None = None,
    srs: int | None = None,
) -> ColumnRow:
    text = kind.startswith(("varchar", "text", "enum"))
    collation = "utf8mb4_unicode_ci" if text else None
    return ColumnRow("t", name, default, "YES", kind, collation, extra, "", generated, srs)


def read(
    version: str,
    columns: list[ColumnRow],
    indexes: list[IndexRow] | None = None,
    checks: list[CheckRow] | None = None,
    action: str = "NO ACTION",
) -> tuple[Table, tuple[str, ...]]:
    keys = [KeyRow("t", "t_fk", "a", "shop", "p", "id")] if action else []
    found = introspection(
        Catalogue(
            version=version,
            schema="shop",
            tables=[
                TableRow("t", "BASE TABLE", "InnoDB", "utf8mb4_unicode_ci", "", ""),
                TableRow("passing", "TEMPORARY", "InnoDB", "utf8mb4_unicode_ci", "", ""),
            ],
            columns=columns,
            indexes=indexes or [],
            keys=keys,
            rules=[RuleRow("t", "t_fk", action, action)] if action else [],
            checks=checks or [],
            others=[],
        )
    )
    (table,) = found.database.tables
    return table, found.ignored


# type | what MySQL 8 has in COLUMN_DEFAULT and EXTRA | what MariaDB has in COLUMN_DEFAULT | the one spelling
DEFAULTS = [
    ("varchar(50)", "it's", "", "'it\\'s'", "'it''s'"),
    ("varchar(50)", "a\\b", "", "'a\\\\b'", "'a\\\\b'"),
    ("varchar(50)", "", "", "''", "''"),
    ("varchar(50)", "NULL", "", "'NULL'", "'NULL'"),
    ("varchar(50)", "0x61", "", "'0x61'", "'0x61'"),
    ("varchar(50)", "CURRENT_TIMESTAMP", "", "'CURRENT_TIMESTAMP'", "'CURRENT_TIMESTAMP'"),
    ("varchar(36)", "uuid()", "DEFAULT_GENERATED", "uuid()", "(uuid())"),
    (
        "varchar(50)",
        "concat(_utf8mb4\\'a\\',_utf8mb4\\'it\\\\\\'s\\')",
        "DEFAULT_GENERATED",
        "concat('a','it\\'s')",
        "(concat('a', 'it''s'))",
    ),
    ("text", "_utf8mb4\\'x\\'", "DEFAULT_GENERATED", "'x'", "('x')"),
    (
        "text",
        "_utf8mb4\\'line1\\\\nline2\\'",
        "DEFAULT_GENERATED",
        "'line1\\nline2'",
        "('line1\nline2')",
    ),
    ("text", "_utf8mb4\\'a\\\\\\\\b\\'", "DEFAULT_GENERATED", "'a\\\\b'", "('a\\\\b')"),
    ("timestamp", "CURRENT_TIMESTAMP", "", "current_timestamp()", "CURRENT_TIMESTAMP"),
    ("int", "5", "", "5", "5"),
    ("int", "(1 + 1)", "DEFAULT_GENERATED", "(1 + 1)", "(1 + 1)"),
    ("tinyint(1)", "1", "", "1", "1"),
    ("decimal(10,2)", "1.50", "", "1.50", "1.50"),
    ("double", "1e20", "", "1e20", "1e+20"),
    ("bit(3)", "b'101'", "", "b'101'", "b'101'"),
    ("binary(3)", "0x610000", "", "'a\\0\\0'", "'a'"),
    ("varbinary(5)", "0x6162", "", "'ab'", "'ab'"),
    (
        "datetime(3)",
        "CURRENT_TIMESTAMP(3)",
        "DEFAULT_GENERATED",
        "current_timestamp(3)",
        "CURRENT_TIMESTAMP(3)",
    ),
    ("datetime", "now()", "DEFAULT_GENERATED", "current_timestamp()", "CURRENT_TIMESTAMP"),
    ("datetime", "2024-01-31 00:00:00", "", "'2024-01-31 00:00:00'", "'2024-01-31 00:00:00'"),
    ("date", "curdate()", "DEFAULT_GENERATED", "curdate()", "(current_date())"),
    ("time", "10:00:00", "", "'10:00:00'", "'10:00:00'"),
    ("year", "2024", "", "2024", "2024"),
    ("enum('a','b')", "a", "", "'a'", "'a'"),
    ("int", None, "", "NULL", None),
]


@pytest.mark.parametrize(("kind", "mysql", "extra", "mariadb", "expected"), DEFAULTS)
def test_defaults_read_alike(
    kind: str, mysql: str | None, extra: str, mariadb: str, expected: str | None
) -> None:
    found = [
        read(version, [column("a", kind, default, more)], action="")[0].columns[0].default
        for version, default, more in ((MYSQL_8, mysql, extra), (MARIADB, mariadb, ""))
    ]
    assert found == [expected, expected]


# what MySQL 8 has in CHECK_CLAUSE or GENERATION_EXPRESSION | what MariaDB has | the one spelling
EXPRESSIONS = [
    ("(`a` > 0)", "`a` > 0", "a > 0"),
    ("(`s` in (_utf8mb4\\'x\\',_utf8mb4\\'y\\'))", "`s` in ('x','y')", "s IN ('x', 'y')"),
    ("(`s` <> _utf8mb4\\'it\\\\\\'s\\')", "`s` <> 'it\\'s'", "s <> 'it''s'"),
    ("(`s` <> _utf8mb4\\'a\\\\\\\\b\\')", "`s` <> 'a\\\\b'", "s <> 'a\\\\b'"),
    ("((`a` > 0) and (`a` < 10))", "`a` > 0 and `a` < 10", "a > 0 AND a < 10"),
    ("(char_length(trim(`s`)) > 2)", "char_length(trim(`s`)) > 2", "char_length(trim(s)) > 2"),
    ("(length(`s`) > 2)", "octet_length(`s`) > 2", "length(s) > 2"),
    ("regexp_like(`s`,_utf8mb4\\'^a\\')", "`s` regexp '^a'", "s REGEXP '^a'"),
    ("(not(regexp_like(`s`,_utf8mb4\\'^a\\')))", "!(`s` regexp '^a')", "s NOT REGEXP '^a'"),
    ("((0 <> `a`) or (`s` is null))", "`a` <> 0 or `s` is null", "a <> 0 OR s IS NULL"),
    ("((`a` % 2) = 0)", "`a` MOD 2 = 0", "a % 2 = 0"),
    ("(`s` <> _utf8mb4\\'\\')", "`s` <> ''", "s <> ''"),
    ("(`a` = 1.50)", "`a` = 1.50", "a = 1.50"),
    ("(cast(`s` as signed) > 0)", "cast(`s` as signed) > 0", "cast(s as signed) > 0"),
    (
        "((case when (`a` > 1) then 1 else 0 end) = 1)",
        "case when `a` > 1 then 1 else 0 end = 1",
        "CASE WHEN a > 1 THEN 1 ELSE 0 END = 1",
    ),
    ("(`a` is not null)", "`a` is not null", "a IS NOT NULL"),
    ("(`s` like _utf8mb4\\'x%\\')", "`s` like 'x%'", "s LIKE 'x%'"),
    ("(`a` between 1 and 5)", "`a` between 1 and 5", "a BETWEEN 1 AND 5"),
]


@pytest.mark.parametrize(("mysql", "mariadb", "expected"), EXPRESSIONS)
def test_checks_and_computed_columns_read_alike(mysql: str, mariadb: str, expected: str) -> None:
    tables = [
        read(
            version,
            [
                column("a", "int"),
                column("s", "varchar(50)"),
                column("g", "int", None, "STORED GENERATED", text),
            ],
            checks=[CheckRow("t", "c", text, "Table", "YES")],
            action="",
        )[0]
        for version, text in ((MYSQL_8, mysql), (MARIADB, mariadb))
    ]
    found = [(table.checks, table.columns[2].generated) for table in tables]
    assert found == [((Check(name="c", expression=expected),), Generated(expression=expected))] * 2


def test_a_whole_table_of_mysql_8_is_read() -> None:
    columns = [
        column("id", "bigint unsigned", None, "auto_increment")._replace(nullable="NO"),
        column("a", "int"),
        column(
            "at",
            "datetime(3)",
            "CURRENT_TIMESTAMP(3)",
            "DEFAULT_GENERATED on update CURRENT_TIMESTAMP(3)",
        ),
        column("name", "varchar(50)"),
        column("v", "varchar(50)", None, "VIRTUAL GENERATED", "lower(`name`)"),
        column("p", "point", srs=4326),
    ]
    indexes = [
        IndexRow("t", "PRIMARY", 0, "id", "A", None, "BTREE", "", "YES", None),
        IndexRow("t", "expr_idx", 1, None, "D", None, "BTREE", "", "YES", "lower(`name`)"),
        IndexRow("t", "expr_idx", 1, "a", "A", None, "BTREE", "", "YES", None),
        IndexRow("t", "hidden", 1, "name", "A", 10, "BTREE", "soon gone", "NO", None),
        IndexRow("t", "t_fk", 1, "a", "A", None, "BTREE", "", "YES", None),
        IndexRow("t", "words", 1, "name", None, None, "FULLTEXT", "", "YES", None, "ngram"),
    ]

    table, ignored = read(
        MYSQL_8, columns, indexes, [CheckRow("t", "c", "(`a` > 0)", "Table", "NO")]
    )

    assert ignored == ("NOT ENFORCED of check `c` of `t`",)
    assert table == Table(
        name="t",
        columns=(
            Column(name="id", type="bigint unsigned", identity=True),
            Column(name="a", type="int", nullable=True),
            Column(
                name="at",
                type="datetime(3)",
                nullable=True,
                default="CURRENT_TIMESTAMP(3)",
                updated_at=True,
            ),
            Column(name="name", type="varchar(50)", nullable=True),
            Column(
                name="v",
                type="varchar(50)",
                nullable=True,
                generated=Generated(expression="lower(name)", stored=False),
            ),
            Column(name="p", type="point srid 4326", nullable=True),
        ),
        primary_key=PrimaryKey(columns=("id",)),
        indexes=(
            Index(
                name="expr_idx",
                parts=(IndexPart(expression="lower(name)", descending=True), IndexPart(column="a")),
            ),
            Index(
                name="hidden",
                parts=(IndexPart(column="name", length=10),),
                comment="soon gone",
                visible=False,
            ),
            Index(
                name="words",
                parts=(IndexPart(column="name"),),
                method="fulltext",
                options=("parser=ngram",),
            ),
        ),
        foreign_keys=(
            ForeignKey(
                name="t_fk",
                columns=("a",),
                table="p",
                references=("id",),
                on_delete=Action.RESTRICT,
                on_update=Action.RESTRICT,
            ),
        ),
        checks=(Check(name="c", expression="a > 0"),),
    )


@pytest.mark.parametrize("action", ["NO ACTION", "RESTRICT"])
def test_no_action_and_restrict_are_one(action: str) -> None:
    table, _ = read(MYSQL_8, [column("a", "int")], action=action)
    assert table.foreign_keys[0].on_delete is Action.RESTRICT


def test_what_mysql_8_escapes_comes_back_as_it_was() -> None:
    text = "concat(_utf8mb4'it\\'s',_utf8mb4'a\\\\b',_utf8mb4'\\n')"
    assert plain_expression(escaped(text), MYSQL) == text


def test_expressions_are_found_in_what_show_create_table_says() -> None:
    shown = """CREATE TABLE `t` (
  `a` int(11) DEFAULT 5 COMMENT 'a, (b) DEFAULT 6',
  `b` varchar(20) NOT NULL DEFAULT concat('?',`a`) CHECK (`b` <> '?)'),
  `c` varchar(9) GENERATED ALWAYS AS (concat(`b`,'?(')) VIRTUAL,
  `d` datetime(3) NOT NULL DEFAULT current_timestamp(3) ON UPDATE current_timestamp(3),
  `e` decimal(10,2) /* , */ DEFAULT (1 + (2)),
  PRIMARY KEY (`a`),
  CONSTRAINT `f``g` CHECK (`a` in (1,2))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4"""
    assert shown_texts(shown) == {
        ("a", "default"): "5",
        ("b", "default"): "concat('?',`a`)",
        ("b", "check"): "`b` <> '?)'",
        ("c", "generated"): "concat(`b`,'?(')",
        ("d", "default"): "current_timestamp(3)",
        ("e", "default"): "(1 + (2))",
        ("f`g", "check"): "`a` in (1,2)",
    }


class Answering:
    """A server that has one table, and shows it as MySQL 8 does."""

    def query(self, sql: str, parameters: Sequence[Value] = ()) -> list[Row]:
        assert (sql, parameters) == ("SHOW CREATE TABLE `t`", ())
        return [
            (
                "t",
                (
                    "CREATE TABLE `t` (\n  `a` text,\n  FULLTEXT KEY `plain` (`a`),\n"
                    "  FULLTEXT KEY `f``t` (`a`) /*!50100 WITH PARSER `ngram` */ ,\n) ENGINE=InnoDB"
                ),
            )
        ]

    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        assert (sql.startswith("SET character_set_results"), parameters) == (True, ())
        return 0

    def close(self) -> None:
        pass


def test_the_parser_of_a_fulltext_index_is_read_from_what_mysql_shows() -> None:
    index = IndexRow("t", "plain", 1, "a", None, None, "FULLTEXT", "", "YES", None)
    catalogue = Catalogue(
        version=MYSQL_8,
        schema="shop",
        tables=[],
        columns=[],
        indexes=[index, index._replace(name="f`t")],
        keys=[],
        rules=[],
        checks=[],
        others=[],
    )
    found = with_exact_texts(Answering(), catalogue)
    assert [row.parser for row in found.indexes] == [None, "ngram"]
