"""What models become on MySQL, what of them is left out, and what is refused."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from okra.dialects import dialect
from okra.errors import UnsupportedChange
from okra.language.define import parse_schema
from okra.lowering import lower
from okra.relational.diff import diff
from okra.relational.model import (
    Check,
    Column,
    Counter,
    Database,
    EnumType,
    ForeignKey,
    Generated,
    Index,
    IndexPart,
    LogicalKind,
    LogicalType,
    PrimaryKey,
    Table,
)
from okra.source import Source

MYSQL = dialect("mysql")
TEXT = LogicalType(kind=LogicalKind.STRING)
INT = LogicalType(kind=LogicalKind.INT)


def resolved(text: str) -> Database:
    definition = parse_schema([Source("x.okra.gql", text)], providers=("mysql",)).definition
    return MYSQL.resolve(lower(definition, "mysql")).database


def column(text: str) -> Column:
    (table,) = resolved(f"model T {{\n  id: Int! @id\n  {text}\n}}").tables
    return table.columns[1]


FIELDS = [
    ("a: ID", "varchar(36)", None),
    ("a: ID @default(uuid)", "varchar(36)", "(uuid())"),
    ("a: String", "varchar(255)", None),
    ('a: String @length(max: 20) @default("it\'s")', "varchar(20)", "'it''s'"),
    ("a: Int @default(5)", "int", "5"),
    ("a: BigInt @default(-9223372036854775808)", "bigint", "-9223372036854775808"),
    ("a: Float @default(1.5)", "double", "1.5"),
    ("a: Decimal @default(1.5)", "decimal(38,9)", "1.500000000"),
    ("a: Decimal @precision(total: 10, scale: 2) @default(1.5)", "decimal(10,2)", "1.50"),
    ("a: Boolean @default(true)", "tinyint(1)", "1"),
    ("a: DateTime @default(now)", "datetime", "CURRENT_TIMESTAMP"),
    ('a: DateTime @default("2024-01-31T14:30:00+02:00")', "datetime", "'2024-01-31 12:30:00'"),
    ('a: DateTime @db(mysql: "datetime(3)") @default(now)', "datetime(3)", "CURRENT_TIMESTAMP(3)"),
    ("a: Date @default(now)", "date", "(current_date())"),
    ('a: Date @default("2024-01-31")', "date", "'2024-01-31'"),
    ("a: Time @default(now)", "time", "(current_time())"),
    ('a: Time @default("14:30:00Z")', "time", "'14:30:00'"),
    ("a: JSON @default({b: 1, a: [true]})", "json", """('{"a":[true],"b":1}')"""),
    ('a: Bytes @default("aGk=")', "longblob", "('hi')"),
    ('a: Bytes @default("AP8=")', "longblob", "(x'00ff')"),
    ('a: [String!] @default(["x"])', "json", """('["x"]')"""),
    ('a: Native @db(type: "POINT")', "point", None),
    ('a: Int @db(type: "INT(10) UNSIGNED") @default(7)', "int unsigned", "7"),
    ("a: String @default(sql(\"concat('a', 'b')\"))", "varchar(255)", "(concat('a', 'b'))"),
]


@pytest.mark.parametrize(("field", "native", "default"), FIELDS)
def test_a_field_has_a_type_and_a_default(field: str, native: str, default: str | None) -> None:
    assert column(field) == Column(name="a", type=native, nullable=True, default=default)


def test_an_updated_at_field_starts_with_now() -> None:
    expected = Column(name="a", type="datetime", default="CURRENT_TIMESTAMP", updated_at=True)
    assert column("a: DateTime! @updatedAt") == expected


def test_a_collation_counts_where_it_is_not_that_of_the_table() -> None:
    texts = ["utf8mb4_bin", "UTF8MB4_UNICODE_CI", "utf8_general_ci", "uca1400_ai_ci"]
    found = [column(f'a: String @collate("{text}")').collation for text in texts]
    assert found == ["utf8mb4_bin", None, "utf8mb3_general_ci", "utf8mb4_uca1400_ai_ci"]


TABLE = Table(name="t", columns=(Column(name="a", type=TEXT), Column(name="n", type=INT)))
PART = IndexPart(column="a")


def with_index(part: IndexPart = PART, kind: LogicalType = TEXT, **more: object) -> Table:
    index = replace(Index(name="i", parts=(part,)), **more)
    columns = (Column(name="a", type=kind), *TABLE.columns[1:])
    return replace(TABLE, columns=columns, indexes=(index,))


def native(kind: str) -> LogicalType:
    return LogicalType(kind=LogicalKind.NATIVE, native=kind)


def test_the_index_that_a_foreign_key_brings_along_is_part_of_it() -> None:
    key = ForeignKey(name="f", columns=("n",), table="t", references=("n",))
    own = Index(name="f", parts=(IndexPart(column="n"),))
    other = Index(name="other", parts=(IndexPart(column="n"), PART))
    found = [
        MYSQL.resolve(Database(tables=(replace(TABLE, indexes=indexes, foreign_keys=(key,)),)))
        for indexes in ((own,), (own, other))
    ]
    assert [each.database.tables[0].indexes for each in found] == [(), (own, other)]


LEFT_OUT = [
    (with_index(method="gin"), "index `i`: MySQL has no `gin`, it gets a B-tree"),
    (with_index(where="n > 1"), "index `i`: MySQL indexes all rows, `where` is left out"),
    (with_index(include=("n",)), "index `i`: MySQL has no covering columns, they are left out"),
    (
        with_index(IndexPart(column="a", nulls="LAST")),
        "index `i`: MySQL has no `nulls`, it is left out",
    ),
    (with_index(IndexPart(column="a", ops="x")), "index `i`: MySQL has no `ops`, it is left out"),
    (replace(TABLE, comment="a 🎉"), "`t`: MySQL keeps 2048 characters of a comment, and no emoji"),
    (
        replace(TABLE, checks=(Check(name="c", expression="a || 'x' > n"),)),
        "`t.c`: `||` is OR in MySQL; texts are joined with `concat(a, b)`",
    ),
    (
        replace(
            TABLE,
            columns=(replace(TABLE.columns[1], identity=True, counter=Counter(start=5)),),
            primary_key=PrimaryKey(columns=("n",)),
        ),
        "`t.n`: MySQL counts by ones from 1, `@sequence` is left out",
    ),
    (
        replace(
            TABLE,
            foreign_keys=(
                ForeignKey(name="f", columns=("n",), table="t", references=("n",), deferrable=True),
            ),
        ),
        "foreign key `f`: MySQL checks it at once, `deferrable` is left out",
    ),
]


@pytest.mark.parametrize(("table", "warning"), LEFT_OUT)
def test_what_mysql_can_only_imitate_is_said(table: Table, warning: str) -> None:
    assert MYSQL.resolve(Database(tables=(table,))).warnings == (warning,)


def with_column(**more: object) -> Table:
    return replace(TABLE, columns=(replace(TABLE.columns[1], **more), TABLE.columns[0]))


def with_check(text: str) -> Table:
    return replace(TABLE, checks=(Check(name="c", expression=text),))


REFUSED = [
    (with_column(type=LogicalType(kind=LogicalKind.NATIVE)), "OKR240"),
    (with_column(type=LogicalType(kind=LogicalKind.DECIMAL, precision=(66, 2))), "OKR241"),
    (with_column(type=LogicalType(kind=LogicalKind.STRING, length=16_384)), "OKR241"),
    (with_index(unique=True, where="n > 1"), "OKR243"),
    (with_index(unique=True, nulls_distinct=False), "OKR244"),
    (with_index(kind=native("text")), "OKR245"),
    (with_index(kind=native("mediumblob")), "OKR245"),
    (with_column(identity=True), "OKR246"),
    (with_check('"a" > 1'), "OKR247"),
    (with_column(type=native("enum('🎉')")), "OKR248"),
    (with_check("n > 1; DROP TABLE t"), "OKR217"),
    (with_check("n > 1)"), "OKR217"),
    (with_check("n > 1 -- x"), "OKR217"),
    (with_check("n > 1 # x"), "OKR217"),
    (with_check("n > 1 /* x"), "OKR217"),
    (with_check("a > 'x\\'"), "OKR217"),
    (with_check("(n > 1"), "OKR217"),
    (with_check(""), "OKR217"),
    (with_column(name="a" * 65), "OKR403"),
    (with_column(name="a\0"), "OKR403"),
    (with_column(name="🎉"), "OKR403"),
    (with_column(name="a "), "OKR403"),
]


@pytest.mark.parametrize(("table", "code"), REFUSED)
def test_what_mysql_can_not_have_is_refused(table: Table, code: str) -> None:
    with pytest.raises(UnsupportedChange) as caught:
        MYSQL.resolve(Database(tables=(table,)))
    assert caught.value.code == code


def test_a_name_of_two_foreign_keys_is_refused() -> None:
    key = ForeignKey(name="f", columns=("n",), table="t", references=("n",))
    tables = tuple(replace(TABLE, name=name, foreign_keys=(key,)) for name in ("t", "u"))
    with pytest.raises(UnsupportedChange) as caught:
        MYSQL.resolve(Database(tables=tables))
    assert caught.value.code == "OKR249"


def test_text_with_a_length_and_unique_text_can_be_indexed() -> None:
    long = with_index(IndexPart(column="a", length=20), kind=native("text"))
    unique = with_index(kind=native("text"), unique=True)
    tables = MYSQL.resolve(Database(tables=(long, unique))).database.tables
    assert [table.indexes[0].parts[0].length for table in tables] == [20, None]


def test_a_prefix_as_long_as_the_column_is_none() -> None:
    table = with_index(IndexPart(column="a", length=255))
    assert MYSQL.resolve(Database(tables=(table,))).database.tables[0].indexes[0].parts == (PART,)


def test_resolving_what_is_resolved_changes_nothing() -> None:
    enums = (EnumType(name="e", values=("a", "b")),)
    columns = (
        Column(name="id", type=INT, identity=True),
        Column(name="e", type=LogicalType(kind=LogicalKind.ENUM, enum="e"), default="'a'"),
        Column(name="g", type=INT, generated=Generated(expression="id+1"), nullable=True),
    )
    table = Table(name="t", columns=columns, primary_key=PrimaryKey(columns=("id",)))
    once = MYSQL.resolve(Database(tables=(table,), enums=enums)).database
    assert diff(once, MYSQL.resolve(once).database) == ()
