"""A table once its columns are renamed, in MySQL's own spelling: there a double quote opens a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.dialects.mysql.quoting import quote
from okra.relational.current import current_table
from okra.relational.renaming import respelled
from okra.relational.sqltext import TokenKind, tokens, unquoted

if TYPE_CHECKING:
    from okra.relational.changes import AlterTable
    from okra.relational.model import Column, Index, Table


def renamed_table(change: AlterTable) -> Table:
    """`change.before` with the names of its columns as they will be, also inside expressions."""
    table = current_table(change)
    own = replace(
        table,
        columns=tuple(_column(column) for column in table.columns),
        indexes=tuple(_index(index) for index in table.indexes),
        checks=tuple(replace(c, expression=_backquoted(c.expression)) for c in table.checks),
    )
    return respelled(own, change.after)


def _column(column: Column) -> Column:
    generated = column.generated
    if generated is None:
        return column
    return replace(
        column, generated=replace(generated, expression=_backquoted(generated.expression))
    )


def _index(index: Index) -> Index:
    return replace(
        index,
        parts=tuple(
            part
            if part.expression is None
            else replace(part, expression=_backquoted(part.expression))
            for part in index.parts
        ),
    )


def _backquoted(expression: str) -> str:
    if '"' not in expression:
        return expression
    return "".join(
        quote(unquoted(token)) if token.kind is TokenKind.NAME else token.text
        for token in tokens(expression)
    )
