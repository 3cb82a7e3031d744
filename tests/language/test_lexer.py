"""Text → tokens, and what string tokens say."""

from __future__ import annotations

import time

import pytest

from okra.errors import SchemaError
from okra.language.define import parse_schema
from okra.language.lexer import END, NAME, NUMBER, STRING, tokenize
from okra.language.strings import BadEscape, block_lines, quoted, string_text
from okra.source import Source


def tokens(text: str) -> list[tuple[int, str, int]]:
    return [token for token in tokenize(Source("m", text)).tokens if token[0] != END]


def test_spaces_line_ends_and_commas_mean_nothing() -> None:
    assert tokens("a, b\r\n\t,c") == [(NAME, "a", 0), (NAME, "b", 3), (NAME, "c", 8)]


def test_a_byte_order_mark_at_the_start_is_no_token() -> None:
    assert tokens("\ufeffa") == [(NAME, "a", 1)]


def test_comments_are_kept_aside_with_their_places() -> None:
    read = tokenize(Source("m", "a # one\n# two"))
    assert [(item.text, item.start) for item in read.comments] == [("# one", 2), ("# two", 8)]


def test_strings_stand_beside_each_other_without_a_space() -> None:
    assert [text for _, text, _ in tokens('"a""b" "" """c"""')] == ['"a"', '"b"', '""', '"""c"""']


def test_numbers_are_one_token_with_their_sign_and_exponent() -> None:
    assert tokens("-1.5e+3") == [(NUMBER, "-1.5e+3", 0)]


def test_an_escaped_quote_does_not_end_a_string() -> None:
    assert tokens('"a\\"b\\\\" c') == [(STRING, '"a\\"b\\\\"', 0), (NAME, "c", 9)]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (r'"\"\\\/\b\f\n\r\t"', '"\\/\b\f\n\r\t'),
        (r'"\u00e9\u{1F600}\uD83D\uDE00"', "é😀😀"),
        ('""', ""),
        ('"""a"""', "a"),
        ('"""\n  a\n    b\n\n  c\n"""', "a\n  b\n\nc"),
        ('"""a\n    b\n  c"""', "a\n  b\nc"),
        ('"""\r\n  a\r\n  b\r\n"""', "a\nb"),
        ('"""\n\n   \n"""', ""),
        ('"""say \\"""x\\""" \\n"""', 'say """x""" \\n'),
    ],
)
def test_what_a_string_says(raw: str, text: str) -> None:
    assert string_text(raw) == text


@pytest.mark.parametrize("escape", ["\\x", "\\u12", "\\u{}", "\\u{110000}", "\\uDC00", "\\u{D800}"])
def test_an_escape_that_stands_for_nothing(escape: str) -> None:
    with pytest.raises(BadEscape):
        string_text(f'"{escape}"')


@pytest.mark.parametrize("text", ["", "a", 'say "x"\\', "é\n\t\r\x01\x7f😀", "\u202e", "a" * 300])
def test_quoted_text_says_the_same(text: str) -> None:
    assert string_text(quoted(text)) == text


@pytest.mark.parametrize(
    "text", ["a", 'a\n"""\n b', "a\n\n  b", 'ends with "', "\\", "a\\\n\\b", '"""""']
)
def test_block_lines_say_the_same_with_any_indentation(text: str) -> None:
    lines = block_lines(text)
    assert lines is not None
    for indent in ("", "    ", "\t"):
        written = '"""\n' + "".join(f"{indent}{line}\n" for line in lines) + f'{indent}"""'
        assert string_text(written) == text


@pytest.mark.parametrize("text", [" ", "\na", "a\n", "  a", "a\n ", "a\rb", "a\x01"])
def test_no_block_string_says_this(text: str) -> None:
    assert block_lines(text) is None


def test_lines_may_end_in_cr_lf() -> None:
    text = 'model A {\r\n  id: ID! # key\r\n  """\r\n  two\r\n  lines\r\n  """\r\n  b: Int\r\n}\r\n'
    fields = parse_schema([Source("m", text)]).definition.models[0].fields
    assert [(field.name, field.description) for field in fields] == [
        ("id", None),
        ("b", "two\nlines"),
    ]


def test_a_carriage_return_alone_is_refused() -> None:
    with pytest.raises(SchemaError) as caught:
        parse_schema([Source("m", "model A {\r  id: ID!\r}")])
    assert caught.value.code == "OKR002"


def test_400_kilobytes_are_read_fast() -> None:
    """0.05 s on the machine where this was written; the limit leaves room for a slow and busy one."""
    text = 'model Item { id: ID! @default(uuid) name: String! @index(name: "x") }\n' * 6_000
    before = time.process_time()
    tokenize(Source("m", text))
    assert time.process_time() - before < 1
