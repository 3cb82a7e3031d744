"""Taking over a database that already is as some migration leaves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.errors import DatabaseError
from okra.migrations.findings import sealed_hash
from okra.migrations.history import Kind, State

if TYPE_CHECKING:
    from okra.migrations.executor import Run


def record_baseline(run: Run, wanted: str, *, dry_run: bool) -> tuple[str, ...]:
    """Write down all migrations up to and with `wanted` as done; returns their versions.

    Raises  UsageError for an unknown version, DatabaseError where there is a history already
    """
    run.directory.check_chain()
    last = run.directory.find(wanted).version
    covered = [each for each in run.directory.migrations if each.version <= last]
    _refuse_history(run)
    claims = [
        run.claim(each, Kind.BASELINE, checksum=sealed_hash(each), total=0) for each in covered
    ]
    if not dry_run:
        with run.transaction():
            _refuse_history(run)
            run.prepare_history()
            for claim in claims:
                run.point(f"baseline {claim.version}")
                run.history.record(claim, known=False)
    for claim in claims:
        run.note(claim, State.DONE)
    return tuple(claim.version for claim in claims)


def _refuse_history(run: Run) -> None:
    if not run.records:
        return
    newest = max(run.records)
    raise DatabaseError(
        f"the database has a history already: its newest entry is `{newest}`",
        code="OKR531",
        place=str(run.target.url),
        help="leave `--baseline` out; to write down one more migration as done without running it:\n"
        "`okra db:migrate:resolve VERSION --applied`",
    )
