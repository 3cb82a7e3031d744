"""The command line as a whole: names of commands, exit codes, error screens, output."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from okra import __version__
from okra.cli.main import COMMANDS, Okra
from okra.cli.options import OkraCommand

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_the_version_is_one_line(process: Callable, flag: str) -> None:
    assert process(flag) == (0, f"okra {__version__}\n", "")


def test_the_version_can_stand_among_other_flags(okra: Callable) -> None:
    assert okra("--json", "--version").out == f"okra {__version__}\n"


def test_help_lists_every_command(okra: Callable) -> None:
    shown = okra("--help").out
    assert [name for name in COMMANDS if name not in shown] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example_and_the_shared_flags(
    okra: Callable, name: str
) -> None:
    found = okra(name, "--help")
    assert (found.code, found.err) == (0, "")
    assert f"Usage: okra {name} " in found.out
    assert re.search(rf"^Example:\n(  .*\n)*?  .*okra {name}", found.out, re.MULTILINE)
    assert all(
        flag in found.out
        for flag in ("--config", "--env", "--database", "--url", "--provider", "--schema")
    )
    assert all(
        flag in found.out for flag in ("--json", "--quiet", "--no-color", "--yes", "--debug")
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_every_command_has_help(name: str) -> None:
    command = Okra().get_command(click.Context(Okra()), name)
    assert isinstance(command, OkraCommand)
    options = [item for item in command.params if isinstance(item, click.Option)]
    assert [item.name for item in options if not item.help and not item.hidden] == []


def test_spaces_and_colons_name_the_same_command(okra: Callable) -> None:
    spellings = ["db:migrate:up", "db migrate up", "db:migrate up", "db migrate:up"]
    helps = [okra(*spelling.split(), "--help").out.split("\n", 1)[1] for spelling in spellings]
    assert helps == [helps[0]] * len(spellings)


@pytest.mark.parametrize("arguments", [[], ["db"], ["db", "migrate"]])
def test_no_command_is_wrong_usage_and_shows_the_commands(
    okra: Callable, arguments: list[str]
) -> None:
    found = okra(*arguments)
    assert (found.code, found.out) == (2, "")
    assert "db:migrate:up" in found.err


@pytest.mark.parametrize(
    ("arguments", "nearest"),
    [
        (["db:migrate:ip"], "db:migrate:up"),
        (["db", "migrat", "up"], "db:migrate:up"),
        (["db:migrate", "genrate"], "db:migrate:generate"),
        (["format"], "fmt"),
        (["Explain"], "explain"),
        (["up"], "db:migrate:up"),
        (["init"], "db:init"),
        (["genrate"], "db:migrate:generate"),
    ],
)
def test_an_unknown_command_names_the_nearest(
    okra: Callable, arguments: list[str], nearest: str
) -> None:
    found = okra(*arguments)
    assert found.code == 2
    assert found.err.startswith("error[OKR602]: there is no command `")
    assert f"did you mean `okra {nearest}`?" in found.err


def test_an_unknown_option_names_the_nearest(okra: Callable) -> None:
    assert okra("explain", "--jsn") == (
        2,
        "",
        "error[OKR601]: `okra explain` has no option `--jsn`\n  = help: did you mean `--json`?\n",
    )


def test_a_wrong_choice_is_wrong_usage(okra: Callable) -> None:
    found = okra("completion", "tcsh")
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith("error[OKR601]: invalid value for `SHELL`: `tcsh` is not one of")


def test_a_missing_argument_is_wrong_usage(okra: Callable) -> None:
    found = okra("completion")
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith("error[OKR601]: the name of a shell is missing\n")


def test_shared_flags_may_stand_before_and_behind_the_command(okra: Callable) -> None:
    first = okra("--config", "no.json", "db:validate")
    assert first.code == 2
    assert first == okra("db:validate", "--config", "no.json")
    assert first == okra("db", "--config", "no.json", "validate")


def test_an_error_is_one_screen_on_standard_error(okra: Callable) -> None:
    assert okra("db:validate", "--config", "no.json") == (
        2,
        "",
        (
            "error[OKR604]: the configuration `no.json` does not exist\n"
            "  = help: look at the name again\n"
        ),
    )


def test_an_error_is_one_document_with_json(okra: Callable) -> None:
    found = okra("db:validate", "--config", "no.json", "--json")
    assert found.code == 2
    assert found.json() == {
        "error": {
            "code": "OKR604",
            "message": "the configuration `no.json` does not exist",
            "place": None,
            "help": "look at the name again",
        }
    }


def test_an_error_of_a_file_has_its_places_in_json(okra: Callable, folder: Path) -> None:
    (folder / "okra.config.json").write_text('{\n  "databse": {}\n}')
    assert okra("db:validate", "--json").json()["error"]["diagnostics"] == [
        {
            "code": "OKR607",
            "severity": "error",
            "message": "unknown key `databse` in the file",
            "help": "did you mean `database`?",
            "file": "okra.config.json",
            "line": 2,
            "column": 3,
            "endLine": 2,
            "endColumn": 12,
        }
    ]


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """`okra explain` fails in a way that it should not, with a password in a local variable."""

    def find_page(_code: str) -> None:
        password = "hunter2"  # noqa: S105
        raise KeyError(len(password))

    monkeypatch.setattr("okra.cli.commands.explain.find_page", find_page, raising=True)


@pytest.mark.usefixtures("broken")
def test_a_defect_is_one_screen_without_a_traceback(okra: Callable) -> None:
    found = okra("explain", "OKR104")
    assert (found.code, found.out) == (1, "")
    assert found.err.startswith(
        "error[OKR699]: OKRA failed in a way that it should not: `KeyError`\n"
        "  --> okra.cli.commands.explain:"
    )
    assert "report" in found.err
    assert "Traceback" not in found.err


@pytest.mark.usefixtures("broken")
def test_debug_shows_the_traceback_without_local_values(okra: Callable) -> None:
    found = okra("explain", "OKR104", "--debug")
    assert "Traceback (most recent call last)" in found.err
    assert "= 'hunter2'" not in found.err


def test_a_password_in_an_error_is_hidden(okra: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    def pages() -> None:
        raise OSError(
            5, "no answer from postgres://me:hunter2@host/db", "postgres://me:hunter2@host"
        )

    monkeypatch.setattr("okra.cli.commands.explain.pages", pages)
    for flags in ([], ["--json"], ["--debug"]):
        found = okra("explain", *flags)
        assert "hunter2" not in found.out + found.err


def test_a_full_disk_is_an_error_of_ours(okra: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    def pages() -> None:
        raise OSError(28, "No space left on device", "models.okra.gql")

    monkeypatch.setattr("okra.cli.commands.explain.pages", pages)
    assert okra("explain").err.startswith(
        "error[OKR615]: `models.okra.gql` can't be used: no space left on device\n"
    )


def test_ctrl_c_is_one_line_and_130(folder: Path) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "okra", "fmt", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(0.5)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=30)
    assert (running.returncode, out, err) == (130, "", "interrupted\n")


def test_ctrl_c_while_okra_is_still_loading_is_one_line_and_130() -> None:
    program = (
        "import sys\n"
        "class Pressed:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'okra.cli.main':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Pressed())\n"
        "sys.argv = ['okra', 'fmt']\n"
        "from okra.__main__ import main\n"
        "sys.exit(main())\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert (found.returncode, found.stdout, found.stderr) == (130, "", "interrupted\n")


def test_a_reader_that_goes_away_is_no_error(folder: Path) -> None:
    reading, writing = os.pipe()
    running = subprocess.Popen(
        [sys.executable, "-m", "okra", "explain"], stdout=writing, stderr=subprocess.PIPE, text=True
    )
    os.close(writing)
    os.close(reading)
    _, err = running.communicate(timeout=30)
    assert (running.returncode, err) == (0, "")


@pytest.mark.parametrize("arguments", ["--help", "--version", "explain"])
@pytest.mark.parametrize("closing", [">&-", "2>&-", "<&-", ">&- 2>&- <&-", "| true"])
def test_closed_streams_are_no_error(folder: Path, arguments: str, closing: str) -> None:
    command = f"set -o pipefail; {sys.executable} -m okra {arguments} {closing}"
    found = subprocess.run(["bash", "-c", command], check=False, capture_output=True, text=True)
    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["explain"], ["--json", "fmt"]])
def test_output_that_can_not_be_written_fails_with_one_screen_for_each_try(
    folder: Path, arguments: list[str]
) -> None:
    with Path("/dev/full").open("w") as full:
        found = subprocess.run(
            [sys.executable, "-m", "okra", *arguments],
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert found.returncode != 0
    assert "the system refused: no space left on device" in found.stderr
    assert "Traceback" not in found.stderr


ASCII = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}


def test_characters_that_the_terminal_lacks_are_no_error(terminal: Callable) -> None:
    found = terminal("explain", **ASCII)
    assert (found.code, "error[" in found.out) == (0, False)


def test_files_and_pipes_get_utf_8_whatever_the_locale(process: Callable) -> None:
    schema = 'model User {\n  id: ID!\n  name: String! @default("é😀")\n}\n'
    assert process("fmt", "-", stdin=schema, **ASCII).out == schema


def test_colours_only_at_a_terminal(terminal: Callable, process: Callable) -> None:
    colour = "\x1b["
    assert colour in terminal("db:nothing").out
    assert colour not in terminal("db:nothing", "--no-color").out
    assert colour not in terminal("db:nothing", NO_COLOR="1").out
    assert colour not in terminal("db:nothing", TERM="dumb").out
    assert colour not in process("db:nothing").err
