"""Options of tables and indexes → the words of a schema; what it has no words for is left out, and so found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.language.definition import Deferral

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from okra.language.definition import Model
    from okra.relational.model import ForeignKey, Index

_WORDS = ("engine", "collation", "row_format")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)?")
_VALUE = re.compile(r"[A-Za-z0-9_.+-]+")


def with_options(model: Model, options: Iterable[str]) -> Model:
    """`model` with what the options of its table say."""
    pairs = dict(option_pairs(options))
    flags = set(options)
    return replace(
        model,
        strict="strict" in flags,
        without_rowid="without_rowid" in flags and not model.keyless,
        unlogged="unlogged" in flags,
        engine=pairs.get("engine"),
        collation=pairs.get("collation"),
        row_format=pairs.get("row_format"),
        options=tuple((name, text) for name, text in pairs.items() if name not in _WORDS),
    )


def same_options(model: Model, known: Model) -> Model:
    """`model` with the options of `known`, in its words: also those that are other servers'."""
    return replace(
        model,
        strict=known.strict,
        without_rowid=known.without_rowid and not model.keyless,
        unlogged=known.unlogged,
        engine=known.engine,
        collation=known.collation,
        row_format=known.row_format,
        options=known.options,
    )


def option_pairs(options: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Those of the form `name=value`, sorted."""
    for option in sorted(options):
        name, is_pair, text = option.partition("=")
        if is_pair and _NAME.fullmatch(name) and _VALUE.fullmatch(text):
            yield name, text


def deferral(key: Index | ForeignKey) -> Deferral | None:
    """When a key is checked that need not be checked at once."""
    if not key.deferrable:
        return None
    return Deferral.DEFERRED if key.initially_deferred else Deferral.IMMEDIATE
