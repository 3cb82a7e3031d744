"""OKRA: database models written once, migrations that are proven before they are written.

Names load on first use, so that `import okra` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from okra.errors import OkraError

_HOMES = {
    "OkraError": "okra.errors",
}

__all__ = [
    "OkraError",
    "__version__",
]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        message = f"module `okra` has no attribute `{name}`"
        raise AttributeError(message)
    return getattr(import_module(home), name)
