"""The functions that generated code brings along: only those that it uses, in a fixed order.

`$` in their text becomes `_` where they stand beside the models; in a file of their own they have no sign.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.codegen.helpers import Helper, with_needs
from okra.codegen.python.helper_texts import FORMS, VALUES

if TYPE_CHECKING:
    from collections.abc import Iterable


_IMPORTED = {
    "Any": "typing:Any",
    "Callable": "collections.abc:Callable",
    "Decimal": "decimal:Decimal",
    "Iterable": "collections.abc:Iterable",
    "StrEnum": "enum:StrEnum",
    "UUID": "uuid:UUID",
    "_dt": "datetime as _dt",
    "b64decode": "base64:b64decode",
    "cast": "typing:cast",
    "re": "re",
    "sys": "sys",
}


def _helpers(texts: str) -> dict[str, Helper]:
    """The helpers of a text in which `### name: what it needs` stands above each."""
    found: dict[str, Helper] = {}
    for part in texts.strip().split("### ")[1:]:
        head, _, text = part.partition("\n")
        name, _, needs = head.partition(":")
        words = needs.split()
        found[name] = Helper(
            text=text.rstrip(),
            needs=tuple(word[1:] for word in words if word[0] == "$"),
            imports=tuple(_IMPORTED[word] for word in words if word[0] != "$"),
        )
    return found


AT_ONCE = frozenset({"named"})
"""Those that are called while the classes are made; the others may stand behind them."""

HELPERS = _helpers(VALUES) | _helpers(FORMS)


def needed(names: Iterable[str]) -> list[str]:
    """`names` and all that they use, in the order of the table."""
    found = with_needs(names, lambda name: HELPERS[name].needs)
    return [name for name in HELPERS if name in found]


def helper_imports(names: Iterable[str]) -> list[str]:
    return [name for helper in names for name in HELPERS[helper].imports]


def helper_lines(names: Iterable[str], sign: str) -> list[str]:
    """The definitions: two empty lines above a function, one between constants.

    sign  what their names begin with
    """
    lines: list[str] = []
    for name in names:
        text = HELPERS[name].text.replace("$", sign)
        gap = ["", ""] if lines and (text.startswith("def ") or lines[-1][:1] == " ") else []
        lines += [*gap, *text.split("\n")]
    return lines
