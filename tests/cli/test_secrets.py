"""A password never shows: not in messages, not in JSON, not in tracebacks, not in files."""

from __future__ import annotations

import signal
import subprocess
import sys
from base64 import b64encode
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from okra.cli.main import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SECRET = "hunt:er/2@#x"  # noqa: S105
SPELLINGS = (SECRET, quote(SECRET, safe=""), b64encode(SECRET.encode()).decode().rstrip("="))
ENCODED = f"postgres://me:{quote(SECRET, safe='')}@db.example/shop"
URLS = [
    ENCODED,
    f"postgres://me:{SECRET}@db.example/shop",
    f"mysql://me:{quote(SECRET, safe='')}@db.example:99999/shop",
    f"oracle://me:{quote(SECRET, safe='')}@db.example/shop",
    f"postgres://me:{quote(SECRET, safe='')}@db.example/shop?nothing=1",
    f"me:{quote(SECRET, safe='')}@db.example",
]
NEEDED = {
    "db:migrate:resolve": ["--adopt"],
    "completion": ["bash"],
    "explain": ["OKR104"],
    "fmt": ["models.okra.gql"],
}


def shows(text: str) -> list[str]:
    return [spelling for spelling in SPELLINGS if spelling in text]


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ("db:init", "dev")])
@pytest.mark.parametrize("flags", [[], ["--json"], ["--debug"]])
def test_no_command_shows_the_password_of_its_url(
    okra: Callable, blog: Path, name: str, flags: list[str]
) -> None:
    for url in URLS:
        found = okra(name, *NEEDED.get(name, []), "--url", url, *flags)
        assert shows(found.out + found.err) == [], url


@pytest.mark.parametrize("flags", [[], ["--json"], ["--debug"]])
def test_dev_which_goes_on_until_it_is_stopped_shows_no_password(
    blog: Path, flags: list[str]
) -> None:
    url = f"postgres://me:{quote(SECRET, safe='')}@127.0.0.1:1/shop"
    running = subprocess.Popen(
        [sys.executable, "-m", "okra", "dev", "--url", url, *flags],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stderr is not None
    said = running.stderr.readline()
    while not said.startswith("error["):
        said = running.stderr.readline()
        assert said, "it ended without an error"
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=30)
    assert shows(said + out + err) == []


@pytest.mark.parametrize("flags", [[], ["--json"], ["--debug"]])
@pytest.mark.parametrize("name", ["up", "status", "generate"])
def test_no_command_shows_the_password_of_the_configuration(
    okra: Callable, blog: Path, name: str, flags: list[str]
) -> None:
    (blog / ".env").write_text(f"DATABASE_URL='{ENCODED}'\n")
    for provider in ("postgres", "mysql", "sqlite"):
        (blog / "okra.config.json").write_text(
            f'{{ "database": {{ "provider": "{provider}", "url": "${{DATABASE_URL}}" }} }}'
        )
        found = okra(f"db:migrate:{name}", *flags)
        assert shows(found.out + found.err) == []


def test_a_password_on_the_command_line_is_warned_of_and_a_variable_there_is_the_way_out(
    okra: Callable, blog: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"postgres://me:{quote(SECRET, safe='')}@127.0.0.1:1/shop"
    monkeypatch.setenv("DATABASE_URL", url)
    plain = okra("db:migrate:status", "--url", url).err
    named = okra("db:migrate:status", "--url", "${DATABASE_URL}").err
    monkeypatch.delenv("DATABASE_URL")
    missing = okra("db:migrate:status", "--url", "${DATABASE_URL}").err

    assert plain.startswith(
        "warning: everybody on this machine can read the password in `--url` while this runs: put the URL "
        "into the environment or `.env`, and name it: `--url '${DATABASE_URL}'`\n"
    )
    assert named.startswith("error[OKR548]: no PostgreSQL server answers at `127.0.0.1:1`\n")
    assert missing.startswith(
        "error[OKR609]: the variable `DATABASE_URL` is not set; `--url` needs it\n"
    )


def test_a_refused_comparison_shows_no_password(okra: Callable, blog: Path) -> None:
    for url in URLS:
        found = okra("db:diff", url, "schema", "--debug")
        assert (found.code in {1, 2}, shows(found.out + found.err)) == (True, [])


def test_a_password_goes_into_no_file_of_a_migration(okra: Callable, blog: Path) -> None:
    (blog / ".env").write_text(f"DATABASE_URL='{ENCODED}'\n")
    (blog / "okra.config.json").write_text(
        '{ "database": { "environments": { "local": { "url": "sqlite://local.db" },'
        ' "production": { "url": "${DATABASE_URL}" } } } }'
    )
    assert okra("db:migrate:generate").code == 0
    assert okra("db:migrate:up").code == 0
    written = [path for path in blog.rglob("*") if path.is_file() and path.name != ".env"]
    assert [path for path in written if shows(path.read_bytes().decode(errors="replace"))] == []
