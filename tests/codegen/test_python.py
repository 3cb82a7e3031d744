"""The text of generated Python: names, documentation, layout, and what is refused."""

from __future__ import annotations

import ast
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from generated import generate, parsed
from okra.codegen.generator import MARK, CannotGenerate, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from toolchains import Toolchains

STYLES = ("dataclass", "typeddict", "pydantic", "msgspec")


def files(text: str, **options: str) -> dict[str, str]:
    """The files by their names."""
    return {file.name: file.text for file in generate(parsed(text), "python", options)}


def part(text: str, begin: str, end: str = "\n\n\n") -> str:
    return text[text.index(begin) :].partition(end)[0] + "\n"


def problems(text: str, **options: str) -> tuple[Problem, ...]:
    with pytest.raises(CannotGenerate) as caught:
        files(text, **options)
    return caught.value.problems


POST = '''
    """What is read."""
    model Post {
      id: ID!
      """At most one line."""
      title: String!
      readBy: [BigInt!]!
      content: String?
    }
'''


def test_a_model_is_a_dataclass_that_reads_and_writes_itself() -> None:
    text = files(POST)["models.py"]

    assert part(text, "@dataclass") == dedent('''\
        @dataclass(slots=True, kw_only=True)
        class Post:
            """What is read."""

            id: str
            title: str
            """At most one line."""
            read_by: list[int]
            content: str | None = None

            @classmethod
            def from_json(cls, value: object) -> Self:
                """Read the JSON form; ValueError says what is wrong with it, and where."""
                get = _members(value, "Post").get
                return cls(
                    id=_text(get("id"), "Post.id"),
                    title=_text(get("title"), "Post.title"),
                    read_by=_sequence(get("readBy"), "Post.readBy", _int64),
                    content=_optional(get("content"), "Post.content", _text),
                )

            def to_json(self) -> dict[str, Any]:
                """The JSON form."""
                members: dict[str, Any] = {
                    "id": self.id,
                    "title": self.title,
                    "readBy": _written(self.read_by, "Post.readBy", _int64_text),
                }
                if self.content is not None:
                    members["content"] = self.content
                return members
    ''')


def test_a_model_is_a_typed_dict_beside_two_functions() -> None:
    text = files(POST, style="typeddict")["models.py"]

    assert part(text, "class Post") == dedent('''\
        class Post(TypedDict):
            """What is read."""

            id: str
            title: str
            """At most one line."""
            read_by: list[int]
            content: NotRequired[str | None]
    ''')
    assert part(text, "def post_to_json") == dedent('''\
        def post_to_json(value: Post) -> dict[str, Any]:
            """The JSON form."""
            members: dict[str, Any] = {
                "id": value["id"],
                "title": value["title"],
                "readBy": _written(value["read_by"], "Post.readBy", _int64_text),
            }
            if "content" in value and value["content"] is not None:
                members["content"] = value["content"]
            return members
    ''')
    assert '"post_from_json",' in text


def test_a_pydantic_model_takes_the_names_of_json_too() -> None:
    text = files(POST, style="pydantic")["models.py"]

    assert part(text, "class Post", "\n\n    @classmethod") == dedent('''\
        class Post(pydantic.BaseModel):
            """What is read."""

            model_config = pydantic.ConfigDict(
                alias_generator=_named(
                    read_by="readBy",
                ),
                populate_by_name=True,
                protected_namespaces=(),
            )

            id: str
            title: str
            """At most one line."""
            read_by: list[int]
            content: str | None = None
    ''')


def test_a_struct_of_msgspec_has_the_names_of_json() -> None:
    text = files(POST, style="msgspec")["models.py"]

    assert part(text, "class Post", "\n    id") == dedent('''\
        class Post(
            msgspec.Struct,
            kw_only=True,
            rename={
                "read_by": "readBy",
            },
        ):
            """What is read."""

    ''')


def test_an_enum_has_its_stored_texts() -> None:
    text = files(
        """
        enum Role {
          "May do all."
          ADMIN
          inProgress @value("in 'progress'")
          QUOTED @value("say \\"so\\"\\n")
        }
        model User { id: ID! role: Role! }
        """
    )["models.py"]

    assert part(text, "class Role") == dedent('''\
        class Role(StrEnum):
            ADMIN = "ADMIN"
            """May do all."""
            IN_PROGRESS = "in 'progress'"
            QUOTED = 'say "so"\\n'

            @classmethod
            def from_json(cls, value: object, path: str = "Role") -> Self:
                """The value that is stored as this text; ValueError where there is none."""
                stored = _text(value, path)
                try:
                    return cls(stored)
                except ValueError:
                    raise _unknown(path, cls) from None
    ''')


