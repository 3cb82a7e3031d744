"""What a dialect knows about what was dropped and is kept aside: where it is, and how it goes for good."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

import msgspec

from okra.relational.trash import is_trash

if TYPE_CHECKING:
    from okra.dialects.session import MigrationSession


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A table or a column that is kept aside.

    table    the table: its own name, or that of the one which the column is in
    column   None where all of the table is meant
    count    SQL for how many rows, or values, it has
    drop     SQL that drops it
    foreign  it is in a schema that the URL does not name, and maybe another project's
    """

    table: str
    column: str | None = None
    count: str
    drop: str
    foreign: bool = False

    @property
    def within(self) -> bool:
        """Whether it is in a table that is kept aside itself, and goes with it."""
        return self.column is not None and is_trash(self.table.rpartition(".")[2])

    @property
    def name(self) -> str:
        """The name that was given to it when it was put aside."""
        return self.column or self.table.rpartition(".")[2]


class Trash(Protocol):
    """What a dialect's `server/trash.py` has."""

    def kept(self, session: MigrationSession) -> list[Kept]:
        """All that is kept aside, tables first."""
        ...


def kept(provider: str, session: MigrationSession) -> list[Kept]:
    """All that is kept aside in the session's database of this `provider`."""
    from okra.dialects import DIALECTS

    found = cast("Trash", import_module(f"{DIALECTS[provider]}.server.trash"))
    return found.kept(session)


def kept_table(table: str, path: str) -> Kept:
    """A table that is kept aside; `path` is its name in SQL."""
    return Kept(table=table, count=f"SELECT count(*) FROM {path}", drop=f"DROP TABLE {path}")


def kept_column(table: str, path: str, column: str, quoted: str) -> Kept:
    """A column that is kept aside; `path` and `quoted` are the names in SQL."""
    return Kept(
        table=table,
        column=column,
        count=f"SELECT count({quoted}) FROM {path}",
        drop=f"ALTER TABLE {path} DROP COLUMN {quoted}",
    )
