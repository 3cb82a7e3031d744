"""schema.json: what a migration leads to, as models and as tables, behind the line that says where it stands."""

from __future__ import annotations

from hashlib import sha256

import msgspec

from okra.language.definition import SchemaDefinition
from okra.migrations.header import Header, header_line, read_header, read_loose_header
from okra.relational.codec import decode, encode
from okra.relational.model import Database


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """What a schema.json says besides its chain: the native Database and the models it came from."""

    database: Database
    models: SchemaDefinition


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """A whole schema.json."""

    header: Header
    contents: Contents

    @property
    def database(self) -> Database:
        """The native Database after the migration."""
        return self.contents.database

    @property
    def models(self) -> SchemaDefinition:
        """What the schema files said."""
        return self.contents.models


def encode_snapshot(header: Header, contents: bytes) -> bytes:
    """The bytes of a schema.json; `contents` as `encode_contents` gave them."""
    return header_line(header) + contents


def encode_contents(contents: Contents) -> bytes:
    """All of a schema.json but its first line: what `snapshot_hash` is taken over."""
    database = encode(contents.database)
    models = encode(contents.models)
    return b'"database":%b,\n"models":%b}\n' % (database, models)


def decode_snapshot(data: bytes, *, place: str) -> Snapshot:
    """A schema.json.

    Raises  DirectoryError for a newer format, broken JSON and values of another shape
    """
    line, _, rest = data.partition(b"\n")
    if not rest.startswith(b'"database":'):
        return Snapshot(
            header=read_loose_header(data, place=place),
            contents=decode(data, Contents, place=place),
        )
    header = read_header(line, place=place)
    return Snapshot(header=header, contents=decode(b"{" + rest, Contents, place=place))


def snapshot_hash(data: bytes) -> str:
    """SHA-256 of a schema.json without its first line, whatever its line ends are."""
    _, _, contents = data.partition(b"\n")
    return sha256(contents.replace(b"\r\n", b"\n")).hexdigest()
