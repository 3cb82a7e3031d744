"""What is dangerous about a change on PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.notices import breaks_code, changes_data, loses_data, may_fail, rewrites

if TYPE_CHECKING:
    from okra.dialects.postgres.work import Work
    from okra.plan import Hazard
    from okra.relational.model import Table


def drop_table_hazards(table: Table) -> list[Hazard]:
    """The hazards of dropping `table`."""
    return [
        loses_data(f"drops table `{table.name}` with all its rows"),
        breaks_code(f"code that uses `{table.name}` fails"),
    ]


def work_hazards(work: Work) -> list[Hazard]:
    """The hazards of what is done to one table that stays."""
    name = work.after.name
    found: list[Hazard] = []
    for column in work.dropped:
        if column.generated is None:
            found.append(loses_data(f"drops column `{name}.{column.name}` with its values"))
        found.append(breaks_code(f"code that uses `{name}.{column.name}` fails"))
    for retype in work.retyped:
        what = f"{name}.{retype.after.name}"
        if retype.cast.doubt is not None:
            found.append(may_fail(f"`{what}` {retype.cast.doubt}"))
        if retype.cast.loss is not None:
            found.append(changes_data(f"`{what}` {retype.cast.loss}"))
        if retype.cast.rewrites:
            found.append(
                rewrites(
                    f"writes all rows of `{name}` anew; nobody else can read or write meanwhile"
                )
            )
    return found
