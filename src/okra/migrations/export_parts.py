"""A migration cut into what other tools can run at one go: a transaction, or one statement without any."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from okra.dialects import dialect as dialect_of
from okra.dialects.base import Script
from okra.dialects.elsewhere import elsewhere
from okra.dialects.session import prober
from okra.migrations.batch import batch_of
from okra.migrations.chain import check_sealed
from okra.migrations.history import Direction
from okra.migrations.hooks import statements_of
from okra.migrations.segments import cut

if TYPE_CHECKING:
    from okra.migrations.chain import Migration

_OWN = re.compile(r"--[ \t]*okra:")
_ODD = re.compile(r"[^A-Za-z0-9_]")
UNNAMED = "migration"


class Half(msgspec.Struct, frozen=True, kw_only=True):
    """Statements that are one transaction; `outside`: the one statement that no transaction may surround."""

    scripts: tuple[Script, ...] = ()
    outside: bool = False


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes one migration of the other tool.

    number, total  which of the parts of its migration, from 1
    """

    folder: str
    version: str
    name: str
    number: int
    total: int
    up: Half
    down: Half


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """A whole migration; `batched`: it has statements that OKRA runs in ranges, and other tools as a whole."""

    parts: tuple[Part, ...]
    batched: bool = False


def parts_of(migration: Migration, provider: str) -> Parts:
    """The parts of a migration, in the order of the way up. On the way down the last one comes first.

    Raises  DirectoryError for files that can't be read, ChecksumMismatch for edited ones
    """
    files = migration.read()
    check_sealed(migration, files)
    kind = dialect_of(provider)
    up, down = (
        statements_of(migration, files, direction, kind)
        for direction in (Direction.UP, Direction.DOWN)
    )
    ups, downs = _halves(up, provider), _halves(down, provider)
    pairs = _pairs(ups, downs[::-1])
    name = _ODD.sub("_", migration.header.name or UNNAMED)
    return Parts(
        parts=tuple(
            Part(
                folder=migration.folder,
                version=migration.version.replace("_", ""),
                name=name,
                number=number,
                total=len(pairs),
                up=one,
                down=other,
            )
            for number, (one, other) in enumerate(pairs, start=1)
        ),
        batched=any(batch_of(script, migration.folder) for script in (*up, *down)),
    )


def _halves(scripts: tuple[Script, ...], provider: str) -> list[Half]:
    """The transactions of a file; all of it is one where the server undoes nothing anyway."""
    server = elsewhere(provider)
    scripts = tuple(server.adapted(script) for script in scripts)
    if not scripts:
        return [Half()]
    if not server.UNDOES_DDL:
        return [Half(scripts=_plain((*server.prelude(scripts), *scripts)))]
    found = []
    for segment in cut(scripts, prober(provider)):
        some = scripts[segment.start : segment.stop]
        if segment.outside:
            found.append(Half(scripts=_plain(some), outside=True))
        else:
            found.append(Half(scripts=_plain((*server.prelude(some), *some))))
    return found


def _pairs(ups: list[Half], downs: list[Half]) -> list[tuple[Half, Half]]:
    """Each with one of the other way, in order, where both want a transaction or neither does; else with nothing.

    downs  what is run last comes first
    """
    pairs = []
    up, down = 0, 0
    while up < len(ups) or down < len(downs):
        if up == len(ups):
            pairs.append((Half(), downs[down]))
            down += 1
        elif down == len(downs):
            pairs.append((ups[up], Half()))
            up += 1
        elif ups[up].outside == downs[down].outside:
            pairs.append((ups[up], downs[down]))
            up, down = up + 1, down + 1
        elif ups[up].outside:
            pairs.append((ups[up], Half()))
            up += 1
        else:
            pairs.append((Half(), downs[down]))
            down += 1
    return pairs


def _plain(scripts: tuple[Script, ...]) -> tuple[Script, ...]:
    """The statements without the comments that only OKRA reads."""
    return tuple(
        replace(
            script,
            comment="\n".join(
                line.strip() for line in script.comment.split("\n") if not _OWN.match(line.strip())
            ),
        )
        for script in scripts
    )
