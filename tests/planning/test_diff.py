"""Two databases → changes, by name."""

from __future__ import annotations

from msgspec.structs import replace

from okra.relational.changes import (
    AddCheck,
    AddColumn,
    AlterColumn,
    AlterTable,
    DropCheck,
    RenameCheck,
    RenameIndex,
)
from okra.relational.describe import describe
from okra.relational.diff import diff
from okra.relational.model import (
    Check,
    Column,
    Database,
    EnumType,
    Index,
    IndexPart,
    PrimaryKey,
    Table,
)

ID = Column(name="id", type="integer")
NAME = Column(name="name", type="text", nullable=True)
BY_NAME = Index(name="by_name", parts=(IndexPart(column="name"),))
USERS = Table(
    name="users",
    columns=(ID, NAME),
    primary_key=PrimaryKey(columns=("id",)),
    indexes=(BY_NAME,),
    checks=(Check(expression="id > 0"), Check(expression="name <> ''", name="c")),
)
BEFORE = Database(tables=(USERS,), enums=(EnumType(name="mood", values=("good", "bad")),))


def steps(after: Table, **how: object) -> tuple[object, ...]:
    found = diff(Database(tables=(USERS,)), Database(tables=(after,)), **how)
    (change,) = found
    assert isinstance(change, AlterTable)
    return change.steps


def test_a_database_does_not_differ_from_itself() -> None:
    assert diff(BEFORE, BEFORE) == ()


def test_the_order_of_things_means_nothing() -> None:
    turned = replace(
        USERS,
        columns=USERS.columns[::-1],
        indexes=USERS.indexes[::-1],
        checks=USERS.checks[::-1],
    )

    assert diff(Database(tables=(USERS,)), Database(tables=(turned,))) == ()


def test_checks_are_the_same_by_their_expression() -> None:
    named = replace(USERS, checks=(Check(expression="id > 0", name="d"), USERS.checks[1]))

    assert steps(named) == (RenameCheck(before=USERS.checks[0], after=named.checks[0]),)


def test_a_check_of_one_name_and_another_expression_is_dropped_and_added() -> None:
    other = Check(expression="name <> 'x'", name="c")

    assert steps(replace(USERS, checks=(USERS.checks[0], other))) == (
        DropCheck(check=USERS.checks[1]),
        AddCheck(check=other),
    )


def test_two_checks_alike_are_two() -> None:
    twice = replace(USERS, checks=(*USERS.checks, USERS.checks[0]))

    assert steps(twice) == (AddCheck(check=USERS.checks[0]),)


def test_an_index_of_another_name_alone_is_renamed() -> None:
    other = replace(BY_NAME, name="other")

    assert steps(replace(USERS, indexes=(other,))) == (RenameIndex(before=BY_NAME, after=other),)


def test_a_one_off_default_fills_only_what_becomes_required() -> None:
    required = replace(NAME, nullable=False)
    new = Column(name="new", type="text")
    after = replace(USERS, columns=(replace(ID, collation="NOCASE"), required, new))
    fills = {("users", column): "'x'" for column in ("id", "name", "new")}

    assert steps(after, fills=fills) == (
        AlterColumn(before=ID, after=after.columns[0]),
        AlterColumn(before=NAME, after=required, fill="'x'"),
        AddColumn(column=new, fill="'x'"),
    )


def test_every_change_of_an_enum_is_named() -> None:
    after = EnumType(name="mood", values=("bad", "fine", "good", "great"))

    assert describe(diff(BEFORE, replace(BEFORE, enums=(after,)))) == [
        "~ enum mood: order bad, good",
        "+ value mood.fine behind bad",
        "+ value mood.great behind good",
    ]
    assert describe(diff(BEFORE, replace(BEFORE, enums=()))) == ["- enum mood"]
    assert describe(diff(replace(BEFORE, enums=()), BEFORE)) == ["+ enum mood (good, bad)"]
    fewer = EnumType(name="mood", values=("good",))
    assert describe(diff(BEFORE, replace(BEFORE, enums=(fewer,)))) == ["- value mood.bad"]
    first = EnumType(name="mood", values=("new", "good", "bad"))
    assert describe(diff(BEFORE, replace(BEFORE, enums=(first,)))) == [
        "+ value mood.new at the front"
    ]
