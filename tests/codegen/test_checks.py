"""What Go's Validate says of `@check` is what a database says of it, row by row, null included."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any

from generated import case, schema
from goldens import run
from okra.devdb import scratch
from okra.errors import DatabaseError
from okra.mapping import Names
from okra.migrations.draft import draft
from okra.relational.model import Database
from workshop import Item

if TYPE_CHECKING:
    from workshop import Workshop

GO = case("checks", "go", files="each", dateTime="time.Time", validate=True)
LEFT = "are left to the database"
ROWS = 60
POOLS: dict[str, tuple[Any, ...]] = {
    "a": (None, -2, -1, 0, 1, 2, 3, 5, 6),
    "b": (None, 0, 1, 2, 3),
    "t": (None, "", "x", "X", "it's", "ab", "äöü", "😀😀😀", "abcd"),
    "d": (None, "0", "-0.01", "0.1", "0.10", "1.49", "1.5", "-1.25", "2"),
    "flag": (None, True, False),
    "day": (None, "2024-02-29", "2024-02-28", "1999-12-31", "2000-01-01"),
}


def rows() -> list[tuple[str, dict[str, Any]]]:
    """Random rows of each model, the same in each run."""
    source = Random(20240120)  # noqa: S311 - no secret
    return [
        (model.name, {"id": number, **{name: source.choice(pool) for name, pool in POOLS.items()}})
        for model in schema("checks").models
        for number in range(ROWS)
    ]


def test_go_says_of_checks_what_sqlite_says(workshop: Workshop) -> None:
    given = rows()
    items = [Item(GO.name, model, json.dumps(row)) for model, row in given]
    answers = workshop.go_run("go-checks", lambda: items)
    taken = taken_by_sqlite(given)

    differing = [
        (model, checks_of(model), row, answer.error)
        for (model, row), answer, stored in zip(given, answers, taken, strict=True)
        if (answer.error is None) != stored and not (stored is False and is_left(model, workshop))
    ]
    assert differing == []
    assert any(answer.error is not None for answer in answers)
    assert sum(is_left(model.name, workshop) for model in schema("checks").models) < 5


def checks_of(name: str) -> list[str | None]:
    model = next(model for model in schema("checks").models if model.name == name)
    return [check.expr.default for check in model.checks]


def is_left(model: str, workshop: Workshop) -> bool:
    """Whether the generated code says that the check is one for the database alone."""
    file = workshop.tools.base / "go" / GO.name / f"{model.lower()}.go"
    return LEFT in file.read_text()


def taken_by_sqlite(given: list[tuple[str, dict[str, Any]]]) -> list[bool]:
    session = scratch("sqlite")
    tables = Names(schema("checks"), "sqlite").tables
    run(session, "sqlite", draft("sqlite", Database(), None, schema("checks")).migration_sql("x"))
    found = []
    for model, row in given:
        names, marks = ", ".join(row), ", ".join("?" for _ in row)
        try:
            session.execute(
                f"INSERT INTO {tables[model]} ({names}) VALUES ({marks})", list(row.values())
            )
            found.append(True)
        except DatabaseError:
            found.append(False)
    session.close()
    return found
