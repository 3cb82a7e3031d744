"""Changes → PostgreSQL statements, with the hazards of each, in phases.

What stands in the way goes first: foreign keys, triggers, indexes, constraints, tables. Then come names,
types, new tables, columns, constraints, indexes and foreign keys. Types that nothing uses any more go last.
What others would have to wait for is put off until all that is committed (online.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.hazards import drop_table_hazards
from okra.dialects.postgres.planning.alter import alter_columns
from okra.dialects.postgres.planning.creating import create_schemas, create_tables, created_tables
from okra.dialects.postgres.planning.enums import change_enums, commit_values, drop_enums
from okra.dialects.postgres.planning.hazards import is_doubtful
from okra.dialects.postgres.planning.names import (
    rename_columns,
    rename_constraints,
    rename_relations,
    rename_types,
)
from okra.dialects.postgres.planning.online import Link, add_link, later, waits
from okra.dialects.postgres.planning.parts import alter_at_once, alter_first, drop_parts, unlink
from okra.dialects.postgres.planning.portions import in_portions
from okra.dialects.postgres.planning.touching import create_triggers, drop_functions, drop_triggers
from okra.dialects.postgres.planning.work import gather
from okra.dialects.postgres.quoting import quote_table
from okra.plan import Plan, Statement
from okra.relational.changes import DropTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from okra.dialects.postgres.planning.creating import Created
    from okra.dialects.postgres.planning.work import Work
    from okra.relational.changes import Change
    from okra.relational.model import Database


def plan(changes: Sequence[Change], after: Database, *, online: bool = True) -> Plan:
    """The statements for `changes`, which are in working order and lead to `after`.

    online  others go on reading and writing while indexes are built and rows are checked
    """
    works = gather(changes, after, online=online)
    created = created_tables(changes)
    links = _links(created, works)
    columns = [(work, alter_columns(work)) for work in works] if online else []
    altered = (
        [s for work, found in columns for s in alter_first(work, found)]
        if online
        else [s for work in works for s in alter_at_once(work)]
    )
    postponed = works if online else []
    statements = [
        *create_schemas(changes, after),
        *unlink(changes, works),
        *drop_triggers(works),
        *_drop_tables(changes),
        *(s for work in works for s in drop_parts(work)),
        *rename_types(changes),
        *rename_relations(changes, works),
        *(s for work in works for s in rename_columns(work)),
        *(s for work in works for s in rename_constraints(work)),
        *change_enums(changes),
        *create_tables(created),
        *altered,
        *create_triggers(changes, works),
        *(add_link(link, online=online) for link in links if not waits(link, postponed)),
        *drop_functions(changes, works, after),
        *drop_enums(changes),
        *(later(columns, links) if online else ()),
    ]
    return Plan(statements=tuple(in_portions(commit_values(statements, changes))))


def _drop_tables(changes: Sequence[Change]) -> list[Statement]:
    return [
        Statement(
            sql=f"DROP TABLE {quote_table(change.table.name)}",
            purpose=f"drop table {change.table.name}",
            hazards=tuple(drop_table_hazards(change.table)),
            change=change,
        )
        for change in changes
        if isinstance(change, DropTable)
    ]


def _links(created: Iterable[Created], works: Sequence[Work]) -> list[Link]:
    """The foreign keys that are made by statements of their own."""
    found = [Link(table.name, key, False, True) for table, keys in created for key in keys]
    known = {work.after.name: work for work in works}
    found += (
        Link(work.after.name, key, is_doubtful(known, work.after.name, key), False)
        for work in works
        for key in work.add_keys
    )
    return found
