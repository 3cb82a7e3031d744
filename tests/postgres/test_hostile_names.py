"""Names and texts with everything in them that SQL gives a meaning to are read back as they were made."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from okra.dialects import dialect
from okra.dialects.postgres.quoting import literal, quote
from okra.relational.describe import describe
from okra.relational.diff import diff
from okra.relational.model import (
    Check,
    Column,
    Database,
    EnumType,
    Index,
    IndexPart,
    LiteralDefault,
    LogicalKind,
    LogicalType,
    Table,
)
from pulled import make

if TYPE_CHECKING:
    from okra.dialects.session import MigrationSession

POSTGRES = dialect("postgres")
NAMES = [
    'a"b', "a'b", "a\\b", "a\nb", "a--b", "a/*b", "a*/b", "a;b", "$$", "$okra$", "%s", "?", ":x", "\u202e", "😀",
    "é", "A", "select", "a b", " a", "a ", "(", ")", "[", "]", "{}", "{0}", "a,b", "\t", "x" * 40, "user", "_", "1",
    "null", "true", "current_date", "array", "case", "interval", "a``b", "@", "#", "E'x'", "U&", "now", "DEFAULT",
]  # fmt: skip


def hostile(name: str) -> tuple[Table, EnumType]:
    """A table and an enum with `name` wherever a name or a text can stand."""
    text = f"v {name}"
    value = name if name.strip() else f"{name}."  # no schema can say a blank one
    enum = EnumType(name=f"e{name}"[:50], values=(value, text), comment=text)
    kinds = {
        name: (LogicalType(kind=LogicalKind.INT), None),
        "txt": (LogicalType(kind=LogicalKind.STRING), text),
        "lst": (LogicalType(kind=LogicalKind.STRING, list=True), (name, text)),
        "js": (LogicalType(kind=LogicalKind.JSON), json.dumps({name: text}, ensure_ascii=False)),
        "en": (LogicalType(kind=LogicalKind.ENUM, enum=enum.name), value),
    }
    columns = tuple(
        Column(
            name=column,
            type=kind,
            nullable=True,
            default=None if value is None else LiteralDefault(value),
            comment=text,
        )
        for column, (kind, value) in kinds.items()
    )
    parts = (
        IndexPart(column=name),
        IndexPart(expression=f"{quote(name)} + 1"),
        IndexPart(
            expression=f"lower(txt || {literal(name)})", collation="C", ops="text_pattern_ops"
        ),
    )
    where = f"{quote(name)} > 0 AND txt <> {literal(text)}"
    table = Table(
        name=f"t{name}",
        columns=columns,
        indexes=(Index(name=f"i{name}", parts=parts, where=where, comment=text),),
        checks=(
            Check(
                name=f"c{name}", expression=f"{quote(name)} > 0 OR txt IN ({literal(name)}, 'b')"
            ),
        ),
        comment=text,
    )
    return table, enum


@pytest.fixture
def wanted() -> Database:
    tables, enums = zip(*map(hostile, NAMES), strict=True)
    return POSTGRES.resolve(Database(tables=tables, enums=enums)).database


def test_hostile_names_and_texts_are_read_back_as_they_were_made(
    session: MigrationSession, wanted: Database
):
    make(session, wanted)

    found = POSTGRES.introspect(session).database

    assert describe(diff(found, wanted)) == []
    assert diff(found, POSTGRES.resolve(POSTGRES.logical(found)).database) == ()
    assert POSTGRES.catalogue(session) == POSTGRES.catalogue(session)
