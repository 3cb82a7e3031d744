"""Values ↔ canonical JSON: the same value is the same bytes, and a change of one object is a change of its line."""

from __future__ import annotations

import re
from typing import TypeVar

import msgspec

from okra.errors import DirectoryError

T = TypeVar("T")

# Only an object in a list can have `{"` and a letter behind `[` or `,`: inside a string the quote is `\"`.
# It begins with the brace, which the search jumps to: six times faster than asking at each byte what is before it.
_OBJECT_IN_LIST = re.compile(rb'\{(?<=[\[,]\{)(?="[a-z])')

_encoder = msgspec.json.Encoder(order="sorted")


def encode(value: msgspec.Struct) -> bytes:
    """`value` as JSON: keys sorted, defaults left out, each object of a list on a line of its own."""
    return _OBJECT_IN_LIST.sub(b"\n{", _encoder.encode(value))


def decode(data: bytes, kind: type[T], *, place: str) -> T:
    """The value of type `kind` that `data` says.

    Raises  DirectoryError that names `place`, for broken JSON and for values of another shape
    """
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DirectoryError(
            f"the file can't be read as a snapshot: {error}",
            code="OKR452",
            place=place,
            help="take the file back from version control, or from whoever made the migration",
        ) from error
