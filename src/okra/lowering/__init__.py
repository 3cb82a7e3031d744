"""SchemaDefinition → Database with logical types: keys, indexes, join tables and all their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from okra.errors import UnsupportedChange
from okra.language import definition as schema
from okra.lowering.options import counter, index_options, key_collation, table_options
from okra.mapping import Names, join_tables, unqualified
from okra.naming import (
    check_name,
    column_name,
    foreign_key_name,
    index_name,
    primary_key_name,
    shortened,
    unique_name,
)
from okra.relational import model as db

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from okra.language.definition import SchemaDefinition
    from okra.mapping import Join

DECIMAL_PRECISION = (38, 9)
_Index = TypeVar("_Index", schema.Index, schema.Unique)


def lower(definition: SchemaDefinition, provider: str) -> db.Database:
    """The logical database that `definition` describes, with the texts meant for `provider`.

    Raises  UnsupportedChange where a text is needed and none is given for `provider`
    """
    names = Names(definition, provider)
    managed = [model for model in definition.models if not model.unmanaged]
    tables = [_table(model, names, provider) for model in managed]
    tables += (_join_table(join, names, provider) for join in join_tables(definition, provider))
    return db.Database(
        tables=tuple(tables),
        enums=tuple(
            db.EnumType(
                name=names.types[enum.name],
                values=tuple(value.text for value in enum.values),
                comment=enum.description,
            )
            for enum in definition.enums
        ),
    )


class _Taken:
    """Names that OKRA makes up within one table; the second of a kind gets a number."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    def given(self, name: str | None, usual: str) -> str:
        """`name` as the user gave it, else one that OKRA makes of `usual`."""
        if name is None:
            return self.unique(usual)
        self._names.add(name)
        return name

    def unique(self, name: str) -> str:
        candidate = name
        number = 0
        while candidate in self._names:
            number += 1
            candidate = shortened(f"{name}{number}")
        self._names.add(candidate)
        return candidate


def _table(model: schema.Model, names: Names, provider: str) -> db.Table:
    table = unqualified(names.tables[model.name], provider)
    key = tuple(names.columns_of(model.name)[field.name] for field in names.id_fields(model.name))
    taken = _Taken()
    return db.Table(
        name=names.tables[model.name],
        columns=tuple(
            _column(field, table, names, provider, key)
            for field in model.fields
            if field.relation is None
        ),
        primary_key=db.PrimaryKey(columns=key, name=model.id_name or primary_key_name(table))
        if key
        else None,
        indexes=_indexes(model, table, names, provider, taken),
        foreign_keys=_foreign_keys(model, table, names, taken),
        checks=_checks(model, table, names, provider, taken),
        options=table_options(model, provider),
        comment=model.description,
    )


def _column(
    field: schema.Field, table: str, names: Names, provider: str, key: tuple[str, ...]
) -> db.Column:
    column = field.column or column_name(field.name)
    place = f"{table}.{column}"
    default, identity = _default(field, names, provider)
    computed = field.computed
    return db.Column(
        name=column,
        type=_type(field, names, provider),
        nullable=not field.type.required and column not in key,
        default=default,
        identity=identity,
        counter=counter(field.sequence, provider) if identity else None,
        generated=None
        if computed is None
        else db.Generated(
            expression=_required_text(computed.expr, provider, place, "@computed"),
            stored=computed.stored,
        ),
        collation=_text(field.collate, provider),
        comment=field.description,
        updated_at=field.updated_at,
    )


def _type(field: schema.Field, names: Names, provider: str) -> db.LogicalType:
    name = field.type.name
    native = _text(field.db_type, provider)
    if name in names.enums:
        return db.LogicalType(
            kind=db.LogicalKind.ENUM,
            enum=names.types[name],
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
    texts = {item.name: item.text for item in enum.values}
    if isinstance(value, str):
        return texts[value]
    return tuple(texts[item] for item in value)


def _indexes(
    model: schema.Model, table: str, names: Names, provider: str, taken: _Taken
) -> tuple[db.Index, ...]:
    found: list[db.Index] = []
    uniques = [field.unique for field in model.fields if field.unique is not None]
    for unique in _for_provider((*uniques, *model.uniques), provider):
        parts = _parts(unique.fields, model, names, provider)
        found.append(
            db.Index(
                name=taken.given(unique.name, unique_name(table, _part_names(parts))),
                parts=parts,
                unique=True,
                constraint=unique.constraint if unique.deferrable is None else True,
                method=unique.type,
                where=_text(unique.where, provider),
                include=names.columns(model.name, unique.include),
                nulls_distinct=unique.nulls_distinct,
                options=index_options(unique.options, provider),
                comment=unique.comment,
                visible=unique.visible,
                deferrable=unique.deferrable is not None,
                initially_deferred=unique.deferrable is schema.Deferral.DEFERRED,
            )
        )
    plain = [field.index for field in model.fields if field.index is not None]
    for index in _for_provider((*plain, *model.indexes), provider):
        parts = _parts(index.fields, model, names, provider)
        found.append(
            db.Index(
                name=taken.given(index.name, index_name(table, _part_names(parts))),
                parts=parts,
                method=index.type,
                where=_text(index.where, provider),
                include=names.columns(model.name, index.include),
                options=index_options(index.options, provider),
                comment=index.comment,
                visible=index.visible,
            )
        )
    return tuple(found)


def _for_provider(items: Iterable[_Index], provider: str) -> Iterator[_Index]:
    return (item for item in items if not item.only or provider in item.only)


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
            collation=part.collate.for_provider(provider)
            if isinstance(part.collate, schema.SqlText)
            else part.collate,
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
                name=taken.given(relation.constraint, foreign_key_name(table, columns)),
                columns=columns,
                table=names.tables[relation.model],
                references=names.columns(relation.model, relation.references),
                on_delete=_action(relation.on_delete),
                on_update=_action(relation.on_update),
                deferrable=relation.deferrable is not None,
                initially_deferred=relation.deferrable is schema.Deferral.DEFERRED,
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
            name = taken.given(check.name, check_name(table, column))
            derived = check.name is None
            found.append(db.Check(name=name, expression=expression, derived=derived))
    return tuple(found)


def _text(sql: schema.SqlText | None, provider: str) -> str | None:
    return None if sql is None else sql.for_provider(provider)


def _required_text(sql: schema.SqlText, provider: str, place: str, what: str) -> str:
    text = _text(sql, provider)
    if text is None:
        raise UnsupportedChange(
            f"{what} has no SQL for `{provider}`",
            code="OKR201",
            place=place,
            help=f'give one: `expr: {{{provider}: "…"}}`, or one text for all providers',
        )
    return text


def _join_table(join: Join, names: Names, provider: str) -> db.Table:
    bare = unqualified(join.table, provider)
    columns: list[db.Column] = []
    keys = []
    for side, own in zip(join.sides, join.columns, strict=True):
        fields = names.id_fields(side.model)
        for name, field in zip(own, fields, strict=True):
            kind = _type(field, names, provider)
            collation = key_collation(field, names.models[side.model], provider)
            columns.append(db.Column(name=name, type=kind, collation=collation))
        keys.append(
            db.ForeignKey(
                name=foreign_key_name(bare, own),
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
        primary_key=db.PrimaryKey(columns=(*join.columns[0], *second), name=primary_key_name(bare)),
        indexes=(
            db.Index(
                name=index_name(bare, second),
                parts=tuple(db.IndexPart(column=column) for column in second),
            ),
        ),
        foreign_keys=tuple(keys),
    )
