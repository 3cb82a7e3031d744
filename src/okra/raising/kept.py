"""What an existing schema says of indexes, checks, keys and options, in its own words and at its own place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.language.definition import Check, Index, Model, Relation, Unique
    from okra.relational import model as db
    from okra.relational.model import Database


class Placed(NamedTuple):
    """An index or a check, and the field it stands on; None where it stands in the model."""

    item: Index | Unique | Check
    field: str | None


class KeptTable:
    """One table of the existing schema. What is equal in the live database is found here."""

    def __init__(self, model: Model, like: db.Table, native: db.Table) -> None:
        """`like` is what `model` lowers to, and `native` what that resolves to."""
        self.options = native.options
        indexes = list(_indexes(model))
        by_name = {index.name: placed for index, placed in zip(like.indexes, indexes, strict=True)}
        if len(native.indexes) == len(indexes):
            pairs = list(zip(native.indexes, indexes, strict=True))
        else:
            pairs = [(each, by_name[each.name]) for each in native.indexes if each.name in by_name]
        self.indexes: dict[db.Index, Placed] = dict(pairs)
        checks = list(_checks(model))
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


def kept_tables(models: dict[str, Model], like: Database, native: Database) -> dict[str, KeptTable]:
    """Those of `models` (by table) that are resolved."""
    logical = {table.name: table for table in like.tables}
    return {
        table.name: KeptTable(models[table.name], logical[table.name], table)
        for table in native.tables
        if table.name in models and table.name in logical
    }


def _indexes(model: Model) -> Iterator[Placed]:
    """In the order of lowering."""
    yield from (Placed(f.unique, f.name) for f in model.fields if f.unique is not None)
    yield from (Placed(item, None) for item in model.uniques)
    yield from (Placed(f.index, f.name) for f in model.fields if f.index is not None)
    yield from (Placed(item, None) for item in model.indexes)


def _checks(model: Model) -> Iterator[Placed]:
    yield from (Placed(check, field.name) for field in model.fields for check in field.checks)
    yield from (Placed(check, None) for check in model.checks)
