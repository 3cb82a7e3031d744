"""Tables that a schema leaves alone: they stay in the snapshot as they were, and nothing is done to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.mapping import Names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.language.definition import SchemaDefinition
    from okra.relational.model import Database


def left_alone(
    before: Database, after: Database, models_before: SchemaDefinition, models: SchemaDefinition
) -> tuple[Database, Database]:
    """`before` and `after` as `diff` is to see them.

    The table of a model that is `@unmanaged` now is not dropped; it waits in the state in which OKRA knew it.
    One whose model is gone, and was unmanaged, is forgotten.
    """
    ours = {table.name for table in after.tables}
    kept = _tables(models, (model.name for model in models.models if model.unmanaged))
    kept |= _tables(models_before, (model.name for model in models.models if model.unmanaged))
    forgotten = _tables(models_before, (m.name for m in models_before.models if m.unmanaged))
    if not kept and not forgotten:
        return before, after
    waiting = tuple(t for t in before.tables if t.name in kept and t.name not in ours)
    known = ours | {table.name for table in waiting}
    return (
        replace(
            before,
            tables=tuple(t for t in before.tables if t.name in known or t.name not in forgotten),
        ),
        replace(after, tables=(*after.tables, *waiting)),
    )


def _tables(models: SchemaDefinition, names: Iterable[str]) -> set[str]:
    tables = Names(models).tables
    return {tables[name] for name in names if name in tables}
