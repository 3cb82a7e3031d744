"""What has to be sure before anything changes: the rights, the server's version, and consent to what others suffer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects import dialect
from okra.errors import DatabaseError, UnsupportedChange
from okra.migrations.executor import BLOCKING
from okra.migrations.folder import UP_SQL
from okra.migrations.history import Direction
from okra.migrations.hooks import statements_of
from okra.migrations.statements import hazards
from okra.plan import HazardKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from okra.dialects.base import Script
    from okra.migrations.chain import Migration
    from okra.migrations.executor import Run
    from okra.relational.model import Database

_MARK = f"! {HazardKind.BLOCKS}:"
_NO_SUCH_TABLE = "OKR508"


def check_ready(run: Run, wanted: Sequence[Migration]) -> None:
    """Nothing, if `wanted` may be applied here, as far as that can be known before the first statement.

    Raises  DatabaseError for a missing right and for consent that is missing, UnsupportedChange for a server
            that is too old
    """
    if run.prober is None or not wanted:
        return
    run.session.check_rights()
    for migration in wanted:
        database = migration.snapshot().database
        check_version(
            run, database, what=f"`{migration.folder}`", code="OKR565", place=migration.path
        )
    sql = dialect(run.target.provider)
    check_owned(
        run,
        ((each, UP_SQL, statements_of(each, each.read(), Direction.UP, sql)) for each in wanted),
    )
    if BLOCKING in run.target.allow:
        return
    found = [migration.read() for migration in wanted]
    mark = _MARK.encode()
    if not any(mark in files.migration or mark in (files.hooks or b"") for files in found):
        return
    now: dict[str, str] = {}
    for migration, files in zip(wanted, found, strict=True):
        scripts = statements_of(migration, files, Direction.UP, sql)
        check_blocking(run, migration, UP_SQL, scripts, now)


def check_owned(run: Run, files: Iterable[tuple[Migration, str, Sequence[Script]]]) -> None:
    """Nothing, if nothing of what `files` change belongs to somebody else.

    files   each with its statements; they are cut only where something belongs to somebody else at all
    Raises  DatabaseError that says what belongs to whom
    """
    sql = dialect(run.target.provider)
    foreign = sql.foreign(run.session)
    if not foreign:
        return
    for migration, file, scripts in files:
        halfway = run.halfway.get(migration.version)
        rest = scripts[halfway.applied if halfway else 0 :]
        targets = dict.fromkeys(name for script in rest for name in sql.owned_targets(script))
        owners = {name: foreign[name] for name in targets if name in foreign}
        if owners:
            raise _not_owned(run, migration.file(file), owners)


def check_blocking(
    run: Run, migration: Migration, file: str, scripts: Sequence[Script], now: dict[str, str]
) -> None:
    """Nothing, if no statement keeps others from a table that has rows, or that is allowed.

    now     as in `blocking`
    Raises  DatabaseError that names the statements
    """
    found = blocking(run, migration, scripts, now)
    if not found:
        return
    count = f"{len(found)} statements" if len(found) > 1 else "a statement"
    block = "block" if len(found) > 1 else "blocks"
    listed = "\n".join(found)
    raise DatabaseError(
        f"{count} of `{migration.folder}` {block} others from tables that have rows",
        code="OKR564",
        place=migration.file(file),
        help=f"{listed}\nwhen nobody has to write meanwhile: `--allow blocking`, or "
        '`"allow": ["blocking"]` under `migrations` in the configuration;\n'
        "nothing was changed",
    )


def blocking(
    run: Run, migration: Migration, scripts: Sequence[Script], now: dict[str, str]
) -> tuple[str, ...]:
    """The statements that are left to do, keep others from a table that has rows, and are not allowed, as sentences.

    scripts  all of one file
    now      what the tables are called now that are renamed before they are changed; gets more of them
    """
    if run.prober is None or BLOCKING in run.target.allow:
        return ()
    spared, version = dialect(run.target.provider).is_spared, run.session.server_version
    halfway = run.halfway.get(migration.version)
    done = halfway.applied if halfway else 0
    found = []
    for number, script in enumerate(scripts[done:], start=done + 1):
        messages = [m for m in hazards(script, HazardKind.BLOCKS) if not spared(m, version)]
        tables = [now.get(name, name) for name in run.prober.blocked(script)] if messages else []
        if _have_rows(run, tables):
            found += [f"statement {number}: {message}" for message in messages]
        now |= {after: now.get(before, before) for before, after in run.prober.renamed(script)}
    return tuple(found)


def check_version(run: Run, database: Database, *, what: str, code: str, place: str) -> None:
    """Nothing, if the server is new enough for `database`.

    what  who needs it, for the message
    Raises  UnsupportedChange
    """
    lacking = dialect(run.target.provider).lacking(database, run.session.server_version)
    if not lacking:
        return
    first, *others = lacking
    more = "".join(f"\n{sentence}" for sentence in others)
    raise UnsupportedChange(
        f"{what} needs what the server has not: {first}",
        code=code,
        place=place,
        help=f"use a newer server, or leave it out of the schema{more}\nnothing was changed",
    )


def _not_owned(run: Run, place: str, owners: Mapping[str, str]) -> DatabaseError:
    user = run.session.user or ""
    listed = ", ".join(f"{name} belongs to `{owner}`" for name, owner in owners.items())
    quote = dialect(run.target.provider).quote
    grants = ", ".join(quote(owner) for owner in dict.fromkeys(owners.values()))
    return DatabaseError(
        f"the user `{user}` can't change what is another one's: {listed}",
        code="OKR543",
        place=place,
        help=f"run it as the owner; or let the owner or an administrator run\n"
        f"GRANT {grants} TO {quote(user)};\n"
        f"or give it away, each with `ALTER … OWNER TO {quote(user)}`; nothing was changed",
    )


def _have_rows(run: Run, tables: Iterable[str]) -> bool:
    for table in tables:
        try:
            if run.session.query(f"SELECT 1 FROM {table} LIMIT 1"):
                return True
        except DatabaseError as error:
            if error.code != _NO_SUCH_TABLE:  # an earlier statement is still to make it
                raise
    return False
