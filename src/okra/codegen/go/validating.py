"""`Validate`: what the database or the other languages would refuse in a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.codegen.go.checks import broken
from okra.codegen.go.layout import code_comment, quoted
from okra.codegen.go.names import exported, receiver
from okra.codegen.go.pieces import Piece
from okra.codegen.go.types import field_name
from okra.language.definition import Scalar
from okra.naming import column_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from okra.codegen.go.types import TypeNames
    from okra.codegen.shape import Member, Shape
    from okra.language.definition import Check, Model

_TEXTS = frozenset({Scalar.ID, Scalar.STRING})
_FORMS = {
    Scalar.FLOAT: ("isFinite", "is not finite"),
    Scalar.DECIMAL: ("isDecimal", "is no decimal number"),
    Scalar.DATE: ("isDate", "is no date"),
    Scalar.TIME: ("isTime", "is no time of day"),
    Scalar.JSON: ("isJSON", "is no JSON"),
}
_MOMENTS = {
    "string": ("isDateTime", "is no date and time with an offset"),
    "time.Time": ("isMoment", "is in a year beyond 1 to 9999"),
}


def validate(model: Model, shape: Shape, names: TypeNames) -> Piece:
    """The method, whose comment names the checks that are left to the database."""
    writer = _Writer(shape, names)
    for member in shape.members:
        writer.write_form(member)
    writer.write_checks(_checks(shape), _columns(model, shape))
    return writer.piece()


def _columns(model: Model, shape: Shape) -> Mapping[str, Member]:
    """The fields by what their columns are called, but for texts that the database compares in a way of its own."""
    members = {member.name: member for member in shape.members}
    return {
        field.column or column_name(field.name): members[field.name]
        for field in model.fields
        if field.relation is None
        and field.collate is None
        and (field.db_type is None or field.type.name not in _TEXTS)
    }


def _checks(shape: Shape) -> Iterator[tuple[str, Check]]:
    """(path, check) pairs."""
    for member in shape.members:
        for check in member.checks:
            yield f"{shape.name}.{member.name}", check
    for check in shape.checks:
        yield shape.name, check


class _Writer:
    """The lines of one method."""

    def __init__(self, shape: Shape, names: TypeNames) -> None:
        self._shape = shape
        self._name = exported(shape.name)
        self._receiver = receiver(self._name)
        self._names = names
        self._lines: list[str] = []
        self._left: list[str] = []
        self._imports: set[str] = set()
        self._helpers: set[str] = set()

    def piece(self) -> Piece:
        """The method of all that was written."""
        left = ""
        if self._left:
            left = f"//\n// These checks are left to the database:\n//\n{code_comment(f'CHECK ({text})' for text in self._left)}"
        head = f"func ({self._receiver} {self._name}) Validate() error {{\n"
        comment = f"// Validate tells all that is wrong with a {self._name}.\n{left}"
        if not self._lines:
            return Piece(text=f"{comment}{head}\treturn nil\n}}\n")
        body = "\n".join(self._lines)
        return Piece(
            text=f"{comment}{head}\tvar found []error\n{body}\n\treturn errors.Join(found...)\n}}\n",
            imports=frozenset({"errors", *self._imports}),
            helpers=frozenset({"Invalid", *self._helpers}),
        )

    def write_form(self, member: Member) -> None:
        """What one value of the field has to be, by its type and length."""
        if not member.list:
            self._write_value(member)
            return
        faults = self._faults(member, "item")
        if not faults:
            return
        field = f"{self._receiver}.{field_name(member)}"
        path = f'at("{self._shape.name}.{member.name}", index)'
        loop = [f"for index, item := range {field} {{"]
        for condition, reason in faults:
            loop += _refusal(condition, path, reason, "\t")
        loop.append("}")
        self._helpers.add("at")
        if not member.required:
            loop = [
                f"if {field} != nil {{",
                f"\tfor index, item := range *{field} {{",
                *(f"\t{line}" for line in loop[1:]),
                "}",
            ]
        self._lines += [f"\t{line}" for line in loop]

    def _write_value(self, member: Member) -> None:
        field = f"{self._receiver}.{field_name(member)}"
        path = f'"{self._shape.name}.{member.name}"'
        for condition, reason in self._faults(member, field if member.required else f"*{field}"):
            given = condition if member.required else f"{field} != nil && {condition}"
            self._lines += _refusal(given, path, reason, "\t")

    def _faults(self, member: Member, value: str) -> list[tuple[str, str]]:
        """(condition, reason) pairs."""
        found: list[tuple[str, str]] = []
        type_ = member.type
        if not isinstance(type_, Scalar):
            me = value.removeprefix("*")
            found.append((f"!{me}.Valid()", f"is no {exported(type_.name)}"))
            return found
        form = _MOMENTS[self._names.date_time] if type_ is Scalar.DATE_TIME else _FORMS.get(type_)
        if form is not None:
            self._helpers.add(form[0])
            found.append((f"!{form[0]}({value})", form[1]))
        if type_ is Scalar.STRING and member.length is not None:
            self._imports.add("unicode/utf8")
            found.append(
                (
                    f"utf8.RuneCountInString({value}) > {member.length}",
                    f"has more than {member.length} characters",
                )
            )
        return found

    def write_checks(
        self, checks: Iterator[tuple[str, Check]], columns: Mapping[str, Member]
    ) -> None:
        """What the schema demands, behind the forms, which Go's comparisons rely on; the rest is for the comment."""
        written: list[str] = []
        for path, check in checks:
            expression = check.expr.default
            if expression is None:
                self._left += (text for _, text in check.expr.per_provider)
                continue
            found = broken(expression, columns, self._receiver, self._names)
            if found is None:
                self._left.append(expression)
                continue
            if found.condition is None:
                continue
            reason = f"breaks the check {' '.join(expression.split())}"
            written += _refusal(found.condition, f'"{path}"', reason, "\t")
            self._imports |= found.imports
            self._helpers |= found.helpers
        if written and self._lines:
            self._lines += [
                "\tif len(found) > 0 {",
                "\t\treturn errors.Join(found...)",
                "\t}",
            ]
        self._lines += written


def _refusal(condition: str, path: str, reason: str, indent: str) -> list[str]:
    return [
        f"{indent}if {condition} {{",
        f"{indent}\tfound = append(found, invalid({path}, {quoted(reason)}))",
        f"{indent}}}",
    ]
