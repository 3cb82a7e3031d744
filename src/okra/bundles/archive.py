"""A gzipped tar file read as if a stranger had made it, and written so that the same entries are the same bytes."""

from __future__ import annotations

import gzip
import io
import stat
import unicodedata
import zlib
from typing import TYPE_CHECKING, NamedTuple

from okra.bundles.tar import NotTar, Raw, end_bytes, entry_bytes, raw_entries
from okra.errors import BundleError, visible
from okra.textfiles import is_file_name, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MAX_ENTRIES = 10_000
MAX_BYTES = 100_000_000
MAX_RATIO = 100
MAX_NAME = 4_000
MAX_DEPTH = 64
_RATIO_FROM = 10_000_000  # of less than this even what is all alike harms nobody
_CHUNK = 1 << 20
_SHOWN = 200
_FILE, _FOLDER, _FOR_ALL = b"0", b"5", b"g"


class Entry(NamedTuple):
    """One entry.

    name   without `.` and a slash at its end; empty: it is a header about those behind it
    data   what the file holds; None for what is no file
    whole  its bytes in the tar file
    """

    name: str
    data: bytes | None
    whole: bytes | memoryview


def read_archive(path: Path) -> tuple[Entry, ...]:
    """All that is in the file. Nothing is written anywhere.

    Raises  BundleError for what is no such file or is cut off; for names that lead elsewhere or mean the same as
            another one, for links and devices, and for more than anybody puts into a bundle
    """
    try:
        found = tuple(_entries(raw_entries(_unpacked(path)), path))
    except (NotTar, EOFError, zlib.error, gzip.BadGzipFile) as cause:
        why = f": {cause}" if isinstance(cause, NotTar) else ""
        raise _refused(
            path, f"is no bundle, or not a whole one{why}", "build it again, or copy it once more"
        ) from cause
    except OSError as cause:
        raise _unreadable(path, (cause.strerror or type(cause).__name__).lower()) from cause
    check_names(found, path)
    return found


def _unreadable(path: Path, reason: str) -> BundleError:
    return BundleError(
        f"the bundle `{shown(path)}` can't be read: {reason}",
        code="OKR710",
        help="look at the name and its permissions; `okra build` makes one",
    )


def _unpacked(path: Path) -> bytes:
    """The tar file, which is no larger than the limits."""
    found = path.stat()
    if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
        raise _unreadable(path, "it is no file")  # a pipe would be waited for
    most = most_bytes(found.st_size)
    chunks: list[bytes] = []
    size = 0
    with path.open("rb") as file, gzip.GzipFile(fileobj=file) as unpacked:
        while chunk := unpacked.read(_CHUNK):
            chunks.append(chunk)
            size += len(chunk)
            if size > MAX_BYTES or found.st_size > MAX_BYTES:
                raise _refused(
                    path,
                    f"holds more than {MAX_BYTES // 1_000_000} MB",
                    "is it the right file? `okra db:migrate:squash` makes old migrations one",
                )
            if size > most:
                raise _refused(
                    path,
                    f"holds {MAX_RATIO} times as much as its own size",
                    "nothing that `okra build` writes does: find out where the file is from",
                )
    return b"".join(chunks)


def most_bytes(size: int) -> int:
    """How many bytes may be in a bundle whose file has `size`."""
    return min(MAX_BYTES, max(_RATIO_FROM, MAX_RATIO * size))


def _entries(found: Iterable[Raw], path: Path) -> Iterator[Entry]:
    for number, raw in enumerate(found, start=1):
        if number > MAX_ENTRIES:
            raise _refused(
                path,
                f"has more than {MAX_ENTRIES} entries",
                "is it the right file? `okra db:migrate:squash` makes old migrations one",
            )
        if raw.kind == _FOR_ALL:
            yield Entry("", None, raw.whole)
            continue
        is_folder = raw.kind == _FOLDER or (raw.kind == _FILE and raw.name.endswith("/"))
        name = _checked(raw, path, is_folder=is_folder)
        yield Entry(name, None if is_folder else bytes(raw.data), raw.whole)


def check_names(entries: Iterable[Entry], path: Path) -> None:
    """Nothing, if no two entries are one file, and none is both a file and a folder.

    Raises  BundleError
    """
    files: dict[str, str] = {}
    folders: set[str] = set()
    for name, data, _ in entries:
        folded = _folded(name)
        if data is None:
            folders.add(folded)
        elif folded in files:
            raise _refused(
                path,
                f"has two entries that are one file on some systems: `{files[folded]}` and `{name}`",
                "find out who wrote the second one, and give it another name",
            )
        else:
            files[folded] = name
    for folded in files:
        above = [above for above in _above(folded) if above in files]
        if above or folded in folders:
            raise _refused(
                path,
                f"has an entry `{files[(above or [folded])[0]]}` that is a file and a folder",
                "find out who wrote the second one, and give it another name",
            )


def _above(name: str) -> Iterator[str]:
    while name := name.rpartition("/")[0]:
        yield name


def _checked(raw: Raw, path: Path, *, is_folder: bool) -> str:
    """The name of an entry that is a file or a folder, and lies in the bundle."""
    name = raw.name
    parts = name.split("/")
    kept = [part for part in parts if part not in ("", ".")]
    said = visible(name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…")
    leads_out = name.startswith("/") or ".." in parts
    is_long = len(name) > MAX_NAME or len(parts) > MAX_DEPTH
    if leads_out or is_long or not (kept or is_folder) or not all(map(is_file_name, kept)):
        raise _refused(
            path,
            f"has an entry `{said}` that lies nowhere in it, or not on every system",
            "nothing that `okra build` writes does: find out where the file is from",
        )
    if (raw.kind != _FILE and not is_folder) or raw.sparse or (is_folder and raw.data):
        raise _refused(
            path,
            f"has an entry `{said}` that is no file: a link, a device or the like",
            "put the file itself in its place",
        )
    return "/".join(kept)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _refused(path: Path, what: str, help: str) -> BundleError:
    return BundleError(f"the bundle `{shown(path)}` {what}", code="OKR711", help=help)


def file_entry(name: str, data: bytes) -> Entry:
    """A new entry, which says nothing about when and by whom it was made."""
    return Entry(name, data, entry_bytes(name, data))


def archive_bytes(entries: Iterable[Entry]) -> bytes:
    """The file that holds `entries` in their order."""
    packed = io.BytesIO()
    size = 0
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, compresslevel=9, mtime=0) as file:
        for entry in entries:
            file.write(entry.whole)
            size += len(entry.whole)
        file.write(end_bytes(size))
    return packed.getvalue()
