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
    before: Database,
    after: Database,
    models_before: SchemaDefinition,
    models: SchemaDefinition,
    provider: str = "",
) -> tuple[Database, Database]:
    """`before` and `after`, databases of `provider`, as `diff` is to see them.

    The table of a model that is `@unmanaged` now is not dropped; it waits in the state in which OKRA knew it.
    One whose model is gone, and was unmanaged, is forgotten.
    """
    ours = {table.name for table in after.tables}
    unmanaged = [model.name for model in models.models if model.unmanaged]
    names, names_before = Names(models, provider), Names(models_before, provider)
    kept = _tables(names, unmanaged) | _tables(names_before, unmanaged)
    forgotten = _tables(names_before, [m.name for m in models_before.models if m.unmanaged])
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


def _tables(names: Names, models: Iterable[str]) -> set[str]:
    return {names.tables[model] for model in models if model in names.tables}
