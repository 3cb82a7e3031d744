"""The measurements run: each case comes to its end and gives a line of the table."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def output(script: str, *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, BENCHMARKS / script, *arguments],
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def cells(table: str) -> list[list[str]]:
    rows = [line for line in table.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[1:]]


def test_a_case_after_ten_migrations_is_measured_beside_python_itself() -> None:
    found = cells(output("run.py", "--models", "2", "--runs", "1", "--only", "after 10 migrations"))

    assert [row[:2] for row in found] == [
        ["python -c pass", ""],
        ["one column more, after 10 migrations", "2"],
    ]
    assert all(float(row[2]) > 0 and float(row[3]) > 0 and float(row[4]) > 1 for row in found)


def test_the_extra_column_is_the_only_difference_of_the_workload() -> None:
    plain = output("workload.py", "3").splitlines()
    longer = output("workload.py", "3", "--extra").splitlines()

    assert [line for line in longer if line not in plain] == ["  extra: String?"]
    assert len(longer) == len(plain) + 1


def test_types_of_each_language_are_measured_alone_and_together() -> None:
    found = cells(output("models.py", "--models", "2", "--runs", "1"))

    assert [row[0] for row in found] == [
        "python -c pass",
        "the schema alone: db:validate",
        "go",
        "typescript",
        "python",
        "three languages",
        "three languages, nothing to write",
        "three languages, a file for each model",
        "three languages, every option",
    ]
    assert all(float(row[2]) > 0 for row in found)
