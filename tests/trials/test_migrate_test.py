"""`okra db:migrate:test` on each kind of database: made-up rows, tests of the user's, what is shown and written."""

from __future__ import annotations

import json
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from places import Place

EXAMPLES = Path(__file__).parents[2] / "examples"
FIRST = """\
enum Role { READER AUTHOR }
model User @check(expr: "length(email) >= 12") @check(expr: "age BETWEEN 18 AND 99") {
  id: ID!
  email: String! @unique @length(max: 40)
  name: String!
  age: Int!
  role: Role! @default(READER)
  boss: User @relation(name: "boss", fields: [bossId])
  bossId: ID
  staff: [User!]! @relation(name: "boss")
  posts: [Post!]!
  profile: Profile
}
model Profile {
  id: ID!
  data: JSON
  user: User! @relation(fields: [userId])
  userId: ID! @unique
}
model Post @id(fields: ["authorId", "number"]) {
  number: Int!
  title: String @length(max: 8)
  price: Decimal! @precision(total: 6, scale: 2)
  at: DateTime! @default(now)
  day: Date
  body: Bytes
  author: User! @relation(fields: [authorId])
  authorId: ID!
  tags: [Tag!]!
}
model Tag { id: Int! @id @default(autoincrement) name: String! @unique posts: [Post!]! }
"""


def migration(place: Place, name: str, schema: str, *flags: str) -> Path:
    """Write a migration; its folder."""
    place.schema(schema)
    place.must("db:migrate:generate", "--name", name, "--yes", *flags)
    return next((place.folder / "migrations").glob(f"*_{name}"))


def write(place: Place, name: str, text: str) -> None:
    path = place.folder / "migrations" / "tests" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


def outcomes(place: Place, *arguments: str) -> dict:
    """What the tests of the newest migration gave, by name; the exit code fits."""
    ran = place.okra("db:migrate:test", "--json", *arguments)
    found = ran.json()
    assert ran.code == (3 if found["failed"] else 0), ran
    newest = found["results"][-1]["migration"]
    return {each["name"]: each for each in found["results"] if each["migration"] == newest}


def test_every_table_gets_rows_that_satisfy_all_its_constraints(place: Place) -> None:
    place.configure()
    migration(place, "first", FIRST)
    migration(
        place,
        "second",
        FIRST.replace("name: String! @unique", "name: String! @unique color: String"),
    )
    found = outcomes(place)["made-up rows"]
    assert found["verdict"] == "passed", found
    assert found["rows"] == {"users": 3, "profiles": 3, "posts": 3, "tags": 3, "post_tags": 3}
    assert "notes" not in found


def test_a_statement_that_says_what_it_may_fail_on_is_not_held_against_the_migration(
    place: Place,
) -> None:
    place.configure()
    migration(place, "first", "model User { id: ID! name: String age: String }")
    migration(place, "required", "model User { id: ID! name: String! age: String }")
    found = outcomes(place)["made-up rows"]
    assert found["verdict"] == "passed"
    assert "only rows without null" in found["notes"][0]
    migration(place, "number", "model User { id: ID! name: String! age: Int }")
    found = outcomes(place)["made-up rows"]
    if place.provider == "sqlite":
        return  # which takes any text as a number
    assert found["verdict"] == "skipped"
    assert "as its file says: `users.age`" in found["message"]


def test_a_change_of_values_that_no_file_speaks_of_is_found(place: Place) -> None:
    place.configure()
    migration(place, "first", "model User { id: ID! name: String }")
    folder = migration(place, "second", "model User { id: ID! name: String age: Int }")
    file = folder / "migration.sql"
    file.write_text(f"{file.read_text()}\nUPDATE users SET name = 'gone';\n")
    found = outcomes(place)["made-up rows"]
    assert found["verdict"] == "failed"
    assert found["message"] == (
        "up and down change `users.name`, and neither file says that data is lost"
    )
    assert found["details"][-1] == "-- ! changes data: fills `users.name`"
    file.write_text(file.read_text().replace("UPDATE", "-- ! loses data: `users.name`\nUPDATE"))
    found = outcomes(place)["made-up rows"]
    assert (found["verdict"], found["notes"]) == (
        "passed",
        ["up and down lose `users.name`, as the files say"],
    )


