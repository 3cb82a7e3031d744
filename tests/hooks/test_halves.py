"""Every golden case cut in halves: both lead where the whole leads, rows are kept, and old code lives with the first."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from goldens import dump, run
from okra.dialects import dialect
from okra.errors import NoDevDatabase
from okra.language.define import parse_schema
from okra.migrations.draft import Draft, Manner, draft
from okra.migrations.history import Direction
from okra.migrations.hooks import pieces
from okra.migrations.prove import prove
from okra.relational.changes import AddColumn, AlterColumn, AlterTable, CreateTable
from okra.relational.describe import describe
from okra.relational.diff import diff
from okra.relational.model import Database
from okra.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    import servers


def _golden() -> ModuleType:
    path = Path(__file__).parents[1] / "test_golden.py"
    spec = importlib.util.spec_from_file_location("golden_cases", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


golden = _golden()


@pytest.fixture(scope="module")
def sessions(_servers: servers.Servers) -> Iterator[object]:
    found = golden.Sessions(_servers)
    yield found
    found.close()


def halved(provider: str, case: str) -> Draft:
    first, _ = golden.drafts(provider, case)
    folder = golden.GOLDEN / case
    options = golden.options(case)
    given = {**options, **options.get(provider, {})}.get("default", {})
    return draft(
        provider,
        first.after,
        first.models,
        golden.parsed(folder / "after.okra.gql"),
        renames=golden.renames_of(options.get("rename", {})),
        fills={tuple(key.split(".")): sql for key, sql in given.items()},
        manner=Manner(hooks=True),
    )


@pytest.mark.parametrize(("provider", "case"), golden.ALL)
def test_a_change_in_halves_is_proven(provider: str, case: str) -> None:
    found = halved(provider, case)

    try:
        prove(
            dialect(provider),
            found.before,
            found.after,
            found.changes,
            migration_sql=found.migration_sql(case),
            rollback_sql=found.rollback_sql(case),
            hooks_sql=found.hooks_sql(case),
        )
    except NoDevDatabase as error:
        pytest.skip(error.message)


@pytest.mark.parametrize(("provider", "case"), golden.ALL)
def test_the_first_half_leaves_alone_what_old_code_knows(provider: str, case: str) -> None:
    found = halved(provider, case)
    if found.up_halves is None:
        return

    for change in diff(found.before, found.up_halves.middle):
        match change:
            case AlterTable(_, _, steps):
                for step in steps:
                    match step:
                        case AddColumn(column):
                            assert column.nullable or column.default is not None
                        case AlterColumn(before, after):
                            assert before.nullable <= after.nullable
                        case _:
                            assert "check" in describe_step(change)
            case CreateTable():
                pass
            case _:
                assert type(change).__name__ in ("CreateEnum", "AlterEnum")


def describe_step(change: AlterTable) -> str:
    return "\n".join(describe([change]))


@pytest.mark.parametrize(("server", "case"), golden.LIVE)
def test_rows_are_the_same_whether_they_were_changed_in_halves_or_at_once(
    server: str, case: str, sessions: golden.Sessions
) -> None:
    provider = golden.provider_of(server)
    rows = golden.named(golden.GOLDEN / case, "rows.sql", provider)
    first, whole = golden.drafts(provider, case)
    found = halved(provider, case)
    session = sessions.empty(server)
    known = dialect(provider)
    unable = any(
        known.lacking(each, session.server_version) for each in (found.before, found.after)
    )
    if not rows.exists() or unable or whole.fills:
        return  # a column that gets no value is what hooks are for

    run(session, provider, first.migration_sql("first"))
    run(session, provider, rows.read_text())
    up = found.migration_sql(case)
    hooks = found.hooks_sql(case)
    for piece in pieces("migration.sql", up, hooks, Direction.UP):
        run(session, provider, piece.text)

    name = "rows.txt" if provider == "sqlite" else f"{provider}.rows.txt"
    wanted = (golden.GOLDEN / case / name).read_text()
    assert f"after up\n{dump(session, provider, found.after)}\nafter down\n" in wanted


RENAMED = 'enum Mood { NEW @value("%s") OLD }\nmodel Day { id: Int! @id mood: Mood! }\n'


@pytest.mark.parametrize("provider", golden.PROVIDERS)
def test_a_table_with_a_value_that_is_renamed_waits_for_it(provider: str) -> None:
    after = RENAMED % "now" + "model Night { id: Int! @id mood: Mood! @default(NEW) }"
    texts = [RENAMED % "fresh", after]
    old, new = (parse_schema([Source("models", text)]).definition for text in texts)
    first = draft(provider, Database(), None, old)
    found = draft(provider, first.after, old, new, manner=Manner(hooks=True))

    try:
        prove(
            dialect(provider),
            found.before,
            found.after,
            found.changes,
            migration_sql=found.migration_sql("v"),
            rollback_sql=found.rollback_sql("v"),
            hooks_sql=found.hooks_sql("v"),
        )
    except NoDevDatabase as error:
        pytest.skip(error.message)
