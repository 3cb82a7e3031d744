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
    needs = _unmet({table.name: _needed(table) for table in tables})
    said: set[frozenset[str]] = set()
    for table in tables:
        circle = _circle(table.name, needs) if table.name in needs else None
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


def _unmet(needs: dict[str, list[str]]) -> dict[str, list[str]]:
    """The tables that never get a row, whatever the order: all that they need but never get either."""
    needed_by: dict[str, list[str]] = {name: [] for name in needs}
    for name, needed in needs.items():
        for other in needed:
            needed_by.setdefault(other, []).append(name)
    open_needs = {name: len(needs.get(name, ())) for name in needed_by}
    filled = [name for name, count in open_needs.items() if not count]
    for name in filled:
        for other in needed_by[name]:
            open_needs[other] -= 1
            if not open_needs[other]:
                filled.append(other)
    met = {*filled}
    return {
        name: [other for other in needed if other not in met]
        for name, needed in needs.items()
        if name not in met
    }


def _circle(start: str, needs: dict[str, list[str]]) -> list[str] | None:
    """The shortest way from `start` back to it."""
    before: dict[str, str] = {}
    reached = [start]
    for name in reached:
        for other in needs.get(name, ()):
            if other == start:
                return _way(name, before)
            if other not in before:
                before[other] = name
                reached.append(other)
    return None


def _way(end: str, before: dict[str, str]) -> list[str]:
    """From where the search began to `end`."""
    way = [end]
    while way[-1] in before:
        way.append(before[way[-1]])
    return way[::-1]


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
