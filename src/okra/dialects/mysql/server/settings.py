"""What statements of a migration set, as it was before: each setting counts for its own file alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.dialects.mysql.quoting import literal
from okra.dialects.mysql.server.split import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okra.dialects.base import Session

_LOOKED_AT = 200
_BEYOND = frozenset(("GLOBAL", "PERSIST", "PERSIST_ONLY"))
# What no transaction may change.
_LEFT = re.compile("(?:binlog|gtid|sql_log)_.*")
_CLOCK = "timestamp"  # goes on by itself; what is set stands still
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def names(sql: str) -> frozenset[str]:
    """All words of a SET, in upper case: the names of what it sets are among them, in quotes too."""
    return frozenset(words(sql.replace("`", " "), _LOOKED_AT))


def found(session: Session, sql: str) -> dict[str, str]:
    """What each setting of the session that a SET names has now; none where it sets more than the session."""
    named = names(sql)
    if named & _BEYOND:
        return {}
    return {
        name: value
        for name, value in _all(session).items()
        if name.upper() in named and not _LEFT.fullmatch(name)
    }


def put_back(session: Session, before: Mapping[str, str]) -> None:
    """Give the settings that are not as they were `before` their values of then."""
    if not before:
        return
    now = _all(session)
    for name, value in before.items():
        if name == _CLOCK:
            session.execute(f"SET SESSION {name} = DEFAULT")
        elif now[name] != value:
            text = value if _NUMBER.fullmatch(value) else literal(value)
            session.execute(f"SET SESSION {name} = {text}")


def _all(session: Session) -> dict[str, str]:
    return {str(name): str(value) for name, value in session.query("SHOW SESSION VARIABLES")}
