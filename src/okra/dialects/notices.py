"""Hazards by their kind, in few words."""

from __future__ import annotations

from okra.plan import Hazard, HazardKind


def may_fail(message: str) -> Hazard:
    return Hazard(kind=HazardKind.MAY_FAIL, message=message)


def changes_data(message: str, *, spoils: str | None = None) -> Hazard:
    return Hazard(kind=HazardKind.CHANGES_DATA, message=message, spoils=spoils)


def loses_data(message: str, *, spoils: str | None = None) -> Hazard:
    return Hazard(kind=HazardKind.LOSES_DATA, message=message, spoils=spoils)


def breaks_code(message: str) -> Hazard:
    return Hazard(kind=HazardKind.BREAKS_CODE, message=message)


def rewrites(message: str) -> Hazard:
    return Hazard(kind=HazardKind.REWRITES, message=message)


def blocks(message: str) -> Hazard:
    """For as long as the table is large; a lock that is held for a moment is none of this."""
    return Hazard(kind=HazardKind.BLOCKS, message=message)
