"""`ParsePost`: JSON read strictly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.codegen.go.names import exported
from okra.codegen.go.pieces import Piece
from okra.codegen.go.types import field_name
from okra.language.definition import Scalar

if TYPE_CHECKING:
    from okra.codegen.go.types import TypeNames
    from okra.codegen.shape import Member, Shape

_READERS = {
    Scalar.INT: "readInt",
    Scalar.BIG_INT: "readBigInt",
    Scalar.FLOAT: "readFloat",
    Scalar.BOOLEAN: "readBool",
    Scalar.JSON: "readJSON",
    Scalar.BYTES: "readBytes",
}


def parse(shape: Shape, names: TypeNames) -> Piece:
    """The function that reads a value of the type."""
    name = exported(shape.name)
    helpers = {"Invalid", "object"}
    lines = [
        f"// Parse{name} reads JSON, and refuses what is no {name}; it leaves out members that it does not know.",
        f"func Parse{name}(data []byte) ({name}, error) {{",
        f"\tvar value {name}",
        f'\tmembers, err := readObject("{shape.name}", data)',
        "\tif err != nil {",
        "\t\treturn value, err",
        "\t}",
    ]
    for member in shape.members:
        call, used = _reading(member, names)
        helpers.update(used)
        lines.append(f"\tvalue.{field_name(member)} = {call}")
    lines += [
        "\tif len(members.found) > 0 {",
        f"\t\treturn {name}{{}}, errors.Join(members.found...)",
        "\t}",
        "\tif err := value.Validate(); err != nil {",
        f"\t\treturn {name}{{}}, err",
        "\t}",
        "\treturn value, nil",
        "}",
    ]
    return Piece(
        text="\n".join(lines) + "\n", imports=frozenset({"errors"}), helpers=frozenset(helpers)
    )


def _reading(member: Member, names: TypeNames) -> tuple[str, tuple[str, ...]]:
    """The expression that reads a member, and the helpers that it uses."""
    if member.required and member.type is Scalar.JSON and not member.list:
        return f'requiredJSON(members, "{member.name}")', ("requiredJSON",)
    helper, reader = _reader(member, names)
    used: tuple[str, ...] = (helper,)
    if member.list:
        plural = "readBigInts" if helper == "readBigInt" else "readList"
        reader = plural if helper == "readBigInt" else f"readList({reader})"
        used = (helper, plural)
    if member.required:
        return f'required(members, "{member.name}", {reader})', used
    return f'optional(members, "{member.name}", {reader})', (*used, "optional")


def _reader(member: Member, names: TypeNames) -> tuple[str, str]:
    """(helper, the function of it that reads one value)."""
    if member.type is Scalar.DATE_TIME and names.date_time == "time.Time":
        return "readTime", "readTime"
    if isinstance(member.type, Scalar) and member.type in _READERS:
        found = _READERS[member.type]
        return found, found
    return "readText", f"readText[{names.of(member.type)}]"
