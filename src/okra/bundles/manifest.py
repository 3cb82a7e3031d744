"""Which entries of a bundle are OKRA's, what they are called, and whether they are as they were written."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from okra.bundles.archive import MAX_BYTES, MAX_ENTRIES, Entry, file_entry
from okra.errors import BundleError
from okra.textfiles import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

MANIFEST = "okra.manifest.json"
MODELS = "models.okra.json"
FORMAT = 1


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The list of OKRA's entries.

    entries  the name of each, with the SHA-256 of its bytes
    """

    format: int
    entries: dict[str, str]


def models_name(database: str | None) -> str:
    """Where the models of a database are; None: of the only one."""
    return f"databases/{database}/{MODELS}" if database else MODELS


def migrations_name(database: str | None, provider: str) -> str:
    """The folder with the migrations of a database for a provider."""
    return f"databases/{database}/migrations/{provider}" if database else f"migrations/{provider}"


def sealed(files: Mapping[str, bytes]) -> tuple[Entry, ...]:
    """OKRA's entries, by name, behind the manifest that tells what they are."""
    names = sorted(files)
    manifest = Manifest(format=FORMAT, entries={name: _digest(files[name]) for name in names})
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
    return (file_entry(MANIFEST, text), *(file_entry(name, files[name]) for name in names))


def check_size(entries: Sequence[Entry]) -> None:
    """Nothing, if whoever reads the bundle will take so much.

    Raises  BundleError
    """
    size = sum(len(entry.data or b"") for entry in entries)
    if size <= MAX_BYTES * 0.9 and len(entries) <= MAX_ENTRIES:  # headers need room, too
        return
    raise BundleError(
        f"the bundle would have {len(entries):,} entries with {size / 1_000_000:,.0f} MB: at most "
        f"{MAX_ENTRIES:,} and {MAX_BYTES // 1_000_000} MB are read again",
        code="OKR712",
        help="`okra db:migrate:squash` makes old migrations one",
    )


def others(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that OKRA did not write, in their order."""
    found = tuple(entries)
    manifest = _manifest(found)
    own = {MANIFEST} | ({*manifest.entries} if manifest is not None else set())
    return tuple(entry for entry in found if entry.data is None or entry.name not in own)


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
