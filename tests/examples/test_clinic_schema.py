"""examples/clinic shows the whole language, and its files are as OKRA would write them."""

from __future__ import annotations

from pathlib import Path

import okra
from okra.language.definition import Scalar, SchemaDefinition
from okra.language.differences import differences
from okra.language.directives import RULES, Place
from okra.language.format import format_source
from okra.language.parser import parse_document
from okra.language.syntax import Directive, Document, EnumNode
from okra.source import Source

CLINIC = Path(__file__).parents[2] / "examples" / "clinic"
FILES = sorted((CLINIC / "models").glob("*.okra.gql"))


def documents() -> list[Document]:
    return [parse_document(Source(path.name, path.read_text()))[0] for path in FILES]


def definition() -> SchemaDefinition:
    return okra.load(folder=CLINIC, environ={}).definition()


def directives_used(document: Document) -> set[tuple[Place, str]]:
    """Every directive of a file, with what it stands on."""
    found = set()
    for item in document.items:
        if isinstance(item, Directive):
            found.add((Place.FILE, item.name))
            continue
        place, inner = Place.MODEL, Place.FIELD
        if isinstance(item, EnumNode):
            place, inner = Place.ENUM, Place.VALUE
        found |= {(place, directive.name) for directive in item.directives}
        for member in item.values if isinstance(item, EnumNode) else item.members:
            if isinstance(member, Directive):
                found.add((place, member.name))
            else:
                found |= {(inner, directive.name) for directive in member.directives}
    return found


def test_every_directive_is_used_at_every_place_it_may_stand() -> None:
    known = {(place, name) for place, rules in RULES.items() for name in rules}

    used = set().union(*(directives_used(document) for document in documents()))

    assert used == known


def test_every_type_is_used() -> None:
    found = definition()
    names = {field.type.name for model in found.models for field in model.fields}
    lists = {
        field.type.name
        for model in found.models
        for field in model.fields
        if field.type.list and field.relation is None
    }

    assert {scalar.value for scalar in Scalar} <= names
    assert {enum.name for enum in found.enums} <= names
    assert lists


def test_every_kind_of_relation_is_used() -> None:
    relations = [
        (model, field, field.relation)
        for model in definition().models
        for field in model.fields
        if field.relation is not None
    ]

    assert any(relation.many_to_many for _, _, relation in relations)
    assert any(model.name == relation.model for model, _, relation in relations)
    assert any(len(relation.fields) > 1 for _, _, relation in relations)
    assert any(relation.opposite and not field.type.list and not relation.fields
               for _, field, relation in relations), "one-to-one"  # fmt: skip


def test_the_schema_is_large_and_lies_in_several_files() -> None:
    assert 25 <= len(definition().models) <= 35
    assert len(FILES) >= 3


def test_the_schema_is_without_warnings() -> None:
    project = okra.load(folder=CLINIC, environ={})

    assert project.schema.warnings == ()
    assert set(project.check()) - set(differences(project.definition(), project.providers)) == {
        "index `invoices_open_idx`: MySQL indexes all rows, `where` is left out",
        "index `appointments_to_come_idx`: MySQL indexes all rows, `where` is left out",
    }


def test_the_files_are_formatted() -> None:
    for path in sorted(CLINIC.rglob("*.okra.gql")):
        text = path.read_text()
        assert format_source(Source(path.name, text)) == text, f"run `okra fmt {path}`"
