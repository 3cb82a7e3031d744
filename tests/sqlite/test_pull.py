"""Pull: a live database becomes a schema that leads to exactly that database."""

from __future__ import annotations

from pathlib import Path

import pytest

from okra.dialects import dialect
from okra.language.define import parse_schema
from okra.language.write import write_schema
from okra.lowering import lower
from okra.mapping import table_of
from okra.migrations.pull import pull
from okra.relational.diff import diff
from okra.relational.model import Database
from okra.source import Source

SQLITE = dialect("sqlite")
SCRIPTS = sorted((Path(__file__).parent / "schemas").glob("*.sql"))


def _differences(session, definition):
    """What differs between the live database and the schema, but for tables that are left alone."""
    wanted = SQLITE.resolve(lower(definition, "sqlite")).database
    managed = {table.name for table in wanted.tables}
    unmanaged = {table_of(model) for model in definition.models if model.unmanaged}
    live = SQLITE.introspect(session).database
    left_out = {table.name for table in live.tables} - managed
    assert left_out <= unmanaged | {" "}
    return diff(
        Database(tables=tuple(table for table in live.tables if table.name in managed)), wanted
    )


def _parsed(text):
    return parse_schema([Source("pulled.okra.gql", text)], providers=("sqlite",)).definition


@pytest.mark.parametrize("script", SCRIPTS, ids=[script.stem for script in SCRIPTS])
def test_a_pulled_schema_leads_to_the_database_it_was_pulled_from(make_live, script):
    text = script.read_text()
    live = make_live(text)

    pulled = pull(live)

    ignored = [line[12:] for line in text.splitlines() if line.startswith("-- ignored: ")]
    assert list(pulled.ignored) == ignored
    assert _differences(live, pulled.definition) == ()
    assert _parsed(write_schema(pulled.definition)) == pulled.definition


@pytest.mark.parametrize("script", SCRIPTS, ids=[script.stem for script in SCRIPTS])
def test_pulling_into_a_pulled_schema_changes_nothing(make_live, script):
    live = make_live(script.read_text())
    first = pull(live).definition

    assert pull(live, existing=first).definition == first
