"""Names of models and enums that the classes of generated Python use themselves."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from generated import generate, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = ("model_config", "len", "cast", "sys", "Any", "get")


@pytest.fixture
def module() -> Iterator[ModuleType]:
    """An empty module, as the styles look up types in the one that a class is of."""
    found = ModuleType("okra_generated_names")
    sys.modules[found.__name__] = found
    yield found
    del sys.modules[found.__name__]


@pytest.mark.parametrize("style", ["dataclass", "typeddict", "pydantic", "msgspec"])
@pytest.mark.parametrize("name", NAMES)
def test_an_enum_may_be_called_like_what_a_class_says(
    module: ModuleType, style: str, name: str
) -> None:
    definition = parsed(
        f"enum {name} {{ A B }}\n"
        f"model Post {{ id: ID! title: String! @length(max: 3) kind: {name}? data: JSON? }}"
    )
    (file,) = generate(definition, "python", {"style": style})
    exec(file.text, vars(module))  # noqa: S102 - the code is ours
    value = {"id": "1", "title": "abc", "kind": "B", "data": [1]}

    if style == "typeddict":
        assert module.post_to_json(module.post_from_json(value)) == value
    else:
        assert module.Post.from_json(value).to_json() == value
