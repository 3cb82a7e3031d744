"""The example: `name` becomes `firstName` and `lastName`, both required, with 100,000 rows, and back; on every kind of server."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from places import Place

ROWS = 100_000
BEFORE = """\
model User {
  id: Int! @id @default(autoincrement)
  name: String! @length(max: 80)
  email: String! @length(max: 80) @unique
}
"""
AFTER = """\
model User {
  id: Int! @id @default(autoincrement)
  firstName: String! @length(max: 80)
  lastName: String! @length(max: 80)
  email: String! @length(max: 80) @unique
}
"""
SPLIT = {
    "sqlite": "first_name = substr(name, 1, instr(name, ' ') - 1), last_name = substr(name, instr(name, ' ') + 1)",
    "postgres": "first_name = split_part(name, ' ', 1), last_name = split_part(name, ' ', 2)",
    "mysql": "first_name = substring_index(name, ' ', 1), last_name = substring_index(name, ' ', -1)",
}
JOIN = {
    "sqlite": "name = first_name || ' ' || last_name",
    "postgres": "name = first_name || ' ' || last_name",
    "mysql": "name = concat(first_name, ' ', last_name)",
}
NUMBERS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) ",
    "postgres": "WITH n(i) AS (SELECT generate_series(1, {rows})) ",
    "mysql": "",
}


def numbered(provider: str) -> str:
    """One statement that writes ROWS users."""
    values = {
        "sqlite": "'F' || i || ' L' || i, i || '@x'",
        "postgres": "'F' || i || ' L' || i, i || '@x'",
        "mysql": "concat('F', seq, ' L', seq), concat(seq, '@x')",
    }[provider]
    source = f"seq_1_to_{ROWS}" if provider == "mysql" else "n"
    start = NUMBERS[provider].format(rows=ROWS)
    return f"INSERT INTO users (name, email) {start}SELECT {values} FROM {source}"


def hooks(provider: str, size: int) -> str:
    return f"""\
-- okra:up
-- okra:batch size={size} key=id
UPDATE users SET {SPLIT[provider]} WHERE first_name IS NULL;

