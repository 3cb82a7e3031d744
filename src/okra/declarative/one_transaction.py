"""A plan that one transaction can hold, where the server has transactions for definitions at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.relational.changes import AddValue, AlterEnum, ReorderValues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Dialect
    from okra.plan import Plan
    from okra.relational.changes import Change
    from okra.relational.model import Database


def in_one_transaction(
    dialect: Dialect, changes: Sequence[Change], after: Database, *, atomic: bool
) -> Plan:
    """The plan for `changes`, which one transaction can hold if `atomic`.

    PostgreSQL can't use a value of an enum in the transaction that has added it. Where the plan does, the
    type is made anew with all its values instead, as if they were put into another order.
    """
    plan = dialect.plan(changes, after, online=False)
    if not atomic or _is_whole(plan):
        return plan
    return dialect.plan(_with_remade_enums(changes), after, online=False)


def _is_whole(plan: Plan) -> bool:
    return all(item.transactional and not item.anew for item in plan.statements)


def _with_remade_enums(changes: Sequence[Change]) -> tuple[Change, ...]:
    return tuple(
        replace(change, steps=(*change.steps, _reordered(change)))
        if isinstance(change, AlterEnum) and any(isinstance(s, AddValue) for s in change.steps)
        else change
        for change in changes
    )


def _reordered(change: AlterEnum) -> ReorderValues:
    return ReorderValues(before=change.before.values, after=change.after.values)
