"""`squash`: the oldest migrations of a directory made one, which begins with the empty schema."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from okra.devdb import Dev, scratch
from okra.devdb.extensions import install
from okra.dialects import dialect as dialect_of
from okra.errors import DatabaseError, NoDevDatabase, PlanError, UsageError
from okra.lowering import lower
from okra.migrations.chain import Directory, Files, Migration, check_sealed
from okra.migrations.draft import Draft
from okra.migrations.findings import named
from okra.migrations.folder import HOOKS_SQL, UP_SQL
from okra.migrations.generate import Unproven
from okra.migrations.header import Replaced
from okra.migrations.history import Direction
from okra.migrations.hooks import pieces, pieces_of, statements, statements_of
from okra.migrations.prove import prove, run_file
from okra.migrations.rewriting import New
from okra.migrations.snapshot import Contents, Snapshot
from okra.plan import HOOKS
from okra.relational.diff import diff
from okra.relational.model import Database
from okra.relational.order import order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Script

_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T_ ]?(\d\d):?(\d\d)(?::?(\d\d))?)?Z?")
NAME = "squashed"


class Squash(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be done in one directory.

    old       what is squashed, the oldest first
    new       what takes its place
    hooks     the folders of `old` that have hooks
    kept      whether those run in `new`
    left      what the old ones leave in an empty database and the new one does not, like "3 rows in `countries`"
    unproven  why it could not be proven, and how to get there
    warnings  what the proof does not say, as sentences
    """

    directory: Directory
    old: tuple[Migration, ...]
    new: New
    hooks: tuple[str, ...] = ()
    kept: bool = False
    left: tuple[str, ...] = ()
    unproven: Unproven | None = None
    warnings: tuple[str, ...] = ()


def chosen_range(directory: Directory, before: str | None) -> tuple[Migration, ...]:
    """The migrations that are older than `before`: a version, a folder, or a date; None: all.

    Raises  UsageError for what is none of these, and where there are less than two; DirectoryError for a fork
    """
    directory.check_chain()
    limit = None if before is None else _limit(directory, before)
    found = tuple(each for each in directory.migrations if limit is None or each.version < limit)
    if len(found) < 2:  # noqa: PLR2004 - one is one already
        when = "" if before is None else f" older than `{before}`"
        count = f"is only `{found[0].folder}`" if found else "is no migration"
        raise UsageError(
            f"there {count}{when}: there is nothing to squash",
            code="OKR490",
            place=str(directory.path),
            help="`--before` takes a version, which stays as it is, or a date like 2024-03-01",
        )
    return found


