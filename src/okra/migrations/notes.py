"""What is to be known when a migration for several providers is written: said when it first becomes true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.language.definition import SchemaDefinition
from okra.language.differences import differences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.migrations.generate import Prepared


def new_differences(prepared: Sequence[Prepared]) -> tuple[str, ...]:
    """What the schema means to one of the providers and not to another, and did not in their newest migrations."""
    providers = [item.draft.provider for item in prepared]
    if len(providers) == 1 or not any(item.draft.changes for item in prepared):
        return ()
    known = set(differences(_before(prepared), providers))
    found = differences(prepared[0].draft.models, providers)
    return tuple(text for text in found if text not in known)


def _before(prepared: Sequence[Prepared]) -> SchemaDefinition:
    """What the providers have migrations of; a new one makes everything new."""
    newest = [item.directory.newest for item in prepared]
    first = newest[0]
    if first is None or None in newest:
        return SchemaDefinition()
    return first.snapshot().models
