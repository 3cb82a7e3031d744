"""What each type of the schema is in Python: its annotation, and what reads and writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.codegen.python.options import DateTimeType, DecimalType, IdType
from okra.language.definition import Scalar

if TYPE_CHECKING:
    from okra.codegen.python.options import PythonOptions


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One type.

    annotation  of a value in memory
    read        the helper that makes it of a JSON value, and refuses others; None for an enum, which has its own
    write       the helper that makes the JSON form of it, and refuses what has none; None where `around` does
    around      what stands before and behind a value where its JSON form is written
    imports     what annotation and `around` need
    """

    annotation: str
    read: str | None = None
    write: str | None = None
    around: tuple[str, str] = ("", "")
    imports: tuple[str, ...] = ()


_TEXT = Kind(annotation="str", read="text")
_DATES = ("datetime as _dt",)

_ALWAYS = {
    Scalar.ID: _TEXT,
    Scalar.STRING: _TEXT,
    Scalar.NATIVE: _TEXT,
    Scalar.INT: Kind(annotation="int", read="int32", write="int32"),
    Scalar.BIG_INT: Kind(annotation="int", read="int64", write="int64_text"),
    Scalar.FLOAT: Kind(annotation="float", read="real", write="real"),
    Scalar.BOOLEAN: Kind(annotation="bool", read="boolean"),
    Scalar.JSON: Kind(annotation="Any", read="element", imports=("typing:Any",)),
    Scalar.BYTES: Kind(
        annotation="bytes",
        read="binary",
        around=("b64encode(", ").decode()"),
        imports=("base64:b64encode",),
    ),
    Scalar.DECIMAL: Kind(annotation="str", read="decimal_form", write="decimal_form"),
    Scalar.DATE_TIME: Kind(annotation="str", read="date_time_form", write="date_time_form"),
    Scalar.DATE: Kind(annotation="str", read="date_form", write="date_form"),
    Scalar.TIME: Kind(annotation="str", read="time_form", write="time_form"),
}
_DECIMAL = Kind(
    annotation="Decimal", read="decimal", write="decimal_text", imports=("decimal:Decimal",)
)
_UUID = Kind(annotation="UUID", read="uuid", around=("str(", ")"), imports=("uuid:UUID",))
_DATETIMES = {
    Scalar.DATE_TIME: Kind(
        annotation="_dt.datetime", read="date_time", write="date_time_text", imports=_DATES
    ),
    Scalar.DATE: Kind(annotation="_dt.date", read="date", write="date_text", imports=_DATES),
    Scalar.TIME: Kind(annotation="_dt.time", read="time", write="time_text", imports=_DATES),
}


def kinds(options: PythonOptions) -> dict[Scalar, Kind]:
    """Every built-in type, as the options want it."""
    found = dict(_ALWAYS)
    if options.decimal is DecimalType.DECIMAL:
        found[Scalar.DECIMAL] = _DECIMAL
    if options.id is IdType.UUID:
        found[Scalar.ID] = _UUID
    if options.date_time is DateTimeType.DATETIME:
        found |= _DATETIMES
    return found


def enum_kind(name: str, imports: tuple[str, ...]) -> Kind:
    """An enum, by the name of its class."""
    return Kind(annotation=name, around=("", ".value"), imports=imports)
