"""All that a new schema means for code that was built against the old one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.compatibility.finding import Finding, Level, found
from okra.compatibility.models import type_findings
from okra.compatibility.pairs import Pairs
from okra.compatibility.tables import table_findings
from okra.compatibility.values import enum_meanings
from okra.dialects import dialect
from okra.hints import rename_hints
from okra.lowering import lower
from okra.mapping import Names
from okra.migrations.excluded import leave_out
from okra.relational.diff import diff
from okra.relational.model import Database, LogicalKind, LogicalType
from okra.relational.renaming import applicable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from okra.language.definition import SchemaDefinition
    from okra.relational.model import Column
    from okra.relational.renaming import Renames

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
    renames = applicable(rename_hints(before, after, provider), old, new)
    columns = _Columns(old, new, renames)
    changes = diff(_plain(old, provider), _plain(new, provider), renames)
    yield from table_findings(changes, columns.find)
    yield from columns.enum_findings()


def _unmanaged(models: SchemaDefinition, provider: str) -> set[str]:
    names = Names(models, provider)
    return {names.tables[model.name] for model in models.models if model.unmanaged}


def _plain(logical: Database, provider: str) -> Database:
    """The native form, with enums as mere text: how a server keeps them says nothing of the values they take."""
    tables = tuple(
        replace(table, columns=tuple(_textual(column) for column in table.columns))
        for table in logical.tables
    )
    return dialect(provider).resolve(replace(logical, tables=tables, enums=())).database


def _textual(column: Column) -> Column:
    kind = column.type
    if not isinstance(kind, LogicalType) or kind.kind is not LogicalKind.ENUM or kind.native:
        return column
    return replace(column, type=LogicalType(kind=LogicalKind.STRING, list=kind.list))


class _Columns:
    """The columns of two logical databases, found by the names that they have after."""

    def __init__(self, before: Database, after: Database, renames: Renames) -> None:
        self._before = {table.name: table for table in before.tables}
        self._after = {table.name: table for table in after.tables}
        self._tables = {new: old for old, new in renames.tables}
        self._columns = {(each.table, each.after): each.before for each in renames.columns}
        self._values = [
            {enum.name: enum.values for enum in database.enums} for database in (before, after)
        ]
        self._texts: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for each in renames.texts:
            self._texts.setdefault((each.table, each.column), []).append((each.before, each.after))

    def find(self, table: str, column: str) -> tuple[Column | None, Column | None]:
        """A column before and after, by the names that it has after."""
        new = self._after.get(table)
        old = self._before.get(self._tables.get(table, table))
        return (
            old.column(self._columns.get((table, column), column)) if old else None,
            new.column(column) if new else None,
        )

    def enum_findings(self) -> Iterator[Finding]:
        """What it means that columns take other values of enums."""
        for table in self._after.values():
            for column in table.columns:
                before, after = (_type(each) for each in self.find(table.name, column.name))
                if before is None or after is None or before.list != after.list:
                    continue
                if not _is_text(before) or not _is_text(after):
                    continue
                meanings = enum_meanings(
                    self._texts_of(before, 0),
                    self._texts_of(after, 1),
                    self._texts.get((table.name, column.name), ()),
                )
                change = "it takes other values"
                yield from found(f"{table.name}.{column.name}", change, *meanings)

    def _texts_of(self, kind: LogicalType, side: int) -> Sequence[str] | None:
        return None if kind.enum is None else self._values[side].get(kind.enum)


def _type(column: Column | None) -> LogicalType | None:
    return column.type if column is not None and isinstance(column.type, LogicalType) else None


def _is_text(kind: LogicalType) -> bool:
    return kind.kind in (LogicalKind.STRING, LogicalKind.ENUM) and kind.native is None
