"""`${NAME}` and `${NAME:-default}` in the texts of a configuration."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

# `$${` stands for a `${` that is no variable.
_VARIABLE = re.compile(r"\$\$\{|\$\{(?:([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\})?")


def expand(text: str, lookup: Callable[[str], str | None], *, key: str) -> str:
    """`text` with its variables replaced; what comes in is not expanded again.

    lookup  the value of a variable, or None if it is not set
    key     where `text` stands in the configuration, for the message

    Raises  UsageError that names a variable which is not set and has no default
    """

    def value(match: re.Match[str]) -> str:
        name, default = match.groups()
        if name is None:
            if match.group() == "$${":
                return "${"
            raise UsageError(
                f"`{key}` has a `${{` that begins no variable",
                code="OKR609",
                help="write `${NAME}` or `${NAME:-default}`; `$${` stands for a plain `${`",
            )
        found = lookup(name)
        if default is not None:
            return found or default
        if found is None:
            raise UsageError(
                f"the variable `{name}` is not set; `{key}` needs it",
                code="OKR609",
                help=f"set it in the environment or in `.env` beside the configuration, "
                f"or write `${{{name}:-default}}`",
            )
        return found

    return _VARIABLE.sub(value, text)


def unexpanded(text: str) -> str:
    """What `expand` makes `text` of again."""
    return text.replace("${", "$${")
