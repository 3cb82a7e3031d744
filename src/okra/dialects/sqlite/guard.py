"""Around the statements of one migration file: what the file can't know about is kept all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Script
    from okra.dialects.sqlite.session import SqliteSession


class SqliteGuard:
    """Keeps indexes, triggers, views, rows and counters over the rebuild of their table."""

    def __init__(self, session: SqliteSession, scripts: Sequence[Script]) -> None:
        self._session = session
        self._scripts = scripts

    def start(self) -> None:
        """Look at what the file is about to touch."""

    def run(self, number: int) -> None:
        """Run the statement with this number."""
        self._session.execute(self._scripts[number].sql)

    def finish(self) -> None:
        """Put back what went with its table, and check that nothing was lost."""
