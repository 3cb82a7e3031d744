"""Names in double quotes: where there is no such column, SQLite silently takes them for a text.

So what speaks of `"email"` still "works" after the column is gone, and means something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.sqlite.server.effects import fold
from okra.relational.sqltext import SqlToken, TokenKind, tokens, unquoted

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Set as AbstractSet

    from okra.dialects.sqlite.server.session import SqliteSession


def unmistakable(sql: str, names: Collection[str]) -> str | None:
    """`sql` with those of `names` that stand in double quotes spelled so that they can't be a text.

    names    folded
    Returns  None where none of them does
    """
    if not names or '"' not in sql:
        return None
    found = list(tokens(sql))
    changed = [_spelled(token) if _is_one_of(token, names) else token.text for token in found]
    text = "".join(changed)
    return None if text == sql else text


def behind(sql: str, mark: str) -> str:
    """What follows the first `mark`, a word or a sign, outside of strings, names and comments."""
    for token in tokens(sql):
        if token.kind in (TokenKind.WORD, TokenKind.SYMBOL) and token.text.upper() == mark:
            return sql[token.start + len(token.text) :]
    return ""


def columns(session: SqliteSession, table: str) -> dict[str, tuple[str, bool]]:
    """The columns by folded name: their name, and whether they are generated or hidden."""
    rows = session.query("SELECT name, hidden FROM pragma_table_xinfo(?)", (table,))
    return {fold(str(name)): (str(name), bool(hidden)) for name, hidden in rows}


def lost_columns(session: SqliteSession, table: str, before: AbstractSet[str]) -> AbstractSet[str]:
    """Those of the columns `before` that `table` no longer has; none if it is gone itself."""
    now = columns(session, table)
    return before - now.keys() if now else set()


def _is_one_of(token: SqlToken, names: Collection[str]) -> bool:
    return token.kind is TokenKind.NAME and token.text[0] == '"' and fold(unquoted(token)) in names


def _spelled(token: SqlToken) -> str:
    return "`" + unquoted(token).replace("`", "``") + "`"
