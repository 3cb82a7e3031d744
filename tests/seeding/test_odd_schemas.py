"""Seeding models that are not like others: odd names, keys of several fields, what only one server has."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from places import Place

ODD = r"""
model Odd {
  id: Int! @id @column(name: "i\"d`x%s?")
  text: String! @column(name: "select") @length(max: 30)
  always: Int?

  @table(name: "od\"d `t%s?")
}

model Pair {
  a: Int!
  b: String! @length(max: 10)
  note: String?
  twice: Int @computed(expr: "a * 2")
  kids: [Kid!]!

  @id(fields: ["a", "b"])
}

model Kid {
  code: String! @id @length(max: 10)
  pairA: Int?
  pairB: String? @length(max: 10)
  pair: Pair? @relation(fields: ["pairA", "pairB"], references: ["a", "b"])
}
"""
ROWS = {
    "Kid": [
        {"code": "by key", "pair": {"a": 1, "b": "x"}},
        {"code": "by fields", "pairA": 2, "pairB": "y"},
        {"code": "none", "pair": None},
        {"code": "by note", "pair": {"note": "second"}},
    ],
    "Pair": [{"a": 1, "b": "x", "note": "first"}, {"a": 2, "b": "y", "note": "second"}],
    "Odd": [{"id": 1, "text": "a?%s"}, {"id": 0, "text": "zero", "always": 3}],
}


def seeded(place: Place, schema: str, rows: dict[str, object]) -> list[str]:
    """What seeding says, twice."""
    place.configure(migrations={"mode": "declarative"})
    place.schema(schema)
    place.must("db:sync", "--yes")
    (place.folder / "seeds").mkdir()
    (place.folder / "seeds" / "all.json").write_text(json.dumps(rows))
    return [place.must("db:seed").splitlines()[1].strip() for _ in range(2)]


def test_odd_names_and_keys_of_several_fields(place: Place) -> None:
    assert seeded(place, ODD, ROWS) == [
        "seeds/all.json: Kid 4 added; Pair 2 added; Odd 2 added",
        "seeds/all.json: Kid 4 as they were; Pair 2 as they were; Odd 2 as they were",
    ]
    assert place.sql("SELECT code, pair_a, pair_b FROM kids ORDER BY code") == [
        ("by fields", 2, "y"),
        ("by key", 1, "x"),
        ("by note", 2, "y"),
        ("none", None, None),
    ]


def test_a_computed_field_takes_no_value(place: Place) -> None:
    place.configure(migrations={"mode": "declarative"})
    place.schema(ODD)
    place.must("db:sync", "--yes")
    (place.folder / "seeds").mkdir()
    (place.folder / "seeds" / "Pair.json").write_text('[{"a": 1, "b": "x", "twice": 2}]')
    assert "`twice` of row 1 of `Pair` is computed by the database" in place.okra("db:seed").err


BILLING = """
enum State @schema("billing") {
  OPEN
  PAID
}

model Invoice @schema("billing") {
  id: Int! @id @default(autoincrement) @sequence(kind: ALWAYS)
  numbers: [Int!]!
  states: [State!]
  moments: [DateTime!]
  bytes: [Bytes!]
  values: [JSON!]
  plain: Native? @db(postgres: "json")
  words: Native? @db(postgres: "tsvector")
  place: Native? @db(postgres: "point")
  address: Native? @db(postgres: "inet")
}
"""
INVOICE = {
    "id": 5,
    "numbers": [1, 2],
    "states": ["OPEN", "PAID"],
    "moments": ["2024-01-01T01:00:00+01:00"],
    "bytes": ["aGk="],
    "values": [{"a": 'b"c'}, [1]],
    "plain": {"a": 1},
    "words": "'a' 'b'",
    "place": "(1,2)",
    "address": "10.0.0.1",
}


@pytest.mark.only_on("postgres")
def test_what_only_postgresql_has(place: Place) -> None:
    place.sql("CREATE SCHEMA billing")
    place.address += ("&" if "?" in place.address else "?") + "schema=public,billing"
    assert seeded(place, BILLING, {"Invoice": [INVOICE]}) == [
        "seeds/all.json: Invoice 1 added",
        "seeds/all.json: Invoice 1 as they were",
    ]
    place.sql("INSERT INTO billing.invoices (numbers) VALUES ('{}')")
    assert place.sql("SELECT id, numbers, bytes FROM billing.invoices ORDER BY id") == [
        (5, [1, 2], [b"hi"]),
        (6, [], None),
    ]


@pytest.mark.only_on("mysql", "mariadb")
def test_a_table_that_nothing_undoes_is_not_seeded(place: Place) -> None:
    place.configure(migrations={"mode": "declarative"})
    place.schema('model Log {\n  id: Int! @id\n\n  @table(engine: "MyISAM")\n}\n')
    place.must("db:sync", "--yes")
    (place.folder / "seeds").mkdir()
    (place.folder / "seeds" / "Log.json").write_text('[{"id": 1}]')
    assert place.okra("db:seed").err.startswith(
        "error[OKR599]: the table of `Log` is kept by MyISAM, which undoes nothing"
    )
