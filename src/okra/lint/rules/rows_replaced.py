"""OKR360: REPLACE deletes the row that is in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import ReplacesRows
from okra.lint.rule import MigrationHit, Rule
from okra.relational.model import Action

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight

_FOLLOWS = (Action.CASCADE, Action.SET_NULL, Action.SET_DEFAULT)


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    for step, act in sight.every(ReplacesRows):
        if sight.is_new(act.table) or _has_no_key(sight, act.table):
            continue
        with_it = _referring(sight, act.table)
        lost = f", and what ON DELETE says happens to those of {with_it}" if with_it else ""
        yield MigrationHit(
            step=step,
            at=act.at,
            message=f"{act.verb} deletes rows of `{act.table}` that are in the way{lost}",
            help=_INSTEAD[sight.provider],
        )


_INSTEAD = {
    "mysql": "`INSERT … ON DUPLICATE KEY UPDATE` changes the row that is there, and leaves its other columns alone",
    "sqlite": "`INSERT … ON CONFLICT (…) DO UPDATE SET …` changes the row that is there, and leaves its other columns alone",
}


def _has_no_key(sight: MigrationSight, name: str) -> bool:
    """Whether nothing can be in the way: two rows of the table may be equal."""
    table = sight.table_before(name)
    keys = () if table is None else [table.primary_key, *(i for i in table.indexes if i.unique)]
    return table is not None and not any(keys)


def _referring(sight: MigrationSight, name: str) -> str:
    """The tables whose rows are changed where one of this table is deleted."""
    found = [
        f"`{table.name}`"
        for table in sight.database.tables
        for key in table.foreign_keys
        if key.table.lower() == name.lower() and key.on_delete in _FOLLOWS
    ]
    return " and ".join(dict.fromkeys(found))


RULE = Rule(
    code="OKR360",
    name="rows-replaced",
    title="REPLACE deletes the rows that are in the way",
    text="""\
REPLACE, and in SQLite INSERT OR REPLACE and UPDATE OR REPLACE, delete every row that has one of the new row's unique keys, and
then insert the new one. Columns that the statement does not name are not kept: they get their defaults. Foreign keys
see a row go: with ON DELETE CASCADE the rows that refer to it are deleted, with SET NULL they refer to nothing, although
a row with the same key is there again at once.""",
    example="""\
REPLACE INTO users (id, name) VALUES (1, 'Ada');""",
    safe="""\
-- MySQL and MariaDB
INSERT INTO users (id, name) VALUES (1, 'Ada') ON DUPLICATE KEY UPDATE name = 'Ada';
-- SQLite
INSERT INTO users (id, name) VALUES (1, 'Ada') ON CONFLICT (id) DO UPDATE SET name = excluded.name;""",
    providers=("mysql", "sqlite"),
    migration=check,
)
