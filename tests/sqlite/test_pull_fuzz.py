"""Whatever a database is called and made of: what is pulled leads back to it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okra.dialects import dialect
from okra.dialects.sqlite.quoting import literal, quote
from okra.dialects.sqlite.server.session import scratch
from okra.errors import DatabaseError
from okra.language.define import parse_schema
from okra.language.write import write_schema
from okra.lowering import lower
from okra.mapping import table_of
from okra.migrations.pull import pull
from okra.relational.diff import diff
from okra.relational.model import Database
from okra.source import Source

SQLITE = dialect("sqlite")

PLAIN = (
    "id user_id users user tags post_tags status name order_items createdAt Int date a_id a b key"
)
ODD = ["a b", "1a", "", " ", "'", '"', "--", "*/", ";", "%s", "\u202e", "😀", "é", "a\nb", "select", "model",
       "true", "x" * 300, "$", "__", "_okra", "A", "#", "{", "\\", "@id", "\x01", "\x7f", "\t"]  # fmt: skip
NAMES = st.one_of(st.sampled_from(PLAIN.split()), st.sampled_from(ODD))
TYPES = st.sampled_from(
    "TEXT,text,INTEGER,INT,bigint,REAL,NUMERIC,decimal(10.2),BLOB,boolean,datetime,date,json,uuid,"
    'varchar(20),money,any,none,,double precision,"odd; type",tinyint(1)'.replace(".", "~").split(
        ","
    )
).map(lambda text: text.replace("~", ","))
CLOCK = "(strftime('%Y-%m-%dT%H:%M:%fZ','now'))"
VALUES = (
    "0 1 -5 1.5 1e3 '' NULL true CURRENT_TIMESTAMP (1+1) x'00' 99999999999 1e999 -0.0 '{}' \"x\""
)
DEFAULTS = st.one_of(
    st.just(None),
    st.sampled_from([CLOCK, "(datetime('now'))", "'[1, 2]'", *VALUES.split(" ")]),
    NAMES.map(literal),
)
ACTIONS = st.sampled_from(["", " ON DELETE CASCADE", " ON DELETE SET NULL", " ON UPDATE SET DEFAULT",
                           " ON DELETE CASCADE ON UPDATE CASCADE", " DEFERRABLE INITIALLY DEFERRED"])  # fmt: skip


def _fold(name):
    return "".join(c.lower() if c.isascii() else c for c in name)


@st.composite
def _column(draw, name):
    words = [quote(name), draw(TYPES)]
    default = draw(DEFAULTS)
    if draw(st.booleans()):
        words.append("NOT NULL")
    if default is not None:
        words.append(f"DEFAULT {default}")
    words.append(
        draw(st.sampled_from(["", "", "", "UNIQUE", "COLLATE NOCASE", "COLLATE RTRIM UNIQUE"]))
    )
    checks = ["", "", f"CHECK ({quote(name)} IN ('A', 'b c', '1'))", f"CHECK ({quote(name)} <> 'x;')",
              f"CONSTRAINT {quote(name)} CHECK (length({quote(name)}) > 0)"]  # fmt: skip
    words.append(draw(st.sampled_from(checks)))
    return " ".join(word for word in words if word)


@st.composite
def _script(draw):
    """Statements that make up to four tables with keys, indexes and references to each other."""
    usable = NAMES.filter(lambda name: name and not _fold(name).startswith("sqlite_"))
    tables = draw(st.lists(usable, min_size=1, max_size=4, unique_by=_fold))
    names = {
        table: draw(st.lists(usable, min_size=1, max_size=5, unique_by=_fold)) for table in tables
    }
    statements = []
    for table in tables:
        columns = names[table]
        lines = [draw(_column(name)) for name in columns]
        key = draw(st.lists(st.sampled_from(columns), max_size=2, unique=True))
        if key:
            lines.append(f"PRIMARY KEY ({', '.join(map(quote, key))})")
        for _ in range(draw(st.integers(0, 2))):
            parent = draw(st.sampled_from(tables))
            own = draw(st.lists(st.sampled_from(columns), min_size=1, max_size=2, unique=True))
            other = draw(
                st.lists(st.sampled_from(names[parent]), min_size=len(own), max_size=len(own))
            )
            lines.append(
                f"FOREIGN KEY ({', '.join(map(quote, own))}) REFERENCES {quote(parent)}"
                f" ({', '.join(map(quote, other))}){draw(ACTIONS)}"
            )
        tail = " WITHOUT ROWID" if key and draw(st.booleans()) else ""
        statements.append(f"CREATE TABLE {quote(table)} ({', '.join(lines)}){tail}")
        for index in draw(st.lists(usable, max_size=2)):
            column = quote(draw(st.sampled_from(columns)))
            part = draw(
                st.sampled_from([column, f"{column} DESC", f"lower({column})", f"{column}, 1"])
            )
            where = draw(st.sampled_from(["", f" WHERE {column} IS NOT NULL"]))
            unique = draw(st.sampled_from(["", "UNIQUE "]))
            statements.append(
                f"CREATE {unique}INDEX {quote(index)} ON {quote(table)} ({part}){where}"
            )
    return statements


def _is_sayable(table):
    names = [table.name, *(column.name for column in table.columns)]
    good = [bool(name.strip()) and not _fold(name).startswith("_okra") for name in names]
    return good[0] and any(good[1:])


def _run(session, statements):
    """Run what SQLite accepts; the rest is not at stake."""
    for statement in statements:
        try:
            session.execute(statement)
        except DatabaseError:  # anything else would be a fault of the session
            continue


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_script())
def test_any_database_is_pulled_to_a_schema_that_leads_to_it(statements):
    _check(statements)


@pytest.mark.nightly
@settings(max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_script())
def test_ten_thousand_databases_are_pulled_to_schemas_that_lead_to_them(statements):
    _check(statements)


def _check(statements):
    session = scratch()
    try:
        _run(session, statements)
        live = SQLITE.introspect(session).database

        definition = pull(session).definition

        left_alone = {table_of(model) for model in definition.models if model.unmanaged}
        left_out = {table.name for table in live.tables if not _is_sayable(table)}
        managed = [t for t in live.tables if t.name not in left_alone | left_out]
        wanted = SQLITE.resolve(lower(definition, "sqlite")).database
        assert diff(Database(tables=tuple(managed)), wanted) == ()
        text = write_schema(definition)
        assert parse_schema([Source("x", text)], providers=("sqlite",)).definition == definition
        again = pull(session, existing=definition).definition
        assert write_schema(again) == text
        assert again == definition
    finally:
        session.close()
