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
from okra.mapping import schema_of, unqualified
from okra.naming import check_name, column_name, index_name, primary_key_name, unique_name
from okra.raising.kept import with_others
from okra.raising.names import is_writable
from okra.raising.options import deferral, option_pairs, same_options, with_options
from okra.raising.words import Taken, table_for
from okra.relational import model as db
from okra.relational.sqltext import ascii_lower, is_quoted_name, is_word, name_of, significant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okra.language.definition import Default, Enum
    from okra.raising.habits import Habits
    from okra.raising.kept import KeptTable
    from okra.raising.names import Names


class Raiser:
    """What all tables share: names, enums by type name, and index names that are in use."""

    def __init__(
        self,
        names: Names,
        enums: Mapping[str, Enum],
        used: Taken,
        habits: Habits,
        kept: Mapping[str, KeptTable],
    ) -> None:
        self.kept = kept
        self.names = names
        self.enums = enums
        self.used = used
        self.habits = habits

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
            description=self._description(table.comment, known),
            schema=schema_of(table.name, self.habits.provider) if known is None else known.schema,
            table=table_for(name, self._bare(table)) if known is None else known.table,
            database=None if known is None else known.database,
            id_fields=tuple(names.fields[table.name][column] for column in key)
            if len(key) > 1
            else (),
            id_name=self._key_name(table) if key else None,
            keyless=not key,
            unmanaged=unmanaged,
        )
        kept = self.kept.get(table.name)
        if known is not None and kept is not None and kept.options == table.options:
            model = same_options(model, known)
        else:
            model = with_options(model, table.options)
        model = self._with_indexes(model, table, unmanaged=unmanaged)
        if not unmanaged:
            model = self._with_checks(model, table)
        return model if kept is None else with_others(model, kept.of_others)

    def _bare(self, table: db.Table) -> str:
        """The table's name without its SQL schema."""
        return unqualified(table.name, self.habits.provider)

    def _description(self, comment: str | None, known: Model | Field | None) -> str | None:
        if self.habits.comments:
            return comment or None
        return None if known is None else known.description

    def _key_name(self, table: db.Table) -> str | None:
        key = table.primary_key
        name = None if key is None else key.name
        usual = primary_key_name(self._bare(table))
        return None if name is None or not is_writable(name) else _unusual(name, usual)

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
            description=self._description(column.comment, known),
            id=alone,
            default=self._default(column, enum),
            sequence=_sequence(column.counter),
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
            collate=self._collation(column.collation),
        )

    def _native(self, kind: db.LogicalType) -> SqlText | None:
        """The provider's own type: for every provider where there is no other word for it."""
        if kind.native is None:
            return None
        if kind.kind is db.LogicalKind.NATIVE:
            return SqlText(default=kind.native)
        return SqlText(per_provider=((self.habits.provider, kind.native),))

    def _collation(self, name: str | None) -> SqlText | None:
        """A collation of a server is none of another kind of server's."""
        if name is None:
            return None
        if self.habits.own_collations:
            return SqlText(per_provider=((self.habits.provider, name),))
        return SqlText(default=name)

    def _part_collation(self, name: str | None) -> str | SqlText | None:
        return self._collation(name) if self.habits.own_collations else name

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
                stored = {item.text: item.name for item in enum.values}
                if isinstance(value, tuple):
                    return EnumDefault(tuple(stored[str(item)] for item in value))
                return EnumDefault(stored[str(value)])

    def _with_indexes(self, model: Model, table: db.Table, *, unmanaged: bool) -> Model:
        """Indexes over one column stand on its field, one of each kind; the rest in the model."""
        fields = {field.name: field for field in model.fields}
        indexes: list[schema.Index] = []
        uniques: list[schema.Unique] = []
        kept = self.kept.get(table.name)
        for index in table.indexes:
            if unmanaged and not _is_key(index):
                continue
            placed = None if kept is None else kept.indexes.get(index)
            if placed is not None and not isinstance(placed.item, schema.Check):
                item, field = placed.item, fields.get(placed.field or "")
            else:
                item = self._index(table, index)
                field = fields.get(item.fields[0].field or "") if _fits_a_field(item) else None
            if unmanaged and not is_writable(index.name):
                item = replace(item, name=None)
            if isinstance(item, schema.Unique):
                if field is not None and field.unique is None and (placed or not field.id):
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
        include = self._fields_of(table, index.include)
        options = tuple(option_pairs(index.options))
        if not index.unique:
            return schema.Index(
                fields=fields,
                name=_unusual(index.name, index_name(self._bare(table), words)),
                type=index.method,
                where=where,
                include=include,
                options=options,
                comment=index.comment,
                visible=index.visible,
            )
        usual = unique_name(self._bare(table), words)
        nameless = index.constraint and not self.habits.constraint_names
        return schema.Unique(
            fields=fields,
            name=self._constraint_name(usual) if nameless else _unusual(index.name, usual),
            type=index.method,
            where=where,
            include=include,
            nulls_distinct=index.nulls_distinct,
            constraint=self._said_constraint(index),
            deferrable=deferral(index),
            options=options,
            comment=index.comment,
            visible=index.visible,
        )

    def _fields_of(self, table: db.Table, columns: tuple[str, ...]) -> tuple[str, ...]:
        fields = self.names.fields[table.name]
        return tuple(fields[column] for column in columns if column in fields)

    def _said_constraint(self, index: db.Index) -> bool | None:
        """Nothing where the dialect chooses by itself what the index is."""
        if not self.habits.prefers_constraints:
            return True if index.constraint else None
        plain = index.where is None and index.method is None
        plain = plain and all(part == db.IndexPart(column=part.column) for part in index.parts)
        return False if plain and not index.constraint else None

    def _parts(self, table: db.Table, index: db.Index) -> tuple[IndexField, ...]:
        """A column that stands in an index again is an expression: a schema names each field once."""
        columns = self.names.fields[table.name]
        found: list[IndexField] = []
        for part in index.parts:
            field = None if part.column is None else columns.get(part.column)
            expression = part.expression
            if field is None or any(item.field == field for item in found):
                field, expression = None, expression or self.habits.quote(part.column or "")
            found.append(
                IndexField(
                    field=field,
                    expr=None if expression is None else SqlText(default=expression),
                    sort=schema.Sort.DESC if part.descending else schema.Sort.ASC,
                    nulls=None if part.nulls is None else schema.Nulls(part.nulls),
                    length=part.length,
                    ops=part.ops,
                    collate=self._part_collation(part.collation),
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
        known = {ascii_lower(column): column for column in self.names.fields[table.name]}
        kept = self.kept.get(table.name)
        for check in table.checks:
            placed = None if kept is None else kept.checks.get(check)
            if placed is not None and isinstance(placed.item, schema.Check):
                where = fields.get(placed.field or "")
                if where is None:
                    own.append(placed.item)
                else:
                    fields[where.name] = replace(where, checks=(*where.checks, placed.item))
                continue
            mentioned = {known[word] for word in _words(check.expression) if word in known}
            column = mentioned.pop() if len(mentioned) == 1 else None
            usual = check_name(self._bare(table), column)
            item = schema.Check(
                expr=SqlText(default=check.expression),
                name=None if check.name == usual else check.name,
            )
            if column is None:
                own.append(item)
            else:
                name = self.names.fields[table.name][column]
                fields[name] = replace(fields[name], checks=(*fields[name].checks, item))
        return replace(model, fields=tuple(fields.values()), checks=tuple(own))


def _fits_a_field(item: schema.Index | schema.Unique) -> bool:
    """Whether it is about one part; `nulls` of a `@unique` on a field says something else than that of its part."""
    ordered = isinstance(item, schema.Unique) and item.fields[0].nulls is not None
    return len(item.fields) == 1 and not ordered


def _is_key(index: db.Index) -> bool:
    """Whether another table may refer to the columns."""
    whole = len(index.columns) == len(index.parts)
    named = whole and all(is_writable(name) for name in index.columns)
    return index.unique and index.where is None and named


def _sequence(counter: db.Counter | None) -> schema.Counter | None:
    if counter is None:
        return None
    kind = counter.kind
    return schema.Counter(
        kind=None if kind is None else schema.CounterKind(kind.value.upper()),
        start=counter.start,
        increment=counter.increment,
        minimum=counter.minimum,
        maximum=counter.maximum,
        cache=counter.cache,
        cycle=counter.cycle,
    )


def _unusual(name: str, usual: str) -> str | None:
    return None if name == usual else name


def _words(expression: str) -> list[str]:
    return [
        ascii_lower(name_of(word))
        for word in significant(expression)
        if is_quoted_name(word) or is_word(word)
    ]
