"""The one tree of errors, the diagnostics that some of them carry, and how a diagnostic is drawn.

OkraError
├── UsageError              wrong flags, wrong configuration (exit code 2)
│   └── ConfigError         diagnostics of the configuration file
├── SchemaError             diagnostics of the schema files
├── PlanError               a change that can't be planned
│   └── UnsupportedChange   a change or object that this server can't have
├── SeedError               a seed, or a row in it, is not what it should be
├── BundleError             a bundle is broken, or not to be trusted
├── DirectoryError          the migrations directory is not what it should be
│   └── ChecksumMismatch    a file was edited after it was sealed or applied
└── DatabaseError           the database refused, or can't be reached
    ├── LockNotObtained     another run holds the lock
    ├── Overtaken           another run has taken the migration meanwhile
    ├── NoDevDatabase       there is no server to prove migrations on
    └── StatementFailed     one statement failed; holds it, its number and the server's error
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from okra.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


SCREEN = 100


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


class Diagnostic(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that is wrong in a schema file: what, where, and what to do about it."""

    code: str
    message: str
    span: Span | None = None
    help: str | None = None
    severity: Severity = Severity.ERROR


class OkraError(Exception):
    """Something stopped the work. Callers read the fields, people read the text.

    code    `OKR` and three digits; never changes its meaning; `okra explain CODE` prints its page
    message one sentence, names in backquotes
    place   the file, version or database it is about, if there is one
    help    what to do next
    """

    exit_code = 1

    def __init__(
        self, message: str, *, code: str, place: str | None = None, help: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.place = place
        self.help = help

    def render(self) -> str:
        """The error as one screen of plain text."""
        lines = [f"error[{self.code}]: {self.message}"]
        if self.place:
            lines.append(f"  --> {self.place}")
        if self.help:
            lines.extend(_help_lines(self.help, indent=1))
        return "\n".join(lines)


class UsageError(OkraError):
    """Wrong flags or a wrong configuration: nothing was tried."""

    exit_code = 2


class ConfigError(UsageError):
    """The configuration file is wrong; `diagnostics` says where, all that is wrong at once."""

    def __init__(self, diagnostics: Sequence[Diagnostic], sources: Mapping[str, Source]) -> None:
        self.diagnostics = tuple(diagnostics)
        self.sources = dict(sources)
        first = self.diagnostics[0]
        super().__init__(first.message, code=first.code, help=first.help)

    def render(self) -> str:
        return "\n\n".join(draw(item, self.sources) for item in self.diagnostics)


class SchemaError(OkraError):
    """The schema files are wrong; `diagnostics` says where, every error of every file at once."""

    def __init__(self, diagnostics: Sequence[Diagnostic], sources: Mapping[str, Source]) -> None:
        self.diagnostics = tuple(diagnostics)
        self.sources = dict(sources)
        first = self.diagnostics[0]
        super().__init__(first.message, code=first.code, help=first.help)

    def render(self) -> str:
        drawn = [draw(item, self.sources) for item in self.diagnostics]
        errors = sum(1 for item in self.diagnostics if item.severity is Severity.ERROR)
        if errors > 1:
            drawn.append(f"{errors} errors")
        return "\n\n".join(drawn)


class PlanError(OkraError):
    """The change can't be planned."""


class UnsupportedChange(PlanError):
    """The server has no way to hold the object or make the change."""


class SeedError(OkraError):
    """A seed, or a row in it, is not what it should be; nothing was written."""


class BundleError(OkraError):
    """A bundle is broken, or not to be trusted; nothing of it was used."""


class DirectoryError(OkraError):
    """The migrations directory is not what it should be."""


class ChecksumMismatch(DirectoryError):
    """A file was edited after its migration was sealed or applied."""


class DatabaseError(OkraError):
    """The database refused, or can't be reached."""


class LockNotObtained(DatabaseError):
    """Another run holds the migration lock."""


class NoDevDatabase(DatabaseError):
    """There is no server to prove migrations on; the help says how to get one."""


class Overtaken(DatabaseError):
    """Another run has taken the migration since its row was read."""


class StatementFailed(DatabaseError):
    """One statement of a migration failed.

    statement     its text
    index         its number in the file, from 1
    server_error  what the server said
    """

    def __init__(
        self,
        message: str,
        *,
        code: str,
        statement: str,
        index: int,
        server_error: str,
        place: str | None = None,
        help: str | None = None,
    ) -> None:
        super().__init__(message, code=code, place=place, help=help)
        self.statement = statement
        self.index = index
        self.server_error = server_error


def draw(diagnostic: Diagnostic, sources: Mapping[str, Source]) -> str:
    """One diagnostic with its place, the line it is about, a caret and the hint, as plain text."""
    lines = [f"{diagnostic.severity}[{diagnostic.code}]: {diagnostic.message}"]
    indent = 1
    if diagnostic.span is not None:
        place, indent = _place_lines(diagnostic.span, sources)
        lines.extend(place)
    if diagnostic.help:
        lines.extend(_help_lines(diagnostic.help, indent=indent))
    return "\n".join(lines)


def _place_lines(span: Span, sources: Mapping[str, Source]) -> tuple[list[str], int]:
    source = sources.get(span.file)
    if source is None:
        return [f"  --> {span.file}"], 1
    position = source.position(span.start)
    begin, end = source.bounds(position.line)
    gutter = max(len(str(position.line)), 3)
    stop = max(min(span.end, end), min(span.start + 1, end))
    # Only the neighbourhood is looked at: a line may be the whole file.
    before = visible(source.text[max(begin, span.start - 2 * SCREEN) : span.start])
    marked = visible(source.text[span.start : min(stop, span.start + 2 * SCREEN)])
    after = visible(source.text[stop : min(end, stop + SCREEN)])
    if len(before) > SCREEN:  # a longer line is shown around its caret
        before = "…" + before[-80:]
    carets = "^" * max(1, min(_width(marked), 60))
    shown = (before + marked)[: len(before) + 120] + after[:60]
    return [
        f"  --> {span.file}:{position.line}:{position.column}",
        f"{position.line:>{gutter}} | {shown}",
        f"{'':>{gutter}} | {' ' * _width(before)}{carets}",
    ], gutter


def _help_lines(text: str, *, indent: int) -> list[str]:
    first, *rest = text.split("\n")
    margin = " " * indent
    return [f"{margin} = help: {first}", *(f"{margin}         {line}" for line in rest)]


def visible(text: str) -> str:
    """Text that a terminal shows as it stands: tabs widened, control and direction marks spelled out."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        "    " if c == "\t" else c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text
    )


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    wide = sum(1 for c in text if unicodedata.east_asian_width(c) in "WF")
    combining = sum(1 for c in text if unicodedata.combining(c))
    return len(text) + wide - combining
