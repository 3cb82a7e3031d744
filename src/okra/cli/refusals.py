"""What stands in the way of a sync: what rows would lose or refuse, and the ways out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.cli.answers import rename_hint
from okra.migrations.questions import rename_questions

if TYPE_CHECKING:
    from okra.declarative.sync import SyncResult


def refusal(result: SyncResult, *, forced: bool, again: str) -> str:
    """One screen, empty where nothing stands in the way.

    forced  destructive changes were agreed to
    again   how to agree to them
    """
    parts: list[str] = []
    if result.losses and not forced:
        lines = ["⚠️  Destructive changes detected:", *(f"- {one.text}" for one in result.losses)]
        parts += ["\n".join(lines)]
        parts += [rename_hint(question) for question in rename_questions(result.changes)]
        parts += [f"{again} to apply destructive changes"]
    if result.misfits:
        lines = ["Rows that don't fit:"]
        for one in result.misfits:
            lines += [f"- {one.text}", f"  {one.way_out}"]
        parts += ["\n".join(lines)]
        if not result.dry_run:
            parts += ["Nothing was changed"]
    return "\n\n".join(parts)
