"""OKR361: ATTACH PARTITION looks at every row of the partition while nobody can read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.acts import AddsCheck, AttachesPartition, ValidatesConstraint
from okra.lint.rule import MigrationHit, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.migration import MigrationSight


def check(sight: MigrationSight) -> Iterator[MigrationHit]:
    wanted: set[tuple[str, str]] = set()
    assured: set[str] = set()
    for step in sight.steps:
        for act in step.acts:
            match act:
                case AddsCheck(table=table, name=name, unchecked=True):
                    wanted.add((table, name))
                case AddsCheck(table=table):
                    assured.add(table)
                case ValidatesConstraint(table=table, name=name) if (table, name) in wanted:
                    assured.add(table)
                case AttachesPartition(partition=name):
                    before = sight.table_before(name)
                    checked = before is not None and bool(before.checks)
                    if name in assured or checked or sight.is_new(name):
                        continue
                    of = "that belong to no other partition" if act.rest else "that belong there"
                    yield MigrationHit(
                        step=step,
                        at=act.at,
                        message=f"nobody can read or write `{name}` while all its rows are looked at: only those {of} may be in it",
                        help=f"first `ALTER TABLE {name} ADD CONSTRAINT c CHECK (…) NOT VALID` with the bounds, then "
                        "`VALIDATE CONSTRAINT c` in another transaction: ATTACH PARTITION then looks at nothing",
                    )
                case _:
                    pass


RULE = Rule(
    code="OKR361",
    name="partition-attached-by-a-scan",
    title="ATTACH PARTITION reads the whole partition under a lock",
    text="""\
ATTACH PARTITION takes ACCESS EXCLUSIVE on the table that becomes a partition, which keeps even readers out, and looks at
every row of it under that lock: each must lie within the bounds. Where a CHECK that was validated before says so already,
PostgreSQL believes it and reads nothing. The check must also rule out NULL, unless the columns are NOT NULL. A default
partition that is there is locked and read, too: it gets a CHECK that leaves the new bounds out.""",
    example="""\
ALTER TABLE readings ATTACH PARTITION readings_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');""",
    safe="""\
ALTER TABLE readings_2024 ADD CONSTRAINT of_2024
  CHECK (taken_on >= '2024-01-01' AND taken_on < '2025-01-01') NOT VALID;
-- okra: new transaction
ALTER TABLE readings_2024 VALIDATE CONSTRAINT of_2024;
-- okra: new transaction
ALTER TABLE readings ATTACH PARTITION readings_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
ALTER TABLE readings_2024 DROP CONSTRAINT of_2024;""",
    providers=("postgres",),
    migration=check,
)
