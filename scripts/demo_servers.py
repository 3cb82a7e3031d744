"""The last part of scripts/demo: the same history, with rows, on PostgreSQL and on MySQL or MariaDB.

The databases are scratch databases on servers that OKRA starts by itself; a server that is not there is named and left
out. Fails if a row is lost. Run in the environment of scripts/demo; the argument is the folder of examples/blog.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from okra.devdb import Scratch, scratch
from okra.errors import NoDevDatabase

ADA, BO = "00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"
HELLO, DRAFT = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
NEWS, PROFILE = "00000000-0000-4000-8000-000000000011", "00000000-0000-4000-8000-000000000021"

ROWS = f"""
INSERT INTO users (id, email, name, password_hash) VALUES ('{ADA}', 'ada@example.org', 'Ada', '5f4d'), ('{BO}', 'bo@example.org', 'Bo', 'cc03');
INSERT INTO profiles (id, bio, avatar_url, user_id) VALUES ('{PROFILE}', 'Writes.', 'ada.png', '{ADA}');
INSERT INTO posts (id, title, published, author_id) VALUES ('{HELLO}', 'Hello', true, '{ADA}'), ('{DRAFT}', 'O''Bo', false, '{BO}');
INSERT INTO tags (id, name) VALUES ('{NEWS}', 'news');
INSERT INTO post_tags (post_id, tag_id) VALUES ('{HELLO}', '{NEWS}')
"""

EDITS = (
    (
        "  name: String!\n  passwordHash",
        '  displayName: String! @renamed(from: "name")\n  passwordHash',
    ),
    ("passwordHash: String!", "passwordHash: Bytes!"),
    ("  content: String?", '  content: String?\n  language: String! @default("en")'),
    ("  avatarUrl: String?\n", ""),
)

BEFORE = (
    "SELECT name, email, password_hash FROM users ORDER BY email",
    [("Ada", "ada@example.org", "5f4d"), ("Bo", "bo@example.org", "cc03")],
)
ALLOWED = ("--allow", "blocking")  # nobody else writes to the table that is copied

TITLES = (
    """SELECT p.title, u.email, t.name FROM posts p JOIN users u ON u.id = p.author_id
    LEFT JOIN post_tags ON post_id = p.id LEFT JOIN tags t ON t.id = tag_id ORDER BY p.title""",
    [("Hello", "ada@example.org", "news"), ("O'Bo", "bo@example.org", None)],
)
AFTER = (
    "SELECT display_name, email, password_hash FROM users ORDER BY email",
    [("Ada", "ada@example.org", b"5f4d"), ("Bo", "bo@example.org", b"cc03")],
)


def main() -> int:
    """Run the history on each provider whose server is there."""
    blog = Path(sys.argv[1])
    for provider in ("postgres", "mysql"):
        try:
            database = scratch(provider)
        except NoDevDatabase as error:
            print(f"\nLEFT OUT: {provider}: {error.message}")
            continue
        try:
            _history(provider, database, blog)
        finally:
            database.close()
    return 0


def _history(provider: str, database: Scratch, blog: Path) -> None:
    print(f"\nThe same on {provider}, server version {database.server_version}.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        schema = folder / "models.okra.gql"
        schema.write_text((blog / "models.okra.gql").read_text())
        (folder / "okra.config.json").write_text(
            json.dumps({"database": {"provider": provider, "url": _address(database)}})
        )
        _okra(folder, "db:migrate:generate", "--name", "first")
        _okra(folder, "db:migrate:up")
        for statement in ROWS.strip().split(";\n"):
            database.execute(statement)
        _expect(database, BEFORE, TITLES)
        text = schema.read_text()
        for old, new in EDITS:
            if text.count(old) != 1:
                sys.exit(f"the schema does not have `{old}` once")
            text = text.replace(old, new)
        schema.write_text(text)
        _okra(folder, "db:migrate:generate", "--name", "second")
        _okra(folder, "db:migrate:up", *ALLOWED)
        _expect(database, AFTER, TITLES)
        _okra(folder, "db:migrate:down", "--yes", *ALLOWED)
        _expect(database, BEFORE, TITLES)
        _okra(folder, "db:migrate:up", *ALLOWED)
        _expect(database, AFTER, TITLES)
        _okra(folder, "db:migrate:down", "--yes", "--steps", "2", *ALLOWED)
        _okra(folder, "db:migrate:status")


def _address(database: Scratch) -> str:
    """The URL of the scratch database, to be written into a configuration."""
    url = database.url
    if url.provider == "postgres":
        return f"postgres://{url.user}@/{url.database}?host={url.host}"
    return f"mysql://{url.user}@localhost/{url.database}?unix_socket={url.option('unix_socket')}"


def _okra(folder: Path, *arguments: str) -> None:
    print(f"$ okra {' '.join(arguments)}", flush=True)
    done = subprocess.run(
        [sys.executable, "-m", "okra", *arguments],
        cwd=folder,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "NO_COLOR": "1"},
    )
    print("".join(f"  {line}\n" for line in done.stdout.splitlines()), end="", flush=True)
    if done.returncode != 0:
        sys.exit(done.returncode)


def _expect(database: Scratch, *queries: tuple[str, list[tuple[object, ...]]]) -> None:
    for sql, wanted in queries:
        found = database.query(sql)
        if found != wanted:
            sys.exit(f"{sql}\nfound {found}\nexpected {wanted}")
        for row in found:
            print("  " + " | ".join("NULL" if value is None else str(value) for value in row))


if __name__ == "__main__":
    sys.exit(main())
