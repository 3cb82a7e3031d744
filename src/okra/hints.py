"""Two SchemaDefinitions → what of the newer one is the same thing under another name.

A model, field, enum or value is the same when it has the same name in the schema, or when the newer
one says `@renamed(from:)`. So a table whose `@table(name:)` changed is renamed without a hint, and a
join table follows the models it joins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from okra.language.definition import Enum, EnumValue, Field, Model, SchemaDefinition
from okra.mapping import Join, Names, join_tables
from okra.relational.pairs import followed, without_circles
from okra.relational.renaming import ColumnRename, Renames, TextRename, ValueRename

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_Named = TypeVar("_Named", Model, Field, Enum, EnumValue)


def rename_hints(before: SchemaDefinition, after: SchemaDefinition, provider: str = "") -> Renames:
    """The renames between two versions of a schema, as names in the database of `provider`."""
    names_before = Names(before, provider)
    names_after = Names(after, provider)
    models = same(before.models, after.models)
    fields = {new.name: same(old.fields, new.fields) for old, new in models}
    enums = same(before.enums, after.enums)
    joins = _join_renames(
        join_tables(before, provider), join_tables(after, provider), models, fields
    )
    return Renames(
        tables=(
            *_changed(
                (names_before.tables[old.name], names_after.tables[new.name]) for old, new in models
            ),
            *joins.tables,
        ),
        columns=(*_column_renames(models, fields, names_before, names_after), *joins.columns),
        enums=tuple(
            _changed(
                (names_before.types[old.name], names_after.types[new.name]) for old, new in enums
            )
        ),
        values=tuple(
            ValueRename(enum=names_after.types[new.name], before=text_before, after=text_after)
            for old, new in enums
            for text_before, text_after in _value_pairs(old, new)
        ),
        texts=_text_renames(enums, after, names_after),
    )


def same(before: Sequence[_Named], after: Sequence[_Named]) -> list[tuple[_Named, _Named]]:
    """Pairs of the same thing. A hint counts once: only while the old name is there and the new one is not.

    A swap of two names would be followed again each time, so it is not followed at all.
    """
    olds = {item.name: item for item in before}
    moved = _moved(before, after)
    sources = {new: old for old, new in moved.items()}
    return [
        (olds[source], item)
        for item in after
        if (source := sources.get(item.name, item.name)) in olds
        and (item.name in sources or source not in moved)
    ]


def _moved(before: Sequence[_Named], after: Sequence[_Named]) -> dict[str, str]:
    """Old name → new name, for the hints that are followed."""
    hints = [(item.renamed_from, item.name) for item in after if item.renamed_from]
    names = [{item.name for item in side} for side in (before, after)]
    return dict(without_circles(followed(hints, *names)))


def value_doubts(before: SchemaDefinition, after: SchemaDefinition) -> tuple[str, ...]:
    """A sentence for each enum that loses values and gets others: they may be the same ones."""
    found = []
    for old, new in same(before.enums, after.enums):
        pairs = same(old.values, new.values)
        stayed = {value.name for value, _ in pairs}
        known = {value.name for _, value in pairs}
        gone = [value.name for value in old.values if value.name not in stayed]
        come = [value.name for value in new.values if value.name not in known]
        if gone and come:
            found.append(
                f"enum `{new.name}` loses `{gone[0]}` and gets `{come[0]}`: if that is the same value, "
                f'write `{come[0]} @renamed(from: "{gone[0]}")`, and rows that hold it keep it'
            )
    return tuple(found)


def unfollowed_hints(before: SchemaDefinition, after: SchemaDefinition) -> tuple[str, ...]:
    """A sentence for each hint that was not followed before, and can't be now: one of its names is not free."""
    found = _unfollowed(before.models, after.models, "model ", "")
    for old_model, model in same(before.models, after.models):
        found += _unfollowed(old_model.fields, model.fields, "field ", f"{model.name}.")
    found += _unfollowed(before.enums, after.enums, "enum ", "")
    for old_enum, enum in same(before.enums, after.enums):
        found += _unfollowed(old_enum.values, enum.values, "value ", f"{enum.name}.")
    return tuple(found)


