"""What is the same thing in an old schema and in a new one, whatever it is called: models, fields, enums, values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.codegen.shape import is_shown
from okra.hints import same

if TYPE_CHECKING:
    from okra.language.definition import Enum, EnumValue, Field, Model, SchemaDefinition


class Pairs:
    """The counterparts of two schemas; `@renamed` is followed as migrations follow it."""

    def __init__(self, before: SchemaDefinition, after: SchemaDefinition) -> None:
        self.models = same(before.models, after.models)
        self.enums = same(before.enums, after.enums)
        kept = {old.name for old, _ in self.models}
        come = {new.name for _, new in self.models}
        self.gone_models = [model for model in before.models if model.name not in kept]
        self.new_models = [model for model in after.models if model.name not in come]
        kept = {old.name for old, _ in self.enums}
        come = {new.name for _, new in self.enums}
        self.gone_enums = [enum for enum in before.enums if enum.name not in kept]
        self.new_enums = [enum for enum in after.enums if enum.name not in come]
        self._model_names = {old.name: new.name for old, new in self.models}
        self._enum_names = {old.name: new.name for old, new in self.enums}

    def fields(self, before: Model, after: Model) -> list[tuple[Field, Field]]:
        """The fields of a model that generated types have before and after."""
        pairs = same(before.fields, after.fields)
        return [(old, new) for old, new in pairs if is_shown(old) and is_shown(new)]

    def values(self, before: Enum, after: Enum) -> list[tuple[EnumValue, EnumValue]]:
        """The values that an enum has before and after."""
        return same(before.values, after.values)

    def model_name(self, name: str, *, old: bool) -> str:
        """What a model is called after."""
        return self._model_names.get(name, name) if old else name

    def enum_name(self, name: str, *, old: bool) -> str:
        """What an enum is called after; one that goes and one that comes are never the same."""
        if old:
            return self._enum_names.get(name, f"the former {name}" if self._is_new(name) else name)
        return name

    def _is_new(self, name: str) -> bool:
        return any(enum.name == name for enum in self.new_enums)
