"""Generated Go at work: checks mean what SQL means, JSON has its one form, and Parse says what is wrong where."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest

from generated import generate, parsed
from goldens import run
from okra.devdb import scratch
from okra.errors import DatabaseError
from okra.language.definition import (
    Check,
    Enum,
    EnumValue,
    Field,
    Model,
    Scalar,
    SchemaDefinition,
    SqlText,
    TypeRef,
)
from okra.mapping import Names
from okra.migrations.draft import draft
from okra.relational.model import Database

if TYPE_CHECKING:
    from pathlib import Path

    from okra.dialects.base import Session
    from toolchains import Toolchains

VALUES: dict[str, tuple[str, tuple[Any, ...]]] = {
    "a": ("Int!", (-1, 0, 1, 2, 2147483647)),
    "b": ("Int", (None, 0, 1, 2)),
    "s": ("String!", ("", "a", "it's", "äöü")),
    "t": ("String", (None, "", "a", "x", "X", "😀😀😀", "abcd")),
    "f": ("Float!", (-0.5, 0.5, 1.0, 1e10)),
    "g": ("Float", (None, 0.5, 1.0)),
    "d": ("Decimal!", ("-1.5", "0.50", "1", "10.25")),
    "e": ("Decimal", (None, "0.5", "2.00")),
    "day": ("Date!", ("2019-12-31", "2020-01-01")),
    "until": ("Date", (None, "2019-12-31", "2024-02-29")),
    "tm": ("Time!", ("07:59:59", "08:00:00", "08:00:00.5")),
    "ok": ("Boolean!", (True, False)),
    "maybe": ("Boolean", (None, True, False)),
    "big": ("BigInt!", (0, 1, 2**63 - 1)),
    "at": ("DateTime", (None, "2019-12-31T23:59:59Z", "2020-01-01T10:00:00Z")),
}
CHECKS = (
    "a > 0",
    "0 < a AND 1 >= a",
    "a BETWEEN b AND 2",
    "a NOT BETWEEN 0 AND b",
    "b IN (0, a)",
    "b NOT IN (0, 2)",
    "NOT (b > 0 OR t = 'a')",
    "NOT (b IS NULL AND t IS NULL)",
    "b > 0 OR t IS NULL OR g < 1",
    "(a > 0 OR b > 0) AND (s <> '' OR t <> '')",
    "a >= 0.5 AND big < 9223372036854775807",
    "a < 99999999999 AND a <> big",
    "s = 'it''s' OR length(s) < 3",
    "length(t) >= 1",
    "t = s OR t IS NULL",
    "f >= a AND f <= 1e3",
    "g < f OR g = 1",
    "f NOT IN (.5, 1)",
    "d > 0",
    "d BETWEEN e AND 10.25",
    "e <> d AND e < 2",
    "day >= '2020-01-01' AND day <= until",
    "until IS NULL OR until > day",
    "tm > '08:00:00'",
    "ok",
    "NOT maybe",
    "maybe = ok AND (maybe OR a = 1)",
    "ok <> TRUE OR maybe IS NOT NULL",
    "at < '2020-01-01T00:00:00Z'",
    "((a)) <> ((b)) AND NOT NOT ok",
    "a NOT IN (1, 2)",
    "a != 2 AND b <> 0 OR t IS NULL",
    "NOT (a = 1 AND b = 2)",
    "length(t) BETWEEN 1 AND 3",
    "d <> 0.50",
    "day < '2020-01-01' OR a = 1",
    "a = 1 OR a = 2 AND b = 2",
    "(a = 1 OR a = 2) AND b = 2",
    "-1 < a",
    "a == b",
    "t = 'x' OR t = 'X'",
    "b IS NOT NULL",
    "t IS NULL",
    "a > 0 AND (b > 0 OR t = 'x')",
)
ROWS = 80

DOCUMENTS = {
    "right": '{"id": "x", "n": "-5", "tags": ["a"], "js": null, "kind": "stored", "more": 1}',
    "empty": "{}",
    "null": "null",
    "list": "[]",
    "broken": "{",
    "nulls": '{"id": null, "n": "1", "tags": null, "js": 1, "kind": null, "ids": null}',
    "case": '{"ID": "x", "N": "1", "tags": [], "js": 1, "kind": "stored"}',
    "types": '{"id": 1, "n": 1, "tags": {}, "js": 1, "kind": true, "ids": "1", "raw": "AA\\nEC"}',
    "items": '{"id": "x", "n": "1", "tags": ["a", null, 1], "js": 1, "kind": "KIND", "ids": ["+1"]}',
}
THINGS = """
enum Kind { KIND @value("stored") }
model Thing {
  id: ID!  n: BigInt!  tags: [String!]!  js: JSON!  kind: Kind!  ids: [BigInt!]  raw: Bytes  more: Int
}
model Empty { id: ID! raw: Bytes! rest: Bytes texts: [String!]! maybe: [String!] ids: [BigInt!]! js: JSON! }
"""

PROGRAM = """\
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"okra.test/checks"
	"okra.test/moments"
	"okra.test/things"
)

