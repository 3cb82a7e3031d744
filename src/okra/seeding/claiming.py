"""A database that belongs to no environment yet, taken by the one that seeds it: `up` and `sync` do the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.errors import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Collection

    from okra.migrations.executor import Run

_NO_RIGHT = "OKR543"


def claims(run: Run, ours: Collection[str]) -> tuple[bool, str | None]:
    """Whether the database is to be claimed for the environment, and a warning where that is not possible.

    One that has tables of others, and that OKRA has never changed, stays free: a sync would take a claim for the
    consent to change those tables.

    ours    the tables of the schema
    """
    environment = run.target.environment
    if environment is None or (run.stamp is not None and run.stamp.environment is not None):
        return False, None
    if run.stamp is not None:
        return True, None
    if any(name not in ours for name in run.strangers):
        return False, None
    try:
        run.session.check_rights()
    except DatabaseError as error:
        if error.code != _NO_RIGHT:
            raise
        return False, (
            f"the database was not claimed for the environment `{environment}`, which needs a table of OKRA's: "
            f"{error.message}"
        )
    return True, None
