"""Two schemas that grew out of one, put together: values only, no database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from okra.language.define import parse_schema
from okra.language.write import write_schema
from okra.migrations.merging import merge
from okra.source import Source

if TYPE_CHECKING:
    from okra.language.definition import SchemaDefinition

BASE = """\
enum Color {
  RED
  GREEN
}

model Post {
  id: ID!
  title: String!
  color: Color!
  @index(fields: ["title"])
}
"""
BLUE = BASE.replace("GREEN\n", "GREEN\n  BLUE\n")
GREY = BASE.replace("GREEN\n", "GREEN\n  GREY\n")
BODY = BASE.replace("  color:", "  body: String?\n  color:")
UNIQUE = BASE.replace('@index(fields: ["title"])', '@unique(fields: ["title"])')
INDEXED = BASE.replace("@index", '@index(fields: ["color"])\n  @index')
TABLE = BASE.replace("model Post {", 'model Post @table(name: "articles") {')
OTHER_TABLE = BASE.replace("model Post {", 'model Post @table(name: "entries") {')
OPTIONAL = BASE.replace("title: String!", "title: String?")
LONG = BASE.replace("title: String!", "title: String! @length(max: 9)")
NO_TITLE = BASE.replace("  title: String!\n", "").replace('  @index(fields: ["title"])\n', "")
AUTHOR = BASE + "\nmodel Author {\n  id: ID!\n}\n"
HEADED = BASE.replace('["title"]', '["heading"]').replace(
    "title: String!", 'heading: String! @renamed(from: "title")'
)
PAINT = BASE.replace("Color!", "Paint!").replace(
    "enum Color {", 'enum Paint @renamed(from: "Color") {'
)


def schema(text: str) -> SchemaDefinition:
    return parse_schema([Source("models.okra.gql", text)]).definition


def together(one: str, other: str) -> tuple[str, list[str]]:
    found = merge(schema(BASE), schema(one), schema(other))
    return write_schema(found.definition), [each.where for each in found.conflicts]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (BASE, BODY, BODY),
        (BODY, BASE, BODY),
        (BODY, BODY, BODY),
        (BLUE, GREY, BASE.replace("GREEN\n", "GREEN\n  BLUE\n  GREY\n")),
        (BLUE, BODY, BODY.replace("GREEN\n", "GREEN\n  BLUE\n")),
        (UNIQUE, INDEXED, UNIQUE.replace("@unique", '@index(fields: ["color"])\n  @unique')),
        (TABLE, BODY, BODY.replace("model Post {", 'model Post @table(name: "articles") {')),
        (AUTHOR, BODY, BODY + "\nmodel Author {\n  id: ID!\n}\n"),
        (NO_TITLE, BLUE, NO_TITLE.replace("GREEN\n", "GREEN\n  BLUE\n")),
        (HEADED, BODY, HEADED.replace("  color:", "  body: String?\n  color:")),
        (BODY, HEADED, HEADED.replace("  color:", "  body: String?\n  color:")),
        (HEADED, INDEXED, HEADED.replace("@index", '@index(fields: ["color"])\n  @index')),
        (PAINT, BLUE, PAINT.replace("GREEN\n", "GREEN\n  BLUE\n")),
        (BLUE, PAINT, PAINT.replace("GREEN\n", "GREEN\n  BLUE\n")),
    ],
)
def test_what_only_one_of_both_changed_is_taken(one: str, other: str, expected: str) -> None:
    text, conflicts = together(one, other)
    assert conflicts == []
    assert sorted(text.split("\n")) == sorted(write_schema(schema(expected)).split("\n"))
    assert schema(text).enums == schema(expected).enums


@pytest.mark.parametrize(
    ("one", "other", "where"),
    [
        (OPTIONAL, LONG, ["Post.title"]),
        (LONG, OPTIONAL, ["Post.title"]),
        (NO_TITLE, LONG, ["Post.title"]),
        (LONG, NO_TITLE, ["Post.title"]),
        (TABLE, OTHER_TABLE, ["Post.table"]),
        (HEADED, LONG, ["Post.heading"]),
        ("model Other {\n  id: ID!\n}\n", BODY, ["Post"]),
    ],
)
def test_what_both_changed_is_a_conflict(one: str, other: str, where: list[str]) -> None:
    assert together(one, other)[1] == where


def test_a_conflict_says_what_both_made_of_it() -> None:
    (conflict,) = merge(schema(BASE), schema(OPTIONAL), schema(NO_TITLE)).conflicts
    assert conflict == ("Post.title", "title: String?", "nothing")
