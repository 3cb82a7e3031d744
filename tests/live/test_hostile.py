"""Whatever a name or a text holds, a server gives it back as it went in, or it is refused before any SQL."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from okra.dialects import dialect
from okra.dialects.postgres.quoting import quote_table
from okra.dialects.session import connect
from okra.errors import OkraError
from okra.language.define import parse_schema
from okra.lowering import lower
from okra.migrations.down import migrate_down
from okra.migrations.executor import Target
from okra.migrations.generate import prepare, proven, write
from okra.migrations.up import migrate_up
from okra.relational.describe import describe
from okra.relational.diff import diff
from okra.relational.order import order
from okra.source import Source

if TYPE_CHECKING:
    from pathlib import Path

    from okra.language.definition import SchemaDefinition
    from okra.relational.model import Database, Table
    from okra.url import DatabaseUrl

START = datetime(2024, 1, 1, tzinfo=UTC)
TEXTS = [
    "it's",
    'say "hi"',
    "`tick`",
    "[bracket]",
    "back\\slash",
    "\\",
    "\\'",
    "'",
    '"',
    "''",
    '""',
    "``",
    "'; DROP TABLE canaries; --",
    '"; DROP TABLE canaries; --',
    "`; DROP TABLE canaries; #",
    "\\'; DROP TABLE canaries; -- ",
    "); DROP TABLE canaries; --",
    "x' || (SELECT 1) || '",
    "-- comment",
    "# comment",
    "/* open",
    "close */",
    "*/ DROP TABLE canaries; /*",
    "/*! DROP TABLE canaries */",
    "semi;colon",
    "DELIMITER //",
    "a\nb",
    "a\r\nb",
    "a\rb",
    "a\tb",
    "\nDROP TABLE canaries;\n",
    "\n-- okra: outside a transaction\nDROP TABLE canaries;",
    "$$",
    "$tag$ x $tag$",
    "$1 ?1 ? :x @x #x",
    "%s %(x)s %% {x} {}",
    "\u202eright to left",
    "\ufeffbom",
    "\u2028line\u0085",
    "\x01\x1b[31m",
    "😀 naïve ﷽",
    "e\u0301 é",
    "x" * 63,
    "x" * 65,
    "漢" * 30,
    "SELECT",
    "NULL",
    "pg_catalog",
    "a.b",
    "_okra_x",
    " padded ",
    "trailing ",
    "\u0130\u0131\u017f\u212a",
    "0",
    "1e3",
    "E'x'",
    "nul\0nul",
]
PLACES = {
    "table": "@table(name: {0})",
    "column": "named: String @column(name: {0})",
    "default": "given: String! @length(max: 100) @default({0})",
    "expression": "made: String @length(max: 100) @default(sql({1}))",
    "enum": "kind: {4}! @default(ODD)",
    "check": "@check(expr: {2}, name: {3})",
    "index": "@index(fields: [id], name: {5})",
    "comment": "commented: String",
}


def text(value: str) -> str:
    """`value` as a string of the schema language, with all but the plainest characters escaped."""
    plain = (c if c.isalnum() and c.isascii() else f"\\u{{{ord(c):x}}}" for c in value)
    return f'"{"".join(plain)}"'


def sql_text(value: str, provider: str) -> str:
    doubled = value.replace("'", "''")
    return "'" + (doubled.replace("\\", "\\\\") if provider == "mysql" else doubled) + "'"


def model(number: int, value: str, places: list[str], provider: str, old: str) -> str:
    """A model with `value` in all `places`, and the enum that it uses."""
    literal = sql_text(value, provider)
    fills = (
        text(value),
        text(literal),
        text(f"id <> {literal}" if provider == "sqlite" else f"note <> {literal}"),
        text(f"{value}!"),
        f"Kind{number}",
        text(f"{value}?"),
    )
    lines = []
    for place in places:
        if place == "comment":
            lines.append(text(value))
        lines.append(PLACES[place].format(*fills))
    described = f"{text(value)}\n" if "comment" in places else ""
    kind = f" @value({text(value)})" if "enum" in places else ""
    return (
        f"enum Kind{number} {{ ODD{kind} PLAIN }}\n"
        f"{described}model Victim{number} {{\n  id: Int! @id\n  note: String\n  old: {old}\n  "
        + "\n  ".join(lines)
        + "\n}\n"
    )


CANARY = "model Canary {\n  id: Int! @id\n  note: String!\n}\n"


def defined(schema: str, provider: str) -> SchemaDefinition:
    return parse_schema([Source("a", schema)], providers=(provider,)).definition


def refused(number: int, value: str, place: str, provider: str) -> bool:
    """Whether it is refused before any SQL, with a reason."""
    try:
        definition = defined(model(number, value, [place], provider, "String"), provider)
        database = dialect(provider).resolve(lower(definition, provider)).database
        nothing = dialect(provider).resolve(lower(defined("", provider), provider)).database
        dialect(provider).plan(order(diff(nothing, database), cut_cycles=True), database)
    except OkraError as error:
        assert error.help
        return True
    return False


class Bench:
    """One database and one migrations directory."""

    def __init__(self, url: DatabaseUrl, folder: Path) -> None:
        self.provider = url.provider
        self.target = Target(url=url, directory=folder / "migrations", allow=("blocking",))
        self._versions = 0
        self._session = connect(url, lock_timeout_ms=1000)

    def up(self, schema: str) -> Database:
        """Write the migration to `schema` and run it; what the database should be then."""
        prepared = prepare(self.target.directory, self.provider, defined(schema, self.provider))
        self._versions += 1
        version = f"{START + timedelta(seconds=self._versions):%Y%m%d_%H%M%S}"
        write(prepared, proven(prepared, version, verify=False), None)
        migrate_up(self.target)
        return prepared.draft.after

    def down(self) -> None:
        migrate_down(self.target, confirm=lambda _: True)

    def differences(self, wanted: Database) -> list[str]:
        found = dialect(self.provider).introspect(self._session, wanted=wanted).database
        return describe(diff(found, wanted))

    def values(self, sql: str) -> list[tuple[object, ...]]:
        return list(self._session.query(sql))

    def execute(self, sql: str) -> None:
        self._session.execute(sql)

    def close(self) -> None:
        self._session.close()


def victims(database: Database) -> list[Table]:
    return [table for table in database.tables if table.name != "canaries"]


def test_a_hostile_text_is_only_a_text(server: DatabaseUrl, tmp_path: Path) -> None:
    with closing(Bench(server, tmp_path)) as bench:
        _check_texts(bench)


def _check_texts(bench: Bench) -> None:
    provider = bench.provider
    quote = quote_table if provider == "postgres" else dialect(provider).quote
    places = {
        number: [place for place in PLACES if not refused(number, value, place, provider)]
        for number, value in enumerate(TEXTS)
    }

    def schema(old: str) -> str:
        parts = (
            model(number, value, places[number], provider, old)
            for number, value in enumerate(TEXTS)
        )
        return CANARY + "".join(parts)

    first = bench.up(schema("String"))
    bench.execute("INSERT INTO canaries VALUES (1, 'alive')")
    for table in victims(first):
        bench.execute(f"INSERT INTO {quote(table.name)} (id, old) VALUES (7, 'kept')")
    after_first = bench.differences(first)
    given = {
        column: [
            bench.values(f"SELECT {column} FROM {quote(table.name)}")[0][0]
            for table in victims(first)
            if table.column(column) is not None
        ]
        for column in ("given", "made", "kind")
    }
    second = bench.up(schema("String!"))
    after_second = bench.differences(second)
    bench.down()
    after_down = bench.differences(first)

    assert [after_first, after_second, after_down] == [[], [], []]
    for column, place in (("given", "default"), ("made", "expression"), ("kind", "enum")):
        wanted = [value for number, value in enumerate(TEXTS) if place in places[number]]
        assert sorted(map(str, given[column])) == sorted(wanted)
    assert bench.values("SELECT id, note FROM canaries") == [(1, "alive")]
    for table in victims(first):
        assert bench.values(f"SELECT id, old FROM {quote(table.name)}") == [(7, "kept")]


OWN = ["table", "check", "index"]
NAMES = ["table", "column"]
REFUSED = {
    "postgres": {
        "x" * 63: ["check", "index"],
        "x" * 65: ["table", "column", "enum", "check", "index"],
        "漢" * 30: ["table", "column", "enum", "check", "index"],
        "_okra_x": OWN,
        "nul\0nul": list(PLACES),
    },
    "mysql": {
        "\\'; DROP TABLE canaries; -- ": [*NAMES, "enum"],
        "\nDROP TABLE canaries;\n": NAMES,
        "\u2028line\u0085": NAMES,
        "😀 naïve ﷽": [*NAMES, "enum", "check", "index"],
        "x" * 65: [*NAMES, "check", "index"],
        "_okra_x": OWN,
        " padded ": [*NAMES, "enum"],
        "trailing ": [*NAMES, "enum"],
        "nul\0nul": list(PLACES),
    },
}


@pytest.mark.parametrize("provider", REFUSED)
def test_what_is_refused_is_refused_for_a_reason(provider: str) -> None:
    found = {
        value: [place for place in PLACES if refused(number, value, place, provider)]
        for number, value in enumerate(TEXTS)
    }

    assert {value: places for value, places in found.items() if places} == REFUSED[provider]
