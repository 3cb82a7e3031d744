"""SchemaDefinition → Database with logical types: keys, indexes, join tables and all their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.errors import UnsupportedChange
from okra.language import definition as schema
from okra.naming import (
    check_name,
    foreign_key_name,
    index_name,
    plural,
    primary_key_name,
    shortened,
    snake_case,
    table_name,
    unique_name,
)
from okra.relational import model as db

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.language.definition import SchemaDefinition

DECIMAL_PRECISION = (38, 9)


def lower(definition: SchemaDefinition, provider: str) -> db.Database:
    """The logical database that `definition` describes, with the texts meant for `provider`.

    Raises  UnsupportedChange where a text is needed and none is given for `provider`
    """
    names = Names(definition)
    managed = [model for model in definition.models if not model.unmanaged]
    tables = [_table(model, names, provider) for model in managed]
    tables += (_join_table(join, names, provider) for join in join_tables(definition))
    return db.Database(
        tables=tuple(tables),
        enums=tuple(
            db.EnumType(
                name=enum_name(enum.name),
                values=tuple(value.stored or value.name for value in enum.values),
                comment=enum.description,
            )
            for enum in definition.enums
        ),
    )


class Names:
    """Where each model, field and enum of a definition ends up in the database."""

    def __init__(self, definition: SchemaDefinition) -> None:
        self.models = {model.name: model for model in definition.models}
        self.enums = {enum.name: enum for enum in definition.enums}
        self.tables = {model.name: table_of(model) for model in definition.models}
        self._columns: dict[str, dict[str, str]] = {}

    def columns(self, model: str, fields: Iterable[str]) -> tuple[str, ...]:
        """The columns of `fields` of `model`, in order."""
        known = self.columns_of(model)
        return tuple(known[field] for field in fields)

    def columns_of(self, model: str) -> dict[str, str]:
        """Field → column, for all fields of `model` that have one."""
        known = self._columns.get(model)
        if known is None:
            known = {
                field.name: field.column or snake_case(field.name)
                for field in self.models[model].fields
                if field.relation is None
            }
            self._columns[model] = known
        return known

    def id_fields(self, model: str) -> tuple[schema.Field, ...]:
        """The fields of the primary key of `model`; empty where it has none."""
        found = self.models[model]
        if found.id_fields:
            by_name = {field.name: field for field in found.fields}
            return tuple(by_name[name] for name in found.id_fields)
        return tuple(field for field in found.fields if field.id)


def table_of(model: schema.Model) -> str:
    """The table of `model`."""
    return model.table or table_name(model.name)


def enum_name(name: str) -> str:
    """The type of the enum called `name`."""
    return shortened(snake_case(name))


class _Taken:
    """Names that OKRA makes up within one table; the second of a kind gets a number."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    def unique(self, name: str) -> str:
        candidate = name
        number = 0
        while candidate in self._names:
            number += 1
            candidate = shortened(f"{name}{number}")
        self._names.add(candidate)
        return candidate


def _table(model: schema.Model, names: Names, provider: str) -> db.Table:
    table = names.tables[model.name]
    key = tuple(names.columns_of(model.name)[field.name] for field in names.id_fields(model.name))
    taken = _Taken()
    options = (("strict",) if model.strict else ()) + (
        ("without_rowid",) if model.without_rowid else ()
    )
    return db.Table(
        name=table,
        columns=tuple(
            _column(field, table, names, provider, key)
            for field in model.fields
            if field.relation is None
        ),
        primary_key=db.PrimaryKey(columns=key, name=primary_key_name(table)) if key else None,
        indexes=_indexes(model, table, names, provider, taken),
        foreign_keys=_foreign_keys(model, table, names, taken),
        checks=_checks(model, table, names, provider, taken),
        options=options,
        comment=model.description,
    )


def _column(
    field: schema.Field, table: str, names: Names, provider: str, key: tuple[str, ...]
) -> db.Column:
    column = field.column or snake_case(field.name)
    place = f"{table}.{column}"
    default, identity = _default(field, names, provider)
    computed = field.computed
    return db.Column(
        name=column,
        type=_type(field, names, provider),
        nullable=not field.type.required and column not in key,
        default=default,
        identity=identity,
        generated=None
        if computed is None
        else db.Generated(
            expression=_required_text(computed.expr, provider, place, "@computed"),
            stored=computed.stored,
        ),
        collation=None if field.collate is None else field.collate.for_provider(provider),
        comment=field.description,
        updated_at=field.updated_at,
    )


