"""The way through the statements of one file of a migration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.dialects.base import Script
from okra.migrations.chain import Migration
from okra.migrations.history import Direction
from okra.migrations.hooks import FILE_OF
from okra.migrations.segments import Segment, cut

if TYPE_CHECKING:
    from okra.migrations.executor import Run


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a migration that is run in steps: what leads up, or what leads back."""

    migration: Migration
    direction: Direction
    scripts: tuple[Script, ...]
    segments: tuple[Segment, ...]
    checksum: str

    @property
    def file(self) -> str:
        return FILE_OF[self.direction]

    def place(self, number: int) -> str:
        """The path of the file that the statement with this number stands in, counted from 0."""
        return self.migration.file(self.scripts[number].file or self.file)

    @property
    def version(self) -> str:
        return self.migration.version

    @property
    def is_down(self) -> bool:
        return self.direction is Direction.DOWN


def course(
    run: Run,
    migration: Migration,
    direction: Direction,
    scripts: tuple[Script, ...],
    checksum: str,
) -> Course:
    """The way through the statements of one file."""
    return Course(
        migration=migration,
        direction=direction,
        scripts=scripts,
        segments=cut(scripts, run.prober),
        checksum=checksum,
    )
