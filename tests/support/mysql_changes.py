"""Changes of one MySQL table, each with the forms in which its ALTER TABLE statements are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.relational.model import (
    Action,
    Check,
    Column,
    Database,
    ForeignKey,
    Generated,
    Index,
    IndexPart,
    PrimaryKey,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Callable

INSTANT = "ALGORITHM=INSTANT"
INPLACE = "ALGORITHM=INPLACE, LOCK=NONE"
SHARED = "ALGORITHM=INPLACE, LOCK=SHARED"
COPY = "ALGORITHM=COPY, LOCK=SHARED"


def by(name: str, *columns: str, **more: object) -> Index:
    return Index(name=name, parts=tuple(IndexPart(column=column) for column in columns), **more)


def base() -> Table:
    return Table(
        name="t",
        columns=(
            Column(name="id", type="int", identity=True),
            Column(name="a", type="int", nullable=True),
            Column(name="n", type="int", default="5", comment="it's"),
            Column(name="u", type="int"),
            Column(name="v", type="varchar(20)", nullable=True),
            Column(name="w", type="varchar(60)", nullable=True),
            Column(name="x", type="text", nullable=True),
            Column(name="e", type="enum('a','b')", nullable=True),
            Column(name="d", type="datetime", nullable=True),
            Column(name="m", type="decimal(10,2)", nullable=True),
            Column(name="p_id", type="int", nullable=True),
        ),
        primary_key=PrimaryKey(columns=("id",)),
        indexes=(by("ia", "a"), by("iv", "v"), by("uu", "u", unique=True)),
        foreign_keys=(
            ForeignKey(
                name="fk",
                columns=("p_id",),
                table="p",
                references=("id",),
                on_delete=Action.RESTRICT,
                on_update=Action.RESTRICT,
            ),
        ),
        checks=(Check(name="ck", expression="n >= 0"),),
    )


PARENT = Table(
    name="p",
    columns=(Column(name="id", type="int"), Column(name="k", type="varchar(20)")),
    primary_key=PrimaryKey(columns=("id",)),
    indexes=(by("pk", "k", unique=True),),
)
VIRTUAL = Column(
    name="virt", type="int", nullable=True, generated=Generated(expression="a + 1", stored=False)
)
STORED = Column(name="sto", type="int", nullable=True, generated=Generated(expression="a + 2"))
KEY = ForeignKey(
    name="fk2",
    columns=("a",),
    table="p",
    references=("id",),
    on_delete=Action.CASCADE,
    on_update=Action.RESTRICT,
)


def changed(table: Table, column: str, **more: object) -> Table:
    columns = tuple(replace(c, **more) if c.name == column else c for c in table.columns)
    return replace(table, columns=columns)


def added(table: Table, *columns: Column) -> Table:
    return replace(table, columns=(*table.columns, *columns))


def without(table: Table, *names: str) -> Table:
    return replace(table, columns=tuple(c for c in table.columns if c.name not in names))


def indexed(table: Table, *indexes: Index) -> Table:
    return replace(table, indexes=(*table.indexes, *indexes))


def unindexed(table: Table, name: str) -> Table:
    return replace(table, indexes=tuple(index for index in table.indexes if index.name != name))


def case(
    change: Callable[[Table], Table], *forms: str, start: Callable[[Table], Table] = lambda t: t
) -> tuple[Database, Database, list[str]]:
    before = start(base())
    return (
        Database(tables=(PARENT, before)),
        Database(tables=(PARENT, change(before))),
        list(forms),
    )


def with_virtual(table: Table) -> Table:
    return added(table, VIRTUAL)


def with_indexed_virtual(table: Table) -> Table:
    return indexed(added(table, VIRTUAL), by("ivirt", "virt"))


def with_stored(table: Table) -> Table:
    return added(table, STORED)


def with_fulltext(table: Table) -> Table:
    return indexed(table, by("ft", "x", method="fulltext"))


def with_fulltexts(table: Table) -> Table:
    return indexed(with_fulltext(table), by("fv", "v", method="fulltext"))


def with_hashed(table: Table) -> Table:
    """A unique index for which InnoDB has no room."""
    return indexed(table, by("ux", "x", unique=True))


def with_text_key(table: Table) -> Table:
    return replace(
        added(table, Column(name="s", type="varchar(20)")),
        primary_key=PrimaryKey(columns=("id", "s")),
    )


def with_spatial(table: Table) -> Table:
    return indexed(added(table, Column(name="g", type="point")), by("ig", "g", method="spatial"))


def compressed(table: Table) -> Table:
    return replace(table, options=("row_format=compressed",))


NEW = Column(name="c", type="int", nullable=True)

CHANGES = {
    "add nullable": case(lambda t: added(t, NEW), INSTANT),
    "add with constant": case(
        lambda t: added(t, replace(NEW, nullable=False, default="7")), INSTANT
    ),
    "add text with constant": case(
        lambda t: added(t, Column(name="c", type="text", default="('x')")), INSTANT
    ),
    "add json": case(lambda t: added(t, Column(name="c", type="json", nullable=True)), INSTANT),
    "add with now": case(
        lambda t: added(
            t, Column(name="c", type="datetime", default="CURRENT_TIMESTAMP", updated_at=True)
        ),
        INSTANT,
    ),
    "add with uuid": case(
        lambda t: added(t, Column(name="c", type="varchar(36)", default="(uuid())")), COPY
    ),
    "add virtual": case(with_virtual, INSTANT),
    "add stored": case(with_stored, COPY),
    "add required": case(lambda t: added(t, replace(NEW, nullable=False)), INSTANT, INPLACE),
    "drop": case(lambda t: without(t, "m"), INSTANT),
    "drop indexed": case(lambda t: unindexed(without(t, "a"), "ia"), INPLACE, INSTANT),
    "add and index": case(lambda t: indexed(added(t, NEW), by("ic", "c")), INSTANT, INPLACE),
    "default": case(lambda t: changed(t, "n", default="6"), INSTANT),
    "no default": case(lambda t: changed(t, "n", default=None), INSTANT),
    "comment": case(lambda t: changed(t, "n", comment="other"), INSTANT),
    "updated at": case(lambda t: changed(t, "d", updated_at=True), INSTANT),
    "required": case(lambda t: changed(t, "a", nullable=False), INPLACE),
    "optional": case(lambda t: changed(t, "u", nullable=True), INPLACE),
    "longer": case(lambda t: changed(t, "v", type="varchar(30)"), INSTANT),
    "longer than 255 bytes": case(lambda t: changed(t, "v", type="varchar(80)"), INSTANT),
    "long, longer than 255 bytes": case(lambda t: changed(t, "w", type="varchar(80)"), COPY),
    "big5, longer than 255 bytes": case(
        lambda t: changed(t, "w", type="varchar(130)"),
        COPY,
        start=lambda t: changed(t, "w", type="varchar(120)", collation="big5_chinese_ci"),
    ),
    "shorter": case(lambda t: changed(t, "v", type="varchar(10)"), COPY),
    "text": case(lambda t: changed(t, "w", type="text"), COPY),
    "wider number": case(lambda t: changed(t, "n", type="bigint"), COPY),
    "wider decimal": case(lambda t: changed(t, "m", type="decimal(12,2)"), COPY),
    "fractions": case(lambda t: changed(t, "d", type="datetime(3)"), COPY),
    "unsigned": case(lambda t: changed(t, "u", type="int unsigned"), COPY),
    "enum appended": case(lambda t: changed(t, "e", type="enum('a','b','c')"), INSTANT),
    "enum inserted": case(lambda t: changed(t, "e", type="enum('a','c','b')"), COPY),
    "enum less": case(lambda t: changed(t, "e", type="enum('a')"), COPY),
    "enum to text": case(lambda t: changed(t, "e", type="varchar(20)"), COPY),
    "enum required": case(lambda t: changed(t, "e", nullable=False), INPLACE),
    "collation": case(lambda t: changed(t, "w", collation="utf8mb4_bin"), INSTANT),
    "collation of indexed": case(lambda t: changed(t, "v", collation="utf8mb4_bin"), INPLACE),
    "character set": case(lambda t: changed(t, "w", collation="latin1_swedish_ci"), COPY),
    "no counter": case(lambda t: changed(t, "id", identity=False), INSTANT),
    "index": case(lambda t: indexed(t, by("in", "n")), INPLACE),
    "unique index": case(lambda t: indexed(t, by("in", "n", unique=True)), INPLACE),
    "fulltext": case(with_fulltext, SHARED),
    "two fulltexts": case(with_fulltexts, SHARED, SHARED),
    "drop index": case(lambda t: unindexed(t, "ia"), INPLACE),
    "drop unique": case(lambda t: unindexed(t, "uu"), INPLACE),
    "rename index": case(lambda t: indexed(unindexed(t, "ia"), by("ib", "a")), INSTANT),
    "hide index": case(
        lambda t: indexed(unindexed(t, "ia"), by("ia", "a", visible=False)), INSTANT
    ),
    "another key": case(
        lambda t: changed(replace(t, primary_key=PrimaryKey(columns=("u",))), "id", identity=False),
        INPLACE,
    ),
    "longer key": case(lambda t: replace(t, primary_key=PrimaryKey(columns=("id", "u"))), INPLACE),
    "drop foreign key": case(lambda t: replace(t, foreign_keys=()), INSTANT, INPLACE),
    "foreign key": case(lambda t: replace(t, foreign_keys=(*t.foreign_keys, KEY)), COPY),
    "check": case(
        lambda t: replace(t, checks=(*t.checks, Check(name="c2", expression="a > 0"))), COPY
    ),
    "drop check": case(lambda t: replace(t, checks=()), INSTANT),
    "table comment": case(lambda t: replace(t, comment="it's"), INSTANT),
    "row format": case(lambda t: replace(t, options=("row_format=compact",)), INPLACE),
    "virtual: required": case(
        lambda t: changed(t, "a", nullable=False), INPLACE, start=with_virtual
    ),
    "virtual: add": case(lambda t: added(t, NEW), INSTANT, start=with_virtual),
    "virtual: drop": case(lambda t: without(t, "virt"), INSTANT, start=with_virtual),
    "virtual: drop another": case(lambda t: without(t, "m"), INSTANT, start=with_virtual),
    "virtual: drop and add": case(
        lambda t: added(without(t, "m"), NEW), INSTANT, INSTANT, start=with_virtual
    ),
    "virtual: drop check and column": case(
        lambda t: replace(without(t, "n"), checks=()), INSTANT, INSTANT, start=with_virtual
    ),
    "virtual: other expression": case(
        lambda t: changed(t, "virt", generated=Generated(expression="a + 3", stored=False)),
        INSTANT,
        start=with_virtual,
    ),
    "virtual: add with column": case(
        lambda t: added(t, NEW, replace(VIRTUAL, name="v2")), INSTANT, INSTANT
    ),
    "indexed virtual: add": case(lambda t: added(t, NEW), SHARED, start=with_indexed_virtual),
    "indexed virtual: drop": case(lambda t: without(t, "m"), COPY, start=with_indexed_virtual),
    "indexed virtual: required": case(
        lambda t: changed(t, "w", nullable=False), COPY, start=with_indexed_virtual
    ),
    "indexed virtual: optional": case(
        lambda t: changed(t, "u", nullable=True), SHARED, start=with_indexed_virtual
    ),
    "indexed virtual: other expression": case(
        lambda t: changed(t, "virt", generated=Generated(expression="a + 3", stored=False)),
        COPY,
        start=with_indexed_virtual,
    ),
    "stored: required": case(lambda t: changed(t, "w", nullable=False), COPY, start=with_stored),
    "stored: optional": case(lambda t: changed(t, "u", nullable=True), INPLACE, start=with_stored),
    "stored: other expression": case(
        lambda t: changed(t, "sto", generated=Generated(expression="a + 3")),
        COPY,
        start=with_stored,
    ),
    "stored to virtual": case(
        lambda t: changed(t, "sto", generated=Generated(expression="a + 2", stored=False)),
        INSTANT,
        INSTANT,
        start=with_stored,
    ),
    "fulltext: add": case(lambda t: added(t, NEW), SHARED, start=with_fulltext),
    "fulltext: drop": case(lambda t: without(t, "m"), SHARED, start=with_fulltext),
    "fulltext: required": case(
        lambda t: changed(t, "w", nullable=False), SHARED, start=with_fulltext
    ),
    "fulltext: add virtual": case(with_virtual, INSTANT, start=with_fulltext),
    "two fulltexts: add": case(lambda t: added(t, NEW), COPY, start=with_fulltexts),
    "spatial: add": case(lambda t: added(t, NEW), INSTANT, start=with_spatial),
    "spatial: drop": case(lambda t: without(t, "m"), INSTANT, start=with_spatial),
    "spatial: required": case(
        lambda t: changed(t, "w", nullable=False), SHARED, start=with_spatial
    ),
    "spatial: optional": case(lambda t: changed(t, "u", nullable=True), SHARED, start=with_spatial),
    "spatial: longer key": case(
        lambda t: replace(t, primary_key=PrimaryKey(columns=("id", "u"))),
        SHARED,
        start=with_spatial,
    ),
    "spatial: row format": case(
        lambda t: replace(t, options=("row_format=compact",)), SHARED, start=with_spatial
    ),
    "compressed: add": case(lambda t: added(t, NEW), INPLACE, start=compressed),
    "compressed: drop": case(lambda t: without(t, "m"), INPLACE, start=compressed),
    "compressed: virtual: add": case(
        lambda t: added(t, NEW), INPLACE, start=lambda t: compressed(with_virtual(t))
    ),
    "compressed: virtual: drop another": case(
        lambda t: without(t, "m"), COPY, start=lambda t: compressed(with_virtual(t))
    ),
    "compressed: comment": case(
        lambda t: changed(t, "n", comment="other"), INSTANT, start=compressed
    ),
    "compressed by its blocks: add": case(
        lambda t: added(t, NEW),
        INPLACE,
        start=lambda t: replace(t, options=("key_block_size=8",)),
    ),
    "fulltext: collation": case(
        lambda t: changed(t, "w", collation="utf8mb4_bin"),
        SHARED,
        start=lambda t: indexed(t, by("fw", "w", method="fulltext")),
    ),
    "key: collation": case(
        lambda t: changed(t, "s", collation="utf8mb4_bin"), COPY, start=with_text_key
    ),
    "character set, longer than 255 bytes": case(
        lambda t: changed(t, "w", collation=None),
        COPY,
        start=lambda t: changed(t, "w", type="varchar(70)", collation="utf8mb3_general_ci"),
    ),
    "hashed: make": case(with_hashed, COPY),
    "hashed: make of a long text": case(
        lambda t: indexed(t, by("uw", "w", "a", unique=True)),
        COPY,
        start=lambda t: changed(t, "w", type="varchar(768)"),
    ),
    "hashed: make by a longer text": case(
        lambda t: changed(t, "w", type="varchar(800)"),
        COPY,
        start=lambda t: indexed(
            changed(t, "w", type="varchar(700)"), by("uw", "w", "a", unique=True)
        ),
    ),
    "hashed: make with a fulltext": case(lambda t: with_fulltext(with_hashed(t)), COPY, COPY),
    "hashed: add": case(lambda t: added(t, NEW), COPY, start=with_hashed),
    "hashed: drop": case(lambda t: unindexed(t, "ux"), INPLACE, start=with_hashed),
    "hashed: drop another index": case(lambda t: unindexed(t, "iv"), COPY, start=with_hashed),
    "hashed: drop foreign key": case(
        lambda t: replace(t, foreign_keys=()), COPY, COPY, start=with_hashed
    ),
    "hashed: drop check": case(lambda t: replace(t, checks=()), COPY, start=with_hashed),
    "hashed: comment": case(lambda t: changed(t, "n", comment="other"), COPY, start=with_hashed),
    "myisam: add": case(
        lambda t: added(t, NEW),
        COPY,
        start=lambda t: replace(t, foreign_keys=(), options=("engine=MyISAM",)),
    ),
}
