"""`okra db:lint` as people run it, and what generate and up say of what it would find."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from places import Place

FIRST = "model User {\n  id: Int! @id @default(autoincrement)\n  name: String!\n  age: Int\n}\n"
SECOND = """\
model User {
  id: Int! @id @default(autoincrement)
  name: String!
  posts: [Post!]
}

model Post {
  id: ID!
  authorId: Int!
  author: User! @relation(fields: [authorId], references: [id])
}
"""


def history(place: Place, **database: object) -> Path:
    """A database with the first schema, and a second migration that is pending: its folder."""
    place.configure(**database)
    place.schema(FIRST)
    place.must("db:migrate:generate", "--name", "first")
    place.must("db:migrate:up")
    place.schema(SECOND)
    place.must("db:migrate:generate", "--name", "second")
    return newest(place)


def newest(place: Place) -> Path:
    return max((place.folder / "migrations").glob("2*"))


def set_rules(place: Place, **rules: str) -> None:
    path = place.folder / "okra.config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"lint": {"rules": rules}}))


def found(place: Place, *arguments: str) -> list[str]:
    """The codes of what it finds."""
    return [item["code"] for item in place.okra("db:lint", "--json", *arguments).json()["findings"]]


def test_it_looks_at_the_schema_and_at_what_is_pending(place: Place) -> None:
    folder = history(place)
    document = place.okra("db:lint", "--json").json()
    dropped = next(item for item in document["findings"] if item["code"] == "OKR302")

    assert document["migrations"] == [f"migrations/{folder.name}"]
    assert dropped["file"] == f"migrations/{folder.name}/migration.sql"
    line = (folder / "migration.sql").read_text().splitlines()[dropped["line"] - 1]
    if place.provider != "sqlite":
        assert line[dropped["column"] - 1 :].startswith("DROP COLUMN")
    assert {"rule": "column-dropped", "severity": "error"}.items() <= dropped.items()

    place.must("db:migrate:up", "--allow", "blocking")
    assert "OKR302" not in found(place)
    assert "OKR302" in found(place, "--newest", "1")
    assert "OKR302" in found(place, "--all")
    assert "OKR302" in found(place, folder.name[:15])
    assert "OKR302" not in found(place, "--no-migrations")


def test_a_missing_index_is_found_where_the_server_makes_none(place: Place) -> None:
    history(place)
    assert ("OKR341" in found(place)) is (place.provider != "mysql")


def test_it_fails_on_what_it_is_told_to(place: Place) -> None:
    history(place)
    assert place.okra("db:lint").code == 0
    assert place.okra("db:lint", "--fail-on", "error").code == 3
    place.must("db:migrate:up", "--allow", "blocking")
    set_rules(place, OKR341="warning", OKR343="warning")
    place.schema(
        SECOND.replace("authorId: Int!", "author_id: Int!").replace("[authorId]", "[author_id]")
    )
    assert place.okra("db:lint", "--fail-on", "error").code == 0
    assert place.okra("db:lint", "--fail-on", "warning").code == 3


def test_the_configuration_says_how_serious_a_rule_is(place: Place) -> None:
    history(place)
    set_rules(place, OKR302="off", OKR341="error", OKR343="error")
    document = place.okra("db:lint", "--json").json()
    assert "OKR302" not in [item["code"] for item in document["findings"]]
    assert document["errors"] >= 1
    assert {
        item["severity"] for item in document["findings"] if item["code"] in ("OKR341", "OKR343")
    } <= {"error"}


def test_a_rule_that_does_not_exist_is_refused_with_the_nearest(place: Place) -> None:
    place.configure()
    place.schema(FIRST)
    set_rules(place, OKR304="off", OKR381="off")
    for command in (["db:lint"], ["db:migrate:generate"]):
        ran = place.okra(*command)
        assert ran.code == 2
        assert ran.err.startswith(
            "error[OKR359]: the configuration sets `OKR381`, which is no rule\n"
        )
    assert not (place.folder / "migrations").exists()


def test_a_level_that_does_not_exist_is_shown_at_its_place(place: Place) -> None:
    place.configure()
    place.schema(FIRST)
    set_rules(place, OKR302="no")
    ran = place.okra("db:lint")
    assert ran.code == 2
    assert '"no"' in ran.err


def test_a_comment_in_a_migration_is_sealed_by_verify_and_counts(place: Place) -> None:
    folder = history(place)
    file = folder / "migration.sql"
    file.write_text(f"-- okra:ignore-file OKR302 nobody has an age\n{file.read_text()}")
    assert "OKR302" not in found(place)
    place.must("db:migrate:verify")
    assert "OKR302" not in place.okra("db:migrate:up", "--allow", "blocking").err


def test_generate_says_what_its_hazards_do_not(place: Place) -> None:
    place.configure()
    place.schema(FIRST)
    place.must("db:migrate:generate")
    place.schema(SECOND)
    ran = place.okra("db:migrate:generate", "--dry-run", "--json")
    codes = [item["code"] for item in ran.json()["findings"]]
    assert "OKR302" not in codes
    assert "OKR343" not in codes  # the key was as small before
    if place.provider != "mysql":
        assert codes == ["OKR341"]
        assert "warning: OKR341: no index of `posts` begins with `author_id`" in ran.err
    place.must("db:migrate:generate")
    assert "warning: OKR" not in place.okra("db:migrate:generate").err


def test_up_says_in_one_line_what_is_in_a_migration(place: Place) -> None:
    folder = history(place)
    line = f"`okra db:lint {folder.name[:15]}` finds "
    dry, real = (
        place.okra("db:migrate:up", "--allow", "blocking", *flags) for flags in (["--dry-run"], [])
    )
    for ran in (dry, real):
        (said,) = [item for item in ran.err.splitlines() if line in item]
        assert "OKR302" in said


def test_hooks_are_looked_at_between_the_two_halves(place: Place) -> None:
    place.configure()
    place.schema(FIRST)
    place.must("db:migrate:generate")
    place.schema(FIRST.replace("age: Int", "age: Int!"))
    place.must("db:migrate:generate", "--with-hooks")
    hooks = newest(place) / "hooks.sql"
    hooks.write_text(
        "-- okra:up\nUPDATE users SET age = 0 WHERE age IS NULL;\n\n-- okra:down\nDELETE FROM users;\n"
    )
    document = place.okra("db:lint", newest(place).name, "--json").json()
    at = {
        item["code"]: (item["file"].rpartition("/")[2], item["line"])
        for item in document["findings"]
        if "file" in item
    }
    assert at["OKR304"] == ("hooks.sql", 2)
    assert "OKR306" not in at
    assert "OKR303" not in at

    hooks.write_text(hooks.read_text().replace("UPDATE", "-- okra:batch size=10 key=id\nUPDATE"))
    assert "OKR304" not in found(place, newest(place).name)


def test_a_required_column_whose_rows_get_a_value_is_fine(place: Place) -> None:
    """Also where SQLite makes the table anew, which keeps the counter with an INSERT of its own."""
    place.configure()
    place.schema(FIRST)
    place.must("db:migrate:generate", "--name", "first")
    place.must("db:migrate:up")
    place.schema(FIRST.replace("age: Int", "age: Int\n  nick: String!"))
    place.must("db:migrate:generate", "--name", "nick", "--default", "users.nick='x'")
    place.schema(FIRST.replace("age: Int", "age: Int\n  nick: String!\n  town: String!"))
    place.must("db:migrate:generate", "--name", "town", "--with-hooks")
    newest(place).joinpath("hooks.sql").write_text(
        "-- okra:up\nUPDATE users SET town = 'Ulm' WHERE town IS NULL;\n-- okra:down\n"
    )

    assert "OKR305" not in found(place, "--all")


def test_without_a_database_the_newest_migration_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from okra.cli.main import run

    monkeypatch.chdir(tmp_path)
    (tmp_path / "okra.config.json").write_text(
        '{"database": {"provider": "sqlite", "url": "${NOT_SET}"}}'
    )
    (tmp_path / "models.okra.gql").write_text(FIRST)
    assert run(["db:migrate:generate", "--no-verify"]) == 0
    capsys.readouterr()
    assert run(["db:lint", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert len(document["migrations"]) == 1
    assert document["notes"][0].startswith("the database could not be asked what is pending")


def test_annotations_for_github(place: Place) -> None:
    folder = history(place)
    out = place.must("db:lint", "--format", "github")
    (line,) = [item for item in out.splitlines() if "title=OKR302" in item]
    assert line.startswith(f"::error file=migrations/{folder.name}/migration.sql,line=")
    assert "::drops column `users.age` with its values%0Ahelp: " in line


def test_sarif_for_code_scanning(place: Place) -> None:
    history(place)
    log = json.loads(place.must("db:lint", "--format", "sarif"))
    (run,) = log["runs"]
    rules = [item["id"] for item in run["tool"]["driver"]["rules"]]
    assert log["version"] == "2.1.0"
    assert rules == sorted({item["ruleId"] for item in run["results"]})
    for item in run["results"]:
        assert rules[item["ruleIndex"]] == item["ruleId"]
        (location,) = item["locations"]
        place_of = location["physicalLocation"]
        assert (place.folder / place_of["artifactLocation"]["uri"]).is_file()
        assert place_of["region"]["startLine"] >= 1


def test_json_as_a_format_is_the_same_document(place: Place) -> None:
    history(place)
    assert (
        json.loads(place.must("db:lint", "--format", "json"))
        == place.okra("db:lint", "--json").json()
    )


def test_what_is_true_of_several_providers_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from okra.cli.main import run

    monkeypatch.chdir(tmp_path)
    environments = {
        name: {"provider": name, "url": f"{name}://localhost/x"} for name in ("postgres", "mysql")
    }
    environments["local"] = {"provider": "sqlite", "url": "sqlite://x.db"}
    (tmp_path / "okra.config.json").write_text(
        json.dumps({"database": {"environments": environments}})
    )
    (tmp_path / "models.okra.gql").write_text(SECOND + "model Log @keyless { text: String! }\n")
    assert run(["db:lint", "--json"]) == 0
    findings = json.loads(capsys.readouterr().out)["findings"]
    providers = {item["code"]: sorted(item["providers"]) for item in findings}
    assert providers["OKR340"] == ["mysql", "postgres", "sqlite"]
    assert providers["OKR341"] == ["postgres", "sqlite"]
    assert len(findings) == len({(item["code"], item["line"]) for item in findings})


def test_two_ways_to_say_what_to_look_at_are_refused(place: Place) -> None:
    place.schema(FIRST)
    ran = place.okra("db:lint", "--all", "--newest", "1")
    assert ran.code == 2
    assert ran.err.startswith("error[OKR355]")


def test_up_with_nothing_to_do_loads_no_rule(place: Place) -> None:
    """Start-up is a feature: most runs of `up` find nothing to do."""
    place.configure()
    place.schema(FIRST)
    place.must("db:migrate:generate")
    place.must("db:migrate:up")
    program = (
        "import sys; from okra.cli.main import run; run(['db:migrate:up', '--quiet']);"
        "print([name for name in sys.modules if name.startswith(('okra.lint.', 'okra.projects.linting'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=place.folder,
    )
    assert done.stdout.strip() == "[]"
