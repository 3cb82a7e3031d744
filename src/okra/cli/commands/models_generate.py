"""`okra models:generate`: types for services, from the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from okra.cli.options import Shared, okra_command
from okra.cli.render import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from okra.projects.typing import Typed

FOUND = 3
_MOST_NAMED = 10


@okra_command(
    example="""\
okra models:generate
okra models:generate --check                       # in CI: exit code 3 if a file is not up to date
okra models:generate --language python --out app/models"""
)
@click.option(
    "--language",
    "languages",
    metavar="NAME",
    multiple=True,
    help="This language instead of the configured ones; may be repeated.",
)
@click.option(
    "--out",
    metavar="DIR",
    help="Write to this folder; where there are several languages, to one for each in it.",
)
@click.option("--check", is_flag=True, help="Write nothing; exit with 3 if a file would change.")
def command(shared: Shared, languages: tuple[str, ...], out: str | None, check: bool) -> int:
    """Write types for the models, in the languages of the configuration, else in that of okra.service.json.

    go, typescript and python, and what other packages bring. The options of each, its folder among them, stand in the
    configuration under `models.generators`. Only files that differ are written, and those that OKRA has generated
    once and would not any more are removed; a file that was not generated is never touched. Opens no database.
    """  # fmt: skip
    from okra.projects.typing import plan_types, write_types

    found = plan_types(shared.projects(any_env=True), languages=languages, out=out)
    if not check:
        write_types(found)
    for each in found:
        for line in _lines(each, check=check):
            shared.out.say(line)
    wanting = check and any(each.changed for each in found)
    if wanting:
        shared.out.say("The types are not those of the schema: run this without `--check`.")
    shared.out.document({"languages": [_value(each, check=check) for each in found]})
    return FOUND if wanting else 0


def _lines(found: Typed, *, check: bool) -> Iterator[str]:
    """What was or would be done for one language."""
    from okra.textfiles import shown

    where = f"{found.language}: {shown(found.folder)}"
    if not found.changed:
        yield f"{where} is up to date: {counted(found.unchanged, 'file')}."
        return
    yield where
    if check:
        yield from _named("is missing", found.missing, everyone=True)
        yield from _named("differs", found.differing, everyone=True)
        yield from _named("is left over", found.stale, everyone=True)
    else:
        yield from _named("wrote", (*found.missing, *found.differing))
        yield from _named("removed", found.stale)


def _named(what: str, paths: Sequence[Path], *, everyone: bool = False) -> Iterator[str]:
    """The first few of them, or `everyone`."""
    from okra.textfiles import shown

    most = len(paths) if everyone or len(paths) == _MOST_NAMED + 1 else _MOST_NAMED
    for path in paths[:most]:
        yield f"  {shown(path)} {what}" if everyone else f"  {what} {shown(path)}"
    if len(paths) > most:
        yield f"  {what} {counted(len(paths) - most, 'more file')}"


def _value(found: Typed, *, check: bool) -> dict[str, object]:
    from okra.textfiles import shown

    missing, differing, stale = (
        [shown(path) for path in paths] for paths in (found.missing, found.differing, found.stale)
    )
    changes: dict[str, object] = (
        {"missing": missing, "differing": differing, "stale": stale}
        if check
        else {"written": missing + differing, "removed": stale}
    )
    return {
        "language": found.language,
        "folder": shown(found.folder),
        **changes,
        "unchanged": found.unchanged,
    }
