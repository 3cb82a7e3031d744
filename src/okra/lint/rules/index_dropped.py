"""OKR356: an index that nothing takes the place of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import CreatesIndex, DropsIndexes
from okra.lint.rule import MigrationHit, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight
    from okra.relational.model import Index, Table


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(DropsIndexes):
        for name in act.names:
            found = sight.index_before(name, act.table)
            if found is None or _is_covered(sight, *found):
                continue
            table, index = found
            yield MigrationHit(
                step=step,
                at=act.at,
                message=f"queries that look for `{', '.join(index.columns)}` in `{table.name}` read the whole table from now on",
                help="look at how often it is used first; in MySQL and MariaDB make it invisible for a while",
            )


def _is_covered(sight: MigrationSight, table: Table, index: Index) -> bool:
    """Whether something else finds the rows as well: another index that begins so; or the columns are gone."""
    after = sight.table_after(table.name)
    names = {column.name for column in after.columns} if after is not None else set()
    if after is None or not index.columns or not {*index.columns} <= names:
        return True
    firsts = {other.columns[:1] for other in after.indexes if other != index and not other.where}
    firsts |= {act.columns[:1] for _, act in sight.every(CreatesIndex) if act.table == table.name}
    if after.primary_key is not None:
        firsts.add(after.primary_key.columns[:1])
    return index.columns[:1] in firsts


RULE = Rule(
    code="OKR356",
    name="index-dropped",
    title="an index goes, and no other one begins with its column",
    text="""\
Dropping an index takes an instant, and its queries are slow from then on; making it again takes as long as the table is
large. An index in whose place another one begins with the same column, or whose columns go with it, is not
meant.""",
    example="""\
DROP INDEX posts_title_idx;""",
    safe="""\
-- PostgreSQL: is it used?
SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'posts_title_idx';""",
    migration=check,
)
