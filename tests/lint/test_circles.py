"""OKR351: which tables require each other, and which only wait for those that do."""

from __future__ import annotations

from itertools import pairwise

from linting import in_schema


def schema(*needs: tuple[str, str]) -> str:
    """Models that need each other: the first of each pair has a required key to the second."""
    names = dict.fromkeys(name for pair in needs for name in pair)
    fields: dict[str, list[str]] = {name: ["id: ID!"] for name in names}
    for number, (one, other) in enumerate(needs):
        key = f"{other.lower()}{number}Id"
        relation = f'@relation(name: "r{number}", fields: [{key}], references: [id])'
        fields[one] += [f"{key}: ID!", f"to{number}: {other}! {relation}"]
        fields[other].append(f'from{number}: [{one}!]! @relation(name: "r{number}")')
    return "".join(
        f"model {name} {{\n  {chr(10).join(lines)}\n}}\n" for name, lines in fields.items()
    )


def circles(*needs: tuple[str, str]) -> list[str]:
    found = in_schema(schema(*needs), "sqlite")
    return [item.message for item in found if item.code == "OKR351"]


def test_a_circle_is_said_once_and_by_its_shortest_way() -> None:
    found = circles(("A", "B"), ("B", "C"), ("C", "A"), ("C", "D"), ("D", "A"))

    assert found == [
        "no first row can be inserted: `as` → `bs` → `cs` → `as` require each other",
        "no first row can be inserted: `ds` → `as` → `bs` → `cs` → `ds` require each other",
    ]


def test_what_leads_into_a_circle_or_out_of_it_is_not_part_of_it() -> None:
    found = circles(("X", "A"), ("A", "B"), ("B", "A"), ("B", "Y"), ("Y", "Z"), ("X", "X"))

    assert found == ["no first row can be inserted: `as` → `bs` → `as` require each other"]


def test_a_long_chain_has_none() -> None:
    names = [f"M{number}" for number in range(300)]

    assert circles(*pairwise(names)) == []
