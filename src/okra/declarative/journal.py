"""How far a sync has come on a server that can't undo it: written down before and after each of its statements."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from okra.dialects import dialect as dialect_of
from okra.relational.codec import decode, encode
from okra.relational.renaming import Renames

if TYPE_CHECKING:
    from okra.migrations.executor import Run
    from okra.relational.model import Database

JOURNAL = "_okra_sync"
"""The table with the one sync that is under way."""

_ROW = 1


class BrokenOff(NamedTuple):
    """A sync that nobody has finished.

    text     how far it came, as a sentence
    aim      which state the database was to reach, see `aim_of`
    renames  what it took for renamed: a part of that may be done
    """

    text: str
    aim: str
    renames: Renames


def broken_off(run: Run) -> BrokenOff | None:
    """A sync that was begun, and that nobody has finished; None where there is none."""
    if run.session.atomic or not run.session.has_table(JOURNAL):
        return None
    rows = run.session.query(
        f"SELECT done, total, started_at, aim, renames FROM {_journal(run)} WHERE id = {_ROW}"
    )
    if not rows:
        return None
    done, total, started, aim, renames = (str(value) for value in rows[0])
    return BrokenOff(
        text=f"a sync of {started} was broken off after at least {done} of its {total} statements; "
        "what is there now was looked at anew, and this one goes on with what is left",
        aim=aim,
        renames=decode(renames.encode(), Renames, place=JOURNAL),
    )


def settle(run: Run) -> None:
    """Forget a sync that was broken off: the database is what the schema says."""
    if not run.session.atomic and run.session.has_table(JOURNAL):
        run.session.execute(f"DELETE FROM {_journal(run)}")


def aim_of(wanted: Database) -> str:
    """What tells one state that a database is to reach from another."""
    return sha256(encode(wanted)).hexdigest()


def begin(run: Run, total: int, aim: str, renames: Renames) -> None:
    """Write down that a sync of so many statements begins."""
    run.session.execute(
        f"CREATE TABLE IF NOT EXISTS {_journal(run)} (id integer NOT NULL PRIMARY KEY,"
        " done integer NOT NULL, total integer NOT NULL, started_at varchar(32) NOT NULL,"
        f" aim varchar(64) NOT NULL, renames text NOT NULL){run.session.table_options}"
    )
    with run.work():
        run.session.execute(f"DELETE FROM {_journal(run)}")
        run.session.execute(
            f"INSERT INTO {_journal(run)} (id, done, total, started_at, aim, renames)"
            f" VALUES (?, 0, ?, {run.session.clock}, ?, ?)",
            (_ROW, total, aim, encode(renames).decode()),
        )


def _journal(run: Run) -> str:
    return dialect_of(run.target.provider).quote(JOURNAL)


def note(run: Run, number: int) -> None:
    """Write down that so many statements are done, where the server could not undo them."""
    if run.session.atomic:
        return
    run.session.execute(f"UPDATE {_journal(run)} SET done = ? WHERE id = ?", (number, _ROW))
