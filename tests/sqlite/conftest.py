"""Live SQLite databases for tests."""

from __future__ import annotations

import pytest

from okra.dialects.sqlite.server.session import scratch
from okra.dialects.sqlite.server.split import split


@pytest.fixture
def make_live():
    """A function: SQL text → a session on a new database in memory that ran it."""
    opened = []

    def make(sql=""):
        session = scratch()
        opened.append(session)
        for script in split(sql):
            session.execute(script.sql)
        return session

    yield make
    for session in opened:
        session.close()
