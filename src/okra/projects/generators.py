"""Generators of types, ours and those of other packages: found, given their options, run, and their files looked at."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

import msgspec

from okra.codegen import ENTRY_POINTS, GENERATORS, find_generator, languages
from okra.codegen.generator import MARK, CannotGenerate, File, Options, is_marked
from okra.configuration.jsonfit import misfits
from okra.configuration.jsontext import read_json
from okra.configuration.settings import MAX_CONFIG_BYTES
from okra.errors import ConfigError, Diagnostic, OkraError, visible
from okra.nearest import nearest
from okra.source import Source, Span
from okra.textfiles import is_file_name, read_text, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from okra.codegen.generator import Generator
    from okra.configuration.jsontext import Member
    from okra.configuration.settings import Settings, Variables
    from okra.language.definition import SchemaDefinition
    from okra.language.places import Places

ALSO_CALLED = {"golang": "go", "ts": "typescript", "py": "python"}
"""What services call their language, where that is not the name of a generator."""


def load_generator(language: str) -> Generator[Any] | None:
    """The generator for a language, or None where no package has one.

    Raises  OkraError where the package that has it is broken
    """
    try:
        found = find_generator(language)
    except (Exception, SystemExit) as cause:
        if language in GENERATORS:
            raise
        raise _broken(language, f"can't be loaded: {_shortly(cause)}") from cause
    if found is not None:
        _check_form(language, found)
    return found


def _check_form(language: str, found: Generator[Any]) -> None:
    """Nothing, if `found` has what a generator has."""
    options = getattr(found, "options", None)
    if not isinstance(options, type) or not issubclass(options, Options):
        raise _broken(language, "has no class of `Options` as its `options`")
    suffixes = getattr(found, "suffixes", None)
    ends = suffixes if isinstance(suffixes, tuple) else ()
    if not ends or not all(isinstance(end, str) and end.startswith(".") for end in ends):
        raise _broken(
            language, 'has no tuple of the ends of its files, such as `(".kt",)`, as its `suffixes`'
        )
    if not callable(getattr(found, "generate", None)):
        raise _broken(language, "has no method `generate`")


def unknown_help(language: str) -> str:
    """What to do about a language that there is no generator for."""
    known = languages()
    near = nearest(language, (*known, *ALSO_CALLED))
    listed = ", ".join(f"`{name}`" for name in known)
    return (
        f"did you mean `{ALSO_CALLED.get(near, near)}`?"
        if near
        else f"there are {listed}; packages can bring more: docs/generators.md"
    )


def read_options(
    language: str, found: Generator[Any], settings: Settings, variables: Variables
) -> Options:
    """What the configuration says of a language, variables expanded.

    Raises  ConfigError with every misfit at its place
    """
    said = settings.file.models.generators.get(language, {})
    try:
        options: Options = msgspec.convert(said, found.options)
    except msgspec.ValidationError as cause:
        raise _wrong_options(language, found, settings, str(cause)) from cause
    texts = {
        name: variables.expand(value, key=f"models.generators.{language}.{name}")
        for name in options.__struct_fields__
        if isinstance(value := getattr(options, name), str) and not isinstance(value, Enum)
    }
    return msgspec.structs.replace(options, **texts)


def _wrong_options(
    language: str, found: Generator[Any], settings: Settings, reason: str
) -> ConfigError:
    where = f"models.generators.{language}"
    source, member = configured(settings, language)
    wrong: list[Diagnostic] = []
    if member is not None:
        wrong += misfits(member.value, found.options, source.name, where)
    if not wrong:
        span = Span(source.name, member.start, member.end) if member else None
        wrong = [Diagnostic(code="OKR608", message=f"`{where}` does not fit: {reason}", span=span)]
    return ConfigError(wrong, {source.name: source})


def configured(settings: Settings, language: str) -> tuple[Source, Member | None]:
    """Where the configuration has the options of a language; None: it does not have them any more."""
    if settings.path is None:
        return Source("okra.config.json", ""), None
    text = read_text(settings.path, "the configuration", MAX_CONFIG_BYTES)
    source = Source(shown(settings.path), text)
    node = read_json(source)
    member = None
    for key in ("models", "generators", language):
        member = (node.members or {}).get(key)
        if member is None:
            break
        node = member.value
    return source, member


def check_options(
    error: CannotGenerate, language: str, found: Generator[Any], settings: Settings
) -> None:
    """Nothing, if `error` is about the schema.

    Raises  ConfigError where it is about options: its subject is the name of one
    """
    known = {field.encode_name for field in msgspec.structs.fields(found.options)}
    problems = [problem for problem in error.problems if problem.subject in known]
    if not problems:
        return
    source, member = configured(settings, language)
    members = (member.value.members or {}) if member is not None else {}
    wrong: list[Diagnostic] = []
    for problem in problems:
        at = members[problem.subject].value if problem.subject in members else None
        span = Span(source.name, at.start, at.end) if at else None
        wrong.append(
            Diagnostic(code="OKR608", message=problem.message, span=span, help=problem.help)
        )
    raise ConfigError(wrong, {source.name: source})


def diagnostics(error: CannotGenerate, places: Places, code: str) -> Iterator[Diagnostic]:
    """What there is no way to say, each at its place in the schema."""
    for problem in error.problems:
        model, _, field = problem.subject.partition(".")
        span = places.get(problem.subject) or (places.get(model) if field else None)
        yield Diagnostic(code=code, message=problem.message, span=span, help=problem.help)


def run_generator(
    language: str, found: Generator[Any], schema: SchemaDefinition, options: Options
) -> tuple[File, ...]:
    """The files for a schema; they may be written as they are.

    Raises  CannotGenerate; OkraError where the package that has the generator is broken
    """
    try:
        files = tuple(found.generate(schema, options))
    except (CannotGenerate, OkraError):
        raise
    except Exception as cause:
        if language in GENERATORS:
            raise
        raise _broken(language, f"failed: {_shortly(cause)}") from cause
    for wrong in _wrong_files(files, found.suffixes):
        raise _broken(language, wrong)
    return files


def _wrong_files(files: Iterable[object], suffixes: tuple[str, ...]) -> Iterator[str]:
    """Why they can't be written."""
    for file in files:
        if not isinstance(file, File) or not _is_text(file.name) or not _is_text(file.text):
            yield "gave something else than files with a name and a text"
        elif not _is_below(file.name):
            yield f"gave the file `{visible(file.name)}`, which is no name below the output folder"
        elif not file.name.endswith(suffixes):
            ends = ", ".join(f"`{end}`" for end in suffixes)
            yield f"gave the file `{visible(file.name)}`, which ends with none of its `suffixes`: {ends}"
        elif not is_marked(file.text.partition("\n")[0]):
            yield (
                f"gave the file `{visible(file.name)}` without the mark in its first line, alone behind "
                f"the sign of a comment: `{MARK}`"
            )


def _is_text(value: object) -> bool:
    """Whether it is a text that UTF-8 can hold."""
    if not isinstance(value, str):
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_below(name: str) -> bool:
    """Whether it is a name below a folder, the same on every system."""
    return name.isprintable() and all(map(is_file_name, name.split("/")))


def _broken(language: str, what: str) -> OkraError:
    from importlib.metadata import entry_points

    points = entry_points(group=ENTRY_POINTS, name=language)
    package = next((point.dist.name for point in points if point.dist is not None), None)
    owner = f" of the package `{package}`" if package else ""
    return OkraError(
        f"the generator for `{language}`{owner} {what}",
        code="OKR702",
        help="whoever makes the package can mend that; `--debug` shows where it happened\n"
        "until then, name the other languages: `--language go`",
    )


def _shortly(cause: BaseException) -> str:
    """What went wrong, in one line."""
    said = str(cause).strip().partition("\n")[0]
    return f"{type(cause).__name__}: {said}" if said else type(cause).__name__
