"""Runs plans on a live PostgreSQL and sees, statement by statement, what each does to tables that were there."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from okra.plan import HazardKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.dialects.session import MigrationSession
    from okra.plan import Plan, Statement

WAITED_FOR = ("ShareLock", "ShareRowExclusiveLock", "ExclusiveLock", "AccessExclusiveLock")
SIGNS = ("rewriting table", "verifying table", "validating foreign key", "building index")


class Seen(NamedTuple):
    """What one statement did to tables that were there: names of those that it wrote anew, and made others wait for."""

    rewritten: set[str]
    blocked: set[str]


class Watch:
    """Runs statements as a migration does, and looks at what each does."""

    def __init__(self, session: MigrationSession) -> None:
        self.session = session
        self.messages: list[str] = []
        self.created: set[str] = set()
        session._connection.add_notice_handler(self._hear)
        session.execute("SET client_min_messages = debug1")

    def _hear(self, note) -> None:
        self.messages.append(note.message_primary or "")

    def close(self) -> None:
        """Look no more."""
        self.session.execute("RESET client_min_messages")
        self.session._connection.remove_notice_handler(self._hear)

    def files(self) -> dict[str, int]:
        rows = self.session.query(
            "SELECT c.oid::regclass::text, c.relfilenode FROM pg_class c"
            " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname !~ '^(pg_|information)' AND relkind = 'r'"
        )
        return {str(name).strip('"'): node for name, node in rows}

    def locks(self) -> set[str]:
        marks = ", ".join(f"'{mode}'" for mode in WAITED_FOR)
        rows = self.session.query(
            "SELECT c.relname FROM pg_locks l JOIN pg_class c ON c.oid = l.relation"
            " WHERE l.pid = pg_backend_pid() AND l.granted AND c.relkind = 'r'"
            f" AND l.locktype = 'relation' AND l.mode IN ({marks})"
        )
        return {str(row[0]) for row in rows}

    def run(self, statement: Statement) -> Seen:
        """The statement, and what it did."""
        before = self.files()
        held = self.locks()
        self.messages.clear()
        self.session.execute(statement.sql)
        said = [text for text in self.messages if text.startswith(SIGNS)]
        after = self.files()
        self.created |= after.keys() - before.keys()
        there = before.keys() - self.created
        rewritten = {name for name in there & after.keys() if before[name] != after[name]}
        looked = {name for name in there if any(f'"{name}"' in text for text in said)}
        held |= self.locks()
        own = statement.sql.split('"')[1:4:2]  # a new table has no row that refers to anything
        new = {name.rpartition(".")[2].strip('"') for name in self.created}
        if any(text.startswith("validating") for text in said) and not new & {*own}:
            looked |= there & held
        return Seen(rewritten, looked & held)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self.session.begin()
        try:
            yield
        except BaseException:
            self.session.rollback()
            raise
        self.session.commit()

    def go(self, plan: Plan) -> list[tuple[Statement, Seen]]:
        """All statements of `plan` in their transactions."""
        found: list[tuple[Statement, Seen]] = []
        for segment in segments(plan):
            if not segment[0].transactional:
                found.append((segment[0], self.run(segment[0])))
                continue
            with self.transaction():
                found += [(statement, self.run(statement)) for statement in segment]
        return found


def segments(plan: Plan) -> list[list[Statement]]:
    found: list[list[Statement]] = []
    for statement in plan.statements:
        alone = not statement.transactional or (found and not found[-1][0].transactional)
        if not found or alone or statement.anew:
            found.append([])
        found[-1].append(statement)
    return found


def kinds(statement: Statement) -> set[HazardKind]:
    return {hazard.kind for hazard in statement.hazards}


def false_claims(done: list[tuple[Statement, Seen]]) -> list[str]:
    """Statements that did what they do not warn of."""
    wrong = []
    for statement, seen in done:
        told = kinds(statement)
        if any("fails if there are rows" in hazard.message for hazard in statement.hazards):
            continue
        if seen.rewritten and HazardKind.REWRITES not in told:
            wrong.append(f"rewrites {sorted(seen.rewritten)}: {statement.sql}")
        if seen.blocked and not told & {HazardKind.REWRITES, HazardKind.BLOCKS}:
            wrong.append(f"blocks {sorted(seen.blocked)}: {statement.sql}")
    return wrong
