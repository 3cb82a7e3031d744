"""Runs generated Python in this process, by the names that each style gives what reads and writes."""

from __future__ import annotations

import importlib
import json
from functools import cache
from typing import TYPE_CHECKING, Any

from generated import Case, files_of
from okra.naming import snake_case
from workshop import Answer

if TYPE_CHECKING:
    from types import ModuleType


def read(case: Case, model: str, text: str) -> Answer:
    """What the code of a case makes of a value."""
    value = json.loads(text)
    before = json.dumps(value)
    try:
        thing = reader(case, model)(value)
    except ValueError as error:
        return Answer(error=str(error))
    assert json.dumps(value) == before  # what was read is left as it was
    return Answer(text=json.dumps(writer(case, model, thing), allow_nan=False))


def reader(case: Case, model: str) -> Any:
    if case.option("style") == "typeddict":
        return names(case)[f"{snake_case(model)}_from_json"]
    return names(case)[model].from_json


def writer(case: Case, model: str, thing: Any) -> Any:
    if case.option("style") == "typeddict":
        return names(case)[f"{snake_case(model)}_to_json"](thing)
    return thing.to_json()


@cache
def names(case: Case) -> dict[str, Any]:
    """All that the modules of a case define."""
    found: dict[str, Any] = {}
    for file in files_of(case):
        name = file.name.removesuffix(".py").replace("/", ".").removesuffix("__init__")
        module: ModuleType = importlib.import_module(f"{case.name}.{name}".rstrip("."))
        found.update(vars(module))
    return found