def test_only_helpers_that_are_used_come_along() -> None:
    text = files("model A { id: ID! }")["models.py"]

    helpers = [line.split("(")[0] for line in text.splitlines() if line.startswith("def ")]
    assert helpers == ["def _wrong", "def _members", "def _text"]
    assert "import re" not in text


def test_each_model_can_have_a_file_of_its_own() -> None:
    found = files(
        """
        enum Role { ADMIN }
        model BlogPost { id: ID! role: Role! }
        model Class { id: ID! }
        model Enums { id: ID! }
        """,
        files="each",
    )

    assert list(found) == [
        "__init__.py",
        "enums.py",
        "_json.py",
        "blog_post.py",
        "class_.py",
        "enums_.py",
    ]
    assert found["__init__.py"] == dedent(f'''\
        # {MARK}
        """The models, read from JSON and written as it."""

        from .blog_post import BlogPost
        from .class_ import Class
        from .enums import Role
        from .enums_ import Enums

        __all__ = [
            "BlogPost",
            "Class",
            "Enums",
            "Role",
        ]
    ''')
    assert "from . import _json\nfrom .enums import Role\n" in found["blog_post.py"]
    assert all(text.startswith(f"# {MARK}\n") for text in found.values())


def test_names_that_python_keeps_for_itself_get_an_underscore() -> None:
    text = files(
        """
        enum status { open }
        model None { id: ID! class: String! list: Int! _private: Int! __init__: Int! _1: Int! status: status! }
        model UUID { id: ID! fromJson: Int! date: Date! }
        """
    )["models.py"]

    fields = [
        line.strip() for line in text.splitlines() if line.startswith("    ") and ": " in line
    ]
    assert [line for line in fields if line.count(" ") == 1 and line[-1] not in ",{:"] == [
        "id: str",
        "class_: str",
        "list_: int",
        "private_: int",
        "init_: int",
        "field_1_: int",
        "status: status_",
        "id: str",
        "from_json_: int",
        "date: str",
    ]
    assert "class None_:" in text
    assert "class UUID_:" in text


def test_names_of_pydantic_are_kept_for_it_alone() -> None:
    text = "model A { id: ID! schema: String! copy: Int! modelConfig: Int! }"

    assert "    schema: str\n    copy: int\n    model_config: int\n" in files(text)["models.py"]
    assert (
        "    schema_: str\n    copy_: int\n    model_config_: int\n"
        in files(text, style="pydantic")["models.py"]
    )


def test_the_reserved_names_of_pydantic_are_all_it_has() -> None:
    pydantic = pytest.importorskip("pydantic")
    from okra.codegen.python.names import _PYDANTIC

    assert {name for name in dir(pydantic.BaseModel) if name[0] != "_"} <= _PYDANTIC


def test_two_fields_that_become_one_are_refused() -> None:
    assert problems(
        'model A { id: ID! fooBar: Int! foo_bar: Int! @column(name: "x") fromJson: Int from_json: Int @column(name: "y") }'
    ) == (
        Problem(
            subject="A.foo_bar",
            message="`A.fooBar` and `A.foo_bar` would both be `foo_bar` in Python in the type `A`",
            help="give one of them another name; `@column`, `@table` and `@value` keep what it is called in "
            "the database",
        ),
        Problem(
            subject="A.from_json",
            message="`A.fromJson` and `A.from_json` would both be `from_json_` in Python in the type `A`",
            help="give one of them another name; `@column`, `@table` and `@value` keep what it is called in "
            "the database",
        ),
    )


def test_two_values_that_become_one_are_refused() -> None:
    found = problems("enum E { open OPEN } model A { id: ID! e: E! }")

    assert [each.message for each in found] == [
        "`E.open` and `E.OPEN` would both be `OPEN` in Python in the enum `E`"
    ]


def test_two_classes_functions_or_files_that_become_one_are_refused() -> None:
    models = 'model HTTPLog { id: ID! } model HttpLog @table(name: "other") { id: ID! }'

    assert files(models)
    assert [each.message for each in problems(models, style="typeddict")] == [
        "`HTTPLog` and `HttpLog` would both be `http_log_from_json` in Python",
        "`HTTPLog` and `HttpLog` would both be `http_log_to_json` in Python",
    ]
    assert [each.message for each in problems(models, files="each")] == [
        "`HTTPLog` and `HttpLog` would both be `http_log.py` in Python"
    ]
    assert [
        each.message
        for each in problems('model None { id: ID! } model None_ @table(name: "other") { id: ID! }')
    ] == ["`None` and `None_` would both be `None_` in Python"]


