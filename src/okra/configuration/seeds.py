"""The `seeds` of a database in the configuration."""

from __future__ import annotations

import msgspec

DEFAULT_DIR = "./seeds"


class Seeds(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """Where the seeds of a database lie, and which of them may run as Python; None: not said.

    dir     the folder; what lies in its folder of an environment's name belongs to that alone
    python  files in it that `db:seed` runs
    """

    dir: str | None = None
    python: tuple[str, ...] = ()


def completed(seeds: Seeds | None, database: str | None) -> Seeds:
    """`seeds` with the folder filled in: each of several databases has one of its own."""
    found = seeds or Seeds()
    usual = f"{DEFAULT_DIR}/{database}" if database else DEFAULT_DIR
    return msgspec.structs.replace(found, dir=found.dir or usual)
