"""What is said of the types in each language is what is generated."""

from __future__ import annotations

import re

import pytest

from generated import generate, schema
from okra.codegen import GENERATORS
from okra.codegen.shape import Shape, shapes
from okra.codegen.table import LANGUAGES, language_types
from okra.language.definition import Enum

DEFINITION = schema("every_type")
FIELD = {
    "go": re.compile(r"^\t\w+ +(\S+) +`json", re.MULTILINE),
    "typescript": re.compile(r"^  \w+\??: (.+);$", re.MULTILINE),
    "python": re.compile(r"^    \w+: (.+)$", re.MULTILINE),
}
BODY = {
    "go": r"type {} struct {{\n(.*?)\n}}\n",
    "typescript": r"export interface {} {{\n(.*?)\n}}\n",
    "python": r"\nclass {}:\n(.*?)    @classmethod\n",
}


def said(shape: Shape, language: int) -> list[str]:
    return [
        language_types(
            member.type.name if isinstance(member.type, Enum) else member.type.value,
            listed=member.list,
        )[language]
        for member in shape.members
        if member.required
    ]


@pytest.mark.parametrize("name", ["Thing", "ManyThings"])
@pytest.mark.parametrize(("number", "language"), tuple(enumerate(GENERATORS)))
def test_the_types_of_the_table_are_those_of_the_generated_code(
    number: int, language: str, name: str
) -> None:
    shape = next(shape for shape in shapes(DEFINITION) if shape.name == name)
    (file,) = generate(DEFINITION, language)
    body = re.search(BODY[language].format(name), file.text, re.DOTALL)
    assert body is not None
    written = FIELD[language].findall(body[1])
    assert [
        text for text, member in zip(written, shape.members, strict=False) if member.required
    ] == said(shape, number)


def test_the_languages_of_the_table_are_those_that_there_are_generators_for() -> None:
    assert [name.lower() for name in LANGUAGES] == list(GENERATORS)
