"""What rows would lose by a change, counted before anything is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.declarative.counting import Counts, counted
from okra.migrations.excluded import used_types
from okra.relational.changes import (
    AlterColumn,
    AlterTable,
    DropColumn,
    DropEnum,
    DropTable,
    RenameTable,
    RenameValue,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from okra.dialects.base import Dialect
    from okra.dialects.session import MigrationSession
    from okra.plan import Plan
    from okra.relational.changes import Change


class Loss(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that rows would lose.

    kind   what is done: `Drop column`
    what   the table, column or type, as people write it: `users.legacy_field`
    count  how many rows, or values, it costs
    unit   what is counted: `row` or `value`
    note   what becomes of them, where the kind does not say it
    """

    kind: str
    what: str
    count: int
    unit: str
    note: str | None = None

    @property
    def text(self) -> str:
        """One line: `Drop column: users.legacy_field (1,204 values)`."""
        count = counted(self.count, self.unit, f"{self.unit}s")
        note = f": {self.note}" if self.note else ""
        return f"{self.kind}: {self.what} ({count}){note}"


def losses(
    session: MigrationSession, dialect: Dialect, changes: Sequence[Change], plan: Plan
) -> tuple[Loss, ...]:
    """All that rows would lose: what is dropped, and what values lose that are kept."""
    counts = Counts(session, dialect, changes)
    found = [*_dropped_columns(counts, changes), *_dropped_tables(counts, changes)]
    found += _dropped_types(changes)
    return (*found, *_changed(counts, changes, plan))


def unharmed(changes: Sequence[Change], plan: Plan, found: Sequence[Loss]) -> tuple[str, ...]:
    """The tables whose values would change, by the names they have now, had any of them been there to be `found`."""
    lost = {one.what for one in found}
    earlier = {change.after: change.before for change in changes if isinstance(change, RenameTable)}
    columns = {hazard.spoils for hazard in plan.hazards if hazard.spoils} - lost
    tables = (
        change.before.name
        for change in changes
        if isinstance(change, AlterTable)
        and any(f"{change.after.name}.{column.name}" in columns for column in change.after.columns)
    )
    return tuple(earlier.get(name, name) for name in tables)


def _dropped_columns(counts: Counts, changes: Sequence[Change]) -> Iterator[Loss]:
    for change in changes:
        if not isinstance(change, AlterTable):
            continue
        gone = [
            step.column.name
            for step in change.steps
            if isinstance(step, DropColumn) and step.column.generated is None
        ]
        for column, count in zip(gone, counts.values(change, gone), strict=True):
            what = f"{change.after.name}.{column}"
            yield Loss(kind="Drop column", what=what, count=count, unit="value")


def _dropped_tables(counts: Counts, changes: Sequence[Change]) -> Iterator[Loss]:
    for change in changes:
        if isinstance(change, DropTable):
            name = change.table.name
            yield Loss(kind="Drop table", what=name, count=counts.rows(name), unit="row")


def _dropped_types(changes: Sequence[Change]) -> Iterator[Loss]:
    """Types that no table has used: somebody else may have made them, for functions of his own."""
    tables = [change.before for change in changes if isinstance(change, AlterTable)]
    tables += [change.table for change in changes if isinstance(change, DropTable)]
    used = used_types(tables)
    for change in changes:
        if isinstance(change, DropEnum) and change.enum.name not in used:
            count = len(change.enum.values)
            yield Loss(kind="Drop type", what=change.enum.name, count=count, unit="value")


def _changed(counts: Counts, changes: Sequence[Change], plan: Plan) -> Iterator[Loss]:
    """Values that stay and are not what they were; a column that holds none loses nothing."""
    for change in changes:
        if not isinstance(change, AlterTable):
            continue
        altered = [step.after.name for step in change.steps if isinstance(step, AlterColumn)]
        altered += [step.column for step in change.steps if isinstance(step, RenameValue)]
        for column in dict.fromkeys(altered):
            what = f"{change.after.name}.{column}"
            notes = dict.fromkeys(one.message for one in plan.hazards if one.spoils == what)
            if not notes:
                continue
            (count,) = counts.values(change, [counts.earlier(change, column)])
            if count:
                yield Loss(
                    kind="Change column",
                    what=what,
                    count=count,
                    unit="value",
                    note="; ".join(notes),
                )
