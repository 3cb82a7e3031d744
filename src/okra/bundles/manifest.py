"""Which entries of a bundle are OKRA's, what they are called, and whether they are as they were written."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from okra.bundles.archive import MAX_BYTES, MAX_ENTRIES, MAX_RATIO, Entry, file_entry, most_bytes
from okra.errors import BundleError
from okra.migrations.directory import ARCHIVE
from okra.textfiles import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

MANIFEST = "okra.manifest.json"
MODELS = "models.okra.json"
FORMAT = 1
_DATABASES, _MIGRATIONS = "databases", "migrations"
_DEPTH = 2  # a migration's folder, and a file in it
_END = 20 * 512  # blocks at the end, at most


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The list of OKRA's entries.

    entries  the name of each, with the SHA-256 of its bytes
    """

    format: int
    entries: dict[str, str]


def models_name(database: str | None) -> str:
    """Where the models of a database are; None: of the only one."""
    return _name(database, MODELS)


def migrations_name(database: str | None, provider: str) -> str:
    """The folder with the migrations of a database for a provider."""
    return _name(database, f"{_MIGRATIONS}/{provider}")


def _name(database: str | None, name: str) -> str:
    return f"{_DATABASES}/{database}/{name}" if database else name


def database_of(name: str) -> str | None:
    """The database that an entry is for; None: the only one."""
    return name.split("/")[1] if name.startswith(f"{_DATABASES}/") else None


def sealed(files: Mapping[str, bytes]) -> tuple[Entry, ...]:
    """OKRA's entries, by name, behind the manifest that tells what they are."""
    names = sorted(files)
    manifest = Manifest(format=FORMAT, entries={name: _digest(files[name]) for name in names})
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
    return (file_entry(MANIFEST, text), *(file_entry(name, files[name]) for name in names))


def check_size(entries: Sequence[Entry], packed: int) -> None:
    """Nothing, if whoever reads the bundle will take so much.

    packed  the size of the file that holds it
    Raises  BundleError
    """
    size = sum(len(entry.whole) for entry in entries) + _END
    if size <= most_bytes(packed) and len(entries) <= MAX_ENTRIES:
        return
    raise BundleError(
        f"the bundle would have {len(entries):,} entries with {size / 1_000_000:,.0f} MB in a file of "
        f"{packed / 1_000_000:,.1f} MB: at most {MAX_ENTRIES:,}, {MAX_BYTES // 1_000_000} MB and "
        f"{MAX_RATIO} times as much as the file has are read again",
        code="OKR712",
        help="`okra db:migrate:squash` makes old migrations one",
    )


def others(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that OKRA did not write, in their order: those that the manifest does not tell of, or by no name of ours."""
    found = tuple(entries)
    manifest = _manifest(found)
    own = {name for name in manifest.entries if _is_ours(name)} if manifest is not None else set()
    own.add(MANIFEST)
    return tuple(entry for entry in found if entry.data is None or entry.name not in own)


def _is_ours(name: str) -> bool:
    """Whether OKRA calls entries so."""
    parts = name.split("/")
    parts = parts[2:] if parts[0] == _DATABASES else parts
    return parts == [MODELS] or (parts[:1] == [_MIGRATIONS] and is_migration_file(parts[2:]))


def is_migration_file(parts: Sequence[str]) -> bool:
    """Whether it is the name of a file in a migration's folder, also of one in the archive."""
    if parts and parts[0] == ARCHIVE:
        parts = parts[2:]
    return len(parts) == _DEPTH


def checked_files(entries: Sequence[Entry], path: Path) -> dict[str, bytes]:
    """OKRA's files in a bundle, all that the manifest tells of and nothing else.

    Raises  BundleError where one is missing or another one than was written, and for a newer format
    """
    manifest = _manifest(entries)
    if manifest is None:
        raise BundleError(
            f"the bundle `{shown(path)}` has nothing in it that `okra build` wrote",
            code="OKR713",
            help="run `okra build` where the schema is, and deploy what it writes",
        )
    if manifest.format > FORMAT:
        raise BundleError(
            f"the bundle `{shown(path)}` was written by a newer version of OKRA",
            code="OKR713",
            help="install that version, or build the bundle with this one",
        )
    files = {entry.name: entry.data for entry in entries if entry.data is not None}
    found = {name: files.get(name) for name in manifest.entries}
    for name, data in found.items():
        if data is None or _digest(data) != manifest.entries[name]:
            what = "is missing from" if data is None else "is not as it was written in"
            raise BundleError(
                f"`{name}` {what} the bundle `{shown(path)}`",
                code="OKR714",
                help="build it again: nothing in a bundle is edited by hand",
            )
    return {name: data for name, data in found.items() if data is not None}


def _manifest(entries: Iterable[Entry]) -> Manifest | None:
    for entry in entries:
        if entry.name == MANIFEST and entry.data is not None:
            try:
                return msgspec.json.decode(entry.data, type=Manifest)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as cause:
                raise BundleError(
                    f"`{MANIFEST}` of the bundle can't be read: {cause}",
                    code="OKR714",
                    help="build it again: nothing in a bundle is edited by hand",
                ) from cause
    return None


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
