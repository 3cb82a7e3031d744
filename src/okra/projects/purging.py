"""What a project's migrations have dropped and kept aside, gone for good."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from okra.errors import UsageError

if TYPE_CHECKING:
    from okra.migrations.losses import Confirm
    from okra.migrations.purge import PurgeResult
    from okra.projects.project import Project

_AGE = re.compile(r"([0-9]{1,6})([hdw])")
_HOURS = {"h": 1, "d": 24, "w": 7 * 24}


def purge(
    project: Project,
    *,
    older_than: timedelta | None = None,
    dry_run: bool = False,
    confirm: Confirm | None = None,
) -> PurgeResult:
    """Drop for good what is kept aside.

    older_than  only what was dropped here so long ago
    confirm     asked with what is lost; without it that is refused
    Raises      DatabaseError
    """
    from okra.migrations.purge import purge

    return purge(project.database_target(), older_than=older_than, dry_run=dry_run, confirm=confirm)


def age(text: str) -> timedelta:
    """How long `30d`, `12h` or `4w` is.

    Raises  UsageError
    """
    found = _AGE.fullmatch(text.strip())
    if found is None:
        raise UsageError(
            f"`{text}` is no age",
            code="OKR601",
            help="an age is a number with `h`, `d` or `w` for hours, days or weeks: `--older-than 30d`",
        )
    return timedelta(hours=int(found[1]) * _HOURS[found[2]])
