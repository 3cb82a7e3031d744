"""What statements of a migration need when another program than OKRA sends them: the protocol of `server/elsewhere.py`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from okra.dialects import DIALECTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Script


class Elsewhere(Protocol):
    """What one kind of server is like to other programs."""

    @property
    def UNDOES_DDL(self) -> bool:  # noqa: N802 - a constant of the module
        """Whether a transaction can undo changes of tables."""
        ...

    @property
    def DELIMITED(self) -> bool:  # noqa: N802
        """Whether its shell cuts at each semicolon, unless `DELIMITER` says otherwise."""
        ...

    @property
    def SHELL(self) -> str:  # noqa: N802
        """How its shell runs FILE, and stops at the first error."""
        ...

    @property
    def OPENING(self) -> tuple[str, ...]:  # noqa: N802
        """Statements that come first in a file for its shell, outside any transaction."""
        ...

    def prelude(self, scripts: Sequence[Script]) -> tuple[Script, ...]:
        """Statements that come before these in their transaction, so that they do what was proven."""
        ...

    def adapted(self, script: Script) -> Script:
        """The statement as every server of the kind takes it: OKRA's session tries again, other programs do not."""
        ...


def elsewhere(provider: str) -> Elsewhere:
    """What `provider` is like to other programs."""
    return cast("Elsewhere", import_module(f"{DIALECTS[provider]}.server.elsewhere"))
