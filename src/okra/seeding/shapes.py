"""Models as rows see them: which field is which column, what identifies a row, and to what it refers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from okra.dialects import dialect
from okra.errors import SeedError
from okra.lowering import lower
from okra.mapping import Names, join_tables
from okra.nearest import nearest
from okra.relational.model import LogicalKind, LogicalType
from okra.seeding.values import Wanted, conversion

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from okra.dialects.rows import Plain
    from okra.language.definition import Field, Model, SchemaDefinition
    from okra.relational.model import Column, Table


class Slot(NamedTuple):
    """One field that has a column.

    convert      what stands in a file → its value
    required     whether a new row must have a value for it
    nullable     whether it may be null
    computed     whether the database alone gives it its value
    has_default  whether the database has a value for a row that gives none
    """

    field: str
    column: Column
    wanted: Wanted
    convert: Callable[[Any], Plain]
    required: bool
    nullable: bool
    computed: bool
    has_default: bool

    @property
    def native(self) -> str:
        """The column's type on the server."""
        return str(self.column.type)


class Reference(NamedTuple):
    """A foreign key: `fields` hold what `references` of the model `model` hold.

    name  the relation's field on this side
    """

    name: str
    fields: tuple[str, ...]
    model: str
    references: tuple[str, ...]


class Link(NamedTuple):
    """A many-to-many relation, from one of its sides.

    native      the join table
    own, other  its columns that hold the keys of this side and of the other one
    """

    name: str
    model: str
    own: tuple[str, ...]
    other: tuple[str, ...]
    native: Table


class Shape(NamedTuple):
    """A model that rows can be written for.

    slots   by field
    keys    the fields of the primary key first, then those of each unique key that counts for all rows
    fields  all of them, also those without a column
    others  those that stand for rows of another model, which hold the key, with that model
    absent  those whose column the database has not yet
    """

    model: str
    table: str
    slots: Mapping[str, Slot]
    keys: tuple[tuple[str, ...], ...]
    references: tuple[Reference, ...]
    links: tuple[Link, ...]
    fields: tuple[str, ...]
    others: Mapping[str, str]
    absent: frozenset[str] = frozenset()

    def columns(self, fields: Iterable[str]) -> list[Column]:
        return [self.slots[field].column for field in fields]

    def names(self, fields: Iterable[str]) -> list[str]:
        return [self.slots[field].column.name for field in fields]


