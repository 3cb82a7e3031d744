"""All definitions as the server keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.mysql.introspection.introspect import read_catalogue

if TYPE_CHECKING:
    from okra.dialects.base import Row, Session


def catalogue(session: Session) -> list[Row]:
    """Every row of the catalogue about this database: two equal ones are one and the same schema.

    Raises  DatabaseError if the database can't be read
    """
    found = read_catalogue(session)
    rows: list[Row] = []
    for kind, part in (
        ("table", found.tables),
        ("column", found.columns),
        ("index", found.indexes),
        ("key", found.keys),
        ("rule", found.rules),
        ("check", found.checks),
        ("other", found.others),
    ):
        told = [(kind, *row) for row in part]
        rows += told if kind in ("table", "column", "index", "key") else sorted(told, key=repr)
    return rows
