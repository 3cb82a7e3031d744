"""Commands that messages name: copied as they are, they go to the environment that was asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from okra.cli.environments import COMMANDS, document_in_environment, in_environment
from okra.cli.main import COMMANDS as ALL

if TYPE_CHECKING:
    from places import Place

ENVIRONMENTS = {
    name: {"provider": "sqlite", "url": f"sqlite://{name}.db"} for name in ("local", "staging")
}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("run `okra db:migrate:up`", "run `okra db:migrate:up --env staging`"),
        (
            "`okra db:migrate:resolve 2026 --applied`, then `okra db:migrate:status`.",
            "`okra db:migrate:resolve 2026 --applied --env staging`, then `okra db:migrate:status --env staging`.",
        ),
        ("`TMPDIR=/x okra db:migrate:up …`", "`TMPDIR=/x okra db:migrate:up --env staging …`"),
    ],
)
def test_a_command_that_opens_a_database_gets_the_environment(text: str, wanted: str) -> None:
    assert in_environment(text, "staging") == wanted


@pytest.mark.parametrize(
    "text",
    [
        "`okra explain OKR104`",
        "`okra fmt` and `okra db:migrate:generate`",
        "`okra db:migrate:up --env production`",
        "`okra db:migrate:up --url URL`",
        "`okra db:nothing`",
        "okra db:migrate:up",
        "`models` and `okra`",
        "`a` okra db:migrate:up `b`",
    ],
)
def test_what_opens_no_database_or_says_where_stays_as_it_is(text: str) -> None:
    assert in_environment(text, "staging") == text


def test_a_name_that_a_shell_would_cut_is_quoted() -> None:
    assert in_environment("`okra db:pull`", "my env") == "`okra db:pull --env 'my env'`"


def test_sql_in_a_document_stays_as_it_is() -> None:
    text = "-- `okra db:migrate:up`"
    document = {"sql": text, "problems": [{"help": text}], "warnings": [text], "count": 1}

    assert document_in_environment(document, "e") == {
        "sql": text,
        "problems": [{"help": "-- `okra db:migrate:up --env e`"}],
        "warnings": ["-- `okra db:migrate:up --env e`"],
        "count": 1,
    }


def test_only_commands_that_there_are_get_it() -> None:
    assert set(ALL) >= COMMANDS


@pytest.fixture
def staged(place: Place) -> Place:
    """Two environments, and a migration that is applied to none."""
    (place.folder / "okra.config.json").write_text(
        json.dumps({"database": {"environments": ENVIRONMENTS}})
    )
    place.schema("model Note { id: Int! @id }")
    place.must("db:migrate:generate", "--name", "first", "--no-verify")
    return place


@pytest.mark.only_on("sqlite")
def test_what_is_said_can_be_copied(staged: Place) -> None:
    said = staged.must("db:migrate:status", "--env", "staging")
    usual = staged.must("db:migrate:status")

    assert "`okra db:migrate:up --env staging` applies it" in said
    assert "`okra db:migrate:up` applies it" in usual


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("where", ["before", "behind"])
def test_an_error_says_the_same_to_people_and_programs(staged: Place, where: str) -> None:
    flags, command = ("--env", "staging"), ("db:migrate:down", "--yes")
    line = (*flags, *command) if where == "before" else (*command, *flags)

    told, document = staged.okra(*line).err, staged.okra(*line, "--json").json()

    wanted = "`okra db:migrate:status --env staging` shows what the database has"
    assert (wanted in told, document["error"]["help"]) == (True, wanted)
