"""The migrations of a bundle as a directory: checked whole, then written to a folder of their own."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from okra.bundles.archive import read_archive
from okra.bundles.manifest import checked_files, database_of, is_migration_file, migrations_name
from okra.errors import BundleError, OkraError
from okra.migrations.folder import FILES
from okra.textfiles import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_HELP = {
    "OKR462": "a newer bundle was applied to it already: deploy that one, or one that was built later\n"
    "`okra db:migrate:down`, where the migrations are, takes it back before an older one is deployed",
    "OKR491": "run `okra db:migrate:squash --keep` where the migrations are, and build again: the bundle "
    "then has what was squashed, and `up` goes on from there",
}
"""What to do about migrations that are not where `up` looks, where that is a bundle."""


@contextmanager
def unpacked_migrations(path: Path, provider: str, database: str | None) -> Iterator[Path]:
    """A directory with the migrations that the bundle has; it is gone afterwards.

    database  whose; None: those of the only one in the bundle

    Raises    BundleError for a bundle that is broken, not to be trusted, or has no such migrations
    """
    files = checked_files(read_archive(path), path)
    wanted = _wanted(files, path, provider, database)
    with ExitStack() as made:
        try:
            scratch = made.enter_context(tempfile.TemporaryDirectory(prefix="okra-bundle-"))
            folder = _written(wanted, Path(scratch))
        except OSError as error:
            raise _no_room(path, error) from error
        with _named(folder, shown(path)):
            yield folder


@contextmanager
def _named(folder: Path, bundle: str) -> Iterator[None]:
    """Errors about `folder` name the bundle in its place: it is gone when they are read."""

    def named(text: str) -> str:
        return text.replace(str(folder), bundle).replace(shown(folder), bundle)

    try:
        yield
    except OkraError as error:
        error.message = named(error.message)
        error.place = named(error.place) if error.place else None
        error.help = _HELP.get(error.code) or (named(error.help) if error.help else None)
        raise


def _written(files: Mapping[str, bytes], scratch: Path) -> Path:
    """The files in a folder of `scratch`, which is there whole or not at all."""
    staged, target = scratch / "staged", scratch / "migrations"
    staged.mkdir()
    for name, data in files.items():
        file = staged / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    staged.rename(target)
    return target


def _no_room(path: Path, error: OSError) -> BundleError:
    reason = (error.strerror or type(error).__name__).lower()
    return BundleError(
        f"the migrations of `{shown(path)}` can't be written to a folder for temporary files: {reason}",
        code="OKR719",
        place=tempfile.tempdir,
        help="name a folder with room, as in `TMPDIR=/var/tmp okra db:migrate:up …`",
    )


def _wanted(
    files: Mapping[str, bytes], path: Path, provider: str, database: str | None
) -> dict[str, bytes]:
    """The files of the migrations, by folder and name."""
    names = _databases(files)
    if database not in names:
        database = _only(names, path, database)
    start = f"{migrations_name(database, provider)}/"
    found = {}
    for name, data in files.items():
        rest = name.removeprefix(start)
        parts = rest.split("/")
        if rest != name and is_migration_file(parts) and parts[-1] in FILES:
            found[rest] = data
    if not found:
        raise _no_migrations(path, provider, _providers(files, database))
    return found


def _databases(files: Iterable[str]) -> tuple[str | None, ...]:
    """The databases that a bundle is for; None: one without a name."""
    found = set(map(database_of, files))
    return tuple(sorted(found, key=lambda name: name or ""))


def _only(names: tuple[str | None, ...], path: Path, wanted: str | None) -> str | None:
    if len(names) == 1 and (wanted is None or names[0] is None):
        return names[0]
    known = [name for name in names if name is not None]
    if wanted is None and known:
        raise BundleError(
            f"the bundle `{shown(path)}` is for several databases: {_listed(known)}",
            code="OKR716",
            help=f"say which one is meant: `--database {known[0]}`",
        )
    raise _missing(path, f"a database `{wanted}`" if wanted else "a database", known)


def _providers(files: Iterable[str], database: str | None) -> list[str]:
    start = migrations_name(database, "")
    found = {name.removeprefix(start).split("/")[0] for name in files if name.startswith(start)}
    return sorted(found)


def _no_migrations(path: Path, provider: str, known: list[str]) -> BundleError:
    help_text = f"it has those for {_listed(known)}; the URL says which are meant: `--url`"
    return BundleError(
        f"the bundle `{shown(path)}` has no migrations for `{provider}`",
        code="OKR716",
        help=help_text if known else "`okra build` writes what there is",
    )


def _missing(path: Path, what: str, known: list[str]) -> BundleError:
    return BundleError(
        f"the bundle `{shown(path)}` has no {what.removeprefix('a ')}",
        code="OKR716",
        help=f"it has {_listed(known)}" if known else "`okra build` writes what there is",
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
