"""`okra fmt`: one layout, every comment kept, the same meaning."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okra.errors import SchemaError
from okra.language.define import parse_schema
from okra.language.format import format_source
from okra.language.lexer import tokenize
from okra.source import Source

ROOT = Path(__file__).parents[2]
RICH = (Path(__file__).parent / "rich.okra.gql").read_text()
TOKENS = [text for _, text, _ in tokenize(Source("m", RICH)).tokens if text]


def formatted(text: str) -> str:
    return format_source(Source("m", text))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("\n\n", ""),
        ("# only a comment", "# only a comment\n"),
        ("model A{id:ID!,name:String?}", "model A {\n  id: ID!\n  name: String?\n}\n"),
        ("model A{}", "model A {\n}\n"),
        ("enum E{A,B}", "enum E {\n  A\n  B\n}\n"),
        (
            "model A { id: ID!\n@@id(fields: [id]) }",
            "model A {\n  id: ID!\n  @id(fields: [id])\n}\n",
        ),
        ("model A { id: ID!\n@@unique\n}", "model A {\n  id: ID!\n  @@unique\n}\n"),
        ("@index(model:A fields:[a {field:b}])", "@index(model: A, fields: [a, {field: b}])\n"),
        ("model A { a: Int @default( now( ) ) }", "model A {\n  a: Int @default(now)\n}\n"),
        ('"doc" model A {}', '"""doc"""\nmodel A {\n}\n'),
        ('"""\n  a\n\n  b\n""" model A {}', '"""\na\n\nb\n"""\nmodel A {\n}\n'),
        ('"ends in \\"" model A {}', '"""\nends in "\n"""\nmodel A {\n}\n'),
        ('"a\\u0001" model A {}', '"a\\u0001"\nmodel A {\n}\n'),
        ("model A {\r\n  a: Int\r\n}\r\n", "model A {\n  a: Int\n}\n"),
        ("\ufeffmodel A {}", "model A {\n}\n"),
        (
            '@okra(version: "1")\n@index(fields: [])\nmodel A {}',
            '@okra(version: "1")\n@index(fields: [])\n\nmodel A {\n}\n',
        ),
    ],
)
def test_layout(before: str, after: str) -> None:
    assert formatted(before) == after


def test_one_free_line_stays_and_more_become_one() -> None:
    text = "model A {\n\n  a: Int\n\n\n\n  b: Int\n  c: Int\n\n}\nmodel B {\n}\n"
    assert formatted(text) == "model A {\n  a: Int\n\n  b: Int\n  c: Int\n}\n\nmodel B {\n}\n"


def test_comments_stay_where_they_are() -> None:
    text = """\
# top

# about A
model A { # behind the brace
  # above
  a: Int # behind

  # apart

  b: Int
  # last
} # behind A
# after
enum E {
  # above
  X # behind
  # last
}
# end
"""
    assert formatted(text) == text.replace("# after", "\n# after").replace("# end", "\n# end")


def test_comments_inside_a_declaration_stay_inside_of_it() -> None:
    text = """\
model A {
  a: # one
    Int # two
    @relation( # three
      # four
      name: "x" # five
      fields: [ # six
        a # seven
      ]
    ) # eight
    @unique
}
"""
    assert (
        formatted(text)
        == """\
model A {
  # one
  a: Int # two
    @relation( # three
      # four
      name: "x" # five
      fields: [ # six
        a # seven
      ]
    ) # eight
    @unique
}
"""
    )


def test_long_directives_are_wrapped() -> None:
    name = "n" * 40
    text = f'model A {{ a: String @length(max: 5) @column(name: "{name}") @check(expr: "{name}") @unique }}'
    assert (
        formatted(text)
        == f"""\
model A {{
  a: String
    @length(max: 5)
    @column(name: "{name}") @check(expr: "{name}")
    @unique
}}
"""
    )


def test_long_arguments_are_wrapped() -> None:
    name = "n" * 60
    text = f'@index(model: "A", fields: ["{name}", {{field: "b", sort: DESC}}], where: "{name}")'
    assert (
        formatted(text)
        == f"""\
@index(
  model: "A"
  fields: ["{name}", {{field: "b", sort: DESC}}]
  where: "{name}"
)
"""
    )


def test_a_long_header_is_wrapped() -> None:
    name = "n" * 60
    text = f'model A @table(name: "{name}") @renamed(from: "{name}") {{ a: Int }}'
    assert (
        formatted(text)
        == f"""\
model A
  @table(name: "{name}")
  @renamed(from: "{name}")
{{
  a: Int
}}
"""
    )


def test_a_text_of_several_lines_keeps_them() -> None:
    text = 'model A {\n  a: Int\n  @check(expr: """\n   a\n     b\n  """, name: "c")\n}\n'
    assert (
        formatted(text)
        == """\
model A {
  a: Int
  @check(
    expr: \"\"\"
      a
        b
    \"\"\"
    name: "c"
  )
}
"""
    )


def test_a_file_that_is_wrong_is_not_formatted() -> None:
    with pytest.raises(SchemaError):
        formatted("model A {")


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("examples/**/*.okra.gql")), ids=lambda path: path.parent.name
)
def test_examples_keep_their_meaning(path: Path) -> None:
    assert_formatting_is_safe(path.read_text())


def outcome(text: str) -> object:
    """The definition and the warnings, or what is wrong, without places."""
    try:
        schema = parse_schema([Source("m", text)])
    except SchemaError as error:
        return sorted((item.code, item.message) for item in error.diagnostics)
    return schema.definition, sorted(item.code for item in schema.warnings)


def comments(text: str) -> list[str]:
    return sorted(item.text.rstrip() for item in tokenize(Source("m", text)).comments)


def assert_formatting_is_safe(text: str) -> None:
    """Same meaning, same comments, and nothing changes the second time."""
    try:
        result = formatted(text)
    except SchemaError:
        return
    assert outcome(result) == outcome(text)
    assert comments(result) == comments(text)
    assert formatted(result) == result


SPACES = st.sampled_from(
    [" ", "\n", "\n\n", "\n\n\n", ", ", "\t", "\r\n", " # c\n", "\n# own\n", "\n\n# apart\n\n"]
    + [
        f'{before}# @renamed(from: "{before!r}"){after}'
        for before in (" ", "\n")
        for after in ("\n", "\n\n")
    ]
)


@st.composite
def rearranged(draw: st.DrawFn) -> str:
    """The rich schema with other spaces and comments, and perhaps without some tokens."""
    changes = draw(st.dictionaries(st.integers(0, len(TOKENS) - 1), SPACES, max_size=30))
    dropped = draw(st.sets(st.integers(0, len(TOKENS) - 1), max_size=2))
    lined = draw(st.integers(1, 9))
    parts = []
    for number, token in enumerate(TOKENS):
        usual = "\n" if number % 10 >= lined or token in ("{", "}") else " "
        parts.append(changes.get(number, usual))
        parts.append("" if number in dropped else token)
    return "".join(parts)


@given(rearranged())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_formatting_is_safe_however_the_file_is_written(text: str) -> None:
    assert_formatting_is_safe(text)


@pytest.mark.nightly
@given(rearranged())
@settings(max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_formatting_is_safe_however_the_file_is_written_at_length(text: str) -> None:
    assert_formatting_is_safe(text)


def test_the_example_that_everybody_knows_is_formatted_already() -> None:
    path = Path(__file__).parents[2] / "examples" / "blog" / "models.okra.gql"

    assert formatted(path.read_text()) == path.read_text()
