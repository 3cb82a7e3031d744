"""Files of seeds, and what `okra db:seed` says of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from places import Place, Ran

ANN = {"email": "ann@x", "name": "Ann"}
BOB = {"email": "bob@x", "name": "Bob"}


def write(place: Place, files: dict[str, object]) -> None:
    """Files of the seeds folder; what is no text is written as JSON."""
    for name, content in files.items():
        path = place.folder / "seeds" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content))


def seeded(place: Place, files: dict[str, object]) -> list[str]:
    """Seed with these files; what it says of each of them."""
    write(place, files)
    return [line.strip() for line in place.must("db:seed").splitlines() if line.startswith("  ")]


def refused(place: Place, files: dict[str, object]) -> list[str]:
    """Seed with files that are wrong; the lines of the error."""
    write(place, files)
    found: Ran = place.okra("db:seed")
    assert found.code != 0, found
    assert rows(place, "users") + rows(place, "posts") + rows(place, "tags") == 0
    return found.err.strip().splitlines()


def rows(place: Place, table: str) -> int:
    return int(place.sql(f"SELECT count(*) FROM {table}")[0][0])


def one_value(place: Place, sql: str) -> object:
    return place.sql(sql)[0][0]
