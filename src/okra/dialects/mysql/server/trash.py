"""What is kept aside in a MySQL or MariaDB database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.mysql.quoting import quote
from okra.dialects.trash import kept_column, kept_table
from okra.relational.trash import TRASH

if TYPE_CHECKING:
    from okra.dialects.session import MigrationSession
    from okra.dialects.trash import Kept


def kept(session: MigrationSession) -> list[Kept]:
    tables = session.query(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
        f" AND left(table_name, {len(TRASH)}) = '{TRASH}' ORDER BY table_name"
    )
    columns = session.query(
        "SELECT table_name, column_name FROM information_schema.columns"
        f" WHERE table_schema = DATABASE() AND left(column_name, {len(TRASH)}) = '{TRASH}'"
        " ORDER BY table_name, ordinal_position"
    )
    return [
        *(kept_table(str(name), quote(str(name))) for (name,) in tables),
        *(
            kept_column(str(table), quote(str(table)), str(column), quote(str(column)))
            for table, column in columns
        ),
    ]
