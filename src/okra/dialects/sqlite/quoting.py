"""The only place where SQLite names and literals become SQL."""

from __future__ import annotations

from okra.errors import UnsupportedChange


def quote(name: str) -> str:
    """`name` as an identifier.

    Raises  UnsupportedChange for an empty name and one with a NUL, which SQLite can't hold
    """
    if not name or "\0" in name:
        raise UnsupportedChange(
            f"{name!r} can't be a name in SQLite",
            code="OKR403",
            help="use a name that is not empty and has no NUL character",
        )
    return '"' + name.replace('"', '""') + '"'


def literal(value: bool | float | str | bytes | None) -> str:
    """`value` as an SQL literal; booleans are 0 and 1.

    Raises  UnsupportedChange for text with a NUL: SQLite would end it there
    """
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    if isinstance(value, (int, float)):
        return repr(value)
    if "\0" in value:
        raise UnsupportedChange(
            "a text with a NUL character can't be written in SQLite",
            code="OKR403",
            help="take the NUL character out of the text",
        )
    return "'" + value.replace("'", "''") + "'"
