"""What was there before each sync, kept in files beside the configuration."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from okra.errors import DirectoryError, UsageError
from okra.relational.codec import decode, encode
from okra.relational.model import Database
from okra.relational.renaming import NO_RENAMES, Renames
from okra.textfiles import read_text, shown

if TYPE_CHECKING:
    from pathlib import Path

    from okra.declarative.proposal import Proposal
    from okra.migrations.executor import Target

FORMAT = 1
KEPT = 50
LAST = "last"
_MAX_BYTES = 256_000_000
_NAME = re.compile(r"\d{8}_\d{6}(_\d{6})?_[0-9a-f]{12}\.json")


class SchemaSnapshot(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A database as it was.

    of        where it is, as people may see it
    taken_at  UTC, ISO 8601
    renames   what the sync behind it took for renamed
    """

    format: int
    provider: str
    of: str
    environment: str | None = None
    taken_at: str = ""
    database: Database = Database()
    renames: Renames = NO_RENAMES


def keep(folder: Path | None, target: Target, proposal: Proposal) -> Path | None:
    """Write down what is there before `proposal` is carried out, and forget all but the newest.

    Raises  UsageError where the folder leads out of the project; OSError
    """
    if folder is None:
        return None
    now = datetime.now(UTC)
    snapshot = SchemaSnapshot(
        format=FORMAT,
        provider=target.provider,
        of=str(target.url),
        environment=target.environment,
        taken_at=now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        database=proposal.live,
        renames=proposal.renames,
    )
    _check_inside(folder)
    data = encode(snapshot)
    digest = sha256(encode(proposal.live)).hexdigest()[:12]
    folder.mkdir(parents=True, exist_ok=True)
    ignore = folder.parent / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    path = folder / f"{now:%Y%m%d_%H%M%S_%f}_{digest}.json"
    staged = path.with_suffix(".tmp")
    staged.write_bytes(data)
    staged.replace(path)
    for old in _files(folder)[:-KEPT]:
        old.unlink(missing_ok=True)
    return path


def _check_inside(folder: Path) -> None:
    """Nothing, if `folder` lies where its name says: two below the configuration, links resolved.

    Raises  UsageError
    """
    project = os.path.realpath(folder.parent.parent)
    for path in (folder.parent, folder):
        if os.path.commonpath([project, os.path.realpath(path)]) != project:
            raise UsageError(
                f"`{shown(path)}` is a link that leads out of the project: no snapshot is written there",
                code="OKR646",
                place=shown(path),
                help="nothing was changed; take the link away, and the folder is made anew",
            )


def _check_whole(database: Database, place: str) -> None:
    """Nothing, if all keys and indexes of `database` are of columns that their tables have.

    Raises  UsageError
    """
    for table in database.tables:
        names = {column.name for column in table.columns}
        keys = [table.primary_key.columns] if table.primary_key else []
        keys += [index.columns for index in table.indexes]
        keys += [key.columns for key in table.foreign_keys]
        for column in (column for key in keys for column in key):
            if column not in names:
                raise UsageError(
                    f"the snapshot has a key or an index of `{table.name}` with the column `{column}`, "
                    "and no such column",
                    code="OKR583",
                    place=place,
                    help="it was changed by hand: name another one; nothing was changed",
                )


def find(folder: Path, wanted: str, target: Target, start: Path) -> SchemaSnapshot:
    """The snapshot that `wanted` names: a file, the beginning of its name, or `last`.

    start   the folder that paths start from
    Raises  UsageError where there is none, or it is of another kind of database
    """
    path = _path(folder, wanted, target, start)
    found = _read(path)
    if found.provider != target.provider:
        raise UsageError(
            f"the snapshot is of a `{found.provider}` database, and this one is `{target.provider}`",
            code="OKR583",
            place=shown(path),
            help="`--env` says which environment is meant",
        )
    return found


def _path(folder: Path, wanted: str, target: Target, start: Path) -> Path:
    if wanted == LAST:
        for path in reversed(_files(folder)):
            if _read(path).of == str(target.url):
                return path
        raise UsageError(
            "there is no snapshot of this database",
            code="OKR584",
            place=shown(folder),
            help="one is kept before each `okra db:sync` that changes something",
        )
    given = start / wanted
    if given.is_file():
        return given
    matches = [path for path in _files(folder) if wanted and path.name.startswith(wanted)]
    if len(matches) == 1:
        return matches[0]
    found = f"{len(matches)} snapshots begin with" if matches else "there is no snapshot"
    names = ", ".join(path.stem for path in (matches or _files(folder))[-3:])
    raise UsageError(
        f"{found} `{wanted}`",
        code="OKR584",
        place=shown(folder),
        help=f"the newest are {names}" if names else "none was taken yet",
    )


def _files(folder: Path) -> list[Path]:
    """The snapshots in `folder`, the oldest first."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))


def _read(path: Path) -> SchemaSnapshot:
    text = read_text(path, "the snapshot", _MAX_BYTES)
    try:
        found = decode(text.encode(), SchemaSnapshot, place=shown(path))
    except DirectoryError as error:
        raise UsageError(
            error.message,
            code="OKR583",
            place=shown(path),
            help="name another one; `okra db:sync` takes one before each change",
        ) from error
    if found.format > FORMAT:
        raise UsageError(
            f"the snapshot has the format {found.format}, and this OKRA knows {FORMAT}",
            code="OKR583",
            place=shown(path),
            help="use the version of OKRA that wrote it, or a newer one",
        )
    _check_whole(found.database, shown(path))
    return found