def _limit(directory: Directory, before: str) -> str:
    for migration in directory.migrations:
        if before in (migration.version, migration.folder):
            return migration.version
    match = _DATE.fullmatch(before.strip())
    if match is None:
        return directory.find(before).version  # refused, with the nearest name
    parts = [part or "00" for part in match.groups()]
    try:
        moment = datetime.strptime("".join(parts), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError as error:
        raise UsageError(
            f"`{before}` is no date",
            code="OKR490",
            place=str(directory.path),
            help="nothing was changed; a date is year, month and day, like 2024-03-31",
        ) from error
    return f"{moment:%Y%m%d_%H%M%S}"


def squash(
    directory: Directory, old: Sequence[Migration], dev: Dev, *, verify: bool, keep_hooks: bool
) -> Squash:
    """One migration in place of `old`, proven; nothing is written yet.

    Raises  ChecksumMismatch where one of them was edited, PlanError where the proof fails
    """
    files = [each.read() for each in old]
    for migration, content in zip(old, files, strict=True):
        check_sealed(migration, content)
    last = old[-1].snapshot()
    with_hooks = [
        (each, content)
        for each, content in zip(old, files, strict=True)
        if content.hooks is not None
    ]
    texts = _texts(directory.provider, last, old[-1].version, with_hooks if keep_hooks else [])
    new = New(
        version=old[-1].version,
        name=_name(old),
        parent=None,
        contents=Contents(database=last.database, models=last.models),
        files=texts,
        verified=verify,
        replaces=tuple(_replaced(each) for each in old),
    )
    found = Squash(
        directory=directory,
        old=tuple(old),
        new=new,
        hooks=tuple(each.folder for each, _ in with_hooks),
        kept=keep_hooks and bool(with_hooks),
    )
    return _proven(found, dev) if verify else found


def _replaced(migration: Migration) -> Replaced:
    header = migration.header
    return Replaced(
        version=header.version, hash=header.hash, name=header.name, replaces=header.replaces
    )


def _name(old: Sequence[Migration]) -> str:
    """A name that makes its folder another one than that of the last it takes the place of."""
    return NAME if old[-1].header.name != NAME else f"{NAME}_again"


def _texts(
    provider: str, last: Snapshot, version: str, hooks: Sequence[tuple[Migration, Files]]
) -> Files:
    speaks = dialect_of(provider)
    there = order(diff(Database(), last.database), cut_cycles=speaks.cuts_cycles)
    back = order(diff(last.database, Database()), cut_cycles=speaks.cuts_cycles)
    draft = Draft(
        provider=provider,
        before=Database(),
        after=last.database,
        models=last.models,
        changes=there,
        plan=speaks.plan(there, last.database, online=False),
        reverse=speaks.plan(back, Database(), online=False),
        described=lower(last.models, provider),
    )
    up, down = draft.migration_sql(version), draft.rollback_sql(version)
    if not hooks:
        return Files(up.encode(), down.encode())
    marker = f"-- {HOOKS}\n"
    sections = [
        f"-- from {each.folder}\n{piece.text.strip()}\n"
        for each, content in hooks
        for piece in pieces_of(each, content, Direction.UP)
        if piece.file == HOOKS_SQL
    ]
    text = "-- okra:up\n\n" + "\n".join(sections) + "\n-- okra:down\n"
    head, _, rest = down.partition("\n\n")
    return Files(f"{up}\n{marker}".encode(), f"{head}\n\n{marker}\n{rest}".encode(), text.encode())


def _proven(found: Squash, dev: Dev) -> Squash:
    new = found.new
    provider = found.directory.provider
    empty, after = Database(), new.contents.database
    try:
        proof = prove(
            dialect_of(provider),
            empty,
            after,
            order(diff(empty, after), cut_cycles=dialect_of(provider).cuts_cycles),
            migration_sql=new.files.migration.decode(),
            rollback_sql=new.files.rollback.decode(),
            hooks_sql=None if new.files.hooks is None else new.files.hooks.decode(),
            dev=dev,
        )
    except NoDevDatabase as error:
        reason = Unproven(reason=error.message, way_out=error.help or "")
        new = msgspec.structs.replace(new, verified=False)
        return msgspec.structs.replace(found, new=new, unproven=reason)
    except PlanError as error:
        if found.kept:
            raise _hooks_fail(found, error) from error
        raise
    try:
        left = _left_behind(found, dev)
    except (PlanError, DatabaseError) as error:
        told = (
            f"what they leave besides tables can't be compared, as they do not run: {error.message}"
        )
        return msgspec.structs.replace(found, warnings=(*proof.warnings, told))
    return msgspec.structs.replace(found, left=left, warnings=proof.warnings)


def _hooks_fail(found: Squash, error: PlanError) -> PlanError:
    return PlanError(
        f"the hooks of {named(found.hooks)} do not work on the schema that all of them lead to: {error.message}",
        code="OKR494",
        place=error.place,
        help="squash without `--keep-hooks`, or up to the migration that comes before what they need is gone: "
        f"`--before VERSION`\nnothing was written; what failed: {error.help or error.message}",
    )


def _left_behind(found: Squash, dev: Dev) -> tuple[str, ...]:
    """What is in a database that the old ones made, and not in one that the new one makes.

    Raises  PlanError where the old ones do not run one after the other
    """
    speaks = dialect_of(found.directory.provider)
    courses = [
        (each.folder, statements_of(each, each.read(), Direction.UP, speaks)) for each in found.old
    ]
    before = _remains(found, courses, dev)
    now: dict[str, int] = {}
    if found.kept:
        files = found.new.files
        parts = pieces(
            UP_SQL, files.migration.decode(), (files.hooks or b"").decode(), Direction.UP
        )
        now = _remains(found, [(found.new.folder, statements(speaks, parts))], dev)
    return tuple(
        f"{'' if count == 0 else f'{count} rows of '}{what}"
        for what, count in before.items()
        if now.get(what) != count
    )


def _remains(
    found: Squash, courses: Sequence[tuple[str, Sequence[Script]]], dev: Dev
) -> dict[str, int]:
    """Tables with how many rows they have, and what no schema can say of the database, after `courses` ran."""
    provider = found.directory.provider
    speaks = dialect_of(provider)
    session = scratch(provider, dev)
    try:
        install(session, provider, (found.new.contents.database,))
        for folder, scripts in courses:
            run_file(speaks, session, scripts, f"{folder}/migration.sql")
        there = speaks.introspect(session)
        remains = dict.fromkeys(there.ignored, 0)
        for table in there.database.tables:
            name = ".".join(speaks.quote(part) for part in table.name.split(".", 1))
            rows = int(str(session.query(f"SELECT count(*) FROM {name}")[0][0]))
            if rows:
                remains[f"`{table.name}`"] = rows
        return remains
    finally:
        session.close()
