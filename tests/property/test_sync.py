"""Random pairs of schemas with random rows: a sync leads from any to any, and keeps what can be kept.

The law: after `db:sync --force` the database is what the schema says, and a second sync finds nothing to do; every
value of every column that is kept is what it was. A sync that is refused says why before the first statement, or the
plan has warned that rows may not fit, and nothing has changed; the server would have refused it, too. Broken off where the server can't undo statements, the next sync goes on, and keeps the same.

`OKRA_PROPERTY_SYNCS=1000 OKRA_PROPERTY_SEED=7 pytest tests/property/test_sync.py` runs more of them, or others.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import note

import servers
from okra.declarative.sync import SyncOptions, sync
from okra.errors import DatabaseError, UnsupportedChange
from okra.migrations.draft import draft
from okra.plan import HazardKind
from okra.relational.changes import AlterTable, DropColumn, DropTable
from okra.url import DatabaseUrl
from random_schemas.benches import Bench, bench
from random_schemas.change import changed
from random_schemas.laws import hold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from okra.declarative.sync import SyncResult
    from okra.language.definition import SchemaDefinition
    from random_schemas.choice import Choice

SYNCS = int(os.environ.get("OKRA_PROPERTY_SYNCS", "40"))
PARTS = 2


MAY_FAIL = f"-- ! {HazardKind.MAY_FAIL}"


class Broken(BaseException):
    """The process is gone: nothing may catch this."""


def converge(choice: Choice, here: Bench) -> None:
    """One sync of an empty database, rows, and a sync to something else."""
    maker = here.maker(choice)
    before = here.possible(maker.schema())
    after = here.possible(changed(before, maker) if choice.chance(80) else maker.schema())
    note(f"BEFORE\n{before.render()}\nAFTER\n{after.render()}")
    old, new = here.parsed(before.render()), here.parsed(after.render())
    options = SyncOptions(force=True, yes=True, shadow=choice.chance(40))
    if not (here.can_hold(here.wanted(old)) and here.can_hold(here.wanted(new))):
        return
    assert sync(here.target, old, options).applied
    settled(here, old, options)
    here.fill(choice, here.wanted(old))
    move(choice, here, old, new, options)


def move(
    choice: Choice, here: Bench, old: SchemaDefinition, new: SchemaDefinition, options: SyncOptions
) -> None:
    whole = here.everything()
    wanted = here.wanted(new)
    options = with_fills(choice, here, old, new, options)
    planned = sync(here.target, new, changed_options(options, dry_run=True))
    note(planned.sql)
    assert here.everything() == whole
    if not planned.changes:
        assert here.left(wanted) == []
        return
    told(planned)
    kept, now = here.kept(planned.changes, whole[""], wanted)
    broken = here.provider == "mysql" and choice.chance(40) and not planned.misfits
    if broken:
        interrupt(choice, here, new, options, planned)
    try:
        result = sync(here.target, new, options)
    except DatabaseError as error:
        note(f"UNFORESEEN {error.message}")
        assert MAY_FAIL in planned.sql or broken, f"refused without a warning: {error.render()}"
        assert here.provider == "mysql" or here.everything() == whole
        return
    if result.refused:
        note(f"REFUSED {result.misfits}")
        assert result.misfits
        assert broken or here.everything() == whole
        # MySQL takes a number for the place of a value in an enum, and a value for its place: nobody means that
        assert here.provider == "mysql" or here.refuses(result.sql)
        return
    assert result.applied
    settled(here, new, options)
    assert now() == kept


def with_fills(
    choice: Choice, here: Bench, old: SchemaDefinition, new: SchemaDefinition, options: SyncOptions
) -> SyncOptions:
    """`options` with values for most rows that need one."""
    found = draft(here.provider, here.wanted(old), old, new)
    fills = {
        (question.table, question.column): here.fill_for(question.type, found.after)
        for question in found.fills
        if choice.chance(80)
    }
    return changed_options(options, fills=fills)


def told(planned: SyncResult) -> None:
    """All that is dropped stands in the list of what is lost."""
    dropped = {item.table.name for item in planned.changes if isinstance(item, DropTable)}
    for change in planned.changes:
        if isinstance(change, AlterTable):
            dropped |= {
                f"{change.after.name}.{step.column.name}"
                for step in change.steps
                if isinstance(step, DropColumn) and step.column.generated is None
            }
    assert dropped <= {loss.what for loss in planned.losses}


def interrupt(
    choice: Choice, here: Bench, new: SchemaDefinition, options: SyncOptions, planned: SyncResult
) -> None:
    """Break a sync off before or behind one of its statements."""
    number = choice.number(1, len(planned.statements))
    point = f"statement {number}" + choice.one(["", " done"])
    note(f"BROKEN OFF at {point}")

    def fault(name: str) -> None:
        if name == point:
            raise Broken

    with pytest.raises((Broken, DatabaseError)):  # or rows don't fit before it comes to that
        sync(here.target, new, options, fault=fault)
    resumed = sync(here.target, new, changed_options(options, dry_run=True))
    note(f"THEN\n{resumed.sql}")


def settled(here: Bench, models: SchemaDefinition, options: SyncOptions) -> None:
    """It is what the schema says, and there is nothing left to do."""
    assert here.left(here.wanted(models)) == []
    again = sync(here.target, models, changed_options(options, force=False))
    assert again.statements == ()
    assert again.applied


def changed_options(options: SyncOptions, **values: object) -> SyncOptions:
    return msgspec.structs.replace(options, **values)


def wander(choice: Choice, here: Bench) -> None:
    """Several syncs one after the other, rows in between."""
    maker = here.maker(choice)
    schema = here.possible(maker.schema())
    options = SyncOptions(force=True, yes=True, shadow=choice.chance(40))
    models = here.parsed(schema.render())
    if not here.can_hold(here.wanted(models)):
        return
    assert sync(here.target, models, options).applied
    for _ in range(choice.number(2, 4)):
        here.fill(choice, here.wanted(models))
        schema = here.possible(changed(schema, maker))
        note(f"THEN\n{schema.render()}")
        before, models = models, here.parsed(schema.render())
        if not here.can_hold(here.wanted(models)):
            return
        move(choice, here, before, models, options)
        if here.left(here.wanted(models)):
            return


@pytest.fixture(params=["sqlite", *servers.POSTGRES, *servers.MYSQL])
def here(
    request: pytest.FixtureRequest, _servers: servers.Servers, tmp_path: Path
) -> Iterator[Bench]:
    if request.param == "sqlite":
        found = bench(DatabaseUrl.parse("sqlite://app.db", base=tmp_path), tmp_path)
        yield found
        found.close()
        return
    with _servers.database(request.param) as url:
        found = bench(url, tmp_path)
        yield found
        found.close()


def check(run_one: Callable[[Choice, Bench], None], here: Bench, part: int, times: int) -> None:
    def law(choice: Choice) -> None:
        here.wipe()
        with suppress(UnsupportedChange):  # refused before anything is changed
            run_one(choice, here)

    hold(law, part, times)


@pytest.mark.parametrize("part", range(PARTS))
def test_a_sync_leads_from_any_schema_to_any_other(here: Bench, part: int) -> None:
    check(converge, here, part, SYNCS // PARTS)


def test_syncs_follow_one_another(here: Bench) -> None:
    check(wander, here, PARTS, SYNCS // 4)


@pytest.mark.nightly
@pytest.mark.parametrize("part", range(100, 100 + PARTS))
def test_many_more_syncs(here: Bench, part: int) -> None:
    check(converge, here, part, 20 * SYNCS // PARTS)
    check(wander, here, part, 5 * SYNCS // PARTS)
