"""What an existing schema says of indexes, checks, keys and options, in its own words and at its own place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, assert_never

from msgspec.structs import replace

from okra.language.definition import Check, Index, Unique

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from okra.language.definition import Field, Model, Relation
    from okra.relational import model as db
    from okra.relational.model import Database


class Placed(NamedTuple):
    """An index or a check, and the field it stands on; None where it stands in the model."""

    item: Index | Unique | Check
    field: str | None


class KeptTable:
    """One table of the existing schema. What is equal in the live database is found here."""

    def __init__(self, model: Model, provider: str, like: db.Table, native: db.Table) -> None:
        """`like` is what `model` lowers to, and `native` what that resolves to."""
        self.options = native.options
        every = list(_indexes(model))
        indexes = [placed for placed in every if not _is_for_others(placed, provider)]
        self.of_others = [placed for placed in every if _is_for_others(placed, provider)]
        by_name = {index.name: placed for index, placed in zip(like.indexes, indexes, strict=True)}
        if len(native.indexes) == len(indexes):
            pairs = list(zip(native.indexes, indexes, strict=True))
        else:
            pairs = [(each, by_name[each.name]) for each in native.indexes if each.name in by_name]
        self.indexes: dict[db.Index, Placed] = dict(pairs)
        said = list(_checks(model))
        checks = [placed for placed in said if not _is_for_others(placed, provider)]
        self.of_others += (placed for placed in said if _is_for_others(placed, provider))
        self.checks: dict[db.Check, Placed] = {}
        if len(checks) == len(like.checks) <= len(native.checks):
            self.checks = dict(zip(native.checks, checks, strict=False))
        relations = [
            field.relation
            for field in model.fields
            if field.relation is not None and field.relation.fields
        ]
        self.keys: dict[db.ForeignKey, Relation] = {}
        if len(relations) == len(native.foreign_keys):
            self.keys = dict(zip(native.foreign_keys, relations, strict=True))


def kept_tables(
    models: dict[str, Model], provider: str, like: Database, native: Database
) -> dict[str, KeptTable]:
    """Those of `models` (by table) that are resolved."""
    logical = {table.name: table for table in like.tables}
    return {
        table.name: KeptTable(models[table.name], provider, logical[table.name], table)
        for table in native.tables
        if table.name in models and table.name in logical
    }


def _is_for_others(placed: Placed, provider: str) -> bool:
    """Whether this provider has nothing of it: that stays as it is."""
    item = placed.item
    if isinstance(item, Check):
        return item.expr.for_provider(provider) is None
    return bool(item.only) and provider not in item.only


def _indexes(model: Model) -> Iterator[Placed]:
    """In the order of lowering."""
    yield from (Placed(f.unique, f.name) for f in model.fields if f.unique is not None)
    yield from (Placed(item, None) for item in model.uniques)
    yield from (Placed(f.index, f.name) for f in model.fields if f.index is not None)
    yield from (Placed(item, None) for item in model.indexes)


def _checks(model: Model) -> Iterator[Placed]:
    yield from (Placed(check, field.name) for field in model.fields for check in field.checks)
    yield from (Placed(check, None) for check in model.checks)


def with_others(model: Model, placed: Iterable[Placed]) -> Model:
    """`model` with what only other providers have, where it stood."""
    for item, name in placed:
        field = next((each for each in model.fields if each.name == name), None)
        if name is None:
            model = _with_own(model, item)
        elif field is not None:
            wanted = _with_on_field(field, item)
            fields = tuple(wanted if each is field else each for each in model.fields)
            model = replace(model, fields=fields)
    return model


def _with_own(model: Model, item: Index | Unique | Check) -> Model:
    match item:
        case Check():
            return replace(model, checks=(*model.checks, item))
        case Unique():
            return replace(model, uniques=(*model.uniques, item))
        case Index():
            return replace(model, indexes=(*model.indexes, item))
        case _:
            assert_never(item)


def _with_on_field(field: Field, item: Index | Unique | Check) -> Field:
    match item:
        case Check():
            return replace(field, checks=(*field.checks, item))
        case Unique():
            return field if field.unique is not None else replace(field, unique=item)
        case Index():
            return field if field.index is not None else replace(field, index=item)
        case _:
            assert_never(item)
