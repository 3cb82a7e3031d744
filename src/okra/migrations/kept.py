"""What is kept aside in a database, and what needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.trash import kept
from okra.errors import DatabaseError
from okra.migrations.findings import named
from okra.relational.trash import names_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.migrations.chain import Migration
    from okra.migrations.executor import Run


def refuse_purged(run: Run, ways: Iterable[tuple[Migration, str]]) -> None:
    """Nothing, if all is there that the texts bring back.

    ways    migrations that are to be taken back, and the statements for that
    Raises  DatabaseError
    """
    wanted = [
        (migration, names)
        for migration, text in ways
        if migration.version not in run.halfway and (names := names_in(text))
    ]
    if not wanted:
        return
    there = {each.name for each in kept(run.target.provider, run.session)}
    for migration, names in wanted:
        gone = sorted(names - there)
        if gone:
            raise DatabaseError(
                f"`{migration.folder}` can't be taken back: what it had dropped was purged: {named(gone)}",
                code="OKR690",
                place=migration.path,
                help="nothing was changed; what was purged comes back from a backup alone. To have the column or "
                "the table again, empty: put it back into the schema, and `okra db:migrate:generate`",
            )
