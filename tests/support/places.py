"""A database of any kind with a current folder, and commands that are run on it as users do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from addresses import url_text
from okra.cli.main import run
from okra.dialects import dialect
from okra.dialects.session import connect

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from okra.url import DatabaseUrl


class Ran(NamedTuple):
    """What a command left."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


class Place:
    """A database, the current folder, and commands."""

    def __init__(self, url: DatabaseUrl, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.url = url
        self.folder = folder
        self.address = str(url) if url.path else url_text(url)
        self._capsys = capsys

    @property
    def provider(self) -> str:
        return self.url.provider

    def okra(self, *arguments: str) -> Ran:
        """Run a command in this process; the configuration says where the database is, if there is one."""
        where = () if (self.folder / "okra.config.json").exists() else ("--url", self.address)
        self._capsys.readouterr()
        code = run([*arguments, *where])
        found = self._capsys.readouterr()
        return Ran(code, found.out, found.err)

    def must(self, *arguments: str) -> str:
        """The same; it has to go well. What it printed."""
        found = self.okra(*arguments)
        assert found.code == 0, found
        return found.out

    def schema(self, text: str) -> None:
        (self.folder / "models.okra.gql").write_text(text)

    def configure(self, **database: object) -> None:
        """Write a configuration with this database."""
        entry = {"provider": self.provider, "url": self.address} | database
        (self.folder / "okra.config.json").write_text(json.dumps({"database": entry}))

    def sql(self, text: str) -> list[tuple]:
        """Run statements with another connection; rows of the last one that gives rows."""
        session = connect(self.url, lock_timeout_ms=5_000)
        rows: list[tuple] = []
        for script in dialect(self.provider).split(text):
            if script.sql.upper().startswith(("SELECT", "WITH", "SHOW")):
                rows = session.query(script.sql)
            else:
                session.execute(script.sql)
        session.close()
        return rows
