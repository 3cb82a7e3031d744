"""What is made of a file that was begun in steps and not finished: how far it came, and whether it may go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects import dialect
from okra.dialects.session import Finding, Prober
from okra.errors import ChecksumMismatch, DatabaseError
from okra.migrations.batch import Progress, batch_of, decode_progress
from okra.migrations.course import Course, course
from okra.migrations.findings import RETRIED, refuse_failed, sealed_hash
from okra.migrations.history import Direction, Hold, State
from okra.migrations.hooks import statements_of
from okra.migrations.journal import Flight, Halfway
from okra.migrations.ranges import is_literal
from okra.migrations.statements import hazards, statement_hash, statements_hash
from okra.migrations.steps import Steps, begin
from okra.plan import HazardKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.migrations.chain import Migration
    from okra.migrations.executor import Run

_SHOWN = 400


def follow(run: Run, prober: Prober, wanted: Course, *, resume: bool) -> Hold:
    """Run one file in steps, from its beginning or from where it was left.

    Where the way up is wanted and the way back was begun, that is finished first; or, where nothing of it was
    done, given up.
    """
    found = run.halfway.get(wanted.version)
    if found is not None and found.is_down and not wanted.is_down:
        stays = _turn_round(run, prober, wanted, found, resume=resume)
        if stays is not None:
            return stays
        run.load()
        found = None
    progress = None
    if found is None:
        hold, at = begin(run, wanted), 0
    else:
        progress = progress_of(wanted, found)
        hold, at = take_up(run, wanted, found, prober=prober, resume=resume)
    Steps(run, wanted, hold, prober=prober, at=at, progress=progress).go()
    return hold


def _turn_round(
    run: Run, prober: Prober, wanted: Course, found: Halfway, *, resume: bool
) -> Hold | None:
    """Finish the way back, with a word about what that loses; a hold where the migration stays as it is."""
    files, sql = wanted.migration.read(), dialect(run.target.provider)
    scripts = statements_of(wanted.migration, files, Direction.DOWN, sql)
    back = course(run, wanted.migration, Direction.DOWN, scripts, wanted.checksum)
    progress = progress_of(back, found)
    hold, at = take_up(run, back, found, prober=prober, resume=resume)
    folder = wanted.migration.folder
    if at == 0 and _is_untouched(run, prober, back, found):
        with run.work():
            run.journal.stay(hold, total=len(wanted.scripts))
            run.history.finish(
                hold,
                state=State.DONE,
                applied=len(wanted.scripts),
                prefix_hash=statements_hash(wanted.scripts),
                duration_ms=0,
            )
        run.warn(
            [f"`{folder}` was to be taken back, and nothing of that was done: it stays applied"]
        )
        return hold
    losses = [loss for script in scripts[at:] for loss in hazards(script, HazardKind.LOSES_DATA)]
    run.warn([f"`{folder}` is half taken back; the rest goes first, and {loss}" for loss in losses])
    Steps(run, back, hold, prober=prober, at=at, progress=progress).go()
    return None


def _is_untouched(run: Run, prober: Prober, back: Course, found: Halfway) -> bool:
    """Whether not even a statement that was broken off has left anything behind."""
    if found.in_flight is None:
        return found.progress is None
    _, _, before = (found.mark or "").split("\n")[0].partition(" ")
    return prober.mark(run.session, back.scripts[0]) == before


def refuse_stopped(run: Run, migration: Migration, *, resume: bool) -> None:
    """Nothing, if `migration` may be tried: it never failed, was mended, or failed for its surroundings.

    Raises  DatabaseError that names the ways out
    """
    if resume:
        return
    checksum = sealed_hash(migration)
    found = run.halfway.get(migration.version)
    if found is not None:
        check_stopped(found, checksum, resume=False)
        _check_done(run, migration, found)
    else:
        refuse_failed(migration, run.records.get(migration.version), checksum)


def _check_done(run: Run, migration: Migration, found: Halfway) -> None:
    """Nothing, if what is done of a file is still what stands there.

    Raises  ChecksumMismatch
    """
    direction = Direction.DOWN if found.is_down else Direction.UP
    scripts = statements_of(migration, migration.read(), direction, dialect(run.target.provider))
    begun = course(run, migration, direction, scripts, found.checksum)
    check_prefix(begun, found)
    progress_of(begun, found)


def refuse_unknown(halfway: Iterable[Halfway]) -> None:
    """Nothing, if no statement is in doubt.

    Raises  DatabaseError that names the three ways out
    """
    for found in halfway:
        if found.state == State.UNKNOWN:
            number = found.error_at_statement or found.in_flight or 0
            raise DatabaseError(
                f"nobody knows whether statement {number} of `{found.version}` was done: "
                "the run was cut off there",
                code="OKR561",
                help=ways_out(found.version, number),
            )


def take_up(
    run: Run, wanted: Course, found: Halfway, *, prober: Prober, resume: bool
) -> tuple[Hold, int]:
    """Take over what was left, once it is known how far it came: the hold, and how many statements are done.

    resume  go on although the statement that failed is still the same
    Raises  DatabaseError that names the ways out where it can't go on; ChecksumMismatch where statements that
            are done were edited; Overtaken
    """
    check_prefix(wanted, found)
    check_stopped(found, wanted.checksum, resume=resume)
    at, unclear = _landed(run, wanted, found, prober)
    run.session.lock.announce(run.runner)
    with run.work():
        run.point("take over")
        hold = run.journal.take_over(
            found,
            runner=run.runner,
            applied=at,
            prefix=statements_hash(wanted.scripts[:at]),
            total=len(wanted.scripts),
            checksum=wanted.checksum,
        )
        if unclear is not None:
            _write_unclear(run, hold, unclear, at, statements_hash(wanted.scripts[:at]))
        run.point("taken over")
    if unclear is not None:
        raise _unknown(wanted, unclear.number)
    return hold, at


def check_prefix(wanted: Course, found: Halfway) -> None:
    """Nothing, if the statements that are done are still those of the file.

    Raises  ChecksumMismatch
    """
    if not found.applied:
        return
    done = wanted.scripts[: found.applied]
    if statements_hash(done) == found.prefix_hash:
        return
    count = "the first statement" if found.applied == 1 else f"the first {found.applied} statements"
    raise ChecksumMismatch(
        f"{count} of `{wanted.migration.folder}` {'was' if found.applied == 1 else 'were'} edited "
        "after being run",
        code="OKR560",
        place=wanted.migration.file(wanted.file),
        help="take what stood there back from version control; what follows may be edited\n"
        "or take back by hand what is there of it, then "
        f"`okra db:migrate:resolve {wanted.version} --reverted`: the next run begins anew",
    )


def progress_of(wanted: Course, found: Halfway) -> Progress | None:
    """How much is done of the first statement that is not done, if it is run in ranges.

    Raises  ChecksumMismatch where that statement was edited since, DatabaseError for what OKRA never wrote
    """
    if found.progress is None:
        return None
    progress = decode_progress(found.progress)
    if progress is None or not is_literal(progress.after):
        raise DatabaseError(
            f"how far `{wanted.migration.folder}` has come can't be read from the history",
            code="OKR567",
            help="take the history back from a backup; or look at the rows, do by hand what is left of the "
            f"migration, then `okra db:migrate:resolve {wanted.version} --applied`",
        )
    number = found.applied
    script = wanted.scripts[number] if number < len(wanted.scripts) else None
    file = wanted.file if script is None else script.file or wanted.file
    batch = None if script is None else batch_of(script, file)
    same = script is not None and statement_hash(script) == progress.statement
    if script is None or batch is None or not same or batch.key != progress.key:
        line = "" if script is None else f":{script.line}"
        raise ChecksumMismatch(
            f"statement {number + 1} of `{wanted.migration.folder}` was edited after a part of its rows were done",
            code="OKR566",
            place=f"{wanted.migration.file(file)}{line}",
            help=f"take it back from version control, with its `okra:batch` and the key `{progress.key}`; "
            "the size may be another one, and what follows may be edited",
        )
    return progress


def check_stopped(found: Halfway, checksum: str, *, resume: bool) -> None:
    """Nothing, if a file that failed halfway may go on: it was mended, or failed for its surroundings.

    Raises  DatabaseError that names the ways out
    """
    if found.state != State.FAILED or resume:
        return
    if found.checksum != checksum or found.error_code in RETRIED:
        return
    command = "down" if found.is_down else "up"
    raise DatabaseError(
        f"`{found.version}` failed at statement {found.error_at_statement} and has not been mended: "
        f"{found.error}",
        code="OKR523",
        help=f"where what it failed on was mended: `okra db:migrate:{command} --resume` goes on with that "
        "statement;\nor mend the file from there on and run `okra db:migrate:verify`;\n"
        "or say what the database is now, with `okra db:migrate:resolve "
        f"{found.version}` and `--applied` or `--reverted`",
    )


def _landed(run: Run, wanted: Course, found: Halfway, prober: Prober) -> tuple[int, Flight | None]:
    """How many statements are done, those in flight seen to, and the one that nobody knows about.

    They were sent one after the other: where a later one is done, all before it are.
    """
    flight = found.flight
    if flight is None:
        return found.applied, None
    outcomes = [
        _outcome(run, wanted, prober, flight.number + offset, mark)
        for offset, mark in enumerate(flight.marks)
    ]
    done = max((at for at, each in enumerate(outcomes, start=1) if each is Finding.DONE), default=0)
    at = flight.number - 1 + done
    if done == len(outcomes):
        return at, None
    if outcomes[done] is Finding.UNCLEAR:
        return at, Flight(number=at + 1, marks=(flight.mark(at + 1),))
    prober.clear(run.session, wanted.scripts[at])
    return at, None


def _outcome(run: Run, wanted: Course, prober: Prober, number: int, mark: str) -> Finding:
    sent, _, before = mark.partition(" ")
    if number > len(wanted.scripts) or statement_hash(wanted.scripts[number - 1]) != sent:
        return Finding.UNCLEAR  # it was edited while it was under way
    return prober.outcome(run.session, wanted.scripts[number - 1], before)


def _write_unclear(run: Run, hold: Hold, flight: Flight, applied: int, prefix: str) -> None:
    run.journal.advance(hold, applied=applied, prefix=prefix, flight=flight)
    run.journal.stop(
        hold,
        State.UNKNOWN,
        code="OKR561",
        message=f"nobody knows whether statement {flight.number} was done",
        number=flight.number,
    )


def _unknown(wanted: Course, number: int) -> DatabaseError:
    script = wanted.scripts[number - 1] if number <= len(wanted.scripts) else None
    folder, file = wanted.migration.folder, wanted.migration.file(wanted.file)
    shown = "" if script is None else f"the statement is\n{script.sql[:_SHOWN]}\n"
    return DatabaseError(
        f"nobody knows whether statement {number} of `{folder}` was done: the run was cut off there",
        code="OKR561",
        place=file if script is None else f"{file}:{script.line}",
        help=shown + ways_out(wanted.version, number),
    )


def ways_out(version: str, number: int) -> str:
    """The three things that somebody may say of a statement in flight, once he has looked."""
    resolve = f"okra db:migrate:resolve {version}"
    return (
        "look at the database, then say what is true:\n"
        f"`{resolve} --done {number}`: it was done; the next run goes on behind it\n"
        f"`{resolve} --retry`: it was not done; the next run sends it again\n"
        f"`{resolve} --reverted`: all of the migration was taken back by hand"
    )
