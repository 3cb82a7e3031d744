"""Whether a column can refer to another: InnoDB compares both as they are kept, without turning either."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from okra.dialects.mysql.natives.typenames import INTEGERS, base_of
from okra.dialects.mysql.planning.columns import collation
from okra.errors import UnsupportedChange

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.relational.model import Column, ForeignKey, Table

_Kept: TypeAlias = tuple[object, ...]
_TEXTS = ("char", "varchar", "tinytext", "text", "mediumtext", "longtext")
_EXACT = ("float", "double", "enum", "set")


def check_key_types(tables: Sequence[Table]) -> None:
    """Nothing, if each foreign key is about columns that are kept alike on both sides.

    Raises  UnsupportedChange for the first that is not: the server would only say "incorrectly formed"
    Source  MySQL 8.0 manual, "FOREIGN KEY Constraints", and measured on MariaDB
    """
    known = {table.name: table for table in tables}
    for table in tables:
        for key in table.foreign_keys:
            target = known.get(key.table)
            if target is not None:
                _check(table, key, target)


def _check(table: Table, key: ForeignKey, target: Table) -> None:
    for name, reference in zip(key.columns, key.references, strict=True):
        own, other = table.column(name), target.column(reference)
        if own is None or other is None:
            continue
        here, there = _kept(own, table), _kept(other, target)
        if here is None or there is None or here == there:
            continue
        raise UnsupportedChange(
            f"`{table.name}.{name}` is {_shown(own, table)} and can't refer to"
            f" `{target.name}.{reference}`, which is {_shown(other, target)}",
            code="OKR426",
            place=f"{table.name}.{name}",
            help="give both the same type and, with `@collate`, the same collation",
        )


def _kept(column: Column, table: Table) -> _Kept | None:
    """What has to be the same on both sides; None where nothing is known to matter."""
    base = base_of(str(column.type))
    if base in INTEGERS:
        return base, "unsigned" in str(column.type)
    if base in _TEXTS:
        return "text", collation(column, table)
    return (base,) if base in _EXACT else None


def _shown(column: Column, table: Table) -> str:
    compared = collation(column, table)
    return f"`{column.type}`" + (f" in `{compared}`" if compared else "")
