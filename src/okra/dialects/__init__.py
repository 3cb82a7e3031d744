"""The dialects that OKRA speaks: name → module, loaded on first use."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, cast

from okra.errors import UsageError

if TYPE_CHECKING:
    from okra.dialects.base import Dialect

DIALECTS = {
    "mysql": "okra.dialects.mysql",
    "postgres": "okra.dialects.postgres",
    "sqlite": "okra.dialects.sqlite",
}
_ALSO_CALLED = {"mariadb": "mysql", "postgresql": "postgres", "sqlite3": "sqlite"}


@cache
def dialect(name: str) -> Dialect:
    """The dialect called `name`.

    Raises  UsageError if there is none of that name
    """
    path = DIALECTS.get(name)
    if path is None:
        known = ", ".join(f"`{item}`" for item in sorted(DIALECTS))
        other = _ALSO_CALLED.get(name.lower())
        raise UsageError(
            f"this version of OKRA has no provider `{name}`",
            code="OKR605",
            help=f"write `{other}`" if other else f"it has {known}",
        )
    return cast("Dialect", import_module(path).DIALECT)
