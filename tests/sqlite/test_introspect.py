"""What a live database holds is read back as the values it was made from."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okra.dialects.base import Introspection
from okra.dialects.sqlite.introspection.ddl_reader import read_index, read_table
from okra.dialects.sqlite.introspection.introspect import introspect
from okra.dialects.sqlite.natives.spelling import identifier
from okra.dialects.sqlite.planning.tables import create_index, create_table
from okra.dialects.sqlite.planning.triggers import updated_at_trigger
from okra.dialects.sqlite.server.session import scratch
from okra.errors import DatabaseError
from okra.naming import unique_name
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


def _only(found: Introspection) -> Table:
    (table,) = found.database.tables
    return table


def test_a_table_with_everything_is_one_value(make_live):
    live = make_live("""
        CREATE TABLE users (id TEXT NOT NULL PRIMARY KEY);
        CREATE TABLE "Posts" (
          id integer PRIMARY KEY AUTOINCREMENT, -- the key
          slug VARCHAR ( 20 ) NOT NULL DEFAULT 'a;b' COLLATE nocase UNIQUE,
          "user" text REFERENCES Users ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
          size int DEFAULT (1+1) CHECK ((SIZE > 0)),
          twice GENERATED ALWAYS AS (size*2) STORED,
          thrice int AS ("size" * 3),
          CONSTRAINT named CHECK (slug != ''), UNIQUE (size, slug)
        );
        CREATE UNIQUE INDEX posts_idx ON Posts (size DESC, lower(Slug) COLLATE nocase)
          WHERE size is not null;
    """)

    found = introspect(live)

    assert found.ignored == ()
    assert found.database.table("Posts") == Table(
        name="Posts",
        columns=(
            Column(name="id", type="integer", identity=True),
            Column(name="slug", type="varchar(20)", default="'a;b'", collation="NOCASE"),
            Column(name="user", type="text", nullable=True),
            Column(name="size", type="int", nullable=True, default="1 + 1"),
            Column(
                name="twice", type="", nullable=True, generated=Generated(expression="size * 2")
            ),
            Column(
                name="thrice",
                type="int",
                nullable=True,
                generated=Generated(expression="size * 3", stored=False),
            ),
        ),
        primary_key=PrimaryKey(columns=("id",)),
        indexes=(
            Index(
                name="Posts_slug_key",
                parts=(IndexPart(column="slug"),),
                unique=True,
                constraint=True,
            ),
            Index(
                name="Posts_size_slug_key",
                parts=(IndexPart(column="size"), IndexPart(column="slug")),
                unique=True,
                constraint=True,
            ),
            Index(
                name="posts_idx",
                parts=(
                    IndexPart(column="size", descending=True),
                    IndexPart(expression="lower(slug)", collation="NOCASE"),
                ),
                unique=True,
                where="size IS NOT NULL",
            ),
        ),
        foreign_keys=(
            ForeignKey(
                columns=("user",),
                table="users",
                references=("id",),
                on_delete=Action.CASCADE,
                deferrable=True,
                initially_deferred=True,
            ),
        ),
        checks=(Check(expression="size > 0"), Check(name="named", expression="slug <> ''")),
    )


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", ()),
        ("STRICT", ("strict",)),
        ("without rowid", ("without_rowid",)),
        ("WITHOUT /* no */ ROWID, Strict", ("strict", "without_rowid")),
    ],
)
def test_table_options_are_read(make_live, options, expected):
    live = make_live(f"CREATE TABLE t (id text NOT NULL PRIMARY KEY) {options}")

    assert _only(introspect(live)).options == expected


def test_keys_are_in_the_order_of_the_text_and_find_what_they_refer_to(make_live):
    live = make_live("""
        CREATE TABLE P (A int, b int, PRIMARY KEY (b, A));
        CREATE TABLE c (
          x int REFERENCES p (a) NOT DEFERRABLE,
          y int REFERENCES nowhere ON UPDATE SET NULL ON DELETE NO ACTION DEFERRABLE,
          z int CONSTRAINT z_key REFERENCES c (X) ON DELETE SET DEFAULT MATCH FULL,
          FOREIGN KEY (x, y) REFERENCES p ON DELETE RESTRICT DEFERRABLE INITIALLY IMMEDIATE
        );
    """)

    assert introspect(live).database.table("c").foreign_keys == (
        ForeignKey(columns=("x",), table="P", references=("A",)),
        ForeignKey(
            columns=("y",),
            table="nowhere",
            references=(),
            on_update=Action.SET_NULL,
            deferrable=True,
        ),
        ForeignKey(columns=("z",), table="c", references=("x",), on_delete=Action.SET_DEFAULT),
        ForeignKey(
            columns=("x", "y"),
            table="P",
            references=("b", "A"),
            on_delete=Action.RESTRICT,
            deferrable=True,
        ),
    )


def test_a_double_quoted_word_that_is_no_column_is_text(make_live):
    live = make_live('CREATE TABLE t (State text CHECK ("state" <> "draft"), n int DEFAULT "x")')

    table = _only(introspect(live))

    assert table.checks == (Check(expression="\"State\" <> 'draft'"),)
    assert table.columns[1].default == "'x'"


def test_columns_added_later_are_read(make_live):
    live = make_live("""
        CREATE TABLE t (a int /* first */, CHECK (a > 0)) STRICT;
        ALTER TABLE t ADD COLUMN b text NOT NULL DEFAULT 'x' COLLATE NOCASE CHECK (b <> '');
        ALTER TABLE t RENAME COLUMN a TO "c d";
        ALTER TABLE t RENAME TO "u;";
    """)

    assert _only(introspect(live)) == Table(
        name="u;",
        columns=(
            Column(name="c d", type="int", nullable=True),
            Column(name="b", type="text", default="'x'", collation="NOCASE"),
        ),
        checks=(Check(expression="b <> ''"), Check(expression='"c d" > 0')),
        options=("strict",),
    )


def test_a_table_made_from_a_query_is_read(make_live):
    live = make_live("CREATE TABLE t AS SELECT 1 AS a, 'x' AS \"b c\"")

    assert _only(introspect(live)).columns == (
        Column(name="a", type="", nullable=True),
        Column(name="b c", type="", nullable=True),
    )


def test_what_the_model_cannot_hold_is_named(make_live):
    live = make_live("""
        CREATE TABLE t (id integer PRIMARY KEY, a int NOT NULL ON CONFLICT REPLACE);
        CREATE TABLE u (a text, b text, PRIMARY KEY (a DESC, b COLLATE NOCASE)) WITHOUT ROWID;
        CREATE TABLE w (a text PRIMARY KEY, UNIQUE (a) ON CONFLICT ABORT);
        CREATE TABLE "" (a int);
        CREATE TABLE x ("" int);
        CREATE VIEW v AS SELECT 1;
        CREATE TRIGGER tr AFTER INSERT ON T BEGIN SELECT 1; END;
        CREATE TABLE _okra_migrations (version text PRIMARY KEY);
    """)

    found = introspect(live)

    assert [table.name for table in found.database.tables] == ["t", "u", "w"]
    assert found.ignored == (
        "the ON CONFLICT clause of `t.a`",
        "trigger `tr` on `t`",
        "DESC in the primary key of `u`",
        "COLLATE in the primary key of `u`",
        "NULL in `w.a`, a primary key without NOT NULL",
        "a table without a name",
        "table `x`, which has a column without a name",
        "view `v`",
    )


def test_names_in_sentences_are_safe_to_print(make_live):
    live = make_live('CREATE VIEW "\x1b[31mv\n" AS SELECT 1')

    assert introspect(live).ignored == ("view `<U+001B>[31mv<U+000A>`",)


def test_virtual_tables_and_what_they_keep_their_data_in_are_left_out(make_live):
    live = make_live("""
        CREATE VIRTUAL TABLE "docs" USING fts5(body);
        CREATE VIRTUAL TABLE places USING rtree(id, x1, x2);
        CREATE TABLE docs_authors (id text NOT NULL PRIMARY KEY);
    """)

    found = introspect(live)

    assert [table.name for table in found.database.tables] == ["docs_authors"]
    assert found.ignored == ("virtual table `docs`", "virtual table `places`")


def test_a_virtual_table_whose_module_is_missing_does_no_harm(make_live):
    live = make_live("CREATE TABLE t (a int); CREATE TABLE vec_chunks (a int);")
    live.execute("PRAGMA writable_schema = ON")
    live.execute(
        "INSERT INTO sqlite_master VALUES"
        " ('table', 'vec', 'vec', 0, 'CREATE VIRTUAL TABLE vec USING absent(a)')"
    )
    live.execute("PRAGMA writable_schema = RESET")

    found = introspect(live)

    assert [table.name for table in found.database.tables] == ["t"]
    assert found.ignored == ("virtual table `vec`",)


def test_the_trigger_of_an_updated_at_column_is_part_of_it(make_live):
    column = Column(name="changed", type="text", updated_at=True)
    table = Table(
        name="t",
        columns=(Column(name="id", type="text"), column),
        primary_key=PrimaryKey(columns=("id",)),
    )
    live = make_live(create_table(table, table.name))
    name, sql = updated_at_trigger(table, column)
    live.execute(sql)

    assert introspect(live) == Introspection(database=Database(tables=(table,)))

    live.execute("ALTER TABLE t RENAME COLUMN id TO key")
    assert introspect(live).database.tables[0].columns[1].updated_at

    live.execute(f'DROP TRIGGER "{name}"')
    live.execute(sql.replace("BEGIN", "BEGIN SELECT 1;").replace("id", "key"))
    changed = introspect(live)
    assert not changed.database.tables[0].columns[1].updated_at
    assert changed.ignored == (f"trigger `{name}` on `t`",)


def test_some_tables_are_read_with_what_they_refer_to_spelled_right(make_live):
    live = make_live("""
        CREATE TABLE "Parents" ("Id" text NOT NULL PRIMARY KEY);
        CREATE TABLE children (a text REFERENCES parents, b text REFERENCES PARENTS (ID));
        CREATE INDEX children_a ON children (a) WHERE a > 'x';
        CREATE TABLE others (a text);
        CREATE VIEW v AS SELECT 1;
    """)

    found = introspect(live, ["Children"])

    assert found == Introspection(
        database=Database(
            tables=tuple(t for t in introspect(live).database.tables if t.name == "children")
        )
    )
    assert {key.references for key in found.database.tables[0].foreign_keys} == {("Id",)}


def test_reading_no_tables_reads_nothing(make_live):
    live = make_live("CREATE TABLE t (a int)")

    assert introspect(live, []) == Introspection(database=Database())
    assert introspect(live, ["missing", "x'--"]) == Introspection(database=Database())


def test_an_index_part_keeps_the_collation_that_is_not_its_columns_own(make_live):
    live = make_live("""
        CREATE TABLE t (a text COLLATE NOCASE, b text);
        CREATE INDEX i ON t (a, a COLLATE binary, b COLLATE rtrim, (b || 'x' COLLATE nocase));
    """)

    (index,) = _only(introspect(live)).indexes

    assert index.parts == (
        IndexPart(column="a"),
        IndexPart(column="a", collation="BINARY"),
        IndexPart(column="b", collation="RTRIM"),
        IndexPart(expression="b || 'x' COLLATE NOCASE"),
    )


HOSTILE = [
    "a'b", 'a"b', "a`b", "[a]", "a\nb", "a--b", "a/*b", "*/", ";", "a;b", "%s", ":x", "?1", "\u202ea", "😀",
    "é", "select", "check", "Key", "1a", "a b", " a ", "\\", "$$", "x" * 200, "CHECK (", "a)", "end",
]  # fmt: skip
NAMES = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12),
)
TEXTS = st.one_of(NAMES, st.just(""))


def _fold(name):
    return "".join(c.lower() if c.isascii() else c for c in name)


@st.composite
def _tables(draw):
    names = draw(
        st.lists(
            NAMES.filter(lambda n: not _fold(n).startswith(("sqlite_", "_okra_"))),
            min_size=8,
            max_size=8,
            unique_by=_fold,
        )
    )
    table, first, second, third, index, check, _, _ = names
    text, other = draw(TEXTS), draw(TEXTS)
    literal = "'" + text.replace("'", "''") + "'"
    spelled = identifier(first)
    return Table(
        name=table,
        columns=(
            Column(name=first, type="text", default="'" + other.replace("'", "''") + "'"),
            Column(name=second, type="integer", nullable=True),
            Column(
                name=third,
                type="text",
                nullable=True,
                generated=Generated(expression=f"{spelled} || {literal}"),
            ),
        ),
        primary_key=PrimaryKey(columns=(first,)),
        indexes=(
            Index(
                name=unique_name(table, (second, first)),
                parts=(IndexPart(column=second), IndexPart(column=first)),
                unique=True,
                constraint=True,
            ),
            Index(
                name=index,
                parts=(IndexPart(column=second), IndexPart(expression=f"lower({spelled})")),
                where=f"{spelled} <> {literal}",
            ),
        ),
        foreign_keys=(ForeignKey(columns=(second,), table=table, references=(first,)),),
        checks=(Check(name=check, expression=f"{spelled} <> {literal}"),),
    )


@settings(max_examples=400, deadline=None)
@given(_tables())
def test_hostile_names_and_texts_read_back_byte_equal(table):
    live = scratch()
    try:
        live.execute(create_table(table, table.name))
        live.execute(create_index(table.indexes[1], table.name))

        assert introspect(live) == Introspection(database=Database(tables=(table,)))
        assert introspect(live, [table.name]).database.tables == (table,)
    finally:
        live.close()


WORDS = (
    "a b check CHECK ( ) , ; constraint primary key unique not null default collate nocase references t"
    " on conflict delete set replace autoincrement generated always as stored deferrable initially"
    " deferred foreign strict without rowid 'x' \"y\" [z] `w` 1 .5 -- /* */ + - int integer"
)


@settings(max_examples=2000, deadline=None)
@given(st.lists(st.sampled_from([*WORDS.split(" "), "\n"]), max_size=25))
def test_the_reader_takes_any_words(words):
    text = " ".join(["CREATE TABLE t (", *words])
    read_table(text)
    read_index(text)


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from([*WORDS.split(" "), "\n"]), max_size=14))
def test_whatever_sqlite_accepts_can_be_introspected(words):
    live = scratch()
    try:
        try:
            live.execute(f"CREATE TABLE t (a {' '.join(words)}")
        except DatabaseError:  # what SQLite refuses is not at stake
            return
        assert len(introspect(live).database.tables) == 1
    finally:
        live.close()


def test_a_thousand_tables_are_read_in_no_time(make_live):
    statements = []
    for number in range(1_000):
        name = f"items_{number}"
        parent = f", parent_id text NOT NULL REFERENCES items_{number - 1} (id)" if number else ""
        statements.append(
            f"CREATE TABLE {name} (id text NOT NULL PRIMARY KEY, email text NOT NULL, name text NOT NULL,"
            " note text, status text NOT NULL DEFAULT 'A',"
            f" created_at text NOT NULL DEFAULT CURRENT_TIMESTAMP{parent},"
            f" CONSTRAINT {name}_check CHECK (status IN ('A', 'B')));"
            f"CREATE UNIQUE INDEX {name}_key ON {name} (email);"
            f"CREATE INDEX {name}_idx ON {name} (status, created_at);"
        )
    live = make_live("".join(statements))
    start = time.process_time()

    found = introspect(live)

    assert len(found.database.tables) == 1_000
    assert time.process_time() - start < 0.6  # a quarter of a second on an idle machine
