"""Rows in YAML, read as YAML 1.2 has it: `no` is a text, `12:30` is a text, dates are texts until their field says more."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Any

import yaml
from yaml.reader import ReaderError

from okra.seeding.rows import Row, malformed, model_of
from okra.seeding.values import Number

if TYPE_CHECKING:
    from okra.errors import SeedError
    from okra.seeding.files import SeedFile
    from okra.seeding.shapes import Shapes

NO_YAML = "there is a character that may stand in no YAML"
_TAG = "tag:yaml.org,2002:"


_LARGEST = 5_000_000
"""How many values a file may hold, each counted as often as an alias stands for it."""


class _Loader(yaml.SafeLoader):
    """The core schema of YAML 1.2."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - as the base class has it

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._at: yaml.Node | None = None
        self._sizes: dict[yaml.Node, int] = {}

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        if isinstance(node, yaml.ScalarNode):
            self._at = node
        return super().construct_object(node, deep=deep)

    def place(self, file: SeedFile) -> str:
        """Where the value stands that was read last."""
        return file.name if self._at is None else _place(self._at, file)

    def size(self, node: yaml.Node) -> int:
        """How many values `node` comes to: an alias is counted as what it stands for."""
        if isinstance(node, yaml.ScalarNode):
            return 1
        known = self._sizes.get(node)
        if known is None:
            self._sizes[node] = 1  # one that holds itself is refused when it is constructed
            inner = chain(*node.value) if isinstance(node, yaml.MappingNode) else node.value
            known = self._sizes[node] = 1 + sum(map(self.size, inner))
        return known


def _resolve(kind: str, pattern: str, first: str) -> None:
    _Loader.add_implicit_resolver(f"{_TAG}{kind}", re.compile(rf"^(?:{pattern})$"), list(first))


_resolve("bool", "true|True|TRUE|false|False|FALSE", "tTfF")
_resolve("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789")
_resolve("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+0123456789.")
_resolve("null", "~|null|Null|NULL|", "~nN")
_Loader.add_implicit_resolver(f"{_TAG}null", re.compile("^$"), [""])
_Loader.add_implicit_resolver(f"{_TAG}merge", re.compile("^(?:<<)$"), ["<"])


def _int(loader: _Loader, node: yaml.ScalarNode) -> int:
    text = loader.construct_scalar(node)
    return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))


def _float(loader: _Loader, node: yaml.ScalarNode) -> Number:
    return Number(loader.construct_scalar(node))


_Loader.add_constructor(f"{_TAG}int", _int)
_Loader.add_constructor(f"{_TAG}float", _float)


def loader_of(text: str) -> _Loader:
    """What reads `text` as YAML 1.2."""
    return _Loader(text)


def read_yaml(text: str, file: SeedFile, shapes: Shapes) -> dict[str, list[Row]]:
    """The rows of a file, each with its line.

    Raises  SeedError that names the line
    """
    try:
        loader = _Loader(text)
    except ReaderError as cause:
        line = text.count("\n", 0, cause.position) + 1
        raise _bad(f"{file.name}:{line}", NO_YAML) from cause
    try:
        tree = loader.get_single_node()
        if tree is None:
            return {}
        if loader.size(tree) > _LARGEST:
            raise _bad(file.name, f"its aliases stand for more than {_LARGEST:,} values")
        return _rows(tree, loader, file, shapes)
    except yaml.YAMLError as cause:
        raise _unreadable(cause, file) from cause
    except RecursionError as cause:
        raise _bad(file.name, "it is nested too deeply") from cause
    except (ValueError, KeyError, AttributeError) as cause:  # a tag, on what its type can't be
        raise _bad(loader.place(file), "the value is not what its tag says") from cause
    finally:
        loader.dispose()


def _unreadable(cause: yaml.YAMLError, file: SeedFile) -> SeedError:
    """The error for what is no YAML, in our words where it is a mistake that people make."""
    mark = getattr(cause, "problem_mark", None)
    place = f"{file.name}:{mark.line + 1}:{mark.column + 1}" if mark else file.name
    reason = str(
        getattr(cause, "problem", None) or getattr(cause, "reason", None) or "it is no YAML"
    )
    if "another document" in reason:
        found = _bad(place, "there is a second document in it")
        found.help = "take the line `---` out, or make two files of it"
        return found
    if "'\\t'" in reason:
        found = _bad(place, "there is a tab where a value begins")
        found.help = "indent with spaces: YAML takes no tabs there"
        return found
    return _bad(place, reason)


def _bad(place: str, reason: str) -> SeedError:
    found = malformed(place, reason)
    found.help = (
        "rows stand under their model, or in a file with its name:\nUser:\n  - id: 1\n    name: Ann"
    )
    return found


def _rows(tree: yaml.Node, loader: _Loader, file: SeedFile, shapes: Shapes) -> dict[str, list[Row]]:
    if isinstance(tree, yaml.SequenceNode):
        model = model_of(file, shapes)
        return {model: _items(tree, model, loader, file)}
    if not isinstance(tree, yaml.MappingNode):
        raise _bad(_place(tree, file), "it holds a single value")
    found: dict[str, list[Row]] = {}
    for key, value in tree.value:
        model = str(loader.construct_object(key, deep=True))
        if model in found:
            raise _bad(_place(key, file), f"`{model}` is there twice")
        found[model] = _items(value, model, loader, file)
    return found


def _items(node: yaml.Node, model: str, loader: _Loader, file: SeedFile) -> list[Row]:
    if not isinstance(node, yaml.SequenceNode):
        raise _bad(_place(node, file), f"below `{model}` there is no list of rows")
    found = []
    for number, item in enumerate(node.value, start=1):
        if not isinstance(item, yaml.MappingNode):
            raise _bad(_place(item, file), f"row {number} of `{model}` has no fields")
        names = [key.value for key, _ in item.value]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None and twice != "<<":
            raise _bad(_place(item, file), f"row {number} of `{model}` has `{twice}` twice")
        values = loader.construct_object(item, deep=True)
        found.append(Row(number, _place(item, file), {str(k): v for k, v in values.items()}))
    return found


def _place(node: yaml.Node, file: SeedFile) -> str:
    return f"{file.name}:{node.start_mark.line + 1}"
