"""What the text of CREATE TABLE and CREATE INDEX says and SQLite's catalogue does not.

Checks and their names, collations, generated columns, AUTOINCREMENT, deferrable keys, table options and
conflict clauses. The text was accepted by SQLite, so it is read leniently: what is not understood is passed over.
"""

from __future__ import annotations

import re

import msgspec

from okra.relational.sqltext import (
    ascii_lower,
    ascii_upper,
    is_broken,
    is_word,
    name_of,
    significant,
)


class ColumnText(msgspec.Struct, kw_only=True):
    """generated: its expression; stored: whether its values are kept."""

    collation: str | None = None
    identity: bool = False
    generated: str | None = None
    stored: bool = False


class CheckText(msgspec.Struct, kw_only=True):
    expression: str
    name: str | None = None


class KeyText(msgspec.Struct, kw_only=True):
    """One foreign key, in the order of the text."""

    deferrable: bool = False
    initially_deferred: bool = False


class TableText(msgspec.Struct, kw_only=True):
    """columns by name in lower case; conflicts: what an ON CONFLICT clause belongs to."""

    columns: dict[str, ColumnText] = msgspec.field(default_factory=dict)
    checks: list[CheckText] = msgspec.field(default_factory=list)
    keys: list[KeyText] = msgspec.field(default_factory=list)
    options: tuple[str, ...] = ()
    conflicts: list[str] = msgspec.field(default_factory=list)


class IndexText(msgspec.Struct, kw_only=True):
    """The texts of an index's parts, without ASC and DESC, and its predicate."""

    parts: tuple[str, ...] = ()
    where: str | None = None


NOTHING = TableText()
# Most tables have none of these, and then the catalogue alone tells everything. For text in lower case.
_TELLING = re.compile(r"\b(?:check|collate|as\b|autoincrement|deferr|conflict|strict\b|without)")
_TABLE_PARTS = frozenset({"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"})


def read_table(sql: str) -> TableText:
    """What `sql`, the CREATE TABLE text of the catalogue, says beyond the catalogue."""
    if _TELLING.search(sql.lower()) is None:
        return NOTHING
    return _TableReader(significant(sql)).read()


def read_index(sql: str) -> IndexText:
    """The expressions of `sql`, the CREATE INDEX text of the catalogue."""
    words = significant(sql)
    reader = _TableReader(words)
    if not reader.enter():
        return IndexText()
    parts = []
    while not reader.ended():
        begin = reader.at
        while reader.word() not in (",", ")", ""):
            reader.skip()
        part = words[begin : reader.at]
        if part and ascii_upper(part[-1]) in ("ASC", "DESC"):
            part.pop()
        parts.append(" ".join(part))
        if reader.take() != ",":
            break
    where = " ".join(words[reader.at + 1 :]) if reader.word() == "WHERE" else None
    return IndexText(parts=tuple(parts), where=where)


