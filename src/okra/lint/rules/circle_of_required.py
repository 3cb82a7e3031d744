"""OKR351: required foreign keys in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.errors import Severity
from okra.lint.rule import Rule, SchemaHit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.lint.schema import SchemaSight
    from okra.relational.model import Table


def check(sight: SchemaSight) -> Iterator[SchemaHit]:
    tables = sight.tables()
    needs = {table.name: _needed(table) for table in tables}
    said: set[frozenset[str]] = set()
    for table in tables:
        circle = _circle(table.name, needs)
        if circle is None or frozenset(circle) in said:
            continue
        said.add(frozenset(circle))
        way = " → ".join(f"`{name}`" for name in (*circle, circle[0]))
        yield SchemaHit(
            name=sight.name(table.name),
            message=f"no first row can be inserted: {way} require each other",
            help="make one of the relations optional, or `deferrable: DEFERRED`, so that it is checked at the end of the transaction",
        )


def _needed(table: Table) -> list[str]:
    """The tables that a row can't be without when it is inserted; itself not: a row may refer to itself."""
    optional = {column.name for column in table.columns if column.nullable}
    return [
        key.table
        for key in table.foreign_keys
        if not key.initially_deferred and not optional & {*key.columns} and key.table != table.name
    ]


def _circle(start: str, needs: dict[str, list[str]]) -> list[str] | None:
    """The shortest way from `start` back to it."""
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for name in needs.get(way[-1], []):
            if name == start:
                return way
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return None


RULE = Rule(
    code="OKR351",
    name="circle-of-required",
    title="tables require each other: no first row can be inserted",
    text="""\
Each row needs one of the other table to be there before it. Neither can be the first, so both tables stay empty, unless
checks are switched off.""",
    example="""\
model Team {
  id: ID!
  ownerId: ID!
  owner: User! @relation(name: "owner", fields: [ownerId], references: [id])
  members: [User!] @relation(name: "team")
}

model User {
  id: ID!
  teamId: ID!
  team: Team! @relation(name: "team", fields: [teamId], references: [id])
  owned: [Team!] @relation(name: "owner")
}""",
    safe="""\
model Team {
  id: ID!
  ownerId: ID        # the team first, then its owner
}""",
    severity=Severity.ERROR,
    schema=check,
)
