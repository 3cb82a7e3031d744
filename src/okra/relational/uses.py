"""Which columns of a table an expression, an index, a check or another column uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.relational.sqltext import TokenKind, tokens, unquoted

if TYPE_CHECKING:
    from okra.relational.model import Column, Index, Table


def used_columns(expression: str, table: Table) -> set[str]:
    """The columns of `table` that `expression` names."""
    names = (TokenKind.NAME, TokenKind.WORD)
    words = {unquoted(token).lower() for token in tokens(expression) if token.kind in names}
    return {column.name for column in table.columns if column.name.lower() in words}


def used_by_index(index: Index, table: Table) -> set[str]:
    """The columns that are in the condition or in the expressions of `index`."""
    texts = [part.expression for part in index.parts if part.expression is not None]
    texts += [index.where] if index.where is not None else []
    return {name for text in texts for name in used_columns(text, table)}


def computed_from(column: str, table: Table) -> list[Column]:
    """The columns that are computed from `column`, at once or by way of others."""
    found: list[Column] = []
    names = {column}
    growing = True
    while growing:
        growing = False
        for each in table.columns:
            if each.generated is None or each.name in names:
                continue
            if names & used_columns(each.generated.expression, table):
                names.add(each.name)
                found.append(each)
                growing = True
    return found
