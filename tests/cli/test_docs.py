"""The documentation says what is: made pages are up to date, and examples work."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import okra as package
from okra.cli.main import COMMANDS
from okra.configuration.config import choose, database_entries, parse_config
from okra.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(package.__file__).parent.parent.parent
SOURCE = Path(package.__file__).parent
PAGE = ROOT / "docs" / "commands.md"


def test_the_pages_of_commands_and_errors_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "generate_docs.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
        env={"COLUMNS": "50"},
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def configurations() -> list[str]:
    text = (ROOT / "docs" / "configuration.md").read_text()
    found = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    assert len(found) > 4
    return found


@pytest.mark.parametrize("text", configurations())
def test_every_configuration_in_the_documentation_is_right(text: str) -> None:
    file = parse_config(Source("docs/configuration.md", text))
    for name, entry in database_entries(file):
        for environment in entry.environments or [None]:
            assert choose(file, environment=environment, database=name).outputs


def named_commands(path: Path) -> set[str]:
    """Every `okra some:command` that a text names, with colons."""
    found = re.findall(r"`okra ((?:db|models)?:?[a-z]+(?::[a-z-]+)*)", path.read_text())
    return {name for name in found if name}


@pytest.mark.parametrize(
    "path",
    [*sorted(SOURCE.rglob("*.py")), *sorted(ROOT.glob("docs/*.md")), ROOT / "README.md"],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_every_command_that_a_text_names_is_there(path: Path) -> None:
    groups = {"db", "db:migrate"}
    assert sorted(named_commands(path) - COMMANDS.keys() - groups) == []


def test_every_flag_that_a_message_names_is_there() -> None:
    shown = PAGE.read_text()
    known = {"--help", "--version", *re.findall(r"--[a-z][a-z-]+", shown)}
    for path in SOURCE.rglob("*.py"):
        named = set(
            re.findall(r"`(?:okra [a-z:]+ (?:[A-Z]+ )?)?(--[a-z][a-z-]+)", path.read_text())
        )
        assert sorted(named - known) == [], path


RUNS = [
    "db:init",
    "db:validate",
    "db:migrate:generate",
    "db:migrate:init-from-schema",
    "db:migrate:rebase",
    "db:migrate:verify",
    "db:migrate:test",
    "db:migrate:dry-run",
    "db:check",
    "db:migrate:export --format sql --out exported",
    "db:migrate:up",
    "db:migrate:status",
    "db:migrate:repair",
    "db:migrate:purge",
    "db:diff",
    "db:pull",
    "db:migrate:down --yes",
    "db:sync --dry-run",
    "db:reset --yes",
    "db:seed",
    "db:lint",
    "models:generate --language go",
    "models:service --out service.okra.gql",
    "build",
    "fmt",
    "explain OKR610",
    "completion bash",
]


def test_the_keys_of_every_document_are_those_of_the_page(okra: Callable, folder: Path) -> None:
    rows = re.findall(r"^\| ([a-z:-]+) \| (`.*`) \|$", PAGE.read_text(), re.MULTILINE)
    documented = {name: re.findall(r"`(\w+)`", keys) for name, keys in rows}
    assert list(documented) == list(COMMANDS)
    assert documented.pop("dev") == ["rounds", "failed"]  # it goes on until Ctrl-C: see test_dev.py
    (folder / "seeds").mkdir()
    (folder / "seeds" / "1.sql").write_text("SELECT 1;")
    found = {line.split()[0]: list(okra(*line.split(), "--json").json()) for line in RUNS}
    version = next((folder / "migrations").glob("2*")).name[:15]
    okra("db:migrate:up")
    resolved = okra("db:migrate:resolve", version, "--reverted", "--json").json()
    found["db:migrate:resolve"] = list(resolved)
    schema = folder / "models.okra.gql"
    schema.write_text(schema.read_text() + "\nmodel One {\n  id: ID!\n}\n")
    okra("db:migrate:generate")
    squashed = okra("db:migrate:squash", "--dry-run", "--json").json()
    found["db:migrate:squash"] = list(squashed)
    assert found == documented
