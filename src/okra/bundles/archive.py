"""A gzipped tar file read as if a stranger had made it, and written so that the same entries are the same bytes."""

from __future__ import annotations

import gzip
import io
import tarfile
import unicodedata
import zlib
from typing import TYPE_CHECKING, NamedTuple

from okra.errors import BundleError
from okra.textfiles import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MAX_ENTRIES = 10_000
MAX_BYTES = 100_000_000
MAX_RATIO = 100
_RATIO_FROM = 10_000_000  # of less than this even what is all alike harms nobody
_FILES = (tarfile.REGTYPE, tarfile.AREGTYPE)
_ODD = frozenset('\\:*?"<>|')


class Entry(NamedTuple):
    """One entry. `name` has no `.` and no slash at its end; `data` is None for a folder."""

    name: str
    info: tarfile.TarInfo
    data: bytes | None


def read_archive(path: Path) -> tuple[Entry, ...]:
    """All that is in the file. Nothing is written anywhere.

    Raises  BundleError for what is no such file or is cut off; for names that lead elsewhere or mean the same as
            another one, for links and devices, and for more than anybody puts into a bundle
    """
    try:
        with path.open("rb") as file, gzip.GzipFile(fileobj=file) as unpacked:
            limited = _Limited(unpacked, file, path)
            found = tuple(_entries(limited, path))
            while limited.read(1 << 16):  # what is left, to its checksum
                pass
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as cause:
        raise _refused(
            path, "is no bundle, or not a whole one", "build it again, or copy it once more"
        ) from cause
    except OSError as cause:
        reason = (cause.strerror or type(cause).__name__).lower()
        raise BundleError(
            f"the bundle `{shown(path)}` can't be read: {reason}",
            code="OKR710",
            help="look at the name and its permissions; `okra build` makes one",
        ) from cause
    return found


class _Limited(io.RawIOBase):
    """What is unpacked, up to the limits."""

    def __init__(self, unpacked: gzip.GzipFile, packed: io.BufferedReader, path: Path) -> None:
        self._unpacked = unpacked
        self._packed = packed
        self._path = path
        self._count = 0

    def read(self, size: int = -1) -> bytes:
        data = self._unpacked.read(size if size >= 0 else MAX_BYTES + 1)
        self._count += len(data)
        if self._count > MAX_BYTES:
            raise _refused(
                self._path,
                f"holds more than {MAX_BYTES // 1_000_000} MB",
                "is it the right file? `okra db:migrate:squash` makes old migrations one",
            )
        if self._count > max(_RATIO_FROM, MAX_RATIO * self._packed.tell()):
            raise _refused(
                self._path,
                f"holds {MAX_RATIO} times as much as its own size",
                "nothing that `okra build` writes does: find out where the file is from",
            )
        return data


def _entries(unpacked: _Limited, path: Path) -> Iterator[Entry]:
    known: dict[str, str] = {}
    with tarfile.open(fileobj=unpacked, mode="r|") as tar:
        for number, info in enumerate(tar, start=1):
            if number > MAX_ENTRIES:
                raise _refused(
                    path,
                    f"has more than {MAX_ENTRIES} entries",
                    "is it the right file? `okra db:migrate:squash` makes old migrations one",
                )
            name = _checked(info, path)
            if info.isdir():
                yield Entry(name, info, None)
                continue
            other = known.setdefault(_folded(name), name)
            if other is not name:
                raise _refused(
                    path,
                    f"has two entries that are one file on some systems: `{other}` and `{name}`",
                    "find out who wrote the second one",
                )
            file = tar.extractfile(info)
            yield Entry(name, info, b"" if file is None else file.read())


def _checked(info: tarfile.TarInfo, path: Path) -> str:
    """The name of an entry that is a file or a folder, and lies in the bundle."""
    parts = info.name.split("/")
    kept = [part for part in parts if part not in ("", ".")]
    leads_out = info.name.startswith("/") or ".." in parts
    if leads_out or not (kept or info.isdir()) or any(_is_odd(letter) for letter in info.name):
        raise _refused(
            path,
            f"has an entry `{info.name}` that lies nowhere in it, or not on every system",
            "nothing that `okra build` writes does: find out where the file is from",
        )
    if not info.isdir() and (info.type not in _FILES or info.issparse()):
        raise _refused(
            path,
            f"has an entry `{info.name}` that is no file: a link, a device or the like",
            "put the file itself in its place",
        )
    return "/".join(kept)


def _is_odd(letter: str) -> bool:
    return letter in _ODD or unicodedata.category(letter) in ("Cc", "Cf", "Cs")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _refused(path: Path, what: str, help: str) -> BundleError:
    return BundleError(f"the bundle `{shown(path)}` {what}", code="OKR711", help=help)


def file_entry(name: str, data: bytes) -> Entry:
    """A new entry, which says nothing about when and by whom it was made."""
    info = tarfile.TarInfo(name)
    info.size = len(data)
    info.mode = 0o644
    return Entry(name, info, data)


def archive_bytes(entries: Iterable[Entry]) -> bytes:
    """The file that holds `entries` in their order."""
    packed = io.BytesIO()
    with (
        gzip.GzipFile(filename="", mode="wb", fileobj=packed, compresslevel=9, mtime=0) as unpacked,
        tarfile.open(fileobj=unpacked, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        for entry in entries:
            tar.addfile(entry.info, None if entry.data is None else io.BytesIO(entry.data))
    return packed.getvalue()
