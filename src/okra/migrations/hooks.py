"""hooks.sql between the two halves of migration.sql, or of rollback.sql: which statements run, in order, and from where."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec.structs import replace

from okra.dialects import dialect as dialect_of
from okra.dialects.ranges import key_ranges
from okra.dialects.splitting import plain_lines
from okra.errors import DirectoryError
from okra.migrations.batch import batch_of, cut_of
from okra.migrations.chain import decoded
from okra.migrations.folder import DOWN_SQL, HOOKS_SQL, UP_SQL
from okra.migrations.history import Direction
from okra.plan import ANEW, HOOKS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from okra.dialects.base import Dialect, Script
    from okra.migrations.chain import Files, Migration

_T = TypeVar("_T")

FILE_OF = {Direction.UP: UP_SQL, Direction.DOWN: DOWN_SQL}
"""Which file leads where."""

_HERE = re.compile(rf"^--[ \t]*{HOOKS.replace(' ', '[ ]*')}[ \t\r]*$", re.MULTILINE)
_OPEN = "= …"
_SECTION = re.compile(r"^--[ \t]*okra:[ \t]*(up|down)[ \t\r]*$", re.MULTILINE)


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a file that is run at one go. `text` has an empty line for each that stands before it in the file."""

    file: str
    text: str


def pieces(file: str, sql: str, hooks: str | None, direction: Direction) -> tuple[Piece, ...]:
    """What is run one after the other: the file, or its two halves with the section of hooks.sql between them.

    file, sql  the name and the text of migration.sql or rollback.sql
    Raises     DirectoryError where the file does not say where the hooks run, or says so without any; or where
               hooks.sql has not one section for each way
    """
    sql = plain_lines(sql)
    places = list(_HERE.finditer(sql)) if "okra:" in sql else []
    if hooks is None and not places:
        return (Piece(file=file, text=sql),)
    if hooks is None or len(places) != 1:
        raise _not_one_place(file, sql, [match.start() for match in places], hooks)
    text = plain_lines(hooks)
    section = _section(text, direction)
    return (
        Piece(file=file, text=sql[: places[0].start()]),
        Piece(file=HOOKS_SQL, text=_placed(text, *section)),
        Piece(file=file, text=_placed(sql, places[0].end(), len(sql))),
    )


def whole_text(found: Sequence[Piece]) -> str:
    """All that is run, as one text."""
    if len(found) == 1:
        return found[0].text
    return "\n\n".join(piece.text.strip("\n") for piece in found if piece.text.strip()) + "\n"


def statements(dialect: Dialect, found: Sequence[Piece]) -> tuple[Script, ...]:
    """The statements of all pieces, in order; what stands before a piece is committed before it begins.

    Raises  DirectoryError whose place begins with the file's name
    """
    scripts: list[Script] = []
    for piece in found:
        try:
            cut = _split(dialect.name, piece.text)
        except DirectoryError as error:
            error.place = f"{piece.file}:{error.place}" if error.place else piece.file
            raise
        if len(found) > 1:
            cut = tuple(replace(script, file=piece.file) for script in cut)
        if scripts and cut:
            cut = (replace(cut[0], comment=f"{cut[0].comment}\n-- {ANEW}".strip()), *cut[1:])
        for script in cut:
            _check_ranges(dialect, script, piece.file)
        scripts += cut
    return tuple(scripts)


@lru_cache(maxsize=1)
def _split(provider: str, text: str) -> tuple[Script, ...]:
    """The statements of a text; that of the last one is kept: what is linted is run right behind it."""
    return dialect_of(provider).split(text)


def _check_ranges(dialect: Dialect, script: Script, file: str) -> None:
    """Nothing, if the statement does not run in ranges, or can.

    Raises  DirectoryError
    """
    batch = batch_of(script, file)
    if batch is not None:
        cut_of(script, key_ranges(dialect.name).masked(script.sql), batch.key, file)


def pieces_of(migration: Migration, files: Files, direction: Direction) -> tuple[Piece, ...]:
    """The same of a migration whose files were read.

    Raises  DirectoryError with the path of the file as its place
    """
    file = FILE_OF[direction]
    data = files.rollback if direction is Direction.DOWN else files.migration
    text = decoded(data, migration.file(file))
    hooks = None if files.hooks is None else decoded(files.hooks, migration.file(HOOKS_SQL))
    return _in_folder(migration, lambda: pieces(file, text, hooks, direction))


def statements_of(
    migration: Migration, files: Files, direction: Direction, dialect: Dialect
) -> tuple[Script, ...]:
    """The statements that lead there, in order, each with the line and, where there are hooks, the file it is from.

    Raises  DirectoryError with the path of the file as its place
    """
    found = pieces_of(migration, files, direction)
    return _in_folder(migration, lambda: statements(dialect, found))


