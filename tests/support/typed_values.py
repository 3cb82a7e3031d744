"""Values of every type in JSON, as texts: right ones that generated code of every language takes, and wrong ones that
every guard refuses. See "One JSON form" in docs/types.md; the schema is tests/codegen/schemas/every_type.okra.gql.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from generated import schema
from okra.language.definition import Scalar

if TYPE_CHECKING:
    from okra.codegen.shape import Member, Shape

ID = '"00000000-0000-4000-8000-000000000001"'

RIGHT: dict[str, tuple[str, ...]] = {
    "ID": (ID, '"ffffffff-ffff-ffff-ffff-ffffffffffff"'),
    "String": ('"12345"', '""', '"äöüßé"', '"😀😀😀😀😀"', r'"\u0000\n\"\\/"', r'"<&>\u2028"'),
    "Int": ("0", "1", "-1", "2147483647", "-2147483648"),
    "BigInt": (
        '"0"',
        '"-1"',
        '"9223372036854775807"',
        '"-9223372036854775808"',
        '"9007199254740993"',
    ),
    "Float": ("0", "1", "1.0", "-1.5", "0.1", "1e300", "5e-324", "1.7976931348623157e308", "1e21"),
    "Decimal": ('"0"', '"-1.5"', '"10.00"', '"0.10"', '"1234567890.12"', '"-0.01"'),
    "Boolean": ("true", "false"),
    "DateTime": (
        '"2026-01-02T03:04:05Z"',
        '"2026-01-02T03:04:05.123456Z"',
        '"2026-01-02T03:04:05.1Z"',
        '"2026-01-02T03:04:05.123456789Z"',
        '"2026-01-02T03:04:05+02:00"',
        '"2026-01-02T23:04:05.5-11:30"',
        '"0001-01-01T00:00:00Z"',
        '"0099-06-01T12:00:00Z"',
        '"9999-12-31T23:59:59.999Z"',
        '"2024-02-29T00:00:00Z"',
        '"2000-02-29T12:00:00Z"',
    ),
    "Date": ('"2026-01-02"', '"2024-02-29"', '"2000-02-29"', '"0001-01-01"', '"9999-12-31"'),
    "Time": ('"03:04:05"', '"00:00:00"', '"23:59:59.999999999"', '"12:00:00.5"', '"12:00:00.000"'),
    "JSON": (
        "null",
        "1",
        "-1.5",
        "true",
        '"x"',
        "[]",
        "{}",
        '{"a":[null,{"b":1.5}],"":"<&>"}',
        '"😀"',
        "[[[[]]]]",
        '{"constructor":{"toString":1}}',
    ),
    "Bytes": ('""', '"AA=="', '"AAE="', '"AAEC"', '"+/+/"', '"/////w=="'),
    "Native": ('"(1,2)"', '""'),
    "Colour": ('"RED"', '"light green"', '"none"'),
    "Text": tuple(
        json.dumps(value.stored) for enum in schema("hostile_texts").enums for value in enum.values
    ),
    "type": ('"class"', '"constructor"', '"__proto__"', '"None"'),
}

_NO_STRING = ("1", "1.5", "true", "false", "[]", "{}", '["a"]')
_NO_NUMBER = ('"1"', '""', "true", "false", "[]", "{}", "[1]")

WRONG: dict[str, tuple[str, ...]] = {
    "ID": _NO_STRING,
    "String": _NO_STRING,
    "Int": (*_NO_NUMBER, "2147483648", "-2147483649", "1.5", "1e10", "0.1", "9223372036854775808"),
    "BigInt": (
        *_NO_STRING,
        '"9223372036854775808"',
        '"-9223372036854775809"',
        '"99999999999999999999999"',
        '"1.0"',
        '"1.5"',
        '"+1"',
        '"-0"',
        '"01"',
        '"-01"',
        '"00"',
        '""',
        '"-"',
        '"--1"',
        '" 1"',
        '"1 "',
        r'"1\n"',
        r'"\n1"',
        '"0x1"',
        '"1e3"',
        '"1_000"',
        '"1n"',
        r'"\u0661"',
        r'"\uff11"',
        '"one"',
    ),
    "Float": (*_NO_NUMBER, '"1.5"', '"NaN"', '"Infinity"', "1e999", "-1e999"),
    "Decimal": (
        *_NO_STRING,
        '""',
        '"1e5"',
        '"1E5"',
        '"1."',
        '".5"',
        '"-.5"',
        '"+1"',
        '"-"',
        '"."',
        '"1.2.3"',
        '"1,5"',
        '" 1"',
        '"1 "',
        r'"1\n"',
        '"1_000"',
        '"0x10"',
        '"NaN"',
        '"sNaN"',
        '"Infinity"',
        '"-Infinity"',
        r'"\u0661"',
        r'"\uff11"',
        '"one"',
    ),
    "Boolean": ("0", "1", '"true"', '""', "[]", "{}", "[true]"),
    "DateTime": (
        *_NO_STRING,
        "1767322800",
        '""',
        '"now"',
        '"2026-01-02"',
        '"2026-01-02T03:04:05"',
        '"2026-01-02 03:04:05Z"',
        '"2026-01-02T03:04Z"',
        '"2026-01-02T03Z"',
        '"2026-1-2T3:4:5Z"',
        '"20260102T030405Z"',
        '"2026-W01-1T00:00:00Z"',
        '"2026-002T00:00:00Z"',
        '"12026-01-02T03:04:05Z"',
        '"+002026-01-02T03:04:05Z"',
        '"-2026-01-02T03:04:05Z"',
        '"26-01-02T03:04:05Z"',
        '"0000-12-31T00:00:00Z"',
        '"0001-01-01T00:00:00+00:01"',
        '"9999-12-31T23:59:59.9-00:01"',
        '"2026-02-29T00:00:00Z"',
        '"2026-02-30T00:00:00Z"',
        '"2026-04-31T00:00:00Z"',
        '"1900-02-29T00:00:00Z"',
        '"2026-13-01T00:00:00Z"',
        '"2026-00-10T00:00:00Z"',
        '"2026-01-00T00:00:00Z"',
        '"2026-01-32T00:00:00Z"',
        '"2026-01-02T24:00:00Z"',
        '"2026-01-02T25:00:00Z"',
        '"2026-01-02T23:60:00Z"',
        '"2026-01-02T23:59:60Z"',
        '"2026-01-02T23:59:61Z"',
        '"2026-01-02T03:04:05.Z"',
        '"2026-01-02T03:04:05,5Z"',
        '"2026-01-02T03:04:05.1234567890Z"',
        '"2026-01-02T03:04:05+02"',
        '"2026-01-02T03:04:05+0200"',
        '"2026-01-02T03:04:05+2:00"',
        '"2026-01-02T03:04:05+24:00"',
        '"2026-01-02T03:04:05+02:60"',
        '"2026-01-02T03:04:05+02:00:00"',
        '"2026-01-02T03:04:05 Z"',
        '"2026-01-02T03:04:05ZZ"',
        '"2026-01-02T03:04:05Z "',
        '" 2026-01-02T03:04:05Z"',
        r'"2026-01-02T03:04:05Z\n"',
        r'"\uff12\uff10\uff12\uff16-01-02T03:04:05Z"',
        '"2026-01-02T03:04:05Europe/Vienna"',
        '"Fri, 02 Jan 2026 03:04:05 GMT"',
    ),
    "Date": (
        *_NO_STRING,
        "20260102",
        '""',
        '"2026-02-30"',
        '"2026-02-29"',
        '"1900-02-29"',
        '"2026-04-31"',
        '"2026-13-01"',
        '"2026-00-01"',
        '"2026-01-00"',
        '"2026-1-2"',
        '"20260102"',
        '"2026-W01-1"',
        '"2026/01/02"',
        '"02.01.2026"',
        '"2026-01-02T00:00:00Z"',
        '"2026-01-02Z"',
        '"2026-01-02 "',
        '" 2026-01-02"',
        r'"2026-01-02\n"',
        '"12026-01-02"',
        r'"\uff12\uff10\uff12\uff16-01-02"',
    ),
    "Time": (
        *_NO_STRING,
        '""',
        '"24:00:00"',
        '"23:60:00"',
        '"23:59:60"',
        '"-01:00:00"',
        '"3:04:05"',
        '"03:04"',
        '"03"',
        '"030405"',
        '"03:04:05Z"',
        '"03:04:05+01:00"',
        '"T03:04:05"',
        '"03:04:05."',
        '"03:04:05,5"',
        '"03:04:05.1234567890"',
        '"03:04:05 "',
        r'"03:04:05\n"',
        '"03:04:05 PM"',
        r'"\uff10\uff13:04:05"',
    ),
    "JSON": ("1e400", "[-1e400]", '{"a":[{"b":1e999}]}', f"1{'0' * 400}"),
    "Bytes": (
        *_NO_STRING,
        '"AAECAw===="',
        '"///////w=="',
        '"///////w==="',
        '"A"',
        '"AA"',
        '"AA="',
        '"A==="',
        '"===="',
        '"="',
        '"AA==AA=="',
        '"AA==="',
        '"-_-_"',
        '"AAEC "',
        '" AAEC"',
        r'"AAEC\n"',
        r'"AA\nEC"',
        '"AÄEC"',
        r'"\uff21AEC"',
        '"AA.C"',
    ),
    "Native": _NO_STRING,
    "Colour": (
        *_NO_STRING,
        '"GREEN"',
        '"NO_COLOUR"',
        '"red"',
        '"RED "',
        '""',
        '"toString"',
        '"__proto__"',
    ),
}

NO_OBJECTS = ("null", "[]", '"x"', "1", "true", "[{}]", "{}")
"""Values that are no row of any model with a required field."""


class Wrong(NamedTuple):
    """A value with something wrong, and the field that is to blame: `whole`, `texts[1]`; empty: all of it."""

    model: str
    place: str
    text: str


def kind(member: Member) -> str:
    return member.type.value if isinstance(member.type, Scalar) else member.type.name


def base(shape: Shape) -> dict[str, str]:
    """A right value for each field, as texts; 1 is what every check lets pass."""
    found = {}
    for member in shape.members:
        first = "1" if member.checks else RIGHT[kind(member)][0]
        found[member.name] = f"[{first}]" if member.list else first
    return found


def written(values: dict[str, str]) -> str:
    return "{" + ",".join(f"{json.dumps(name)}:{text}" for name, text in values.items()) + "}"


def right_values(shape: Shape, *, exact: bool = True) -> list[str]:
    """Rows of a model that every language takes: each right value in its field, and the edges of the object itself.

    exact  names are told apart by their case, as they are not by the decoder of Go alone
    """
    whole = base(shape)
    required = {each.name: whole[each.name] for each in shape.members if each.required}
    nulls = {each.name: "null" for each in shape.members if not each.required}
    found = [written(whole), written(required), written(required | nulls)]
    found.append(written(dict(reversed(whole.items()))))
    found.append(written({"zzz": "1", **whole, "__proto__x": '{"a":[]}', "": "null"}))
    if exact:
        found.append(written({**whole, **{_other_case(name): "[1]" for name in whole}}))
    for member in shape.members:
        if member.checks:
            continue
        texts = RIGHT[kind(member)]
        if member.list:
            texts = ("[]", f"[{','.join(texts)}]", f"[{texts[0]},{texts[0]}]")
        found += [written(whole | {member.name: text}) for text in texts]
    return found


def too_long(shape: Shape) -> list[Wrong]:
    """Rows with more characters in a text than it may have."""
    whole = base(shape)
    return [
        Wrong(shape.name, member.name, written(whole | {member.name: json.dumps(letter * count)}))
        for member in shape.members
        if (count := (member.length or 0) + 1) > 1
        for letter in "xä😀"
    ]


def wrong_values(shape: Shape) -> list[Wrong]:
    """Rows that every guard refuses: one thing is wrong in each."""
    whole = base(shape)
    found = [Wrong(shape.name, "", text) for text in NO_OBJECTS]
    for member in shape.members:
        name = member.name
        found += [
            Wrong(shape.name, place, written(whole | {name: text}))
            for place, text in _wrong_members(member)
        ]
    return found + incomplete(shape)


def incomplete(shape: Shape) -> list[Wrong]:
    """Rows without a member that has to be there, or with one that is called almost like it."""
    whole = base(shape)
    found = []
    for name in [member.name for member in shape.members if member.required]:
        fewer = {each: text for each, text in whole.items() if each != name}
        found.append(Wrong(shape.name, name, written(fewer)))
        if _other_case(name) not in whole:
            found.append(Wrong(shape.name, name, written(fewer | {_other_case(name): whole[name]})))
    return found


def _wrong_members(member: Member) -> list[tuple[str, str]]:
    name, right, wrong = member.name, RIGHT[kind(member)], WRONG[kind(member)]
    found = []
    if not member.list:
        found = [(name, text) for text in wrong]
    else:
        found += [(name, text) for text in ("{}", '"a"', "1", '{"length":0}', '{"0":1}')]
        found += [(f"{name}[0]", f"[{text}]") for text in wrong]
        if wrong:
            found += [
                (f"{name}[2]", f"[{right[0]},{right[-1]},{text}]") for text in ("null", wrong[0])
            ]
    if member.required and kind(member) != "JSON":
        found.append((name, "null"))
    return found


def _other_case(name: str) -> str:
    """Go's decoder takes `TEXT` for `text`, if nobody looks."""
    return name.upper() if name.upper() != name else name.lower()