-- okra:down
-- okra:batch size={size} key=id
UPDATE users SET {JOIN[provider]} WHERE name IS NULL;
"""


@pytest.fixture
def split(place: Place) -> Place:
    """A database with ROWS users and a migration with hooks that is not applied."""
    place.configure()
    place.schema(BEFORE)
    place.must("db:migrate:generate", "--name", "users")
    place.must("db:migrate:up")
    place.sql(numbered(place.provider))
    place.schema(AFTER)
    place.must("db:migrate:generate", "--name", "split", "--with-hooks")
    folder(place).joinpath("hooks.sql").write_text(hooks(place.provider, 5_000))
    place.must("db:migrate:verify")
    return place


def folder(place: Place) -> Path:
    return next(place.folder.glob("migrations/*_split"))


def killed(place: Place, *command: str) -> bool:
    """Run a command in a process of its own, and kill it when some of the ranges are done."""
    process = subprocess.Popen(
        [sys.executable, "-m", "okra", *command],
        cwd=place.folder,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if line.rstrip().endswith("25000 rows are done"):
            os.kill(process.pid, signal.SIGKILL)
    process.stdout.close()
    return process.wait() == -signal.SIGKILL


def test_names_are_split_and_joined_again_though_killed_in_the_middle(split: Place) -> None:
    assert killed(split, "db:migrate:up")

    [(done, all_)] = split.sql("SELECT count(first_name), count(*) FROM users")
    [(state, mark)] = split.sql("SELECT state, mark FROM _okra_migrations WHERE state <> 'done'")
    progress = json.loads(str(mark))
    assert (state, all_) == ("running", ROWS)
    assert 0 < done < ROWS
    assert progress["ranges"] * 5_000 == done

    assert f"{progress['ranges']} ranges of the next one done" in split.must("db:migrate:status")

    said = split.must("db:migrate:up")

    assert f"{done} rows are done" not in said
    assert split.sql(
        "SELECT count(*) FROM users WHERE first_name = 'F77' AND last_name = 'L77'"
    ) == [(1,)]
    assert split.sql("SELECT count(DISTINCT first_name), count(DISTINCT last_name) FROM users") == [
        (ROWS, ROWS)
    ]
    assert split.must("db:diff").startswith("No difference")

    assert killed(split, "db:migrate:down", "--yes")
    split.must("db:migrate:down", "--yes")

    assert split.sql("SELECT count(DISTINCT name), count(*) FROM users") == [(ROWS, ROWS)]
    assert split.sql(
        "SELECT count(*) FROM users WHERE name = 'F4711 L4711' AND email = '4711@x'"
    ) == [(1,)]


def test_the_files_say_where_the_hooks_run_and_which_columns_are_at_hand(place: Place) -> None:
    place.configure()
    place.schema(BEFORE)
    place.must("db:migrate:generate", "--name", "users")
    place.schema(AFTER)

    place.must("db:migrate:generate", "--name", "split", "--with-hooks")

    up = folder(place).joinpath("migration.sql").read_text()
    down = folder(place).joinpath("rollback.sql").read_text()
    template = folder(place).joinpath("hooks.sql").read_text()
    assert up.split("\n").count("-- okra: hooks") == down.split("\n").count("-- okra: hooks") == 1
    expand, contract = up.split("-- okra: hooks\n")
    assert "first_name" in expand
    assert "loses data" not in expand
    assert "loses data: drops column `users.name` with its values" in contract
    above, below = template.split("-- okra:down\n")
    assert "--   required behind this section: first_name, last_name\n" in above
    assert "--   gone behind this section: name\n" in above
    assert "--   required behind this section: name\n" in below
    assert "--   gone behind this section: first_name, last_name\n" in below


def test_without_writing_anything_the_hooks_are_shown_too(place: Place) -> None:
    place.configure()
    place.schema(BEFORE)
    place.must("db:migrate:generate", "--name", "users")
    place.schema(AFTER)

    shown = place.must("db:migrate:generate", "--with-hooks", "--dry-run")
    [written] = json.loads(
        place.must("db:migrate:generate", "--with-hooks", "--dry-run", "--json")
    )["written"]
    plain = place.must("db:migrate:generate", "--dry-run", "--json")

    assert "-- okra: hooks\n" in shown
    assert "-- okra:down\n" in shown
    assert written["hooksSql"].split("\n").count("-- okra:up") == 1
    assert json.loads(plain)["written"][0]["hooksSql"] is None
    assert len(list(place.folder.glob("migrations/2*"))) == 1


def test_a_dry_run_shows_the_hooks_where_they_run(split_small: Place) -> None:
    text = split_small.must("db:migrate:up", "--dry-run")

    first, _, rest = text.partition("UPDATE users SET")
    assert "ADD COLUMN" in first
    assert "name" in rest
    assert split_small.sql("SELECT count(*) FROM _okra_migrations") == [(1,)]


def test_edited_hooks_are_refused_until_they_are_proven(split_small: Place) -> None:
    path = folder(split_small) / "hooks.sql"
    path.write_text(path.read_text().replace("first_name IS NULL", "first_nam IS NULL"))

    refused = split_small.okra("db:migrate:up")
    unproven = split_small.okra("db:migrate:verify")

    assert "OKR460" in refused.err
    assert "OKR410" in unproven.err
    assert "hooks.sql:3" in unproven.err


def test_hooks_that_nobody_has_written_are_refused_before_anything_runs(place: Place) -> None:
    place.configure()
    place.schema(BEFORE)
    place.must("db:migrate:generate", "--name", "users")
    place.must("db:migrate:up")
    place.sql("INSERT INTO users (name, email) VALUES ('Ada Lovelace', 'a')")
    place.schema(AFTER)
    place.must("db:migrate:generate", "--name", "split", "--with-hooks")

    refused = place.okra("db:migrate:up")
    status = place.okra("db:migrate:status", "--check")

    assert [refused.code, "OKR463" in refused.err, "hooks.sql:14" in refused.err] == [1, True, True]
    assert [status.code, "OKR463" in status.err] == [3, True]
    assert place.sql("SELECT count(*) FROM _okra_migrations") == [(1,)]
    folder(place).joinpath("hooks.sql").write_text("-- okra:up\n-- okra:down\n")
    place.must("db:migrate:verify")
    assert "OKR463" not in place.okra("db:migrate:up").err


@pytest.fixture
def split_small(place: Place) -> Place:
    """A database without rows and a migration with hooks that is proven and not applied."""
    place.configure()
    place.schema(BEFORE)
    place.must("db:migrate:generate", "--name", "users")
    place.must("db:migrate:up")
    place.schema(AFTER)
    place.must("db:migrate:generate", "--name", "split", "--with-hooks")
    folder(place).joinpath("hooks.sql").write_text(hooks(place.provider, 10))
    place.must("db:migrate:verify")
    return place


def test_where_hooks_leave_rows_out_nothing_is_dropped_until_they_are_mended(place: Place) -> None:
    place.configure()
    place.schema(BEFORE)
    place.must("db:migrate:generate", "--name", "users")
    place.must("db:migrate:up")
    place.sql("INSERT INTO users (name, email) VALUES ('Ada Lovelace', 'a'), ('Grace Hopper', 'g')")
    place.schema(AFTER)
    place.must("db:migrate:generate", "--name", "split", "--with-hooks")
    sql = hooks(place.provider, 1).replace("first_name IS NULL", "name <> 'Grace Hopper'")
    folder(place).joinpath("hooks.sql").write_text(sql)
    place.must("db:migrate:verify")

    failed = place.okra("db:migrate:up")

    assert failed.code == 1
    assert "migration.sql:" in failed.err
    assert place.sql("SELECT name FROM users ORDER BY email") == [
        ("Ada Lovelace",),
        ("Grace Hopper",),
    ]

    if (
        place.provider == "sqlite"
    ):  # the second half was undone as a whole; the rows of the ranges stay
        assert place.sql("SELECT count(first_name) FROM users") == [(1,)]
    place.sql("UPDATE users SET first_name = 'Grace', last_name = 'Hopper' WHERE email = 'g'")
    place.must("db:migrate:up", "--resume")

    assert place.sql("SELECT first_name, last_name FROM users ORDER BY email") == [
        ("Ada", "Lovelace"),
        ("Grace", "Hopper"),
    ]
    place.must("db:migrate:down", "--yes")
    assert place.sql("SELECT name FROM users ORDER BY email") == [
        ("Ada Lovelace",),
        ("Grace Hopper",),
    ]


def test_how_many_rows_are_done_is_told_though_the_ranges_have_another_size_now(
    place: Place,
) -> None:
    place.configure()
    place.schema(BEFORE)
    place.must("db:migrate:generate", "--name", "users")
    place.must("db:migrate:up")
    rows = ", ".join(f"('A B', 'u{number}')" for number in range(1, 7))
    place.sql(f"INSERT INTO users (name, email) VALUES {rows}")
    place.schema(AFTER)
    place.must("db:migrate:generate", "--name", "split", "--with-hooks")
    one = (
        "-- okra:up\n-- okra:batch size=1 key=id\nUPDATE users SET first_name = 'A', last_name = 'B', "
        "email = CASE WHEN id = 4 THEN 'u1' ELSE email END;\n-- okra:down\n"
    )
    folder(place).joinpath("hooks.sql").write_text(one)
    place.must("db:migrate:verify")
    assert "3 ranges of it are done" in place.okra("db:migrate:up").err
    place.sql("UPDATE users SET email = 'first' WHERE id = 1")
    folder(place).joinpath("hooks.sql").write_text(one.replace("size=1", "size=2"))
    place.must("db:migrate:verify")

    said = place.must("db:migrate:up")

    assert [line.split()[1] for line in said.splitlines() if "rows are done" in line] == ["5"]


FAMILY = """
model Post {
  id: Int! @id @default(autoincrement)
  title: String! @length(max: 80)
  userId: Int!
  user: User! @relation(fields: [userId], references: [id], onDelete: CASCADE)
}
"""


@pytest.mark.parametrize("ranges", [True, False])
def test_rows_that_refer_to_the_table_stay(place: Place, ranges: bool) -> None:
    before, after = (
        text.replace("\n}", "\n  posts: [Post!]!\n}") + FAMILY for text in (BEFORE, AFTER)
    )
    place.configure()
    place.schema(before)
    place.must("db:migrate:generate", "--name", "users")
    place.must("db:migrate:up")
    place.sql("INSERT INTO users (name, email) VALUES ('Ada Lovelace', 'a'), ('Grace Hopper', 'g')")
    place.sql("INSERT INTO posts (title, user_id) VALUES ('one', 1), ('two', 2), ('three', 2)")
    place.schema(after)
    place.must("db:migrate:generate", "--name", "split", "--with-hooks")
    text = hooks(place.provider, 1)
    plain = text.replace("-- okra:batch size=1 key=id\n", "")
    folder(place).joinpath("hooks.sql").write_text(text if ranges else plain)
    place.must("db:migrate:verify")

    place.must("db:migrate:up")

    posts = place.sql(
        "SELECT title, last_name FROM posts JOIN users ON users.id = user_id ORDER BY 1"
    )
    assert posts == [("one", "Lovelace"), ("three", "Hopper"), ("two", "Hopper")]
    place.must("db:migrate:down", "--yes")
    posts = place.sql("SELECT title, name FROM posts JOIN users ON users.id = user_id ORDER BY 1")
    assert posts == [("one", "Ada Lovelace"), ("three", "Grace Hopper"), ("two", "Grace Hopper")]
