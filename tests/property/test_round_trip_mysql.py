"""Random pairs of schemas with random rows on MariaDB or MySQL: up, down and up again lose nothing.

The law of tests/property/test_round_trip.py, but that a refusal leaves what was done before it: each statement
commits. A statement may be refused only where the plan said that it may fail on existing data.

`OKRA_PROPERTY_SERVER_PAIRS=1000 OKRA_PROPERTY_SEED=7 pytest tests/property` runs more of them, or others.
"""

from __future__ import annotations

import os
import re
from contextlib import closing, suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import note

from okra.dialects.mysql.planning.algorithms import weaker
from okra.dialects.session import connect
from okra.errors import DatabaseError, UnsupportedChange
from okra.language.define import parse_schema
from okra.migrations.draft import draft
from okra.plan import HazardKind
from okra.relational.model import Database
from okra.source import Source
from random_schemas.change import changed
from random_schemas.laws import hold
from random_schemas.mysql import (
    MYSQL,
    Filler,
    MysqlMaker,
    fill_for,
    kept_columns,
    possible,
    shown_rows,
    wipe,
)
from random_schemas.pair import same

if TYPE_CHECKING:
    from collections.abc import Callable

    from okra.dialects.base import Session
    from okra.language.definition import SchemaDefinition
    from okra.migrations.draft import Draft
    from okra.plan import Plan
    from okra.url import DatabaseUrl
    from random_schemas.choice import Choice

PAIRS = int(os.environ.get("OKRA_PROPERTY_SERVER_PAIRS", "60"))
PARTS = 4


def parsed(text: str) -> SchemaDefinition:
    return parse_schema([Source("models.okra.gql", text)], providers=("mysql",)).definition


def round_trip(choice: Choice, session: Session) -> None:
    maker = MysqlMaker(choice)
    before = possible(maker.schema())
    after = possible(changed(before, maker) if choice.chance(90) else maker.schema())
    note(f"BEFORE\n{before.render()}\nAFTER\n{after.render()}")
    old, new = parsed(before.render()), parsed(after.render())
    first = draft("mysql", Database(), None, old)
    assert run(session, first.plan)
    same(MYSQL.introspect(session).database, first.after)
    Filler(choice, session).fill(first.after)
    second = drafted(first.after, old, new, choice)
    if not second.changes:
        same(second.before, second.after)
        return
    note(f"UP\n{second.migration_sql('v')}\nDOWN\n{second.rollback_sql('v')}")
    kept = kept_columns(second.changes, first.after, second.after)
    rows = {
        tables[0]: shown_rows(session, tables[0], columns[0]) for tables, columns in kept.items()
    }
    for plan, wanted, side in (
        (second.plan, second.after, 1),
        (second.reverse, second.before, 0),
        (second.plan, second.after, 1),
    ):
        if not run(session, plan):
            return
        same(MYSQL.introspect(session).database, wanted)
        for tables, columns in kept.items():
            found = shown_rows(session, tables[side], columns[side])
            assert found == rows[tables[0]], (tables, found, rows[tables[0]])
    assert draft("mysql", second.after, new, new).changes == ()


def history(choice: Choice, session: Session) -> None:
    """Several changes one after the other, rows in between, and all the way back."""
    maker = MysqlMaker(choice)
    schema = possible(maker.schema())
    state, models = Database(), parsed("model Nothing @unmanaged { id: Int! @id }")
    states, ways_back = [state], []
    for _ in range(choice.number(2, 5)):
        wanted = parsed(schema.render())
        change = drafted(state, models, wanted, choice)
        note(f"SCHEMA\n{schema.render()}\nUP\n{change.migration_sql('v')}")
        note(f"DOWN\n{change.rollback_sql('v')}")
        if not run(session, change.plan):
            return
        state, models = change.after, wanted
        same(MYSQL.introspect(session).database, state)
        Filler(choice, session).fill(state)
        states.append(state)
        ways_back.append(change.reverse)
        schema = possible(changed(schema, maker))
    states.pop()
    while ways_back:
        if not run(session, ways_back.pop()):
            return
        same(MYSQL.introspect(session).database, states.pop())


def drafted(
    before: Database, old: SchemaDefinition, new: SchemaDefinition, choice: Choice
) -> Draft:
    """What leads from `before` to `new`, with values for some of what needs one."""
    found = draft("mysql", before, old, new)
    fills = {
        (question.table, question.column): fill_for(question.type)
        for question in found.fills
        if choice.chance(60)
    }
    return draft("mysql", before, old, new, fills=fills) if fills else found


def run(session: Session, plan: Plan) -> bool:
    """Run a plan; False where a statement is refused that the plan warned of."""
    for statement in plan.statements:
        try:
            execute(session, statement.sql)
        except DatabaseError as error:
            text = f"{error.render()}\n{statement.sql}"
            messages = [h.message for h in plan.hazards if h.kind is HazardKind.MAY_FAIL]
            known = {name for text in messages for name in re.findall("`((?:[^`.]|``)+)", text)[:1]}
            assert any(f"`{name}`" in text for name in known), f"refused without a warning: {text}"
            return False
    return True


def execute(session: Session, sql: str) -> None:
    """As a run does it: where the server refuses an algorithm, the next one that lets others write."""
    try:
        session.execute(sql)
    except DatabaseError as error:
        other = weaker(sql)
        if other is None or "is not supported" not in str(error):
            raise
        session.execute(other)


def check(
    url: DatabaseUrl,
    part: int,
    pairs: int,
    run_one: Callable[[Choice, Session], None] = round_trip,
) -> None:
    with closing(connect(url, lock_timeout_ms=5_000)) as session:

        def law(choice: Choice) -> None:
            wipe(session)
            with suppress(UnsupportedChange):  # refused before anything is written
                run_one(choice, session)

        hold(law, part, pairs)


@pytest.mark.parametrize("part", range(PARTS))
def test_a_random_change_leads_up_down_and_up_again(mysql: DatabaseUrl, part: int) -> None:
    check(mysql, part, PAIRS // PARTS)


def test_a_random_history_leads_up_and_all_the_way_back(mysql: DatabaseUrl) -> None:
    check(mysql, PARTS, PAIRS // 6, history)


@pytest.mark.nightly
@pytest.mark.parametrize("part", range(100, 100 + PARTS))
def test_many_more_random_changes(mysql: DatabaseUrl, part: int) -> None:
    check(mysql, part, 20 * PAIRS // PARTS)
    check(mysql, part, 2 * PAIRS // PARTS, history)
