"""What a check comes to for a value of the one column that it is about, as far as that can be told without a server."""

from __future__ import annotations

import operator
import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, TypeAlias

from okra.dialects.postgres.expressions.tree import Kind, Node

if TYPE_CHECKING:
    from collections.abc import Callable

Known: TypeAlias = Decimal | str | bool | None
"""None is NULL."""


class Unknown(Exception):
    """Only the server can tell."""


_COMPARING: dict[str, Callable[[Decimal | str, Decimal | str], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_LENGTHS = ("length", "char_length", "character_length")
_WORDS: dict[str, Known] = {"true": True, "false": False, "NULL": None}


def satisfies(check: Node, column: str, value: Known) -> bool:
    """Whether a row with `value` in `column` certainly passes; what is NULL passes.

    column  its name as expressions spell it
    """
    try:
        return _value(check, column, value) is not False
    except (Unknown, InvalidOperation):
        return False


def _value(node: Node, column: str, value: Known) -> Known:
    match node.kind:
        case Kind.STRING:
            return node.text
        case Kind.NUMBER:
            return Decimal(node.text)
        case Kind.WORD if node.text in _WORDS:
            return _WORDS[node.text]
        case Kind.NAME if node.text == column:
            return value
        case Kind.CAST:
            return _value(node.parts[0], column, value)
        case Kind.AND | Kind.OR:
            return _joined(node, column, value)
        case Kind.NOT:
            inner = _value(node.parts[0], column, value)
            return None if inner is None else not inner
        case Kind.IS:
            return _tested(node.text, _value(node.parts[0], column, value))
        case _:
            pass
    parts = [_value(part, column, value) for part in node.parts]
    return None if None in parts and node.text != "COALESCE" else _computed(node, parts)


def _computed(node: Node, parts: list[Known]) -> Known:
    """What an operator or a function makes of values that are not NULL."""
    first = parts[0] if parts else None
    match node.kind:
        case Kind.INFIX if node.text in _COMPARING:
            return _compared(node.text, first, parts[1])
        case Kind.BETWEEN if "SYMMETRIC" not in node.text:
            found = _compared(">=", first, parts[1]) and _compared("<=", first, parts[2])
            return found == (node.text == "BETWEEN")
        case Kind.IN:
            listed = any(_compared("=", first, part) for part in parts[1:])
            return listed == (node.text == "IN")
        case Kind.LIKE if node.text in ("LIKE", "ILIKE") and len(parts) == len("ab"):
            return _matches(str(first), str(parts[1]), ignoring_case=node.text == "ILIKE")
        case Kind.CALL if node.text in _LENGTHS and isinstance(first, str):
            return Decimal(len(first))
        case Kind.CALL if node.text in ("lower", "upper") and isinstance(first, str):
            return first.lower() if node.text == "lower" else first.upper()
        case Kind.CALL if node.text == "COALESCE":
            return next((part for part in parts if part is not None), None)
        case Kind.SYNTAX if node.text == "TRIM(BOTH FROM {})" and isinstance(first, str):
            return first.strip(" ")
        case _:
            raise Unknown


def _compared(sign: str, left: Known, right: Known) -> bool:
    if isinstance(left, str) and isinstance(right, Decimal):
        left = Decimal(left)
    if isinstance(left, Decimal) and isinstance(right, str):
        right = Decimal(right)
    if isinstance(left, bool) and isinstance(right, bool) and sign in ("=", "<>"):
        return (left == right) == (sign == "=")
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return _COMPARING[sign](left, right)
    if (
        isinstance(left, str)
        and isinstance(right, str)
        and (sign in ("=", "<>") or _plain(left, right))
    ):
        return _COMPARING[sign](left, right)
    raise Unknown


def _plain(left: str, right: str) -> bool:
    """Whether every collation puts the two texts in one order."""
    return not left or not right or (left + right).isdigit()


def _joined(node: Node, column: str, value: Known) -> Known:
    """AND and OR of three values; one part can settle it whatever the others are."""
    settling = node.kind is Kind.OR
    null = doubtful = False
    for part in node.parts:
        try:
            found = _value(part, column, value)
        except Unknown:
            doubtful = True
            continue
        if found is settling:
            return settling
        null = null or found is None
    if doubtful:
        raise Unknown
    return None if null else not settling


def _tested(test: str, value: Known) -> bool:
    match test.removeprefix("IS ").split():
        case [*negated, "NULL"]:
            return (value is None) != bool(negated)
        case [*negated, "TRUE"]:
            return (value is True) != bool(negated)
        case [*negated, "FALSE"]:
            return (value is False) != bool(negated)
        case _:
            raise Unknown


def _matches(text: str, pattern: str, *, ignoring_case: bool) -> bool:
    if "\\" in pattern:
        raise Unknown
    parts = (".*" if c == "%" else "." if c == "_" else re.escape(c) for c in pattern)
    flags = re.DOTALL | (re.IGNORECASE if ignoring_case else 0)
    return re.fullmatch("".join(parts), text, flags) is not None


def candidates(check: Node) -> list[Decimal | str]:
    """Values that the check is likely to be about: its own, and those next to them."""
    found: list[Decimal | str] = []
    if check.kind is Kind.NUMBER:
        number = Decimal(check.text)
        found += (number, number + 1, number - 1)
        if 0 < number <= _LONGEST:
            found += ("x" * int(number), "x" * (int(number) + 1))
    if check.kind is Kind.STRING:
        found += (check.text.replace("%", "x").replace("_", "x"), check.text)
    for part in check.parts:
        found += candidates(part)
    return found


_LONGEST = 200
