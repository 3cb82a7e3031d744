"""`okra fmt`, and `okra db:validate` beside it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

UGLY = "model A{id:ID!\n# why\nname :String}"
NEAT = "model A {\n  id: ID!\n  # why\n  name: String\n}\n"


@pytest.fixture
def ugly(folder: Path) -> Path:
    (folder / "models.okra.gql").write_text(UGLY)
    return folder


def test_the_configured_files_are_formatted(okra: Callable, ugly: Path) -> None:
    found = okra("fmt")
    assert found == (0, "Formatted models.okra.gql\n1 file changed, 0 as they were.\n", "")
    assert (ugly / "models.okra.gql").read_text() == NEAT
    assert okra("fmt") == (0, "1 file is formatted already.\n", "")


def test_check_writes_nothing_and_tells_with_its_exit_code(okra: Callable, ugly: Path) -> None:
    assert okra("fmt", "--check") == (
        3,
        "Would format models.okra.gql\n1 file would change, 0 would not.\n",
        "",
    )
    assert (ugly / "models.okra.gql").read_text() == UGLY
    okra("fmt", "--quiet")
    assert okra("fmt", "--check").code == 0


def test_files_folders_and_patterns(okra: Callable, folder: Path) -> None:
    for name in ("a.okra.gql", "deep/b.okra.gql", "deep/er/c.okra.gql", "deep/d.txt"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(UGLY)
    document = okra("fmt", "--json", "a.okra.gql", "deep").json()
    assert document == {
        "changed": ["a.okra.gql", "deep/b.okra.gql", "deep/er/c.okra.gql"],
        "unchanged": [],
    }
    assert len(okra("fmt", "**/*.gql", "--check", "--json").json()["unchanged"]) == 3


def test_standard_input_goes_to_standard_output(process: Callable) -> None:
    assert process("fmt", "-", stdin=UGLY) == (0, NEAT, "")
    assert process("fmt", "-", "--check", stdin=UGLY) == (3, "", "")
    assert process("fmt", "-", "--check", stdin=NEAT) == (0, "", "")
    assert process("fmt", "-", "--json", stdin=NEAT).json() == {"changed": False, "text": NEAT}


def test_line_ends_and_byte_order_marks_become_one_kind(okra: Callable, folder: Path) -> None:
    (folder / "models.okra.gql").write_bytes(b"\xef\xbb\xbf" + NEAT.replace("\n", "\r\n").encode())
    assert okra("fmt").code == 0
    assert (folder / "models.okra.gql").read_bytes() == NEAT.encode()


def test_a_file_with_an_error_stops_all_of_them(okra: Callable, ugly: Path) -> None:
    (ugly / "b.okra.gql").write_text("model {")
    (ugly / "c.okra.gql").write_text("modle A {}")
    found = okra("fmt", "models.okra.gql", "b.okra.gql", "c.okra.gql")
    assert (found.code, found.out) == (1, "")
    assert "b.okra.gql:1:" in found.err
    assert "c.okra.gql:1:" in found.err
    assert (ugly / "models.okra.gql").read_text() == UGLY


@pytest.mark.parametrize(
    ("files", "code"), [(["no.okra.gql"], "OKR604"), (["empty"], "OKR613"), ([], "OKR604")]
)
def test_a_file_that_is_not_there_is_an_error(
    okra: Callable, folder: Path, files: list[str], code: str
) -> None:
    (folder / "empty").mkdir()
    found = okra("fmt", *files)
    assert (found.code, found.err.startswith(f"error[{code}]")) == (2, True)


def test_standard_input_that_is_not_utf8_is_an_error(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "okra", "fmt", "-"],
        input=b"# \xff",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith(b"error[OKR614]: the schema `standard input` is not UTF-8\n")


def test_validate_counts_what_it_checked(okra: Callable, blog: Path) -> None:
    assert okra("db:validate") == (0, "The schema is valid: 1 model, 0 enums.\n", "")
    assert okra("db:validate", "--json").json() == {
        "valid": True,
        "files": ["models.okra.gql"],
        "models": 1,
        "enums": 0,
        "warnings": [],
    }


def test_validate_shows_every_error_of_every_file(okra: Callable, folder: Path) -> None:
    (folder / "a.okra.gql").write_text("model A { id: ID!  x: Strin }")
    (folder / "b.okra.gql").write_text("model B { id: ID!  x: Itn }")
    found = okra("db:validate", "--schema", "a.okra.gql", "--schema", "b.okra.gql")
    assert (found.code, found.out, found.err.count("error[")) == (1, "", 2)
    assert found.err.endswith("\n\n2 errors\n")
    document = okra("db:validate", "--schema", "*.okra.gql", "--json").json()
    assert [item["file"] for item in document["error"]["diagnostics"]] == [
        "a.okra.gql",
        "b.okra.gql",
    ]


def test_a_schema_of_another_database_is_refused(okra: Callable, folder: Path) -> None:
    (folder / "okra.config.json").write_text(
        '{ "databases": { "shop": { "schemas": ["a.okra.gql"] }, "auth": {} } }'
    )
    (folder / "a.okra.gql").write_text('@okra(database: "auth")\nmodel A { id: ID! }')
    found = okra("db:validate", "--database", "shop")
    assert (found.code, "OKR622" in found.err) == (2, True)
