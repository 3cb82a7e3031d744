"""The one environment that is protected by its name."""

from __future__ import annotations

from okra.configuration.config import PRODUCTION


def is_production(environment: str | None) -> bool:
    """Whether a name means production, in whatever letters and with blanks around it."""
    return (environment or "").strip().casefold() == PRODUCTION
