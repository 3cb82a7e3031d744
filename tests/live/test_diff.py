"""`okra db:diff` against a live database, on every kind of it."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

import servers
from addresses import url_text
from okra.cli.main import run
from okra.dialects import dialect
from okra.dialects.session import connect
from okra.url import DatabaseUrl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

BEFORE = """\
enum Status {
  draft
  published
}

model Article {
  id: ID!
  writerName: String! @index
  status: Status!
  tags: [Label!]
  @check(expr: "writer_name <> 'x'")
}

model Label {
  id: ID!
  articles: [Article!]
}
"""
AFTER = """\
enum State @renamed(from: "Status") {
  draft
  public @renamed(from: "published")
}

model Post @renamed(from: "Article") {
  id: ID!
  authorName: String! @index @renamed(from: "writerName")
  status: State!
  tags: [Label!]
  @check(expr: "author_name <> 'x'")
}

model Label {
  id: ID!
  articles: [Post!]
}
"""


class Place:
    """A database, and the commands that work on it."""

    def __init__(self, url: DatabaseUrl, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.url = url
        self.folder = folder
        self._capsys = capsys
        self._address = str(url) if url.path else url_text(url)

    def okra(self, *arguments: str) -> tuple[int, str, str]:
        code = run([*arguments, "--url", self._address])
        found = self._capsys.readouterr()
        return code, found.out, found.err

    def schema(self, text: str) -> None:
        (self.folder / "models.okra.gql").write_text(text)

    def sql(self, text: str) -> None:
        session = connect(self.url, lock_timeout_ms=5_000)
        for script in dialect(self.url.provider).split(text):
            session.execute(script.sql)
        session.close()


@pytest.fixture(params=["sqlite", *servers.POSTGRES, *servers.MYSQL])
def place(request, _servers, tmp_path, monkeypatch, capsys) -> Iterator[Place]:
    """An empty database of each kind, and an empty current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OKRA_ENV", raising=False)
    if request.param == "sqlite":
        yield Place(DatabaseUrl.parse("sqlite://shop.db", base=tmp_path), tmp_path, capsys)
        return
    with _servers.database(request.param) as url:
        yield Place(url, tmp_path, capsys)


def apply(place: Place, text: str) -> None:
    """Bring the database to the schema."""
    place.schema(text)
    code, out, err = place.okra("db:diff", "empty", "schema", "--sql")
    assert (code, err) == (0, "")
    place.sql(out)


def test_renamed_things_are_found_under_their_earlier_names(place: Place) -> None:
    apply(place, BEFORE)
    place.schema(AFTER)

    code, out, err = place.okra("db:diff")

    lines = [line.strip() for line in out.splitlines()[1:]]
    assert (code, err) == (0, "")
    assert "> table articles → posts" in lines
    assert "> column posts.writer_name → author_name" in lines
    assert not [line for line in lines if line.startswith(("- table", "+ table", "- column"))], out
    assert any("published" in line and line.startswith(">") for line in lines), out


def test_what_is_renamed_that_way_is_then_no_difference(place: Place) -> None:
    apply(place, BEFORE)
    place.schema(AFTER)
    _, sql, _ = place.okra("db:diff", "--sql")
    place.sql(sql)

    code, out, _ = place.okra("db:diff", "--check")

    assert code == 0, out
