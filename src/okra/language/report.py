"""What is found wrong while a schema is understood, and the nearest name for what isn't known."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from okra.errors import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from okra.source import Source, Span

_MOST_LOOKED_AT = (
    50_000  # looking for a near name is slow: enough for people, no way to keep us busy
)
_MOST_COMPARED = 500
_LONGEST = 100
_MOST_LISTED = 16


class Report:
    """Collects diagnostics.

    incomplete  some file has a syntax error, so that a name which isn't known may still exist
    """

    def __init__(self, errors: Iterable[Diagnostic] = ()) -> None:
        self.errors = list(errors)
        self.warnings: list[Diagnostic] = []
        self.incomplete = bool(self.errors)
        self._looked_at = 0

    def error(self, code: str, message: str, span: Span, help: str | None = None) -> None:
        self.errors.append(Diagnostic(code=code, message=message, span=span, help=help))

    def warning(self, code: str, message: str, span: Span, help: str | None = None) -> None:
        self.warnings.append(
            Diagnostic(code=code, message=message, span=span, help=help, severity=Severity.WARNING)
        )

    def nearest(
        self, name: str, known: Collection[str], otherwise: str | None = None
    ) -> str | None:
        """A hint that names what the user probably meant, else `otherwise`."""
        found = self.near(name, known)
        return otherwise if found is None else f"did you mean `{found}`?"

    def near(self, name: str, known: Collection[str]) -> str | None:
        """The one of `known` that is spelled most like `name`, if one is close."""
        if self._looked_at >= _MOST_LOOKED_AT or len(name) > _LONGEST:
            return None
        self._looked_at += len(known)
        wanted = _plain(name)
        for candidate in known:
            if _plain(candidate) == wanted:
                return candidate
        names = [item for item in known if len(item) <= _LONGEST]
        if len(names) > _MOST_COMPARED:
            names = [item for item in names if item[:1].lower() == wanted[:1]][:_MOST_COMPARED]
        from difflib import get_close_matches

        matches = get_close_matches(name, names, n=1)
        return matches[0] if matches else None


def _plain(name: str) -> str:
    return name.replace("_", "").lower()


def in_order(diagnostics: Iterable[Diagnostic], sources: Sequence[Source]) -> list[Diagnostic]:
    """Diagnostics in the order of the files and of the places in them."""
    rank = {source.name: number for number, source in enumerate(sources)}

    def key(item: Diagnostic) -> tuple[int, int]:
        if item.span is None:
            return len(rank), 0
        return rank.get(item.span.file, len(rank)), item.span.start

    return sorted(diagnostics, key=key)


def listed(names: Iterable[str], last: str = "and") -> str:
    """`a`, `b` and `c`"""
    quoted = [f"`{name}`" for name in islice(names, _MOST_LISTED + 1)]
    if len(quoted) > _MOST_LISTED:
        return f"{', '.join(quoted[:_MOST_LISTED])} …"
    if len(quoted) <= 1:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"
