"""How far a sync has come on a server that can't undo it: written down before and after each of its statements."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from okra.dialects import dialect as dialect_of
from okra.relational.codec import decode, encode
from okra.relational.pairs import without_circles
from okra.relational.renaming import Renames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Script
    from okra.migrations.executor import Run
    from okra.relational.model import Database

JOURNAL = "_okra_sync"
"""The table with the one sync that is under way."""

_ROW = 1


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """Columns of one table that take each other's names.

    table      by the name that it will have
    statement  the number of the one that does it; 0 where an earlier sync did
    columns    in the order in which the table has them before that
    """

    table: str
    statement: int
    columns: tuple[str, ...]


class BrokenOff(NamedTuple):
    """A sync that nobody has finished.

    text     how far it came, as a sentence
    aim      which state the database was to reach, see `aim_of`
    renames  what it took for renamed: a part of that may be done
    rounds   what changed names in a circle, and has done so
    """

    text: str
    aim: str
    renames: Renames
    rounds: tuple[Round, ...] = ()

    def left(self, renames: Renames) -> Renames:
        """`renames` without those that would be followed again: names in a circle don't say that it was."""
        return replace(
            renames,
            columns=tuple(
                one
                for one in renames.columns
                if not any(one.table == r.table and one.before in r.columns for r in self.rounds)
            ),
        )


def broken_off(run: Run) -> BrokenOff | None:
    """A sync that was begun, and that nobody has finished; None where there is none."""
    if run.session.atomic or not run.session.has_table(JOURNAL):
        return None
    rows = run.session.query(
        f"SELECT done, total, started_at, aim, renames, rounds FROM {_journal(run)} WHERE id = {_ROW}"
    )
    if not rows:
        return None
    done, total, started, aim, renames, rounds = (str(value) for value in rows[0])
    return BrokenOff(
        text=f"a sync of {started} was broken off after at least {done} of its {total} statements; "
        "what is there now was looked at anew, and this one goes on with what is left",
        aim=aim,
        renames=decode(renames.encode(), Renames, place=JOURNAL),
        rounds=tuple(
            one
            for one in decode(rounds.encode(), tuple[Round, ...], place=JOURNAL)
            if _is_done(run, one, int(done))
        ),
    )


def _is_done(run: Run, found: Round, done: int) -> bool:
    """Whether the columns have taken each other's names: each stays where it is in the table, under another name."""
    if done >= found.statement or done < found.statement - 1:
        return done >= found.statement
    marks = ", ".join("?" for _ in found.columns)
    rows = run.session.query(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = database()"
        f" AND table_name = ? AND column_name IN ({marks}) ORDER BY ordinal_position",
        (found.table, *found.columns),
    )
    return [str(name) for (name,) in rows] != [*found.columns]


def rounds(renames: Renames, before: Database, scripts: Sequence[Script]) -> tuple[Round, ...]:
    """The circles among `renames`, and which of `scripts` leads round."""
    earlier = {new: old for old, new in renames.tables}
    found = []
    for name in dict.fromkeys(one.table for one in renames.columns):
        table = before.table(name) or before.table(earlier.get(name, name))
        pairs = [(one.before, one.after) for one in renames.columns if one.table == name]
        straight = without_circles(pairs)
        names = {old for old, new in pairs if (old, new) not in straight and old != new}
        if table is None or not names:
            continue
        columns = tuple(column.name for column in table.columns if column.name in names)
        number = next(
            (n for n, one in enumerate(scripts, start=1) if _renames(one, table.name, name)), None
        )
        if number is not None:
            found.append(Round(table=name, statement=number, columns=columns))
    return tuple(found)


def _renames(script: Script, *names: str) -> bool:
    return " RENAME COLUMN " in f" {' '.join(script.sql.split())} " and any(
        f"`{name.replace('`', '``')}`" in script.sql.split("RENAME COLUMN", 1)[0] for name in names
    )


def settle(run: Run) -> None:
    """Forget a sync that was broken off: the database is what the schema says."""
    if not run.session.atomic and run.session.has_table(JOURNAL):
        run.session.execute(f"DELETE FROM {_journal(run)}")


def aim_of(wanted: Database) -> str:
    """What tells one state that a database is to reach from another."""
    return sha256(encode(wanted)).hexdigest()


def begin(
    run: Run, scripts: Sequence[Script], aim: str, renames: Renames, before: Database
) -> None:
    """Write down that a sync begins, which leads from `before` to `aim` by `scripts`."""
    run.session.execute(
        f"CREATE TABLE IF NOT EXISTS {_journal(run)} (id integer NOT NULL PRIMARY KEY,"
        " done integer NOT NULL, total integer NOT NULL, started_at varchar(32) NOT NULL,"
        f" aim varchar(64) NOT NULL, renames longtext NOT NULL, rounds longtext NOT NULL)"
        f"{run.session.table_options}"
    )
    earlier = broken_off(run)
    done = tuple(replace(one, statement=0) for one in earlier.rounds) if earlier else ()
    found = (*done, *rounds(renames, before, scripts))
    with run.work():
        run.session.execute(f"DELETE FROM {_journal(run)}")
        run.session.execute(
            f"INSERT INTO {_journal(run)} (id, done, total, started_at, aim, renames, rounds)"
            f" VALUES (?, 0, ?, {run.session.clock}, ?, ?, ?)",
            (
                _ROW,
                len(scripts),
                aim,
                encode(renames).decode(),
                msgspec.json.encode(found).decode(),
            ),
        )


def _journal(run: Run) -> str:
    return dialect_of(run.target.provider).quote(JOURNAL)


def note(run: Run, number: int) -> None:
    """Write down that so many statements are done, where the server could not undo them."""
    if run.session.atomic:
        return
    run.session.execute(f"UPDATE {_journal(run)} SET done = ? WHERE id = ?", (number, _ROW))
