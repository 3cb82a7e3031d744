"""All that a new schema means for code that was built against the old one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.compatibility.enums import (
    Columns,
    enum_type_findings,
    ordered_columns,
    plain_native,
    value_findings,
)
from okra.compatibility.finding import Finding, Level
from okra.compatibility.models import type_findings
from okra.compatibility.pairs import Pairs
from okra.compatibility.tables import table_findings
from okra.dialects import dialect
from okra.hints import rename_hints
from okra.lowering import lower
from okra.mapping import Names
from okra.migrations.excluded import leave_out
from okra.relational.diff import diff
from okra.relational.renaming import applicable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from okra.language.definition import SchemaDefinition

_LEVELS = tuple(Level)


def compatibility(
    before: SchemaDefinition,
    after: SchemaDefinition,
    providers: Sequence[str],
    exclude: Sequence[str] = (),
) -> tuple[Finding, ...]:
    """What `after` means for code that was built against `before`: what breaks first, each finding once.

    exclude  patterns of tables that are left alone
    Raises   UnsupportedChange for what one of `providers` can't have
    """
    where: dict[Finding, list[str]] = {}
    for provider in providers:
        for finding in dict.fromkeys(_in_tables(before, after, provider, exclude)):
            where.setdefault(finding, []).append(provider)
    findings = [
        finding if len(known) == len(providers) else replace(finding, providers=tuple(known))
        for finding, known in where.items()
    ]
    findings += type_findings(Pairs(before, after))
    return tuple(sorted(findings, key=lambda finding: _LEVELS.index(finding.level)))


def _in_tables(
    before: SchemaDefinition, after: SchemaDefinition, provider: str, exclude: Sequence[str]
) -> Iterator[Finding]:
    alone = _unmanaged(before, provider) | _unmanaged(after, provider)
    old, new = (leave_out(lower(models, provider), exclude, alone) for models in (before, after))
    hints = rename_hints(before, after, provider)
    renames = applicable(hints, old, new)
    columns = Columns(old, new, renames)
    plain = plain_native(new, provider)
    yield from table_findings(diff(plain_native(old, provider), plain, renames), columns.find)
    resolve = dialect(provider).resolve
    natives = resolve(old).database, resolve(new).database
    yield from value_findings(columns, hints.texts, ordered_columns(natives[1], plain))
    yield from enum_type_findings(*natives, renames)


def _unmanaged(models: SchemaDefinition, provider: str) -> set[str]:
    names = Names(models, provider)
    return {names.tables[model.name] for model in models.models if model.unmanaged}
