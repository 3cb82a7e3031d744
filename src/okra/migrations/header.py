"""The first line of a schema.json: all that most commands need to know of a migration."""

from __future__ import annotations

from hashlib import sha256

import msgspec

from okra.errors import DirectoryError
from okra.naming import migration_folder
from okra.relational.codec import decode, encode

FORMAT = 1
_OPENING = b'{"chain":'


class Replaced(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A migration that was squashed into another one; `replaces` is what had been squashed into it before."""

    version: str
    hash: str
    name: str | None = None
    replaces: tuple[Replaced, ...] = ()

    @property
    def folder(self) -> str:
        """The name of the folder that it had."""
        return migration_folder(self.version, self.name)


class Header(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Where a migration stands in the chain.

    version   the UTC time it was made: `20240120_143022`
    name      what the user called it, if anything
    parent    the version before it, None for the first
    hash      `migration_hash` of its files, as they were sealed
    verified  False where no dev database was there to prove it
    contents  `contents_hash` of the rest of schema.json; None where an earlier OKRA wrote it
    rebased   the folder that it was made of by `rebase`
    replaces  what was squashed into it, the oldest first
    """

    format: int
    hash: str
    provider: str
    verified: bool
    version: str
    name: str | None = None
    parent: str | None = None
    okra_version: str | None = None
    contents: str | None = None
    rebased: str | None = None
    replaces: tuple[Replaced, ...] = ()

    @property
    def folder(self) -> str:
        """The name of its folder."""
        return migration_folder(self.version, self.name)


class _Probe(msgspec.Struct, frozen=True):
    format: int


class _Document(msgspec.Struct, frozen=True):
    chain: msgspec.Raw


def header_line(header: Header) -> bytes:
    """The first line of a schema.json, with its line end."""
    return _OPENING + encode(header).replace(b"\n", b"") + b",\n"


def read_header(line: bytes, *, place: str) -> Header:
    """The Header of a first line.

    Raises  DirectoryError for a line that is not one, and for a newer format
    """
    body = line.rstrip(b"\r\n,")
    if not line.startswith(_OPENING):
        raise DirectoryError(
            "the file does not begin with the chain of a snapshot",
            code="OKR452",
            place=place,
            help="take the file back from version control, or let `okra db:migrate:repair` do that: "
            "OKRA writes it, and nobody edits it",
        )
    return _header(body[len(_OPENING) :], place)


def read_loose_header(document: bytes, *, place: str) -> Header:
    """The Header of a whole schema.json that some tool has put in another layout."""
    raw = decode(document, _Document, place=place).chain
    return _header(bytes(raw), place)


def migration_hash(
    parent: str | None, migration_sql: bytes, rollback_sql: bytes, hooks_sql: bytes | None = None
) -> str:
    """The seal over a migration's files and its place in the chain. CRLF and LF give the same."""
    parts = [(parent or "").encode()]
    for part in (migration_sql, rollback_sql, hooks_sql):
        if part is not None:
            text = part.replace(b"\r\n", b"\n") if b"\r" in part else part
            parts += (b"%d" % len(text), text)
    return sha256(b"\0".join(parts)).hexdigest()


def contents_hash(contents: bytes, replaces: tuple[Replaced, ...] = ()) -> str:
    """The seal over all of a schema.json but its first line, and over what that says of squashed migrations."""
    text = contents.replace(b"\r\n", b"\n") if b"\r" in contents else contents
    told = b"".join(b"\0" + encode(each) for each in replaces)
    return sha256(text + told).hexdigest()


def _header(body: bytes, place: str) -> Header:
    try:
        header = decode(body, Header, place=place)
    except DirectoryError:
        _check_format(decode(body, _Probe, place=place).format, place)
        raise
    _check_format(header.format, place)
    return header


def _check_format(found: int, place: str) -> None:
    if found != FORMAT:
        raise DirectoryError(
            f"the snapshot has format {found}, and this OKRA reads format {FORMAT}",
            code="OKR453",
            place=place,
            help="use the version of OKRA that wrote it, or a newer one",
        )
