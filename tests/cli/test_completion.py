"""`okra completion`: the scripts, and what they offer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

BIN = Path(sys.executable).parent


def candidates(okra: Callable, line: str) -> list[str]:
    return [
        item.split("\t")[0] for item in okra("completion", "--candidates", line).out.splitlines()
    ]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("okra ex", ["explain"]),
        ("okra db:migrate:u", ["db:migrate:up"]),
        ("okra db migrate d", ["down", "dry-run"]),
        ("okra db:v", ["db:validate"]),
        ("okra db:migrate:up --st", ["--steps"]),
        ("okra completion ", ["bash", "fish", "zsh"]),
        ("okra explain okr61", [f"OKR61{digit}" for digit in range(10)]),
        ("okra fmt mo", []),
        ("okra db:migrate:up --url 'half", []),
    ],
)
def test_what_may_come_next(okra: Callable, line: str, offered: list[str]) -> None:
    assert candidates(okra, line) == offered


def test_commands_come_with_their_help(okra: Callable) -> None:
    assert okra("completion", "--candidates", "okra fm").out == "fmt\tFormat schema files.\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_what_the_shell_reads(okra: Callable, shell: str) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"no {shell} on this machine")
    script = okra("completion", shell).out
    subprocess.run([program, "-n"], input=script, text=True, check=True)


@pytest.mark.parametrize(
    ("line", "replies"),
    [
        ("okra db:migrate:u", ["up"]),
        ("okra db:mi", ["migrate:generate", "migrate:init-from-schema", "migrate:up"]),
        ("okra expl", ["explain"]),
        ("okra db migrate u", ["up"]),
    ],
)
def test_bash_offers_what_stands_behind_the_last_colon(
    okra: Callable, line: str, replies: list[str]
) -> None:
    script = okra("completion", "bash").out
    program = f'{script}\nCOMP_LINE="{line}" COMP_POINT={len(line)}; _okra; printf "%s\\n" "${{COMPREPLY[@]}}"'
    done = subprocess.run(
        ["bash", "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PATH": f"{BIN}:{os.environ['PATH']}"},
    )
    assert done.stdout.split()[: len(replies)] == replies
