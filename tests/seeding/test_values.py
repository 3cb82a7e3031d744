"""What stands in a file → a value: what is taken, and what is refused because something would be lost."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from okra.relational.model import LogicalKind, LogicalType
from okra.seeding.values import Cell, Misfit, Number, Wanted, conversion


def taken(kind: str, raw: Any, **more: Any) -> Any:
    return conversion(Wanted(LogicalType(kind=LogicalKind(kind), **more)), "")(raw)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("Int", -(2**31), -(2**31)),
        ("Int", "17", 17),
        ("BigInt", "9223372036854775807", 2**63 - 1),
        ("Float", 3, 3.0),
        ("Float", "1e-5", 1e-5),
        ("Decimal", Number("0.10"), Decimal("0.10")),
        ("Decimal", "99999999999999999999999999999.999999999", Decimal("9" * 29 + "." + "9" * 9)),
        ("Decimal", "1e3", Decimal(1000)),
        ("Decimal", "0.000", Decimal(0)),
        ("Boolean", Cell("Yes"), True),
        ("Boolean", False, False),
        ("DateTime", "2024-01-20", datetime.fromisoformat("2024-01-20T00:00:00")),
        ("DateTime", "2024-01-20T14:30:00+05:30", datetime.fromisoformat("2024-01-20T09:00:00")),
        ("DateTime", "0001-01-01T00:00:00Z", datetime.fromisoformat("0001-01-01T00:00:00")),
        ("Date", "9999-12-31", date(9999, 12, 31)),
        ("Time", "12:30:00.5", time(12, 30, 0, 500_000)),
        ("Time", "01:00+02:00", time(23)),
        ("JSON", Cell('{"a": [1, 2.50]}'), '{"a":[1,2.50]}'),
        (
            "JSON",
            {"a": Number("1.00000000000000000001"), 5: None},
            '{"a":1.00000000000000000001,"5":null}',
        ),
        ("JSON", [Number(".5"), Number("+5."), 2**70], "[0.5,5,1180591620717411303424]"),
        ("JSON", "text", '"text"'),
        ("Bytes", "aGVsbG8=", b"hello"),
        ("Bytes", "", b""),
    ],
)
def test_a_value_is_taken_as_it_is_meant(kind: str, raw: Any, value: Any) -> None:
    assert taken(kind, raw, precision=(38, 9)) == value


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("Int", 2**31),
        ("Int", True),
        ("Int", 1.0),
        ("Int", "1_000"),
        ("Int", "٣"),
        ("BigInt", 2**63),
        ("Float", "nan"),
        ("Float", "1e999"),
        ("Float", "1_0"),
        ("Float", "٣"),
        ("Decimal", "1_0"),
        ("Float", True),
        ("Decimal", "1e29"),
        ("Decimal", "1e999999999"),
        ("Decimal", "0.0000000001"),
        ("Decimal", "NaN"),
        ("Boolean", 1),
        ("Boolean", "true"),
        ("DateTime", "20 January 2024"),
        ("DateTime", "0001-01-01T00:00:00+05:00"),
        ("DateTime", 1705760000),
        ("DateTime", "2024-01-20T14:30:00.1234567Z"),
        ("Time", "14:30:00.1234567"),
        ("Date", "2024-02-30"),
        ("Time", "25:00"),
        ("JSON", float("inf")),
        ("JSON", Cell("{")),
        ("JSON", Cell('{"a": 1, "a": 2}')),
        ("JSON", Cell("[" * 100_000 + "]" * 100_000)),
        ("JSON", Number("1e999")),
        ("Bytes", "no base64!"),
        ("String", 5),
        ("String", "a\0b"),
        ("ID", 5),
    ],
)
def test_a_value_that_would_lose_something_or_is_another_kind_is_refused(
    kind: str, raw: Any
) -> None:
    with pytest.raises(Misfit):
        taken(kind, raw, precision=(38, 9))


def test_lists_are_converted_one_by_one() -> None:
    assert taken("Int", Cell("[1, 2]"), list=True) == (1, 2)
    assert taken("Date", ["2024-01-20"], list=True) == (date(2024, 1, 20),)
    for wrong in ("x", [1, None], {"a": 1}, ["x"]):
        with pytest.raises(Misfit):
            taken("Int", wrong, list=True)
