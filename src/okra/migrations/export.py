"""`export`: the migrations of a directory as files of another tool."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from okra.errors import DirectoryError, UsageError
from okra.migrations.export_formats import FORMATS, checked
from okra.migrations.export_parts import parts_of
from okra.migrations.files import directory_error, read_bytes, replace_file
from okra.naming import listed
from okra.textfiles import shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okra.migrations.chain import Directory, Migration
    from okra.migrations.export_formats import Format
    from okra.migrations.export_parts import Part, Parts


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """What was written for one provider.

    written    the files that are new, by name; the others were there already
    unchanged  how many
    notes      what the other tool does not do, or needs, as sentences
    """

    provider: str
    folder: Path
    written: tuple[str, ...]
    unchanged: int = 0
    notes: tuple[str, ...] = ()


def export(directory: Directory, name: str, out: Path) -> Exported:
    """Write the migrations of `directory` into `out` as the tool called `name` wants them.

    What is there already and says the same stays; so exporting again adds what is new.

    Raises  DirectoryError for forks, edited files, and what the tool can't hold; UsageError where a file is in the way
    """
    form = FORMATS[name]
    directory.check_chain()
    if out.resolve() == directory.path.resolve():
        raise UsageError(
            f"`{shown(out)}` is where the migrations themselves are",
            code="OKR683",
            help="name another folder: `--out DIR`",
        )
    found = [
        (migration, parts_of(migration, directory.provider)) for migration in directory.migrations
    ]
    parts = [part for _, each in found for part in each.parts]
    checked(form, parts)
    texts = form.files(parts, directory.provider)
    written, unchanged = _put(out, texts, form.summary)
    return Exported(
        provider=directory.provider,
        folder=out,
        written=written,
        unchanged=unchanged,
        notes=_notes(form, found, parts, _strangers(out, texts)),
    )


def _put(out: Path, texts: Mapping[str, str], summary: str | None) -> tuple[tuple[str, ...], int]:
    """Write what is not there yet; nothing at all where a file is in the way.

    Returns  the names that were written, and how many were there
    """
    new = []
    try:
        for name, text in texts.items():
            path = out / name
            if not path.exists():
                new.append(name)
            elif read_bytes(str(path)) != text.encode():
                if name != summary:
                    raise _in_the_way(path)
                new.append(name)
        out.mkdir(parents=True, exist_ok=True)
        for name in new:
            replace_file(out / name, texts[name].encode())
    except OSError as error:
        raise directory_error(error, error.filename or out, "write") from error
    return tuple(new), len(texts) - len(new)


def _in_the_way(path: Path) -> DirectoryError:
    return DirectoryError(
        f"`{shown(path)}` is there already, and says something else",
        code="OKR681",
        place=shown(path),
        help="a migration was made anew since, or somebody edited the file; if the other tool has not applied it\n"
        "anywhere, remove it and export again",
    )


def _strangers(out: Path, texts: Mapping[str, str]) -> list[str]:
    """The SQL files in the folder that no migration made."""
    return sorted(path.name for path in out.glob("*.sql") if path.name not in texts)


def _notes(
    form: Format,
    found: Sequence[tuple[Migration, Parts]],
    parts: Sequence[Part],
    strangers: Sequence[str],
) -> tuple[str, ...]:
    notes = [
        f"`{name}` is in the folder and belongs to no migration: {form.title} would run it, too"
        for name in strangers
    ]
    several = sorted({part.folder for part in parts if part.total > 1})
    if several and form.title != "plain SQL":
        notes.append(
            f"several transactions, and so several migrations of {form.title}: {listed(several)}; "
            "take all of one or none"
        )
    outside = sorted(
        {part.folder for part in parts if part.up.outside or part.down.outside},
    )
    if outside and form.outside:
        notes.append(
            f"no transaction may surround some statements of {listed(outside)}: {form.outside}"
        )
    batched = [migration.folder for migration, each in found if each.batched]
    if batched:
        notes.append(
            f"OKRA runs statements of {listed(batched)} in batches; {form.title} runs each as one"
        )
    unproven = [migration.folder for migration, _ in found if not migration.header.verified]
    if unproven:
        notes.append(f"never proven: {listed(unproven)}; `okra db:migrate:verify` does that")
    return tuple(notes)
