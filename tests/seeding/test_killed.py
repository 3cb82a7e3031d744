"""Killed while it seeds: nothing is written. Killed while it resets: as it was, or the next reset goes on."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from places import Place

DRIVER = Path(__file__).parent.parent / "support" / "seed_driver.py"
ROWS = """\
INSERT INTO users (id, email, name) VALUES ('3b241101-e2bb-4255-8caf-4136c566a962', 'old@x', 'Old');
INSERT INTO tags (name) VALUES ('old');
"""
SEEDS = {
    "10_User.csv": "email,name\nann@x,Ann\nold@x,New\n",
    "20_more.json": '{"Post": [{"id": 1, "title": "t", "author": {"email": "ann@x"}, "tags": [{"name": "b"}]}],'
    ' "Tag": [{"name": "b"}]}',
    "30.sql": "UPDATE tags SET name = 'gone' WHERE name = 'old';",
}


@pytest.fixture
def full(shop: Place) -> Place:
    """The shop with rows, and seeds that would change them."""
    shop.sql(ROWS)
    for name, text in SEEDS.items():
        (shop.folder / "seeds" / name).write_text(text)
    return shop


def killed(place: Place, verb: str, number: int) -> bool:
    """Whether it was killed at that point; else it came to its end."""
    done = subprocess.run(
        [sys.executable, str(DRIVER), verb, str(number)],
        cwd=place.folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode != 0


def content(place: Place) -> list[object]:
    return [
        place.sql("SELECT email, name FROM users ORDER BY email"),
        place.sql("SELECT name FROM tags ORDER BY name"),
        place.sql("SELECT id, title FROM posts"),
        place.sql("SELECT post_id FROM post_tags"),
    ]


def tables(place: Place) -> list[str]:
    """The tables that a reset would drop."""
    found = place.okra("db:reset", "--dry-run", "--json").json()["dropped"]
    return [each["name"] for each in found if each["kind"] == "table"]


TABLES = ["post_tags", "posts", "tags", "users"]
AFTER = [[("ann@x", "Ann"), ("old@x", "New")], [("b",), ("gone",)], [(1, "t")], [(1,)]]


def test_a_seeding_that_is_killed_writes_nothing(full: Place) -> None:
    before = content(full)
    number = 1
    while killed(full, "seed", number):
        assert content(full) == before
        number += 1
    assert number > len(SEEDS)
    assert content(full) == AFTER


def test_a_reset_that_is_killed_is_finished_by_the_next_one(full: Place) -> None:
    number = 1
    fresh = [[("ann@x", "Ann"), ("old@x", "New")], [("b",)], [(1, "t")], [(1,)]]
    while killed(full, "reset", number):
        there = tables(full)
        assert full.provider == "mysql" or there in ([], TABLES)
        full.must("db:reset", "--yes")
        assert content(full) == fresh
        number += 1
    assert number > 5
