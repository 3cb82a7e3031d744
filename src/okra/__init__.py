"""OKRA: database models written once, migrations that are proven before they are written.

Names load on first use, so that `import okra` costs nothing.
"""

from __future__ import annotations

__version__ = "0.1.0"

TYPE_CHECKING = False  # the name that type checkers know, without the import of typing
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
    from importlib import import_module

    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