class Shapes:
    """All models of a schema on one provider; each is looked at when it is asked for."""

    def __init__(self, definition: SchemaDefinition, provider: str) -> None:
        self.provider = provider
        self._names = Names(definition, provider)
        logical = lower(definition, provider)
        native = dialect(provider).resolve(logical).database
        self._logical = {table.name: table for table in logical.tables}
        self._native = {table.name: table for table in native.tables}
        self._joins = join_tables(definition, provider)
        self._enums = {
            enum.name: {value.name: value.stored or value.name for value in enum.values}
            for enum in definition.enums
        }
        self._known: dict[str, Shape] = {}
        self._spellings = {
            _folded(spelling): model.name
            for model in definition.models
            for spelling in (self._names.tables[model.name].rpartition(".")[2], model.name)
        }

    @property
    def models(self) -> tuple[str, ...]:
        return tuple(self._names.models)

    def spelled(self, text: str) -> str | None:
        """The model that a file's name means: the model's or its table's, in whatever letters."""
        return text if text in self._names.models else self._spellings.get(_folded(text))

    def tables(self) -> frozenset[str]:
        """All tables of the schema, those of relations between many and many as well."""
        return frozenset(self._native)

    def table_of(self, model: str) -> str:
        return self._names.tables[model]

    def shape(self, model: str, place: str) -> Shape:
        """The model called `model`.

        place   where it is named, for messages
        Raises  SeedError where there is none, or its table is not OKRA's
        """
        known = self._known.get(model)
        if known is None:
            known = self._known[model] = self._shape(self._model(model, place))
        return known

    def _model(self, name: str, place: str) -> Model:
        found = self._names.models.get(name)
        if found is None:
            near = nearest(name, self._names.models) or self.spelled(name)
            raise SeedError(
                f"the schema has no model `{name}`",
                code="OKR596",
                place=place,
                help=f"did you mean `{near}`?"
                if near
                else "rows stand under the name of their model",
            )
        if found.unmanaged:
            raise SeedError(
                f"OKRA leaves the table of `{name}` alone: the schema says `@unmanaged`",
                code="OKR596",
                place=place,
                help="seed it with a file of SQL",
            )
        return found

    def _shape(self, model: Model) -> Shape:
        table = self._names.tables[model.name]
        native, logical = self._native[table], self._logical[table]
        columns = self._names.columns_of(model.name)
        slots = {
            field.name: self._slot(field, logical, native, columns[field.name])
            for field in model.fields
            if field.name in columns
        }
        references = tuple(
            Reference(field.name, each.fields, each.model, each.references)
            for field in model.fields
            if (each := field.relation) is not None and each.fields
        )
        links = tuple(self._links(model))
        written = slots.keys() | {each.name for each in references} | {each.name for each in links}
        return Shape(
            model=model.name,
            table=table,
            slots=slots,
            keys=_keys(native, {name: field for field, name in columns.items()}),
            references=references,
            links=links,
            fields=tuple(field.name for field in model.fields),
            others={
                field.name: field.type.name
                for field in model.fields
                if field.name not in written and field.type.name in self._names.models
            },
        )

    def _slot(self, field: Field, logical: Table, native: Table, column: str) -> Slot:
        kind = next(each.type for each in logical.columns if each.name == column)
        after = next(each for each in native.columns if each.name == column)
        if isinstance(kind, str):  # lowering leaves none like it
            kind = LogicalType(kind=LogicalKind.NATIVE, native=kind)
        gives = after.identity or after.default is not None or after.updated_at
        wanted = Wanted(kind, self._enums.get(field.type.name), kind.native is not None)
        return Slot(
            field=field.name,
            column=after,
            wanted=wanted,
            convert=conversion(wanted, str(after.type)),
            required=not (after.nullable or gives or after.generated is not None),
            nullable=after.nullable,
            computed=after.generated is not None,
            has_default=gives,
        )

    def _links(self, model: Model) -> Iterable[Link]:
        for join in self._joins:
            for number, side in enumerate(join.sides):
                if side.model == model.name and side.field is not None:
                    yield Link(
                        name=side.field,
                        model=join.sides[1 - number].model,
                        own=join.columns[number],
                        other=join.columns[1 - number],
                        native=self._native[join.table],
                    )

    def compare(self, model: str, columns: Collection[str]) -> None:
        """Take note of the columns that the table of `model` has."""
        shape = self._known[model]
        self._known[model] = shape._replace(
            absent=frozenset(
                field for field, slot in shape.slots.items() if slot.column.name not in columns
            )
        )

    def id_fields(self, model: str) -> tuple[str, ...]:
        """The fields of the primary key of `model`."""
        return tuple(field.name for field in self._names.id_fields(model))

    def counters(self) -> list[tuple[str, str]]:
        """Every column that the database counts up, with its table."""
        return [
            (table.name, column.name)
            for table in self._native.values()
            for column in table.columns
            if column.identity
        ]


def _keys(table: Table, fields: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    found = []
    if table.primary_key is not None:
        found.append(table.primary_key.columns)
    for index in table.indexes:
        plain = all(part.column is not None and part.length is None for part in index.parts)
        if index.unique and index.where is None and plain:
            found.append(index.columns)
    return tuple(dict.fromkeys(tuple(fields[name] for name in key) for key in found))


def _folded(text: str) -> str:
    return text.lower().replace("_", "").replace("-", "")
