"""A Plan → the text of migration.sql or rollback.sql."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.plan import ANEW, HOOKS, OUTSIDE
from okra.relational.changes import CreateTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okra.plan import Plan, Statement
    from okra.relational.model import Table

HAZARD_MARK = "-- ! "
"""How a hazard's comment line begins; `down` reads them to say what would be lost."""


def render(
    plan: Plan,
    title: str,
    described: Mapping[str, Table] | None = None,
    preface: Sequence[str] = (),
    *,
    hooks_at: int | None = None,
) -> str:
    """The statements of `plan`, each under a line that says what it does and its hazards.

    title      the first line of the file
    described  tables by name whose comments are to stand above their CREATE TABLE
    preface    lines below the title; all but the first are indented
    hooks_at   how many statements come before what stands in hooks.sql; None where there is no such file
    """
    head = [title, *preface[:1], *(f"  {line}" for line in preface[1:])]
    blocks = ["\n".join(comment(line) for line in head)]
    statements = [_block(statement, described or {}) for statement in plan.statements]
    if hooks_at is not None:
        statements.insert(hooks_at, f"{comment('what stands in hooks.sql')}\n{comment(HOOKS)}")
    blocks += statements
    return "\n\n".join(blocks) + "\n"


def _block(statement: Statement, described: Mapping[str, Table]) -> str:
    lines = [comment(statement.purpose)]
    lines += (comment(f"  {note}") for note in statement.notes)
    lines += (
        HAZARD_MARK + _one_line(f"{hazard.kind}: {hazard.message}") for hazard in statement.hazards
    )
    if not statement.transactional:
        lines.append(comment(OUTSIDE))
    elif statement.anew:
        lines.append(comment(ANEW))
    if isinstance(statement.change, CreateTable):
        lines += _notes(described.get(statement.change.table.name))
    lines.append(f"{statement.sql};")
    return "\n".join(lines)


def _notes(table: Table | None) -> list[str]:
    if table is None:
        return []
    notes = [comment(table.comment)] if table.comment else []
    notes += (comment(f"  {c.name}: {c.comment}") for c in table.columns if c.comment)
    return notes


def comment(text: str) -> str:
    """`text` as one SQL comment line, whatever it holds."""
    return f"-- {_one_line(text)}".rstrip()


def _one_line(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " for c in text)
