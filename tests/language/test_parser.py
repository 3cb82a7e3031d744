"""Tokens → syntax tree."""

from __future__ import annotations

import pytest

from okra.errors import SchemaError
from okra.language import syntax
from okra.language.parser import parse, parse_document
from okra.source import Source


def model(text: str) -> syntax.ModelNode:
    (item,) = parse(Source("m", text)).items
    assert isinstance(item, syntax.ModelNode)
    return item


def owners(body: str) -> list[str]:
    """The model's members, each field with its directives: `name@a@b`, `@c`."""
    found = []
    for member in model(f"model A {{\n{body}\n}}").members:
        if isinstance(member, syntax.Directive):
            found.append(f"@{member.name}")
        else:
            found.append(member.name + "".join(f"@{item.name}" for item in member.directives))
    return found


def test_every_node_knows_its_place() -> None:
    text = '"""Who."""\nmodel User @table(name: "x") {\n  tags: [String!]! @unique\n}'
    node = model(text)
    field = node.members[0]
    assert isinstance(field, syntax.FieldNode)
    assert text[node.start : node.end] == text
    assert text[node.name_start : node.name_start + 4] == "User"
    assert text[node.body_start] == "{"
    assert text[field.start : field.end] == "tags: [String!]! @unique"
    assert text[field.type.start : field.type.end] == "[String!]!"
    assert text[field.directives[0].start : field.directives[0].end] == "@unique"
    assert node.description is not None
    assert text[node.description.start : node.description.end] == '"""Who."""'


def test_every_kind_of_value() -> None:
    text = (
        'model A @x("t", 1, 2.5, true, null, Name, [1 [2]], {a: 1 "b c": {}}, f(1, k: 2)) { b: C }'
    )
    values = [item.value for item in model(text).directives[0].arguments]
    assert [type(value).__name__ for value in values] == [
        "StringValue",
        "NumberValue",
        "NumberValue",
        "BooleanValue",
        "NullValue",
        "NameValue",
        "ListValue",
        "ObjectValue",
        "CallValue",
    ]


def test_keywords_may_be_names_of_fields() -> None:
    assert owners("model: String\nenum: Int\ntrue: Int\nnull: Int") == [
        "model",
        "enum",
        "true",
        "null",
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a: Int @unique @check(expr: 1)", ["a@unique@check"]),
        ("a: Int\n  @default(1)\n  @db(type: 1)", ["a@default@db"]),
        ("a: Int\n  @unique\n  @id", ["a@unique@id"]),
        ("a: Int\n@index(fields: [a])", ["a", "@index"]),
        ("a: Int\n@id([a, b])", ["a", "@id"]),
        ("a: Int @index(fields: [a])", ["a", "@index"]),
        ("a: Int @@unique", ["a@unique"]),
        ("a: Int\n@@unique", ["a", "@unique"]),
        ("a: Int\n@check(expr: 1)\n@renamed(from: 1)", ["a", "@check", "@renamed"]),
        ("a: Int @@check(expr: 1)", ["a", "@check"]),
        ("a: Int @renamed(from: 1)", ["a@renamed"]),
        ("a: Int\n@keyless", ["a", "@keyless"]),
        ("a: Int @keyless", ["a@keyless"]),
        ("a: Int\n@check(expr: 1) @unique", ["a", "@check", "@unique"]),
        ("@check(expr: 1)\na: Int", ["@check", "a"]),
        ("a: Int @relation(\nname: 1\n) @check(expr: 1)", ["a@relation@check"]),
    ],
)
def test_a_directive_belongs_to_the_field_or_to_the_model(body: str, expected: list[str]) -> None:
    assert owners(body) == expected


def test_two_at_signs_are_read_as_one() -> None:
    (one,) = model("model A { @@id(fields: [a]) }").members
    (other,) = model("model A { @id(fields: [a]) }").members
    assert isinstance(one, syntax.Directive)
    assert isinstance(other, syntax.Directive)
    assert (one.name, one.doubled, other.name, other.doubled) == ("id", True, "id", False)


def test_parse_raises_every_syntax_error_of_the_file() -> None:
    with pytest.raises(SchemaError) as caught:
        parse(Source("m", "model A {\n  a Int\n}\nmodel B {\n  b: Int\n}\nmodel C {\n  c: !\n}\n"))
    assert [(item.code, item.span.start) for item in caught.value.diagnostics if item.span] == [
        ("OKR004", 14),
        ("OKR004", 56),
    ]


def test_what_can_be_read_is_read() -> None:
    text = "model A {\n  a Int\n}\nmodel B {\n  b: Int\n}\n"
    document, errors = parse_document(Source("m", text))
    assert [item.name for item in document.items] == ["B"]
    assert len(errors) == 1


def test_a_value_of_256_levels_is_read_whole() -> None:
    node = model("model A @x(" + "[" * 256 + "]" * 256 + ") { b: C }")
    value = node.directives[0].arguments[0].value
    depth = 0
    while isinstance(value, syntax.ListValue):
        depth += 1
        value = value.items[0] if value.items else None
    assert depth == 256
