"""Which values SQLite would refuse: a rowid is a whole number, and the columns of a strict table keep to their types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.sqlite.planning.tables import is_rowid_alias
from okra.dialects.sqlite.quoting import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from okra.relational.model import Column, Table

_KINDS = {"integer": "integer", "int": "integer", "real": "real", "text": "text", "blob": "blob"}


def unfit_columns(
    before: Table, after: Table, earlier: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """See `okra.dialects.fitting`."""
    for column in after.columns:
        old = before.column(earlier.get(column.name, column.name))
        if old is None or old.generated is not None or column.generated is not None:
            continue
        kind = _demanded(after, column) or _promised(old, column)
        if kind is None or kind == _demanded(before, old) or _is_cast(old, column):
            continue
        yield column.name, _unfit(quote(old.name), kind)


def _is_cast(before: Column, after: Column) -> bool:
    """Whether a rebuild makes texts of bytes, or bytes of texts."""
    kinds = {_KINDS.get(str(before.type).lower()), _KINDS.get(str(after.type).lower())}
    return kinds == {"text", "blob"}


def _demanded(table: Table, column: Column) -> str | None:
    """What every value has to be, or to be able to become; None where any value will do."""
    key = table.primary_key
    if key is not None and is_rowid_alias(table) and key.columns == (column.name,):
        return "integer"
    if "strict" not in table.options:
        return None
    return _KINDS.get(str(column.type).lower())


def _promised(before: Column, after: Column) -> str | None:
    """What values are to become that a column of another type keeps as they are where they can't: numbers."""
    became = _KINDS.get(str(after.type).lower())
    if became not in ("integer", "real") or became == _KINDS.get(str(before.type).lower()):
        return None
    return became


def _unfit(column: str, kind: str) -> str:
    """The condition; text is taken for a number where it may be one, and then left to the server."""
    of = f"typeof({column})"
    letters = f"trim({column}, ' ' || char(9, 10, 11, 12, 13))"
    no_number = f"{of} = 'text' AND ({letters} GLOB '*[^0-9.eE+-]*' OR {column} NOT GLOB '*[0-9]*')"
    match kind:
        case "integer":
            part = f"{of} = 'real' AND {column} <> CAST({column} AS INTEGER)"
            return f"({of} = 'blob' OR ({part}) OR ({no_number}))"
        case "real":
            return f"({of} = 'blob' OR ({no_number}))"
        case "text":
            return f"{of} = 'blob'"
        case _:
            return f"{of} NOT IN ('blob', 'null')"
