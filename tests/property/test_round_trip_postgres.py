"""Random pairs of schemas with random rows on PostgreSQL: up, down and up again lose nothing.

The law of tests/property/test_round_trip.py, for plans that let others read and write meanwhile and for those
that do not. A refusal is right only where the plan said so, or where it names a view of the user's own; and
what the transaction has done until then is undone.

`OKRA_PROPERTY_SERVER_PAIRS=1000 OKRA_PROPERTY_SEED=7 pytest tests/property` runs more of them, or others.
"""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import note

from goldens import run
from okra.dialects import dialect
from okra.dialects.postgres.quoting import quote, quote_table
from okra.dialects.session import connect
from okra.errors import DatabaseError
from okra.language.define import parse_schema
from okra.migrations.draft import Manner, draft
from okra.plan import HazardKind
from okra.relational.describe import describe
from okra.relational.diff import diff
from okra.relational.model import Database
from okra.source import Source
from random_schemas.change import changed
from random_schemas.laws import hold
from random_schemas.postgres import (
    Filler,
    PostgresMaker,
    fill_for,
    kept_columns,
    possible,
    shown_rows,
    wipe,
)
from watching import Watch, false_claims

if TYPE_CHECKING:
    from collections.abc import Callable

    from okra.dialects.session import MigrationSession
    from okra.migrations.draft import Draft
    from okra.plan import Plan
    from okra.url import DatabaseUrl
    from random_schemas.choice import Choice

PAIRS = int(os.environ.get("OKRA_PROPERTY_SERVER_PAIRS", "60"))
PARTS = 2
POSTGRES = dialect("postgres")
VIEW = "users_own_view"
VIRTUAL_SINCE = 18
SCHEMAS = ["", "", "", '@okra(schema: "two words")\n', '@okra(schema: "other")\n']


def parsed(text: str):
    return parse_schema([Source("models.okra.gql", text)], providers=("postgres",)).definition


def round_trip(choice: Choice, session: MigrationSession) -> None:
    virtual = int(session.server_version.split(".")[0]) >= VIRTUAL_SINCE
    maker = PostgresMaker(choice, virtual=virtual)
    before = possible(maker.schema())
    after = possible(changed(before, maker) if choice.chance(90) else maker.schema())
    here = choice.one(SCHEMAS)
    there = here if choice.chance(85) else choice.one(SCHEMAS)
    texts = f"{here}{before.render()}", f"{there}{after.render()}"
    note(f"BEFORE\n{texts[0]}\nAFTER\n{texts[1]}")
    old, new = parsed(texts[0]), parsed(texts[1])
    first = draft("postgres", Database(), None, old)
    if not can_hold(session, first.after):
        return
    run(session, "postgres", first.migration_sql("v"))
    same(session, first.after)
    Filler(choice, session, first.after).fill()
    if choice.chance(12):
        add_view(choice, session, first.after)
    manner = Manner(online=not choice.chance(25))
    second = draft("postgres", first.after, old, new, manner=manner)
    fills = {
        (question.table, question.column): fill_for(question.type, second.after)
        for question in second.fills
        if choice.chance(70)
    }
    second = draft("postgres", first.after, old, new, fills=fills, manner=manner)
    if not second.changes or not can_hold(session, second.after):
        return
    note(f"UP\n{second.migration_sql('v')}\nDOWN\n{second.rollback_sql('v')}")
    kept = kept_columns(second.changes, first.after, second.after)
    rows = {
        tables[0]: shown_rows(session, tables[0], columns[0]) for tables, columns in kept.items()
    }
    for text, wanted, side in (
        (second.migration_sql("v"), second.after, 1),
        (second.rollback_sql("v"), second.before, 0),
        (None, second.after, 1),
    ):
        if not (watched(session, second.plan) if text is None else go(session, text)):
            return
        same(session, wanted)
        for tables, columns in kept.items():
            found = shown_rows(session, tables[side], columns[side])
            assert found == rows[tables[0]], (tables, found, rows[tables[0]])
    assert draft("postgres", second.after, new, new).changes == ()


