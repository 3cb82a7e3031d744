"""What to say about a directive that is not known, or not where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.language.directives import RULES, Place
from okra.language.report import listed
from okra.source import Span

if TYPE_CHECKING:
    from okra.language.report import Report
    from okra.language.syntax import Directive


def unknown_directive(directive: Directive, place: Place, file: str, report: Report) -> None:
    """Report it, with the place where it belongs or the name that is meant."""
    span = Span(file, directive.start, directive.name_end)
    places = [other.value for other in Place if directive.name in RULES[other]]
    if places:
        where = " or ".join(places)
        report.error(
            "OKR107", f"`@{directive.name}` can't stand {place}", span, f"it belongs {where}"
        )
        return
    near = report.near(directive.name, RULES[place])
    report.error(
        "OKR106",
        f"unknown directive `@{directive.name}`",
        span,
        f"did you mean `@{near}`?" if near else _FAMILIAR.get(directive.name) or _all(place),
    )


def _all(place: Place) -> str:
    names = listed(f"@{name}" for name in RULES[place])
    return f"{place} there can be {names}"


_FAMILIAR = {
    "map": "the name in the database is given with `@table(name:)`, `@column(name:)` or `@type(name:)`",
    "primaryKey": "a primary key is written `@id`",
    "primary": "a primary key is written `@id`",
    "key": "a primary key is written `@id`",
    "nullable": "a field is nullable unless its type ends in `!`",
    "required": "a field is required when its type ends in `!`",
    "ignore": "a table that OKRA shall leave alone is marked `@unmanaged`",
    "autoincrement": "write `@default(autoincrement)`",
    "deprecated": "say it in the description",
}
