"""What the models, fields and enums of a raised schema are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.language.definition import Scalar
from okra.mapping import Names as Mapped
from okra.mapping import unqualified
from okra.raising.words import Taken, field_name, identifier, model_name, pascal, words_of

if TYPE_CHECKING:
    from okra.language.definition import Enum, Field, Model, SchemaDefinition
    from okra.raising.habits import Habits
    from okra.relational.model import Database

RESERVED = "_okra"


def is_writable(name: str) -> bool:
    """Whether a schema can give this name to something in the database."""
    return bool(name.strip()) and not name.lower().startswith(RESERVED)


class Names:
    """Models and fields by the names of their tables and columns; those of an existing schema stay."""

    def __init__(
        self, database: Database, existing: SchemaDefinition | None, habits: Habits
    ) -> None:
        self.habits = habits
        self.known_models: dict[str, Model] = {}
        self._known_fields: dict[str, dict[str, Field]] = {}
        self._known_enums: dict[str, Enum] = {}
        if existing is not None:
            self._remember(existing)
        present = {table.name for table in database.tables}
        taken = Taken([*Scalar, *(enum.name for enum in self._known_enums.values())])
        self.models: dict[str, str] = {}
        for name, model in self.known_models.items():
            if name in present:
                self.models[name] = taken.free(model.name)
        self.fields: dict[str, dict[str, str]] = {}
        self.taken_fields: dict[str, Taken] = {}
        for table in database.tables:
            if table.name not in self.models:
                said = model_name(unqualified(table.name, habits.provider))
                self.models[table.name] = taken.free(said, f"{said}Model")
            self._name_fields(table.name, [column.name for column in table.columns])
        self.tables = {model: table for table, model in self.models.items()}
        self._taken = taken

    def known_field(self, table: str, column: str) -> Field | None:
        """The field of the existing schema that is this column."""
        return self._known_fields.get(table, {}).get(column)

    def known_enum(self, name: str) -> Enum | None:
        """The enum of the existing schema whose type is called `name`."""
        return self._known_enums.get(name)

    def new_enum(self, table: str, column: str) -> str:
        """A name for the enum of a column: `orders.status` → `OrderStatus`."""
        return self._taken.free(f"{self.models[table]}{pascal(words_of(column))}")

    def new_enum_of(self, name: str) -> str:
        """A name for the enum whose type is called `name`."""
        said = identifier(pascal(words_of(unqualified(name, self.habits.provider))), "Enum")
        return self._taken.free(said, f"{said}Enum")

    def _remember(self, existing: SchemaDefinition) -> None:
        mapped = Mapped(existing, self.habits.provider)
        self._known_enums = {mapped.types[enum.name]: enum for enum in existing.enums}
        for model in existing.models:
            table = mapped.tables[model.name]
            self.known_models[table] = model
            fields = {field.name: field for field in model.fields}
            self._known_fields[table] = {
                column: fields[name] for name, column in mapped.columns_of(model.name).items()
            }

    def _name_fields(self, table: str, columns: list[str]) -> None:
        known = self._known_fields.get(table, {})
        found = {column: known[column].name for column in columns if column in known}
        taken = Taken(found.values())
        for column in columns:
            if column not in found:
                found[column] = taken.free(field_name(column))
        self.fields[table] = found
        self.taken_fields[table] = taken
