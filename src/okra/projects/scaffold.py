"""What `db:init` begins a project with: a configuration, a first schema and a folder for migrations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.configuration.settings import CONFIG_NAME
from okra.errors import UsageError
from okra.textfiles import create_text, shown, write_text

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA_NAME = "models.okra.gql"
MIGRATIONS = "migrations"
IGNORE = ".gitignore"
IGNORED = (".env", ".okra/", "*.db", "*.db-journal", "*.db-wal", "*.db-shm")

_SCHEMA = """\
# What the application stores. Change it, then run `okra db:migrate:generate`.
@okra(namespace: "app", version: "v1")

model User {
  id: ID! @default(uuid)
  email: String! @unique
  name: String?

  createdAt: DateTime! @default(now)
  updatedAt: DateTime! @updatedAt
}
"""


def scaffold(folder: Path, *, provider: str, url: str) -> tuple[Path, ...]:
    """Write what a project begins with into `folder`; returns what was written.

    Raises  UsageError where a file is there already; then nothing is written
    """
    files = {
        folder / CONFIG_NAME: configuration(provider, url),
        folder / SCHEMA_NAME: _SCHEMA,
        folder / MIGRATIONS / ".gitkeep": "",
    }
    for path in files:
        if path.exists() or path.is_symlink():
            raise UsageError(
                f"`{shown(path)}` is there already, and nothing is overwritten",
                code="OKR620",
                help="work on with it, or run `okra db:init` in another folder",
            )
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        create_text(path, text)
    return (*files, *_ignore(folder / IGNORE))


def configuration(provider: str, url: str) -> str:
    """The text of a new okra.config.json."""

    def quoted(text: str) -> str:
        return msgspec.json.encode(text).decode()

    return f"""\
// docs/configuration.md describes every key. ${{NAME}} comes from the environment, or from `.env` beside this file.
{{
  "database": {{
    "provider": {quoted(provider)},
    "url": {quoted(url)},
    "migrations": {{ "mode": "versioned", "dir": "./{MIGRATIONS}" }},
    "schemas": ["./{SCHEMA_NAME}"],
  }},
}}
"""


def _ignore(path: Path) -> tuple[Path, ...]:
    """Add what version control should not keep, as far as it is not there."""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    known = {line.strip() for line in before.splitlines()}
    missing = [line for line in IGNORED if line not in known]
    if not missing:
        return ()
    gap = "" if not before or before.endswith("\n") else "\n"
    write_text(path, f"{before}{gap}" + "".join(f"{line}\n" for line in missing))
    return (path,)
