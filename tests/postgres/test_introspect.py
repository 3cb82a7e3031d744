"""What introspection reads, what it only names, and what the server settles for it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import msgspec
import pytest

from okra.dialects import dialect
from okra.dialects.postgres.planning.triggers import create_function, create_trigger
from okra.errors import DatabaseError
from okra.relational.diff import diff
from okra.relational.model import (
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
    from collections.abc import Callable, Sequence

    from okra.dialects.base import Row, Value
    from okra.dialects.session import MigrationSession
    from okra.url import DatabaseUrl

POSTGRES = dialect("postgres")
INT = LogicalType(kind=LogicalKind.INT)
MOMENT = LogicalType(kind=LogicalKind.DATE_TIME)

OUTSIDE = """
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, during int4range);
CREATE VIEW v AS SELECT 1 AS one;
CREATE MATERIALIZED VIEW m AS SELECT 1 AS one;
CREATE SEQUENCE loose;
CREATE TABLE sold (id integer, year integer) PARTITION BY RANGE (year);
CREATE TABLE sold_2024 PARTITION OF sold FOR VALUES FROM (2024) TO (2025);
CREATE TABLE parent (a integer);
CREATE TABLE child () INHERITS (parent);
CREATE TYPE pair AS (a integer, b integer);
CREATE TABLE pairs OF pair;
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER watch BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION g();
CREATE RULE silent AS ON DELETE TO t DO INSTEAD NOTHING;
CREATE POLICY own ON t USING (a > 0);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
ALTER TABLE t REPLICA IDENTITY FULL;
ALTER TABLE t ALTER b SET STORAGE EXTERNAL, ALTER b SET STATISTICS 500, ALTER b SET (n_distinct = 5);
ALTER TABLE t ADD CONSTRAINT older CHECK (a > 0) NOT VALID;
ALTER TABLE t ADD CONSTRAINT alone CHECK (a > 1) NO INHERIT;
ALTER TABLE t ADD CONSTRAINT apart EXCLUDE USING gist (during WITH &&);
ALTER TABLE t ADD CONSTRAINT fully FOREIGN KEY (a) REFERENCES t MATCH FULL;
CREATE STATISTICS together ON a, b FROM t;
COMMENT ON CONSTRAINT older ON t IS 'later';
CREATE SCHEMA other CREATE TABLE somewhere (a integer) CREATE TABLE elsewhere (a integer);
CREATE TABLE "with.point" (a integer);
CREATE TABLE _okra_migrations (version text);
"""


NAMED = (
    "table that inherits from another: `child`",
    "sequence `loose`",
    "materialized view `m`",
    "table of a type: `pairs`",
    "table that others inherit from: `parent`",
    "partitioned table `sold`",
    "partition `sold_2024`",
    "view `v`",
    "table with a point in its name: `with.point`",
    "trigger `watch` of table `t`",
    "constraint `alone` of table `t`: it has NO INHERIT",
    "constraint `apart` of table `t`",
    "foreign key `fully` of table `t`: it has MATCH FULL",
    "constraint `older` of table `t`: it is NOT VALID, older rows were not checked",
    "the comment on constraint `older` of table `t`",
    "the replica identity FULL of table `t`",
    "row level security of table `t`",
    "the storage EXTERNAL of column `b` of table `t`",
    "the statistics target 500 of column `b` of table `t`",
    "the options n_distinct=5 of column `b` of table `t`",
    "domain `email`",
    "function `f(integer)`",
    "function `g()`",
    "policy `own` of table `t`",
    "rule `silent` of table `t`",
    "statistics `together`",
    "type `pair`",
    "schema `other` with 2 tables",
)


class Counted:
    """A session that counts its queries."""

    def __init__(self, session: MigrationSession) -> None:
        self._session = session
        self.count = 0

    def query(self, sql: str, parameters: Sequence[Value] = ()) -> list[Row]:
        self.count += 1
        return self._session.query(sql, parameters)

    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        self.count += 1
        return self._session.execute(sql, parameters)

    def close(self) -> None:
        self._session.close()


def test_what_the_model_has_no_words_for_is_named_and_left_out(session: MigrationSession):
    session.execute(OUTSIDE)

    found = POSTGRES.introspect(session)

    assert [table.name for table in found.database.tables] == ["t"]
    table = found.database.tables[0]
    assert (table.foreign_keys, [check.name for check in table.checks]) == ((), ["alone", "older"])
    assert found.ignored == NAMED


def test_schemas_of_the_url_are_read_and_others_only_named(
    postgres: DatabaseUrl, opened: Callable[..., MigrationSession]
):
    plain = opened(postgres)
    plain.execute("CREATE SCHEMA a; CREATE TABLE a.t (x integer); CREATE TABLE t (y integer)")
    plain.execute("CREATE TYPE a.e AS ENUM ('one'); CREATE TABLE a.u (e a.e)")
    both = opened(
        msgspec.structs.replace(postgres, options=(*postgres.options, ("schema", "public,a")))
    )
    turned = opened(
        msgspec.structs.replace(postgres, options=(*postgres.options, ("schema", "a,public")))
    )

    alone, together, other = (POSTGRES.introspect(each) for each in (plain, both, turned))

    assert [table.name for table in alone.database.tables] == ["t"]
    assert alone.ignored == ("schema `a` with 2 tables",)
    assert [table.name for table in together.database.tables] == ["a.t", "t", "a.u"]
    assert together.database.enums == (EnumType(name="a.e", values=("one",)),)
    assert [table.name for table in other.database.tables] == ["t", "public.t", "u"]
    assert other.database.tables[2].columns[0].type == "e"


def test_a_default_schema_that_is_not_there_is_an_error(session: MigrationSession):
    session.execute("DROP SCHEMA public")
    with pytest.raises(DatabaseError) as caught:
        POSTGRES.introspect(session)
    assert caught.value.code == "OKR236"


def test_some_tables_are_read_with_their_enums_only(session: MigrationSession):
    session.execute("CREATE TYPE used AS ENUM ('a'); CREATE TYPE unused AS ENUM ('b')")
    session.execute(
        "CREATE TABLE one (a integer PRIMARY KEY); CREATE TABLE two (b used, c integer REFERENCES one)"
    )

    found = POSTGRES.introspect(session, ["two", "three"])

    assert found.database == Database(
        tables=(
            Table(
                name="two",
                columns=(
                    Column(name="b", type="used", nullable=True),
                    Column(name="c", type="integer", nullable=True),
                ),
                foreign_keys=(
                    ForeignKey(name="two_c_fkey", columns=("c",), table="one", references=("a",)),
                ),
            ),
        ),
        enums=(EnumType(name="used", values=("a",)),),
    )
    assert found.ignored == ()


def test_the_number_of_queries_does_not_grow_with_the_tables(session: MigrationSession):
    counts = []
    for number in (1, 2, 30):
        for each in range(number):
            session.execute(
                f"CREATE TABLE t{number}_{each} (id serial PRIMARY KEY, a integer UNIQUE CHECK (a > 0))"
            )
        counted = Counted(session)
        POSTGRES.introspect(counted)
        counts.append(counted.count)
    assert counts == [11, 11, 11]


def test_our_triggers_are_part_of_their_columns_and_others_are_not(session: MigrationSession):
    wanted = Table(
        name="t",
        columns=(
            Column(name="id", type="integer"),
            Column(name="at", type="timestamp without time zone", updated_at=True),
        ),
        primary_key=PrimaryKey(columns=("id",), name="t_pkey"),
    )
    session.execute("CREATE TABLE t (id integer PRIMARY KEY, at timestamp NOT NULL)")
    session.execute(create_function("t", "at"))
    session.execute(create_trigger(wanted, "at"))

    found = POSTGRES.introspect(session)

    assert (found.database.tables, found.ignored) == ((wanted,), ())


def test_an_index_whose_building_failed_is_not_the_index_that_is_wanted(session: MigrationSession):
    session.execute("CREATE TABLE t (a integer); INSERT INTO t VALUES (1), (1)")
    with pytest.raises(DatabaseError):
        session.execute("CREATE UNIQUE INDEX CONCURRENTLY t_a ON t (a)")

    found = POSTGRES.introspect(session)

    [index] = found.database.tables[0].indexes
    assert index == Index(name="t_a", parts=(IndexPart(column="a"),), unique=True, visible=False)
    assert found.ignored == ("index `t_a` of table `t`: it is not valid, building it failed",)


def test_tables_that_others_make_and_drop_meanwhile_do_no_harm(
    postgres: DatabaseUrl, opened: Callable[..., MigrationSession]
):
    reader, writer = opened(postgres, read_only=True), opened(postgres)
    stop = threading.Event()
    failures: list[Exception] = []

    def churn() -> None:
        while not stop.is_set():
            writer.execute("CREATE TABLE t (a integer CHECK (a > 0), b text DEFAULT 'x', c serial)")
            writer.execute("CREATE INDEX i ON t (lower(b)) WHERE a > 1")
            writer.execute("DROP TABLE t")

    thread = threading.Thread(target=churn)
    thread.start()
    try:
        for _ in range(60):
            POSTGRES.introspect(reader)
    except DatabaseError as error:
        failures.append(error)
    finally:
        stop.set()
        thread.join()
    assert failures == []


def test_a_table_that_is_not_kept_in_a_heap_is_named(session: MigrationSession):
    try:
        session.execute("CREATE ACCESS METHOD pile TYPE TABLE HANDLER heap_tableam_handler")
    except DatabaseError as error:
        pytest.skip(f"not allowed here: {error.message}")
    session.execute("CREATE TABLE t (a integer) USING pile")
    assert POSTGRES.introspect(session).ignored == ("the access method `pile` of table `t`",)


def test_a_foreign_key_to_a_partitioned_table_is_one_key(session: MigrationSession):
    session.execute("CREATE TABLE p (id integer PRIMARY KEY) PARTITION BY HASH (id)")
    session.execute("CREATE TABLE p0 PARTITION OF p FOR VALUES WITH (MODULUS 2, REMAINDER 0)")
    session.execute("CREATE TABLE t (p_id integer REFERENCES p)")

    found = POSTGRES.introspect(session)

    [table] = found.database.tables
    assert [key.table for key in table.foreign_keys] == ["p"]


def test_a_column_is_counted_by_the_sequence_that_counts_it(session: MigrationSession):
    session.execute("CREATE TABLE t (a serial, b integer GENERATED BY DEFAULT AS IDENTITY)")
    session.execute("CREATE SEQUENCE zz_a OWNED BY t.a")
    session.execute("CREATE SEQUENCE zz_b START 7 OWNED BY t.b")

    found = POSTGRES.introspect(session)

    assert found.database.tables[0].columns == (
        Column(name="a", type="integer", identity=True, counter=Counter(kind=CounterKind.SERIAL)),
        Column(name="b", type="integer", identity=True),
    )
    assert found.ignored == ("sequence `zz_a`", "sequence `zz_b`")


def test_an_enum_that_a_schema_can_not_describe_is_named_and_left_out(session: MigrationSession):
    session.execute("CREATE TYPE blank AS ENUM ('a', ''); CREATE TYPE nothing AS ENUM ()")
    session.execute("CREATE TABLE t (a blank DEFAULT 'a', b nothing[])")

    found = POSTGRES.introspect(session)

    assert found.database.enums == ()
    assert found.ignored == (
        "enum type `blank`: it has a value without any character",
        "enum type `nothing`: it has no values",
    )
    again = POSTGRES.resolve(POSTGRES.logical(found.database)).database
    assert diff(found.database, again) == ()
