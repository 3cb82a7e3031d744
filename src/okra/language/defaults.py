"""`@default(…)`: the value it gives, and whether the field's type can hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.language.definition import (
    DefaultFunction,
    EnumDefault,
    FunctionDefault,
    LiteralDefault,
    Scalar,
    SqlDefault,
)
from okra.language.literals import Literal, Misfit, literal
from okra.language.parse_values import shown
from okra.language.report import listed
from okra.language.syntax import CallValue, ListValue, NameValue, NullValue, StringValue
from okra.source import Span

if TYPE_CHECKING:
    from okra.language.arguments import Arguments
    from okra.language.definition import Default
    from okra.language.drafts import EnumDraft, FieldDraft
    from okra.language.report import Report
    from okra.language.syntax import Value

_FUNCTIONS = {function.value: function for function in DefaultFunction}
_FUNCTION_TYPES = {
    DefaultFunction.UUID: (Scalar.ID, Scalar.STRING),
    DefaultFunction.NOW: (Scalar.DATE_TIME, Scalar.DATE, Scalar.TIME),
    DefaultFunction.AUTOINCREMENT: (Scalar.INT, Scalar.BIG_INT),
}
_FAMILIAR = {
    "dbgenerated": 'SQL is written `sql("…")`',
    "cuid": "use `uuid`",
    "ulid": "use `uuid`",
    "nanoid": "use `uuid`",
    "gen_random_uuid": "use `uuid`",
    "current_timestamp": "use `now`",
    "increment": "use `autoincrement`",
    "auto": "use `autoincrement`",
}


def read_default(draft: FieldDraft, bound: Arguments, report: Report) -> Default | None:
    """The default of `draft`, or None where there is none or it was reported."""
    value = bound.values["value"]
    if isinstance(value, CallValue) and value.name == "sql":
        sql = bound.sql("value")
        return None if sql is None else SqlDefault(sql)
    if isinstance(value, NullValue):
        if draft.type.required:
            _misfit(draft, value, report, "is required and can't be null", "take the default out")
        return None
    if draft.enum is not None:
        return _enum_default(draft, draft.enum, value, report)
    if draft.scalar is None:
        return None
    if isinstance(value, (CallValue, NameValue)):
        return _function(draft, value, report)
    if draft.type.list:
        return _list_default(draft, draft.scalar, value, report)
    found = _literal(draft, draft.scalar, value, report)
    return None if found is None else LiteralDefault(found)


def _function(
    draft: FieldDraft, value: CallValue | NameValue, report: Report
) -> FunctionDefault | None:
    function = _FUNCTIONS.get(value.name)
    span = Span(draft.file, value.start, value.end)
    if function is None:
        otherwise = 'text stands in quotes, SQL in `sql("…")`'
        report.error(
            "OKR131",
            f"unknown default `{shown(value.name)}`",
            span,
            _FAMILIAR.get(value.name.lower()) or report.nearest(value.name, _FUNCTIONS, otherwise),
        )
        return None
    if isinstance(value, CallValue) and value.arguments:
        report.error(
            "OKR110", f"`{value.name}` takes no arguments", span, f"write `@default({value.name})`"
        )
        return None
    types = _FUNCTION_TYPES[function]
    if draft.type.list or (draft.scalar not in types and draft.scalar is not Scalar.NATIVE):
        report.error(
            "OKR132",
            f"`{function}` is a default for {listed(types, 'or')}, and `{draft.name}` is "
            f"`{_type_text(draft)}`",
            span,
            "change the type, or give another default",
        )
        return None
    return FunctionDefault(function)


def _list_default(
    draft: FieldDraft, scalar: Scalar, value: Value, report: Report
) -> LiteralDefault | None:
    if not isinstance(value, ListValue):
        _misfit(draft, value, report, "is a list", "write a list: `[]`, `[1, 2]`")
        return None
    found = [_literal(draft, scalar, item, report) for item in value.items]
    whole = tuple(item for item in found if item is not None)
    return LiteralDefault(whole) if len(whole) == len(found) else None


def _literal(draft: FieldDraft, scalar: Scalar, value: Value, report: Report) -> Literal | None:
    """The value in the form that the definition keeps, or None if it does not fit."""
    try:
        return literal(scalar, value, length=draft.length, precision=draft.precision)
    except Misfit as misfit:
        _misfit(draft, value, report, misfit.reason, misfit.hint)
        return None


def _enum_default(
    draft: FieldDraft, enum: EnumDraft, value: Value, report: Report
) -> EnumDefault | None:
    if not draft.type.list:
        name = _enum_value(draft, enum, value, report)
        return None if name is None else EnumDefault(name)
    if not isinstance(value, ListValue):
        _misfit(draft, value, report, "is a list", "write a list: `[]`, `[A, B]`")
        return None
    found = [_enum_value(draft, enum, item, report) for item in value.items]
    whole = tuple(item for item in found if item is not None)
    return EnumDefault(whole) if len(whole) == len(found) else None


def _enum_value(draft: FieldDraft, enum: EnumDraft, value: Value, report: Report) -> str | None:
    if isinstance(value, NameValue) and value.name in enum.stored:
        return value.name
    span = Span(draft.file, value.start, value.end)
    hint = f"its values are {listed(enum.stored)}"
    if isinstance(value, NameValue):
        hint = report.nearest(value.name, enum.stored, hint) or hint
        report.error("OKR131", f"`{enum.name}` has no value `{shown(value.name)}`", span, hint)
        return None
    if isinstance(value, StringValue):
        name = enum.texts.get(value.text) or (value.text if value.text in enum.stored else None)
        hint = f"write the value's name, without quotes: `{name}`" if name else hint
    report.error(
        "OKR130", f"the default of `{draft.name}` must be a value of `{enum.name}`", span, hint
    )
    return None


def _type_text(draft: FieldDraft) -> str:
    return f"[{draft.type.name}!]" if draft.type.list else draft.type.name


def _misfit(draft: FieldDraft, value: Value, report: Report, reason: str, hint: str | None) -> None:
    report.error(
        "OKR130",
        f"this default doesn't fit: `{draft.name}` {reason}",
        Span(draft.file, value.start, value.end),
        hint,
    )
