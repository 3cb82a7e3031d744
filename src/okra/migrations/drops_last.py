"""What loses data comes behind all that rows may refuse, where a server can't undo the one for the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.dialects.elsewhere import elsewhere
from okra.plan import HazardKind, Plan
from okra.relational.diff import diff
from okra.relational.expanding import still_there
from okra.relational.order import order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okra.dialects.base import Dialect
    from okra.plan import Statement
    from okra.relational.changes import Change
    from okra.relational.model import Database
    from okra.relational.renaming import Renames


def plan(
    dialect: Dialect,
    before: Database,
    after: Database,
    changes: Sequence[Change],
    renames: Renames,
    fills: Mapping[tuple[str, str], str],
    *,
    online: bool,
) -> Plan:
    """The plan of `changes`, which lead from `before` to `after`.

    Where a statement that rows may refuse would come when something is dropped for good, the drops are a part of
    their own at the end: a migration that stops there has lost nothing.
    """
    usual = dialect.plan(changes, after, online=online)
    if not _loses_in_vain(usual.statements, undoes=elsewhere(dialect.name).UNDOES_DDL):
        return usual
    last = still_there(before, after, renames)
    if last == after:
        return usual
    sure = order(diff(before, last, renames, fills), cut_cycles=dialect.cuts_cycles)
    drops = order(diff(last, after), cut_cycles=dialect.cuts_cycles)
    first = dialect.plan(sure, last, online=online).statements
    then = dialect.plan(drops, after, online=online).statements
    if then and any(statement.anew for statement in first):
        then = (replace(then[0], anew=True), *then[1:])
    return Plan(statements=(*first, *then))


def _loses_in_vain(statements: Sequence[Statement], *, undoes: bool) -> bool:
    """Whether a statement may fail when another has lost data, and that is committed.

    undoes  the server undoes definitions with the transaction that they are changed in
    """
    lost = committed = alone = False
    for statement in statements:
        kinds = {hazard.kind for hazard in statement.hazards}
        if not undoes or alone or statement.anew or not statement.transactional:
            committed = lost
        if committed and HazardKind.MAY_FAIL in kinds:
            return True
        lost = lost or HazardKind.LOSES_DATA in kinds
        alone = not statement.transactional
    return False
