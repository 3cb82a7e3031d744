"""Seeds of SQL: statements that change rows, all in the one transaction that seeding is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects import dialect
from okra.dialects.session import REFUSED, REFUSED_ROWS, prober
from okra.errors import DatabaseError, DirectoryError, SeedError
from okra.seeding.rows import MAX_BYTES
from okra.textfiles import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from okra.dialects.base import Script
    from okra.dialects.session import MigrationSession
    from okra.seeding.files import SeedFile


def read_sql(file: SeedFile, provider: str) -> tuple[Script, ...]:
    """The statements of a file.

    Raises  SeedError for one that no transaction can hold, or that would end it
    """
    text = read_text(file.path, "the seed", MAX_BYTES)
    return statements(text, file.name, provider)


def statements(text: str, name: str, provider: str) -> tuple[Script, ...]:
    """The statements of `text`; `name` is its file, for messages."""
    try:
        scripts = dialect(provider).split(text)
    except DirectoryError as error:
        error.place = f"{name}:{error.place}" if error.place else name
        raise
    for script in scripts:
        _check(script, name, provider)
    return scripts


def _check(script: Script, name: str, provider: str) -> None:
    place = f"{name}:{script.line}"
    head = " ".join(script.sql.split()[:3])
    try:
        dialect(provider).refuse_misplaced([script])
    except DatabaseError as error:
        raise SeedError(
            f"`{head} …` has no place in a seed: all seeds are one transaction, which OKRA opens and ends",
            code="OKR599",
            place=place,
            help="take the statement out; nothing was written",
        ) from error
    probe = prober(provider)
    if (
        probe is not None
        and not probe.is_setting(script)
        and probe.runs_outside(script, marked=False)
    ):
        raise SeedError(
            f"`{head} …` has no place in a seed: the server can't undo it",
            code="OKR599",
            place=place,
            help="seeds change rows; tables are made by migrations. Nothing was written",
        )


def run_sql(
    session: MigrationSession,
    scripts: Sequence[Script],
    name: str,
    told: Callable[[int], None],
) -> None:
    """Run the statements of the file `name`; `told` hears how many are done.

    Raises  SeedError that names the statement
    """
    for number, script in enumerate(scripts, start=1):
        try:
            session.execute(script.sql)
        except DatabaseError as error:
            if error.code not in (REFUSED, REFUSED_ROWS):
                raise
            raise SeedError(
                f"statement {number} of `{name}` failed: {error.message}",
                code="OKR598",
                place=f"{name}:{script.line}",
                help="nothing was written",
            ) from error
        told(number)
