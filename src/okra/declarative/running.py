"""The statements of a plan, run in their order under the guard, and told of one by one."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.errors import DatabaseError
from okra.migrations.events import Event, EventKind, milliseconds
from okra.migrations.statements import finish_guard, purpose

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from okra.dialects.base import Script
    from okra.migrations.executor import Run


def run_scripts(
    run: Run,
    scripts: Sequence[Script],
    *,
    done: Callable[[int], None] | None = None,
    failed: Callable[[int, DatabaseError], DatabaseError] | None = None,
) -> None:
    """Run `scripts`. Statements are counted from 1.

    done    takes note of the one with this number, before the next is sent
    failed  gives what is raised for the error of the one with this number

    Raises  DatabaseError
    """
    guard = run.session.guard(scripts)
    guard.start()
    for number, script in enumerate(scripts, start=1):
        event = Event(
            kind=EventKind.STATEMENT_STARTED,
            version="",
            name=None,
            number=number,
            total=len(scripts),
            purpose=purpose(script),
        )
        run.emit(event)
        run.point(f"statement {number}")
        started = monotonic()
        try:
            guard.run(number - 1)
            run.point(f"statement {number} done")
            if done is not None:
                done(number)
        except DatabaseError as error:
            said = error if failed is None else failed(number, error)
            if said is error:
                raise
            raise said from error
        run.emit(replace(event, kind=EventKind.STATEMENT_DONE, duration_ms=milliseconds(started)))
    finish_guard(run, guard)
