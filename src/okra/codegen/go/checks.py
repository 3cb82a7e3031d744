"""`@check` in Go: the condition under which a row breaks it.

In SQL a comparison with NULL is neither true nor false, and a check is broken only by what is false. So each
condition is said twice: when it is true, and when it is false.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

import msgspec

from okra.codegen.go.comparing import Kind, Literal, Value, compared
from okra.codegen.go.conditions import Atom, Cannot, Truth, atoms, both, either
from okra.codegen.go.types import field_name
from okra.codegen.sql import All, Any, Column, Compare, IsNull, Length, Not, Number, Text, read
from okra.codegen.sql import Truth as Boolean
from okra.language.definition import Scalar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okra.codegen.go.types import TypeNames
    from okra.codegen.shape import Member
    from okra.codegen.sql import Condition, Operand

_KINDS = {
    Scalar.ID: Kind.TEXT,
    Scalar.STRING: Kind.TEXT,
    Scalar.INT: Kind.WHOLE,
    Scalar.BIG_INT: Kind.WHOLE,
    Scalar.FLOAT: Kind.FLOAT,
    Scalar.DECIMAL: Kind.DECIMAL,
    Scalar.BOOLEAN: Kind.BOOLEAN,
    Scalar.DATE: Kind.DATE,
    Scalar.TIME: Kind.TIME,
    Scalar.DATE_TIME: Kind.MOMENT,
}
_OPPOSITES = {"=": "<>", "<>": "=", "<": ">=", ">=": "<", "<=": ">", ">": "<="}


class Broken(msgspec.Struct, frozen=True, kw_only=True):
    """When a check is broken, as a condition of Go, and the helpers that it uses.

    condition  None where no value of the type can break it
    """

    condition: str | None = None
    imports: frozenset[str] = frozenset()
    helpers: frozenset[str] = frozenset()


def broken(
    expression: str, columns: Mapping[str, Member], receiver: str, names: TypeNames
) -> Broken | None:
    """When a row breaks a check, or None where Go can't tell.

    columns   the fields by the names of their columns
    receiver  what the value is called
    """
    condition = read(expression)
    if condition is None:
        return None
    try:
        found = _Saying(columns, receiver, names).false(condition)
    except Cannot:
        return None
    if found is False:
        return Broken()
    if found is True:  # whatever the value is: that can't be meant
        return None
    used = list(atoms(found))
    return Broken(
        condition=found.text,
        imports=frozenset(path for atom in used for path in atom.imports),
        helpers=frozenset(helper for atom in used for helper in atom.helpers),
    )


class _Saying:
    """Conditions of SQL in Go; NULL makes a comparison neither true nor false."""

    def __init__(self, columns: Mapping[str, Member], receiver: str, names: TypeNames) -> None:
        self._columns = columns
        self._receiver = receiver
        self._names = names

    def true(self, condition: Condition) -> Truth:
        """When the condition is true."""
        match condition:
            case Compare(operator, left, right):
                return self._compared(operator, left, right)
            case IsNull(of):
                return self._null(of, "==")
            case Not(of):
                return self.false(of)
            case All(of):
                return both(self.true(part) for part in of)
            case Any(of):
                return either(self.true(part) for part in of)
            case Column():
                return self._compared("=", condition, Boolean(True))
            case Boolean(value):
                return value
            case _:
                assert_never(condition)

    def false(self, condition: Condition) -> Truth:
        """When the condition is false."""
        match condition:
            case Compare(operator, left, right):
                return self._compared(_OPPOSITES[operator], left, right)
            case IsNull(of):
                return self._null(of, "!=")
            case Not(of):
                return self.true(of)
            case All(of):
                return either(self.false(part) for part in of)
            case Any(of):
                return both(self.false(part) for part in of)
            case Column():
                return self._compared("=", condition, Boolean(False))
            case Boolean(value):
                return not value
            case _:
                assert_never(condition)

    def _null(self, column: Column, operator: str) -> Truth:
        member = self._member(column)
        if member.required:
            return operator == "!="
        return Atom(self._field(member), operator, "nil")

    def _compared(self, operator: str, left: Operand, right: Operand) -> Truth:
        found = compared(operator, self._value(left), self._value(right))
        given = [
            self._null(item.of if isinstance(item, Length) else item, "!=")
            for item in (left, right)
            if isinstance(item, Column | Length)
        ]
        return both([*given, found])

    def _value(self, operand: Operand) -> Value | Literal | bool:
        match operand:
            case Column():
                member = self._member(operand)
                return Value(text=self._read(member), kind=_kind(member), type=self._of(member))
            case Length(of):
                return self._length(self._member(of))
            case Number(text):
                return Literal(text=text, number=True)
            case Text(text):
                return Literal(text=text, number=False)
            case Boolean(value):
                return value
            case _:
                assert_never(operand)

    def _length(self, member: Member) -> Value:
        if member.list or member.type not in {Scalar.STRING, Scalar.BYTES}:
            raise Cannot
        text = self._read(member)
        if member.type is Scalar.BYTES:
            return Value(text=f"len({text})", kind=Kind.WHOLE, type="int")
        return Value(
            text=f"utf8.RuneCountInString({text})",
            kind=Kind.WHOLE,
            type="int",
            imports=("unicode/utf8",),
        )

    def _member(self, column: Column) -> Member:
        member = self._columns.get(column.name) or self._columns.get(column.name.lower())
        if member is None:
            raise Cannot
        return member

    def _field(self, member: Member) -> str:
        return f"{self._receiver}.{field_name(member)}"

    def _read(self, member: Member) -> str:
        return self._field(member) if member.required else f"*{self._field(member)}"

    def _of(self, member: Member) -> str:
        return self._names.of(member.type)


def _kind(member: Member) -> Kind:
    if not member.list:
        if not isinstance(member.type, Scalar):
            return Kind.TEXT
        if member.type in _KINDS:
            return _KINDS[member.type]
    raise Cannot
