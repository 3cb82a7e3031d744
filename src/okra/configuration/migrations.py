"""The `migrations` of a database, or of one of its environments, in the configuration."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Mode(StrEnum):
    VERSIONED = "versioned"
    DECLARATIVE = "declarative"


class Permission(StrEnum):
    """What migrations may do although others suffer from it."""

    BLOCKING = "blocking"


class Tracking(StrEnum):
    """Where it is kept what a declarative database was synced to."""

    FILES = "files"
    SHADOW = "shadow"


class Drops(StrEnum):
    """What becomes of what a migration drops: gone at once, or kept aside until it is purged."""

    IMMEDIATE = "immediate"
    DEFERRED = "deferred"


class Migrations(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True
):
    """The `migrations` of a database or of one of its environments; None: not said here.

    lock_timeout  how long to wait for another run to finish, seconds
    online        whether migrations let others read and write meanwhile, where there is a choice
    allow         what they may do although others suffer from it, without being asked
    exclude       patterns of tables that are left alone
    allow_sync    whether `db:sync` may change a protected database
    tracking      where it is kept what the database was synced to: files only, or the database as well
    drops         whether what migrations drop is gone at once, or kept aside until it is purged
    """

    mode: Mode | None = None
    dir: str | None = None
    table: str | None = None
    lock_timeout: float | None = None
    online: bool | None = None
    allow: tuple[Permission, ...] | None = None
    exclude: tuple[str, ...] | None = None
    allow_sync: bool | None = None
    tracking: Tracking | None = None
    drops: Drops | None = None
