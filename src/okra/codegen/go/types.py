"""What each type is in Go, and what the generated code calls the types that it brings along."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from okra.codegen.go.names import exported
from okra.language.definition import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.codegen.shape import Member, Type

_TYPES = {
    Scalar.INT: "int32",
    Scalar.BIG_INT: "int64",
    Scalar.FLOAT: "float64",
    Scalar.BOOLEAN: "bool",
    Scalar.JSON: "json.RawMessage",
    Scalar.ID: "string",
    Scalar.STRING: "string",
    Scalar.DECIMAL: "string",
    Scalar.DATE: "string",
    Scalar.TIME: "string",
    Scalar.NATIVE: "string",
}
_IMPORTS = {"json.RawMessage": "encoding/json", "time.Time": "time"}
_METHODS = frozenset({"Validate"})


class TypeNames(msgspec.Struct, frozen=True, kw_only=True):
    """What the types are called that the generated code brings along, and what a DateTime is.

    A model of the same name keeps it; what is ours is then called otherwise.
    """

    list: str
    big_ints: str
    bytes: str
    invalid: str
    date_time: str

    def of(self, type_: Type) -> str:
        """The Go type of one value."""
        if not isinstance(type_, Scalar):
            return exported(type_.name)
        if type_ is Scalar.DATE_TIME:
            return self.date_time
        return self.bytes if type_ is Scalar.BYTES else _TYPES[type_]

    def whole(self, member: Member) -> str:
        """The Go type of a field's value where it is not null."""
        if not member.list:
            return self.of(member.type)
        if member.type is Scalar.BIG_INT:
            return self.big_ints
        return f"{self.list}[{self.of(member.type)}]"


def free_names(taken: Iterable[str], date_time: str) -> TypeNames:
    """The names that are left.

    taken  what the schema's own types, constants and functions are called
    """
    all_taken = frozenset(taken)

    def free(name: str) -> str:
        candidates = (name, f"Okra{name}", f"Okra{name}_")  # nothing of the schema ends in `_`
        return next(candidate for candidate in candidates if candidate not in all_taken)

    return TypeNames(
        list=free("List"),
        big_ints=free("BigInts"),
        bytes=free("Bytes"),
        invalid=free("Invalid"),
        date_time=date_time,
    )


def field_name(member: Member) -> str:
    """A field beside a method of the same name would be refused: `Validate_`."""
    name = exported(member.name)
    return f"{name}_" if name in _METHODS else name


def field_type(member: Member, names: TypeNames) -> str:
    return names.whole(member) if member.required else f"*{names.whole(member)}"


def tag(member: Member) -> str:
    """`json:"content,omitempty"`."""
    empty = "" if member.required else ",omitempty"
    text = ",string" if member.type is Scalar.BIG_INT and not member.list else ""
    return f'`json:"{member.name}{empty}{text}"`'


def imports_of(member: Member, names: TypeNames) -> str | None:
    """What a field's type needs to be imported."""
    return _IMPORTS.get(names.of(member.type))


def helpers_of(member: Member, names: TypeNames) -> tuple[str, ...]:
    """The types of ours that a field's type needs."""
    if member.list and member.type is Scalar.BIG_INT:
        return ("BigInts",)
    found = ("List",) if member.list else ()
    return (*found, "Bytes") if names.of(member.type) == names.bytes else found
