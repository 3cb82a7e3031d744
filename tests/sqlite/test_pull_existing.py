"""Pulling into a schema that is there keeps what it says where it fits the database."""

from __future__ import annotations

import time

import pytest

from okra.dialects import dialect
from okra.language.define import parse_schema
from okra.language.write import write_schema
from okra.lowering import lower
from okra.migrations.pull import pull
from okra.raising.words import field_name, model_name, value_name
from okra.relational.diff import diff
from okra.relational.model import Database
from okra.relational.order import order
from okra.source import Source

SQLITE = dialect("sqlite")

SCHEMA = """
@okra(namespace: "shop", version: "v1")

enum Size {
  SMALL @value("s")
  \"\"\"The usual one.\"\"\"
  MEDIUM @value("m")
  LARGE @value("l")
}

\"\"\"Who writes.\"\"\"
model Writer @table(name: "authors") {
  \"\"\"The key.\"\"\"
  id: ID! @default(uuid)
  born: Date?
  settings: JSON? @default({a: 1})
  labels: [String!]! @default(["x"])
  fee: Decimal? @precision(total: 10, scale: 2)
  nick: String @length(max: 20) @column(name: "nick_name") @unique
  active: Boolean! @default(true)
  size: Size! @default(MEDIUM)
  texts: [Text!]! @relation(name: "Written")
  read: [Text!]! @relation(name: "Reads")
}

model Text @table(name: "posts") {
  id: ID! @default(uuid)
  title: String! @check(expr: "TITLE != ''")
  by: Writer! @relation(name: "Written", fields: [byId])
  byId: ID! @column(name: "author_id")
  readers: [Writer!]! @relation(name: "Reads")
  changed: DateTime! @updatedAt

  @index(fields: ["title", {expr: "LOWER( title )"}], where: "title <> 'x'")
}

model Legacy @table(name: "legacy") @unmanaged {
  id: Int! @id
  \"\"\"Whatever this is.\"\"\"
  what: String?
}
"""


def _parsed(text):
    return parse_schema([Source("models.okra.gql", text)], providers=("sqlite",)).definition


@pytest.fixture
def made(make_live):
    """A database made from SCHEMA, with the table that it leaves alone."""
    live = make_live("CREATE TABLE legacy (id integer PRIMARY KEY, what, why text)")
    wanted = SQLITE.resolve(lower(_parsed(SCHEMA), "sqlite")).database
    plan = SQLITE.plan(order(diff(Database(), wanted), cut_cycles=SQLITE.cuts_cycles), wanted)
    for statement in plan.statements:
        live.execute(statement.sql)
    return live


def test_a_schema_that_fits_stays_as_it_is(made):
    existing = _parsed(SCHEMA)

    assert pull(made, existing=existing).definition == existing


def test_what_is_new_in_the_database_comes_behind_what_is_known(made):
    made.execute("ALTER TABLE authors ADD COLUMN email_address text")
    made.execute(
        "CREATE TABLE books (id text NOT NULL PRIMARY KEY, writer_id text REFERENCES authors)"
    )

    pulled = pull(made, existing=_parsed(SCHEMA)).definition

    expected = (
        SCHEMA.replace(
            '  read: [Text!]! @relation(name: "Reads")\n',
            '  read: [Text!]! @relation(name: "Reads")\n  emailAddress: String?\n  books: [Book!]!\n',
        )
        + """
model Book {
  id: ID!
  writer: Writer? @relation(fields: [writerId], onDelete: NO_ACTION, onUpdate: NO_ACTION)
  writerId: ID?
}
"""
    )
    assert write_schema(pulled) == write_schema(_parsed(expected))


def test_what_is_gone_from_the_database_is_gone_from_the_schema(made):
    made.execute("DROP TABLE reads")
    made.execute("DROP TABLE legacy")
    made.execute("ALTER TABLE authors DROP COLUMN settings")
    made.execute("ALTER TABLE authors DROP COLUMN fee")

    pulled = pull(made, existing=_parsed(SCHEMA)).definition

    lines = [
        line
        for line in SCHEMA[: SCHEMA.index("model Legacy")].splitlines()
        if "Reads" not in line and "settings:" not in line and "fee:" not in line
    ]
    assert write_schema(pulled) == write_schema(_parsed("\n".join(lines)))


