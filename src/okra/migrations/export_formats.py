"""The files of other tools: golang-migrate, goose, Flyway, dbmate, Atlas, and plain SQL for a server's own shell.

Each function gives file name → text. The rules of each tool, with where it documents them, are in docs/export.md.
"""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from okra.dialects.elsewhere import elsewhere
from okra.errors import DirectoryError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from okra.dialects.base import Script
    from okra.migrations.export_parts import Half, Part

_NOTHING = "SELECT 1;"
_END = "-- okra-end"
_MAX_PARTS = 999


class Format(NamedTuple):
    """One tool's form.

    files     its files, by name
    marks     what it takes for an instruction at the beginning of a line, so that no statement may have it there
    outside   what to know where a statement runs without a transaction; None where nothing
    summary   a file that speaks of all others, and is written anew each time
    """

    title: str
    files: Callable[[Sequence[Part], str], Mapping[str, str]]
    marks: re.Pattern[str] | None = None
    outside: str | None = None
    summary: str | None = None


def golang_migrate(parts: Sequence[Part], provider: str) -> dict[str, str]:
    """`VERSION_name.up.sql` and `.down.sql`: each is sent whole, and is one transaction on servers that have those."""
    del provider
    files = {}
    for part in parts:
        stem = f"{_number(part)}_{part.name}"
        files[f"{stem}.up.sql"] = _head(part, "up") + _body(part.up)
        files[f"{stem}.down.sql"] = _head(part, "down") + _body(part.down)
    return files


def goose(parts: Sequence[Part], provider: str) -> dict[str, str]:
    """`VERSION_name.sql` with both ways; what has a semicolon inside stands between StatementBegin and StatementEnd."""
    del provider
    files = {}
    for part in parts:
        lines = [_head(part, None)]
        if part.up.outside or part.down.outside:
            lines.append("-- +goose NO TRANSACTION\n")
        lines += ["-- +goose Up\n", _body(part.up, _goose_statement)]
        lines += ["\n-- +goose Down\n", _body(part.down, _goose_statement)]
        files[f"{_number(part)}_{part.name}.sql"] = "".join(lines)
    return files


def _goose_statement(script: Script) -> str:
    text = _closed(script.sql)
    if ";" in script.sql:
        text = f"-- +goose StatementBegin\n{text}\n-- +goose StatementEnd"
    return text


def dbmate(parts: Sequence[Part], provider: str) -> dict[str, str]:
    """`VERSION_name.sql` with both ways; each is sent whole."""
    del provider
    return {
        f"{_number(part)}_{part.name}.sql": _head(part, None)
        + _dbmate_half("up", part.up)
        + "\n"
        + _dbmate_half("down", part.down)
        for part in parts
    }


def _dbmate_half(way: str, half: Half) -> str:
    option = " transaction:false" if half.outside else ""
    return f"-- migrate:{way}{option}\n{_body(half)}"


def flyway(parts: Sequence[Part], provider: str) -> dict[str, str]:
    """`Vversion__name.sql` and `Uversion__name.sql`, with a `.conf` beside those that are to run in another way."""
    files = {}
    for part in parts:
        version = part.version if part.total == 1 else f"{part.version}.{part.number}"
        for letter, way, half in (("V", "up", part.up), ("U", "down", part.down)):
            name = f"{letter}{version}__{part.name}.sql"
            text = _head(part, way) + _delimited(half, provider)
            files[name] = text
            settings = ["executeInTransaction=false"] if half.outside else []
            settings += ["placeholderReplacement=false"] if "${" in text else []
            if settings:
                files[f"{name}.conf"] = "\n".join(settings) + "\n"
    return files


def atlas(parts: Sequence[Part], provider: str) -> dict[str, str]:
    """`VERSION_name.sql` with the way up, and `atlas.sum` over all of them."""
    del provider
    files = {}
    for part in parts:
        custom = any(";" in script.sql for script in part.up.scripts)
        lines = [f"-- atlas:delimiter {_END}\n"] if custom else []
        lines += ["-- atlas:txmode none\n"] if part.up.outside else []
        lines += ["\n"] if lines else []
        lines.append(_head(part, "up"))
        lines.append(
            _body(part.up, lambda script: f"{_closed(script.sql)}\n{_END}")
            if custom
            else _body(part.up)
        )
        files[f"{_number(part)}_{part.name}.sql"] = "".join(lines)
    return files | {"atlas.sum": atlas_sum(files)}


def atlas_sum(files: Mapping[str, str]) -> str:
    """The text of `atlas.sum`: a hash for each file over it and all before it, and one over those."""
    running, whole = sha256(), sha256()
    lines = []
    for name in sorted(files):
        running.update(name.encode() + files[name].encode())
        digest = base64.b64encode(running.digest()).decode()
        whole.update((name + digest).encode())
        lines.append(f"{name} h1:{digest}\n")
    return f"h1:{base64.b64encode(whole.digest()).decode()}\n{''.join(lines)}"


