"""OKR339: USING INDEX on columns that may be NULL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import AddsKey, CreatesIndex, SetsNotNull
from okra.lint.rule import MigrationHit, Rule
from okra.plan import HazardKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    required: set[tuple[str, str]] = set()
    built: dict[str, CreatesIndex] = {}
    for step in sight.steps:
        for act in step.acts:
            match act:
                case SetsNotNull(table=table, column=column):
                    required.add((table, column))
                case CreatesIndex(name=name):
                    built[name] = act
                case AddsKey(table=table, ready=True, primary=True, index=name) if name in built:
                    columns = built[name].columns
                    open_ones = [
                        column
                        for column in columns
                        if (table, column) not in required and _may_be_null(sight, table, column)
                    ]
                    if open_ones and not sight.is_new(table):
                        yield MigrationHit(
                            step=step,
                            at=act.at,
                            message=f"nobody can read or write `{table}` while all its rows are looked at for a NULL in `{open_ones[0]}`",
                            help=f"first make `{open_ones[0]}` required the long way, as `okra explain OKR307` shows",
                        )
                case _:
                    pass


def _may_be_null(sight: MigrationSight, table: str, column: str) -> bool:
    before = sight.column_before(table, column)
    return before is not None and before.nullable


RULE = Rule(
    code="OKR339",
    name="primary-key-from-nullable",
    title="a primary key from an index looks at every row for a NULL",
    text="""\
ADD PRIMARY KEY USING INDEX is instant where all columns of the index are NOT NULL. Where one is not, PostgreSQL makes it so,
and reads the whole table under ACCESS EXCLUSIVE to see that no row has NULL there.""",
    example="""\
CREATE UNIQUE INDEX CONCURRENTLY users_age ON users (age);
ALTER TABLE users ADD CONSTRAINT users_key PRIMARY KEY USING INDEX users_age;""",
    safe="""\
ALTER TABLE users ADD CONSTRAINT age_is_there CHECK (age IS NOT NULL) NOT VALID;
-- okra: new transaction
ALTER TABLE users VALIDATE CONSTRAINT age_is_there;
-- okra: new transaction
ALTER TABLE users ALTER COLUMN age SET NOT NULL;
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY users_age ON users (age);
ALTER TABLE users ADD CONSTRAINT users_key PRIMARY KEY USING INDEX users_age;""",
    providers=("postgres",),
    said_as=(HazardKind.BLOCKS,),
    migration=check,
)
