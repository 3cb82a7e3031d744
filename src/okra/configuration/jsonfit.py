"""Where a JSON text does not fit the struct it should become: every misfit, with its place and a hint."""

from __future__ import annotations

import types
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

import msgspec

from okra.errors import Diagnostic
from okra.nearest import nearest
from okra.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from okra.configuration.jsontext import Node

_KINDS: dict[object, str] = {
    str: "a text",
    bool: "`true` or `false`",
    int: "a whole number",
    float: "a number",
    tuple: "a list",
    dict: "an object",
}


def misfits(node: Node, kind: Any, file: str, where: str = "") -> Iterator[Diagnostic]:
    """What in `node` is no value of the type `kind`, in the order of the text.

    kind   a Struct, `dict[str, T]`, `tuple[T, ...]`, a StrEnum, a Literal of texts, str, bool, int, float, or one of
           these or None; of any other nothing is said
    where  the path to `node`, for messages: `database.migrations`
    """
    if kind is Any or (_is_null(node) and _takes_null(kind)):
        return
    kind = _without_none(kind)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield from _struct_misfits(node, kind, file, where)
    elif get_origin(kind) is dict:
        yield from _dict_misfits(node, kind, file, where)
    elif get_origin(kind) is tuple:
        yield from _tuple_misfits(node, kind, file, where)
    elif isinstance(kind, type) and issubclass(kind, StrEnum):
        yield from _enum_misfits(node, [item.value for item in kind], file, where)
    elif get_origin(kind) is Literal:
        known = [item for item in get_args(kind) if isinstance(item, str)]
        yield from _enum_misfits(node, known, file, where)
    elif kind in _KINDS and not _is_scalar(node, kind):
        yield _wrong(node, _KINDS[kind], file, where)


def _struct_misfits(
    node: Node, kind: type[msgspec.Struct], file: str, where: str
) -> Iterator[Diagnostic]:
    if node.members is None:
        yield _wrong(node, _KINDS[dict], file, where)
        return
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
    for key, member in node.members.items():
        if key in fields:
            yield from misfits(member.value, fields[key], file, _join(where, key))
            continue
        near = nearest(key, fields)
        known = ", ".join(f"`{name}`" for name in sorted(fields))
        yield Diagnostic(
            code="OKR607",
            message=f"unknown key `{key}` in {_place(where)}",
            span=Span(file=file, start=member.start, end=member.end),
            help=f"did you mean `{near}`?" if near else f"the keys here are {known}",
        )


def _dict_misfits(node: Node, kind: Any, file: str, where: str) -> Iterator[Diagnostic]:
    if node.members is None:
        yield _wrong(node, _KINDS[dict], file, where)
        return
    _, inner = get_args(kind)
    for key, member in node.members.items():
        yield from misfits(member.value, inner, file, _join(where, key))


def _tuple_misfits(node: Node, kind: Any, file: str, where: str) -> Iterator[Diagnostic]:
    if node.items is None:
        yield _wrong(node, _KINDS[tuple], file, where, help="put it in square brackets: [ … ]")
        return
    inner = get_args(kind)[0]
    for number, item in enumerate(node.items):
        yield from misfits(item, inner, file, f"{where}[{number}]")


def _enum_misfits(node: Node, known: Sequence[str], file: str, where: str) -> Iterator[Diagnostic]:
    if isinstance(node.plain, str) and node.plain in known:
        return
    listed = ", ".join(f'`"{name}"`' for name in known)
    near = nearest(node.plain, known) if isinstance(node.plain, str) else None
    yield Diagnostic(
        code="OKR608",
        message=f"{_place(where)} must be one of {listed}",
        span=Span(file=file, start=node.start, end=node.end),
        help=f"did you mean `{near}`?" if near else None,
    )


def _is_scalar(node: Node, kind: Any) -> bool:
    if node.items is not None or node.members is not None:
        return False
    if kind is float:
        return isinstance(node.plain, (int, float)) and not isinstance(node.plain, bool)
    return type(node.plain) is kind


def _wrong(
    node: Node, expected: str, file: str, where: str, *, help: str | None = None
) -> Diagnostic:
    return Diagnostic(
        code="OKR608",
        message=f"{_place(where)} must be {expected}",
        span=Span(file=file, start=node.start, end=node.end),
        help=help,
    )


def _without_none(kind: Any) -> Any:
    if get_origin(kind) in (Union, types.UnionType):
        rest = [item for item in get_args(kind) if item is not type(None)]
        return rest[0] if len(rest) == 1 else kind
    return kind


def _takes_null(kind: Any) -> bool:
    return get_origin(kind) in (Union, types.UnionType) and type(None) in get_args(kind)


def _is_null(node: Node) -> bool:
    return node.members is None and node.items is None and node.plain is None


def _join(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key


def _place(where: str) -> str:
    return f"`{where}`" if where else "the file"
