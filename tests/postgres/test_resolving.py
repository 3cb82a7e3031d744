"""Logical databases resolve to what PostgreSQL has, or are refused with the reason."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from okra.dialects import dialect
from okra.errors import UnsupportedChange
from okra.relational.model import (
    Check,
    Column,
    Counter,
    CounterKind,
    Database,
    DefaultFunction,
    EnumType,
    ForeignKey,
    FunctionDefault,
    Generated,
    Index,
    IndexPart,
    LogicalKind,
    LogicalType,
    Table,
)

POSTGRES = dialect("postgres")
INT = LogicalType(kind=LogicalKind.INT)
TEXT = LogicalType(kind=LogicalKind.STRING)
MOMENT = LogicalType(kind=LogicalKind.DATE_TIME)


def resolved(*columns: Column, **parts: Any) -> Table:
    table = Table(name="things", columns=columns, **parts)
    return POSTGRES.resolve(Database(tables=(table,))).database.tables[0]


def refusal(*tables: Table, enums: tuple[EnumType, ...] = ()) -> tuple[str, str | None]:
    with pytest.raises(UnsupportedChange) as caught:
        POSTGRES.resolve(Database(tables=tables, enums=enums))
    return caught.value.code, caught.value.place


def one_index(index: Index) -> Index:
    columns = (Column(name="a", type=TEXT), Column(name="b", type=INT, collation="C"))
    return resolved(*columns, indexes=(index,)).indexes[0]


def test_defaults_are_the_servers_own_functions():
    columns = (
        Column(name="id", type=LogicalType(kind=LogicalKind.ID), default=FunctionDefault(DefaultFunction.UUID)),
        Column(name="at", type=MOMENT, default=FunctionDefault(DefaultFunction.NOW)),
        Column(name="day", type=LogicalType(kind=LogicalKind.DATE), default=FunctionDefault(DefaultFunction.NOW)),
        Column(name="nothing", type=TEXT, default="null"),
    )  # fmt: skip
    table = resolved(*columns)
    assert [column.default for column in table.columns] == [
        "gen_random_uuid()",
        "CURRENT_TIMESTAMP",
        "CURRENT_DATE",
        None,
    ]


@pytest.mark.parametrize(
    ("counter", "lean"),
    [
        (None, None),
        (Counter(start=1, increment=1, minimum=1, maximum=2**31 - 1, cache=1), None),
        (Counter(start=5, maximum=100), Counter(start=5, maximum=100)),
        (Counter(increment=-1, start=-1, maximum=-1, minimum=-(2**31)), Counter(increment=-1)),
        (Counter(kind=CounterKind.ALWAYS), Counter(kind=CounterKind.ALWAYS)),
    ],
)
def test_a_counter_says_only_what_is_not_usual(counter: Counter | None, lean: Counter | None):
    table = resolved(Column(name="id", type=INT, identity=True, counter=counter))
    assert table.columns[0].counter == lean


def test_serial_as_a_type_is_a_counted_integer():
    native = LogicalType(kind=LogicalKind.NATIVE, native="bigserial")
    column = resolved(Column(name="id", type=native)).columns[0]
    assert column == Column(
        name="id", type="bigint", identity=True, counter=Counter(kind=CounterKind.SERIAL)
    )


def test_what_refers_to_a_serial_column_does_not_count():
    serial = LogicalType(kind=LogicalKind.BIG_INT, native="bigserial")
    key = ForeignKey(columns=("c",), table="t", references=("id",))

    table = resolved(Column(name="c", type=serial), foreign_keys=(key,))

    assert table.columns == (Column(name="c", type="bigint"),)


@pytest.mark.parametrize(
    ("index", "constraint"),
    [
        (Index(name="i", unique=True, constraint=None, parts=(IndexPart(column="a"),)), True),
        (Index(name="i", unique=True, constraint=None, parts=(IndexPart(column="a"),), where="b > 0"), False),
        (Index(name="i", unique=True, constraint=None, parts=(IndexPart(column="a", descending=True),)), False),
        (Index(name="i", unique=True, constraint=None, parts=(IndexPart(expression="lower(a)"),)), False),
        (Index(name="i", constraint=None, parts=(IndexPart(column="a"),)), False),
    ],
)  # fmt: skip
def test_a_unique_key_is_a_constraint_where_it_can_be(index: Index, constraint: bool):
    assert one_index(index).constraint is constraint


def test_what_goes_without_saying_is_left_out_of_an_index():
    index = Index(
        name="i",
        method="BTREE",
        parts=(
            IndexPart(column="a", nulls="LAST", ops="text_ops", collation="default"),
            IndexPart(column="b", descending=True, nulls="FIRST", collation="C"),
            IndexPart(expression="(a)"),
            IndexPart(expression='a COLLATE "C"'),
        ),
    )
    assert one_index(index) == Index(
        name="i",
        parts=(
            IndexPart(column="a"),
            IndexPart(column="b", descending=True),
            IndexPart(column="a"),
            IndexPart(column="a", collation="C"),
        ),
    )


def test_what_only_other_servers_have_is_left_out_with_a_warning():
    indexes = (
        Index(name="full", method="fulltext", parts=(IndexPart(column="a"),)),
        Index(name="short", parts=(IndexPart(column="a", length=9),)),
        Index(name="hidden", parts=(IndexPart(column="a"),), visible=False),
    )
    table = Table(name="t", columns=(Column(name="a", type=TEXT),), indexes=indexes)
    found = POSTGRES.resolve(Database(tables=(table,)))
    assert [index.name for index in found.database.tables[0].indexes] == ["short", "hidden"]
    assert [warning.partition(":")[0] for warning in found.warnings] == [
        "index `full`",
        "index `short`",
        "index `hidden`",
    ]


def test_expressions_lose_the_name_of_their_own_table():
    table = resolved(
        Column(name="a", type=INT),
        Column(name="b", type=INT, generated=Generated(expression="things.a+1")),
        checks=(Check(name="c", expression="((things.a)>0)"),),
    )
    assert table.checks[0].expression == "a > 0"
    assert table.columns[1].generated == Generated(expression="a + 1")


def column(**parts: Any) -> Table:
    return Table(name="t", columns=(Column(**{"name": "c", "type": INT} | parts),))


def native(text: str) -> LogicalType:
    return LogicalType(kind=LogicalKind.NATIVE, native=text)


def with_ops(text: str) -> Table:
    index = Index(name="i", parts=(IndexPart(column="c", ops=text),))
    return replace(column(type=TEXT), indexes=(index,))


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (column(type=LogicalType(kind=LogicalKind.NATIVE)), "OKR239"),
        (column(type=TEXT, identity=True), "OKR234"),
        (column(identity=True, default="5"), "OKR234"),
        (column(default="1; DROP TABLE t"), "OKR217"),
        (column(default="1) , (2"), "OKR217"),
        (column(default="1 -- 2"), "OKR217"),
        (column(default="'a"), "OKR217"),
        (column(default=""), "OKR217"),
        (column(default="other + 1"), "OKR237"),
        (column(type=MOMENT, default="'now'"), "OKR238"),
        (column(type=MOMENT, default="timestamp 'Today'"), "OKR238"),
        (column(type=native("text); DROP TABLE t; --")), "OKR229"),
        (column(type=native("text DEFAULT 'a'")), "OKR229"),
        (with_ops("text_ops); DROP TABLE t; --"), "OKR229"),
        (with_ops("gist_trgm_ops(siglen=32; DROP TABLE t)"), "OKR229"),
        (Table(name="a.b.c", columns=()), "OKR233"),
        (Table(name="pg_catalog.t", columns=()), "OKR233"),
        (Table(name="x" * 64, columns=()), "OKR403"),
    ],
)
def test_what_postgresql_can_not_have_is_refused(table: Table, code: str):
    assert refusal(table)[0] == code


def test_a_check_on_a_column_that_is_not_there_names_one_that_is():
    table = Table(
        name="t",
        columns=(Column(name="price", type=INT),),
        checks=(Check(name="k", expression="pirce > 0"),),
    )
    with pytest.raises(UnsupportedChange) as caught:
        POSTGRES.resolve(Database(tables=(table,)))
    assert caught.value.render().splitlines() == [
        "error[OKR220]: `pirce` is no column of `t`",
        "  --> t.k",
        "  = help: did you mean `price`? A text stands in single quotes",
    ]


def test_constraints_and_indexes_that_can_not_be_are_refused():
    columns = (Column(name="a", type=TEXT),)
    part = (IndexPart(column="a"),)
    partial = Index(name="i", unique=True, constraint=True, parts=part, where="a <> ''")
    deferred = Index(name="i", unique=True, constraint=False, parts=part, deferrable=True)
    for index in (partial, deferred):
        assert refusal(Table(name="t", columns=columns, indexes=(index,))) == ("OKR235", "t.i")


@pytest.mark.parametrize(
    ("enum", "code"),
    [
        (EnumType(name="path", values=("a",)), "OKR230"),
        (EnumType(name="things", values=("a",)), "OKR231"),
        (EnumType(name="e", values=("a" * 64,)), "OKR232"),
        (EnumType(name="e", values=("",)), "OKR232"),
    ],
)
def test_enums_that_can_not_be_are_refused(enum: EnumType, code: str):
    table = Table(name="things", columns=(Column(name="a", type=TEXT),))
    assert refusal(table, enums=(enum,))[0] == code


def test_a_deferred_key_is_deferrable():
    key = ForeignKey(columns=("a",), table="t", references=("a",), initially_deferred=True)
    table = resolved(Column(name="a", type=TEXT), foreign_keys=(key,))
    assert table.foreign_keys[0].deferrable


@pytest.mark.parametrize(
    ("native", "text"),
    [
        ("numeric", "1e999999999"),
        ("numeric", "1e-999999999"),
        ("numeric", "0e99999999999999999999"),
        ("numeric", "9" * 5_000),
        ("numeric", f"0x{'f' * 5_000}"),
        ("integer", f"'{'9' * 5_000}'"),
        ("bigint", f"'{'9' * 5_000}'"),
        ("jsonb", "'1e999999999'"),
    ],
)
def test_numbers_that_are_too_long_are_left_as_they_stand(native: str, text: str):
    kind = LogicalType(kind=LogicalKind.NATIVE, native=native)

    [found] = resolved(Column(name="c", type=kind, default=text)).columns

    assert str(found.default).strip("()") == text
