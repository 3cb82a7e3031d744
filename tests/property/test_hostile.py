"""Whatever a name or a text holds, it comes out of the database as it went in, or is refused before any SQL."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from okra.dialects import dialect
from okra.errors import OkraError
from okra.language.define import parse_schema
from okra.lowering import lower
from okra.source import Source
from random_schemas.pair import Desk, same
from random_schemas.spec import sql_name

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = [
    "plain",
    "it's",
    'say "hi"',
    "`tick`",
    "[bracket]",
    "]",
    "back\\slash",
    "\\",
    "'",
    '"',
    "''",
    '""',
    "'; DROP TABLE canaries; --",
    '"; DROP TABLE canaries; --',
    "); DROP TABLE canaries; --",
    "x' || (SELECT 1) || '",
    "-- comment",
    "/* open",
    "close */",
    "semi;colon",
    "a\nb",
    "a\r\nb",
    "a\rb",
    "a\tb",
    "-- ! loses data: nothing",
    "\n-- okra:down\nDROP TABLE canaries;",
    "\nDROP TABLE canaries;\n",
    "$$",
    "$1 ?1 :x @x #x",
    "%s %(x)s {x} {}",
    "\u202eright to left",
    "\ufeffbom",
    "\u2028line\u0085",
    "\x01\x1b[31m",
    "😀 naïve ﷽",
    "e\u0301 é",
    "x" * 64,
    "漢" * 30,
    "SELECT",
    "NULL",
    "sqlite_master",
    "sqlite_x",
    "_okra_x",
    "rowid",
    " padded ",
    "\u0130\u0131\u017f\u212a",
    "0",
    "1e3",
    "x'00'",
    "END;",
]


def text(value: str) -> str:
    """`value` as a string of the schema language, with all but the plainest characters escaped."""
    return (
        '"'
        + "".join(c if c.isalnum() and c.isascii() else f"\\u{{{ord(c):x}}}" for c in value)
        + '"'
    )


def sql_text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


PLACES = {
    "table": "@table(name: {0})",
    "column": "named: String @column(name: {0})",
    "default": "given: String! @default({0})",
    "expression": "made: String @default(sql({1}))",
    "enum": "kind: Kind! @default(ODD)",
    "check": "@check(expr: {2}, name: {0})",
    "check_name": '@check(expr: "id < 1000", name: {3})',
    "index": "@index(fields: [id], name: {4})",
    "predicate": '@index(fields: [id], name: "by_predicate", where: {2})',
    "computed": "computed: String @computed(expr: {1}, stored: false)",
    "type": "typed: String @db(type: {0})",
    "raw_check": "@check({0})",
    "raw_default": "raw: String @default(sql({0}))",
    "raw_index": '@index(fields: [{{expr: {0}}}], name: "raw_index")',
    "collation": "compared: String @collate({0})",
}


def schema(value: str, places: list[str], *, old: str = "String", more: str = "") -> str:
    literal, other = text(sql_text(value)), text(f"id <> {sql_text(value)}")
    named, indexed = text(f"{value}!"), text(f"{value}?")
    lines = [PLACES[place].format(text(value), literal, other, named, indexed) for place in places]
    return (
        "model Canary {\n  id: Int! @id\n  note: String!\n}\n"
        f"enum Kind {{ ODD{f' @value({text(value)})' if 'enum' in places else ''} PLAIN }}\n"
        f"{text(value)}\n"
        f"model Victim {{\n  id: Int! @id\n  old: {old}\n  "
        + "\n  ".join([*lines, *([more] if more else [])])
        + "\n}\n"
    )


def refusal(value: str, place: str) -> OkraError | None:
    try:
        definition = parse_schema([Source("a", schema(value, [place]))], providers=("sqlite",))
        dialect("sqlite").resolve(lower(definition.definition, "sqlite"))
    except OkraError as error:
        return error
    return None


@pytest.mark.parametrize("value", TEXTS, ids=[ascii(value)[:40] for value in TEXTS])
def test_a_hostile_text_is_only_a_text(tmp_path: Path, value: str) -> None:
    places = [place for place in PLACES if refusal(value, place) is None]
    raw = [place for place in places if place.startswith("raw_")]
    for place in raw:  # SQL that SQLite does not know is refused by the proof: nothing is written
        if not is_sql(tmp_path / place, value, place) or not holds(value, place):
            places.remove(place)
    desk = Desk(tmp_path)
    first = desk.prepare(schema("plain", []))
    desk.write(first, verify=True)
    desk.up()
    execute(desk, "INSERT INTO canaries VALUES (1, 'alive')")
    execute(desk, "INSERT INTO victims (id, old) VALUES (7, 'kept')")

    states = [first.draft.after]
    for text_of in (
        schema(value, places),
        schema(value, places, old="String!", more="added: Int! @default(5)"),
        schema(value + "2", [place for place in places if place in ("table", "column")]),
    ):
        prepared = desk.prepare(text_of)
        desk.write(prepared, verify=True)
        desk.up()
        same(desk.found(), prepared.draft.after)
        states.append(prepared.draft.after)
        table = next(t.name for t in prepared.draft.after.tables if t.name != "canaries")
        kept = f"SELECT id, old FROM {sql_name(table)}"
        assert desk.values(kept) == [(7, "kept")]
        if text_of == schema(value, places) and "default" in places:
            assert desk.values(f"SELECT given FROM {sql_name(table)}") == [(value,)]
        if text_of == schema(value, places) and "enum" in places:
            assert desk.values(f"SELECT kind FROM {sql_name(table)}") == [(value,)]
    for state in reversed(states[:-1]):
        desk.down()
        same(desk.found(), state)
    assert desk.values("SELECT * FROM canaries") == [(1, "alive")]
    assert desk.values("SELECT id, old FROM victims") == [(7, "kept")]


def is_sql(folder: Path, value: str, place: str) -> bool:
    """Whether SQLite itself takes `value` for an expression; if not, nothing is written."""
    folder.mkdir()
    desk = Desk(folder)
    prepared = desk.prepare(schema(value, [place]))
    try:
        desk.write(prepared, verify=True)
    except OkraError as error:
        assert error.code == "OKR410"
        assert not list(folder.rglob("migration.sql"))
        return False
    return True


def holds(value: str, place: str) -> bool:
    """Whether a check of `value` lets the row stay that is there."""
    if place != "raw_check":
        return True
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)")
    connection.execute("INSERT INTO t VALUES (1)")
    found = connection.execute(f"SELECT CASE WHEN {value} THEN 1 ELSE 0 END FROM t").fetchone()
    connection.close()
    return found == (1,)


def execute(desk: Desk, sql: str) -> None:
    connection = sqlite3.connect(desk.file, isolation_level=None)
    connection.execute(sql)
    connection.close()


def test_what_is_refused_is_refused_for_a_reason() -> None:
    refused = {
        (value, place): error.code
        for value in TEXTS
        for place in ("table", "column", "default", "enum", "index", "check_name", "predicate")
        if (error := refusal(value, place)) is not None
    }

    assert refused == {
        ("sqlite_master", "table"): "OKR218",
        ("sqlite_master", "index"): "OKR218",
        ("sqlite_x", "table"): "OKR218",
        ("sqlite_x", "index"): "OKR218",
        ("_okra_x", "table"): "OKR103",
        ("_okra_x", "index"): "OKR103",
        ("_okra_x", "check_name"): "OKR103",
    }
