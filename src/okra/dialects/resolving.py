"""What making a database native has in common for several dialects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.errors import UnsupportedChange
from okra.relational.model import Check

if TYPE_CHECKING:
    from collections.abc import Callable


def refused(code: str, message: str, place: str, help: str) -> UnsupportedChange:
    """The error for what a dialect can't express."""
    return UnsupportedChange(message, code=code, place=place, help=help)


def named_check(
    check: Check,
    table: str,
    quote: Callable[[str], str],
    expression: Callable[[str, str, str], str],
) -> Check:
    """`check` of `table` as the server has it, with its name.

    expression  (text, place, what it is) → its canonical spelling
    Raises      UnsupportedChange for a name or an expression that can't be
    """
    place = f"{table}.{check.name}" if check.name else table
    if check.name is not None:
        quote(check.name)
    return Check(name=check.name, expression=expression(check.expression, place, "a check"))
