"""Whatever a file holds, the answer is a schema or a SchemaError with a place, soon."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from okra.errors import SchemaError
from okra.language.define import parse_schema
from okra.language.format import format_source
from okra.language.lexer import tokenize
from okra.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

RICH = (Path(__file__).parent / "rich.okra.gql").read_text()
PIECES = [text for _, text, _ in tokenize(Source("m", RICH)).tokens if text] + [
    *"{}()[]:!?#@\"\\'`;=-/",
    '"""',
    "@@",
    "\0",
    "\ud800",
    "é",
    "\u202e",
    "\ufeff",
    "\r",
    "\x07",
    "0x1F",
    "9" * 30,
    "1e999",
    "null",
    "sql(",
    "# @renamed(from: ",
    '# @renamed(from: "x")\n',
]
FAMILIES = 200


def answer(text: str) -> None:
    """Ask for the schema and for the layout; only errors of our own, with places, may come out."""
    source = Source("m.okra.gql", text)
    for ask in (
        lambda: parse_schema([source], providers=["sqlite"]),
        lambda: format_source(source),
    ):
        try:
            ask()
        except SchemaError as error:
            assert error.render()
            for item in error.diagnostics:
                assert item.span is not None
                assert 0 <= item.span.start <= item.span.end <= len(text)


def noise(rng: random.Random) -> str:
    limits = (128, 0x3000, 0x110000)
    return "".join(chr(rng.randrange(rng.choice(limits))) for _ in range(rng.randrange(200)))


def soup(rng: random.Random) -> str:
    space = rng.choice(["", " ", "\n"])
    head, tail = rng.choice([("", ""), ("model A {\n  id: ID!\n  ", "\n}")])
    return head + space.join(rng.choice(PIECES) for _ in range(rng.randrange(120))) + tail


def mutant(rng: random.Random) -> str:
    text = RICH
    for _ in range(rng.randrange(1, 12)):
        start = rng.randrange(len(text))
        end = min(len(text), start + rng.choice([0, 1, 1, 2, 5, 30]))
        copy = rng.randrange(len(text))
        new = rng.choice([rng.choice(PIECES), "", text[copy : copy + rng.randrange(60)]])
        text = text[:start] + new + text[end:]
    return text


@pytest.mark.parametrize(("make", "count"), [(noise, 5_000), (soup, 4_400), (mutant, 600)])
def test_any_input_gets_an_answer(make: Callable[[random.Random], str], count: int) -> None:
    rng = random.Random(make.__name__)  # noqa: S311 - no secret
    for _ in range(count):
        answer(make(rng))


@pytest.mark.nightly
@pytest.mark.parametrize("family", range(FAMILIES))
def test_any_input_gets_an_answer_at_length(family: int) -> None:
    rng = random.Random(f"family {family}")  # noqa: S311 - no secret
    for _ in range(1_000_000 // FAMILIES):
        answer(rng.choice([noise, soup, mutant])(rng))


K = 1_000
HUGE = {
    "deep lists": lambda size: (
        "model A { id: ID! x: JSON @default(" + "[" * size + "]" * size + ") }"
    ),
    "lists that never end": lambda size: "model A { id: ID! x: JSON @default(" + "[" * size,
    "deep objects": lambda size: "model A { id: ID! x: JSON @default(" + "{a:" * size + "1) }",
    "deep calls": lambda size: "model A { id: ID! x: JSON @default(" + "f(" * size + ") }",
    "braces": lambda size: "{" * size,
    "spaces": lambda size: " " * size,
    "one word": lambda size: "x" * size,
    "a long string": lambda size: 'model A { id: ID! s: String @default("' + "a" * size + '") }',
    "escapes": lambda size: 'model A { id: ID! s: String @default("' + "\\n" * size + '") }',
    "a long block string": lambda size: '"""' + "\n  a" * size + '"""\nmodel A { id: ID! }',
    "a long name": lambda size: "model " + "A" * size + " { id: ID! }",
    "strings that never end": lambda size: 'model A { "\n' * size,
    "fields": lambda size: (
        "model A { id: ID!\n" + "".join(f"f{n}: Int\n" for n in range(size)) + "}"
    ),
    "unknown directives": lambda size: "model A { id: ID!" + " x: Int @defualt(1)" * size + "}",
    "one directive again and again": lambda size: (
        "model A { id: ID! x: Int" + " @default(1)" * size + "}"
    ),
    "unknown types": lambda size: "".join(
        f"model A{n} {{ id: ID! x: B{n} }}\n" for n in range(size)
    ),
    "sides without names": lambda size: (
        "model A { id: ID!" + "".join(f" f{n}: A" for n in range(size)) + "}"
    ),
    "values": lambda size: "enum E {" + "".join(f" V{n}" for n in range(size)) + "}",
    "defaults of a large enum": lambda size: (
        "enum E {"
        + "".join(f" V{n}" for n in range(size))
        + "} model A { id: ID!"
        + "".join(f' f{n}: E @default("x{n}")' for n in range(size))
        + "}"
    ),
    "one index again and again": lambda size: (
        "model A { id: ID! x: Int" + "\n@index(fields: [x])" * size + "}"
    ),
    "indexes of one name": lambda size: (
        "model A { id: ID! x: Int"
        + "".join(f'\n@index(fields: [x], where: "x>{n}")' for n in range(size))
        + "}"
    ),
    "rename comments": lambda size: '# @renamed(from: "x")\n' * size + "model A { id: ID! }",
    "one-to-one relations": lambda size: (
        "model B { id: ID!"
        + "".join(f' a{n}: A? @relation(name: "r{n}")' for n in range(size))
        + "}\nmodel A { id: ID!"
        + "".join(
            f' b{n}: B! @relation(name: "r{n}", fields: [k{n}], references: [id]) k{n}: ID! @unique'
            for n in range(size)
        )
        + "}"
    ),
}


@pytest.mark.parametrize("kind", HUGE)
def test_time_grows_no_faster_than_the_file(kind: str) -> None:
    text = HUGE[kind](2 * K)
    before = time.process_time()
    answer(text)
    assert time.process_time() - before < 2 * max(len(text) / 1_000_000, 0.5)


@pytest.mark.nightly
@pytest.mark.parametrize("kind", HUGE)
def test_time_grows_no_faster_than_the_file_at_length(kind: str) -> None:
    text = HUGE[kind](100 * K)
    before = time.process_time()
    answer(text)
    assert time.process_time() - before < 2 * 2 * max(len(text) / 1_000_000, 0.5)  # asked twice


@pytest.mark.parametrize("character", ["x", "é", "{", '"', "#", "\n", "@a "])
def test_50_megabytes_are_refused_at_once(character: str) -> None:
    text = character * (50_000_000 // len(character))
    before = time.process_time()
    with pytest.raises(SchemaError) as caught:
        parse_schema([Source("m.okra.gql", text)])
    assert caught.value.code == "OKR001"
    assert len(caught.value.render()) < K
    assert time.process_time() - before < 5


def test_10_000_models() -> None:
    text = "".join(
        f"model Item{n} {{\n  id: ID! @default(uuid)\n  name: String! @unique\n}}\n"
        for n in range(10_000)
    )
    assert len(parse_schema([Source("m.okra.gql", text)]).definition.models) == 10_000
