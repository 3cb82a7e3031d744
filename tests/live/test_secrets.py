"""On servers too, no password and no value of a row shows: not in messages, JSON, tracebacks, files or the history."""

from __future__ import annotations

from base64 import b64encode
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

import pytest

from okra.cli.main import run
from okra.dialects.session import connect
from private import Private, private

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SECRET = "c4nary:pä/ss@#x%"  # noqa: S105 - nobody's
SPELLINGS = (
    SECRET,
    quote(SECRET),
    quote(SECRET, safe=""),
    quote_plus(SECRET),
    b64encode(SECRET.encode()).decode().rstrip("="),
    SECRET.encode().hex(),
)
ROW = "r0w-canary"
COMMANDS = [
    ["db:validate", "--connect"],
    ["db:migrate:up"],
    ["db:migrate:down"],
    ["db:migrate:status"],
    ["db:migrate:resolve", "--adopt"],
    ["db:diff"],
    ["db:pull"],
]
SCHEMA = "model Post {\n  id: Int! @id\n  title: String! @length(max: 40)\n}\n"
BAD = {
    "unique": "CREATE UNIQUE INDEX u ON posts (title);",
    "type": "ALTER TABLE posts {};",
    "insert": f"INSERT INTO posts VALUES (1, '{ROW}');",
    "syntax": "ALTER TABLE posts NONSENSE;",
    "absent": "DROP TABLE absent;",
    "check": f"ALTER TABLE posts ADD CONSTRAINT c CHECK (title <> '{ROW}');",
}


@pytest.fixture(scope="module", params=["postgres-15", "mariadb"])
def own(request: pytest.FixtureRequest) -> Iterator[Private]:
    with private(request.param) as found:
        session = found.session()
        if session.atomic:
            session.execute(f"CREATE ROLE keeper LOGIN SUPERUSER PASSWORD '{SECRET}'")
        else:
            session.execute(f"CREATE USER keeper IDENTIFIED BY '{SECRET}'")
            session.execute("GRANT ALL ON *.* TO keeper")
        session.close()
        yield found


@pytest.fixture
def project(own: Private, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Write a project that reaches the server with the secret; returns its URL."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "models.okra.gql").write_text(SCHEMA)

    def call(**changed: str) -> str:
        parts = {
            "user": "keeper",
            "password": quote(SECRET, safe=""),
            "host": "localhost",
            "port": str(own.port),
            "database": "canary",
            "options": "",
        } | changed
        url = "{provider}://{user}:{password}@{host}:{port}/{database}{options}".format(
            provider=own.kind.provider, **parts
        )
        (tmp_path / ".env").write_text(f"DATABASE_URL='{url}'\n")
        (tmp_path / "okra.config.json").write_text(
            f'{{ "database": {{ "provider": "{own.kind.provider}", "url": "${{DATABASE_URL}}",'
            ' "migrations": { "lockTimeout": 1 } } }'
        )
        return url

    return call


def shown(capsys: pytest.CaptureFixture[str], folder: Path) -> str:
    """All that a run has written, but for the variables."""
    written = capsys.readouterr()
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != ".env"]
    texts = [path.read_bytes().decode(errors="replace") for path in files]
    return "\n".join([written.out, written.err, *texts])


def leaks(text: str, *also: str) -> list[str]:
    return [spelling for spelling in (*SPELLINGS, *also) if spelling.lower() in text.lower()]


@pytest.mark.parametrize(
    "changed",
    [
        {"database": "nothing_here"},
        {"user": "nobody_here"},
        {"port": "1"},
        {"host": "nowhere.invalid"},
        {"options": "?sslmode=verify-full&sslrootcert=/nowhere"},
        {"options": "?nothing=1"},
        {"port": "99999"},
        {"password": f"{quote(SECRET, safe='')}wrong"},
    ],
    ids=str,
)
def test_no_failure_to_connect_shows_the_password(
    own: Private,
    project: Callable[..., str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    changed: dict[str, str],
) -> None:
    url = project(**changed)
    for command in COMMANDS:
        for flags in ([], ["--json"], ["--debug"], ["--url", url]):
            assert run([*command, *flags]) != 0
            assert leaks(shown(capsys, tmp_path)) == []


@pytest.mark.parametrize("what", BAD)
def test_no_failing_statement_shows_the_password_or_a_row(
    own: Private,
    project: Callable[..., str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    what: str,
) -> None:
    with closing(own.session()) as root:
        root.execute("DROP DATABASE IF EXISTS canary")
        root.execute("CREATE DATABASE canary")
    project()
    assert run(["db:migrate:generate", "--no-verify"]) == 0
    assert run(["db:migrate:up"]) == 0
    from msgspec.structs import replace

    url = replace(own.url(), database="canary")
    with closing(connect(url, lock_timeout_ms=1000)) as session:
        for number in (1, 2):
            session.execute("INSERT INTO posts VALUES (?, ?)", (number, ROW))
        (tmp_path / "models.okra.gql").write_text(SCHEMA.replace("}", "  more: Int\n}"))
        assert run(["db:migrate:generate", "--no-verify", "--name", "bad"]) == 0
        folder = next((tmp_path / "migrations").glob("*_bad"))
        wider = "ALTER title TYPE integer USING title::integer"
        sql = BAD[what].format(wider if session.atomic else "MODIFY title int")
        (folder / "migration.sql").write_text(sql)
        reseal(folder)
        capsys.readouterr()
        for flags in ([], ["--json"], ["--debug"]):
            assert run(["db:migrate:up", *flags]) == 1
        written = capsys.readouterr()
        history = "\n".join(
            repr(session.query(f"SELECT * FROM {table}"))
            for table in ("_okra_migrations", "_okra_log", "_okra_stamp")
        )

    text = f"{written.out}\n{written.err}\n{history}".replace(sql.rstrip(";"), "")
    assert leaks(text, ROW) == []
    assert "error[OKR5" in text, text


def reseal(folder: Path) -> None:
    """Take the migration as it stands now for the one that was proven."""
    from okra.migrations.directory import read_directory, seal

    provider = "postgres" if "postgres" in (folder / "schema.json").read_text() else "mysql"
    directory = read_directory(folder.parent, provider)
    migration = directory.find(folder.name[:15])
    seal(directory, migration, migration.read())
