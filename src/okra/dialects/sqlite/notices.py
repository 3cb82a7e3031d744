"""Hazards by their kind, in few words."""

from __future__ import annotations

from okra.plan import Hazard, HazardKind


def may_fail(message: str) -> Hazard:
    return Hazard(kind=HazardKind.MAY_FAIL, message=message)


def changes_data(message: str) -> Hazard:
    return Hazard(kind=HazardKind.CHANGES_DATA, message=message)


def loses_data(message: str) -> Hazard:
    return Hazard(kind=HazardKind.LOSES_DATA, message=message)


def breaks_code(message: str) -> Hazard:
    return Hazard(kind=HazardKind.BREAKS_CODE, message=message)


def rewrites(message: str) -> Hazard:
    return Hazard(kind=HazardKind.REWRITES, message=message)
