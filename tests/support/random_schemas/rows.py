"""Random rows that a database takes: odd values of every kind, as many as its constraints allow."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from okra.relational.changes import CreateTable
from okra.relational.diff import diff
from okra.relational.model import Database
from okra.relational.order import order
from random_schemas.spec import sql_name

if TYPE_CHECKING:
    from okra.relational.model import Column, Table
    from random_schemas.choice import Choice

NUMBERS: list[object] = [0, 1, 2, 7, -3, 42, 2**53 + 1, 2**63 - 1, -(2**63), 1.5]
FLOATS: list[object] = [0.0, 0.1, 1.5, -2.25, 1e300, 0.1 + 0.2, 3]
TEXTS: list[object] = ["", "a", "007", "7", "b", "it's", 'x"y', "naïve ☃ 😀", " pad ", "x", "B"]
BYTES: list[object] = [b"", b"\x00\xff", b"abc"]
ODD: list[object] = ["007", "abc", b"\x00", 3.25, 12, "1e3"]


class Filler:
    """Fills a database with rows."""

    def __init__(self, choice: Choice, connection: sqlite3.Connection) -> None:
        self.choice = choice
        self.connection = connection
        connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")

    def fill(self, database: Database) -> int:
        """Put up to four rows into each table, those that are referred to first; returns how many."""
        self.connection.execute("PRAGMA foreign_keys = ON")
        made = 0
        for change in order(diff(Database(), database), cut_cycles=False):
            if isinstance(change, CreateTable):
                for number in range(self.choice.number(0, 4)):
                    made += self.insert(change.table, number)
        return made

    def insert(self, table: Table, number: int) -> int:
        values = {column.name: self.value(column, table, number) for column in table.columns}
        for key in table.foreign_keys:
            self.refer(values, key)
        chosen = [c.name for c in table.columns if self.is_given(c)]
        columns = ", ".join(sql_name(name) for name in chosen)
        marks = ", ".join("?" for _ in chosen)
        target = sql_name(table.name)
        sql = f"INSERT INTO {target} ({columns}) VALUES ({marks})"
        if not chosen:
            sql = f"INSERT INTO {target} DEFAULT VALUES"
        try:
            self.connection.execute(sql, [values[name] for name in chosen])
        except (sqlite3.IntegrityError, sqlite3.OperationalError, OverflowError, UnicodeError):
            return 0
        return 1

    def is_given(self, column: Column) -> bool:
        if column.generated is not None:
            return False
        return column.default is None or self.choice.chance(70)

    def refer(self, values: dict[str, object], key) -> None:
        names = ", ".join(sql_name(name) for name in key.references)
        rows = self.connection.execute(f"SELECT {names} FROM {sql_name(key.table)}").fetchall()
        row = self.choice.one(rows) if rows else (None,) * len(key.columns)
        values.update(zip(key.columns, row, strict=True))

    def value(self, column: Column, table: Table, number: int) -> object:
        choice = self.choice
        if column.nullable and choice.chance(25):
            return None
        key = table.primary_key
        if key is not None and column.name in key.columns and choice.chance(80):
            return number * 7 + 1 if "int" in str(column.type) else f"k{number}"
        for check in table.checks:
            allowed = self.allowed(check.expression, column.name)
            if allowed:
                return choice.one(allowed)
        if choice.chance(8):
            return choice.one(ODD)
        kind = str(column.type)
        if "int" in kind:
            return choice.one(NUMBERS)
        if "real" in kind or "num" in kind or "doub" in kind:
            return choice.one(FLOATS)
        return choice.one(BYTES if "blob" in kind else TEXTS)

    def allowed(self, expression: str, column: str) -> list[object]:
        """The texts of `column IN (…)`."""
        for name in (column, sql_name(column)):
            if expression.startswith(f"{name} IN ("):
                values = expression[len(name) + 4 :]
                row = self.connection.execute(f"SELECT {values[1:-1]}").fetchone()
                return list(row)
        return []


def add_objects(
    choice: Choice, connection: sqlite3.Connection, database: Database
) -> dict[str, str]:
    """A view and a trigger that OKRA knows nothing of; returns their names and those of their tables."""
    made = {}
    for kind in choice.some(["view", "trigger"], 1, 2):
        table = choice.one(database.tables)
        columns = [sql_name(c.name) for c in choice.some(table.columns, 1, 3)]
        name, target = f"users_own_{kind}", sql_name(table.name)
        if kind == "view":
            sql = f"CREATE VIEW {name} AS SELECT {', '.join(columns)} FROM {target}"
        else:
            shown = ", ".join(f"NEW.{column}" for column in columns)
            sql = f"CREATE TRIGGER {name} AFTER INSERT ON {target} BEGIN SELECT {shown}; END"
        connection.execute(sql)
        made[name] = table.name
    return made
