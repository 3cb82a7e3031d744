"""Environments on every kind of database: which one is meant, and what keeps the wrong one from being changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from places import Place, Ran

ONE = "model User {\n  id: Int! @id\n}\n"
TWO = "model User {\n  id: Int! @id\n  email: String? @length(max: 50)\n}\n"


def configure(place: Place, **environments: dict) -> None:
    """A configuration in which each environment has the database of the test, unless it says otherwise."""
    usual = {"provider": place.provider, "url": "${TEST_URL}"}
    entry = {"environments": {name: usual | said for name, said in environments.items()}}
    (place.folder / "okra.config.json").write_text(json.dumps({"database": entry}))
    (place.folder / ".env").write_text(f"TEST_URL='{place.address}'\n")
    (place.folder / ".env").chmod(0o600)


def migrate(place: Place, text: str, name: str) -> None:
    place.schema(text)
    place.must("db:migrate:generate", "--name", name, "--yes")


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OKRA_ENV", "TEST_URL"):
        monkeypatch.delenv(name, raising=False)


def environment(found: Ran) -> str:
    """What the first line says, which comes before anything is sent."""
    first = found.out.splitlines()[0]
    assert first.startswith("Database: "), found
    return first.rpartition(", environment ")[2]


def test_the_flag_goes_before_the_variable_and_that_before_local(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.schema(ONE)
    configure(place, staging={}, local={}, test={})

    unsaid = place.okra("db:migrate:status")
    monkeypatch.setenv("OKRA_ENV", "staging")
    variable = place.okra("db:migrate:status")
    flag = place.okra("db:migrate:status", "--env", "test")

    assert [environment(each) for each in (unsaid, variable, flag)] == ["local", "staging", "test"]


def test_the_only_environment_is_meant_and_several_want_a_name(place: Place) -> None:
    place.schema(ONE)
    configure(place, staging={})
    only = place.okra("db:migrate:status")
    configure(place, staging={}, test={})

    several = place.okra("db:migrate:status")

    assert environment(only) == "staging"
    assert (several.code, "error[OKR610]" in several.err) == (2, True)


def test_what_opens_no_database_needs_no_environment(place: Place) -> None:
    place.schema(ONE)
    configure(place, staging={"url": "${NO_SUCH_URL}"}, test={})

    codes = [
        place.okra(*line.split()).code for line in ("fmt", "db:validate", "db:migrate:generate")
    ]

    assert codes == [0, 0, 0]
    assert place.okra("db:validate", "--connect").code == 2


def test_the_real_environment_goes_before_the_file_of_variables(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.schema(ONE)
    configure(place, local={})
    (place.folder / ".env").write_text(f"TEST_URL={place.provider}://wrong\n")
    monkeypatch.setenv("TEST_URL", place.address)

    assert place.okra("db:migrate:status").code == 0


def test_what_an_environment_needs_and_has_not_stands_in_no_other_ones_way(place: Place) -> None:
    place.schema(ONE)
    configure(place, local={}, production={"url": "${NO_SUCH_URL}"})

    local = place.okra("db:migrate:status")
    production = place.okra("db:migrate:status", "--env", "production")

    assert local.code == 0
    assert (production.code, "the variable `NO_SUCH_URL` is not set" in production.err) == (2, True)


@pytest.mark.parametrize(
    "command",
    [["db:migrate:up"], ["db:migrate:down", "--yes"], ["db:migrate:status"], ["db:migrate:resolve", "VERSION", "--retry"]],
    ids=["up", "down", "status", "resolve"],
)  # fmt: skip
def test_host_database_and_environment_are_named_first_and_no_password(
    place: Place, command: list[str]
) -> None:
    configure(place, local={})
    migrate(place, ONE, "one")
    place.must("db:migrate:up")
    version = place.okra("db:migrate:status", "--json").json()["current"]

    found = place.okra(*[version if word == "VERSION" else word for word in command])

    first = found.out.splitlines()[0]
    assert first.startswith(f"Database: {place.provider}://")
    assert first.endswith(", environment local")
    for part in (place.url.host or "", place.url.database or str(place.url.path)):
        assert part in first
    assert f":{place.url.password}@" not in first


def test_a_database_belongs_to_the_environment_that_used_it_first(place: Place) -> None:
    configure(place, local={}, staging={})
    migrate(place, ONE, "one")
    place.must("db:migrate:up", "--env", "staging")
    migrate(place, TWO, "two")

    refused = [
        place.okra("db:migrate:up"),
        place.okra("db:migrate:down", "--yes"),
        place.okra("db:migrate:status"),
        place.okra("db:diff", "--live"),
    ]
    place.must("db:migrate:resolve", "--adopt")
    adopted = place.okra("db:migrate:up")

    assert {(each.code, each.err.split(":")[0]) for each in refused} == {(1, "error[OKR527]")}
    assert adopted.code == 0


def test_production_is_only_adopted_by_its_name(place: Place) -> None:
    configure(place, local={"migrations": {"mode": "declarative"}}, production={})
    migrate(place, ONE, "one")
    place.must("db:migrate:up", "--env", "production")
    called = place.url.database or "shop.db"

    yes = place.okra("db:migrate:resolve", "--adopt", "--yes")
    still = place.okra("db:migrate:status", "--env", "production", "--json").json()
    named = place.okra("db:migrate:resolve", "--adopt", "--confirm-database", called)

    assert (yes.code, still["environment"]) == (2, "production")
    assert (named.code, named.out.splitlines()[-1]) == (
        0,
        "The database now belongs to `local`, and no longer to `production`.",
    )


def test_production_is_not_changed_by_a_url_alone(place: Place) -> None:
    configure(place, production={})
    migrate(place, ONE, "one")
    place.must("db:migrate:up")
    migrate(place, TWO, "two")
    (place.folder / "okra.config.json").unlink()

    changed = [place.okra("db:migrate:up"), place.okra("db:migrate:down", "--yes")]
    read = [place.okra("db:migrate:status"), place.okra("db:migrate:up", "--dry-run")]

    assert {(each.code, each.err.split(":")[0]) for each in changed} == {(1, "error[OKR527]")}
    assert [each.code for each in read] == [0, 0]


@pytest.mark.parametrize("name", ["production", "shop"])
def test_a_protected_database_loses_nothing_unless_it_is_named(place: Place, name: str) -> None:
    configure(place, **{name: {"protected": True} if name == "shop" else {}})
    migrate(place, TWO, "two")
    assert place.okra("db:migrate:up").code == 0  # nothing is lost: nobody is asked
    migrate(place, ONE, "one")
    called = place.url.database or "shop.db"

    yes = place.okra("db:migrate:up", "--yes")
    other = place.okra("db:migrate:up", "--confirm-database", "other")
    dry = place.okra("db:migrate:up", "--dry-run")
    before = place.okra("db:migrate:status", "--json").json()["next"]
    named = place.okra("db:migrate:up", "--confirm-database", called)
    back = place.okra("db:migrate:down", "--steps", "2", "--yes")
    named_back = place.okra("db:migrate:down", "--steps", "2", "--confirm-database", called)

    assert [each.code for each in (yes, other, dry, named, back, named_back)] == [2, 2, 0, 0, 2, 0]
    assert before is not None
    assert f"help: name the database: `--confirm-database {called}`" in yes.err
    assert "warning: " in yes.err
    assert " loses data: drops column `users.email`" in yes.err
    assert " loses data: drops column `users.email`" in dry.err


def test_two_databases_are_told_apart_by_name(place: Place) -> None:
    place.schema(ONE)
    entry = {"provider": place.provider, "url": place.address}
    (place.folder / "okra.config.json").write_text(
        json.dumps({"databases": {"auth": entry, "shop": entry | {"url": "${NO_SUCH_URL}"}}})
    )

    unsaid = place.okra("db:migrate:status")
    named = place.okra("db:migrate:status", "--database", "auth")

    assert (unsaid.code, "error[OKR611]" in unsaid.err) == (2, True)
    assert named.code == 0


def test_two_databases_on_two_servers_are_written_together_and_applied_one_by_one(
    place: Place,
) -> None:
    (place.folder / "auth.okra.gql").write_text(ONE)
    (place.folder / "shop.okra.gql").write_text("model Order {\n  id: Int! @id\n}\n")
    databases = {
        "auth": {
            "provider": place.provider,
            "url": "${AUTH_URL}",
            "schemas": ["auth.okra.gql"],
        },
        "shop": {"provider": "sqlite", "url": "sqlite://other.db", "schemas": ["shop.okra.gql"]},
    }
    (place.folder / "okra.config.json").write_text(json.dumps({"databases": databases}))
    (place.folder / ".env").write_text(f"AUTH_URL='{place.address}'\n")

    place.must("db:migrate:generate")
    auth = place.okra("db:migrate:up", "--database", "auth", "--json").json()
    pending = place.okra("db:migrate:status", "--database", "shop", "--json").json()
    shop = place.okra("db:migrate:up", "--database", "shop", "--json").json()

    assert auth["current"] == shop["current"] == pending["next"]
    assert [item["version"] for item in auth["applied"]] == [auth["current"]]
    assert place.sql("SELECT id FROM users") == []
    for name in ("auth", "shop"):
        assert place.okra("db:diff", "--live", "--check", "--database", name).code == 0
        assert place.okra("db:diff", "--check", "--database", name).code == 0
