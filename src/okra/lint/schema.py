"""A schema as rules look at it: its models, the tables that they become on one provider, and their names."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from okra.mapping import Names, join_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.language.definition import SchemaDefinition
    from okra.relational.model import Database, Index, Table


class SchemaSight:
    """What rules look at.

    database  the native tables on `provider`
    earlier   what the newest migrations were made from; empty where that does not say what is followed still
    """

    def __init__(
        self,
        provider: str,
        definition: SchemaDefinition,
        database: Database,
        earlier: Sequence[SchemaDefinition] = (),
    ) -> None:
        self.provider = provider
        self.definition = definition
        self.database = database
        self.earlier = tuple(earlier)

    def tables(self) -> list[Table]:
        """The tables that OKRA manages, in the order of the schema."""
        names = Names(self.definition, self.provider)
        alone = {names.tables[item.name] for item in self.definition.models if item.unmanaged}
        return [table for table in self.database.tables if table.name not in alone]

    def name(self, table: str, columns: Sequence[str] = ()) -> str:
        """What a table is called in the schema; with one column, that field."""
        if len(columns) == 1:
            found = self._fields.get((table, columns[0]))
            if found is not None:
                return found
        return self._models.get(table, table)

    def index_name(self, table: str, index: Index) -> str:
        """Where an index is written: at its field, or at the model."""
        name = self.name(table, index.columns if len(index.parts) == 1 else ())
        return name if name in self._indexed else self.name(table)

    @cached_property
    def _indexed(self) -> set[str]:
        return {
            f"{model.name}.{field.name}"
            for model in self.definition.models
            for field in model.fields
            if field.index is not None or field.unique is not None
        }

    @cached_property
    def _models(self) -> dict[str, str]:
        names = Names(self.definition, self.provider)
        found = {table: model for model, table in names.tables.items()}
        for join in join_tables(self.definition, self.provider):
            side = join.sides[0]
            found[join.table] = f"{side.model}.{side.field}" if side.field else side.model
        return found

    @cached_property
    def _fields(self) -> dict[tuple[str, str], str]:
        names = Names(self.definition, self.provider)
        return {
            (names.tables[model.name], column): f"{model.name}.{field}"
            for model in self.definition.models
            for field, column in names.columns_of(model.name).items()
        }
