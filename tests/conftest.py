"""Options that every test may read."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("same every time", derandomize=True)
settings.register_profile("new every night")


def pytest_configure(config: pytest.Config) -> None:
    """Random inputs are the same in every run, so that a red test is red for all; the nightly run looks further."""
    nightly = config.getoption("markexpr") != "not nightly"
    settings.load_profile("new every night" if nightly else "same every time")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what the code makes now into tests/golden; review reads the difference",
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))
