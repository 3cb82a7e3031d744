"""`okra models:service`: a first schema of the service's interface, written once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from graphql import GraphQLSchema, build_schema, validate_schema

from generated import parsed, schema
from okra.codegen.generator import CannotGenerate
from okra.codegen.service import service_text

if TYPE_CHECKING:
    from places import Place

HEAD = "# The service's interface, begun from its models. It is yours now: OKRA does not write it again.\n"

SCHEMA = """\
@okra(namespace: "blog", version: "v2")

enum State {
  \"\"\"Nobody sees it.\"\"\"
  DRAFT
  OUT @value("published")
}

\"\"\"What people read.\"\"\"
model Post {
  id: BigInt! @id @default(autoincrement)
  title: String!
  state: State! @default(DRAFT)
  price: Decimal?
  tags: [Tag!]!
  author: User! @relation(fields: [authorId], references: [id])
  authorId: ID!
}

model Tag {
  name: String! @id
  posts: [Post!]!
}

model User {
  id: ID!
  posts: [Post!]!
}

model Line @id(fields: [order, place]) {
  order: Int!
  place: Int!
}

model Log @keyless {
  at: DateTime! @default(now)
}
"""


def text_of(schema: str) -> str:
    return service_text(parsed(schema))


def as_graphql(text: str) -> GraphQLSchema:
    """What GraphQL's own library reads: a service is a type with operations as its fields."""
    plain = re.sub(r"^@okra.*$", "", text, flags=re.MULTILINE)
    plain = re.sub(r"^service (?=\w+ \{$)", "type ", plain, flags=re.MULTILINE)
    schema = build_schema(plain + "\ntype Query { nothing: Int }\n")
    assert validate_schema(schema) == []
    return schema


def test_a_model_has_a_type_inputs_and_a_service() -> None:
    text = text_of(SCHEMA)

    assert text.startswith(f'{HEAD}@okra(namespace: "blog", version: "v2")\n\nscalar BigInt\n')
    assert '\n"""What people read."""\ntype Post {\n  id: BigInt!\n  title: String!\n' in text
    assert (
        "input CreatePostInput {\n  id: BigInt\n  title: String!\n  state: State\n  price: Decimal\n"
        "  tagIds: [String!]\n  authorId: ID!\n}\n"
    ) in text
    assert (
        "input UpdatePostInput {\n  title: String\n  state: State\n  price: Decimal\n"
        "  tagIds: [String!]\n  authorId: ID\n}\n"
    ) in text
    assert (
        "service PostService {\n  post(id: BigInt!): Post\n"
        "  posts(limit: Int, offset: Int): [Post!]!\n"
        "  createPost(input: CreatePostInput!): Post!\n"
        "  updatePost(id: BigInt!, input: UpdatePostInput!): Post!\n"
        "  deletePost(id: BigInt!): Boolean!\n}\n"
    ) in text


def test_keys_of_several_fields_and_models_without_any() -> None:
    text = text_of(SCHEMA)

    assert "  line(order: Int!, place: Int!): Line\n" in text
    assert "input UpdateLineInput" not in text
    assert "service LogService {\n  logs(limit: Int, offset: Int): [Log!]!\n  createLog(" in text


@pytest.mark.parametrize("example", ["blog", "clinic"])
def test_graphql_reads_what_is_written_for_the_examples(example: str) -> None:
    definition = schema(example)

    read = as_graphql(service_text(definition))

    assert {model.name for model in definition.models} <= set(read.type_map)


@pytest.mark.parametrize(
    "description",
    [
        'says "this"',
        "a\\nb\\n\\n  c",
        'x """ y',
        "back\\\\slash \\\\",
        " at the edge ",
        "\\u0007 \\u202e é",
    ],
)
def test_graphql_reads_descriptions_as_they_are(description: str) -> None:
    quoted = '"' + description.replace('"', '\\"') + '"'
    definition = parsed(f"{quoted}\nmodel A {{ id: ID! }}")
    (model,) = definition.models

    schema = as_graphql(service_text(definition))

    assert schema.type_map["A"].description == model.description


def test_names_that_are_taken_are_refused_together() -> None:
    with pytest.raises(CannotGenerate) as caught:
        text_of("model Post { id: ID! }\nmodel PostService { id: ID! }\nenum CreatePostInput { A }")

    assert [item.subject for item in caught.value.problems] == ["CreatePostInput", "PostService"]


@pytest.mark.only_on("sqlite")
def test_the_file_is_written_once(place: Place) -> None:
    place.schema(SCHEMA)
    place.must("models:service", "--out", "api.okra.gql")
    (place.folder / "api.okra.gql").write_text("mine")

    again = place.okra("models:service", "--out", "api.okra.gql")

    assert (again.code, "nothing is overwritten" in again.err) == (2, True)
    assert (place.folder / "api.okra.gql").read_text() == "mine"


@pytest.mark.only_on("sqlite")
def test_a_name_that_is_taken_is_shown_where_it_is(place: Place) -> None:
    place.schema("model Post { id: ID! }\nmodel PostService { id: ID! }")

    found = place.okra("models:service")

    assert (found.code, "error[OKR720]" in found.err) == (1, True)
    assert "models.okra.gql:2:7" in found.err
    assert not (place.folder / "service.okra.gql").exists()
