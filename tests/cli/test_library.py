"""OKRA as a library, as docs and README show it."""

from __future__ import annotations

import importlib
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import okra

if TYPE_CHECKING:
    from pathlib import Path

OLD = "model Post { id: ID!  title: String! }"
NEW = "model Post { id: ID!  title: String!  body: String? }"


def test_every_public_name_loads() -> None:
    assert [name for name in okra.__all__ if getattr(okra, name, None) is None] == []
    assert set(okra.__all__) <= set(dir(okra))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module `okra` has no attribute `nothing`"):
        okra.nothing  # noqa: B018


def test_public_names_keep_their_meaning_when_modules_load() -> None:
    for name in okra.__all__:
        getattr(okra, name)
    importlib.import_module("okra.plan")
    assert okra.Plan.__name__ == "Plan"
    assert callable(okra.diff)


def test_two_schemas_are_compared_without_a_database() -> None:
    found = okra.diff(okra.parse(OLD), okra.parse(NEW), "sqlite")
    assert [item.sql for item in found.plan.statements] == [
        'ALTER TABLE "posts" ADD COLUMN "body" text'
    ]
    assert [item.sql for item in found.reverse.statements] == [
        'ALTER TABLE "posts" DROP COLUMN "body"'
    ]


def test_a_wrong_schema_raises_all_that_is_wrong() -> None:
    with pytest.raises(okra.SchemaError) as caught:
        okra.parse("model A { id: ID!  b: X!  c: Y! }", name="a.okra.gql")
    assert len(caught.value.diagnostics) == 2
    assert "a.okra.gql:1:" in caught.value.render()


def test_a_service_applies_its_migrations_when_it_starts(tmp_path: Path) -> None:
    (tmp_path / "okra.config.json").write_text('{ "database": { "url": "${WHERE}" } }')
    (tmp_path / "models.okra.gql").write_text(OLD)
    project = okra.load(tmp_path / "okra.config.json", environ={"WHERE": "sqlite://app.db"})
    written = project.generate(name="first")
    assert [item.verified for item in written] == [True]
    assert [item.version for item in project.migrate_up().applied] == [written[0].version]
    assert project.migrate_up().applied == ()
    assert project.status().up_to_date
    assert project.compare().changes == ()
    assert project.migrate_down(confirm=lambda _: True).current is None


def test_nothing_is_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "models.okra.gql").write_text(OLD)
    project = okra.load(folder=tmp_path, environ={})
    project.generate()
    project.migrate_up()
    assert capfd.readouterr() == ("", "")


def test_a_project_shows_no_password(tmp_path: Path) -> None:
    project = okra.load(folder=tmp_path, environ={}, url="postgres://me:hunter2@host/db")
    assert "hunter2" not in f"{project!r} {project.url!r} {project.url} {project.target!r}"


def test_importing_it_loads_nothing() -> None:
    program = "import sys, okra; print(sorted(m for m in sys.modules if m.startswith('okra')))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "['okra']\n"


TWO_DATABASES = """{ "databases": {
  "shop": { "provider": "sqlite", "url": "sqlite://shop.db", "schemas": ["all.okra.gql"] },
  "auth": { "provider": "sqlite", "url": "sqlite://auth.db", "schemas": ["all.okra.gql"] } } }"""


def test_a_model_of_another_database_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "okra.config.json").write_text(TWO_DATABASES)
    (tmp_path / "all.okra.gql").write_text(
        'model User @database(name: "auth") { id: ID! }\n'
        'model Order @database(name: "shop") { id: ID! }\n'
    )

    project = okra.load(database="auth", folder=tmp_path)

    assert [model.name for model in project.definition().models] == ["User"]


def test_a_model_of_a_database_that_is_not_configured_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "okra.config.json").write_text(TWO_DATABASES)
    (tmp_path / "all.okra.gql").write_text('model User @database(name: "auht") { id: ID! }\n')

    with pytest.raises(okra.OkraError) as caught:
        okra.load(database="auth", folder=tmp_path).definition()

    assert caught.value.render() == (
        "error[OKR622]: model `User` belongs to the database `auht`, which is not configured\n"
        "  = help: did you mean `auth`?"
    )


def test_migrations_are_not_written_outside_the_project(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "okra.config.json").write_text('{ "database": { "migrations": { "dir": "out" } } }')
    (home / "models.okra.gql").write_text(NEW)
    (home / "out").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(okra.OkraError, match="lies outside the project") as caught:
        okra.load(folder=home).generate()

    assert caught.value.code == "OKR625"
    assert not (tmp_path / "elsewhere").exists()
