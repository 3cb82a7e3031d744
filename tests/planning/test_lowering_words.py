"""Words that only some servers have: each provider gets what it has, and no more."""

from __future__ import annotations

from okra.language.define import parse_schema
from okra.lowering import lower
from okra.relational.model import (
    Counter,
    CounterKind,
    Database,
    EnumType,
    Index,
    IndexPart,
    PrimaryKey,
    Table,
)
from okra.source import Source

TEXT = """
@okra(schema: "billing")

enum Size @type(name: "Size") { S }

model Invoice
  @table(
    strict: true, unlogged: true, engine: "Aria", collation: "latin1_bin", rowFormat: PAGE
    with: {fillfactor: 70, key_block_size: 8}
  ) {
  number: BigInt! @id(name: "the_key") @default(autoincrement) @sequence(kind: ALWAYS, start: 7)
  place: Int @unique(deferrable: DEFERRED, with: {fillfactor: 90, parser: "ngram"})
  tags: [Tag!]!
}

model Tag @schema("public") {
  id: ID!
  invoices: [Invoice!]!
}
"""


def lowered(provider: str) -> Database:
    return lower(parse_schema([Source("m", TEXT)]).definition, provider)


def test_only_postgres_has_schemas() -> None:
    names = {
        provider: [table.name for table in lowered(provider).tables]
        for provider in ("postgres", "mysql", "sqlite")
    }
    assert names == {
        "postgres": ["billing.invoices", "tags", "billing.invoice_tags"],
        "mysql": ["invoices", "tags", "invoice_tags"],
        "sqlite": ["invoices", "tags", "invoice_tags"],
    }
    assert lowered("postgres").enums == (EnumType(name="billing.Size", values=("S",)),)
    assert lowered("mysql").enums == (EnumType(name="Size", values=("S",)),)


def test_names_that_okra_makes_have_no_schema_in_them() -> None:
    join = lowered("postgres").tables[2]
    assert join.primary_key == PrimaryKey(
        columns=("invoice_id", "tag_id"), name="invoice_tags_pkey"
    )
    assert [index.name for index in join.indexes] == ["invoice_tags_tag_id_idx"]
    assert [(key.name, key.table) for key in join.foreign_keys] == [
        ("invoice_tags_invoice_id_fkey", "billing.invoices"),
        ("invoice_tags_tag_id_fkey", "tags"),
    ]


def test_each_server_gets_its_own_options() -> None:
    options = {name: lowered(name).tables[0].options for name in ("postgres", "mysql", "sqlite")}
    assert options == {
        "postgres": ("fillfactor=70", "unlogged"),
        "mysql": ("collation=latin1_bin", "engine=Aria", "key_block_size=8", "row_format=page"),
        "sqlite": ("strict",),
    }


def test_only_postgres_counts_in_more_than_one_way() -> None:
    def first(table: Table) -> tuple[bool, Counter | None]:
        return table.columns[0].identity, table.columns[0].counter

    assert first(lowered("postgres").tables[0]) == (
        True,
        Counter(kind=CounterKind.ALWAYS, start=7),
    )
    assert first(lowered("mysql").tables[0]) == (True, None)


def test_a_deferrable_key_is_a_constraint() -> None:
    table = lowered("postgres").tables[0]
    assert table.primary_key == PrimaryKey(columns=("number",), name="the_key")
    assert table.indexes == (
        Index(
            name="invoices_place_key",
            parts=(IndexPart(column="place"),),
            unique=True,
            constraint=True,
            options=("fillfactor=90",),
            deferrable=True,
            initially_deferred=True,
        ),
    )


def test_an_index_may_be_for_some_providers_only() -> None:
    text = """
    model A {
      id: ID!
      notes: String @index(type: fulltext, only: ["mysql"]) @unique(collate: {sqlite: "NOCASE"})
      @index(fields: ["notes"], type: "gin", only: ["postgres", "sqlite"])
    }
    """
    definition = parse_schema([Source("m", text)]).definition

    def indexes(provider: str) -> list[tuple[str, str | None, str | None]]:
        (table,) = lower(definition, provider).tables
        return [(each.name, each.method, each.parts[0].collation) for each in table.indexes]

    assert indexes("mysql") == [
        ("as_notes_key", None, None),
        ("as_notes_idx", "fulltext", None),
    ]
    assert indexes("sqlite") == [
        ("as_notes_key", None, "NOCASE"),
        ("as_notes_idx", "gin", None),
    ]
