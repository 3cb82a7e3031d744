"""Building: the types, the models as data, and the bundle that a service is deployed with."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from okra.bundles.manifest import MODELS
from okra.bundles.packing import Part, models_bytes, packed
from okra.errors import DirectoryError, PlanError, UsageError
from okra.migrations.directory import read_directory
from okra.migrations.files import directory_error, made_folder, read_bytes, staged_file
from okra.projects.branching import check_files
from okra.projects.service import read_service
from okra.projects.typing import Typed, chosen_languages, plan_types, write_types
from okra.textfiles import is_file_name, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from okra.projects.project import Project

SUFFIX = ".okra.pkg"


class Built(msgspec.Struct, frozen=True, kw_only=True):
    """What was built.

    bundle      its file
    size        of the bundle, in bytes
    migrations  how many of each provider it has, of all databases
    types       what was generated
    models      the files with the models, one for each database
    written     those of the bundle and the models that were not so already
    warnings    what providers can only imitate of the schema, as sentences
    """

    bundle: Path
    size: int
    migrations: dict[str, int]
    types: tuple[Typed, ...]
    models: tuple[Path, ...]
    written: tuple[Path, ...]
    warnings: tuple[str, ...]


def build(projects: Sequence[Project], out: str | None = None) -> Built:
    """Check schema and migrations, generate the types, and write the models and the bundle. Opens no database.

    projects  all databases of one configuration
    out       the bundle's file; None: the service's name beside the configuration

    Raises  SchemaError, DirectoryError; PlanError where the schema has what no migration makes; BundleError;
            nothing is written where one of these is raised, nor where there is no room for all of it
    """
    warnings = [text for project in projects for text in project.check()]
    for project in projects:
        _check_migrations(project)
    parts = [_part(project) for project in projects]
    bundle = _bundle(projects[0], out)
    data = packed(parts, bundle)
    types = plan_types(projects) if chosen_languages(projects[0]) else ()
    folder = projects[0].settings.folder
    texts = {folder / _models_file(part): models_bytes(part.models) for part in parts}
    written = _write_all(texts | {bundle: data}, types)
    return Built(
        bundle=bundle,
        size=len(data),
        migrations=_counts(parts),
        types=types,
        models=tuple(texts),
        written=written,
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _check_migrations(project: Project) -> None:
    """Nothing, if the migrations fit together and lead to what the schema says."""
    for found in check_files(project) if project.target.outputs else ():
        for problem in found.problems:
            raise DirectoryError(
                problem.message, code=problem.code, place=problem.place, help=problem.help
            )
    for prepared in project.prepare(mend=False) if project.target.outputs else ():
        if prepared.draft.changes:
            raise PlanError(
                f"the schema has changes that no migration of `{prepared.draft.provider}` makes",
                code="OKR717",
                place=shown(prepared.directory.path),
                help="`okra db:migrate:generate` writes it; then build again",
            )


def _part(project: Project) -> Part:
    outputs = zip(project.target.outputs, project.directories(), strict=True)
    return Part(
        database=project.target.database,
        models=project.definition(),
        directories=tuple(dict.fromkeys((item.provider, folder) for item, folder in outputs)),
    )


def _bundle(project: Project, out: str | None) -> Path:
    if out is not None:
        return project.start / Path(out).expanduser()
    name = read_service(project.settings.folder).name
    if name is None:
        return project.settings.folder / f"{project.settings.folder.name or 'okra'}{SUFFIX}"
    if not is_file_name(name.text):
        raise UsageError(
            f"the service's name `{name.text}` can't be the name of a file",
            code="OKR718",
            help="`--out FILE` says what the bundle is called",
        )
    return project.settings.folder / f"{name.text}{SUFFIX}"


def _models_file(part: Part) -> str:
    return f"{part.database}.{MODELS}" if part.database else MODELS


def _counts(parts: Sequence[Part]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for part in parts:
        for provider, folder in part.directories:
            count = len(read_directory(folder, provider).migrations)
            counts[provider] = counts.get(provider, 0) + count
    return counts


def _write_all(files: Mapping[Path, bytes], types: tuple[Typed, ...]) -> tuple[Path, ...]:
    """Write the types, and those of `files` that are not so already: these are the ones given back.

    Raises  DirectoryError where one of `files` can't be written; then nothing is
    """
    changed = tuple(path for path, data in files.items() if not _is_so(path, data))
    with ExitStack() as staged:
        puts = [staged.enter_context(_staged(path, files[path])) for path in changed]
        write_types(types)
        for put in puts:
            put()
    return changed


def _is_so(path: Path, data: bytes) -> bool:
    try:
        return os.path.lexists(path) and read_bytes(str(path)) == data
    except OSError as error:
        raise directory_error(error, path, "write") from error


@contextmanager
def _staged(path: Path, data: bytes) -> Iterator[Callable[[], None]]:
    """`data` on the disk, in a folder that is made for it; what is given puts it in the place of `path`."""
    with ExitStack() as made:
        try:
            made.enter_context(made_folder(path.parent))
            put = made.enter_context(staged_file(path, data))
        except OSError as error:
            raise directory_error(error, path, "write") from error
        yield put
