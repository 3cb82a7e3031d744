"""Types of columns: what a statement changes one to, and what may become of the values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.sqlite.natives.types import Affinity, affinity

if TYPE_CHECKING:
    from okra.lint.migration import MigrationSight

_NUMBERS = (Affinity.INTEGER, Affinity.NUMERIC, Affinity.REAL)


def type_after(sight: MigrationSight, written: str) -> str:
    """The type that is `written`, in the server's own spelling."""
    match sight.provider:
        case "postgres":
            from okra.dialects.postgres.natives.typenames import canonical_type

            return canonical_type(written)
        case "mysql":
            from okra.dialects.mysql.natives.typenames import canonical_type as mysql_type

            return mysql_type(written).type
        case _:
            return written.lower()


def worries(sight: MigrationSight, before: str, after: str) -> tuple[str, ...]:
    """What may become of values that change from one type to the other, as the ends of "`t.c` "."""
    if before == after:
        return ()
    match sight.provider:
        case "postgres":
            from okra.dialects.postgres.planning.casts import cast

            turned = cast(before, after, [enum.name for enum in sight.database.enums])
            return _said(turned.doubt, turned.loss)
        case "mysql":
            from okra.dialects.mysql.planning.conversions import conversion

            found = conversion(before, after)
            return _said(found.doubt, found.loss)
        case _:
            return _of_affinities(affinity(before), affinity(after))


def _said(*sentences: str | None) -> tuple[str, ...]:
    return tuple(sentence for sentence in sentences if sentence is not None)


def _of_affinities(before: Affinity, after: Affinity) -> tuple[str, ...]:
    if before not in _NUMBERS and after in _NUMBERS:
        return ("may hold text that looks like a number, and becomes one: '007' becomes 7",)
    if before in (Affinity.INTEGER, Affinity.NUMERIC) and after is Affinity.REAL:
        return ("keeps 15 digits of each number",)
    return ()
