"""A logical database → the native one that MySQL can hold, or the reason why it can't."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.dialects.base import Resolved
from okra.dialects.mysql.expressions.canonical import canonical
from okra.dialects.mysql.expressions.faults import fault
from okra.dialects.mysql.expressions.lexer import Kind, text_of, tokens
from okra.dialects.mysql.natives.collations import collation_name
from okra.dialects.mysql.natives.defaults import canonical_default
from okra.dialects.mysql.natives.key_lengths import check_key_lengths
from okra.dialects.mysql.natives.key_types import check_key_types
from okra.dialects.mysql.natives.options import collation_of, option, table_options
from okra.dialects.mysql.natives.resolving_indexes import resolve_index
from okra.dialects.mysql.natives.typenames import INTEGERS, TypeName, base_of, canonical_type
from okra.dialects.mysql.natives.types import function_default, literal_default, native_type
from okra.dialects.mysql.planning.implicit import without_implicit
from okra.dialects.mysql.quoting import quote
from okra.dialects.resolving import named_check, refused
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
    LiteralDefault,
    PrimaryKey,
    Table,
)
from okra.relational.sqltext import ascii_lower, no_expression

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOUR_BYTES = re.compile("[\U00010000-\U0010ffff]")
_SPACE_AT_END = re.compile(r" '(?=[,)])")  # a quote inside of a value is doubled
_TEXTS = frozenset(["char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set"])
_COUNTABLE = (*INTEGERS, "float", "double")
_LONGEST = {"table": 2048, "column": 1024, "index": 1024}  # characters of a comment


def resolve(database: Database) -> Resolved:
    """The native form of `database`, and what MySQL can only imitate.

    Raises  UnsupportedChange for what MySQL can't express, with `table.column` as its place
    """
    warnings: list[str] = []
    enums = {enum.name: enum for enum in database.enums}
    tables = tuple(_Resolver(table, warnings).table(enums) for table in database.tables)
    _check_key_names(tables)
    check_key_types(tables)
    check_key_lengths(tables)
    return Resolved(database=Database(tables=tables), warnings=tuple(warnings))


def _check_key_names(tables: tuple[Table, ...]) -> None:
    """The name of a foreign key is there once in a database, in whatever letters."""
    owners: dict[str, str] = {}
    for table in tables:
        for key in table.foreign_keys:
            if key.name is None:
                continue
            other = owners.setdefault(ascii_lower(key.name), table.name)
            if other != table.name:
                raise refused(
                    "OKR249",
                    f"`{other}` and `{table.name}` both have a foreign key `{key.name}`,"
                    " and MySQL has each name once",
                    f"{table.name}.{key.name}",
                    "give one of them another name with `@relation(constraint:)`",
                )


class _Resolver:
    """Resolves one table."""

    def __init__(self, table: Table, warnings: list[str]) -> None:
        self._logical = table
        self._warnings = warnings
        self._names = tuple(column.name for column in table.columns)
        self._options = table_options(table.options)
        self._collation = collation_of(self._options)
        self._columns: dict[str, Column] = {}

    def table(self, enums: Mapping[str, EnumType]) -> Table:
        table = self._logical
        quote(table.name)
        columns = tuple(self._column(column, enums) for column in table.columns)
        self._columns = {column.name: column for column in columns}
        self._check_identity(table)
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
                comment=self._comment(table.comment, "table", table.name),
            )
        )

    def _column(self, column: Column, enums: Mapping[str, EnumType]) -> Column:
        place = f"{self._logical.name}.{column.name}"
        quote(column.name)
        kind = column.type
        found = canonical_type(kind) if isinstance(kind, str) else native_type(kind, enums, place)
        _check_values(found.type, place)
        generated = column.generated
        return Column(
            name=column.name,
            type=found.type,
            nullable=column.nullable or generated is not None,  # MariaDB has no NOT NULL there
            default=self._default(column, found.type, place),
            identity=column.identity,
            generated=None
            if generated is None
            else Generated(
                expression=self._expression(generated.expression, place, "a computed column"),
                stored=generated.stored,
            ),
            collation=self._column_collation(column, found),
            comment=self._comment(column.comment, "column", place),
            updated_at=column.updated_at,
        )

    def _column_collation(self, column: Column, found: TypeName) -> str | None:
        """What differs from the table's collation."""
        name = column.collation or found.collation
        if name is None or base_of(found.type) not in _TEXTS:
            return None
        collation = collation_name(name)
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
        return named_check(check, self._logical.name, quote, self._expression)

    def _index(self, index: Index) -> Index:
        native, left_out = resolve_index(
            index,
            self._logical.name,
            self._columns,
            self._expression,
            engine=option(self._options, "engine") or "InnoDB",
        )
        self._warnings += left_out
        place = f"{self._logical.name}.{index.name}"
        return replace(native, comment=self._comment(index.comment, "index", place))

    def _foreign_key(self, key: ForeignKey) -> ForeignKey:
        place = f"{self._logical.name}.{key.name}"
        if key.name is not None:
            quote(key.name)
        for action in (key.on_delete, key.on_update):
            if action is Action.SET_DEFAULT:
                raise refused(
                    "OKR242",
                    "MySQL can't set a foreign key to its default",
                    place,
                    "use SET_NULL, CASCADE or RESTRICT",
                )
        if key.deferrable:
            self._warnings.append(
                f"foreign key `{key.name}`: MySQL checks it at once, `deferrable` is left out"
            )
        return ForeignKey(
            name=key.name,
            columns=key.columns,
            table=key.table,
            references=key.references,
            on_delete=plain_action(key.on_delete),
            on_update=plain_action(key.on_update),
        )

    def _check_identity(self, table: Table) -> None:
        """One column is counted up at most, and an index begins with it."""
        counted = [column for column in table.columns if column.identity]
        keys = [table.primary_key.columns] if table.primary_key is not None else []
        keys += [index.columns for index in table.indexes]
        for column in counted:
            place = f"{table.name}.{column.name}"
            if column.counter is not None:
                self._warnings.append(
                    f"`{place}`: MySQL counts by ones from 1, `@sequence` is left out"
                )
            fault = None
            if base_of(str(self._columns[column.name].type)) not in _COUNTABLE:
                fault = "MySQL counts up only whole numbers"
            elif len(counted) > 1:
                fault = "MySQL counts up only one column of a table"
            elif all(key[:1] != (column.name,) for key in keys):
                fault = "MySQL counts up only a column with which a key or an index begins"
            if fault is not None:
                raise refused("OKR246", fault, place, "make it the `@id`, or give it an `@index`")

    def _comment(self, text: str | None, what: str, place: str) -> str | None:
        """A comment as the server keeps it: no character of four bytes, and so many in all."""
        if not text:
            return None
        kept = _FOUR_BYTES.sub("?", text)[: _LONGEST[what]]
        if kept != text:
            self._warnings.append(
                f"`{place}`: MySQL keeps {_LONGEST[what]} characters of a comment, and no emoji"
            )
        return kept

    def _expression(self, text: str, place: str, what: str) -> str:
        """`text` in canonical spelling, once it is clear that it is one expression and nothing more."""
        found = fault(text)
        if found is not None:
            raise no_expression(what, found, place)
        self._doubt(text, place)
        return canonical(text, self._names)

    def _doubt(self, text: str, place: str) -> None:
        """What other servers take for something else.

        Raises  UnsupportedChange for a column in double quotes: here that is a text
        """
        if '"' not in text and "||" not in text:
            return
        for token in tokens(text):
            if token.kind is Kind.TEXT and token.text[0] == '"':
                name = text_of(token.text)
                if name in self._names:
                    raise refused(
                        "OKR247",
                        f'MySQL takes `"{name}"` for a text, not for the column',
                        place,
                        "write the name without quotes, or in backquotes for MySQL alone",
                    )
            elif token.text == "||":
                self._warnings.append(
                    f"`{place}`: `||` is OR in MySQL; texts are joined with `concat(a, b)`"
                )


def plain_action(action: Action) -> Action:
    """InnoDB checks at once, so that NO ACTION is RESTRICT; servers name either."""
    return Action.RESTRICT if action is Action.NO_ACTION else action


def _check_values(native: str, place: str) -> None:
    """Nothing, if the type is no enum, or the server gives its values back as they are."""
    if not native.startswith(("enum", "set")):
        return
    if _FOUR_BYTES.search(native):
        fault = "MySQL can't show the values of an enum that hold an emoji or the like"
    elif _SPACE_AT_END.search(native):
        fault = "MySQL takes the spaces from the end of an enum's values"
    else:
        return
    way_out = "give the value another text with `@value`, or use `String`"
    raise refused("OKR248", fault, place, way_out)
