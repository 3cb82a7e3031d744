"""docs/schema.md: its examples are right, and its tables say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from okra.language.define import parse_schema
from okra.language.directives import RULES, Place
from okra.language.drafts import SCALARS
from okra.language.format import format_source
from okra.pages.language import PAGES
from okra.source import Source

TEXT = (Path(__file__).parents[2] / "docs" / "schema.md").read_text()
_BLOCK = re.compile(r"^```graphql( fields)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SCHEMAS = [body for fields, body in _BLOCK.findall(TEXT) if not fields]
FIELDS = [body for fields, body in _BLOCK.findall(TEXT) if fields]
PLACES = {
    "file": Place.FILE,
    "model": Place.MODEL,
    "field": Place.FIELD,
    "enum": Place.ENUM,
    "enum value": Place.VALUE,
}


@pytest.mark.parametrize("text", SCHEMAS, ids=lambda text: text.split("{")[0].strip()[:20])
def test_examples_are_right_and_formatted(text: str) -> None:
    source = Source("schema.md", text)
    assert parse_schema([source], providers=["postgres", "mysql", "sqlite"]).warnings == ()
    assert format_source(source) == text


@pytest.mark.parametrize("text", FIELDS)
def test_examples_of_fields_are_right(text: str) -> None:
    source = Source("schema.md", f"model Example {{\n  id: ID!\n{text}}}\n")
    assert parse_schema([source], providers=["postgres", "mysql", "sqlite"]).warnings == ()


def test_the_table_of_directives_is_complete() -> None:
    rows = re.findall(
        r"^\| (file|model|field|enum|enum value) \| `@(\w+)(?:\((.*)\))?` \|$", TEXT, re.MULTILINE
    )
    listed = {
        (PLACES[place], name): re.findall(r"(\(?)(\w+):", arguments)
        for place, name, arguments in rows
    }
    known = {
        (place, name): [("" if key in rule.required else "(", key) for key in rule.arguments]
        for place, rules in RULES.items()
        for name, rule in rules.items()
    }
    assert listed == known


def test_every_type_is_named() -> None:
    assert [name for name in SCALARS if f"`{name}`" not in TEXT] == []


def test_links_inside_the_page_lead_somewhere() -> None:
    titles = re.findall(r"^## (.*)$", TEXT, re.MULTILINE)
    anchors = {title.lower().replace(" ", "-") for title in titles}
    assert set(re.findall(r"\(#([\w-]+)\)", TEXT)) <= anchors


@pytest.mark.parametrize("code", [code for code, page in PAGES.items() if page.example])
def test_the_example_of_a_page_is_right(code: str) -> None:
    example = PAGES[code].example
    assert example is not None
    source = Source(code, example)
    assert (
        parse_schema(
            [source], providers=["postgres", "mysql", "sqlite"] * ("sqlite" in example)
        ).warnings
        == ()
    )
    assert format_source(source) == example + "\n"
