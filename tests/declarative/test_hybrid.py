"""docs/hybrid.md on every server: a database of one's own is synced, those of others are migrated."""

from __future__ import annotations

import json
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

import servers
from addresses import url_text
from okra.cli.main import run
from okra.dialects import dialect
from okra.dialects.session import connect
from okra.url import DatabaseUrl

if TYPE_CHECKING:
    from pathlib import Path

ENVIRONMENTS = ("local", "staging", "production")
"""The first is declarative."""

FIRST = """\
enum Level { basic gold }

model Customer {
  id: Int! @id @default(autoincrement)
  email: String! @unique @length(max: 80)
  nick: String? @length(max: 80)
  level: Level! @default(basic)
}
"""
SECOND = FIRST.replace("  nick:", "  phone: String?\n  nick:")
THIRD = """\
enum Level { basic silver gold }

model Customer {
  id: Int! @id @default(autoincrement)
  email: String! @unique @length(max: 80)
  name: String? @renamed(from: "nick") @length(max: 80)
  level: Level! @default(silver)
  orders: [Order!]!
}

model Order {
  id: Int! @id @default(autoincrement)
  customerId: Int!
  customer: Customer! @relation(fields: [customerId], references: [id], onDelete: CASCADE)
  placedAt: DateTime! @updatedAt
}
"""
ROWS = "INSERT INTO customers (email, nick) VALUES ('{0}', 'n1'), ('{0}2', NULL);"


class Result(NamedTuple):
    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


class Team:
    """A project with three databases of one kind."""

    def __init__(self, folder: Path, urls: list[DatabaseUrl], capsys) -> None:
        self.folder = folder
        self.urls = dict(zip(ENVIRONMENTS, urls, strict=True))
        self._capsys = capsys
        self.set_local("declarative")

    def set_local(self, mode: str) -> None:
        """Write the configuration."""
        provider = self.urls["local"].provider
        found: dict[str, dict[str, object]] = {
            name: {"provider": provider, "url": _text(url)} for name, url in self.urls.items()
        }
        found["local"]["migrations"] = {"mode": mode}
        text = json.dumps({"database": {"environments": found}})
        (self.folder / "okra.config.json").write_text(text)

    def write(self, schema: str) -> None:
        (self.folder / "models.okra.gql").write_text(schema)

    def okra(self, *arguments: str) -> Result:
        self._capsys.readouterr()
        code = run(arguments)
        return Result(code, *self._capsys.readouterr())

    def done(self, line: str) -> Result:
        """Run a command line that has to succeed."""
        found = self.okra(*line.split())
        assert found.code == 0, f"{line}\n{found.out}{found.err}"
        return found

    def sql(self, environment: str, text: str) -> list[tuple]:
        url = self.urls[environment]
        rows: list = []
        with closing(connect(url, lock_timeout_ms=5_000)) as session:
            for script in dialect(url.provider).split(text):
                if script.sql.lstrip().startswith("SELECT"):
                    rows = session.query(script.sql)
                else:
                    session.execute(script.sql)
        return [tuple(row) for row in rows]


def _text(url: DatabaseUrl) -> str:
    return f"sqlite://{url.path}" if url.provider == "sqlite" else url_text(url)


@pytest.fixture(params=["sqlite", *servers.POSTGRES, *servers.MYSQL])
def team(request, _servers, tmp_path, monkeypatch, capsys):
    for name in ("OKRA_ENV", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    with ExitStack() as stack:
        if request.param == "sqlite":
            urls = [DatabaseUrl.parse(f"sqlite://{x}.db", base=tmp_path) for x in ENVIRONMENTS]
        else:
            urls = [stack.enter_context(_servers.database(request.param)) for _ in ENVIRONMENTS]
        yield Team(tmp_path, urls, capsys)


def test_the_whole_way_from_the_first_sync_to_production(team: Team) -> None:
    team.write(FIRST)
    team.done("db:sync")
    team.sql("local", ROWS.format("local"))
    first = team.done("db:migrate:init-from-schema --json").json()["written"][0]["version"]
    for name in ("staging", "production"):
        team.done(f"db:migrate:up --env {name} --allow blocking")
        team.sql(name, ROWS.format(name))

    team.write(SECOND)  # tried out, and thought better of
    team.done("db:sync")
    team.sql("local", "UPDATE customers SET phone = '1'")
    team.write(THIRD)
    refused = team.okra("db:sync")
    assert refused.code == 1
    assert "- Drop column: customers.phone (2 values)\n" in refused.err
    team.done("db:sync --force")
    written = team.done("db:migrate:generate --json").json()["written"][0]
    for name in ("staging", "production"):
        team.done(f"db:migrate:up --env {name} --allow blocking")

    assert "phone" not in written["migrationSql"]
    for name in ENVIRONMENTS:
        assert team.sql(name, "SELECT email, name, level FROM customers ORDER BY email") == [
            (name, "n1", "basic"),
            (f"{name}2", None, "basic"),
        ]
        assert team.okra("db:diff", "--check", "--env", name).code == 0
    assert team.okra("db:migrate:generate", "--check").code == 0
    assert team.done("db:sync --json").json()["changes"] == []
    status = team.done("db:migrate:status --env production --json").json()
    assert [item["version"] for item in status["migrations"]] == [first, written["version"]]
    assert status["upToDate"]


def test_a_synced_database_joins_the_versioned_ones(team: Team) -> None:
    team.write(FIRST)
    team.done("db:sync")
    team.sql("local", ROWS.format("local"))
    early = team.done("db:migrate:init-from-schema")
    team.set_local("versioned")
    joined = team.done("db:migrate:init-from-schema --json").json()
    team.write(THIRD)
    late = team.okra("db:sync", "--force")
    team.done("db:migrate:generate")
    for name in ENVIRONMENTS:
        team.done(f"db:migrate:up --env {name} --allow blocking")

    assert "The environment `local` is declarative: its database gets no history.\n" in early.out
    assert joined["standing"] == "same"
    assert len(joined["recorded"]) == 1
    assert (late.code != 0, "`okra db:sync --yes`" in late.err) == (True, True)
    assert team.sql("local", "SELECT count(*) FROM customers WHERE name = 'n1'") == [(1,)]
    for name in ENVIRONMENTS:
        assert team.okra("db:diff", "--check", "--env", name).code == 0
        assert team.okra("db:migrate:status", "--check", "--env", name).code == 0


def test_a_sync_of_production_is_refused(team: Team) -> None:
    team.write(FIRST)
    found = team.okra("db:sync", "--env", "production", "--yes", "--force")
    assert found.err.startswith("error[OKR582]: the environment `production` is protected")
    line = "db:migrate:init-from-schema --env production --dry-run --json"
    assert team.done(line).json()["standing"] == "empty"


def test_a_name_for_a_value_that_rows_lack_is_found_at_home(team: Team) -> None:
    team.write(FIRST)
    team.done("db:sync")
    team.sql("local", ROWS.format("local"))
    team.write(FIRST.replace("nick: String?", "nick: String!"))
    refused = team.okra("db:sync")
    assert refused.code == 1
    assert "- customers.nick: 1 row has no value, and it becomes required" in refused.err
    assert team.okra("db:sync", "--force", "--default", "customers.nick='none'").code == 0
    team.okra("db:migrate:generate", "--default", "customers.nick='none'")
    rows = team.sql("local", "SELECT nick FROM customers ORDER BY nick")
    assert rows == [("n1",), ("none",)]
