"""Types for services, generated from the schemas of a configuration: in which languages, to where, and what changes.

Everything is generated and compared before the first file is written: what is wrong with one language or one
database leaves all files as they are.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from okra.codegen import GENERATORS
from okra.codegen.generator import CannotGenerate
from okra.configuration.config import database_entries
from okra.configuration.settings import project_root
from okra.errors import ConfigError, Diagnostic, SchemaError, UsageError
from okra.language.report import in_order
from okra.projects.generators import (
    ALSO_CALLED,
    check_options,
    configured,
    diagnostics,
    load_generator,
    read_options,
    run_generator,
    unknown_help,
)
from okra.projects.service import read_service
from okra.projects.typefiles import (
    State,
    TypeFile,
    check_folder,
    check_inside,
    look,
    remove_all,
    stale,
    write_all,
)
from okra.source import Span
from okra.textfiles import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from okra.codegen.generator import Generator, Options
    from okra.projects.project import Project
    from okra.source import Source

DEFAULT_OUTPUT = "generated"


class Typed(NamedTuple):
    """The types of one language: its files as they should be and are.

    folder  that they lie in; where there are several databases, each has a folder of its own in it
    stale   files that were generated once and are not any more
    """

    language: str
    folder: Path
    files: tuple[TypeFile, ...]
    stale: tuple[Path, ...]

    @property
    def missing(self) -> tuple[Path, ...]:
        return tuple(file.path for file in self.files if file.state is State.MISSING)

    @property
    def differing(self) -> tuple[Path, ...]:
        return tuple(file.path for file in self.files if file.state is State.DIFFERS)

    @property
    def unchanged(self) -> int:
        return sum(1 for file in self.files if file.state is State.SAME)

    @property
    def changed(self) -> bool:
        return bool(self.missing or self.differing or self.stale)


class _Job(NamedTuple):
    """A language to generate.

    folder  that the files go to
    limit   the folder that they may not leave, links resolved
    said    `folder` as the user has named it
    whole   all below the folder is of this language; else it was named for once, with `--out`
    """

    language: str
    generator: Generator[Any]
    options: Options
    folder: Path
    limit: str
    said: str
    whole: bool


def chosen_languages(project: Project) -> tuple[str, ...]:
    """The languages that the configuration names, else that of the service; empty: no types are wanted.

    A service may be written in a language that there is no generator for.

    Raises  UsageError where the service's file can't be read
    """
    languages = tuple(project.settings.file.models.generators)
    if languages:
        return languages
    said = read_service(project.settings.folder).language
    found = _generator_name(said.text) if said is not None else None
    return (found,) if found is not None else ()


def _generator_name(text: str) -> str | None:
    """The name of the generator for a language as a service spells it, or None where there is none."""
    name = text.casefold()
    name = ALSO_CALLED.get(name, name)
    return name if name in GENERATORS or load_generator(name) is not None else None


def _no_language(project: Project) -> UsageError:
    """Why `chosen_languages` has none."""
    said = read_service(project.settings.folder).language
    if said is not None:
        message = f"there is no generator of types for `{said.text}`"
        help_text = unknown_help(said.text)
        wrong = Diagnostic(code="OKR701", message=message, span=said.span, help=help_text)
        return ConfigError([wrong], {said.source.name: said.source})
    return UsageError(
        "no language is known to generate types for",
        code="OKR700",
        help='name one, `--language go`, or put it into the configuration: "models": { "generators": { "go": {} } }\n'
        'or say in okra.service.json beside it what the service is written in: { "language": "go" }',
    )


def plan_types(
    projects: Sequence[Project], *, languages: Sequence[str] = (), out: str | None = None
) -> tuple[Typed, ...]:
    """The types of all `projects`, which are of one configuration. Writes nothing.

    languages  these; empty: those of the configuration or the service
    out        the folder to write to, in place of the configured ones

    Raises  UsageError, ConfigError, SchemaError; OkraError where a generator of another package is broken
    """
    wanted = tuple(dict.fromkeys(languages)) or chosen_languages(projects[0])
    if out == "":  # where a variable of a script is not set
        raise UsageError(
            "`--out` names no folder", code="OKR703", help="name one; `.` is the current folder"
        )
    if not wanted:
        raise _no_language(projects[0])
    jobs = _jobs(projects[0], wanted, out)
    taken = _check_folders(projects[0], jobs)
    files = _generate(projects, jobs)
    _check_distinct(path for each in files.values() for path, _ in each)
    return tuple(_compare(projects, job, files[job.language], taken) for job in jobs)


def _jobs(project: Project, wanted: Sequence[str], out: str | None) -> tuple[_Job, ...]:
    """The languages to generate.

    Raises  UsageError; ConfigError with all that the configuration says wrongly of them
    """
    jobs: list[_Job] = []
    wrong: list[Diagnostic] = []
    sources: dict[str, Source] = {}
    for language in wanted:
        try:
            jobs.append(_job(project, language, out, several=len(wanted) > 1))
        except ConfigError as error:
            wrong += error.diagnostics
            sources |= error.sources
    if wrong:
        raise ConfigError(wrong, sources)
    return tuple(jobs)


def _job(project: Project, language: str, out: str | None, *, several: bool) -> _Job:
    found = load_generator(language)
    if found is None:
        raise _unknown(project, language)
    options = read_options(language, found, project.settings, project.variables)
    if "\0" in f"{out}{options.output}":
        raise UsageError(
            f"the name of the folder for `{language}` has a NUL character",
            code="OKR703",
            help="take it out",
        )
    if out is not None:
        said = f"{out}/{language}" if several else out
        folder = project.start.absolute() / Path(said).expanduser()
        limit = os.path.realpath(folder)
    else:
        said = options.output or _default(language)
        folder = project.settings.folder / said
        limit = str(project_root(project.settings.folder))
        check_inside(folder, limit)
    folder = Path(os.path.normpath(folder)) if ".." not in folder.parts else folder.resolve()
    check_folder(folder)
    return _Job(language, found, options, folder, limit, said, whole=out is None)


def _default(language: str) -> str:
    return f"{DEFAULT_OUTPUT}/{language}"


def _unknown(project: Project, language: str) -> UsageError:
    message = f"there is no generator of types for `{language}`"
    if language in project.settings.file.models.generators:
        source, member = configured(project.settings, language)
        span = Span(source.name, member.start, member.end) if member else None
        wrong = Diagnostic(code="OKR701", message=message, span=span, help=unknown_help(language))
        return ConfigError([wrong], {source.name: source})
    return UsageError(message, code="OKR701", help=unknown_help(language))


def _check_folders(project: Project, jobs: Sequence[_Job]) -> Mapping[str, str]:
    """Where each configured or wanted language is written to, links resolved.

    Raises  UsageError where one that is wanted has the folder of another
    """
    folders = {job.language: os.path.realpath(job.folder) for job in jobs}
    said = {job.language: job.said for job in jobs}
    for language, options in project.settings.file.models.generators.items():
        text = options.get("output") or _default(language)
        if language not in folders and isinstance(text, str):
            text = project.variables.expand(text, key=f"models.generators.{language}.output")
            folders[language] = os.path.realpath(project.settings.folder / text)
    owners: dict[str, str] = {}
    for language, folder in folders.items():
        first = owners.setdefault(folder.casefold(), language)
        if first != language:
            raise UsageError(
                f"the types for `{first}` and `{language}` would both be written to `{said[first]}`",
                code="OKR707",
                help="give each language an `output` of its own",
            )
    return folders


def _generate(
    projects: Sequence[Project], jobs: Sequence[_Job]
) -> Mapping[str, list[tuple[Path, str]]]:
    """The files of each language: path and text.

    Raises  SchemaError with all that one of the languages has no way to say
    """
    found: dict[str, list[tuple[Path, str]]] = {job.language: [] for job in jobs}
    wrong: dict[Diagnostic, None] = {}
    sources: dict[str, Source] = {}
    for project in projects:
        schema = project.definition()
        sources |= {source.name: source for source in project.sources}
        for job in jobs:
            below = _folder_name(project)
            folder = job.folder / below
            options = replace(job.options, output=f"{job.said}/{below}" if below else job.said)
            try:
                files = run_generator(job.language, job.generator, schema, options)
            except CannotGenerate as error:
                check_options(error, job.language, job.generator, project.settings)
                wrong |= dict.fromkeys(diagnostics(error, project.schema.places, "OKR705"))
            else:
                found[job.language] += ((folder / file.name, file.text) for file in files)
    if wrong:
        raise SchemaError(in_order(wrong, list(sources.values())), sources)
    return found


def _folder_name(project: Project) -> str:
    """The folder of a database below the output, with a name that a package can have; empty for the only one."""
    name = project.target.database or ""
    return "".join(letter if letter.isalnum() else "_" for letter in name)


def _check_distinct(paths: Iterable[Path]) -> None:
    """Nothing, if no two files would be one, also where a file system does not tell cases apart."""
    first: dict[str, Path] = {}
    for path in paths:
        other = first.setdefault(str(path).casefold(), path)
        if other is not path:
            what = "would be written twice" if other == path else "differ in case alone"
            names = f"`{shown(path)}`" if other == path else f"`{shown(other)}` and `{shown(path)}`"
            raise UsageError(
                f"the generated files {names} {what}",
                code="OKR707",
                help='give one of the models another name, or have one file for all: `"files": "one"`',
            )


def _compare(
    projects: Sequence[Project],
    job: _Job,
    wanted: Sequence[tuple[Path, str]],
    taken: Mapping[str, str],
) -> Typed:
    """What is to be written and removed for one language."""
    for folder in {path.parent: None for path, _ in wanted}:
        check_inside(folder, job.limit)
    files = tuple(look(path, text, job.limit) for path, text in wanted)
    others = {folder for language, folder in taken.items() if language != job.language}
    whole = len(projects) == len(database_entries(projects[0].settings.file))
    folders = [job.folder] if whole else [job.folder / _folder_name(each) for each in projects]
    if not job.whole:
        folders = list({path.parent: None for path, _ in wanted})
    paths = [file.path for file in files]
    gone = (
        path
        for each in folders
        for path in stale(each, job.generator.suffixes, paths, others, below=job.whole)
    )
    return Typed(job.language, job.folder, files, tuple(gone))


def write_types(found: Iterable[Typed]) -> None:
    """Write what `plan_types` found: new and changed files, each at one stroke; then remove the stale ones.

    Raises  OSError; what was written by then stays, and doing it again does the rest
    """
    for each in found:
        write_all(each.files)
        remove_all(each.stale, each.folder)
