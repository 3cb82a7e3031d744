"""A default as it is written in a schema."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, assert_never

from okra.language.definition import (
    EnumDefault,
    FunctionDefault,
    LiteralDefault,
    Scalar,
    SqlDefault,
)
from okra.language.strings import quoted

if TYPE_CHECKING:
    from okra.language.definition import Default, SqlText

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NUMBERS = (Scalar.BIG_INT, Scalar.DECIMAL)
_DEEPEST = 64  # a deeper JSON value is easier to read as text
_LONGEST_NUMBER = 300


def default_text(default: Default, type_name: str) -> str:
    """What stands between the parentheses of `@default(…)`."""
    match default:
        case LiteralDefault(value):
            if isinstance(value, tuple):
                return "[" + ", ".join(_literal(item, type_name) for item in value) + "]"
            return _literal(value, type_name)
        case EnumDefault(value):
            return value if isinstance(value, str) else f"[{', '.join(value)}]"
        case FunctionDefault(function):
            return function.value
        case SqlDefault(sql):
            return f"sql({_sql_arguments(sql)})"
        case _:
            assert_never(default)


def _sql_arguments(sql: SqlText) -> str:
    texts = [] if sql.default is None else [quoted(sql.default)]
    texts += (f"{provider}: {quoted(text)}" for provider, text in sql.per_provider)
    return ", ".join(texts)


def _literal(value: bool | float | str, type_name: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if type_name in _NUMBERS:
        return value
    if type_name == Scalar.JSON:
        return _json(value)
    return quoted(value)


def _json(text: str) -> str:
    """JSON as an object or list of the schema language, or as text where that can't say it."""
    tree = json.loads(text)
    if tree is None or isinstance(tree, str) or not _sayable(tree, _DEEPEST):
        return quoted(text)
    return _tree(tree)


def _sayable(tree: object, depth: int) -> bool:
    if isinstance(tree, str):
        return "\0" not in tree
    if isinstance(tree, int):
        return tree.bit_length() < _LONGEST_NUMBER
    if depth == 0 or not isinstance(tree, (list, dict)):
        return depth > 0
    parts = [*tree, *tree.values()] if isinstance(tree, dict) else tree
    return all(_sayable(part, depth - 1) for part in parts)


def _tree(tree: object) -> str:
    if isinstance(tree, dict):
        pairs = (
            f"{key if _NAME.fullmatch(key) else quoted(key)}: {_tree(value)}"
            for key, value in tree.items()
        )
        return "{" + ", ".join(pairs) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(_tree(item) for item in tree) + "]"
    if isinstance(tree, str):
        return quoted(tree)
    return json.dumps(tree)