def _type(field: schema.Field, names: Names, provider: str) -> db.LogicalType:
    name = field.type.name
    native = None if field.db_type is None else field.db_type.for_provider(provider)
    if name in names.enums:
        return db.LogicalType(
            kind=db.LogicalKind.ENUM,
            enum=enum_name(name),
            list=field.type.list,
            native=native,
        )
    kind = db.LogicalKind(name)
    decimal = kind is db.LogicalKind.DECIMAL
    return db.LogicalType(
        kind=kind,
        list=field.type.list,
        length=field.length,
        precision=(field.precision or DECIMAL_PRECISION) if decimal else None,
        native=native,
    )


def _default(
    field: schema.Field, names: Names, provider: str
) -> tuple[db.ColumnDefault | None, bool]:
    """The column's default, and whether the database counts it up."""
    match field.default:
        case None:
            now = db.FunctionDefault(db.DefaultFunction.NOW)
            return (now if field.updated_at else None), False
        case schema.LiteralDefault(value):
            return db.LiteralDefault(value), False
        case schema.EnumDefault(value):
            return db.LiteralDefault(_stored(value, names.enums[field.type.name])), False
        case schema.FunctionDefault(function):
            if function is schema.DefaultFunction.AUTOINCREMENT:
                return None, True
            return db.FunctionDefault(db.DefaultFunction(function.value)), False
        case schema.SqlDefault(sql):
            return sql.for_provider(provider), False


def _stored(value: str | tuple[str, ...], enum: schema.Enum) -> str | tuple[str, ...]:
    texts = {item.name: item.stored or item.name for item in enum.values}
    if isinstance(value, str):
        return texts[value]
    return tuple(texts[item] for item in value)


def _indexes(
    model: schema.Model, table: str, names: Names, provider: str, taken: _Taken
) -> tuple[db.Index, ...]:
    found: list[db.Index] = []
    uniques = [field.unique for field in model.fields if field.unique is not None]
    for unique in (*uniques, *model.uniques):
        parts = _parts(unique.fields, model, names, provider)
        where = unique.where
        found.append(
            db.Index(
                name=taken.unique(unique.name or unique_name(table, _part_names(parts))),
                parts=parts,
                unique=True,
                constraint=unique.constraint,
                where=None if where is None else where.for_provider(provider),
                nulls_distinct=unique.nulls_distinct,
            )
        )
    plain = [field.index for field in model.fields if field.index is not None]
    for index in (*plain, *model.indexes):
        parts = _parts(index.fields, model, names, provider)
        where = index.where
        found.append(
            db.Index(
                name=taken.unique(index.name or index_name(table, _part_names(parts))),
                parts=parts,
                method=index.type.lower() if index.type else None,
                where=None if where is None else where.for_provider(provider),
                include=names.columns(model.name, index.include),
            )
        )
    return tuple(found)


def _parts(
    fields: tuple[schema.IndexField, ...], model: schema.Model, names: Names, provider: str
) -> tuple[db.IndexPart, ...]:
    columns = names.columns_of(model.name)
    place = names.tables[model.name]
    return tuple(
        db.IndexPart(
            column=None if part.field is None else columns[part.field],
            expression=None
            if part.expr is None
            else _required_text(part.expr, provider, place, "an index expression"),
            descending=part.sort is schema.Sort.DESC,
            nulls=None if part.nulls is None else part.nulls.value,
            length=part.length,
            ops=part.ops,
            collation=part.collate,
        )
        for part in fields
    )


def _part_names(parts: tuple[db.IndexPart, ...]) -> tuple[str, ...]:
    return tuple(part.column or "expr" for part in parts)


def _foreign_keys(
    model: schema.Model, table: str, names: Names, taken: _Taken
) -> tuple[db.ForeignKey, ...]:
    keys = []
    for field in model.fields:
        relation = field.relation
        if relation is None or not relation.fields:
            continue
        columns = names.columns(model.name, relation.fields)
        keys.append(
            db.ForeignKey(
                name=taken.unique(relation.constraint or foreign_key_name(table, columns)),
                columns=columns,
                table=names.tables[relation.model],
                references=names.columns(relation.model, relation.references),
                on_delete=_action(relation.on_delete),
                on_update=_action(relation.on_update),
            )
        )
    return tuple(keys)


