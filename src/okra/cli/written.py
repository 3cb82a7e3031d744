"""What is shown of a migration that was written, or would have been."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.textfiles import shown

if TYPE_CHECKING:
    from okra.cli.output import Output
    from okra.migrations.generate import Written
    from okra.projects.several import Generated


def about_database(item: Generated, *, several: bool) -> str:
    """The database that a line is about, with a colon, where there are `several`."""
    return f"{item.project.target.database}: " if several else ""


def show_written(out: Output, item: Written, about: str = "") -> None:
    """Where it was written, and what its proof says; its SQL where it was not written.

    about   what it belongs to, with a colon, where there are several
    """
    if item.folder is None:
        out.show(item.migration_sql)
        if item.hooks_sql is not None:
            out.show(item.hooks_sql)
        return
    _show_proof(out, item, about)
    proof = "proven: up, down and up again" if item.verified else "not proven"
    start = f"{about}wrote" if about else "Wrote"
    out.say(f"{start} {shown(item.folder)} ({proof})", style="green")


def _show_proof(out: Output, item: Written, about: str) -> None:
    """What is missing from the proof, and how to get it."""
    out.warn_all(f"{about}{item.provider}: {warning}" for warning in item.warnings)
    if item.unproven:
        out.warn(f"{about}{item.unproven.reason}: it is written without a proof")
        out.hint(f"{about}{item.unproven.way_out}\nthen prove it with `okra db:migrate:verify`")


def written_value(item: Written) -> dict[str, object]:
    """One migration for the JSON document."""
    return {
        "provider": item.provider,
        "version": item.version,
        "folder": shown(item.folder) if item.folder else None,
        "verified": item.verified,
        "unproven": item.unproven.reason if item.unproven else None,
        "warnings": item.warnings,
        "migrationSql": item.migration_sql,
        "rollbackSql": item.rollback_sql,
        "hooksSql": item.hooks_sql,
    }
