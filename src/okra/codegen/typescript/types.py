"""What each type is in TypeScript: in memory, in JSON, and the way between the two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.codegen.typescript.options import BigIntType, DateTimeType
from okra.language.definition import Scalar

if TYPE_CHECKING:
    from okra.codegen.shape import Member
    from okra.codegen.typescript.options import TypeScriptOptions


class Kind(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One type.

    name    what errors call it
    type    of the value in memory
    guard   the function that tells a value in memory
    json    the function that tells a value in JSON
    read, write   the functions from JSON to memory and back; None where both are the same
    schema  Zod's for it: what comes out is in memory
    """

    name: str
    type: str
    guard: str
    json: str
    schema: str
    read: str | None = None
    write: str | None = None


class Kinds:
    """What every type of a schema is, with these options.

    zod  how the code calls Zod
    """

    def __init__(self, options: TypeScriptOptions, zod: str) -> None:
        self._zod = zod
        self._scalars = _scalars(zod)
        if options.big_int is BigIntType.BIGINT:
            self._scalars[Scalar.BIG_INT] = _converted(
                self._scalars[Scalar.BIG_INT], "bigint", "BigInt", zod
            )
        if options.date_time is DateTimeType.DATE:
            self._scalars[Scalar.DATE_TIME] = _converted(
                self._scalars[Scalar.DATE_TIME], "Date", "Instant", zod
            )

    def of(self, member: Member) -> Kind:
        """What the value of a member is; of a list, each element."""
        if not isinstance(member.type, Scalar):
            name = member.type.name
            guard = f"is{name}"
            return Kind(name=name, type=name, guard=guard, json=guard, schema=f"{name}Schema")
        if member.type is Scalar.STRING and member.length is not None:
            return _limited(member.length, self._zod)
        return self._scalars[member.type]


def _scalars(zod: str) -> dict[Scalar, Kind]:
    def kind(scalar: Scalar, type: str, guard: str, schema: str | None = None) -> Kind:
        checked = schema or f'{zod}.string().refine({guard}, "is no {scalar}")'
        return Kind(name=scalar, type=type, guard=guard, json=guard, schema=checked)

    text, number = f"{zod}.string()", f"{zod}.number()"
    whole = f"{number}.int().gte(-2147483648).lte(2147483647)"
    return {
        Scalar.ID: kind(Scalar.ID, "string", "$string", text),
        Scalar.STRING: kind(Scalar.STRING, "string", "$string", text),
        Scalar.NATIVE: kind(Scalar.NATIVE, "string", "$string", text),
        Scalar.INT: kind(Scalar.INT, "number", "$int", whole),
        Scalar.BIG_INT: kind(Scalar.BIG_INT, "string", "$bigIntText"),
        Scalar.FLOAT: kind(Scalar.FLOAT, "number", "$float", f"{number}.finite()"),
        Scalar.DECIMAL: kind(Scalar.DECIMAL, "string", "$decimal"),
        Scalar.BOOLEAN: kind(Scalar.BOOLEAN, "boolean", "$boolean", f"{zod}.boolean()"),
        Scalar.DATE_TIME: kind(Scalar.DATE_TIME, "string", "$dateTime"),
        Scalar.DATE: kind(Scalar.DATE, "string", "$date"),
        Scalar.TIME: kind(Scalar.TIME, "string", "$time"),
        Scalar.JSON: kind(
            Scalar.JSON, "unknown", "$json", f'{zod}.custom<{{}} | null>($json, "is no JSON")'
        ),
        Scalar.BYTES: kind(Scalar.BYTES, "string", "$base64"),
    }


def _converted(text: Kind, type: str, name: str, zod: str) -> Kind:
    """A type that is a string in JSON only: `$isBigInt`, `$toBigInt`, `$fromBigInt`; Zod takes both."""
    custom = f'{zod}.custom<{type} | string>($either{name}, "is no {text.name}")'
    return Kind(
        name=text.name,
        type=type,
        guard=f"$is{name}",
        json=text.json,
        schema=f"{custom}.transform($as{name})",
        read=f"$to{name}",
        write=f"$from{name}",
    )


def _limited(length: int, zod: str) -> Kind:
    name = f"String of at most {length} characters"
    guard = f"$string{length}"
    schema = f'{zod}.string().refine({guard}, "is no {name}")'
    return Kind(name=name, type="string", guard=guard, json=guard, schema=schema)
