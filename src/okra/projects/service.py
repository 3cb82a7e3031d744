"""The service that a project belongs to: what `okra.service.json` or `okra.json` beside the configuration says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from okra.configuration.jsontext import read_json
from okra.errors import ConfigError, Diagnostic
from okra.source import Source, Span
from okra.textfiles import read_text, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from okra.configuration.jsontext import Member

SERVICE_FILES = ("okra.service.json", "okra.json")
"""The first that says something counts for it."""

_MAX_BYTES = 1_000_000


class Said(NamedTuple):
    """A text that a file says, and where: for messages."""

    text: str
    source: Source
    span: Span


class Service(NamedTuple):
    """What is known of the service; None: no file says it.

    name      what it is called
    language  what it is written in, as the file spells it
    """

    name: Said | None = None
    language: Said | None = None


def read_service(folder: Path) -> Service:
    """The service whose configuration lies in `folder`; what else its files say is not ours.

    Raises  UsageError for a file that can't be read, ConfigError for one that is no JSON object or says it wrongly
    """
    files = tuple(_members(folder))
    return Service(_said(files, "name"), _said(files, "language"))


def _members(folder: Path) -> Iterator[tuple[Source, dict[str, Member]]]:
    """Of each file that is there."""
    for name in SERVICE_FILES:
        path = folder / name
        if not path.exists():
            continue
        source = Source(shown(path), read_text(path, "the service", _MAX_BYTES))
        node = read_json(source)
        if node.members is None:
            raise _wrong(source, node.start, node.end, "the file holds one object")
        yield source, node.members


def _said(files: Sequence[tuple[Source, dict[str, Member]]], key: str) -> Said | None:
    for source, members in files:
        if key not in members:
            continue
        value = members[key].value
        if not isinstance(value.plain, str) or not value.plain.strip():
            raise _wrong(source, value.start, value.end, f"`{key}` must be a text")
        return Said(value.plain.strip(), source, Span(source.name, value.start, value.end))
    return None


def _wrong(source: Source, start: int, end: int, message: str) -> ConfigError:
    found = Diagnostic(
        code="OKR706",
        message=message,
        span=Span(source.name, start, end),
        help='such as { "name": "blog", "language": "go" }; all else in it is not looked at',
    )
    return ConfigError([found], {source.name: source})
