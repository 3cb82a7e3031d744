"""What the user of a connection may do, before a migration finds out half-way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.dialects.mysql.quoting import quote
from okra.errors import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.dialects.mysql.server.session import MysqlSession

NEEDED = ("SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP", "INDEX", "REFERENCES")

_GRANT = re.compile(r"GRANT (?P<rights>.+?) ON (?P<on>\*|`(?:[^`]|``)*`)\.\* TO ", re.DOTALL)
_ROLE = re.compile(r"GRANT (?:`|')")


def check_rights(session: MysqlSession) -> None:
    """Nothing, if this user may make, change and drop tables here, as far as the grants tell.

    Raises  DatabaseError that says which rights are missing
    """
    if not session.facts.database:
        raise DatabaseError(
            "the URL names no database",
            code="OKR550",
            place=str(session.url),
            help="put its name behind the host: mysql://host/name",
        )
    grants = [str(text) for (text,) in session.query("SHOW GRANTS")]
    if any(_ROLE.match(text) for text in grants):
        return  # what comes through a role does not stand in the list on every server
    lacking = [name for name in NEEDED if name not in _rights(grants, session.facts.database)]
    if lacking:
        user = "@".join(quote(part) for part in session.facts.user.split("@", 1))
        raise DatabaseError(
            f"the user `{session.facts.user}` has not all rights on the database "
            f"`{session.facts.database}`: {', '.join(lacking)} {'is' if len(lacking) == 1 else 'are'} missing",
            code="OKR543",
            place=str(session.url),
            help="let the server's administrator run\n"
            f"GRANT {', '.join(lacking)} ON {quote(session.facts.database)}.* TO {user};",
        )


def _rights(grants: Iterable[str], database: str) -> frozenset[str]:
    """What the grants allow on all tables of `database`."""
    found: set[str] = set()
    for text in grants:
        match = _GRANT.match(text)
        if match is not None and _covers(match["on"], database):
            given = match["rights"]
            found |= set(NEEDED) if given.startswith("ALL") else set(given.split(", "))
    return frozenset(found)


def _covers(pattern: str, database: str) -> bool:
    r"""Whether the place of a grant means `database`: `%` and `_` in it are wildcards unless behind `\`."""
    if pattern == "*":
        return True
    text = pattern[1:-1].replace("``", "`")
    parts = re.findall(r"\\.|.", text, re.DOTALL)
    wild = {"%": ".*", "_": "."}
    regex = "".join(wild.get(part) or re.escape(part.removeprefix("\\")) for part in parts)
    return re.fullmatch(regex, database, re.DOTALL | re.IGNORECASE) is not None
