"""`db:pull` and `db:diff` on servers: all that a table can be has a word, and what has none is named."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import okra
from addresses import url_text
from okra.dialects import dialect
from okra.dialects.session import connect
from okra.language.define import parse_schema
from okra.language.write import write_schema
from okra.lowering import lower
from okra.migrations.pull import pull
from okra.projects.pulling import pull_schema
from okra.relational.diff import diff
from okra.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.dialects.session import MigrationSession
    from okra.url import DatabaseUrl

SCHEMAS = Path(__file__).parent / "schemas"
IGNORED = {
    "postgres": ("partitioned table `part`", "view `v`"),
    "mysql": ("view `v`",),
}


@pytest.fixture
def live(server: DatabaseUrl) -> Iterator[MigrationSession]:
    """A session on a database that somebody made by hand."""
    session = connect(server, lock_timeout_ms=5_000)
    for script in dialect(server.provider).split((SCHEMAS / f"{server.provider}.sql").read_text()):
        session.execute(script.sql)
    yield session
    session.close()


def project(url: DatabaseUrl, folder: Path, text: str | None = None) -> okra.Project:
    if text is not None:
        (folder / "models.okra.gql").write_text(text)
    return okra.load(folder=folder, environ={}, url=with_schemas(url))


def with_schemas(url: DatabaseUrl) -> str:
    text = url_text(url)
    more = "&" if "?" in text and not text.endswith("?") else "" if "?" in text else "?"
    return f"{text}{more}schema=public,billing" if url.provider == "postgres" else text


def test_all_that_tables_are_is_said_and_leads_back_to_them(
    live: MigrationSession, server: DatabaseUrl, tmp_path: Path
) -> None:
    own = dialect(server.provider)
    pulled = project(server, tmp_path).pull()
    text = write_schema(pulled.definition)

    definition = parse_schema([Source("m", text)], providers=[server.provider]).definition

    assert definition == pulled.definition
    assert not [model.name for model in definition.models if model.unmanaged]
    assert pulled.ignored == IGNORED[server.provider]
    wanted = own.resolve(lower(definition, server.provider)).database
    read_again = project(server, tmp_path, text).compare("database", "schema")
    assert read_again.changes == ()
    assert diff(read_again.before.database, wanted) == ()


def test_a_pulled_file_is_not_changed_by_pulling_again(
    live: MigrationSession, server: DatabaseUrl, tmp_path: Path
) -> None:
    path = tmp_path / "models.okra.gql"
    pieces = write_schema(project(server, tmp_path).pull().definition).split("}\n\n")
    pieces[-1] = pieces[-1].removesuffix("}\n")
    text = "# By hand.\n\n" + "} # so far\n\n".join(reversed(pieces)) + "}\n"
    text = text.replace("  id: ", "  # the number\n  id: ")
    found = project(server, tmp_path, text)

    assert pull_schema(found, path).text == text


def test_only_what_changed_in_the_database_changes_in_the_file(
    live: MigrationSession, server: DatabaseUrl, tmp_path: Path
) -> None:
    path = tmp_path / "models.okra.gql"
    text = "# By hand.\n" + write_schema(project(server, tmp_path).pull().definition)
    text = text.replace("  title: ", "  # as printed\n  title: ")
    found = project(server, tmp_path, text)
    live.execute("ALTER TABLE posts ADD COLUMN teaser varchar(80)")
    gone = {"postgres": "si", "mysql": "active"}[server.provider]
    live.execute(f"ALTER TABLE users DROP COLUMN {gone}")

    after = pull_schema(found, path).text

    old, new = set(text.splitlines()), set(after.splitlines())
    assert new - old == {"  teaser: String? @length(max: 80)"}
    assert [line.split(":")[0].strip() for line in old - new] == [gone]
    assert project(server, tmp_path, after).compare("database", "schema").changes == ()


def test_what_a_schema_leaves_alone_is_no_difference(
    live: MigrationSession, server: DatabaseUrl, tmp_path: Path
) -> None:
    pulled = pull(live, provider=server.provider).definition
    text = write_schema(pulled).replace("model Tag {", "model Tag @unmanaged {")
    found = project(server, tmp_path, text.replace("  name: String!\n", ""))

    assert [c for c in found.compare().changes if "tags" in repr(c)[:80]] == []


def test_any_two_of_files_and_databases_are_compared(
    live: MigrationSession, server: DatabaseUrl, tmp_path: Path
) -> None:
    text = write_schema(project(server, tmp_path).pull().definition)
    (tmp_path / "other.okra.gql").write_text(text)
    found = project(server, tmp_path, text)

    for before, after in [
        ("other.okra.gql", "database"),
        ("database", "other.okra.gql"),
        ("schema", "other.okra.gql"),
        (with_schemas(server), "database"),
    ]:
        assert found.compare(before, after).changes == ()
