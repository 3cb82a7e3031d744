"""Plan, Statement and Hazard: what will be run, in order, and what is dangerous about it. Values only."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from okra.relational.changes import Change

OUTSIDE = "okra: outside a transaction"
"""The comment line above a statement that runs by itself, without a transaction around it."""

ANEW = "okra: new transaction"
"""The comment line above a statement before which everything is committed."""


HOOKS = "okra: hooks"
"""The comment line in migration.sql and rollback.sql at which hooks.sql runs."""


class HazardKind(StrEnum):
    LOSES_DATA = "loses data"
    MAY_FAIL = "may fail on existing data"
    CHANGES_DATA = "changes data"
    BLOCKS = "blocks writes or reads"
    REWRITES = "rewrites the table"
    BREAKS_CODE = "breaks code that runs against the old schema"


class Hazard(msgspec.Struct, frozen=True, kw_only=True):
    """Something to know before a statement runs. `message` is one sentence that names the objects.

    spoils  the column, as `table.column`, whose values are not what they were; one that only gives a value to
            rows which have none spoils nothing
    """

    kind: HazardKind
    message: str
    spoils: str | None = None


class Statement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One statement of one dialect, without its closing semicolon.

    purpose        a few words: becomes the comment above it and the progress line
    notes          more lines for the comment
    transactional  False where the server refuses it inside a transaction
    anew           what stands before it has to be committed first
    change         what it is for, where that is one change
    """

    sql: str
    purpose: str
    notes: tuple[str, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    transactional: bool = True
    anew: bool = False
    change: Change | None = None


class Plan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    statements: tuple[Statement, ...] = ()

    @property
    def hazards(self) -> tuple[Hazard, ...]:
        """Every hazard of every statement, in order."""
        return tuple(hazard for statement in self.statements for hazard in statement.hazards)
