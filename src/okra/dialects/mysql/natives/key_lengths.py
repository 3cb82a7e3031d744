"""How long a key is: InnoDB has 3,072 bytes for one, counted by what its columns may hold.

Unique indexes are left to the server: MariaDB keeps a longer one as hashes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.mysql.natives.options import option
from okra.dialects.mysql.planning.columns import LONGEST_KEY, part_bytes, sized_bytes
from okra.errors import UnsupportedChange

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.relational.model import Index, Table

_OWN_KINDS = ("fulltext", "spatial")


def check_key_lengths(tables: Sequence[Table]) -> None:
    """Nothing, if what is certain of the columns of each key and index fits into it.

    Raises  UnsupportedChange for the first that can't be made
    Source  MySQL 8.0 manual, "InnoDB Limits"; MariaDB makes an index of one column that is too long of its
            beginning alone, and says nothing
    """
    for table in tables:
        if option(table.options, "engine") is not None:
            continue
        _check_primary_key(table)
        for index in table.indexes:
            if not index.unique and index.method not in _OWN_KINDS:
                _check_index(index, table)


def _check_primary_key(table: Table) -> None:
    names = table.primary_key.columns if table.primary_key is not None else ()
    columns = [table.column(name) for name in names]
    size = sum(sized_bytes(column, table) for column in columns if column is not None)
    if size > LONGEST_KEY:
        raise _too_long(
            f"the primary key of `{table.name}`",
            size,
            place=f"{table.name}.{names[0]}",
            help="give its texts a shorter `@length(max:)`; of a join table, those of both models",
        )


def _check_index(index: Index, table: Table) -> None:
    size = sum(part_bytes(part, table) for part in index.parts)
    if size > LONGEST_KEY:
        raise _too_long(
            f"the index `{index.name}` of `{table.name}`",
            size,
            place=f"{table.name}.{index.name}",
            help="give its texts a shorter `@length(max:)`, or say how much of each the index is to have: "
            '`fields: [{field: "…", length: 100}]`',
        )


def _too_long(what: str, size: int, *, place: str, help: str) -> UnsupportedChange:
    return UnsupportedChange(
        f"{what} takes {size:,} bytes, and InnoDB has {LONGEST_KEY:,}",
        code="OKR427",
        place=place,
        help=help,
    )
