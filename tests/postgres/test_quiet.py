"""What was made in another way, or moved since, is still what the schema wants: there is nothing to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from okra.dialects import dialect
from okra.errors import DatabaseError
from okra.relational.describe import describe
from okra.relational.diff import diff
from okra.relational.model import (
    Check,
    Column,
    Counter,
    CounterKind,
    Database,
    EnumType,
    ForeignKey,
    Index,
    IndexPart,
    LogicalKind,
    LogicalType,
    PrimaryKey,
    Table,
)

if TYPE_CHECKING:
    from okra.dialects.session import MigrationSession

POSTGRES = dialect("postgres")
SERIAL = Counter(kind=CounterKind.SERIAL)
A = (IndexPart(column="a"),)


def column(name: str, native: str, **parts: Any) -> Column:
    kind = LogicalType(kind=LogicalKind.NATIVE, native=native)
    return Column(**{"name": name, "type": kind, "nullable": True} | parts)


def left(session: MigrationSession, *tables: Table, enums: tuple[EnumType, ...] = ()) -> list[str]:
    """What a diff of the live database against these tables would do."""
    wanted = POSTGRES.resolve(Database(tables=tables, enums=enums)).database
    return describe(diff(POSTGRES.introspect(session, wanted=wanted).database, wanted))


@pytest.mark.parametrize(
    "statements",
    [
        "CREATE TABLE t (a serial)",
        ("CREATE SEQUENCE t_a_seq AS integer; CREATE TABLE t (a integer NOT NULL DEFAULT nextval('t_a_seq'));"
        " ALTER SEQUENCE t_a_seq OWNED BY t.a"),
        "CREATE TABLE other (b serial); ALTER TABLE other RENAME b TO a; ALTER TABLE other RENAME TO t",
        "CREATE TABLE t (a serial); ALTER SEQUENCE t_a_seq RENAME TO \"Odd, isn't it\"",
        "CREATE SCHEMA s; CREATE TABLE t (a serial); ALTER SEQUENCE t_a_seq RENAME TO x",
    ],
)  # fmt: skip
def test_a_serial_column_is_one_whatever_its_sequence_is_called(
    session: MigrationSession, statements: str
):
    session.execute(statements)
    serial = column("a", "integer", nullable=False, identity=True, counter=SERIAL)
    assert left(session, Table(name="t", columns=(serial,))) == []


def test_a_default_that_counts_by_the_sequence_of_another_table_is_no_serial(
    session: MigrationSession,
):
    session.execute(
        "CREATE TABLE t (a serial); CREATE TABLE u (a integer DEFAULT nextval('t_a_seq'))"
    )
    serial = column("a", "integer", nullable=False, identity=True, counter=SERIAL)
    shared = column("a", "integer", default="nextval('t_a_seq')")
    tables = (Table(name="t", columns=(serial,)), Table(name="u", columns=(shared,)))
    assert left(session, *tables) == []


def test_names_may_say_the_schema_that_goes_without_saying(session: MigrationSession):
    session.execute("CREATE TYPE st AS ENUM ('a', 'b')")
    session.execute("CREATE FUNCTION f() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'")
    session.execute(
        "CREATE TABLE t (a integer DEFAULT f(), b st DEFAULT 'a', CHECK (b <> 'b'), CHECK (a > f()))"
    )
    table = Table(
        name="t",
        columns=(
            column("a", "integer", default="public.f()"),
            column("b", "st", default="'a'::public.st"),
        ),
        checks=(
            Check(name="t_b_check", expression="t.b <> 'b'::public.st"),
            Check(name="t_a_check", expression="public.t.a > public.f()"),
        ),
    )
    assert left(session, table, enums=(EnumType(name="st", values=("a", "b")),)) == []


def test_what_goes_without_saying_may_be_said_of_an_index(session: MigrationSession):
    session.execute('CREATE TABLE t (a text, b integer, c text COLLATE "C")')
    session.execute("CREATE INDEX i ON t (a, b DESC, c)")
    session.execute("CREATE INDEX j ON t USING gin (to_tsvector('english', a))")
    said = Index(
        name="i",
        method="btree",
        parts=(
            IndexPart(column="a", nulls="LAST", ops="text_ops", collation="default"),
            IndexPart(column="b", descending=True, nulls="FIRST", ops="int4_ops"),
            IndexPart(expression="(c)", collation="C"),
        ),
    )
    search = IndexPart(expression="to_tsvector('english'::regconfig, a)", ops="tsvector_ops")
    other = Index(name="j", method="GIN", parts=(search,))
    columns = (column("a", "text"), column("b", "int"), column("c", "text", collation="C"))
    assert left(session, Table(name="t", columns=columns, indexes=(said, other))) == []


@pytest.mark.parametrize(
    "rule", ["", "ON DELETE NO ACTION", "NOT DEFERRABLE", "MATCH SIMPLE ON UPDATE NO ACTION"]
)
def test_a_foreign_key_that_does_nothing_special_is_plain(session: MigrationSession, rule: str):
    session.execute(f"CREATE TABLE t (a integer PRIMARY KEY, b integer REFERENCES t {rule})")
    key = ForeignKey(name="t_b_fkey", columns=("b",), table="t", references=("a",))
    table = Table(
        name="t",
        columns=(column("a", "integer", nullable=False), column("b", "integer")),
        primary_key=PrimaryKey(columns=("a",), name="t_pkey"),
        foreign_keys=(key,),
    )
    assert left(session, table) == []


def test_dimensions_of_arrays_are_nothing(session: MigrationSession):
    session.execute("CREATE TABLE t (a integer[3], b text[][], c integer[])")
    columns = (column("a", "int[]"), column("b", "text[5]"), column("c", "int[][][]"))
    assert left(session, Table(name="t", columns=columns)) == []


def test_dropped_columns_leave_no_trace(session: MigrationSession):
    session.execute(
        "CREATE TABLE t (gone text, a integer UNIQUE, also integer, b integer CHECK (b > 0))"
    )
    session.execute("CREATE INDEX i ON t (b, lower(gone))")
    session.execute(
        "ALTER TABLE t DROP gone, DROP also; CREATE INDEX j ON t (b) INCLUDE (a) WHERE a > 0"
    )
    table = Table(
        name="t",
        columns=(column("a", "integer"), column("b", "integer")),
        indexes=(
            Index(name="t_a_key", parts=A, unique=True, constraint=True),
            Index(name="j", parts=(IndexPart(column="b"),), include=("a",), where="a > 0"),
        ),
        checks=(Check(name="t_b_check", expression="b > 0"),),
    )
    assert left(session, table) == []


def test_types_and_operator_classes_of_extensions_are_kept(session: MigrationSession):
    for extension in ("citext", "hstore", "pg_trgm", "ltree", "btree_gist"):
        try:
            session.execute(f"CREATE EXTENSION {extension}")
        except DatabaseError as error:
            pytest.skip(f"no {extension} here: {error.message}")
    session.execute(
        "CREATE TABLE t (a citext DEFAULT 'x' CHECK (a IN ('x', 'y')), b hstore DEFAULT 'k=>v', c text, d ltree, e citext[])"
    )
    session.execute("CREATE INDEX trigrams ON t USING gist (c gist_trgm_ops (siglen = 32))")
    session.execute("CREATE INDEX words ON t USING gin (c gin_trgm_ops)")
    session.execute("CREATE INDEX paths ON t USING gist (d)")

    found = POSTGRES.introspect(session)

    [table] = found.database.tables
    assert [str(each.type) for each in table.columns] == [
        "citext",
        "hstore",
        "text",
        "ltree",
        "citext[]",
    ]
    assert [part.ops for index in table.indexes for part in index.parts] == [
        None,
        "gist_trgm_ops(siglen=32)",
        "gin_trgm_ops",
    ]
    assert sorted(found.ignored) == [
        f"extension `{name}`" for name in ("btree_gist", "citext", "hstore", "ltree", "pg_trgm")
    ]
    again = POSTGRES.resolve(POSTGRES.logical(found.database)).database
    assert diff(found.database, again) == ()
    assert diff(POSTGRES.introspect(session, wanted=again).database, again) == ()
    spelled = IndexPart(column="c", ops="gist_trgm_ops ( siglen = '32' )")
    index = Index(name="trigrams", method="gist", parts=(spelled,))
    lone = POSTGRES.resolve(
        Database(tables=(Table(name="t", columns=(), indexes=(index,)),))
    ).database
    assert lone.tables[0].indexes[0] in table.indexes
