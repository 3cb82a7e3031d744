"""Whether every configured provider can have what the schema says: all that none of them can, each at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.dialects import dialect
from okra.errors import Diagnostic, SchemaError, UnsupportedChange
from okra.language.differences import differences
from okra.language.report import in_order
from okra.lowering import lower
from okra.mapping import Names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from okra.language.definition import SchemaDefinition
    from okra.language.places import Places
    from okra.source import Source, Span


def check(
    definition: SchemaDefinition,
    providers: Sequence[str],
    places: Places,
    sources: Sequence[Source],
) -> tuple[str, ...]:
    """What each of `providers` can only imitate of `definition`, and what differs between them, as sentences.

    Raises  SchemaError with everything that one of them can't have; UnsupportedChange where no place is known
    """
    found: dict[str, None] = dict.fromkeys(differences(definition, providers))
    wrong: list[Diagnostic] = []
    for provider in providers:
        try:
            resolved = dialect(provider).resolve(lower(definition, provider))
        except UnsupportedChange as error:
            faults = list(_faults(definition, provider, places)) or [(error, None)]
            if any(span is None for _, span in faults):
                raise
            wrong += (_diagnostic(fault, span) for fault, span in faults)
        else:
            found.update(dict.fromkeys(resolved.warnings))
    if wrong:
        raise SchemaError(
            in_order(dict.fromkeys(wrong), sources), {source.name: source for source in sources}
        )
    return tuple(found)


def _diagnostic(error: UnsupportedChange, span: Span | None) -> Diagnostic:
    return Diagnostic(code=error.code, message=error.message, span=span, help=error.help)


def _faults(
    definition: SchemaDefinition, provider: str, places: Places
) -> Iterator[tuple[UnsupportedChange, Span | None]]:
    """What `provider` can't have, table by table, and the place that it is about."""
    try:
        lowered = lower(definition, provider)
    except UnsupportedChange as error:
        yield error, _span(error, definition, provider, places)
        return
    for table in lowered.tables:
        try:
            dialect(provider).resolve(replace(lowered, tables=(table,)))
        except UnsupportedChange as error:
            error.place = error.place or table.name
            yield error, _span(error, definition, provider, places)


def _span(
    error: UnsupportedChange, definition: SchemaDefinition, provider: str, places: Places
) -> Span | None:
    """The field, else the model or enum that `error` names: `table.column`, `table.index`, `table` or a type."""
    place = error.place or ""
    names = Names(definition, provider)
    for enum, kind in names.types.items():
        if place == kind:
            return places.get(enum)
    owners = [
        (table, model)
        for model, table in names.tables.items()
        if place == table or place.startswith(f"{table}.")
    ]
    if not owners:
        return None
    table, model = max(owners, key=lambda owner: len(owner[0]))
    column = place[len(table) + 1 :]
    for field, own in names.columns_of(model).items():
        if own == column:
            return places.get(f"{model}.{field}")
    return places.get(model)
