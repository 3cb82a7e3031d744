"""schema.json: what a migration leads to, as models and as tables, behind the line that says where it stands."""

from __future__ import annotations

from hashlib import sha256

import msgspec

from okra.errors import ChecksumMismatch
from okra.language.definition import SchemaDefinition
from okra.migrations.header import (
    Header,
    contents_hash,
    header_line,
    read_header,
    read_loose_header,
)
from okra.relational.codec import decode, encode
from okra.relational.model import Database
from okra.relational.renaming import NO_RENAMES, Renames


class Answers(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the user said when the migration was made: it can be made once more with them.

    fills  a table, a column, and the SQL of the value of rows that were there already
    """

    renames: Renames = NO_RENAMES
    fills: tuple[tuple[str, str, str], ...] = ()


NO_ANSWERS = Answers()


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """What a schema.json says besides its chain: the native Database, the models it came from, and who said what."""

    database: Database
    models: SchemaDefinition
    answers: Answers = NO_ANSWERS


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
    if contents.answers == NO_ANSWERS:
        return b'"database":%b,\n"models":%b}\n' % (database, models)
    answers = encode(contents.answers)
    return b'"database":%b,\n"models":%b,\n"answers":%b}\n' % (database, models, answers)


def decode_snapshot(data: bytes, *, place: str) -> Snapshot:
    """A schema.json.

    Raises  DirectoryError for a newer format, broken JSON and values of another shape, ChecksumMismatch for
            one that is not as it was written
    """
    line, _, rest = data.partition(b"\n")
    if not rest.startswith(b'"database":'):  # some tool has changed the layout
        loose = read_loose_header(data, place=place)
        contents = decode(data, Contents, place=place)
        _check_sealed(loose, encode_contents(contents), place)
        return Snapshot(header=loose, contents=contents)
    header = read_header(line, place=place)
    _check_sealed(header, rest, place)
    return Snapshot(header=header, contents=decode(b"{" + rest, Contents, place=place))


def _check_sealed(header: Header, contents: bytes, place: str) -> None:
    if header.contents is None or contents_hash(contents, header.replaces) == header.contents:
        return
    raise ChecksumMismatch(
        f"the snapshot of `{header.folder}` was edited after it was written",
        code="OKR466",
        place=place,
        help="take the file back from version control, or let `okra db:migrate:repair` do that: "
        "OKRA writes it, and nobody edits it",
    )


def snapshot_hash(data: bytes) -> str:
    """SHA-256 of a schema.json without its first line, whatever its line ends are."""
    _, _, contents = data.partition(b"\n")
    return sha256(contents.replace(b"\r\n", b"\n")).hexdigest()