def _action(action: schema.Action | None) -> db.Action:
    return db.Action.NO_ACTION if action is None else db.Action(action.value)


def _checks(
    model: schema.Model, table: str, names: Names, provider: str, taken: _Taken
) -> tuple[db.Check, ...]:
    columns = names.columns_of(model.name)
    wanted = [(check, columns.get(field.name)) for field in model.fields for check in field.checks]
    wanted += ((check, None) for check in model.checks)
    found = []
    for check, column in wanted:
        expression = check.expr.for_provider(provider)
        if expression is not None:
            name = taken.unique(check.name or check_name(table, column))
            found.append(db.Check(name=name, expression=expression))
    return tuple(found)


def _required_text(sql: schema.SqlText, provider: str, place: str, what: str) -> str:
    text = sql.for_provider(provider)
    if text is None:
        raise UnsupportedChange(
            f"{what} has no SQL for `{provider}`",
            code="OKR201",
            place=place,
            help=f'give one: `expr: {{{provider}: "…"}}`, or one text for all providers',
        )
    return text


class JoinSide(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a many-to-many relation; `field` is the list on `model`, None if it is not written."""

    model: str
    field: str | None


class Join(msgspec.Struct, frozen=True, kw_only=True):
    """One many-to-many relation: its table, its sides, and the columns that refer to each side's id."""

    table: str
    sides: tuple[JoinSide, JoinSide]
    columns: tuple[tuple[str, ...], tuple[str, ...]]


def join_tables(definition: SchemaDefinition) -> tuple[Join, ...]:
    """The join table of every many-to-many relation, once each, in the order of the models."""
    names = Names(definition)
    found: dict[frozenset[tuple[str, str | None]], Join] = {}
    for model in definition.models:
        for field in model.fields:
            relation = field.relation
            if relation is None or not relation.many_to_many:
                continue
            here = JoinSide(model=model.name, field=field.name)
            there = JoinSide(model=relation.model, field=relation.opposite)
            key = frozenset({(here.model, here.field), (there.model, there.field)})
            if key not in found:
                found[key] = _join(here, there, relation.name, names)
    return tuple(found.values())


def _join(here: JoinSide, there: JoinSide, name: str | None, names: Names) -> Join:
    first, second = sorted((here, there), key=lambda side: (side.model, side.field or ""))
    if name is None:
        table = f"{snake_case(first.model)}_{plural(snake_case(second.model))}"
    else:
        table = snake_case(name)
    one, other = (
        ("a", "b")
        if first.model == second.model
        else (snake_case(first.model), snake_case(second.model))
    )
    return Join(
        table=shortened(table),
        sides=(first, second),
        columns=(_side_columns(first, one, names), _side_columns(second, other, names)),
    )


def _side_columns(side: JoinSide, prefix: str, names: Names) -> tuple[str, ...]:
    fields = names.id_fields(side.model)
    if len(fields) == 1:
        return (shortened(f"{prefix}_id"),)
    columns = names.columns(side.model, (field.name for field in fields))
    return tuple(shortened(f"{prefix}_{column}") for column in columns)


def _join_table(join: Join, names: Names, provider: str) -> db.Table:
    columns: list[db.Column] = []
    keys = []
    for side, own in zip(join.sides, join.columns, strict=True):
        fields = names.id_fields(side.model)
        for name, field in zip(own, fields, strict=True):
            kind = _type(field, names, provider)
            columns.append(db.Column(name=name, type=kind))
        keys.append(
            db.ForeignKey(
                name=foreign_key_name(join.table, own),
                columns=own,
                table=names.tables[side.model],
                references=names.columns(side.model, (field.name for field in fields)),
                on_delete=db.Action.CASCADE,
                on_update=db.Action.CASCADE,
            )
        )
    second = join.columns[1]
    return db.Table(
        name=join.table,
        columns=tuple(columns),
        primary_key=db.PrimaryKey(
            columns=(*join.columns[0], *second), name=primary_key_name(join.table)
        ),
        indexes=(
            db.Index(
                name=index_name(join.table, second),
                parts=tuple(db.IndexPart(column=column) for column in second),
            ),
        ),
        foreign_keys=tuple(keys),
    )
