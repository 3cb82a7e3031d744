"""What the configuration may say of Python."""

from __future__ import annotations

from enum import StrEnum

from okra.codegen.generator import Files, Options


class Style(StrEnum):
    """What a model is."""

    DATACLASS = "dataclass"
    TYPEDDICT = "typeddict"
    PYDANTIC = "pydantic"
    MSGSPEC = "msgspec"


class DateTimeType(StrEnum):
    STR = "str"
    DATETIME = "datetime"


class DecimalType(StrEnum):
    DECIMAL = "Decimal"
    STR = "str"


class IdType(StrEnum):
    STR = "str"
    UUID = "UUID"


class PythonOptions(Options, frozen=True, kw_only=True):
    """The options of Python.

    style      what a model is; Pydantic means its version 2
    files      `one`: all in `models.py`; `each`: a package with a file for each model
    date_time  what DateTime, Date and Time are in memory; a `datetime` keeps microseconds
    decimal    what a Decimal is in memory
    id         what an ID is in memory
    """

    style: Style = Style.DATACLASS
    files: Files = Files.ONE
    date_time: DateTimeType = DateTimeType.STR
    decimal: DecimalType = DecimalType.DECIMAL
    id: IdType = IdType.STR