type both struct {
	things.Empty
	Name string `json:"name"`
}

var calls = []func([]byte) error{
CALLS}

func say(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func main() {
	data, _ := os.ReadFile("given.json")
	var given struct {
		Rows      []string
		Documents map[string]string
	}
	if err := json.Unmarshal(data, &given); err != nil {
		panic(err)
	}
	broken := []string{}
	for _, call := range calls {
		found := ""
		for _, row := range given.Rows {
			err := call([]byte(row))
			sign := "?"
			if err == nil {
				sign = "0"
			} else if strings.Contains(err.Error(), "breaks the check") {
				sign = "1"
			}
			found += sign
		}
		broken = append(broken, found)
	}
	read := map[string]string{}
	for name, document := range given.Documents {
		value, err := things.ParseThing([]byte(document))
		read[name] = say(value)
		var fault *things.Invalid
		if errors.As(err, &fault) {
			read[name] = err.Error()
		}
	}
	empty := []string{}
	text := things.List[string](nil)
	empty = append(empty, say(things.Empty{}), say(both{Name: "x"}))
	empty = append(empty, say(things.Empty{Maybe: &text, Rest: new(things.Bytes)}))
	fmt.Println(say(map[string]any{"broken": broken, "read": read, "empty": empty}))
}
"""


def code(definition: SchemaDefinition, package: str, **options: object) -> str:
    """The whole of models.go."""
    return generate(definition, "go", {"package": package, "validate": True, **options})[0].text


def checked() -> SchemaDefinition:
    """A model for each check."""
    fields = "\n".join(f"{name}: {type_}" for name, (type_, _) in VALUES.items())
    model = parsed(f"model Row {{ id: ID!\n{fields} }}").models[0]
    return SchemaDefinition(
        models=tuple(
            Model(
                name=f"Row{number}",
                fields=model.fields,
                checks=(Check(expr=SqlText(default=check)),),
            )
            for number, check in enumerate(CHECKS)
        )
    )


def rows() -> list[dict[str, Any]]:
    chance = random.Random(6)  # noqa: S311 - rows, no secrets
    return [
        {name: chance.choice(values) for name, (_, values) in VALUES.items()} for _ in range(ROWS)
    ]


def as_json(row: dict[str, Any]) -> str:
    found = {"id": "x", **row, "big": str(row["big"])}
    return json.dumps({name: value for name, value in found.items() if value is not None})


def broken_in_sqlite() -> list[str]:
    """For each check a text with 1 for each row that its table refuses."""
    definition = checked()
    session = scratch("sqlite")
    run(session, "sqlite", draft("sqlite", Database(), None, definition).migration_sql("x"))
    tables = Names(definition, "sqlite").tables
    found = [
        "".join(
            refused_by(session, tables[model.name], {"id": number, **row})
            for number, row in enumerate(rows())
        )
        for model in definition.models
    ]
    session.close()
    return found


def refused_by(session: Session, table: str, row: dict[str, Any]) -> str:
    names, marks = ", ".join(row), ", ".join("?" for _ in row)
    try:
        session.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))
    except DatabaseError:
        return "1"
    return "0"


@pytest.fixture
def said(toolchains: Toolchains) -> dict[str, Any]:
    """What the program says."""

    def work(folder: Path) -> Any:
        packages = {
            "checks": code(checked(), "checks"),
            "moments": code(checked(), "moments", dateTime="time.Time"),
            "things": code(parsed(THINGS), "things"),
        }
        for name, text in packages.items():
            (folder / name).mkdir()
            (folder / name / "models.go").write_text(text)
        calls = "".join(
            f"\tfunc(data []byte) error {{ _, err := {name}.ParseRow{number}(data); return err }},\n"
            for name in ("checks", "moments")
            for number in range(len(CHECKS))
        )
        (folder / "go.mod").write_text("module okra.test\n\ngo 1.21\n")
        (folder / "main.go").write_text(PROGRAM.replace("CALLS", calls))
        given = {"Rows": [as_json(row) for row in rows()], "Documents": DOCUMENTS}
        (folder / "given.json").write_text(json.dumps(given))
        ran = toolchains.go(folder, "run", ".")
        assert ran.code == 0, ran.said
        return json.loads(ran.out)

    return toolchains.once("go-at-work", work)


@pytest.mark.parametrize("package", ["checks", "moments"])
def test_checks_are_broken_by_the_rows_that_break_them_in_sql(
    said: dict[str, Any], package: str
) -> None:
    assert "left to the database" not in code(checked(), package)
    found = said["broken"][: len(CHECKS)] if package == "checks" else said["broken"][len(CHECKS) :]
    expected = broken_in_sqlite()
    assert dict(zip(CHECKS, found, strict=True)) == dict(zip(CHECKS, expected, strict=True))
    assert all("0" in each for each in expected)
    assert sum("1" in each for each in expected) == len(CHECKS)


def test_parse_says_all_that_is_wrong_and_where(said: dict[str, Any]) -> None:
    assert {name: text.split("\n") for name, text in said["read"].items()} == {
        "right": ['{"id":"x","n":"-5","tags":["a"],"js":null,"kind":"stored","more":1}'],
        "empty": [f"Thing.{name}: is missing" for name in ("id", "n", "tags", "js", "kind")],
        "null": ["Thing: is null"],
        "list": ["Thing: is no JSON object"],
        "broken": ["Thing: is no JSON: unexpected end of JSON input"],
        "nulls": [f"Thing.{name}: is null" for name in ("id", "tags", "kind")],
        "case": ["Thing.id: is missing", "Thing.n: is missing"],
        "types": [
            "Thing.id: is no string",
            "Thing.n: is no string with a whole number of 64 bits",
            "Thing.tags: is no array",
            "Thing.kind: is no string",
            "Thing.ids: is no array",
            "Thing.raw: is no string in base64",
        ],
        "items": [
            "Thing.tags[1]: is null",
            "Thing.tags[2]: is no string",
            "Thing.ids[0]: is no string with a whole number of 64 bits",
        ],
    }


def test_what_is_nil_is_written_as_what_is_empty_or_left_out(said: dict[str, Any]) -> None:
    nothing = '{"id":"","raw":"","texts":[],"ids":[],"js":null'
    assert said["empty"] == [
        f"{nothing}}}",
        f'{nothing},"name":"x"}}',
        '{"id":"","raw":"","rest":"","texts":[],"maybe":[],"ids":[],"js":null}',
    ]


LINES = (
    *(
        "- item",
        "* x",
        "1. one",
        "2) two",
        "# Head",
        "#",
        "[Foo]: http://x.y",
        "[a]:b",
        "''",
        "```",
    ),
    *(
        "Stands Alone",
        "\tcode",
        "  more",
        "+build x",
        "go:build x",
        "//go:build x",
        "*/",
        "/*",
        "`",
    ),
    *("Deprecated: so", "", "", "end.", "• x", "\u2028", "\u202e", "\ufeff", "\x85", "é", "ǅ", "…"),
)
NAMES = ("a", "userId", "created_at", "aLongFieldName", "type", "html", "ids", "Validate", "json")


def some_text(chance: random.Random) -> str:
    return "\n".join("".join(chance.choices(LINES, k=chance.choice((1, 1, 2)))) for _ in range(7))


def any_schema(chance: random.Random) -> SchemaDefinition:
    """Models and enums with hostile descriptions, stored texts and checks."""
    enums = tuple(
        Enum(
            name=f"Kind{number}",
            description=some_text(chance),
            values=tuple(
                EnumValue(name=name, stored=name + some_text(chance), description=some_text(chance))
                for name in chance.sample(NAMES, 4)
            ),
        )
        for number in range(5)
    )
    types = [*(scalar.value for scalar in Scalar), *(enum.name for enum in enums)]
    models = tuple(
        Model(
            name=f"Model{number}",
            description=some_text(chance),
            fields=tuple(
                Field(
                    name=name,
                    type=TypeRef(
                        name=chance.choice(types),
                        list=chance.random() < 0.3,
                        required=chance.random() < 0.5,
                    ),
                    description=some_text(chance) if chance.random() < 0.3 else None,
                    checks=(Check(expr=SqlText(default=some_text(chance))),),
                )
                for name in chance.sample(NAMES, chance.randint(1, len(NAMES)))
            ),
        )
        for number in range(40)
    )
    return SchemaDefinition(models=models, enums=enums)


def test_gofmt_and_vet_find_nothing_in_hostile_texts(toolchains: Toolchains) -> None:
    def work(folder: Path) -> Any:
        (folder / "go.mod").write_text("module okra.test\n\ngo 1.21\n")
        definition = any_schema(random.Random(6))  # noqa: S311 - texts, no secrets
        (folder / "models.go").write_text(code(definition, "models"))
        return [toolchains.gofmt(folder, ".").said, toolchains.go(folder, "vet", ".").said]

    assert toolchains.once("go-texts", work) == ["", ""]
