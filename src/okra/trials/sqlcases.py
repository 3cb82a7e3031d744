"""Tests of migrations in SQL: sections of statements, and above each query the rows that it gives."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from okra.dialects.splitting import plain_lines
from okra.seeding.values import Number
from okra.trials.cases import Act, Case, malformed
from okra.trials.statements import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Script

_HEAD = re.compile(r"^--[ \t]*okra:[ \t]*test[ \t]+(\S+)[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_SECTION = re.compile(r"^--[ \t]*okra:[ \t]*(before|up|down)[ \t]*$", re.MULTILINE)
_EXPECT = re.compile(r"--[ \t]*okra:[ \t]*expect[ \t]+(.*?)[ \t]*$")
_NOTHING = "nothing"


def read_sql(text: str, name: str, stem: str, provider: str) -> Sequence[Case]:
    """The tests of a file, each from its line `-- okra:test VERSION` on.

    Raises  DirectoryError that names the line
    """
    text = plain_lines(text)
    heads = list(_HEAD.finditer(text))
    if not heads:
        raise malformed(f"{name}:1", "it does not say of which migration it is: `-- okra:test …`")
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return [
        _case(text, head, end, name, stem, provider) for head, end in zip(heads, ends, strict=True)
    ]


def _case(text: str, head: re.Match[str], end: int, name: str, stem: str, provider: str) -> Case:
    found: dict[str, tuple[Act, ...]] = {}
    sections = list(_SECTION.finditer(text, head.end(), end))
    place = f"{name}:{_line(text, head.start())}"
    if not sections:
        raise malformed(place, "it has no section `-- okra:before`, `-- okra:up` or `-- okra:down`")
    if text[head.end() : sections[0].start()].strip():
        raise malformed(place, "what stands above its first section belongs to none")
    stops = [each.start() for each in sections[1:]] + [end]
    for section, stop in zip(sections, stops, strict=True):
        if section[1] in found:
            at = f"{name}:{_line(text, section.start())}"
            raise malformed(at, f"it has two sections `-- okra:{section[1]}`")
        placed = "\n" * text.count("\n", 0, section.end()) + text[section.end() : stop]
        found[section[1]] = tuple(_act(script, name) for script in cut(placed, name, provider))
    return Case(
        name=head[2] or stem,
        version=head[1],
        place=place,
        before=found.get("before", ()),
        up=found.get("up", ()),
        down=found.get("down", ()),
    )


def _act(script: Script, name: str) -> Act:
    place = f"{name}:{script.line}"
    lines = [
        match for line in script.comment.splitlines() if (match := _EXPECT.match(line.strip()))
    ]
    if not lines:
        return Act(sql=script.sql, place=place)
    texts = [match[1] for match in lines]
    if texts == [_NOTHING]:
        return Act(sql=script.sql, place=place, expected=())
    return Act(sql=script.sql, place=place, expected=tuple(_row(text, place) for text in texts))


def _row(text: str, place: str) -> tuple[Any, ...]:
    try:
        values = json.loads(text, parse_float=Number)
    except (ValueError, RecursionError) as cause:
        raise malformed(place, f'`{text}` is no row in JSON: `[1, "Ann", null]`') from cause
    return tuple(values) if isinstance(values, list) else (values,)


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
