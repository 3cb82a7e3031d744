"""What others have made of tables and columns that go, where the server lets them go all the same."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from okra.dialects import DIALECTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Script, Session

_SILENT = ("mysql",)
"""Those that let a column go under a view. PostgreSQL refuses that by itself; SQLite's guard looks for it."""


class _Dependents(Protocol):
    def broken_by(self, session: Session, scripts: Sequence[Script]) -> tuple[str, ...]: ...


def broken_by(provider: str, session: Session, scripts: Sequence[Script]) -> tuple[str, ...]:
    """What would no longer work after `scripts`, and the server would not say so.

    Returns  sentences that name the view or trigger, and what it uses
    """
    if provider not in _SILENT:
        return ()
    module = import_module(f"{DIALECTS[provider]}.server.dependents")
    return cast("_Dependents", module).broken_by(session, scripts)
