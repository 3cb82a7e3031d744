"""What foreign keys do, read for users from whom MariaDB's information_schema hides it: those who may only read.

Source  MariaDB documentation, "Information Schema REFERENTIAL_CONSTRAINTS Table", and measured
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from okra.dialects.mysql.expressions.lexer import name_of
from okra.dialects.mysql.introspection.rows import RuleRow
from okra.dialects.mysql.introspection.shown import definitions, shown
from okra.relational.model import Action

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from okra.dialects.base import Session
    from okra.dialects.mysql.introspection.rows import Catalogue

_BEGIN = ["CONSTRAINT", "FOREIGN", "KEY"]


def with_all_rules(session: Session, catalogue: Catalogue) -> Catalogue:
    """`catalogue` with a rule for each foreign key; keys that have gone meanwhile are left out.

    Raises  DatabaseError if a table can't be read
    """
    known = {(row.table, row.name) for row in catalogue.rules}
    tables = sorted({row.table for row in catalogue.keys if (row.table, row.name) not in known})
    if not tables:
        return catalogue
    rules = list(catalogue.rules)
    for table in tables:
        found = shown_rules(table, shown(session, table))
        rules += (rule for rule in found if (table, rule.name) not in known)
    there = {(rule.table, rule.name) for rule in rules}
    keys = [row for row in catalogue.keys if (row.table, row.name) in there]
    return replace(catalogue, rules=rules, keys=keys)


def shown_rules(table: str, text: str) -> Iterator[RuleRow]:
    """The rules of the foreign keys in what SHOW CREATE TABLE says of `table`."""
    for part in definitions(text):
        words = [token.text for token in part]
        if [*words[:1], *words[2:4]] == _BEGIN:
            yield RuleRow(
                table=table,
                name=name_of(words[1]),
                on_update=_action(words, "UPDATE"),
                on_delete=_action(words, "DELETE"),
            )


def _action(words: Sequence[str], event: str) -> str:
    """What stands behind ON DELETE or ON UPDATE; where nothing does, the server refuses."""
    for at in range(len(words) - 2):
        if words[at] == "ON" and words[at + 1] == event:
            rest = " ".join(words[at + 2 : at + 4])
            return next(action for action in Action if rest.startswith(action))
    return Action.RESTRICT