def sql(parts: Sequence[Part], provider: str) -> dict[str, str]:
    """`VERSION_name.up.sql` and `.down.sql` for the server's own shell, with their transactions written out."""
    folders: dict[str, list[Part]] = {}
    for part in parts:
        folders.setdefault(part.folder, []).append(part)
    files = {}
    for folder, some in folders.items():
        stem = f"{some[0].version}_{some[0].name}"
        downs = [part.down for part in reversed(some)]
        for way, halves in (("up", [part.up for part in some]), ("down", downs)):
            files[f"{stem}.{way}.sql"] = _for_shell(folder, way, halves, provider)
    return files


def _for_shell(folder: str, way: str, halves: Sequence[Half], provider: str) -> str:
    server = elsewhere(provider)
    blocks = [f"-- {folder}: {way}, {provider}\n-- {server.SHELL}"]
    blocks += [f"{text};" for text in server.OPENING]
    for half in halves:
        if not half.scripts:
            continue
        body = _delimited(half, provider).rstrip("\n")
        alone = half.outside or not server.UNDOES_DDL
        blocks.append(body if alone else f"BEGIN;\n\n{body}\n\nCOMMIT;")
    return "\n\n".join(blocks) + "\n"


FORMATS = {
    "golang-migrate": Format(
        "golang-migrate",
        golang_migrate,
        outside="leave `x-multi-statement` and `x-use-transaction` off in the URL",
    ),
    "goose": Format("goose", goose, re.compile(r"^--\s*\+goose\b", re.IGNORECASE | re.MULTILINE)),
    "flyway": Format(
        "Flyway",
        flyway,
        outside="set `flyway.postgresql.transactional.lock=false`: its lock would wait for `CONCURRENTLY`, and that for it",
    ),
    "dbmate": Format("dbmate", dbmate, re.compile(r"^--\s*migrate:", re.MULTILINE)),
    "atlas": Format("Atlas", atlas, re.compile(r"-- (?:atlas:|okra-end)"), summary="atlas.sum"),
    "sql": Format("plain SQL", sql),
}


def checked(form: Format, parts: Sequence[Part]) -> None:
    """Nothing, if the tool can hold all of `parts`.

    Raises  DirectoryError for a statement in which it would see an instruction to itself, and for too many parts
    """
    for part in parts:
        if part.number > _MAX_PARTS:
            raise DirectoryError(
                f"`{part.folder}` has more than {_MAX_PARTS} transactions",
                code="OKR684",
                help="make several migrations of it, and export again",
            )
        for script in (*part.up.scripts, *part.down.scripts):
            found = form.marks.search(f"{script.comment}\n{script.sql}") if form.marks else None
            if found:
                raise DirectoryError(
                    f"{form.title} would take `{found[0]}` in a statement of `{part.folder}` for an instruction to itself",
                    code="OKR682",
                    help="write it in another way in the migration, then `okra db:migrate:verify` and export again",
                )


def _number(part: Part) -> str:
    """The version with the part behind it: as long for all, so that those made later come later."""
    return f"{part.version}{part.number:03}"


def _head(part: Part, way: str | None) -> str:
    words = [part.folder, *([f"part {part.number} of {part.total}"] if part.total > 1 else [])]
    return f"-- {', '.join(words)}{f': {way}' if way else ''}\n\n"


def _body(half: Half, statement: Callable[[Script], str] | None = None) -> str:
    """The statements, each under its comment; a statement that does nothing where there is none."""
    if not half.scripts:
        return f"{_NOTHING}\n"
    form = statement or (lambda script: _closed(script.sql))
    return "\n\n".join(_commented(script, form(script)) for script in half.scripts) + "\n"


def _commented(script: Script, text: str) -> str:
    return f"{script.comment}\n{text}" if script.comment else text


def _delimited(half: Half, provider: str) -> str:
    """The same for what cuts at each semicolon, as the shell of MySQL does."""
    if not elsewhere(provider).DELIMITED:
        return _body(half)
    return _body(half, _with_delimiter)


def _with_delimiter(script: Script) -> str:
    if ";" not in script.sql:
        return _closed(script.sql)
    mark = next(text for text in ("//", "$$", "§§", "okra//end") if text not in script.sql)
    return f"DELIMITER {mark}\n{script.sql}\n{mark}\nDELIMITER ;"


def _closed(text: str) -> str:
    """A statement with its semicolon, which stands in no comment."""
    last = text.rpartition("\n")[2]
    return f"{text}\n;" if "--" in last or "#" in last else f"{text};"
