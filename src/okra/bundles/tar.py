"""What stands in a tar file: its entries as bytes, told from one another without trusting any of them.

The library's own reader calls itself for each header of a header, looks for what is not there in quadratic time, and ends
without a word where it finds something that is no header.
"""

from __future__ import annotations

import tarfile
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK = 512
_RECORD = 20 * BLOCK
_USTAR = b"ustar\0"
_PAX, _PAX_FOR_ALL = b"x", b"g"
_LONG = {b"L": "path", b"K": "linkpath"}
_NUL_TYPE = b"\0"
_MEANS_MORE = (b"path", b"size", b"linkpath")


class NotTar(Exception):
    """The bytes are no tar file, or not a whole one, or two programs could read them differently."""


class Raw(NamedTuple):
    """An entry as it stands in the file.

    name   as it is written; empty for a header that is about all that follow
    kind   the sign of its type; a file's is `0`
    data   what it holds
    whole  all its bytes, headers and the rest of the last block included
    sparse whether its holes are left out
    """

    name: str
    kind: bytes
    data: memoryview
    whole: memoryview
    sparse: bool = False


class _Head(NamedTuple):
    name: bytes
    kind: bytes
    size: int


def raw_entries(plain: bytes) -> Iterator[Raw]:
    """What is in a tar file, in its order.

    Raises  NotTar, at the place
    """
    view = memoryview(plain)
    at = start = 0
    said: dict[bytes, bytes] = {}
    while at < len(plain):
        block = plain[at : at + BLOCK]
        if not block.strip(b"\0"):
            if said or plain.count(0, at) != len(plain) - at:
                raise NotTar("something follows its end")
            return
        head = _head(block)
        size = _size(said, head)
        begin = at + BLOCK
        at = begin + -(-size // BLOCK) * BLOCK
        if at > len(plain):
            raise NotTar("it is cut off")
        data = view[begin : begin + size]
        if head.kind in _LONG or head.kind == _PAX:
            _add(said, _said(head.kind, bytes(data)))
            continue
        if head.kind == _PAX_FOR_ALL:
            if any(_means_more(key) for key in _records(bytes(data))):
                raise NotTar("a header names or measures all its entries")
            yield Raw("", head.kind, data, view[start:at])
        else:
            name = said.get(b"path", head.name).decode("utf-8", "surrogateescape")
            sparse = any(key.startswith(b"GNU.sparse") for key in said)
            yield Raw(name, head.kind, data, view[start:at], sparse)
        said, start = {}, at
    if said or not plain:
        raise NotTar("it is cut off")


def _head(block: bytes) -> _Head:
    """A header.

    Raises  NotTar for what is none
    """
    if len(block) < BLOCK:
        raise NotTar("it is cut off")
    sums = _number(block[148:156])
    if sums != sum(block[:148]) + sum(block[156:]) + 8 * ord(" "):
        raise NotTar("a header is damaged")
    name = block[:100].partition(b"\0")[0]
    prefix = block[345:500].partition(b"\0")[0] if block[257:263] == _USTAR else b""
    kind = block[156:157]
    return _Head(
        name=prefix + b"/" + name if prefix else name,
        kind=b"0" if kind == _NUL_TYPE else kind,
        size=_number(block[124:136]),
    )


def _number(field: bytes) -> int:
    if field[0] == 0x80:  # noqa: PLR2004 - the sign of a number in binary
        return int.from_bytes(field[1:], "big")
    text = field.partition(b"\0")[0].strip(b" ")
    if text.strip(b"01234567"):
        raise NotTar("a header has no number where one belongs")
    return int(text or b"0", 8)


def _size(said: dict[bytes, bytes], head: _Head) -> int:
    """How much an entry holds."""
    text = said.get(b"size")
    if text is None or head.kind in _LONG or head.kind in (_PAX, _PAX_FOR_ALL):
        return head.size
    if not text.isdigit() or len(text) > len(str(2**63)):
        raise NotTar("a header has no number where one belongs")
    return int(text)


def _said(kind: bytes, data: bytes) -> dict[bytes, bytes]:
    """What the header of a header says of the next entry."""
    if kind in _LONG:
        return {_LONG[kind].encode(): data.partition(b"\0")[0]}
    return _records(data)


def _add(said: dict[bytes, bytes], more: dict[bytes, bytes]) -> None:
    for key, value in more.items():
        if key in said:
            raise NotTar("two headers say the same of one entry")
        said[key] = value


def _records(data: bytes) -> dict[bytes, bytes]:
    """The records of a header of headers: each its length, a space, `key=value` and a line end."""
    found: dict[bytes, bytes] = {}
    at = 0
    while at < len(data):
        space = data.find(b" ", at, at + 12)
        digits = data[at:space]
        end = at + int(digits) if space > at and digits.isdigit() else 0
        record = data[space + 1 : end]
        key, equals, value = record[:-1].partition(b"=")
        if end > len(data) or not (key and equals and record.endswith(b"\n")):
            raise NotTar("a header is damaged")
        _add(found, {key: value})
        at = end
    return found


def _means_more(key: bytes) -> bool:
    return key in _MEANS_MORE or key.startswith(b"GNU.sparse")


def entry_bytes(name: str, data: bytes) -> bytes:
    """A file of a tar file; it says nothing about when and by whom it was made."""
    info = tarfile.TarInfo(name)
    info.size = len(data)
    info.mode = 0o644
    return info.tobuf(tarfile.PAX_FORMAT) + data + bytes(-len(data) % BLOCK)


def end_bytes(size: int) -> bytes:
    """What stands at the end of a tar file that has `size` bytes so far."""
    return bytes(2 * BLOCK + -(size + 2 * BLOCK) % _RECORD)
