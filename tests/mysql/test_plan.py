"""Plans for what the schema language can't say in few words, up, down and up again on a server."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from mysql_changes import PARENT, base, by
from okra.dialects import dialect
from okra.dialects.session import connect
from okra.errors import UnsupportedChange
from okra.relational.describe import describe
from okra.relational.diff import diff
from okra.relational.model import (
    Action,
    Check,
    Column,
    Database,
    ForeignKey,
    Generated,
    PrimaryKey,
    Table,
)
from okra.relational.order import order
from okra.relational.renaming import NO_RENAMES, ColumnRename, Renames

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.dialects.session import MigrationSession
    from okra.plan import Plan
    from okra.url import DatabaseUrl

MYSQL = dialect("mysql")


def planned(before: Database, after: Database, renames: Renames = NO_RENAMES) -> Plan:
    return MYSQL.plan(order(diff(before, after, renames), cut_cycles=True), after)


@pytest.fixture
def session(mysql: DatabaseUrl) -> Iterator[MigrationSession]:
    with closing(connect(mysql, lock_timeout_ms=5_000)) as found:
        yield found


def run(session: MigrationSession, plan: Plan, wanted: Database) -> None:
    for statement in plan.statements:
        session.execute(statement.sql)
    found = MYSQL.introspect(session, wanted=wanted).database
    assert describe(diff(found, wanted)) == []


def there_and_back(
    session: MigrationSession, before: Database, after: Database, renames: Renames = NO_RENAMES
) -> list[str]:
    """The statements of the way there, once both ways have been gone."""
    run(session, planned(Database(), before), before)
    there = planned(before, after, renames)
    run(session, there, after)
    run(session, planned(after, before, renames.inverted()), before)
    run(session, there, after)
    return [statement.sql for statement in there.statements]


def table(name: str, *columns: Column, **more: object) -> Table:
    return Table(
        name=name,
        columns=(Column(name="id", type="int"), *columns),
        primary_key=PrimaryKey(columns=("id",)),
        **more,
    )


def key(name: str, column: str, target: str, reference: str = "id", **more: object) -> ForeignKey:
    return ForeignKey(
        name=name,
        columns=(column,),
        table=target,
        references=(reference,),
        on_delete=more.get("on_delete", Action.RESTRICT),
        on_update=Action.RESTRICT,
    )


CODE = Column(name="code", type="varchar(20)")
REF = Column(name="ref", type="int", nullable=True)


def test_a_new_table_may_refer_to_a_column_that_comes_with_it(session: MigrationSession) -> None:
    old = table("shops")
    new = replace(old, columns=(*old.columns, CODE), indexes=(by("k", "code", unique=True),))
    child = table(
        "orders", replace(CODE, name="shop"), foreign_keys=(key("fk", "shop", "shops", "code"),)
    )

    statements = there_and_back(session, Database(tables=(old,)), Database(tables=(child, new)))

    assert "FOREIGN KEY" not in statements[0]
    assert statements[-1].startswith("ALTER TABLE `orders`\n  ADD INDEX `fk` (`shop`)")


def test_a_key_that_the_server_named_keeps_its_name_when_its_table_gets_another(
    session: MigrationSession,
) -> None:
    child = table("ones", REF, foreign_keys=(key("ones_ibfk_1", "ref", "p"),))
    renamed = replace(child, name="twos")

    statements = there_and_back(
        session,
        Database(tables=(PARENT, child)),
        Database(tables=(PARENT, renamed)),
        Renames(tables=(("ones", "twos"),)),
    )

    assert statements[0] == "ALTER TABLE `ones` DROP FOREIGN KEY `ones_ibfk_1`, ALGORITHM=INSTANT"
    assert statements[1] == "RENAME TABLE `ones` TO `twos`"


def test_two_keys_of_one_column_share_the_index_behind_them(session: MigrationSession) -> None:
    other = table("q")
    keys = (key("b_fk", "ref", "p"), key("a_fk", "ref", "q"))
    child = table("t", REF, foreign_keys=keys)
    less = replace(child, foreign_keys=keys[:1])

    statements = there_and_back(
        session,
        Database(tables=(PARENT, other, child)),
        Database(tables=(PARENT, other, less)),
    )

    assert statements == [
        "ALTER TABLE `t` DROP FOREIGN KEY `a_fk`, ALGORITHM=INSTANT",
        "ALTER TABLE `t` RENAME INDEX `a_fk` TO `b_fk`, ALGORITHM=INSTANT",
    ]


def test_tables_that_refer_to_each_other_come_and_go_with_a_changed_one(
    session: MigrationSession,
) -> None:
    one = table("ones", REF, foreign_keys=(key("one_fk", "ref", "twos"),))
    two = table("twos", REF, foreign_keys=(key("two_fk", "ref", "ones"),))
    longer = replace(
        PARENT, columns=(*PARENT.columns, REF), foreign_keys=(key("p_fk", "ref", "ones"),)
    )

    there_and_back(session, Database(tables=(PARENT,)), Database(tables=(one, two, longer)))


@pytest.mark.parametrize(
    "option",
    [
        *("avg_row_length=100", "checksum=1", "delay_key_write=1", "max_rows=10", "min_rows=2"),
        *("key_block_size=8", "pack_keys=1", "row_format=compressed", "stats_persistent=1"),
    ],
)
def test_an_option_of_a_table_comes_and_goes(session: MigrationSession, option: str) -> None:
    plain = Database(tables=(table("t"),))

    there_and_back(session, plain, Database(tables=(table("t", options=(option,)),)))


def test_mysql_takes_the_values_of_some_options_in_quotes() -> None:
    plain = Database(tables=(table("t"),))
    options = ("compression=zlib", "encryption=y")
    other = Database(tables=(table("t", options=options),))

    there, back = planned(plain, other).statements, planned(other, plain).statements

    assert "COMPRESSION='zlib',\n  ENCRYPTION='y'" in there[0].sql
    assert "COMPRESSION='none',\n  ENCRYPTION='n'" in back[0].sql


def test_a_changed_column_keeps_all_that_it_was(session: MigrationSession) -> None:
    column = Column(
        name="kept",
        type="varchar(20)",
        default="'it''s'",
        collation="utf8mb4_bin",
        comment="back\\slash and 'quote'",
    )
    moment = Column(
        name="at", type="datetime(3)", default="CURRENT_TIMESTAMP(3)", updated_at=True, comment="x"
    )
    old = table("t", column, moment)
    new = table("t", replace(column, nullable=True), replace(moment, nullable=True))

    statements = there_and_back(session, Database(tables=(old,)), Database(tables=(new,)))

    assert statements == [
        (
            "ALTER TABLE `t`\n"
            "  MODIFY COLUMN `kept` varchar(20) COLLATE utf8mb4_bin NULL DEFAULT 'it''s'"
            " COMMENT 'back\\\\slash and ''quote''',\n"
            "  MODIFY COLUMN `at` datetime(3) NULL DEFAULT CURRENT_TIMESTAMP(3)"
            " ON UPDATE CURRENT_TIMESTAMP(3) COMMENT 'x',\n"
            "  ALGORITHM=INPLACE, LOCK=NONE"
        )
    ]


def test_names_that_change_places_in_a_circle(session: MigrationSession) -> None:
    tables = [table(name, Column(name=f"of_{name}", type="int")) for name in ("a", "b", "c")]
    moved = [replace(each, name=name) for each, name in zip(tables, ("b", "c", "a"), strict=True)]

    statements = there_and_back(
        session,
        Database(tables=tuple(tables)),
        Database(tables=tuple(moved)),
        Renames(tables=(("a", "b"), ("b", "c"), ("c", "a"))),
    )

    assert statements == [
        "RENAME TABLE `a` TO `_okra_aside_a`",
        "RENAME TABLE `c` TO `a`",
        "RENAME TABLE `b` TO `c`",
        "RENAME TABLE `_okra_aside_a` TO `b`",
    ]


def test_a_renamed_column_takes_along_what_is_computed_from_it(session: MigrationSession) -> None:
    old = table(
        "t",
        Column(name="order", type="int"),
        Column(
            name="twice",
            type="int",
            nullable=True,
            generated=Generated(expression="`order` * 2", stored=False),
        ),
        checks=(Check(name="c", expression="`order` > 0"),),
        indexes=(by("i", "twice"),),
    )
    new = table(
        "t",
        Column(name="group", type="int"),
        Column(
            name="twice",
            type="int",
            nullable=True,
            generated=Generated(expression="`group` * 2", stored=False),
        ),
        checks=(Check(name="c", expression="`group` > 0"),),
        indexes=(by("i", "twice"),),
    )

    statements = there_and_back(
        session,
        Database(tables=(old,)),
        Database(tables=(new,)),
        Renames(columns=(ColumnRename(table="t", before="order", after="group"),)),
    )

    assert statements == [
        (
            "ALTER TABLE `t`\n"
            "  /*!80016 DROP CHECK `c`, DROP INDEX `i`, DROP COLUMN `twice`, */\n"
            "  RENAME COLUMN `order` TO `group`\n"
            "  /*!80016 , ADD COLUMN `twice` int GENERATED ALWAYS AS (`group` * 2) VIRTUAL,"
            " ADD CONSTRAINT `c` CHECK (`group` > 0), ADD INDEX `i` (`twice`),"
            " ALGORITHM=COPY, LOCK=SHARED */\n"
            "  /*M!100600 , ALGORITHM=INSTANT */"
        )
    ]


def computed(expression: str) -> Column:
    generated = Generated(expression=expression, stored=False)
    return Column(name="v", type="int", nullable=True, generated=generated)


@pytest.mark.parametrize(
    ("used", "free"),
    [
        (computed("a + b"), computed("b + 1")),
        (computed("a + b"), computed("b + n")),
        (
            Column(name="v", type="int", nullable=True, default="(a + 1)"),
            Column(name="v", type="int"),
        ),
    ],
)
def test_a_column_goes_that_another_one_used_until_now(
    session: MigrationSession, used: Column, free: Column
) -> None:
    a, b, n = (Column(name=name, type="int", nullable=True) for name in "abn")
    before = Database(tables=(table("t", a, b, used),))
    after = Database(tables=(table("t", b, n, free),))

    there_and_back(session, before, after)


def test_columns_may_be_computed_from_others_that_stand_behind_them(
    session: MigrationSession,
) -> None:
    a = Column(name="a", type="int")
    v, w = computed("a + w"), replace(computed("a * 2"), name="w")
    plain = Database(tables=(table("t", a),))
    both = Database(tables=(table("t", v, w, a),))

    run(session, planned(Database(), both), both)
    run(session, planned(both, plain), plain)
    run(session, planned(plain, both), both)


@pytest.mark.parametrize("stored", [True, False])
def test_a_computed_column_may_use_another_one_from_now_on(
    session: MigrationSession, stored: bool
) -> None:
    def column(name: str, expression: str) -> Column:
        generated = Generated(expression=expression, stored=stored)
        return Column(name=name, type="int", nullable=True, generated=generated)

    a, w = Column(name="a", type="int"), column("w", "a * 2")
    before = Database(tables=(table("t", a, column("v", "a + 1")),))
    beside = Database(tables=(table("t", a, column("v", "a + 1"), w),))
    after = Database(tables=(table("t", a, column("v", "a + w"), w),))

    there_and_back(session, before, after)
    run(session, planned(after, beside), beside)
    run(session, planned(beside, after), after)


def test_rows_may_get_values_from_a_column_that_comes_with_them(session: MigrationSession) -> None:
    b = Column(name="b", type="int", nullable=True)
    source = Column(name="a", type="int", default="4")
    before = Database(tables=(table("t", b),))
    after = Database(tables=(table("t", source, replace(b, nullable=False, default="(a + 1)")),))
    run(session, planned(Database(), before), before)
    session.execute("INSERT INTO t (id, b) VALUES (1, NULL), (2, 7)")

    run(session, planned(before, after), after)

    assert session.query("SELECT id, a, b FROM t ORDER BY id") == [(1, 4, 5), (2, 4, 7)]


@pytest.mark.parametrize("fill", ["'x' # later", "'\\'';DROP TABLE t;-- '", "'x"])
def test_a_value_for_rows_is_one_expression_to_mysql_too(fill: str) -> None:
    """Behind the `#` the condition would be a comment, and every row would get the value."""
    name = Column(name="name", type="varchar(20)", nullable=True)
    before = Database(tables=(table("t", name),))
    after = Database(tables=(table("t", replace(name, nullable=False)),))
    changes = diff(before, after, NO_RENAMES, {("t", "name"): fill})

    with pytest.raises(UnsupportedChange, match=r"the one-off default of `t\.name`"):
        MYSQL.plan(order(changes, cut_cycles=True), after)


def test_everything_of_a_table_goes_and_comes(session: MigrationSession) -> None:
    bare = Table(
        name="t",
        columns=(Column(name="id", type="int"), Column(name="z", type="int", nullable=True)),
        options=("row_format=compact",),
    )

    there_and_back(session, Database(tables=(PARENT, base())), Database(tables=(PARENT, bare)))


def test_a_table_may_lose_all_its_columns_for_others(session: MigrationSession) -> None:
    old = Table(name="t", columns=(Column(name="a", type="int"),))
    new = Table(name="t", columns=(Column(name="b", type="int", nullable=True),))

    there_and_back(session, Database(tables=(old,)), Database(tables=(new,)))


def test_a_column_in_another_case_is_another_column(session: MigrationSession) -> None:
    old = table("t", Column(name="Name", type="int", nullable=True))
    new = table("t", Column(name="name", type="int", nullable=True))

    there_and_back(session, Database(tables=(old,)), Database(tables=(new,)))


def test_a_column_that_becomes_required_and_another_type_keeps_its_values(
    session: MigrationSession,
) -> None:
    old = table("t", Column(name="n", type="varchar(20)", nullable=True), indexes=(by("i", "n"),))
    new = table("t", Column(name="n", type="bigint", default="7"), indexes=(by("i", "n"),))
    before, after = Database(tables=(old,)), Database(tables=(new,))
    run(session, planned(Database(), before), before)
    session.execute("INSERT INTO t VALUES (1, '12'), (2, NULL)")

    plan = planned(before, after)
    run(session, plan, after)

    assert session.query("SELECT * FROM t ORDER BY id") == [(1, 12), (2, 7)]
    assert [statement.sql for statement in plan.statements] == [
        "ALTER TABLE `t` MODIFY COLUMN `n` bigint NULL, ALGORITHM=COPY, LOCK=SHARED",
        "UPDATE `t` SET `n` = 7 WHERE `n` IS NULL",
        "ALTER TABLE `t` MODIFY COLUMN `n` bigint NOT NULL DEFAULT 7, ALGORITHM=INPLACE, LOCK=NONE",
    ]


def test_two_new_number_columns_that_must_differ_get_numbers(session: MigrationSession) -> None:
    old = Table(name="t", columns=(Column(name="a", type="int"),))
    new = Table(
        name="t",
        columns=(*old.columns, Column(name="b", type="int"), Column(name="c", type="int")),
        indexes=(by("b_key", "b", unique=True), by("c_key", "c", unique=True)),
    )
    before, after = Database(tables=(old,)), Database(tables=(new,))
    run(session, planned(Database(), before), before)
    session.execute("INSERT INTO t VALUES (1), (1), (2)")
    fills = {("t", name): MYSQL.placeholder(new, column, None) for name, column in _new(new)}

    changes = order(diff(before, after, NO_RENAMES, fills), cut_cycles=True)
    run(session, MYSQL.plan(changes, after), after)

    rows = session.query("SELECT b, c FROM t")
    assert len({b for b, _ in rows}) == len({c for _, c in rows}) == 3


def _new(found: Table) -> list[tuple[str, Column]]:
    return [(column.name, column) for column in found.columns if column.name != "a"]
