"""How long a primary key is: InnoDB has 3,072 bytes for one, counted by what its columns may hold.

Other indexes are left to the server: MariaDB keeps a longer unique one as a hash.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.mysql.natives.options import option
from okra.dialects.mysql.planning.columns import LONGEST_KEY, sized_bytes
from okra.errors import UnsupportedChange

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.relational.model import Table


def check_key_lengths(tables: Sequence[Table]) -> None:
    """Nothing, if what is certain of the columns of each primary key fits into it.

    Raises  UnsupportedChange for the first that can't be made
    Source  MySQL 8.0 manual, "InnoDB Limits"
    """
    for table in tables:
        key = table.primary_key
        if key is None or option(table.options, "engine") is not None:
            continue
        columns = [table.column(name) for name in key.columns]
        size = sum(sized_bytes(column, table) for column in columns if column is not None)
        if size > LONGEST_KEY:
            raise UnsupportedChange(
                f"the primary key of `{table.name}` takes {size:,} bytes, and InnoDB has {LONGEST_KEY:,}",
                code="OKR427",
                place=f"{table.name}.{key.columns[0]}",
                help="give its texts a shorter `@length(max:)`; of a join table, those of both models",
            )
