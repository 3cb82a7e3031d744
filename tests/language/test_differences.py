"""What the same schema means to one server and not to another is said once."""

from __future__ import annotations

from okra.language.define import parse_schema
from okra.language.differences import differences
from okra.source import Source

SHOP = """
enum Size { S L }
model Item {
  id: ID!
  name: String! @unique
  code: String @length(9)
  size: Size
  sizes: [Size!]
  price: Decimal
  more: JSON
  seen: DateTime
  again: DateTime
}
"""


def said(text: str, *providers: str) -> tuple[str, ...]:
    return differences(parse_schema([Source("m", text)]).definition, providers)


def test_one_provider_differs_from_nobody() -> None:
    assert said(SHOP, "mysql") == ()


def test_each_difference_is_said_once() -> None:
    assert (
        "\n".join(said(SHOP, "postgres", "mysql", "sqlite"))
        == """\
`ID`: in PostgreSQL a UUID and nothing else; in MySQL any text of up to 36 characters; in SQLite any text
`String` without `@length`: in PostgreSQL and SQLite as long as you like; in MySQL `varchar(255)`
`@length`: in PostgreSQL and MySQL kept to; in SQLite not kept to
a text in a key: in PostgreSQL and SQLite told apart from every other; in MySQL the same in upper and lower \
case, with accents and without
an enum: in PostgreSQL and MySQL in the order of its values; in SQLite text with a CHECK, in the order of the \
alphabet
`DateTime`: in PostgreSQL without a zone, with six digits of a second; in MySQL without a zone, in whole \
seconds; in SQLite text as ISO 8601 has it, unchecked
`JSON`: in PostgreSQL checked, without spaces and the order of keys; in MySQL checked; in SQLite text, unchecked
`Decimal`: in PostgreSQL and MySQL exact; in SQLite exact to 15 digits, and not rounded to `@precision`
a list: in PostgreSQL an array; in MySQL a `json` column; in SQLite JSON as text"""
    )


def test_what_is_the_same_everywhere_is_not_said() -> None:
    text = "model A { number: Int! @id name: String @length(10) born: Date }"
    assert said(text, "postgres", "mysql") == ()


def test_a_type_of_its_own_says_what_it_is() -> None:
    text = 'model A { id: Int! @id at: DateTime @db(mysql: "datetime(6)", sqlite: "integer") }'
    assert said(text, "postgres", "mysql", "sqlite") == ()
