"""The commands as users meet them on servers that undo no definition."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from okra.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Callable

STATEMENTS = "-- make a\nCREATE TABLE a (x integer);\n-- make b\n{0}CREATE TABLE a (y integer);\n"


@pytest.fixture
def okra(desk, monkeypatch, capsys) -> Callable[..., tuple[int, str, str]]:
    """Run a command on the desk's database."""
    monkeypatch.chdir(desk.base)
    (desk.base / "models.okra.gql").write_text("model A { x: Int @id }\n")
    options = [f"{name}={value}" for name, value in desk.url.options]
    host = desk.url.host or ""
    if host.startswith("/"):  # the folder of a socket
        options.append(f"host={host}")
        host = ""
    port = f":{desk.url.port}" if desk.url.port else ""
    place = f"{desk.url.user or ''}@{host}{port}/{desk.url.database}?{'&'.join(options)}"
    address = f"{desk.url.provider}://{place}"

    def command(*arguments: str) -> tuple[int, str, str]:
        code = run([*arguments, "--url", address])
        found = capsys.readouterr()
        return code, found.out, found.err

    return command


def plain(text: str) -> str:
    """`text` without what differs from run to run."""
    text = re.sub(r"\d{8}_\d{6}", "VERSION", text)
    return re.sub(r" \([\d.]+ m?s\)", "", text)


def test_what_stopped_halfway_is_told_and_resumed(desk, okra):
    anew = "-- okra: new transaction\n"
    version = desk.add(STATEMENTS.format(anew), "DROP TABLE a;")

    code, out, err = okra("db:migrate:up")
    status = okra("db:migrate:status")
    desk.sql("ALTER TABLE a RENAME TO aside;")
    resumed = okra("db:migrate:up", "--resume")

    assert code == 1
    assert plain(out).endswith("Applying VERSION (1 of 1)\n  1/2 make a\n")
    assert "the statement before it is done and stays" in err
    assert f"{version}  failed   1 of 2 statements done" in status[1].replace(
        "  failed  ", "  failed   "
    )
    assert "okra db:migrate:up --resume" in status[2]
    assert resumed[0] == 0
    assert plain(resumed[1]).endswith(
        "Applying VERSION (1 of 1)\n  2/2 make b\n  done\n"
        "Applied 1 migration; the database is at VERSION.\n"
    )


@pytest.mark.only_on("postgres")
def test_a_migration_that_misses_an_extension_says_how_to_make_it(desk, okra):
    desk.add("CREATE TABLE a (x citext);", "DROP TABLE a;")

    code, _, err = okra("db:migrate:up")

    assert code == 1
    assert err.startswith("error[OKR558]: something is missing that an extension brings: ")
    assert "migration.sql" in err
    assert 'CREATE EXTENSION IF NOT EXISTS "citext"' in err
