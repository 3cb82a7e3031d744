"""What models, fields and enum values are called in Python: PEP 8's way, and nothing that Python or the code itself needs."""

from __future__ import annotations

from keyword import kwlist
from typing import TYPE_CHECKING

from okra.codegen.generator import Files
from okra.codegen.names import DEVICES
from okra.codegen.python.options import Style
from okra.naming import snake_case

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.codegen.names import Problems
    from okra.codegen.python.options import PythonOptions
    from okra.codegen.shape import Shape
    from okra.language.definition import Enum, SchemaDefinition

_KEYWORDS = frozenset(kwlist)
_TYPES = frozenset(
    {"bool", "bytes", "classmethod", "dict", "float", "int", "list", "object", "str"}
)
_USED = frozenset(
    {
        "Any",
        "Callable",
        "Decimal",
        "Iterable",
        "NotRequired",
        "OverflowError",
        "Self",
        "StrEnum",
        "TypedDict",
        "UUID",
        "ValueError",
        "abs",
        "b64decode",
        "b64encode",
        "cast",
        "dataclass",
        "enumerate",
        "format",
        "isinstance",
        "len",
        "model_config",
        "msgspec",
        "pydantic",
        "re",
        "sys",
        "type",
    }
)
_LOCAL = frozenset({"cls", "get", "item", "members", "self", "value"})
_CLASSES = _KEYWORDS | _TYPES | _USED | _LOCAL
"""What no class may be called: the code that is generated beside it says these."""

_FIELDS = _KEYWORDS | _TYPES | {"self", "from_json", "to_json"}
"""What no field may be called: the class that it stands in says these."""

_PYDANTIC = frozenset(
    {
        "construct",
        "copy",
        "dict",
        "from_orm",
        "json",
        "model_computed_fields",
        "model_config",
        "model_construct",
        "model_copy",
        "model_dump",
        "model_dump_json",
        "model_extra",
        "model_fields",
        "model_fields_set",
        "model_json_schema",
        "model_parametrized_name",
        "model_post_init",
        "model_rebuild",
        "model_validate",
        "model_validate_json",
        "model_validate_strings",
        "parse_file",
        "parse_obj",
        "parse_raw",
        "pydantic",
        "schema",
        "schema_json",
        "update_forward_refs",
        "validate",
    }
)
"""What every Pydantic model has already."""

_MODULES = _KEYWORDS | DEVICES | {"enums"}
"""What no file of a model may be called: keywords, the file of all enums, and devices of Windows."""


class Names:
    """The names of a schema in Python; see `check_names` for those that can't be told apart."""

    def __init__(self, schema: SchemaDefinition, shapes: Iterable[Shape], style: Style) -> None:
        self._reserved = {
            Style.PYDANTIC: _FIELDS | _PYDANTIC,
            Style.MSGSPEC: _FIELDS | {"msgspec"},
        }.get(style, _FIELDS)
        self._fields: dict[str, str] = {}
        for shape in shapes:
            for member in shape.members:
                self.field(member.name)
        beside_fields = _CLASSES.union(self._fields.values())
        self.classes = {
            model.name: _free(_public(model.name, "Model"), _CLASSES) for model in schema.models
        }
        for enum in schema.enums:
            self.classes[enum.name] = _free(_public(enum.name, "Enum"), beside_fields)

    def field(self, name: str) -> str:
        """`authorId` → `author_id`, `class` → `class_`."""
        found = self._fields.get(name)
        if found is None:
            found = _free(_public(snake_case(name), "field_"), self._reserved)
            self._fields[name] = found
        return found

    def function(self, model: str, verb: str) -> str:
        """What reads or writes a TypedDict: `post_from_json`."""
        return f"{snake_case(self.classes[model]).strip('_')}_{verb}"

    def module(self, model: str) -> str:
        """The file of a model, without its ending: `blog_post`."""
        return _free(snake_case(self.classes[model]), _MODULES)


def declared(schema: SchemaDefinition) -> list[str]:
    """The names of all models and enums."""
    return [model.name for model in schema.models] + [enum.name for enum in schema.enums]


def enum_member(name: str) -> str:
    """`inProgress` → `IN_PROGRESS`."""
    return _public(snake_case(name).upper(), "VALUE_")


def check_names(
    schema: SchemaDefinition,
    shapes: Iterable[Shape],
    names: Names,
    options: PythonOptions,
    problems: Problems,
) -> None:
    """Add a problem for each name that two things would have."""
    classes = [(name, names.classes[name]) for name in declared(schema)]
    if options.style is Style.TYPEDDICT:
        classes += [
            (model.name, names.function(model.name, verb))
            for model in schema.models
            for verb in ("from_json", "to_json")
        ]
    problems.check_distinct(classes)
    if options.files is Files.EACH:
        files = [(model.name, f"{names.module(model.name)}.py") for model in schema.models]
        problems.check_distinct(files)
    for shape in shapes:
        fields = [(f"{shape.name}.{item.name}", names.field(item.name)) for item in shape.members]
        problems.check_distinct(fields, f" in the type `{shape.name}`")
    for enum in schema.enums:
        _check_values(enum, problems)


def _check_values(enum: Enum, problems: Problems) -> None:
    values = [(f"{enum.name}.{value.name}", enum_member(value.name)) for value in enum.values]
    problems.check_distinct(values, f" in the enum `{enum.name}`")


def _public(name: str, prefix: str) -> str:
    """A name without leading underscores: those are private, or Python's own."""
    if name[0] != "_":
        return name
    bare = name.strip("_")
    if not bare or bare[0].isdigit():
        return f"{prefix}{bare}".rstrip("_") + "_"
    return f"{bare}_"


def _free(name: str, taken: frozenset[str] | set[str]) -> str:
    while name in taken:
        name += "_"
    return name