@pytest.fixture
def split(place: Place) -> Place:
    """A migration whose hooks split a name."""
    place.configure()
    migration(place, "first", "model User { id: ID! name: String! }")
    folder = migration(
        place,
        "split",
        "model User { id: ID! firstName: String! lastName: String! }",
        "--with-hooks",
    )
    first, second, both = {
        "sqlite": (
            "substr(name, 1, instr(name || ' ', ' ') - 1)",
            "ltrim(substr(name, instr(name || ' ', ' ')))",
            "rtrim(first_name || ' ' || last_name)",
        ),
        "postgres": (
            "split_part(name, ' ', 1)",
            "substr(name, length(split_part(name, ' ', 1)) + 2)",
            "rtrim(first_name || ' ' || last_name)",
        ),
        "mysql": (
            "substring_index(name, ' ', 1)",
            "substr(name, length(substring_index(name, ' ', 1)) + 2)",
            "rtrim(concat(first_name, ' ', last_name))",
        ),
    }[place.provider]
    (folder / "hooks.sql").write_text(
        f"-- okra:up\nUPDATE users SET first_name = {first}, last_name = {second};\n"
        f"-- okra:down\nUPDATE users SET name = {both};\n"
    )
    return place


YAML = """\
version: {version}
name: names are split
rows:
  users:
    - {{ name: Ann Lee }}
    - {{ name: Bob }}
up:
  - query: SELECT first_name, last_name FROM users ORDER BY first_name
    rows: [[Ann, Lee], [Bob, ""]]
  - query: SELECT count(*), 1.50, NULL FROM users
    rows: [[2, 1.5, null]]
down:
  - query: SELECT name FROM users ORDER BY name
    rows: [Ann Lee, {last}]
"""
SQL = """\
-- okra:test {version} what new code writes
-- okra:before
INSERT INTO users (id, name) VALUES ('00000000-0000-4000-8000-000000000001', 'Ann Lee');
-- okra:up
INSERT INTO users (id, first_name, last_name) VALUES ('00000000-0000-4000-8000-000000000002', 'Cy', 'Doe');
-- okra:down
-- okra:expect ["Ann Lee"]
-- okra:expect ["Cy Doe"]
SELECT name FROM users ORDER BY name;
"""


def version_of(place: Place) -> str:
    return next((place.folder / "migrations").glob("*_split")).name.removesuffix("_split")


def test_hooks_are_tested_with_rows_of_files(split: Place) -> None:
    write(split, "a.yaml", YAML.format(version=version_of(split), last="Bob"))
    write(split, "b.sql", SQL.format(version="split"))  # by its name
    found = outcomes(split)
    assert {name: each["verdict"] for name, each in found.items()} == {
        "made-up rows": "passed",
        "names are split": "passed",
        "what new code writes": "passed",
    }


def test_other_rows_than_expected_are_shown_beside_these(split: Place) -> None:
    write(split, "a.yaml", YAML.format(version=version_of(split), last="Rob"))
    report = split.folder / "report.xml"
    ran = split.okra("db:migrate:test", version_of(split), "--junit", str(report))
    assert ran.code == 3
    assert "\n".join(ran.out.splitlines()[3:-1]) == (
        "      after down: the query gives other rows\n"
        "      --> migrations/tests/a.yaml:13\n"
        "      SELECT name FROM users ORDER BY name\n"
        "      expected: Ann Lee\n"
        "      expected: Rob\n"
        "      found:    Ann Lee\n"
        "      found:    Bob"
    )
    tree = ET.fromstring(report.read_text())  # noqa: S314 - our own
    assert tree.attrib["tests"] == "2"
    assert [each.attrib["message"] for each in tree.iter("failure")] == [
        "after down: the query gives other rows"
    ]


def test_hooks_that_leave_a_row_out_fail(split: Place) -> None:
    folder = split.folder / "migrations" / f"{version_of(split)}_split"
    hooks = (folder / "hooks.sql").read_text()
    (folder / "hooks.sql").write_text(
        hooks.replace(";\n-- okra:down", " WHERE name LIKE '%1';\n-- okra:down")
    )
    found = outcomes(split)["made-up rows"]
    assert found["verdict"] == "failed"
    assert "is refused" in found["message"]
    assert found["place"].rpartition("/")[2].startswith("migration.sql:")


