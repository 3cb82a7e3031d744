"""The layers of ARCHITECTURE.md hold, and the limits of files and functions."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import okra

SOURCE = Path(okra.__file__).parent
ROOT = SOURCE.parent.parent
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 40


def test_imports_follow_the_layers() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-logo", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_only_the_command_line_knows_click() -> None:
    found = {
        path.relative_to(SOURCE).parts[0]
        for path in SOURCE.rglob("*.py")
        if "click" in imported(path)
    }
    assert found == {"cli"}


def test_drivers_are_imported_by_their_dialect_only() -> None:
    drivers = {"sqlite3": "sqlite", "psycopg": "postgres", "pymysql": "mysql"}
    found = {
        (driver, path.relative_to(SOURCE).parts[:2])
        for path in SOURCE.rglob("*.py")
        for driver in drivers.keys() & imported(path)
    }
    assert found <= {(driver, ("dialects", name)) for driver, name in drivers.items()}


def imported(path: Path) -> set[str]:
    """The packages that a file imports, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_no_file_is_longer_than_the_limit() -> None:
    lengths = {
        str(path.relative_to(SOURCE)): len(path.read_text().splitlines())
        for path in SOURCE.rglob("*.py")
    }
    assert {name: lines for name, lines in lengths.items() if lines > MAX_FILE_LINES} == {}


def test_no_function_is_longer_than_the_limit() -> None:
    """Counted without signature and docstring."""
    found = {}
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                lines = body_lines(node)
                if lines > MAX_FUNCTION_LINES:
                    found[f"{path.relative_to(SOURCE)}:{node.name}"] = lines
    assert found == {}


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
