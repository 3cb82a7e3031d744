"""The tools that tests of generated code share."""

from __future__ import annotations

import pytest

from toolchains import Toolchains
from workshop import Workshop, worker_base


@pytest.fixture(scope="session")
def toolchains(tmp_path_factory: pytest.TempPathFactory) -> Toolchains:
    """Go, Node, npm's packages and ruff, with one folder for all workers of the run."""
    base = worker_base(tmp_path_factory.getbasetemp()) / "codegen"
    base.mkdir(exist_ok=True)
    return Toolchains(base)


@pytest.fixture(scope="session")
def workshop(toolchains: Toolchains) -> Workshop:
    """All cases, compiled and checked."""
    return Workshop(toolchains)