def _unfollowed(
    before: Sequence[_Named], after: Sequence[_Named], kind: str, owner: str
) -> list[str]:
    olds = {item.name for item in before}
    news = {item.name for item in after}
    moved = _moved(before, after)
    found = []
    for item in after:
        new, old = item.name, item.renamed_from
        if old is None or old == new or old not in olds or moved.get(old) == new:
            continue
        if new not in olds and old in news:
            found.append(
                f"{kind}`{owner}{new}` is not renamed from `{old}`, as it says, but new: there still is a "
                f"`{old}`; if that is another one, rename first, and add it in a migration of its own"
            )
        elif new in olds and old not in news:
            found.append(
                f"{kind}`{owner}{new}` is not renamed from `{old}`, as it says: there was a `{new}` before, "
                f"which stays, and `{old}` goes; if it is to take that name, remove `{new}` first, in a "
                "migration of its own"
            )
    return found


def _changed(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(old, new) for old, new in pairs if old != new]


def _column_renames(
    models: list[tuple[Model, Model]],
    fields: dict[str, list[tuple[Field, Field]]],
    before: Names,
    after: Names,
) -> list[ColumnRename]:
    found = []
    for old_model, new_model in models:
        old_columns = before.columns_of(old_model.name)
        new_columns = after.columns_of(new_model.name)
        for old, new in fields[new_model.name]:
            if old.relation is not None or new.relation is not None:
                continue
            before_name, after_name = old_columns[old.name], new_columns[new.name]
            if before_name != after_name:
                table = after.tables[new_model.name]
                found.append(ColumnRename(table=table, before=before_name, after=after_name))
    return found


def _value_pairs(old: Enum, new: Enum) -> list[tuple[str, str]]:
    return _changed(
        (one.stored or one.name, other.stored or other.name)
        for one, other in same(old.values, new.values)
    )


def _text_renames(
    enums: list[tuple[Enum, Enum]], after: SchemaDefinition, names: Names
) -> tuple[TextRename, ...]:
    pairs = {new.name: _value_pairs(old, new) for old, new in enums}
    return tuple(
        TextRename(
            enum=names.types[field.type.name],
            table=table,
            column=column,
            before=before_text,
            after=after_text,
            list=field.type.list,
        )
        for table, column, field in _enum_columns(after, names)
        for before_text, after_text in pairs.get(field.type.name, ())
    )


def _enum_columns(after: SchemaDefinition, names: Names) -> Iterator[tuple[str, str, Field]]:
    """Table, column and field of all that may hold a value of an enum: join tables hold keys."""
    for model in after.models:
        for field in model.fields:
            if field.type.name in names.enums:
                yield names.tables[model.name], names.columns_of(model.name)[field.name], field
    for join in join_tables(after, names.provider):
        for side, columns in zip(join.sides, join.columns, strict=True):
            for column, field in zip(columns, names.id_fields(side.model), strict=True):
                if field.type.name in names.enums:
                    yield join.table, column, field


def _join_renames(
    before: tuple[Join, ...],
    after: tuple[Join, ...],
    models: list[tuple[Model, Model]],
    fields: dict[str, list[tuple[Field, Field]]],
) -> Renames:
    """Join tables follow their two lists, whatever the relation is called now."""
    old_models = {new.name: old.name for old, new in models}
    old_fields = {
        (model, new.name): old.name for model, pairs in fields.items() for old, new in pairs
    }
    known = {_key(join): join for join in before}
    tables: list[tuple[str, str]] = []
    columns: list[ColumnRename] = []
    for join in after:
        sides = [
            (old_models.get(side.model, ""), old_fields.get((side.model, side.field or "")))
            for side in join.sides
        ]
        old = known.get(frozenset(sides))
        if old is None:
            continue
        if old.table != join.table:
            tables.append((old.table, join.table))
        columns += _join_columns(old, join, sides)
    return Renames(tables=tuple(tables), columns=tuple(columns))


def _key(join: Join) -> frozenset[tuple[str, str | None]]:
    return frozenset((side.model, side.field) for side in join.sides)


def _join_columns(old: Join, new: Join, sides: list[tuple[str, str | None]]) -> list[ColumnRename]:
    old_columns = {
        (side.model, side.field): columns
        for side, columns in zip(old.sides, old.columns, strict=True)
    }
    found = []
    for side, columns in zip(sides, new.columns, strict=True):
        before_columns = old_columns[side]
        if len(before_columns) == len(columns):
            found += [
                ColumnRename(table=new.table, before=one, after=other)
                for one, other in zip(before_columns, columns, strict=True)
                if one != other
            ]
    return found
