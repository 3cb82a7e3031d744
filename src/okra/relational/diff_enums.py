"""What changes between two versions of one enum type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.relational.changes import (
    AddValue,
    AlterEnum,
    DropValue,
    EnumStep,
    RenameEnumValue,
    ReorderValues,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.relational.model import EnumType
    from okra.relational.renaming import ValueRename


def alter_enum(
    before: EnumType, renamed: EnumType, after: EnumType, values: Sequence[ValueRename]
) -> AlterEnum:
    """The steps from `before` to `after`; `renamed` is `before` with its values under their new names."""
    steps: list[EnumStep] = [RenameEnumValue(before=v.before, after=v.after) for v in values]
    kept = [value for value in renamed.values if value in after.values]
    steps += [DropValue(value=value) for value in renamed.values if value not in after.values]
    wanted = [value for value in after.values if value in kept]
    if wanted != kept:
        steps.append(ReorderValues(before=tuple(kept), after=tuple(wanted)))
    behind: str | None = None
    for value in after.values:
        if value not in kept:
            steps.append(AddValue(value=value, behind=behind))
        behind = value
    return AlterEnum(before=before, after=after, steps=tuple(steps))