def refuse_proposal(
    migration: Migration, files: Files, direction: Direction = Direction.UP
) -> None:
    """Nothing, if somebody has written into hooks.sql what is to move that way, or taken out what was proposed.

    Raises  DirectoryError
    """
    line = _proposed(migration, files, direction)
    if line is None:
        return
    raise DirectoryError(
        f"`hooks.sql` of `{migration.folder}` moves nothing yet: below `-- okra:{direction}` stands what was proposed",
        code="OKR463",
        place=f"{migration.file(HOOKS_SQL)}:{line}",
        help=_written_how(migration.version, direction),
    )


def _written_how(version: str, direction: Direction) -> str:
    if direction is Direction.UP:
        return (
            "nothing was changed; write what fills the columns, then `okra db:migrate:verify`\n"
            f"if nothing has to move, take out the proposals with `{_OPEN}`, then `okra db:migrate:verify`"
        )
    return (  # the files of what is applied are sealed
        f"nothing was changed; run `okra db:migrate:resolve {version} --reverted`,\n"
        f"write what fills the columns, or take out the proposals with `{_OPEN}`,\n"
        f"then `okra db:migrate:verify` and `okra db:migrate:resolve {version} --applied`"
    )


def without_way_back(migration: Migration, files: Files) -> tuple[str, ...]:
    """A sentence, if what moves data on the way back is proposed in hooks.sql and nobody has written it.

    Raises  DirectoryError
    """
    if _proposed(migration, files, Direction.DOWN) is None:
        return ()
    text = (
        f"`{migration.folder}` has no way back yet: below `-- okra:down` in hooks.sql stands what was proposed, "
        "which `okra db:migrate:down` refuses; write it before it is applied: its files can't be changed after that"
    )
    return (text,)


def _proposed(migration: Migration, files: Files, direction: Direction) -> int | None:
    """The line of the first proposal in a section that holds nothing but comments; None where there is none."""
    if files.hooks is None:
        return None
    text = plain_lines(decoded(files.hooks, migration.file(HOOKS_SQL)))
    if _OPEN not in text:
        return None
    start, end = _in_folder(migration, lambda: _section(text, direction))
    lines = text[start:end].split("\n")
    if any(line.strip() and not line.lstrip().startswith("--") for line in lines):
        return None
    found = next((at for at, line in enumerate(lines) if _OPEN in line), None)
    return None if found is None else text.count("\n", 0, start) + found + 1


def _in_folder(migration: Migration, work: Callable[[], _T]) -> _T:
    try:
        return work()
    except DirectoryError as error:
        error.place = migration.file(error.place) if error.place else migration.path
        raise


def _placed(text: str, start: int, end: int) -> str:
    return "\n" * text.count("\n", 0, start) + text[start:end]


def _section(text: str, direction: Direction) -> tuple[int, int]:
    """Where the section begins, behind its line, and where it ends.

    Raises  DirectoryError
    """
    found = list(_SECTION.finditer(text))
    names = [match[1] for match in found]
    for name in Direction:
        if names.count(name.value) != 1:
            raise _not_one_section(text, found, name)
    first = found[0].start()
    if any(
        line.strip() and not line.lstrip().startswith("--") for line in text[:first].split("\n")
    ):
        raise DirectoryError(
            "`hooks.sql` has a statement that belongs to neither of its sections",
            code="OKR496",
            place=f"{HOOKS_SQL}:1",
            help=f"put it below `-- okra:{names[0]}`: above the first section there are comments only",
        )
    at = names.index(direction.value)
    end = found[at + 1].start() if at + 1 < len(found) else len(text)
    return found[at].end(), end


def _not_one_section(text: str, found: Sequence[re.Match[str]], name: Direction) -> DirectoryError:
    places = [match for match in found if match[1] == name.value]
    if not places:
        return DirectoryError(
            f"`hooks.sql` has no section `-- okra:{name}`",
            code="OKR496",
            place=HOOKS_SQL,
            help=f"write the line `-- okra:{name}` and below it what moves the data on the way {name}; "
            "nothing below it means that there is nothing to move",
        )
    line = text.count("\n", 0, places[1].start()) + 1
    return DirectoryError(
        f"`hooks.sql` has two sections `-- okra:{name}`",
        code="OKR496",
        place=f"{HOOKS_SQL}:{line}",
        help="put both under one such line",
    )


def _not_one_place(file: str, sql: str, places: Sequence[int], hooks: str | None) -> DirectoryError:
    marker = f"-- {HOOKS}"
    if hooks is None:
        line = sql.count("\n", 0, places[0]) + 1
        return DirectoryError(
            f"`{file}` says where hooks run, and there is no `hooks.sql`",
            code="OKR464",
            place=f"{file}:{line}",
            help=f"take `hooks.sql` back from version control; if there is nothing to run, remove the line `{marker}`",
        )
    if not places:
        return DirectoryError(
            f"there is a `hooks.sql`, and `{file}` does not say where it runs",
            code="OKR464",
            place=file,
            help=f"put the line `{marker}` between the statements that it comes after and those that come after it",
        )
    return DirectoryError(
        f"`{file}` says {len(places)} times where the hooks run",
        code="OKR464",
        place=f"{file}:{sql.count(chr(10), 0, places[1]) + 1}",
        help=f"leave one line `{marker}`: hooks.sql runs once",
    )