def history(choice: Choice, session: MigrationSession) -> None:
    """Several migrations one after the other, with rows, and all the way back."""
    virtual = int(session.server_version.split(".")[0]) >= VIRTUAL_SINCE
    maker = PostgresMaker(choice, virtual=virtual)
    schema = possible(maker.schema())
    state, models = Database(), None
    done: list[Draft] = []
    for _ in range(choice.number(2, 4)):
        note(schema.render())
        new = parsed(schema.render())
        found = draft("postgres", state, models, new)
        fills = {(q.table, q.column): fill_for(q.type, found.after) for q in found.fills}
        found = draft("postgres", state, models, new, fills=fills)
        if not can_hold(session, found.after):
            return
        if found.changes:
            note(f"UP\n{found.migration_sql('v')}\nDOWN\n{found.rollback_sql('v')}")
            if not go(session, found.migration_sql("v")):
                return
            done.append(found)
        state, models = found.after, new
        same(session, state)
        Filler(choice, session, state).fill()
        schema = possible(changed(schema, maker))
    while done:
        found = done.pop()
        if not go(session, found.rollback_sql("v")):
            return
        same(session, found.before)


def can_hold(session: MigrationSession, database: Database) -> bool:
    return not POSTGRES.lacking(database, session.server_version)


def same(session: MigrationSession, wanted: Database) -> None:
    """The database is what is wanted."""
    left = describe(diff(POSTGRES.introspect(session, wanted=wanted).database, wanted))
    assert left == [], left


def add_view(choice: Choice, session: MigrationSession, database: Database) -> None:
    table = choice.one(database.tables)
    columns = [quote(c.name) for c in choice.some(table.columns, 1, 3)]
    session.execute(
        f"CREATE VIEW {VIEW} AS SELECT {', '.join(columns)} FROM {quote_table(table.name)}"
    )


def has_view(session: MigrationSession) -> bool:
    return bool(session.query(f"SELECT 1 FROM pg_views WHERE viewname = '{VIEW}'"))


def go(session: MigrationSession, text: str) -> bool:
    """Run a file; False where a statement is refused that says it may be, or for the user's view."""
    viewed = has_view(session)
    try:
        run(session, "postgres", text)
    except DatabaseError as error:
        session.rollback()
        found = "\n".join([error.render(), str(error.__cause__), *error.__notes__])
        expected = f"! {HazardKind.MAY_FAIL}" in error.__notes__[0] or (viewed and VIEW in found)
        assert expected, f"refused without a warning: {found}"
        return False
    assert has_view(session) == viewed
    return True


def watched(session: MigrationSession, plan: Plan) -> bool:
    """Run `plan` and see that each statement does no more than it says; False where one is refused."""
    with closing(Watch(session)) as watch:
        try:
            done = watch.go(plan)
        except DatabaseError:
            return False
    assert false_claims(done) == []
    return True


def check(
    run_one: Callable[[Choice, MigrationSession], None], url: DatabaseUrl, part: int, pairs: int
) -> None:
    with closing(connect(url, lock_timeout_ms=5_000)) as session:

        def law(choice: Choice) -> None:
            session.rollback()
            wipe(session)
            run_one(choice, session)

        hold(law, part, pairs)


@pytest.mark.parametrize("part", range(PARTS))
def test_a_random_change_leads_up_down_and_up_again(postgres: DatabaseUrl, part: int) -> None:
    check(round_trip, postgres, part, PAIRS // PARTS)


def test_a_random_history_leads_up_and_all_the_way_back(postgres: DatabaseUrl) -> None:
    check(history, postgres, PARTS, PAIRS // 4)


@pytest.mark.nightly
@pytest.mark.parametrize("part", range(100, 100 + PARTS))
def test_many_more_random_changes(postgres: DatabaseUrl, part: int) -> None:
    check(round_trip, postgres, part, 20 * PAIRS // PARTS)
    check(history, postgres, part, 5 * PAIRS // PARTS)
