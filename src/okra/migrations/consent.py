"""What has to be sure before anything changes: the rights, the server's version, and consent to what others suffer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects import dialect
from okra.errors import DatabaseError, UnsupportedChange
from okra.migrations.executor import BLOCKING
from okra.migrations.statements import hazards, split_file
from okra.plan import HazardKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Script
    from okra.dialects.session import Prober
    from okra.migrations.chain import Migration
    from okra.migrations.executor import Run

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
        _check_version(run, migration)
    for migration in wanted:
        data = migration.read().migration
        if BLOCKING not in run.target.allow and _MARK.encode() in data:
            scripts = split_file(run, migration, "migration.sql", data)
            check_blocking(run, migration, "migration.sql", scripts)


def check_blocking(run: Run, migration: Migration, file: str, scripts: Sequence[Script]) -> None:
    """Nothing, if no statement keeps others from a table that has rows, or that is allowed.

    Raises  DatabaseError that names the statements
    """
    if run.prober is None or BLOCKING in run.target.allow:
        return
    halfway = run.halfway.get(migration.version)
    done = halfway.applied if halfway else 0
    found = [
        f"statement {number}: {message}"
        for number, script in enumerate(scripts, start=1)
        for message in hazards(script, HazardKind.BLOCKS)
        if number > done and _touches_rows(run, run.prober, script)
    ]
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


def _check_version(run: Run, migration: Migration) -> None:
    database = migration.snapshot().database
    version = run.session.server_version
    lacking = dialect(run.target.provider).lacking(database, version)
    if not lacking:
        return
    first, *others = lacking
    more = "".join(f"\n{sentence}" for sentence in others)
    raise UnsupportedChange(
        f"`{migration.folder}` needs what the server has not: {first}",
        code="OKR565",
        place=migration.path,
        help=f"use a newer server, or leave it out of the schema{more}\nnothing was changed",
    )


def _touches_rows(run: Run, prober: Prober, script: Script) -> bool:
    for table in prober.blocked(script):
        try:
            if run.session.query(f"SELECT 1 FROM {table} LIMIT 1"):
                return True
        except DatabaseError as error:
            if error.code != _NO_SUCH_TABLE:  # an earlier statement is still to make it
                raise
    return False
