"""`generate`: what changed since the newest migration, proven and written as the next one."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from okra.devdb import Dev
from okra.devdb.versions import lacking_in
from okra.dialects import dialect as dialect_of
from okra.errors import NoDevDatabase, PlanError
from okra.migrations.chain import Directory
from okra.migrations.directory import (
    mend_current,
    next_version,
    read_directory,
    taken_back_on_failure,
    write_migration,
)
from okra.migrations.draft import USUAL, Draft, Manner, draft
from okra.migrations.prove import prove
from okra.migrations.snapshot import Contents
from okra.relational.model import Database
from okra.relational.renaming import NO_RENAMES, Renames

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from okra.language.definition import SchemaDefinition

_ANYWHERE = Dev()


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """One provider's next migration, and the directory it will go to.

    directory  as it was read; `write` refuses if it has changed since
    messages   what was mended on the way, as sentences
    """

    directory: Directory
    draft: Draft
    messages: tuple[str, ...] = ()


class Unproven(msgspec.Struct, frozen=True, kw_only=True):
    """Why a migration could not be proven, and what to do so that it can be."""

    reason: str
    way_out: str


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A migration that was written, or would have been.

    folder    where it lies; None in a dry run
    unproven  why there was no proof, and how to get one; None where there was one, or none was wanted
    warnings  what the proof does not say, as sentences
    """

    provider: str
    version: str
    folder: Path | None
    migration_sql: str
    rollback_sql: str
    verified: bool
    hooks_sql: str | None = None
    unproven: Unproven | None = None
    warnings: tuple[str, ...] = ()


def prepare(
    path: Path,
    provider: str,
    models: SchemaDefinition,
    *,
    renames: Renames = NO_RENAMES,
    fills: Mapping[tuple[str, str], str] | None = None,
    mend: bool = True,
    manner: Manner = USUAL,
) -> Prepared:
    """What `models` changes against the newest migration in `path`. Writes nothing but a mended `current/`.

    renames, fills  the user's answers to the draft's questions
    mend            False: leave `current/` as it is, too
    Raises          DirectoryError for a fork or a broken directory, UnsupportedChange
    """
    directory = read_directory(path, provider)
    directory.check_chain()
    message = mend_current(directory) if mend else None
    newest = directory.newest.snapshot() if directory.newest else None
    return Prepared(
        directory=directory,
        draft=draft(
            provider,
            newest.database if newest else Database(),
            newest.models if newest else None,
            models,
            renames=renames,
            fills=fills,
            manner=manner,
        ),
        messages=(message,) if message else (),
    )


def write_all(
    prepared: Sequence[Prepared],
    *,
    name: str | None,
    verify: bool,
    dry_run: bool,
    now: datetime,
    devs: Sequence[Dev] | None = None,
) -> tuple[Written, ...]:
    """Prove and write all that have changes, under one version; nothing for those that have none.

    What was written is taken back where the next can't be written.

    devs    where each of `prepared` is proven
    Raises  PlanError where a proof fails, DirectoryError; then nothing is written at all
    """
    places = devs or [Dev()] * len(prepared)
    changed = [
        (item, dev) for item, dev in zip(prepared, places, strict=True) if item.draft.changes
    ]
    if not changed:
        return ()
    version = common_version(prepared, now)
    texts = [proven(item, version, verify=verify, dev=dev) for item, dev in changed]
    if dry_run:
        return tuple(texts)
    written = []
    with ExitStack() as together:
        for (item, _), text in zip(changed, texts, strict=True):
            folders = together.enter_context(taken_back_on_failure(item.directory))
            found = write(item, text, name)
            folders += [found.folder] if found.folder else []
            written.append(found)
    return tuple(written)


def common_version(prepared: Sequence[Prepared], now: datetime) -> str:
    """One version for the migrations of all providers: later than everything in their directories."""
    return max(next_version(item.directory, now) for item in prepared)


def proven(prepared: Prepared, version: str, *, verify: bool, dev: Dev = _ANYWHERE) -> Written:
    """The migration's texts, after their proof if `verify`; nothing is written yet.

    dev     where the proof takes place; without a server there, it is left out and `unproven` says so
    Raises  PlanError where the proof fails, or the server that it is for lacks something
    """
    found = prepared.draft
    _check_target(found, dev)
    texts = Written(
        provider=found.provider,
        version=version,
        folder=None,
        migration_sql=found.migration_sql(version),
        rollback_sql=found.rollback_sql(version),
        hooks_sql=found.hooks_sql(version),
        verified=verify,
    )
    if not verify:
        return texts
    try:
        proof = prove(
            dialect_of(found.provider),
            found.before,
            found.after,
            found.changes,
            migration_sql=texts.migration_sql,
            rollback_sql=texts.rollback_sql,
            hooks_sql=texts.hooks_sql,
            dev=dev,
        )
    except NoDevDatabase as error:
        reason = Unproven(reason=error.message, way_out=error.help or "")
        return msgspec.structs.replace(texts, verified=False, unproven=reason)
    return msgspec.structs.replace(texts, warnings=proof.warnings)


def _check_target(found: Draft, dev: Dev) -> None:
    """Nothing, if the server that the migration is for has all that it needs, as far as that is known."""
    if dev.server_version is None:
        return
    missing = lacking_in(dialect_of(found.provider), found.after, dev.server_version)
    if missing:
        raise PlanError(
            f"the database can't have what the schema asks for: {missing[0]}",
            code="OKR435",
            help="\n".join(
                [
                    *missing[1:],
                    f"the configuration says that its `serverVersion` is {dev.server_version}",
                ]
            ),
        )


def write(prepared: Prepared, texts: Written, name: str | None) -> Written:
    """Put the migration on top of its directory, whole or not at all.

    Raises  DirectoryError where the directory can't be written, or has changed since it was read
    """
    found = prepared.draft
    folder = write_migration(
        prepared.directory,
        version=texts.version,
        name=name,
        contents=Contents(database=found.after, models=found.models, answers=found.answers),
        migration_sql=texts.migration_sql,
        rollback_sql=texts.rollback_sql,
        hooks_sql=texts.hooks_sql,
        verified=texts.verified,
    )
    return msgspec.structs.replace(texts, folder=folder)
