"""What is read of a live database, and in how many queries."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.dialects import dialect
from okra.dialects.mysql.expressions.canonical import canonical
from okra.dialects.mysql.introspection.introspect import introspect, respelled
from okra.dialects.mysql.natives.typenames import canonical_type
from okra.dialects.mysql.quoting import literal
from okra.dialects.session import connect
from okra.relational.diff import diff
from okra.relational.model import Check, Column, Database, ForeignKey, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Row, Value
    from okra.dialects.session import MigrationSession
    from okra.url import DatabaseUrl

MYSQL = dialect("mysql")
HOSTILE = (
    "it's",
    'dq " here',
    "back\\slash",
    "back\\",
    "new\nline",
    "tab\t",
    "a;b",
    "-- no comment",
    "/* open",
    "*/ close",
    "# hash",
    "%s %d ?",
    ":x $$ {}",
    "ünïcödé 日本",
    "right \u202e left",
    "`tick`",
    "a,b)",
    "('x')",
    "NULL",
    "_utf8mb4'x'",
)


class Counting:
    """A session that counts its queries."""

    def __init__(self, session: MigrationSession) -> None:
        self.session = session
        self.queries = 0

    def query(self, sql: str, parameters: Sequence[Value] = ()) -> list[Row]:
        self.queries += 1
        return self.session.query(sql, parameters)

    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        return self.session.execute(sql, parameters)

    def close(self) -> None:
        self.session.close()


def create(session: MigrationSession, database: Database) -> None:
    from okra.relational.order import order

    changes = order(diff(Database(), database), cut_cycles=True)
    for statement in MYSQL.plan(changes, database).statements:
        session.execute(statement.sql)


def test_there_are_as_many_queries_for_many_tables_as_for_one(mysql: DatabaseUrl) -> None:
    with closing(connect(mysql, lock_timeout_ms=1_000)) as session:
        counts = []
        for number in range(3):
            session.execute(f"CREATE TABLE t{number} (id int PRIMARY KEY, a text CHECK (a <> ''))")
            counting = Counting(session)
            introspect(counting)
            counts.append(counting.queries)
    assert counts == [8, 8, 8]


def test_only_the_tables_that_are_asked_for_are_read(mysql: DatabaseUrl) -> None:
    with closing(connect(mysql, lock_timeout_ms=1_000)) as session:
        for name in ("a", "b", "c"):
            session.execute(
                f"CREATE TABLE {name} (id int PRIMARY KEY, CONSTRAINT x CHECK (id > 0))"
            )
        session.execute("CREATE VIEW v AS SELECT id FROM a")
        found = introspect(session, ["b", "missing"])
        nothing = introspect(session, [])
    names = [table.name for table in found.database.tables]
    assert (names, found.ignored) == (["b"], ())
    assert nothing.database == Database()


def test_tables_of_okra_itself_are_not_the_users(mysql: DatabaseUrl) -> None:
    with closing(connect(mysql, lock_timeout_ms=1_000)) as session:
        session.execute("CREATE TABLE _okra_migrations (id int PRIMARY KEY)")
        assert introspect(session).database == Database()


def test_hostile_names_and_texts_come_back_as_they_are(mysql: DatabaseUrl) -> None:
    names = [name.strip() for name in HOSTILE]
    columns = [
        Column(
            name=name,
            type="varchar(50)",
            nullable=True,
            default="'" + text.replace("\\", "\\\\").replace("'", "''") + "'",
            comment=text,
        )
        for name, text in zip(names, HOSTILE, strict=True)
    ]
    tables = [Table(name=name, columns=tuple(columns), comment=name) for name in names]
    wanted = Database(tables=tuple(tables))
    with closing(connect(mysql, lock_timeout_ms=1_000)) as session:
        create(session, wanted)
        assert diff(introspect(session).database, wanted) == ()


def test_hostile_values_and_checks_come_back_as_they_are(mysql: DatabaseUrl) -> None:
    texts = [literal(text) for text in HOSTILE]
    columns = (
        Column(name="e", type=canonical_type(f"enum({','.join(texts)})").type, nullable=True),
        Column(name="s", type="text", nullable=True),
    )
    checks = tuple(
        Check(name=f"c{number}", expression=canonical(f"s <> {text} and e <> {text}"))
        for number, text in enumerate(texts)
    )
    wanted = Database(tables=(Table(name="t", columns=columns, checks=checks),))
    with closing(connect(mysql, lock_timeout_ms=1_000)) as session:
        create(session, wanted)
        assert diff(introspect(session).database, wanted) == ()


def test_texts_that_the_catalogue_blurs_are_read_as_they_are(mysql: DatabaseUrl) -> None:
    made = (
        "CREATE TABLE t (a varchar(20) NOT NULL DEFAULT '🎉?', b varchar(20) DEFAULT (concat('🎉', a)),"
        " c varchar(9) AS (concat(a, '🎉')), d text DEFAULT ('🎉'), e varbinary(5) NOT NULL DEFAULT x'00ff',"
        " CONSTRAINT k CHECK (a <> '🎉)?')) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci"
    )
    with closing(connect(mysql, lock_timeout_ms=1_000)) as session:
        session.execute(made)
        (table,) = introspect(session).database.tables
    texts = [column.default or column.generated for column in table.columns]
    texts += [check.expression for check in table.checks]
    assert [getattr(text, "expression", text) for text in texts] == [
        "'🎉?'",
        "(concat('🎉', a))",
        "concat(a, '🎉')",
        "('🎉')",
        "x'00ff'",
        "a <> '🎉)?'",
    ]


def test_a_connection_for_reading_finds_the_same_texts(mysql: DatabaseUrl) -> None:
    with closing(connect(mysql, lock_timeout_ms=1_000)) as session:
        session.execute(
            "CREATE TABLE t (a varchar(20) CHARACTER SET utf8mb4 NOT NULL DEFAULT '🎉')"
        )
        wanted = introspect(session).database
    with closing(connect(mysql, lock_timeout_ms=1_000, read_only=True)) as session:
        assert diff(introspect(session).database, wanted) == ()


def test_who_may_only_read_finds_what_foreign_keys_do(mysql: DatabaseUrl) -> None:
    reader = replace(mysql, user=f"okra_reads_{os.getpid()}", password="only-reads")  # noqa: S106
    with closing(connect(mysql, lock_timeout_ms=1_000)) as session:
        session.execute("CREATE TABLE p (id int PRIMARY KEY)")
        session.execute(
            "CREATE TABLE t (id int PRIMARY KEY, a int, b int, c int,"
            " CONSTRAINT `fk ON` FOREIGN KEY (a) REFERENCES p (id) ON DELETE CASCADE,"
            " CONSTRAINT fk2 FOREIGN KEY (b) REFERENCES p (id) ON DELETE SET NULL ON UPDATE CASCADE,"
            " CONSTRAINT fk3 FOREIGN KEY (c) REFERENCES p (id))"
        )
        wanted = introspect(session).database
        session.execute(f"CREATE USER '{reader.user}' IDENTIFIED BY '{reader.password}'")
        try:
            where = MYSQL.quote(mysql.database or "")
            session.execute(f"GRANT SELECT ON {where}.* TO '{reader.user}'")
            with closing(connect(reader, lock_timeout_ms=1_000, read_only=True)) as reading:
                found = introspect(reading).database
        finally:
            session.execute(f"DROP USER '{reader.user}'")
    assert diff(found, wanted) == ()


def test_a_foreign_key_to_another_database_is_named_and_left_alone(
    mysql: DatabaseUrl, other_mysql: DatabaseUrl
) -> None:
    with closing(connect(other_mysql, lock_timeout_ms=1_000)) as other:
        other.execute("CREATE TABLE p (id int PRIMARY KEY)")
        with closing(connect(mysql, lock_timeout_ms=1_000)) as session:
            session.execute(
                "CREATE TABLE t (id int PRIMARY KEY, p int, CONSTRAINT f FOREIGN KEY (p)"
                f" REFERENCES {MYSQL.quote(other_mysql.database or '')}.p (id))"
            )
            found = introspect(session)
            session.execute("DROP TABLE t")
    assert found.database.tables[0].foreign_keys == ()
    assert found.ignored == ("foreign key `f` of `t` to another database",)


def test_a_server_that_folds_names_has_the_letters_of_the_schema() -> None:
    key = ForeignKey(name="f", columns=("a",), table="users", references=("a",))
    columns = (Column(name="a", type="int"),)
    live = Database(
        tables=(
            Table(name="posts", columns=columns, foreign_keys=(key,)),
            Table(name="users", columns=columns),
        )
    )
    found = respelled(live, ["Posts", "Users"])
    assert [
        (table.name, [each.table for each in table.foreign_keys]) for table in found.tables
    ] == [
        ("Posts", ["Users"]),
        ("Users", []),
    ]
