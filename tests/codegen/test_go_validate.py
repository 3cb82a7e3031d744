"""Validate and Parse in Go: forms, lengths, checks that Go can say, and those that are left to the database."""

from __future__ import annotations

import re

import pytest

from generated import generate, parsed


def code(schema: str, **options: object) -> str:
    """The whole of models.go."""
    said = {"output": "gen/models", "validate": True, **options}
    return generate(parsed(schema), "go", said)[0].text


def conditions(fields: str, **options: object) -> list[str]:
    """The conditions of the `if`s of Validate, but for the one that waits for all forms."""
    text = code(f"enum Role {{ ADMIN GUEST }} model Post {{ id: ID! {fields} }}", **options)
    body = text.partition(") Validate() error {\n")[2].partition("\n}\n")[0]
    found = re.findall(r"^\t+if (.*) \{$", body, re.MULTILINE)
    return [condition for condition in found if condition != "len(found) > 0"]


def left(fields: str) -> list[str]:
    """The checks that the comment of Validate names."""
    return re.findall(r"^//\tCHECK \((.*)\)$", code(f"model Post {{ {fields} }}"), re.MULTILINE)


def test_validate_checks_forms_first_and_then_what_the_schema_says() -> None:
    schema = """
    model Post {
      id: ID!
      title: String! @length(max: 20) @check("title <> ''")
      days: [Date!]
      @check("title LIKE 'x%'")
    }
    """
    found = code(schema)
    assert found[found.index("// Validate tells") : found.index("// ParsePost")] == (
        """\
// Validate tells all that is wrong with a Post.
//
// These checks are left to the database:
//
//	CHECK (title LIKE 'x%')
func (p Post) Validate() error {
	var found []error
	if utf8.RuneCountInString(p.Title) > 20 {
		found = append(found, invalid("Post.title", "has more than 20 characters"))
	}
	if p.Days != nil {
		for index, item := range *p.Days {
			if !isDate(item) {
				found = append(found, invalid(at("Post.days", index), "is no date"))
			}
		}
	}
	if len(found) > 0 {
		return errors.Join(found...)
	}
	if p.Title == "" {
		found = append(found, invalid("Post.title", "breaks the check title <> ''"))
	}
	return errors.Join(found...)
}

"""
    )


def test_parse_reads_each_member_by_its_exact_name_and_then_validates() -> None:
    schema = """
    enum Role { ADMIN }
    model Post { id: ID! role: Role? data: JSON! more: JSON? counts: [BigInt!] tags: [Role!]! }
    """
    found = code(schema)
    assert found[found.index("func ParsePost") : found.index("// List is")] == (
        """\
func ParsePost(data []byte) (Post, error) {
	var value Post
	members, err := readObject("Post", data)
	if err != nil {
		return value, err
	}
	value.ID = required(members, "id", readText[string])
	value.Role = optional(members, "role", readText[Role])
	value.Data = requiredJSON(members, "data")
	value.More = optional(members, "more", readJSON)
	value.Counts = optional(members, "counts", readBigInts)
	value.Tags = required(members, "tags", readList(readText[Role]))
	if len(members.found) > 0 {
		return Post{}, errors.Join(members.found...)
	}
	if err := value.Validate(); err != nil {
		return Post{}, err
	}
	return value, nil
}

"""
    )