@pytest.mark.parametrize(
    ("description", "lines"),
    [
        (r"\"quoted\" and \\", [r'"""\"quoted\" and \\"""']),
        (r"a \"quoted\" word", [r'"""a "quoted" word"""']),
        (r"ends with \\\"", [r'"""ends with \\\""""']),
        (r"ends with \"\"\"", [r'"""ends with \"\"\""""']),
        (r"ends with \"", [r'"""ends with \""""']),
        (r"three \"\"\" in it", [r'"""three \"\"\" in it"""']),
        (r"Grüße, \u202E and \u0007", [r'"""Grüße, \u202e and \x07"""']),
        (r"  one\n\n      two  \n    three\n", ['"""one', "", "  two", "three", '"""']),
        ("  ", []),
    ],
)
def test_descriptions_are_docstrings_whatever_they_say(description: str, lines: list[str]) -> None:
    text = files(f'model A {{ "{description}" id: ID! }}')["models.py"]

    found = part(text, "    id: str\n", "\n    @classmethod").splitlines()[1:]
    assert [line.removeprefix("    ") for line in found if line or lines][: len(lines)] == lines


EVERY_TYPE = """
    enum Role { A }
    model Post {
      id: ID! a: String! b: Int! c: BigInt! d: Float! e: Decimal! f: Boolean! g: DateTime! h: Date! i: Time!
      j: JSON! k: Bytes! l: Native! @db(postgres: "point", mysql: "point", sqlite: "blob") m: Role!
      ids: [ID!]? bs: [Int!]! js: JSON ks: [Bytes!]! ms: [Role!]? ns: Role
    }
"""


@pytest.mark.parametrize("style", STYLES)
def test_no_class_takes_a_name_that_the_code_beside_it_says(style: str) -> None:
    from okra.codegen.python.names import _CLASSES

    for options in ({}, {"dateTime": "datetime", "id": "UUID"}, {"decimal": "str"}):
        tree = ast.parse(files(EVERY_TYPE, style=style, **options)["models.py"])
        said = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        bound = {
            node.id
            for function in ast.walk(tree)
            if isinstance(function, ast.FunctionDef)
            for node in ast.walk(function)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        parameters = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
        fields = {
            node.target.id
            for node in ast.walk(tree)
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
        }
        own = bound | parameters | fields | {"Role", "Post", "A", "model_config"}
        assert {name for name in said - own if not name.startswith("_")} <= _CLASSES


def test_an_empty_schema_is_an_empty_module() -> None:
    assert files("") == {
        "models.py": f'# {MARK}\n"""The models, read from JSON and written as it."""\n\n__all__: list[str] = []\n'
    }


def long_names() -> str:
    """Names of every length up to 52, in models that have each type in each place."""
    types = ("ID", "BigInt", "Decimal", "DateTime", "Bytes", "JSON", "Colour" + "r" * 30, "String")
    models = [f'enum {types[6]} {{ RED @value("{"r" * 75}") BLUE @value("{"ü" * 70}") }}']
    for length in range(4, 53):
        name = "f" * (length - 2)
        fields = [
            f"{name}{letter}{mark}: {form.format(kind)}{end}"
            for letter, kind in zip("abcdefgh", types, strict=True)
            for mark, form, end in (
                ("A", "{}", "!"),
                ("B", "{}", "?"),
                ("C", "[{}!]", "!"),
                ("D", "[{}!]", "?"),
            )
            if not (kind == "JSON" and mark in "CD")
        ]
        models.append(f"model M{'m' * (length - 2)} {{ id: ID! {' '.join(fields)} }}")
    return "\n".join(models)


def test_ruff_would_lay_it_out_the_same_way(tmp_path: Path, toolchains: Toolchains) -> None:
    text = long_names()
    for style in STYLES:
        for options in ({"files": "one"}, {"files": "each", "dateTime": "datetime", "id": "UUID"}):
            for name, content in files(text, style=style, **options).items():
                path = tmp_path / f"{style}_{options['files']}" / name
                path.parent.mkdir(exist_ok=True)
                path.write_text(content)

    plain = ("--isolated", "--no-cache")
    layout = toolchains.ruff(tmp_path, "format", *plain, "--diff", ".")
    rules = ("--target-version", "py313", "--extend-select", "I,UP,B,SIM,RUF022")
    found = toolchains.ruff(tmp_path, "check", *plain, *rules, "--output-format", "concise", ".")

    assert layout.out == ""
    assert found.out == "All checks passed!\n"
