"""What is told of a run while it is at work: short, also where a statement runs in thousands of ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from okra.cli.output import Output
from okra.cli.progress import Progress
from okra.migrations.events import Event, EventKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from places import Place


def shown(
    capsys: pytest.CaptureFixture[str], count: int, clock: Callable[[], float]
) -> list[tuple[str, ...]]:
    """The lines of two statements, each run in so many ranges of one row."""
    out = Output(json=False, quiet=False, color=False, debug=False)
    progress = Progress(out, "Applying", clock=clock)
    for number in (1, 2):
        event = Event(
            kind=EventKind.STATEMENT_STARTED, version="1", name=None, number=number, total=2
        )
        progress(event)
        for done in range(1, count):
            progress(
                Event(
                    kind=EventKind.RANGE_DONE,
                    version="1",
                    name=None,
                    number=number,
                    total=2,
                    purpose=f"{done} rows are done",
                )
            )
        progress(
            Event(
                kind=EventKind.STATEMENT_DONE,
                version="1",
                name=None,
                number=number,
                total=2,
                purpose="move",
            )
        )
    return [tuple(line.split(maxsplit=1)) for line in capsys.readouterr().out.splitlines()]


def rows(lines: list[tuple[str, ...]], number: int) -> list[int]:
    return [
        int(text.split()[0])
        for at, text in lines
        if at == f"{number}/2" and text.endswith("rows are done")
    ]


@pytest.mark.parametrize("count", [3, 12, 1_001, 20_000])
def test_ever_fewer_ranges_are_told_and_the_end_of_the_statement_always(
    capsys: pytest.CaptureFixture[str], count: int
) -> None:
    lines = shown(capsys, count, lambda: 0.0)

    told = [digit * ten for ten in (1, 10, 100, 1_000, 10_000) for digit in range(1, 10)]
    assert rows(lines, 1) == rows(lines, 2) == [number for number in told if number < count]
    assert [line for line in lines if line[1] == "move"] == [("1/2", "move"), ("2/2", "move")]


def test_ranges_that_take_long_are_told_every_half_minute(
    capsys: pytest.CaptureFixture[str],
) -> None:
    passed = iter(range(0, 100_000, 10))  # every look at the clock is ten seconds later

    lines = shown(capsys, 60, lambda: float(next(passed)))

    later = [10, 13, 16, 19, 20, 23, 26, 29, 30, 33, 36, 39, 40, 43, 46, 49, 50, 53, 56, 59]
    assert rows(lines, 1) == [*range(1, 10), *later]


@pytest.mark.only_on("sqlite")
def test_a_statement_in_many_ranges_does_not_flood_the_log(place: Place) -> None:
    place.configure()
    place.schema("model Note { id: Int! @id  n: Int }")
    place.must("db:migrate:generate", "--name", "first")
    place.must("db:migrate:up")
    place.sql(f"INSERT INTO notes (id) VALUES {', '.join(f'({number})' for number in range(65))};")
    place.schema("model Note { id: Int! @id  n: Int  m: Int }")
    place.must("db:migrate:generate", "--name", "second", "--with-hooks")
    hooks = next(place.folder.glob("migrations/*_second/hooks.sql"))
    hooks.write_text(
        "-- okra:up\n-- okra:batch size=1 key=id\nUPDATE notes SET m = id;\n-- okra:down\n"
    )
    place.must("db:migrate:verify")

    said = place.must("db:migrate:up")

    told = [line.split()[1] for line in said.splitlines() if line.endswith("rows are done")]
    assert told == [str(number) for number in (*range(1, 10), 10, 20, 30, 40, 50, 60)]
    assert place.sql("SELECT count(*) FROM notes WHERE m = id") == [(65,)]
