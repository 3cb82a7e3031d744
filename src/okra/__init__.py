"""OKRA: database models written once, migrations that are proven before they are written.

Names load on first use, so that `import okra` costs nothing.
"""

from __future__ import annotations

__version__ = "0.1.0"

TYPE_CHECKING = False  # the name that type checkers know, without the import of typing
if TYPE_CHECKING:
    from okra.errors import (
        ChecksumMismatch,
        ConfigError,
        DatabaseError,
        DirectoryError,
        LockNotObtained,
        OkraError,
        PlanError,
        SchemaError,
        StatementFailed,
        UnsupportedChange,
        UsageError,
    )
    from okra.language.definition import SchemaDefinition
    from okra.plan import Hazard, HazardKind, Plan, Statement
    from okra.projects.library import diff, load, parse
    from okra.projects.project import Project

_HOMES = {
    "ChecksumMismatch": "okra.errors",
    "ConfigError": "okra.errors",
    "DatabaseError": "okra.errors",
    "DirectoryError": "okra.errors",
    "Hazard": "okra.plan",
    "HazardKind": "okra.plan",
    "LockNotObtained": "okra.errors",
    "OkraError": "okra.errors",
    "Plan": "okra.plan",
    "PlanError": "okra.errors",
    "Project": "okra.projects.project",
    "SchemaDefinition": "okra.language.definition",
    "SchemaError": "okra.errors",
    "Statement": "okra.plan",
    "StatementFailed": "okra.errors",
    "UnsupportedChange": "okra.errors",
    "UsageError": "okra.errors",
    "diff": "okra.projects.library",
    "load": "okra.projects.library",
    "load_all": "okra.projects.library",
    "parse": "okra.projects.library",
}

__all__ = [
    "ChecksumMismatch",
    "ConfigError",
    "DatabaseError",
    "DirectoryError",
    "Hazard",
    "HazardKind",
    "LockNotObtained",
    "OkraError",
    "Plan",
    "PlanError",
    "Project",
    "SchemaDefinition",
    "SchemaError",
    "Statement",
    "StatementFailed",
    "UnsupportedChange",
    "UsageError",
    "__version__",
    "diff",
    "load",
    "load_all",
    "parse",
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