def same(shape: Shape, before: str, after: str, *, digits: int = 9) -> bool:
    """Whether two texts are the same row. What the model has not, and what is null, does not count.

    digits  how many of a fraction of a second count: a value in memory may have no room for more
    """
    return _canonical(shape, before, digits) == _canonical(shape, after, digits)


def _canonical(shape: Shape, text: str, digits: int) -> dict[str, Any]:
    value = json.loads(text)
    found = {}
    for member in shape.members:
        each = value.get(member.name)
        if kind(member) == "JSON" and not member.list and member.required:
            found[member.name] = ("JSON", _plain(value[member.name]))
        elif each is not None:
            many = each if member.list else [each]
            elements = [_element(kind(member), element, digits) for element in many]
            found[member.name] = elements if member.list else elements[0]
    return found


def _element(type_name: str, value: Any, digits: int) -> Any:
    match type_name:
        case "DateTime":
            return _moment(value, digits)
        case "Time":
            clock, _, fraction = value.partition(".")
            return clock, _fraction(fraction, digits)
        case "Decimal":
            number = Decimal(value)
            return number, number.as_tuple().exponent
        case "JSON":
            return _plain(value)
        case "Int" | "Float":
            assert not isinstance(value, (bool, str))
            return float(value)
        case _:
            return value


def _plain(value: Any) -> str:
    """A JSON value in which 1 and 1.0 are the same, and the order of an object's members is nothing."""
    return json.dumps(json.loads(json.dumps(value), parse_int=float), sort_keys=True)


def _moment(text: str, digits: int) -> tuple[str, str]:
    found = re.fullmatch(r"(.{19})(?:\.(\d+))?(Z|[+-]\d\d:\d\d)", text)
    assert found, text
    seconds, fraction, offset = found.groups()
    try:
        moment = datetime.fromisoformat(seconds + offset)
        utc = (moment.replace(tzinfo=None) - (moment.utcoffset() or moment - moment)).isoformat()
    except OverflowError:
        utc = seconds + offset
    return utc, _fraction(fraction or "", digits)


def _fraction(text: str, digits: int) -> str:
    return text[:digits].rstrip("0")