def test_a_type_that_has_nothing_to_check_has_validate_as_well() -> None:
    assert "func (p Post) Validate() error {\n\treturn nil\n}\n" in code("model Post { id: ID! }")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ('a: Int! @check("a > 0")', ["p.A <= 0"]),
        ('a: Int! @check("0 < a")', ["p.A <= 0"]),
        ('a: Int! @check("a BETWEEN 1 AND 9")', ["p.A < 1 || p.A > 9"]),
        ('a: Int! @check("NOT a BETWEEN 1 AND 9")', ["p.A >= 1 && p.A <= 9"]),
        ('a: Int! @check("a not in (1, -2)")', ["p.A == 1 || p.A == -2"]),
        ('a: Int! @check("a < 99999999999")', ["int64(p.A) >= 99999999999"]),
        ('a: Int! @check("a >= 0.5")', ["float64(p.A) < 0.5"]),
        ('a: Int? @check("a > 0")', ["p.A != nil && *p.A <= 0"]),
        ('a: Int? @check("a > 0 OR a IS NULL")', ["p.A != nil && *p.A <= 0"]),
        ('a: Int! b: BigInt! @check("a < b")', ["int64(p.A) >= p.B"]),
        ('a: Int! b: Int? @check("a = 1 OR b IS NOT NULL")', ["p.A != 1 && p.B == nil"]),
        ('a: Int! @column(name: "x y") @check("\\"x y\\" > 1")', ["p.A <= 1"]),
        ('authorAge: Int! @check("posts.AUTHOR_AGE >= 18")', ["p.AuthorAge < 18"]),
        ("s: String! @check(\"s <> 'it''s'\")", ['p.S == "it\'s"']),
        ('s: String? @check("length(s) >= 3")', ["p.S != nil && utf8.RuneCountInString(*p.S) < 3"]),
        ('d: Decimal! @check("d >= .5")', ["!isDecimal(p.D)", 'compareDecimals(p.D, "0.5") < 0']),
        ('f: Float! @check("f < 1e3")', ["!isFinite(p.F)", "p.F >= 1000"]),
        ('ok: Boolean? @check("ok")', ["p.Ok != nil && !*p.Ok"]),
        ('ok: Boolean! @check("ok = 0")', ["p.Ok"]),
        ("r: Role! @check(\"r <> 'ADMIN'\")", ["!p.R.Valid()", 'p.R == "ADMIN"']),
        (
            "t: Time! @check(\"t > '08:00:00'\")",
            ["!isTime(p.T)", 'compareTimes(p.T, "08:00:00") <= 0'],
        ),
        (
            'd: DateTime! e: DateTime? @check("e >= d")',
            [
                "!isDateTime(p.D)",
                "p.E != nil && !isDateTime(*p.E)",
                "p.E != nil && compareDateTimes(*p.E, p.D) < 0",
            ],
        ),
    ],
)
def test_checks_that_go_can_say(fields: str, expected: list[str]) -> None:
    assert conditions(fields) == expected


def test_moments_are_compared_by_what_they_are() -> None:
    fields = 'd: DateTime! e: DateTime? @check("e >= d") @check("d < \'2030-01-01 10:00:00.5\'")'
    assert conditions(fields, dateTime="time.Time")[2:] == [
        "p.E != nil && p.E.Compare(p.D) < 0",
        "p.D.Compare(time.Date(2030, 1, 1, 10, 0, 0, 500000000, time.UTC)) >= 0",
    ]


@pytest.mark.parametrize(
    "check",
    [
        "s LIKE 'x%'",
        "s < 'b'",
        "lower(s) = s",
        "s = E'x'",
        "s = 'a\\\\b'",
        "a + 1 > 2",
        "a > 0 -- so",
        "a IS TRUE",
        "a > (SELECT 1)",
        "a = NULL",
        "a = 'x'",
        "unknown > 1",
        "a = 1 AND",
        "a = 1)",
        "(a = 1",
        "on > '2026-02-30'",
        "CASE WHEN a > 1 THEN a < 3 END",
        "NOT (a = 1 AND a = 2)",
        "c = 'x'",
        "l IS NULL OR length(l) > 1",
        "a = " + "(" * 40 + "1" + ")" * 40,
        pytest.param("a < " + "9" * 5000, id="a very long number"),
    ],
)
def test_checks_that_are_left_to_the_database(check: str) -> None:
    fields = (
        'id: ID! a: Int! s: String! on: Date! c: String! @collate("nocase") l: [Int!] '
        f'@check("{check}")'
    )
    assert left(fields) == [check.replace("\\\\", "\\")]


def test_checks_of_single_providers_are_left_to_the_database() -> None:
    assert left('id: ID! a: Int! @check(postgres: "a > 1", mysql: "a > 2")') == ["a > 2", "a > 1"]


def test_a_check_that_no_value_of_the_type_can_break_is_not_spoken_of() -> None:
    schema = 'model Post { id: ID! a: Int! @check("a IS NOT NULL") }'
    assert "func (p Post) Validate() error {\n\treturn nil\n}\n" in code(schema)
    assert "CHECK" not in code(schema)


def test_a_long_chain_of_conditions_is_read_or_left_in_time() -> None:
    many = " OR ".join(f"a = {number}" for number in range(2000))
    assert left(f'id: ID! a: Int! @check("{many}")') == [many]


def test_what_a_left_out_part_of_a_check_would_need_is_not_imported() -> None:
    found = code("""
    model Post {
      id: ID! a: Int! s: String! d: Decimal?
      @check("(length(s) > 2 OR a IS NOT NULL OR d > 1) AND a > 1")
    }
    """)
    assert 'import (\n\t"bytes"\n\t"encoding/json"\n\t"errors"\n\t"math"\n\t"strings"\n)' in found
    assert "\tif p.A <= 1 {\n" in found
    assert "compareDecimals" not in found
