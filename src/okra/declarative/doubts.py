"""Whether a database is meant to be synced at all: it may have migrations, or be somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.errors import DatabaseError
from okra.migrations.excluded import is_excluded
from okra.migrations.findings import named
from okra.migrations.history import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.migrations.executor import Run


def doubt(run: Run) -> DatabaseError | None:
    """Why the database may not be meant to be synced; None where OKRA has synced it before, or it is empty."""
    done = [r.version for r in run.records.values() if r.state != State.REVERTED]
    if done:
        return _is_versioned(run, max(done))
    others = [name for name in run.strangers if not is_excluded(name, run.target.exclude)]
    if run.stamp is None and others:
        return _is_strange(run, others)
    return None


def _is_versioned(run: Run, version: str) -> DatabaseError:
    return DatabaseError(
        f"the database has a history of migrations, up to {version}: a sync would change it past them",
        code="OKR581",
        place=str(run.target.url),
        help='`okra db:migrate:up` brings it on, where the configuration says `"mode": "versioned"`;\n'
        "to sync it all the same, for good: `okra db:sync --yes`",
    )


def _is_strange(run: Run, others: Sequence[str]) -> DatabaseError:
    return DatabaseError(
        f"the database is not empty, and was not synced before: it has {named(others)}",
        code="OKR580",
        place=str(run.target.url),
        help="to make it what the schema says: `okra db:sync --yes`; what that would lose is listed first\n"
        "to write a schema of what is there: `okra db:pull`; to leave tables alone: `migrations.exclude`",
    )
