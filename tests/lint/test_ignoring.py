"""Comments that say that a finding was looked at."""

from __future__ import annotations

import pytest

from linting import codes, in_schema, in_sql

FIELD = "  authorId: ID!{behind}\n"
SCHEMA = """\
{above}model Post {{
  id: ID!
{line}  authorId: ID!{behind}
  author: User! @relation(fields: [authorId], references: [id])
}}
model User {{
  id: ID!
  posts: [Post!]
}}
"""


def schema(above: str = "", line: str = "", behind: str = "") -> list[str]:
    return codes(in_schema(SCHEMA.format(above=above, line=line, behind=behind), "sqlite"))


def test_without_a_comment_it_is_found() -> None:
    assert schema() == ["OKR341"]


@pytest.mark.parametrize(
    "place",
    [
        {"above": "# okra:ignore OKR341 ten rows\n"},
        {"above": '# okra:ignore OKR341 ten rows\n"""What is written."""\n'},
        {"line": "  # okra:ignore OKR341 ten rows\n"},
        {"line": "  # okra:ignore OKR341: ten rows\n  # and another remark\n"},
        {"behind": "   # okra:ignore OKR341 ten rows"},
        {"behind": "   # okra:ignore OKR341, OKR346 - ten rows"},
    ],
)
def test_a_comment_at_the_place_counts(place: dict[str, str]) -> None:
    assert "OKR341" not in schema(**place)


def test_a_comment_elsewhere_does_not() -> None:
    text = SCHEMA.format(above="", line="", behind="").replace(
        "model User {", "# okra:ignore OKR341 ten rows\nmodel User {"
    )
    assert codes(in_schema(text, "sqlite")) == ["OKR341", "OKR358"]


def test_a_comment_needs_a_reason() -> None:
    assert schema(behind=" # okra:ignore OKR341") == ["OKR341", "OKR357"]


def test_a_comment_needs_a_rule() -> None:
    assert schema(behind=" # okra:ignore it is fine") == ["OKR341", "OKR357"]
    assert schema(behind=" # okra:ignore OKR399 it is fine") == ["OKR341", "OKR357"]


def test_a_comment_above_a_directive_in_a_model_is_about_the_model() -> None:
    text = """
model Seat {
  id: ID!
  line: Int!
  place: Int!
  # okra:ignore OKR342 the planner likes it
  @index(fields: [line])
  @index(fields: [line, place])
}
"""
    assert codes(in_schema(text.replace("okra:ignore", "see"), "sqlite")) == ["OKR342"]
    assert codes(in_schema(text, "sqlite")) == []


def test_a_comment_above_a_directive_outside_is_about_the_model_that_it_names() -> None:
    text = """
model Seat {
  id: ID!
  line: Int!
  note: String?
}

# okra:ignore OKR350 notes are rare
@unique(model: Seat, fields: [line, note])

model Other {
  id: ID!
}
"""
    assert codes(in_schema(text, "sqlite")) == []


DROP = "DROP TABLE invoices;\n"


@pytest.mark.parametrize(
    "sql",
    [
        "-- okra:ignore OKR301 they are empty\n" + DROP,
        "-- drop the invoices\n-- okra:ignore OKR301 they are empty\n-- ! loses data: all of it\n"
        + DROP,
        "SELECT 1;\n\n-- okra:ignore OKR301 they are empty\n" + DROP,
        "-- okra:ignore-file OKR301 they are empty\n\nSELECT 1;\n" + DROP,
        "SELECT 1;\n" + DROP + "-- okra:ignore-file OKR301 they are empty\n",
    ],
)
def test_a_comment_above_a_statement_or_for_the_file_counts(sql: str) -> None:
    assert in_sql(sql, "sqlite") == ()


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("-- okra:ignore OKR301 they are empty\nSELECT 1;\n" + DROP, ["OKR358", "OKR301"]),
        (DROP + "-- okra:ignore OKR301 they are empty\n", ["OKR301", "OKR358"]),
        ("-- okra:ignore OKR301\n" + DROP, ["OKR357", "OKR301"]),
        ("SELECT '\n-- okra:ignore OKR301 a text\n';\n" + DROP, ["OKR301"]),
        ("-- okra:ignore OKR302 another\n" + DROP, ["OKR358", "OKR301"]),
    ],
)
def test_a_comment_elsewhere_or_without_a_reason_does_not(sql: str, found: list[str]) -> None:
    assert codes(in_sql(sql, "sqlite")) == found


def test_rules_that_are_off_leave_their_comments_alone() -> None:
    sql = "-- okra:ignore OKR301 they are empty\n" + DROP
    assert in_sql(sql, "sqlite", OKR301=None) == ()
