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
SECRETS = ".env"
VARIABLE = "DATABASE_URL"
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


def scaffold(folder: Path, *, provider: str, url: str, secret: bool) -> tuple[Path, ...]:
    """Write what a project begins with into `folder`; returns what was written.

    secret  whether the URL has a password, and stands in `.env` in place of the configuration
    Raises  UsageError where a file is there already; then nothing is written
    """
    written = f"${{{VARIABLE}}}" if secret else url
    files = {
        folder / CONFIG_NAME: configuration(provider, written),
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
    hidden = _with_variable(folder / SECRETS, url) if secret else None
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        create_text(path, text)
    if hidden is not None:
        _hide(folder / SECRETS, hidden)
        files[folder / SECRETS] = hidden
    return (*files, *_ignore(folder / IGNORE))


def _with_variable(path: Path, url: str) -> str:
    """The text of `.env` with the URL in it.

    Raises  UsageError where it has one
    """
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    names = [line.removeprefix("export ").partition("=")[0].strip() for line in before.splitlines()]
    if VARIABLE in names:
        raise UsageError(
            f"`{shown(path)}` has a {VARIABLE} already, and nothing is overwritten",
            code="OKR620",
            help="take it out of the file first, or leave the password out of the URL",
        )
    gap = "" if not before or before.endswith("\n") else "\n"
    encoded = url.replace("'", "%27").replace("\\", "%5C")  # which would mean something in the file
    return f"{before}{gap}{VARIABLE}='{encoded}'\n"


def _hide(path: Path, text: str) -> None:
    """Write what nobody else may read."""
    if not path.exists():
        path.touch(0o600)
    write_text(path, text)


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
