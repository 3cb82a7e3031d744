"""Which columns of a table an expression, an index, a check or another column uses, and what a column is for them."""

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


def must_differ(column: Column, table: Table) -> bool:
    """Whether `column` is a part of what may not be equal in two rows."""
    keys = [table.primary_key.columns] if table.primary_key else []
    keys += [index.columns for index in table.indexes if index.unique]
    return any(column.name in columns for columns in keys)


def must_be_given(column: Column) -> bool:
    """Whether every row needs a value there that the server makes up only where there is a default."""
    return not column.nullable and not column.identity and column.generated is None


def is_virtual(column: Column) -> bool:
    """Whether the value is computed whenever it is read."""
    return column.generated is not None and not column.generated.stored


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
