"""`okra db:migrate:init-from-schema`: the first migration, and databases that are there already."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

import okra
import servers
from addresses import url_text
from okra.cli.main import run
from okra.declarative.init_from_schema import Standing, record
from okra.dialects import dialect
from okra.dialects.session import connect
from okra.url import DatabaseUrl

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = """\
enum Role { admin editor }

model User {
  id: ID! @default(uuid)
  email: String! @unique
  role: Role! @default(editor)
  score: Decimal @check(expr: "score >= 0")
  posts: [Post!]!
  changedAt: DateTime! @updatedAt
}

model Post {
  id: Int! @id @default(autoincrement)
  title: String! @index
  authorId: ID!
  author: User! @relation(fields: [authorId], references: [id], onDelete: CASCADE)
  tags: [Tag!]!
}

model Tag {
  id: ID! @default(uuid)
  posts: [Post!]!
}
"""


class Result(NamedTuple):
    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


class Site:
    """A project whose database OKRA may have made without migrations."""

    def __init__(self, folder: Path, url: DatabaseUrl, capsys) -> None:
        self.folder = folder
        self.url = url
        self._capsys = capsys
        text = f"sqlite://{url.path}" if url.provider == "sqlite" else url_text(url)
        self.configure({"provider": url.provider, "url": text})
        self.write(SCHEMA)

    def configure(self, database: dict[str, object]) -> None:
        (self.folder / "okra.config.json").write_text(json.dumps({"database": database}))

    def write(self, schema: str) -> None:
        (self.folder / "models.okra.gql").write_text(schema)

    def okra(self, *arguments: str) -> Result:
        self._capsys.readouterr()
        code = run(arguments)
        return Result(code, *self._capsys.readouterr())

    def sql(self, text: str) -> list[tuple]:
        rows: list = []
        with closing(connect(self.url, lock_timeout_ms=5_000)) as session:
            for script in dialect(self.url.provider).split(text):
                if script.sql.lstrip().startswith("SELECT"):
                    rows = session.query(script.sql)
                else:
                    session.execute(script.sql)
        return [tuple(row) for row in rows]

    def make(self) -> None:
        """What the schema says, made in the database without a migration."""
        found = self.okra("db:diff", "empty", "schema", "--sql")
        assert found.code == 0, found.err
        self.sql(found.out)

    @property
    def migrations(self) -> list[str]:
        folder = self.folder / "migrations"
        found = [path.name for path in folder.iterdir()] if folder.exists() else []
        return sorted(name for name in found if name != "current")


@pytest.fixture(params=["sqlite", *servers.POSTGRES, *servers.MYSQL])
def site(request, _servers, tmp_path, monkeypatch, capsys):
    for name in ("OKRA_ENV", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    if request.param == "sqlite":
        yield Site(tmp_path, DatabaseUrl.parse("sqlite://own.db", base=tmp_path), capsys)
        return
    with _servers.database(request.param) as url:
        yield Site(tmp_path, url, capsys)


def test_a_database_that_is_what_the_schema_says_is_recorded_and_goes_on(site) -> None:
    site.make()
    site.sql("CREATE TABLE _okra_schema_history (version integer)")
    site.sql("CREATE TABLE old_logs (x integer)")

    found = site.okra("db:migrate:init-from-schema", "--json").json()

    (written,) = found["written"]
    version = written["version"]
    assert (found["standing"], found["recorded"]) == ("same", [version])
    assert written["verified"]
    assert site.migrations == [f"{version}_initial"]
    status = site.okra("db:migrate:status", "--json").json()
    assert (status["upToDate"], status["current"]) == (True, version)

    site.write(SCHEMA.replace("title: String!", "title: String!\n  body: String"))
    assert site.okra("db:migrate:generate").code == 0
    assert site.okra("db:migrate:up").code == 0
    assert site.okra("db:diff", "migrations", "schema", "--check").code == 0
    assert site.sql("SELECT count(*) FROM old_logs") == [(0,)]


def test_what_differs_is_shown_and_nothing_is_recorded(site) -> None:
    site.make()
    site.sql("ALTER TABLE posts ADD COLUMN draft integer")
    site.sql("DROP TABLE post_tags")

    found = site.okra("db:migrate:init-from-schema")

    assert found.code == 1
    assert "  └─ column draft: not expected; found " in found.out
    assert "  table post_tags: missing; expected 2 columns\n" in found.out
    assert found.err.splitlines()[0] == (
        "error[OKR593]: the database differs from the schema in 2 objects: nothing was written down there"
    )
    assert len(site.migrations) == 1
    assert site.okra("db:migrate:status", "--json").json()["current"] is None


def test_tables_that_are_excluded_do_not_count(site) -> None:
    site.make()
    site.sql("DROP TABLE post_tags")
    settings = json.loads((site.folder / "okra.config.json").read_text())["database"]
    site.configure(settings | {"migrations": {"exclude": ["post_*"]}})
    found = site.okra("db:migrate:init-from-schema", "--json").json()
    assert (found["standing"], len(found["recorded"])) == ("same", 1)


def test_once_the_difference_is_mended_the_second_run_records(site) -> None:
    site.make()
    site.sql("ALTER TABLE posts ADD COLUMN draft integer")
    site.okra("db:migrate:init-from-schema")
    before = site.migrations
    site.sql("ALTER TABLE posts DROP COLUMN draft")

    found = site.okra("db:migrate:init-from-schema")

    assert found.code == 0
    assert f"Took {before[0][:15]} as applied, without running it\n" in found.out
    assert site.migrations == before


def test_what_the_database_has_more_is_taken_into_a_second_migration(site) -> None:
    site.make()
    site.sql("ALTER TABLE posts ADD COLUMN draft integer")
    site.okra("db:migrate:init-from-schema")
    site.okra("db:pull", "--out", "models.okra.gql", "--yes")

    early = site.okra("db:migrate:init-from-schema")
    site.okra("db:migrate:generate")
    late = site.okra("db:migrate:init-from-schema", "--json")

    assert early.err.startswith("error[OKR590]: there are migrations already")
    assert late.json()["recorded"] == [name[:15] for name in site.migrations]
    assert len(site.migrations) == 2


def test_an_empty_database_is_left_to_up(site) -> None:
    found = site.okra("db:migrate:init-from-schema")
    assert found.code == 0
    assert "The database is empty: `okra db:migrate:up` makes it.\n" in found.out
    assert site.okra("db:migrate:up").code == 0


def test_a_second_run_changes_nothing(site) -> None:
    site.make()
    site.okra("db:migrate:init-from-schema")
    (version,) = site.migrations
    again = site.okra("db:migrate:init-from-schema")
    assert (again.code, site.migrations) == (0, [version])
    assert f"The database has its history already: it is at {version[:15]}.\n" in again.out


def test_a_dry_run_writes_no_file_and_no_history(site) -> None:
    site.make()
    tables = site.okra("db:pull").out
    found = site.okra("db:migrate:init-from-schema", "--dry-run")
    assert found.code == 0
    assert "The database is what they lead to; nothing was changed.\n" in found.out
    assert "CREATE TABLE" in found.out
    assert (site.migrations, site.okra("db:pull").out) == ([], tables)
    assert site.okra("db:migrate:status", "--json").json()["current"] is None


class Gone(BaseException):
    """The process is gone."""


def test_a_run_that_is_gone_at_any_point_is_made_up_for_by_the_next(site) -> None:
    site.make()
    site.okra("db:migrate:init-from-schema", "--no-record")
    target = okra.load(folder=site.folder, environ={}).database_target()
    (folder,) = site.migrations
    for last in range(30):
        points: list[str] = []

        def fault(name: str, points: list[str] = points, last: int = last) -> None:
            points.append(name)
            if len(points) > last:
                raise Gone

        try:
            found = record(target, fault=fault)
        except Gone:
            again = record(target)
            assert again.current == folder[:15], points
            assert again.standing in {Standing.SAME, Standing.RECORDED}
            site.sql("DROP TABLE _okra_migrations; DROP TABLE _okra_log; DROP TABLE _okra_stamp;")
        else:
            assert (found.standing, found.versions) == (Standing.SAME, (folder[:15],))
            break
    assert 5 < last < 29


def test_no_record_opens_no_database(site) -> None:
    site.configure({"provider": site.url.provider, "url": "${NOWHERE}"})
    found = site.okra("db:migrate:init-from-schema", "--no-record", "--name", "first")
    assert (found.code, site.migrations[0][15:]) == (0, "_first")


def test_a_database_that_cannot_be_looked_at_keeps_the_migration_from_being_written(site) -> None:
    site.configure({"provider": site.url.provider, "url": "${NOWHERE}"})
    found = site.okra("db:migrate:init-from-schema")
    assert (found.code, site.migrations) == (2, [])
    assert "NOWHERE" in found.err


def test_the_history_of_other_migrations_is_refused_before_anything_is_written(site) -> None:
    site.okra("db:migrate:init-from-schema")
    site.okra("db:migrate:up")
    (site.folder / "migrations").rename(site.folder / "elsewhere")
    found = site.okra("db:migrate:init-from-schema")
    assert found.err.startswith("error[OKR592]: the database has a history already")
    assert (found.code, site.migrations) == (1, [])


def test_a_schema_without_models_makes_no_migration(site) -> None:
    site.write("model Old @unmanaged { id: ID! }\n")
    found = site.okra("db:migrate:init-from-schema")
    assert found.err.startswith("error[OKR591]: the schema makes nothing")
    assert (found.code, site.migrations) == (2, [])


def test_a_declarative_database_has_no_first_migration(site) -> None:
    site.configure({"provider": site.url.provider, "migrations": {"mode": "declarative"}})
    found = site.okra("db:migrate:init-from-schema")
    assert found.err.startswith("error[OKR618]")
    assert (found.code, site.migrations) == (2, [])
