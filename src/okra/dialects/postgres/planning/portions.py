"""Plans so large that one transaction would not hold their locks are committed in portions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.plan import Statement

MOST_LOCKS = 5000
"""What fits into a server's table of locks as it comes: 64 for each of 100 connections, less what others hold.

Source  PostgreSQL manual, 19.12 Lock Management, max_locks_per_transaction
"""

_DISABLES, _ENABLES = " DISABLE TRIGGER ", " ENABLE TRIGGER "
_LOCKS = (("DROP TABLE ", 10), ("CREATE TABLE ", 5), ("ALTER TABLE ", 2))
"""How many locks statements take until the commit: on the table, its indexes, its TOAST table and that one's index.

Measured with tables of seven columns and two indexes: 9.9 to drop one, less than 6.4 to make one.
"""


def in_portions(statements: Iterable[Statement], most: int = MOST_LOCKS) -> list[Statement]:
    """`statements`, with a commit wherever the next one would take a lock too many.

    None comes where a trigger is switched off: whoever writes there then would not fire it.
    """
    found: list[Statement] = []
    held = 0
    off = 0
    for statement in statements:
        wanted = next((many for start, many in _LOCKS if statement.sql.startswith(start)), 1)
        starts_anew = statement.anew or not statement.transactional
        is_off = off > 0
        if statement.sql.startswith("ALTER TABLE "):
            off += (_DISABLES in statement.sql) - (_ENABLES in statement.sql)
        if held + wanted > most and not starts_anew and not is_off:
            found.append(replace(statement, anew=True))
            held = wanted
            continue
        held = wanted if starts_anew else held + wanted
        found.append(statement)
    return found
