"""Taking over a database that already is as some migration leaves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.dialects import dialect
from okra.errors import DatabaseError
from okra.migrations.events import Event, EventKind
from okra.migrations.findings import named, sealed_hash
from okra.migrations.history import Kind, State

if TYPE_CHECKING:
    from okra.migrations.chain import Migration
    from okra.migrations.executor import Run
    from okra.relational.model import Database

_SHOWN = 12


class Baseline(msgspec.Struct, frozen=True, kw_only=True):
    """The versions that were written down, and in what the database differs from the last of them."""

    versions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def record_baseline(run: Run, wanted: str, *, dry_run: bool) -> Baseline:
    """Write down all migrations up to and with `wanted` as done.

    Raises  UsageError for an unknown version, DatabaseError where there is a history already
    """
    run.directory.check_chain()
    last = run.directory.find(wanted)
    refuse_history(run)
    warnings = differences(run, last)
    versions = write_down(run, last, dry_run=dry_run)
    run.warn(warnings)
    return Baseline(versions=versions, warnings=warnings)


def write_down(run: Run, last: Migration, *, dry_run: bool = False) -> tuple[str, ...]:
    """Write down all migrations up to and with `last` as done, all or none; returns their versions.

    Raises  DatabaseError where there is a history already
    """
    covered = [each for each in run.directory.migrations if each.version <= last.version]
    claims = [
        run.claim(each, Kind.BASELINE, checksum=sealed_hash(each), total=0) for each in covered
    ]
    if not dry_run:
        with run.transaction():
            refuse_history(run)
            run.prepare_history()
            for claim in claims:
                run.point(f"baseline {claim.version}")
                run.history.record(claim, known=False)
    for number, claim in enumerate(claims, start=1):
        run.note(claim, State.DONE)
        run.emit(
            Event(
                kind=EventKind.BASELINED,
                version=claim.version,
                name=claim.name,
                number=number,
                total=len(claims),
            )
        )
    return tuple(claim.version for claim in claims)


def differences(run: Run, last: Migration) -> tuple[str, ...]:
    """What the tables of `last` would still need. Tables that it does not know are nobody's business.

    Raises  DatabaseError where the database has none of them
    """
    from okra.relational.describe import describe
    from okra.relational.diff import diff

    wanted = last.snapshot().database
    found = there(run, wanted)
    if wanted.tables and not found.tables:
        raise _none_there(run, last, [table.name for table in wanted.tables])
    lines = [line for change in diff(found, wanted) for line in describe((change,))]
    shown = [f"the database is not as `{last.folder}` leaves it: {line}" for line in lines[:_SHOWN]]
    if len(lines) > _SHOWN:
        shown.append(f"and it differs in {len(lines) - _SHOWN} more ways")
    return tuple(shown)


def there(run: Run, wanted: Database) -> Database:
    """What the database has of the tables of `wanted`."""
    names = [table.name for table in wanted.tables]
    reads = dialect(run.target.provider).introspect
    return reads(run.session, names, wanted=wanted).database


def _none_there(run: Run, last: Migration, names: list[str]) -> DatabaseError:
    if run.strangers:
        way_out = (
            "look whether this is the right database, and the right migrations for it\n"
            "`okra db:pull` writes the schema of the tables that it has"
        )
    else:
        way_out = "to make them run `okra db:migrate:up` without `--baseline`"
    return DatabaseError(
        f"the database has none of the tables that `{last.folder}` leaves: {named(names)}",
        code="OKR535",
        place=str(run.target.url),
        help=f"{way_out}\nnothing was written down",
    )


def refuse_history(run: Run) -> None:
    """Nothing, if the database has no history yet.

    Raises  DatabaseError
    """
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