@pytest.mark.only_on("sqlite")
def test_the_history_of_the_clinic_keeps_made_up_rows(place: Place) -> None:
    shutil.copytree(EXAMPLES / "clinic" / "migrations" / "sqlite", place.folder / "migrations")
    place.configure()
    ran = place.okra("db:migrate:test", "--json")
    found = ran.json()
    assert (ran.code, found["passed"], found["skipped"]) == (0, 11, 2), ran
    unmade = [
        note for each in found["results"] for note in each.get("notes", ()) if "no rows" in note
    ]
    assert unmade == []


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("rows: {}", "it does not say of which migration it is", 1),
        ("version: x\nrow: {}", "a test has no `row`: did you mean `rows`?", 2),
        ("version: x\nup:\n  - query: SELECT 1", "it takes `query` with the `rows`", 3),
        ("version: x\nup:\n  - {query: SELECT 1, rows: {a: 1}}", "is a list of rows", 3),
        ("version: x\nup:\n  - {execute: SELECT 1; SELECT 2}", "there are 2", 3),
        ("version: x\nup:\n  - {execute: COMMIT}", "COMMIT", 3),
        ("version: [", "the test can't be read", 1),
    ],
)
def test_what_is_no_test_is_refused_with_its_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    text: str,
    message: str,
    line: int,
) -> None:
    from okra.url import DatabaseUrl
    from places import Place

    monkeypatch.chdir(tmp_path)
    place = Place(DatabaseUrl.parse("sqlite://shop.db", base=tmp_path), tmp_path, capsys)
    place.configure()
    migration(place, "first", "model User { id: ID! name: String }")
    write(place, "a.yaml", text)
    ran = place.okra("db:migrate:test")
    assert ran.code == 1, ran
    assert "OKR652" in ran.err
    assert message in ran.err
    assert f"migrations/tests/a.yaml:{line}" in ran.err


def test_a_test_of_no_migration_and_rows_that_do_not_fit_are_named(place: Place) -> None:
    place.configure()
    migration(place, "first", "model User { id: ID! name: String! }")
    migration(place, "split", "model User { id: ID! name: String! age: Int }")
    write(place, "a.yaml", "version: 20200101_000000\n")
    ran = place.okra("db:migrate:test")
    assert (ran.code, "OKR653" in ran.err) == (1, True), ran
    text = f"version: {version_of(place)}\nrows: {{users: [{{nam: Ann}}]}}"
    write(place, "a.yaml", text)
    assert outcomes(place)["a"]["message"] == (
        "a row of `users` can't be put there: there is no column of `users` called `nam`: "
        "did you mean `name`?"
    )


@pytest.mark.only_on("postgres")
def test_a_migration_that_one_of_two_providers_has_is_tested_for_that_one(place: Place) -> None:
    """SQLite keeps to no length: a longer one is a migration of PostgreSQL alone."""
    environments = {
        "local": {"provider": "sqlite", "url": "sqlite://shop.db"},
        "production": {"provider": "postgres", "url": place.address},
    }
    path = place.folder / "okra.config.json"
    path.write_text(json.dumps({"database": {"environments": environments}}))
    place.schema("model User { id: Int! @id name: String! @length(max: 10) }")
    place.must("db:migrate:generate", "--name", "first")
    place.schema("model User { id: Int! @id name: String! @length(max: 20) }")
    place.must("db:migrate:generate", "--name", "longer")
    (made,) = (place.folder / "migrations" / "postgres").glob("*_longer")
    write(place, "a.yaml", "version: longer\nrows: {users: [{id: 1, name: Ann}]}\n")

    named = place.okra("db:migrate:test", "--json", made.name).json()["results"]
    every = place.okra("db:migrate:test", "--json").json()["results"]
    same = place.okra("db:check")

    assert [each["name"] for each in named] == ["made-up rows", "a"]
    assert {each["migration"] for each in named} == {f"postgres/{made.name}"}
    assert [each["migration"] for each in every if each["name"] == "a"] == [f"postgres/{made.name}"]
    assert "Nothing changes for code" in same.out
    assert place.okra("db:check", "--against", made.name).code == 0


def test_a_character_that_may_stand_in_no_yaml_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from okra.url import DatabaseUrl
    from places import Place

    monkeypatch.chdir(tmp_path)
    place = Place(DatabaseUrl.parse("sqlite://shop.db", base=tmp_path), tmp_path, capsys)
    place.configure()
    migration(place, "first", "model User { id: ID! name: String }")
    write(place, "a.yaml", "version: \x00")
    ran = place.okra("db:migrate:test")
    assert (ran.code, "OKR652" in ran.err) == (1, True)
