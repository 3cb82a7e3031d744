"""The history's claims and epochs: two runs can't both have one migration, even without a lock."""

from __future__ import annotations

import pytest

from okra.dialects.sqlite.quoting import quote
from okra.dialects.sqlite.server.session import scratch
from okra.errors import DatabaseError
from okra.migrations.history import Claim, History, Kind, Record, State
from okra.migrations.history_tables import HistoryTables
from okra.migrations.stamps import Stamps


def claim(runner: str, epoch: int = 1) -> Claim:
    return Claim(
        version="20240101_000000",
        name="first",
        parent=None,
        kind=Kind.MIGRATION,
        checksum="c",
        snapshot_hash="s",
        total=3,
        runner=runner,
        epoch=epoch,
        applied_by="me",
        host="here",
        okra_version="0",
        server_version="3",
    )


@pytest.fixture
def history():
    session = scratch()
    tables = HistoryTables(session, "_okra_migrations", quote)
    Stamps(session, tables).create(environment="local", identity="i", okra_version="0")
    yield History(session, tables)
    session.close()


def record(history: History) -> Record:
    return history.read()["20240101_000000"]


def lost(work) -> None:
    with pytest.raises(DatabaseError) as caught:
        work()
    assert caught.value.code == "OKR528"


def test_a_version_is_claimed_once(history):
    history.claim(claim("a"), known=False)

    lost(lambda: history.claim(claim("b"), known=False))
    lost(lambda: history.claim(claim("b", epoch=2), known=True))
    assert (record(history).state, record(history).epoch) == ("running", 1)


def test_who_lost_the_claim_can_write_nothing_more(history):
    hold = history.claim(claim("a"), known=False)
    history.move(record(history), runner="b", state=State.REVERTED)

    lost(lambda: history.finish(hold, state=State.DONE, applied=3, prefix_hash="p", duration_ms=1))
    assert (record(history).state, record(history).epoch) == ("reverted", 2)


def test_what_failed_or_was_taken_back_is_claimed_with_the_next_epoch(history):
    history.fail(claim("a"), known=False, code="OKR510", message="x" * 9000, statement=2)
    failed = record(history)
    history.claim(claim("b", epoch=2), known=True)

    lost(lambda: history.claim(claim("c", epoch=2), known=True))
    assert (failed.state, len(failed.error or ""), failed.error_at_statement) == ("failed", 2000, 2)
    assert record(history) == Record(
        version="20240101_000000",
        name="first",
        state="running",
        kind="migration",
        checksum="c",
        epoch=2,
        started_at=record(history).started_at,
        applied_by="me",
    )


def test_a_row_that_was_changed_since_it_was_read_is_not_moved(history):
    hold = history.claim(claim("a"), known=False)
    before = record(history)
    history.finish(hold, state=State.DONE, applied=3, prefix_hash="p", duration_ms=1)

    lost(lambda: history.move(before, runner="b", state=State.REVERTING))
    assert record(history).state == "done"


def test_the_log_keeps_every_state(history):
    hold = history.claim(claim("a"), known=False)
    history.finish(hold, state=State.DONE, applied=3, prefix_hash="p", duration_ms=1)
    again = history.move(record(history), runner="b", state=State.REVERTING)
    history.finish(again, state=State.REVERTED, applied=0, prefix_hash=None, duration_ms=1)

    rows = history._session.query("SELECT event, state, applied, epoch, runner FROM _okra_log")
    assert rows == [("done", "done", 3, 1, "a"), ("reverted", "reverted", 0, 2, "b")]
