"""What cheap commands may load, and how long they may take."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = """\
import json, sys
before = set(sys.modules)
sys.argv = ["okra", *json.loads(sys.argv[1])]
from okra.__main__ import main
try:
    main()
finally:
    json.dump(sorted(set(sys.modules) - before), sys.stderr)
"""

HELP = {
    "okra",
    "okra.__main__",
    "okra.cli",
    "okra.cli.main",
    "okra.cli.options",
    "okra.cli.output",
    "okra.cli.render",
}


def loaded(*arguments: str) -> set[str]:
    """The modules that a command loads."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(arguments)],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(done.stderr))


def of_okra(modules: set[str]) -> set[str]:
    return {name for name in modules if name.partition(".")[0] == "okra"}


def test_the_version_loads_nothing_but_itself() -> None:
    found = loaded("--version")
    assert of_okra(found) == {"okra", "okra.__main__"}
    assert found.isdisjoint({"click", "msgspec", "typing", "re", "pathlib", "importlib.metadata"})


def test_help_loads_only_the_command_line() -> None:
    found = loaded("--help")
    assert of_okra(found) == HELP
    assert found.isdisjoint({"msgspec", "pathlib", "sqlite3", "dotenv", "difflib", "asyncio"})


@pytest.mark.parametrize("name", ["fmt", "explain", "db:migrate:up", "db:diff"])
def test_the_help_of_a_command_loads_no_other_command(name: str) -> None:
    found = of_okra(loaded(name, "--help"))
    commands = {item for item in found if item.startswith("okra.cli.commands.")}
    assert commands == {f"okra.cli.commands.{name.replace(':', '_')}"}
    assert "sqlite3" not in found


def test_explain_loads_no_use_case() -> None:
    found = of_okra(loaded("explain", "OKR610"))
    assert not [
        name
        for name in found
        if name.startswith(("okra.migrations", "okra.language.", "okra.dialects"))
    ]


def test_validating_loads_no_driver_and_no_use_case(tmp_path: Path) -> None:
    schema = tmp_path / "a.okra.gql"
    schema.write_text("model A { id: ID! }")
    found = loaded("db:validate", "--schema", str(schema))
    assert found.isdisjoint({"sqlite3", "dotenv", "difflib", "inspect.signature"})
    assert not [name for name in found if name.startswith("okra.migrations")]


def seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


def ratio(command: list[str], rounds: int = 20) -> float:
    """How many times as long as `python -c pass` it takes; both are measured in turns."""
    nothing = [sys.executable, "-c", "pass"]
    pairs = [(seconds(nothing), seconds(command)) for _ in range(rounds)]
    return statistics.median(b for _, b in pairs) / statistics.median(a for a, _ in pairs)


@pytest.mark.parametrize(("flag", "most"), [("--version", 2.0), ("--help", 6.0)])
def test_start_up_is_quick(flag: str, most: float) -> None:
    """The limit holds on an idle machine; beside other tests a second look is fair."""
    console = Path(sys.executable).parent / "okra"
    commands = [[sys.executable, "-m", "okra", flag]]
    if os.access(console, os.X_OK):
        commands.append([str(console), flag])
    slow = [command for command in commands if ratio(command) > most]
    assert [ratio(command) for command in slow if ratio(command) > most * 1.25] == []
