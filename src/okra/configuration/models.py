"""The `models` of a configuration: the languages that types are generated for."""

from __future__ import annotations

from typing import Any

import msgspec


class Models(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """What `okra models:generate` writes.

    generators  the options of each language by its name; what they may be, its generator knows
    """

    generators: dict[str, dict[str, Any]] = {}
