"""How long a primary key is: InnoDB has 3,072 bytes for one, counted by what its columns may hold.

Other indexes are left to the server: MariaDB keeps a longer unique one as a hash.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.dialects.mysql.natives.options import option
from okra.dialects.mysql.planning.columns import bytes_each, collation
from okra.errors import UnsupportedChange

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.relational.model import Table

LONGEST_KEY = 3072
_SIZED = re.compile(r"(char|varchar|binary|varbinary)\((\d+)\)")


def check_key_lengths(tables: Sequence[Table]) -> None:
    """Nothing, if what is certain of the columns of each primary key fits into it.

    Raises  UnsupportedChange for the first that can't be made
    Source  MySQL 8.0 manual, "InnoDB Limits"
    """
    for table in tables:
        key = table.primary_key
        if key is None or option(table.options, "engine") is not None:
            continue
        size = sum(_size(name, table) for name in key.columns)
        if size > LONGEST_KEY:
            raise UnsupportedChange(
                f"the primary key of `{table.name}` takes {size:,} bytes, and InnoDB has {LONGEST_KEY:,}",
                code="OKR427",
                place=f"{table.name}.{key.columns[0]}",
                help="give its texts a shorter `@length(max:)`; of a join table, those of both models",
            )


def _size(name: str, table: Table) -> int:
    """The bytes that a text or bytes of limited length may take; 0 for all else, which is short."""
    column = table.column(name)
    match = None if column is None else _SIZED.match(str(column.type))
    if column is None or match is None:
        return 0
    return int(match[2]) * bytes_each(collation(column, table))
