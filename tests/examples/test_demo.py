"""`scripts/demo` checks its own rows; here it is only run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_demonstration_ends_well() -> None:
    done = subprocess.run(
        [ROOT / "scripts" / "demo"],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "OKRA_DEMO_PYTHON": sys.executable},
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("All rows were where they should be, after each step.\n")
    for provider in ("postgres", "mysql"):
        assert f"The same on {provider}" in done.stdout or f"LEFT OUT: {provider}" in done.stdout
    assert "u1 | Ada | ada@example.org | 5f4d" in done.stdout
