"""One table → one model, without its relations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.language import definition as schema
from okra.language.definition import (
    DefaultFunction,
    EnumDefault,
    Field,
    FunctionDefault,
    IndexField,
    LiteralDefault,
    Model,
    SqlDefault,
    SqlText,
    TypeRef,
)
from okra.naming import column_name, index_name, unique_name
from okra.raising.names import is_writable
from okra.raising.words import Taken, table_for
from okra.relational import model as db
from okra.relational.sqltext import ascii_lower, is_quoted_name, is_word, name_of, significant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okra.language.definition import Default, Enum
    from okra.raising.names import Names


class Raiser:
    """What all tables share: names, enums by type name, and index names that are in use."""

    def __init__(self, names: Names, enums: Mapping[str, Enum], used: Taken, provider: str) -> None:
        self.names = names
        self.enums = enums
        self.used = used
        self.provider = provider

    def model(self, table: db.Table, like: db.Table | None, *, unmanaged: bool) -> Model:
        """The model of `table`; columns that are equal in `like` keep their fields."""
        names = self.names
        name = names.models[table.name]
        known = names.known_models.get(table.name)
        key = () if table.primary_key is None else table.primary_key.columns
        if not all(is_writable(column) for column in key):
            key = ()
        fields = [
            self._field(table, column, like, alone=key == (column.name,))
            for column in table.columns
            if not unmanaged or is_writable(column.name)
        ]
        model = Model(
            name=name,
            fields=tuple(fields),
            description=None if known is None else known.description,
            table=table_for(name, table.name),
            strict="strict" in table.options,
            without_rowid="without_rowid" in table.options and bool(key),
            database=None if known is None else known.database,
            id_fields=tuple(names.fields[table.name][column] for column in key)
            if len(key) > 1
            else (),
            keyless=not key,
            unmanaged=unmanaged,
        )
        model = self._with_indexes(model, table, unmanaged=unmanaged)
        return model if unmanaged else self._with_checks(model, table)

    def _field(
        self, table: db.Table, column: db.Column, like: db.Table | None, *, alone: bool
    ) -> Field:
        known = self.names.known_field(table.name, column.name)
        before = None if like is None else like.column(column.name)
        if known is not None and before == column:
            return replace(known, unique=None, index=None, checks=(), id=alone, renamed_from=None)
        name = self.names.fields[table.name][column.name]
        kind = column.type
        if not isinstance(kind, db.LogicalType):
            kind = db.LogicalType(kind=db.LogicalKind.NATIVE, native=kind)
        enum = self.enums.get(kind.enum or "")
        generated = column.generated
        return Field(
            name=name,
            type=TypeRef(
                name=kind.kind.value if enum is None else enum.name,
                list=kind.list,
                required=not column.nullable,
            ),
            description=None if known is None else known.description,
            id=alone,
            default=self._default(column, enum),
            updated_at=column.updated_at,
            column=None if column_name(name) == column.name else column.name,
            db_type=self._native(kind),
            length=kind.length,
            precision=kind.precision,
            computed=None
            if generated is None
            else schema.Computed(
                expr=SqlText(default=generated.expression), stored=generated.stored
            ),
            collate=None if column.collation is None else SqlText(default=column.collation),
        )

    def _native(self, kind: db.LogicalType) -> SqlText | None:
        """The provider's own type: for every provider where there is no other word for it."""
        if kind.native is None:
            return None
        if kind.kind is db.LogicalKind.NATIVE:
            return SqlText(default=kind.native)
        return SqlText(per_provider=((self.provider, kind.native),))

    def _default(self, column: db.Column, enum: Enum | None) -> Default | None:
        match column.default:
            case None:
                counted = FunctionDefault(DefaultFunction.AUTOINCREMENT)
                return counted if column.identity else None
            case str() as text:
                return SqlDefault(SqlText(default=text))
            case db.FunctionDefault(function):
                now = function is db.DefaultFunction.NOW
                if now and column.updated_at:
                    return None  # it goes without saying
                return FunctionDefault(DefaultFunction(function.value))
            case db.LiteralDefault(value):
                if enum is None:
                    return LiteralDefault(value)
                stored = {item.stored or item.name: item.name for item in enum.values}
                if isinstance(value, tuple):
                    return EnumDefault(tuple(stored[str(item)] for item in value))
                return EnumDefault(stored[str(value)])

    def _with_indexes(self, model: Model, table: db.Table, *, unmanaged: bool) -> Model:
        """Indexes over one column stand on its field, one of each kind; the rest in the model."""
        fields = {field.name: field for field in model.fields}
        indexes: list[schema.Index] = []
        uniques: list[schema.Unique] = []
        for index in table.indexes:
            if unmanaged and not _is_key(index):
                continue
            item = self._index(table, index)
            if unmanaged and not is_writable(index.name):
                item = replace(item, name=None)
            field = fields.get(item.fields[0].field or "") if len(item.fields) == 1 else None
            if isinstance(item, schema.Unique):
                if field is not None and field.unique is None and not field.id:
                    fields[field.name] = replace(field, unique=item)
                else:
                    uniques.append(item)
            elif field is not None and field.index is None:
                fields[field.name] = replace(field, index=item)
            else:
                indexes.append(item)
        return replace(
            model, fields=tuple(fields.values()), indexes=tuple(indexes), uniques=tuple(uniques)
        )

    def _index(self, table: db.Table, index: db.Index) -> schema.Index | schema.Unique:
        fields = self._parts(table, index)
        where = None if index.where is None else SqlText(default=index.where)
        words = tuple(
            "expr" if field.field is None else part.column or ""
            for field, part in zip(fields, index.parts, strict=True)
        )
        if index.unique:
            usual = unique_name(table.name, words)
            name = self._constraint_name(usual) if index.constraint else _unusual(index.name, usual)
            return schema.Unique(
                fields=fields, name=name, where=where, constraint=True if index.constraint else None
            )
        usual = index_name(table.name, words)
        return schema.Index(fields=fields, name=_unusual(index.name, usual), where=where)

    def _parts(self, table: db.Table, index: db.Index) -> tuple[IndexField, ...]:
        """A column that stands in an index again is an expression: a schema names each field once."""
        columns = self.names.fields[table.name]
        found: list[IndexField] = []
        for part in index.parts:
            field = None if part.column is None else columns.get(part.column)
            expression = part.expression
            if field is None or any(item.field == field for item in found):
                field, expression = None, expression or quoted(part.column or "")
            found.append(
                IndexField(
                    field=field,
                    expr=None if expression is None else SqlText(default=expression),
                    sort=schema.Sort.DESC if part.descending else schema.Sort.ASC,
                    collate=part.collation,
                )
            )
        return tuple(found)

    def _constraint_name(self, usual: str) -> str | None:
        """A name that nothing else has: the database keeps none, the schema's names must differ."""
        return _unusual(self.used.free(usual, f"{usual}_constraint"), usual)

    def _with_checks(self, model: Model, table: db.Table) -> Model:
        """A check that is about one column stands on its field."""
        fields = {field.name: field for field in model.fields}
        own: list[schema.Check] = []
        known = {
            ascii_lower(column): name for column, name in self.names.fields[table.name].items()
        }
        for check in table.checks:
            item = schema.Check(expr=SqlText(default=check.expression), name=check.name)
            mentioned = {known[word] for word in _words(check.expression) if word in known}
            if len(mentioned) == 1:
                (name,) = mentioned
                fields[name] = replace(fields[name], checks=(*fields[name].checks, item))
            else:
                own.append(item)
        return replace(model, fields=tuple(fields.values()), checks=tuple(own))


def _is_key(index: db.Index) -> bool:
    """Whether another table may refer to the columns."""
    whole = len(index.columns) == len(index.parts)
    named = whole and all(is_writable(name) for name in index.columns)
    return index.unique and index.where is None and named


def quoted(column: str) -> str:
    """A column as an expression, as all servers but MySQL in its own mode have it."""
    return '"' + column.replace('"', '""') + '"'


def _unusual(name: str, usual: str) -> str | None:
    return None if name == usual else name


def _words(expression: str) -> list[str]:
    return [
        ascii_lower(name_of(word))
        for word in significant(expression)
        if is_quoted_name(word) or is_word(word)
    ]
