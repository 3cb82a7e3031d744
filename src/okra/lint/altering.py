"""ALTER TABLE, clause by clause, and the columns that it defines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import (
    Act,
    AddsCheck,
    AddsColumn,
    AddsForeignKey,
    AddsKey,
    AttachesPartition,
    ChangesAccess,
    ColumnText,
    CreatesIndex,
    DropsColumn,
    DropsConstraint,
    DropsIndexes,
    Form,
    Redefines,
    RenamesColumn,
    RenamesTable,
    SetsNotNull,
    SetsType,
    ValidatesConstraint,
    WritesAnew,
)
from okra.lint.cursor import Cursor, joined
from okra.relational.sqltext import TokenKind, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.relational.sqltext import SqlToken

_PART_ENDS = frozenset(
    [
        "NOT",
        "NULL",
        "DEFAULT",
        "PRIMARY",
        "UNIQUE",
        "REFERENCES",
        "CHECK",
        "GENERATED",
        "CONSTRAINT",
        "COLLATE",
        "AS",
        "AUTO_INCREMENT",
        "AUTOINCREMENT",
        "COMMENT",
        "ON",
        "FIRST",
        "AFTER",
        "KEY",
        "VIRTUAL",
        "STORED",
        "PERSISTENT",
        "INVISIBLE",
        "USING",
    ]
)
_SERIALS = frozenset({"smallserial", "serial", "bigserial", "serial2", "serial4", "serial8"})
_INDEX_WORDS = ("INDEX", "KEY", "FULLTEXT", "SPATIAL")
_TABLE_PARTS = frozenset({"CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "EXCLUDE"})


def alter_table(cursor: Cursor, provider: str) -> Iterator[Act]:
    """What the clauses of an ALTER TABLE do; `cursor` is behind TABLE."""
    cursor.take("IF", "EXISTS")
    cursor.take("ONLY")
    begin = cursor.at
    table = cursor.name()
    algorithm = lock = ""
    for clause in cursor.clauses():
        word = clause.word()
        if word in ("ALGORITHM", "LOCK"):
            clause.skip()
            clause.take("=")
            if word == "LOCK":
                lock = clause.word()
            else:
                algorithm = clause.word()
            continue
        yield from _clause(clause, table)
    if provider == "mysql":
        yield Form(at=begin, table=table, algorithm=algorithm, lock=lock)


def _clause(clause: Cursor, table: str) -> Iterator[Act]:
    at, word = clause.at, clause.word()
    clause.skip()
    match word:
        case "ADD":
            yield from _add(clause, table, at)
        case "DROP":
            yield from _drop(clause, table, at)
        case "ALTER":
            yield from _alter_column(clause, table, at)
        case "MODIFY" | "CHANGE":
            clause.take("COLUMN")
            clause.take("IF", "EXISTS")
            before = clause.name()
            after = clause.name() if word == "CHANGE" else before
            definition, _ = column_text(clause, table, after)
            yield Redefines(at=at, table=table, column=before, definition=definition)
            if after != before:
                yield RenamesColumn(at=at, table=table, column=before, after=after)
        case "RENAME":
            yield from _rename(clause, table, at)
        case "VALIDATE":
            clause.take("CONSTRAINT")
            yield ValidatesConstraint(at=at, table=table, name=clause.name())
        case "ATTACH" if clause.take("PARTITION"):
            name = clause.name()
            rest = clause.word() == "DEFAULT"
            yield AttachesPartition(at=at, table=table, partition=name, rest=rest)
        case "OWNER" | "ENABLE" | "DISABLE" | "FORCE" | "NO" if (
            word == "OWNER" or "SECURITY" in clause.rest()
        ):
            yield ChangesAccess(at=at, what=f"{word} {clause.word()}")
        case "SET" if clause.word() in ("LOGGED", "UNLOGGED", "TABLESPACE", "ACCESS"):
            yield WritesAnew(at=at, what=f"SET {clause.word()}", table=table)
        case _:
            pass


def _add(clause: Cursor, table: str, at: int) -> Iterator[Act]:
    if clause.word() in _TABLE_PARTS:
        yield from _constraint(clause, table, at)
        return
    if clause.word() in _INDEX_WORDS:
        clause.skip()
        _ = clause.take("INDEX") or clause.take("KEY")
        name = "" if clause.word() == "(" else clause.name()
        columns, parts = clause.parts()
        yield CreatesIndex(at=at, table=table, name=name, columns=columns, parts=parts)
        return
    clause.take("COLUMN")
    clause.take("IF", "NOT", "EXISTS")
    if clause.word() == "(":  # MySQL: several columns at once
        for item in clause.group():
            inner = Cursor(item, lower=False)
            yield from _column(inner, table, at)
        return
    yield from _column(clause, table, at)


def _column(clause: Cursor, table: str, at: int) -> Iterator[Act]:
    column, others = column_text(clause, table, clause.name())
    yield AddsColumn(at=at, table=table, column=column)
    yield from others


def _constraint(clause: Cursor, table: str, at: int) -> Iterator[Act]:
    name = ""
    if clause.take("CONSTRAINT") and clause.word() not in _TABLE_PARTS:
        name = clause.name()
    words = clause.rest()
    unchecked = words[-2:] == ["NOT", "VALID"]
    if clause.take("PRIMARY", "KEY"):
        index = _ready(clause)
        yield AddsKey(
            at=at,
            table=table,
            columns=clause.names(),
            primary=True,
            ready=bool(index),
            index=index,
        )
    elif clause.take("UNIQUE"):
        index = _ready(clause)
        while not clause.done and clause.word() != "(":
            clause.skip()
        yield AddsKey(at=at, table=table, columns=clause.names(), ready=bool(index), index=index)
    elif clause.take("FOREIGN", "KEY"):
        if clause.word() != "(":
            name = clause.name()
        columns = clause.names()
        clause.take("REFERENCES")
        parent = clause.name()
        yield AddsForeignKey(
            at=at, table=table, columns=columns, parent=parent, name=name, unchecked=unchecked
        )
    elif clause.take("CHECK"):
        found = clause.group()
        yield AddsCheck(
            at=at,
            table=table,
            name=name,
            words=_words(found),
            requires=_required(found),
            unchecked=unchecked,
        )


def _ready(clause: Cursor) -> str:
    """The index of USING INDEX; empty where none follows."""
    return clause.name() if clause.take("USING", "INDEX") else ""


def _required(condition: list[list[SqlToken]]) -> str | None:
    """The column of `(column IS NOT NULL)`."""
    for item in condition[:1]:
        words = [token.text.upper() for token in item]
        if words[1:] == ["IS", "NOT", "NULL"]:
            return name_of(item[0].text)
    return None


def _words(condition: list[list[SqlToken]]) -> tuple[str, ...]:
    """The names in a condition."""
    kinds = (TokenKind.NAME, TokenKind.WORD)
    return tuple(name_of(token.text) for item in condition for token in item if token.kind in kinds)


def _drop(clause: Cursor, table: str, at: int) -> Iterator[Act]:
    cascade = clause.rest()[-1:] == ["CASCADE"]
    if clause.word() in ("CONSTRAINT", "FOREIGN", "CHECK"):
        clause.skip()
        clause.take("KEY")
        clause.take("IF", "EXISTS")
        yield DropsConstraint(at=at, table=table, name=clause.name(), cascade=cascade)
    elif clause.word() in ("INDEX", "KEY"):
        clause.skip()
        clause.take("IF", "EXISTS")
        yield DropsIndexes(at=at, names=(clause.name(),), table=table)
    elif clause.word() not in ("FULLTEXT", "SPATIAL", "PRIMARY", "PARTITION"):
        clause.take("COLUMN")
        clause.take("IF", "EXISTS")
        yield DropsColumn(at=at, table=table, column=clause.name(), cascade=cascade)


def _alter_column(clause: Cursor, table: str, at: int) -> Iterator[Act]:
    if clause.word() in ("INDEX", "CONSTRAINT", "CHECK"):
        return
    clause.take("COLUMN")
    column = clause.name()
    if clause.take("SET", "NOT", "NULL"):
        yield SetsNotNull(at=at, table=table, column=column)
    elif clause.take("TYPE") or clause.take("SET", "DATA", "TYPE"):
        kind = joined(clause.until(_PART_ENDS))
        collated = clause.word() == "COLLATE"
        yield SetsType(at=at, table=table, column=column, type=kind, collated=collated)


def _rename(clause: Cursor, table: str, at: int) -> Iterator[Act]:
    if clause.word() in ("CONSTRAINT", "INDEX", "KEY"):
        return
    if clause.take("TO") or clause.take("AS"):
        yield RenamesTable(at=at, table=table, after=clause.name())
        return
    clause.take("COLUMN")
    before = clause.name()
    if clause.take("TO"):
        yield RenamesColumn(at=at, table=table, column=before, after=clause.name())


def column_text(clause: Cursor, table: str, name: str) -> tuple[ColumnText, tuple[Act, ...]]:
    """The definition behind a column's name, and the constraints that stand in it."""
    kind = joined(clause.until(_PART_ENDS))
    required = identity = comment = False
    default: str | None = None
    generated: str | None = None
    others: list[Act] = []
    while not clause.done:
        if clause.take("NOT", "NULL"):
            required = True
        elif clause.take("DEFAULT"):
            default = joined(_value(clause)) or None
        elif clause.take("AUTO_INCREMENT") or clause.take("AUTOINCREMENT"):
            identity = True
        elif clause.word() in ("GENERATED", "AS"):
            words = clause.rest()
            identity = identity or "IDENTITY" in words
            virtual = "VIRTUAL" in words or not {"STORED", "PERSISTENT"} & {*words}
            generated = None if identity else "virtual" if virtual else "stored"
            break
        else:
            comment = comment or clause.word() == "COMMENT"
            others += _inline(clause, table, name)
    found = ColumnText(
        name=name,
        type=kind,
        required=required,
        default=default,
        generated=generated,
        identity=identity or kind.lower() in _SERIALS,
        comment=comment,
    )
    return found, tuple(others)


def _inline(clause: Cursor, table: str, name: str) -> Iterator[Act]:
    """The constraint that comes next behind a column; or one word that is none."""
    at = clause.at
    if clause.take("PRIMARY", "KEY"):
        yield AddsKey(at=at, table=table, columns=(name,), primary=True)
    elif clause.take("UNIQUE"):
        yield AddsKey(at=at, table=table, columns=(name,))
    elif clause.take("REFERENCES"):
        yield AddsForeignKey(at=at, table=table, columns=(name,), parent=clause.name(), inline=True)
    elif clause.take("CHECK"):
        found = clause.group()
        yield AddsCheck(
            at=at, table=table, words=_words(found), requires=_required(found), inline=True
        )
    else:
        clause.skip()


def _value(clause: Cursor) -> list[SqlToken]:
    """The default: all up to the next word of a column's definition; nothing for NULL."""
    first = clause.until(_PART_ENDS)
    if not first and not clause.done:
        clause.skip()  # DEFAULT NULL
    return first