def test_a_column_that_changed_takes_the_type_of_the_database(made):
    made.execute("ALTER TABLE authors DROP COLUMN born")
    made.execute("ALTER TABLE authors ADD COLUMN born integer")

    pulled = pull(made, existing=_parsed(SCHEMA)).definition

    assert write_schema(pulled) == write_schema(
        _parsed(SCHEMA.replace("born: Date?", "born: Int?"))
    )


def test_a_schema_that_this_database_cannot_have_still_gives_its_names(make_live):
    live = make_live("CREATE TABLE authors (id text NOT NULL PRIMARY KEY, author_name text)")
    existing = _parsed("""
        \"\"\"Who writes.\"\"\"
        model Writer @table(name: "authors") {
          id: ID!
          name: String? @column(name: "author_name") @collate("de_DE")
        }
    """)

    pulled = pull(live, existing=existing).definition

    expected = '"""Who writes."""\nmodel Writer @table(name: "authors") { id: ID! name: String? @column(name: "author_name") }'
    assert write_schema(pulled) == write_schema(_parsed(expected))


def test_tables_of_others_are_left_out_by_name(make_live):
    live = make_live("CREATE TABLE a (id text NOT NULL PRIMARY KEY); CREATE TABLE h (id text)")

    assert [m.name for m in pull(live, without=frozenset({"h"})).definition.models] == ["A"]


@pytest.mark.parametrize(
    ("table", "model"),
    [
        ("users", "User"), ("people", "Person"), ("order_items", "OrderItem"), ("status", "Status"),
        ("statuses", "Status"), ("categories", "Category"), ("addresses", "Address"), ("boxes", "Box"),
        ("houses", "House"), ("news", "News"), ("movies", "Movie"), ("BlogPost", "BlogPost"),
        ("blogPosts", "BlogPost"), ("Order Details", "OrderDetail"), ("2fa_codes", "Table2faCode"),
        ("日本語", "Table"), ("x", "X"), ("API_keys", "ApiKey"),
    ],
)  # fmt: skip
def test_a_model_is_called_after_one_row_of_its_table(table, model):
    assert model_name(table) == model


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("id", "id"), ("author_id", "authorId"), ("createdAt", "createdAt"), ("line_1", "line_1"),
        ("a_b_c", "a_b_c"), ("Item ID", "itemId"), ("2nd", "column2nd"), ("-", "column"), ("_x", "_x"),
        ("x" * 300, "x" * 200), ("AlbumId", "albumId"),
    ],
)  # fmt: skip
def test_a_field_is_called_after_its_column(column, field):
    assert field_name(column) == field


@pytest.mark.parametrize(
    ("text", "name"),
    [("PAID", "PAID"), ("paid", "paid"), ("dark red", "DARK_RED"), ("1st", "V1ST"), ("true", "TRUE"), ("é", "V")],
)  # fmt: skip
def test_an_enum_value_is_called_after_its_text(text, name):
    assert value_name(text) == name


def test_a_thousand_tables_are_pulled_fast(make_live):
    statements = []
    for number in range(1_000):
        parent = f", parent_id text NOT NULL REFERENCES items_{number - 1} (id)" if number else ""
        statements.append(
            f"CREATE TABLE items_{number} (id text NOT NULL PRIMARY KEY, name text NOT NULL,"
            f" status text NOT NULL DEFAULT 'A' CHECK (status IN ('A', 'B')){parent});"
            f"CREATE INDEX items_{number}_idx ON items_{number} (status, name);"
        )
    live = make_live("".join(statements))
    start = time.process_time()

    pulled = pull(live)

    assert len(pulled.definition.models) == 1_000
    assert pulled.ignored == ()
    assert time.process_time() - start < 2  # half a second on an idle machine
