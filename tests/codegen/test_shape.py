"""What the generated types of all languages have alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generated import CHOICES, generate, parsed
from okra.codegen.generator import CannotGenerate, Files
from okra.codegen.service import service_text
from okra.codegen.shape import shapes

if TYPE_CHECKING:
    from collections.abc import Callable

    from okra.language.definition import SchemaDefinition

WRITERS: dict[str, Callable[[SchemaDefinition], object]] = {
    "go": lambda schema: generate(schema, "go"),
    "typescript": lambda schema: generate(schema, "typescript"),
    "python": lambda schema: generate(schema, "python"),
    "service": service_text,
}


@pytest.mark.parametrize("writer", WRITERS)
def test_ids_of_a_relation_that_have_the_name_of_a_field_are_refused(writer: str) -> None:
    schema = (
        "model Post { id: ID! tags: [Tag!]! tagIds: [ID!]! } model Tag { id: ID! posts: [Post!]! }"
    )

    with pytest.raises(CannotGenerate) as caught:
        WRITERS[writer](parsed(schema))

    assert [(problem.subject, problem.message) for problem in caught.value.problems] == [
        (
            "Post.tagIds",
            "`Post` has a field `tagIds` and a relation whose ids would be `tagIds` too",
        )
    ]


def test_an_update_changes_neither_the_key_nor_what_the_database_alone_gives() -> None:
    schema = """
    model Bill {
      id: ID!
      number: BigInt! @unique @default(autoincrement) @sequence(kind: ALWAYS)
      total: Int! @computed(expr: "1")
      text: String!
    }
    """
    (shape,) = shapes(parsed(schema))

    assert [member.name for member in shape.members if member.changes] == ["text"]


@pytest.mark.parametrize("language", CHOICES)
def test_no_file_of_a_model_has_the_name_of_a_device_of_windows(language: str) -> None:
    schema = "model Con { id: ID! } model NUL { id: ID! } model Com1 { id: ID! }"

    files = generate(parsed(schema), language, {"files": Files.EACH})

    stems = {file.name.partition(".")[0] for file in files}
    assert len(stems) >= 3
    assert stems & {"con", "nul", "com1"} == set()
