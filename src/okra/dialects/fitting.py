"""Which values a column of another type would refuse, as a condition that a query can count."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from okra.dialects import DIALECTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from okra.dialects.base import Session
    from okra.relational.model import Table

_PROVIDERS = ("postgres", "mysql")
"""Those whose types refuse values. SQLite's take any, but in some places."""

_PLACES = ("sqlite",)
"""Those where what a value has to be is also a matter of the table."""

_TRYING = ("mysql",)
"""Those where a statement that was refused can't be undone together with those before it."""


class _Fitting(Protocol):
    def unfit(
        self, column: str, before: str, after: str, *, values: Sequence[str], server_version: str
    ) -> str | None: ...


class _Holding(Protocol):
    def holding(self, column: str, native: str, values: int) -> str: ...


class _Placing(Protocol):
    def unfit_columns(
        self, before: Table, after: Table, earlier: Mapping[str, str]
    ) -> Iterator[tuple[str, str]]: ...


class _Trying(Protocol):
    def refused(
        self, session: Session, table: str, column: str, before: str, after: str
    ) -> int: ...


def unfit(
    provider: str,
    column: str,
    before: str,
    after: str,
    *,
    values: Sequence[str] = (),
    server_version: str = "",
) -> str | None:
    """The condition, true for each value that does not fit; None where all fit, or that can't be told.

    column         quoted, as it stands in the query
    before, after  native types
    values         those of the type after, where it is an enum with a name of its own
    """
    if provider not in _PROVIDERS or before == after:
        return None
    module = cast("_Fitting", import_module(f"{DIALECTS[provider]}.planning.fitting"))
    return module.unfit(column, before, after, values=values, server_version=server_version)


def holding(provider: str, column: str, native: str, values: int) -> str:
    """The condition that a column holds one of so many values, or in a list has one of them; `?` for each.

    column  quoted, of an enum type with a name of its own
    """
    module = cast("_Holding", import_module(f"{DIALECTS[provider]}.planning.fitting"))
    return module.holding(column, native, values)


def unfit_columns(
    provider: str, before: Table, after: Table, earlier: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """The columns of `after` whose table refuses values that it took before, each with the condition of `unfit`.

    earlier  what columns were called before, by the names that they have after
    """
    if provider in _PLACES:
        module = cast("_Placing", import_module(f"{DIALECTS[provider]}.planning.fitting"))
        yield from module.unfit_columns(before, after, earlier)


def refused(
    provider: str, session: Session, table: str, column: str, before: str, after: str
) -> int:
    """How many values of a column do not fit, tried out on a copy of it; 0 where the server can undo all.

    table, column  quoted
    """
    if provider not in _TRYING or before == after:
        return 0
    module = cast("_Trying", import_module(f"{DIALECTS[provider]}.planning.fitting"))
    return module.refused(session, table, column, before, after)
