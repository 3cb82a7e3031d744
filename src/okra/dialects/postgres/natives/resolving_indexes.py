"""Logical indexes and unique constraints → what PostgreSQL can have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from okra.dialects.postgres.expressions.canonical import split_collation
from okra.dialects.postgres.natives.opclasses import canonical_class, is_class, is_default_class
from okra.dialects.postgres.natives.spelling import identifier
from okra.dialects.postgres.quoting import quote
from okra.errors import UnsupportedChange
from okra.relational.model import Index, IndexPart
from okra.relational.sqltext import ascii_lower

if TYPE_CHECKING:
    from okra.relational.model import Table


class _Expression(Protocol):
    def __call__(self, text: str, place: str, what: str) -> str: ...


def resolve_index(
    index: Index,
    table: Table,
    expression: _Expression,
    warnings: list[str],
) -> Index | None:
    """The native form of `index`; None, with a warning, where PostgreSQL has nothing like it.

    expression  brings an expression into canonical spelling
    Raises      UnsupportedChange with `table.index` as its place
    """
    place = f"{table.name}.{index.name}"
    quote(index.name)
    method = _method(index, warnings)
    if method == "none":
        return None
    _warn(index, warnings)
    parts = tuple(_part(part, table, method, place, expression) for part in index.parts)
    where = index.where
    found = replace(
        index,
        parts=parts,
        method=None if method == "btree" else method,
        where=None if where is None else expression(where, place, "a predicate"),
        options=tuple(sorted(ascii_lower(option) for option in index.options)),
        comment=index.comment or None,
        visible=True,
        deferrable=index.deferrable or index.initially_deferred,
    )
    return replace(found, constraint=_is_constraint(found, index.constraint, place))


def _is_constraint(index: Index, wanted: bool | None, place: str) -> bool:
    """Whether `index` is to be a constraint; where nothing is said, a unique key is one if it can be.

    Raises  UnsupportedChange where it can't be what is wanted
    """
    fault = constraint_fault(index)
    if wanted is None:
        wanted = index.unique and (fault is None or index.deferrable)
    if fault is not None and wanted:
        raise UnsupportedChange(
            f"a unique constraint has no {fault} in PostgreSQL",
            code="OKR235",
            place=place,
            help="take `constraint: true` or `deferrable` away, then it is a unique index",
        )
    if index.deferrable and not wanted:
        raise UnsupportedChange(
            "an index can't be deferrable in PostgreSQL, only a unique constraint can",
            code="OKR235",
            place=place,
            help="take `constraint: false` away, or `deferrable`",
        )
    return wanted


def constraint_fault(index: Index) -> str | None:
    """What `index` has and no unique constraint can have, or None."""
    if index.where is not None:
        return "predicate"
    if index.method is not None:
        return f"method `{index.method}`"
    for part in index.parts:
        if part.expression is not None:
            return "expressions"
        if part.descending or part.nulls is not None:
            return "sort order"
        if part.ops is not None:
            return "operator class"
        if part.collation is not None:
            return "collation"
    return None


def _method(index: Index, warnings: list[str]) -> str:
    method = ascii_lower(index.method or "btree")
    if method == "fulltext":
        warnings.append(
            f"index `{index.name}`: PostgreSQL has no FULLTEXT, it is left out there; "
            "an index of type GIN over to_tsvector(…) does the same"
        )
        return "none"
    if method == "spatial":
        warnings.append(f"index `{index.name}`: PostgreSQL has no SPATIAL, it gets a GiST index")
        return "gist"
    return method


def _warn(index: Index, warnings: list[str]) -> None:
    if any(part.length is not None for part in index.parts):
        warnings.append(
            f"index `{index.name}`: PostgreSQL has no `length`, the whole values are indexed"
        )
    if not index.visible:
        warnings.append(f"index `{index.name}`: PostgreSQL has no invisible indexes, it is visible")


def _part(
    part: IndexPart, table: Table, method: str, place: str, expression: _Expression
) -> IndexPart:
    """`part` with nothing said that goes without saying; `(name)` is a column, `(name COLLATE "C")` one too."""
    if part.expression is not None:
        text, collation = split_collation(expression(part.expression, place, "an index expression"))
        names = {identifier(column.name): column.name for column in table.columns}
        part = replace(part, expression=text, collation=part.collation or collation)
        if text in names:
            part = replace(part, expression=None, column=names[text])
    if part.ops is not None and not is_class(part.ops):
        raise UnsupportedChange(
            f"`{part.ops}` is not the name of one operator class",
            code="OKR229",
            place=place,
            help="write its name, and its parameters where it has some: `gist_trgm_ops(siglen=32)`",
        )
    column = None if part.column is None else table.column(part.column)
    own = None if column is None else column.collation
    usual = "FIRST" if part.descending else "LAST"
    ops = None if part.ops is None else canonical_class(part.ops)
    return IndexPart(
        column=part.column,
        expression=part.expression,
        descending=part.descending,
        nulls=None if part.nulls == usual else part.nulls,
        ops=None if ops is None or is_default_class(ops, method) else ops,
        collation=None if part.collation == (own or "default") else part.collation,
    )
