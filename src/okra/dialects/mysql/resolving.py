"""A logical database → the native one that MySQL can hold, or the reason why it can't."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.base import Resolved
from okra.dialects.mysql.collations import collation_name
from okra.dialects.mysql.defaults import canonical_default
from okra.dialects.mysql.expression import canonical
from okra.dialects.mysql.implicit import without_implicit
from okra.dialects.mysql.options import collation_of, table_options
from okra.dialects.mysql.quoting import quote
from okra.dialects.mysql.typenames import TypeName, canonical_type
from okra.dialects.mysql.types import function_default, literal_default, native_type
from okra.errors import UnsupportedChange
from okra.relational.model import (
    Action,
    Check,
    Column,
    Database,
    EnumType,
    ForeignKey,
    FunctionDefault,
    Generated,
    Index,
    IndexPart,
    LiteralDefault,
    PrimaryKey,
    Table,
)
from okra.relational.sqltext import expression_fault, no_expression

if TYPE_CHECKING:
    from collections.abc import Mapping

_METHODS = ("fulltext", "spatial", "hash")


def resolve(database: Database) -> Resolved:
    """The native form of `database`, and what MySQL can only imitate.

    Raises  UnsupportedChange for what MySQL can't express, with `table.column` as its place
    """
    warnings: list[str] = []
    enums = {enum.name: enum for enum in database.enums}
    tables = tuple(_Resolver(table, warnings).table(enums) for table in database.tables)
    return Resolved(database=Database(tables=tables), warnings=tuple(warnings))


class _Resolver:
    """Resolves one table."""

    def __init__(self, table: Table, warnings: list[str]) -> None:
        self._logical = table
        self._warnings = warnings
        self._names = tuple(column.name for column in table.columns)
        self._options = table_options(table.options)
        self._collation = collation_of(self._options)
        self._types: dict[str, str] = {}

    def table(self, enums: Mapping[str, EnumType]) -> Table:
        table = self._logical
        quote(table.name)
        columns = tuple(self._column(column, enums) for column in table.columns)
        self._types = {column.name: str(column.type) for column in columns}
        key = table.primary_key
        return without_implicit(
            Table(
                name=table.name,
                columns=columns,
                primary_key=None if key is None else PrimaryKey(columns=key.columns),
                indexes=tuple(self._index(index) for index in table.indexes),
                foreign_keys=tuple(self._foreign_key(key) for key in table.foreign_keys),
                checks=tuple(self._check(check) for check in table.checks),
                options=self._options,
                comment=table.comment or None,
            )
        )

    def _column(self, column: Column, enums: Mapping[str, EnumType]) -> Column:
        place = f"{self._logical.name}.{column.name}"
        quote(column.name)
        kind = column.type
        found = canonical_type(kind) if isinstance(kind, str) else native_type(kind, enums, place)
        generated = column.generated
        return Column(
            name=column.name,
            type=found.type,
            nullable=column.nullable,
            default=self._default(column, found.type, place),
            identity=column.identity,
            generated=None
            if generated is None
            else Generated(
                expression=self._expression(generated.expression, place, "a computed column"),
                stored=generated.stored,
            ),
            collation=self._column_collation(column, found),
            comment=column.comment or None,
            updated_at=column.updated_at,
        )

    def _column_collation(self, column: Column, found: TypeName) -> str | None:
        """What differs from the table's collation."""
        name = column.collation or found.collation
        collation = None if name is None else collation_name(name)
        return None if collation == self._collation else collation

    def _default(self, column: Column, native: str, place: str) -> str | None:
        match column.default:
            case None:
                return None
            case str() as text:
                self._expression(text, place, "a default")
                return canonical_default(text, native)
            case FunctionDefault() as default:
                return function_default(default, column.type, native)
            case LiteralDefault() as default:
                return literal_default(default, column.type, native)

    def _check(self, check: Check) -> Check:
        place = f"{self._logical.name}.{check.name}" if check.name else self._logical.name
        if check.name is not None:
            quote(check.name)
        return Check(
            name=check.name, expression=self._expression(check.expression, place, "a check")
        )

    def _index(self, index: Index) -> Index:
        place = f"{self._logical.name}.{index.name}"
        quote(index.name)
        method = index.method if index.method in _METHODS else None
        return Index(
            name=index.name,
            parts=tuple(self._part(part, place) for part in index.parts),
            unique=index.unique,
            method=method,
            comment=index.comment or None,
            visible=index.visible,
            options=index.options,
        )

    def _part(self, part: IndexPart, place: str) -> IndexPart:
        expression = part.expression
        return IndexPart(
            column=part.column,
            expression=None
            if expression is None
            else self._expression(expression, place, "an index expression"),
            descending=part.descending,
            length=part.length,
        )

    def _foreign_key(self, key: ForeignKey) -> ForeignKey:
        place = f"{self._logical.name}.{key.name}"
        for action in (key.on_delete, key.on_update):
            if action is Action.SET_DEFAULT:
                raise _refused(
                    "OKR242",
                    "MySQL can't set a foreign key to its default",
                    place,
                    "use SET_NULL, CASCADE or RESTRICT",
                )
        return ForeignKey(
            name=key.name,
            columns=key.columns,
            table=key.table,
            references=key.references,
            on_delete=plain_action(key.on_delete),
            on_update=plain_action(key.on_update),
        )

    def _expression(self, text: str, place: str, what: str) -> str:
        """`text` in canonical spelling, once it is clear that it is one expression and nothing more."""
        fault = expression_fault(text)
        if fault is not None:
            raise no_expression(what, fault, place)
        return canonical(text, self._names)


def plain_action(action: Action) -> Action:
    """InnoDB checks at once, so that NO ACTION is RESTRICT; servers name either."""
    return Action.RESTRICT if action is Action.NO_ACTION else action


def _refused(code: str, message: str, place: str, help: str) -> UnsupportedChange:
    return UnsupportedChange(message, code=code, place=place, help=help)
