"""What was proposed in hooks.sql and nobody has written: it stops the way that it is for, before anything runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from places import Place

BEFORE = "model User { id: Int! @id  name: String! @length(max: 80) }"
AFTER = "model User { id: Int! @id  nick: String! @length(max: 80) }"
WAY_UP = "UPDATE users SET nick = name;"
WAY_BACK = "UPDATE users SET name = nick;"


def path(place: Place) -> Path:
    return next(place.folder.glob("migrations/*_nick/hooks.sql"))


def version(place: Place) -> str:
    return path(place).parent.name.removesuffix("_nick")


def write(place: Place, section: str, sql: str) -> None:
    """Put `sql` below the line of a section, above what was proposed there."""
    text = path(place).read_text()
    path(place).write_text(text.replace(f"-- okra:{section}\n", f"-- okra:{section}\n{sql}\n"))


@pytest.fixture
def half(place: Place) -> Place:
    """A row, and a migration that is proven and of which the way up alone is written."""
    place.configure()
    place.schema(BEFORE)
    place.must("db:migrate:generate", "--name", "users")
    place.must("db:migrate:up")
    place.sql("INSERT INTO users (id, name) VALUES (1, 'Ada')")
    place.schema(AFTER)
    place.must("db:migrate:generate", "--name", "nick", "--with-hooks")
    write(place, "up", WAY_UP)
    place.must("db:migrate:verify")
    return place


def test_up_goes_on_and_says_that_there_is_no_way_back(half: Place) -> None:
    shown = half.okra("db:migrate:up", "--dry-run")
    found = half.okra("db:migrate:up", "--json")

    told = [text for text in json.loads(found.out)["warnings"] if "no way back" in text]
    assert [found.code, len(told), "okra:down" in told[0]] == [0, 1, True]
    assert "has no way back yet" in shown.err
    assert half.sql("SELECT nick FROM users") == [("Ada",)]


def test_verify_says_that_there_is_no_way_back_while_it_can_be_written(half: Place) -> None:
    write(half, "up", "-- as they called themselves")

    first = half.okra("db:migrate:verify")
    write(half, "down", WAY_BACK)
    second = half.okra("db:migrate:verify")

    assert [first.code, "has no way back yet" in first.err] == [0, True]
    assert [second.code, "no way back" in second.err] == [0, False]


@pytest.mark.parametrize("flags", [("--yes",), ("--dry-run",)])
def test_down_refuses_what_was_only_proposed_before_anything_runs(
    half: Place, flags: tuple[str, ...]
) -> None:
    half.must("db:migrate:up")
    line = 1 + next(
        at
        for at, text in enumerate(path(half).read_text().split("\n"))
        if "name` = …" in text or 'name" = …' in text
    )

    refused = half.okra("db:migrate:down", *flags)

    assert [refused.code, "OKR463" in refused.err, f"hooks.sql:{line}" in refused.err] == [
        1,
        True,
        True,
    ]
    assert half.sql("SELECT nick FROM users") == [("Ada",)]
    assert half.sql("SELECT state FROM _okra_migrations ORDER BY version") == [("done",), ("done",)]


def test_what_down_says_leads_out(half: Place) -> None:
    half.must("db:migrate:up")

    help_ = half.okra("db:migrate:down", "--yes").err
    half.must("db:migrate:resolve", version(half), "--reverted")
    write(half, "down", WAY_BACK)
    half.must("db:migrate:verify")
    half.must("db:migrate:resolve", version(half), "--applied")
    half.must("db:migrate:down", "--yes", "--allow", "blocking")

    assert f"resolve {version(half)} --reverted" in help_
    assert f"resolve {version(half)} --applied" in help_
    assert half.sql("SELECT name FROM users") == [("Ada",)]


def test_a_newer_migration_stays_where_an_older_one_has_no_way_back(half: Place) -> None:
    half.must("db:migrate:up")
    half.schema(AFTER.replace("}", " age: Int }"))
    half.must("db:migrate:generate", "--name", "age")
    half.must("db:migrate:up")

    both = half.okra("db:migrate:down", "--steps", "2", "--yes", "--allow", "blocking")
    kept = half.sql("SELECT age FROM users")
    one = half.okra("db:migrate:down", "--yes", "--allow", "blocking")

    assert [both.code, "OKR463" in both.err, kept] == [1, True, [(None,)]]
    assert one.code == 0


def test_proposals_that_were_taken_out_stop_nothing(half: Place) -> None:
    half.sql("DELETE FROM users")
    head, _, _ = path(half).read_text().partition("-- okra:down\n")
    path(half).write_text(f"{head}-- okra:down\n  -- nothing has to move\n")

    proven = half.okra("db:migrate:verify")
    up = half.okra("db:migrate:up")
    down = half.okra("db:migrate:down", "--yes", "--allow", "blocking")

    assert "no way back" not in proven.err + up.err
    assert [up.code, down.code] == [0, 0]


def test_a_statement_between_the_proposals_counts_as_written(half: Place) -> None:
    text = path(half).read_text()
    path(half).write_text(f"{text}\n  {WAY_BACK}\n")
    half.must("db:migrate:verify")

    up = half.okra("db:migrate:up")
    half.must("db:migrate:down", "--yes", "--allow", "blocking")

    assert "no way back" not in up.err
    assert half.sql("SELECT name FROM users") == [("Ada",)]
