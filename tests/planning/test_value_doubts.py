"""An enum that loses one value and gets another: the user is told how to say that it is the same one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.hints import value_doubts
from okra.language.define import parse_schema
from okra.source import Source

if TYPE_CHECKING:
    from okra.language.definition import SchemaDefinition


def enum(values: str) -> SchemaDefinition:
    return parse_schema([Source("s", f"enum State {{ {values} }}")]).definition


def test_a_value_that_goes_while_another_comes_may_be_renamed() -> None:
    assert value_doubts(enum("OPEN CANCELLED"), enum("OPEN CALLED_OFF")) == (
        (
            "enum `State` loses `CANCELLED` and gets `CALLED_OFF`: if that is the same value, write "
            '`CALLED_OFF @renamed(from: "CANCELLED")`, and rows that hold it keep it'
        ),
    )


def test_a_value_that_says_what_it_was_is_no_doubt() -> None:
    after = enum('OPEN CALLED_OFF @renamed(from: "CANCELLED")')

    assert value_doubts(enum("OPEN CANCELLED"), after) == ()


def test_a_value_that_only_goes_or_only_comes_is_no_doubt() -> None:
    assert value_doubts(enum("OPEN PAID"), enum("OPEN")) == ()
    assert value_doubts(enum("OPEN"), enum("OPEN PAID")) == ()
