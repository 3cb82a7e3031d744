"""Which literals are values of the schema language, on every server alike."""

from __future__ import annotations

import pytest

from okra.dialects import dialect
from okra.dialects.values import BIG_INT, INT, is_decimal, is_whole, spelled_json
from okra.relational.model import Column, Database, Table


@pytest.mark.parametrize(
    ("text", "fits"),
    [("-2147483648", True), ("2147483648", False), ("1.0", False), ("9" * 5_000, False)],
)
def test_a_whole_number_has_its_bounds(text: str, fits: bool) -> None:
    assert is_whole(text, INT) is fits
    assert is_whole(text, BIG_INT) is (fits or text == "2147483648")


@pytest.mark.parametrize(
    ("text", "fits"),
    [("012.50", True), ("123.4", False), ("1.234", False), ("1e3", False), ("-1", True)],
)
def test_a_decimal_has_room_for_its_digits(text: str, fits: bool) -> None:
    assert is_decimal(text, (4, 2)) is fits


def test_json_has_one_spelling() -> None:
    found = [spelled_json(text) for text in ('{"b": 1, "a": "ü"}', "NaN", "{", "[" * 9_999, None)]

    assert found == ['{"a":"ü","b":1}', None, None, None, None]


@pytest.mark.parametrize("provider", ["mysql", "postgres", "sqlite"])
def test_a_default_of_thousands_of_digits_is_left_as_it_is(provider: str) -> None:
    native = {"mysql": "int", "postgres": "integer", "sqlite": "integer"}[provider]
    column = Column(name="a", type=native, default="9" * 5_000)
    database = Database(tables=(Table(name="t", columns=(column,)),))

    [table] = dialect(provider).logical(database).tables

    assert table.columns[0].default == "9" * 5_000
