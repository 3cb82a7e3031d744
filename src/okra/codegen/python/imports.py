"""Imports as `ruff` sorts them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from okra.codegen.python.layout import STEP, WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_OTHERS = frozenset({"msgspec", "pydantic"})


def import_lines(names: Iterable[str]) -> list[str]:
    """The lines that import what is named: `re`, `datetime as _dt`, `typing:Any`, `.enums:Role`."""
    sections: tuple[list[str], list[str], list[str]] = ([], [], [])
    for name in sorted(set(names)):
        sections[_section(name)].append(name)
    lines: list[str] = []
    for section in sections:
        if section:
            lines += [*_section_lines(section), ""]
    return lines[:-1]


def _section(name: str) -> int:
    """The standard library, other packages, and this one."""
    if name.startswith("."):
        return 2
    return 1 if name in _OTHERS else 0


def _section_lines(names: list[str]) -> Iterator[str]:
    for name in names:
        if ":" not in name:
            yield f"import {name}"
    pairs = [tuple(name.split(":")) for name in names if ":" in name]
    pairs.sort(key=lambda pair: natural(pair[0].lower()))
    for module, members in groupby(pairs, key=lambda pair: pair[0]):
        yield from _from(module, sorted((member for _, member in members), key=member_order))


def _from(module: str, members: list[str]) -> Iterator[str]:
    line = f"from {module} import {', '.join(members)}"
    if len(line) <= WIDTH:
        yield line
        return
    yield f"from {module} import ("
    for member in members:
        yield f"{STEP}{member},"
    yield ")"


def member_order(name: str) -> tuple[int, list[tuple[int, int, str]], str]:
    """Constants, classes, others; each as in a dictionary."""
    return _rank(name), natural(name.lower()), name


def export_order(name: str) -> tuple[int, list[tuple[int, int, str]]]:
    """Constants, classes, others; each with upper case before lower case."""
    return _rank(name), natural(name)


def _rank(name: str) -> int:
    if len(name) > 1 and name.isupper():
        return 0
    return 1 if name[0].isupper() else 2


def natural(name: str) -> list[tuple[int, int, str]]:
    """A key that sorts `post2` before `post10`."""
    if not any(map(str.isdigit, name)):
        return [(1, 0, letter) for letter in name]
    key: list[tuple[int, int, str]] = []
    for digits, letters in groupby(name, str.isdigit):
        if digits:
            number = "".join(letters)
            key.append((0, int(number), number))
        else:
            key += [(1, 0, letter) for letter in letters]
    return key
