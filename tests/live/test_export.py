"""What `db:migrate:export` writes does, by the rules of each tool, what the migrations do: up and back."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from other_tools import TOOLS, send

if TYPE_CHECKING:
    from places import Place

CLINIC = Path(__file__).parents[2] / "examples/clinic/migrations"
OLD = """\
model User {
  id: Int! @id
  name: String!
  note: String
}
model Order {
  id: Int! @id
  userId: Int!
  user: User! @relation(fields: [userId], onDelete: CASCADE)
}
"""


def clinic(place: Place, tool: str) -> Path:
    """The history of the clinic, exported for `tool`."""
    shutil.copytree(CLINIC / place.provider, place.folder / "migrations")
    place.schema("model User { id: ID! }")
    place.must("db:migrate:export", "--format", tool, "--out", "out")
    return place.folder / "out"


def differs(place: Place, version: str) -> bool:
    return place.okra("db:diff", version, "database", "--check").code != 0


@pytest.mark.parametrize("tool", TOOLS)
def test_the_other_tool_gets_where_okra_gets(place: Place, tool: str) -> None:
    found = TOOLS[tool](clinic(place, tool), place.provider)
    send(place.url, found.up)
    assert not differs(place, "migrations")
    if found.down:
        send(place.url, found.down)
        assert not differs(place, "empty")


@pytest.mark.parametrize("tool", TOOLS)
def test_hooks_run_in_their_place(place: Place, tool: str) -> None:
    place.schema("model User { id: Int! @id name: String! }")
    place.must("db:migrate:generate")
    place.schema("model User { id: Int! @id firstName: String! }")
    place.must("db:migrate:generate", "--with-hooks", "--name", "split")
    hooks = next(place.folder.glob("migrations/*_split/hooks.sql"))
    hooks.write_text(
        "-- okra:up\n-- okra:batch size=2 key=id\nUPDATE users SET first_name = name;\n"
        "-- okra:down\nUPDATE users SET name = first_name;\n"
    )
    place.must("db:migrate:verify")
    said = place.okra("db:migrate:export", "--format", tool, "--out", "out")
    assert said.code == 0, said
    assert "in batches" in said.err
    found = TOOLS[tool](place.folder / "out", place.provider)
    first = [unit for unit in found.up if "_split" not in unit.name]
    send(place.url, first)
    place.sql("INSERT INTO users VALUES (1, 'Ann'), (2, 'Ben'), (3, 'Cem')")
    send(place.url, found.up[len(first) :])
    assert place.sql("SELECT id, first_name FROM users ORDER BY id") == [
        (1, "Ann"),
        (2, "Ben"),
        (3, "Cem"),
    ]
    if found.down:
        send(place.url, found.down[: -len(first)])
        assert place.sql("SELECT id, name FROM users ORDER BY id") == [
            (1, "Ann"),
            (2, "Ben"),
            (3, "Cem"),
        ]
