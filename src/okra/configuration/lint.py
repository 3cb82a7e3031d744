"""The `lint` of a configuration: how serious each rule is here."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Level(StrEnum):
    OFF = "off"
    WARNING = "warning"
    ERROR = "error"


class Lint(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """What `okra db:lint` makes of what it finds.

    rules  by code; what is not in it is as the rule says itself
    """

    rules: dict[str, Level] = {}
