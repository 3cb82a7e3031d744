"""A live SQLite database for tests."""

from __future__ import annotations

import sqlite3

import pytest


class Live:
    """A Session on a real database in memory."""

    def __init__(self):
        self.connection = sqlite3.connect(":memory:", isolation_level=None)

    def query(self, sql, parameters=()):
        return self.connection.execute(sql, parameters).fetchall()

    def execute(self, sql, parameters=()):
        return self.connection.execute(sql, parameters).rowcount

    def script(self, sql):
        self.connection.executescript(sql)

    def close(self):
        self.connection.close()


@pytest.fixture
def live():
    session = Live()
    yield session
    session.close()


@pytest.fixture
def open_live():
    """Opens as many databases as the test asks for."""
    opened = []

    def connect():
        opened.append(Live())
        return opened[-1]

    yield connect
    for session in opened:
        session.close()
