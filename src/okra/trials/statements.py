"""Statements of tests: one at a time, and none that would end what it runs in or leave the scratch database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects import dialect
from okra.errors import DatabaseError, DirectoryError
from okra.trials.cases import malformed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Script


def cut(text: str, place: str, provider: str) -> Sequence[Script]:
    """The statements of `text`, which stands at `place`.

    Raises  DirectoryError
    """
    speaks = dialect(provider)
    try:
        scripts = speaks.split(text)
        speaks.refuse_misplaced(scripts)
    except (DirectoryError, DatabaseError) as error:
        raise malformed(place, error.message, error.help) from error
    return scripts


def one_statement(text: str, place: str, provider: str) -> str:
    """The one statement of `text`.

    Raises  DirectoryError
    """
    scripts = cut(text, place, provider)
    if len(scripts) != 1:
        raise malformed(place, f"one statement is wanted here, and there are {len(scripts)}")
    return scripts[0].sql
