"""Text of the schema in TypeScript: comments that can't end early, and strings."""

from __future__ import annotations

import json
import re

_ENDS = re.compile(r"\*/|</|(?<!\w)@")  # of the comment, of a script; the sign of a tag
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def string(text: str) -> str:
    """A string literal; what can't be seen in it is escaped."""
    return json.dumps(text, ensure_ascii=not text.isprintable())


def doc(text: str | None, indent: str = "") -> str:
    """A JSDoc comment with its line end, or nothing where there is no text.

    A backslash before `@` keeps a word from being a tag; readers of JSDoc do not show it.
    """
    lines = [_line(line) for line in (text or "").split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    if not any(lines):
        return ""
    if len(lines) == 1:
        return f"{indent}/** {lines[0]} */\n"
    inner = "".join(f"{indent} * {line}".rstrip() + "\n" for line in lines)
    return f"{indent}/**\n{inner}{indent} */\n"


def _line(text: str) -> str:
    if not text.isprintable():
        text = _UNSEEN.sub(" ", text)
    return _ENDS.sub(_escaped, text).rstrip()


def _escaped(match: re.Match[str]) -> str:
    found = match[0]
    return f"{found[:-1]}\\{found[-1]}"