class _TableReader:
    """Reads the body of CREATE TABLE, one definition after the other."""

    def __init__(self, words: list[str]) -> None:
        if words and is_broken(words[-1]):
            words = words[:-1]
        self.words = words
        self.at = 0
        self.text = TableText()
        self.column: ColumnText | None = None
        self.place = ""
        self.constraint: str | None = None

    def read(self) -> TableText:
        if self.enter():
            while not self.ended():
                self._definition()
                if self.take() != ",":
                    break
            self._options()
        return self.text

    def enter(self) -> bool:
        """Go to behind the first parenthesis."""
        while not self.ended():
            if self.take() == "(":
                return True
        return False

    def ended(self) -> bool:
        return self.at >= len(self.words)

    def word(self, ahead: int = 0) -> str:
        """The next word in upper case; a quoted name or text as it stands."""
        at = self.at + ahead
        if at >= len(self.words):
            return ""
        found = self.words[at]
        return ascii_upper(found) if is_word(found) else found

    def take(self) -> str:
        """The next word as it stands, and go on."""
        if self.ended():
            return ""
        self.at += 1
        return self.words[self.at - 1]

    def skip(self) -> str:
        """Pass over the next word, or over a parenthesis with all that it holds; returns what it holds."""
        if self.take() != "(":
            return ""
        begin = self.at
        depth = 1
        while depth and not self.ended():
            word = self.take()
            depth += (word == "(") - (word == ")")
        return " ".join(self.words[begin : self.at - (depth == 0)])

    def _definition(self) -> None:
        """Definition = column {constraint} | table-constraint {table-constraint}."""
        self.constraint = None
        if self.word() in _TABLE_PARTS:
            self.column = None
            self.place = ""
        else:
            name = name_of(self.take())
            self.column = ColumnText()
            self.place = name
            self.text.columns[ascii_lower(name)] = self.column
        while self.word() not in (",", ")", ""):
            self._constraint()

    def _constraint(self) -> None:
        word = self.word()
        if word == "CONSTRAINT":
            self.take()
            self.constraint = name_of(self.take())
            return
        match word:
            case "CHECK":
                self._check()
            case "DEFAULT":
                self._default()
            case "COLLATE":
                self._collate()
            case "AS":
                self._generated()
            case "PRIMARY":
                self._primary_key()
            case "REFERENCES":
                self.text.keys.append(KeyText())
                self.take()
                self.take()
            case "NOT" | "DEFERRABLE":
                self._deferrable()
            case "ON":
                self._on()
            case "UNIQUE" | "FOREIGN" | "NULL":
                self.take()
            case "AUTOINCREMENT":
                self.take()
                self._count(self.column)
            case _:
                self.skip()
                return
        self.constraint = None

    def _check(self) -> None:
        self.take()
        if self.word() == "(":
            self.text.checks.append(CheckText(expression=self.skip(), name=self.constraint))

    def _default(self) -> None:
        self.take()
        if self.word() in ("+", "-"):
            self.take()
        self.skip()

    def _collate(self) -> None:
        self.take()
        collation = ascii_upper(name_of(self.take()))
        if self.column is not None:
            self.column.collation = None if collation == "BINARY" else collation

    def _generated(self) -> None:
        self.take()
        if self.word() != "(" or self.column is None:
            return
        self.column.generated = self.skip()
        self.column.stored = self.word() == "STORED"

    def _primary_key(self) -> None:
        self.take()
        if self.word() == "KEY":
            self.take()
        if self.word() == "(":
            begin = self.at + 1
            self.skip()
            inside = self.words[begin : self.at - 1]
            if inside and ascii_upper(inside[-1]) == "AUTOINCREMENT":
                self._count(self.text.columns.get(ascii_lower(name_of(inside[0]))))

    def _count(self, column: ColumnText | None) -> None:
        if column is not None:
            column.identity = True

    def _deferrable(self) -> None:
        """[NOT] DEFERRABLE [INITIALLY DEFERRED | INITIALLY IMMEDIATE]; it is about the key before it."""
        negated = self.word() == "NOT"
        if negated:
            self.take()
        if self.word() != "DEFERRABLE":
            return
        self.take()
        deferred = False
        if self.word() == "INITIALLY":
            self.take()
            deferred = ascii_upper(self.take()) == "DEFERRED"
        if self.text.keys:
            self.text.keys[-1] = KeyText(
                deferrable=not negated, initially_deferred=deferred and not negated
            )

    def _on(self) -> None:
        """ON CONFLICT word | ON DELETE action | ON UPDATE action; actions are up to two words."""
        self.take()
        if self.word() != "CONFLICT":
            self.take()
            if self.word() in ("SET", "NO"):
                self.take()
            self.take()
            return
        self.take()
        resolution = ascii_upper(self.take())
        if resolution != "ABORT":
            self.text.conflicts.append(self.place)

    def _options(self) -> None:
        found = set()
        while not self.ended():
            word = self.word()
            if word == "STRICT":
                found.add("strict")
            elif word == "WITHOUT" and self.word(1) == "ROWID":
                found.add("without_rowid")
            self.at += 1
        self.text.options = tuple(sorted(found))
