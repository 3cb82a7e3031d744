"""The migrations directory: read without being fooled, written whole or not at all."""

from __future__ import annotations

import importlib
import json
import multiprocessing
import os
import pkgutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import okra.migrations
from okra.errors import DirectoryError, OkraError, UsageError
from okra.language.definition import Model, SchemaDefinition
from okra.migrations.chain import Directory
from okra.migrations.directory import (
    checked_name,
    mend_current,
    next_version,
    read_directory,
    seal,
    write_migration,
)
from okra.migrations.header import contents_hash, migration_hash
from okra.migrations.snapshot import Contents
from okra.relational.model import Column, Database, Table

NOW = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
CONTENTS = Contents(
    database=Database(tables=(Table(name="t", columns=(Column(name="id", type="text"),)),)),
    models=SchemaDefinition(models=(Model(name="T", fields=()),)),
)


def write(directory: Directory, *, version: str | None = None, name: str | None = None) -> Path:
    return write_migration(
        directory,
        version=version or next_version(directory, NOW),
        name=name,
        contents=CONTENTS,
        migration_sql="CREATE TABLE t (id text);\n",
        rollback_sql="DROP TABLE t;\n",
        verified=True,
    )


def read(path: Path) -> Directory:
    directory = read_directory(path, "sqlite")
    directory.check_chain()
    return directory


def grow(path: Path, count: int) -> list[Path]:
    return [write(read(path)) for _ in range(count)]


def listing(path: Path) -> list[str]:
    return sorted(str(entry.relative_to(path)) for entry in path.rglob("*"))


def refused(work, kind: type[OkraError] = DirectoryError) -> OkraError:
    with pytest.raises(kind) as caught:
        work()
    assert caught.value.help
    return caught.value


def test_a_missing_directory_is_an_empty_one(tmp_path):
    directory = read(tmp_path / "none")

    assert (directory.migrations, directory.newest, listing(tmp_path)) == ((), None, [])


def test_a_migration_is_a_folder_with_three_files_and_current_is_its_snapshot(tmp_path):
    path = tmp_path / "deep" / "migrations"

    folder = write(read(path), name="add users")

    assert folder == path / "20240506_070809_add_users"
    assert listing(path) == [
        "20240506_070809_add_users",
        "20240506_070809_add_users/migration.sql",
        "20240506_070809_add_users/rollback.sql",
        "20240506_070809_add_users/schema.json",
        "current",
        "current/schema.json",
    ]
    snapshot = (folder / "schema.json").read_bytes()
    assert (path / "current" / "schema.json").read_bytes() == snapshot
    assert json.loads(snapshot)["chain"] == {
        "contents": contents_hash(snapshot.partition(b"\n")[2]),
        "format": 1,
        "hash": migration_hash(None, b"CREATE TABLE t (id text);\n", b"DROP TABLE t;\n"),
        "name": "add_users",
        "okra_version": json.loads(snapshot)["chain"]["okra_version"],
        "provider": "sqlite",
        "verified": True,
        "version": "20240506_070809",
    }


def test_each_migration_names_the_one_before(tmp_path):
    grow(tmp_path, 3)

    found = read(tmp_path).migrations

    assert [(each.version, each.header.parent) for each in found] == [
        ("20240506_070809", None),
        ("20240506_070810", "20240506_070809"),
        ("20240506_070811", "20240506_070810"),
    ]
    assert found[2].snapshot().contents == CONTENTS
    assert all(each.hash() == each.header.hash for each in found)


def test_a_version_is_utc_and_later_than_all_that_are_there(tmp_path):
    grow(tmp_path, 1)
    directory = read(tmp_path)
    tokyo = (NOW + timedelta(days=1)).astimezone(
        datetime.now().astimezone().tzinfo  # whatever the machine has
    )

    assert next_version(directory, tokyo) == "20240507_070809"
    assert next_version(directory, NOW - timedelta(days=400)) == "20240506_070810"


def test_a_version_that_is_taken_is_moved_on(tmp_path):
    grow(tmp_path, 1)
    (tmp_path / "20240506_070811").write_text("odd")
    (tmp_path / "20240506_070811").unlink()
    (tmp_path / "20240506_070812_notes.txt").touch()
    (tmp_path / "20240506_070812_notes.txt").unlink()

    folder = write(read(tmp_path), version="20240506_070809")

    assert folder.name == "20240506_070810"


def test_what_is_not_called_like_a_migration_is_ignored(tmp_path):
    grow(tmp_path, 1)
    for name in ("README.md", ".gitkeep", ".okra-left", "2024", "x20240506_070809"):
        (tmp_path / name).touch()
    (tmp_path / "notes").mkdir()

    assert len(read(tmp_path).migrations) == 1


def odd_link(path: Path) -> None:
    (path / "20240601_000000").symlink_to(path.parent)


def odd_loop(path: Path) -> None:
    (path / "20240601_000000_loop").symlink_to(path / "20240601_000000_loop")


def odd_file(path: Path) -> None:
    (path / "20240601_000000.sql").unlink(missing_ok=True)
    (path / "20240601_000000_file").touch()


def odd_pipe(path: Path) -> None:
    os.mkfifo(path / "20240601_000000_pipe")


@pytest.mark.parametrize("make", [odd_link, odd_loop, odd_file, odd_pipe])
def test_an_odd_entry_is_refused_and_named(tmp_path, make):
    grow(tmp_path / "m", 1)
    make(tmp_path / "m")

    error = refused(lambda: read(tmp_path / "m"))

    assert (error.code, "`20240601_000000" in error.message) == ("OKR451", True)


def snapshot_link(folder: Path) -> None:
    outside = folder.parent.parent / "outside.json"
    outside.write_bytes((folder / "schema.json").read_bytes())
    (folder / "schema.json").unlink()
    (folder / "schema.json").symlink_to(outside)


def snapshot_pipe(folder: Path) -> None:
    (folder / "schema.json").unlink()
    os.mkfifo(folder / "schema.json")


def snapshot_device(folder: Path) -> None:
    (folder / "schema.json").unlink()
    (folder / "schema.json").symlink_to("/dev/zero")


def snapshot_folder(folder: Path) -> None:
    (folder / "schema.json").unlink()
    (folder / "schema.json").mkdir()


def snapshot_missing(folder: Path) -> None:
    (folder / "schema.json").unlink()


def snapshot_cut(folder: Path) -> None:
    text = (folder / "schema.json").read_bytes()
    (folder / "schema.json").write_bytes(text[:100])


def snapshot_empty(folder: Path) -> None:
    (folder / "schema.json").write_bytes(b"")


def snapshot_conflict(folder: Path) -> None:
    text = (folder / "schema.json").read_text()
    (folder / "schema.json").write_text(f"<<<<<<< ours\n{text}=======\n{text}>>>>>>> theirs\n")


def snapshot_types(folder: Path) -> None:
    text = (folder / "schema.json").read_text()
    (folder / "schema.json").write_text(text.replace('"verified":true', '"verified":"yes"'))


def snapshot_latin(folder: Path) -> None:
    (folder / "schema.json").write_bytes(b'{"chain":{"format":1,"hash":"\xe9"},\n')


def snapshot_deep(folder: Path) -> None:
    (folder / "schema.json").write_bytes(b'{"chain":' + b"[" * 100_000 + b"\n")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (snapshot_link, "OKR450"),
        (snapshot_device, "OKR450"),
        (snapshot_folder, "OKR450"),
        (snapshot_pipe, "OKR452"),
        (snapshot_missing, "OKR452"),
        (snapshot_cut, "OKR452"),
        (snapshot_empty, "OKR452"),
        (snapshot_conflict, "OKR452"),
        (snapshot_types, "OKR452"),
        (snapshot_latin, "OKR452"),
        (snapshot_deep, "OKR452"),
    ],
)
def test_a_spoiled_snapshot_is_refused_and_its_file_named(tmp_path, spoil, code):
    (folder,) = grow(tmp_path / "m", 1)
    spoil(folder)

    error = refused(lambda: read(tmp_path / "m"))

    assert (error.code, error.place) == (code, str(folder / "schema.json"))


def test_a_newer_format_is_refused_even_where_its_shape_is_another(tmp_path):
    (folder,) = grow(tmp_path, 1)
    (folder / "schema.json").write_text('{"chain":{"format":7,"links":[]},\n"x":1}\n')

    error = refused(lambda: read(tmp_path))

    assert (error.code, "format 7" in error.message) == ("OKR453", True)


def test_a_snapshot_in_another_layout_is_read_all_the_same(tmp_path):
    (folder,) = grow(tmp_path, 1)
    path = folder / "schema.json"
    path.write_text(json.dumps(json.loads(path.read_text()), indent=4))

    (migration,) = read(tmp_path).migrations

    assert (migration.version, migration.snapshot().contents) == ("20240506_070809", CONTENTS)


def test_a_folder_with_another_migrations_snapshot_is_refused(tmp_path):
    (folder,) = grow(tmp_path, 1)
    folder.rename(tmp_path / "20240506_070809_other")

    error = refused(lambda: read(tmp_path))

    assert error.message == (
        "the folder `20240506_070809_other` holds the snapshot of `20240506_070809`"
    )


def test_a_deleted_parent_is_named(tmp_path):
    folders = grow(tmp_path, 3)
    folders[1].rename(tmp_path / "elsewhere")

    error = refused(lambda: read(tmp_path))

    assert (error.code, error.message) == (
        "OKR455",
        "`20240506_070811` follows `20240506_070810`, which is not in the directory",
    )


def test_two_migrations_of_one_version_are_a_fork(tmp_path):
    grow(tmp_path / "a", 1)
    write(read_directory(tmp_path / "b", "sqlite"), name="other")
    (tmp_path / "b" / "20240506_070809_other").rename(tmp_path / "a" / "20240506_070809_other")

    error = refused(lambda: read(tmp_path / "a"))

    assert error.code == "OKR454"
    assert error.message == "`20240506_070809` and `20240506_070809_other` have one version"


@pytest.mark.parametrize(
    ("text", "name"),
    [("add_users", "add_users"), (" add users-now ", "add_users_now"), ("x" * 200, "x" * 200)],
)
def test_names_become_part_of_the_folder(text, name):
    assert checked_name(text) == name


@pytest.mark.parametrize(
    "text", ["", "x" * 201, "../up", "a/b", "a\0b", "ä", "a;b", ".", "\u202e", "a\\b"]
)
def test_names_that_a_folder_should_not_have_are_refused(tmp_path, text):
    error = refused(lambda: checked_name(text), UsageError)

    assert error.code == "OKR457"


def test_a_directory_that_has_changed_since_it_was_read_is_not_written(tmp_path):
    stale = read(tmp_path)
    grow(tmp_path, 1)
    before = listing(tmp_path)

    error = refused(lambda: write(stale))

    assert (error.code, listing(tmp_path)) == ("OKR459", before)


def _write_in_process(path: Path, gate: Path, results) -> None:
    while not gate.exists():
        time.sleep(0.0005)
    try:
        results.put(write(read(path)).name)
    except DirectoryError as error:
        results.put(error.code)


def test_many_generating_at_once_never_make_a_fork(tmp_path):
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    gate = tmp_path / "go"
    path = tmp_path / "m"
    processes = [
        context.Process(target=_write_in_process, args=(path, gate, results)) for _ in range(8)
    ]
    for process in processes:
        process.start()
    time.sleep(1)
    gate.touch()
    said = [results.get(timeout=60) for _ in processes]
    for process in processes:
        process.join()

    written = [item for item in said if not item.startswith("OKR")]
    assert sorted(written) == [each.folder for each in read(path).migrations]
    assert {item for item in said if item.startswith("OKR")} <= {"OKR459"}
    assert not list(path.glob(".okra-*"))


def test_what_a_killed_run_left_is_swept_away(tmp_path):
    grow(tmp_path, 1)
    left = tmp_path / ".okra-0123456789abcdef"
    left.mkdir()
    (left / "migration.sql").touch()

    grow(tmp_path, 1)

    assert not left.exists()


def test_current_that_disagrees_is_mended_with_a_message(tmp_path):
    folders = grow(tmp_path, 2)
    current = tmp_path / "current" / "schema.json"
    nothing = mend_current(read(tmp_path))
    current.write_bytes((folders[0] / "schema.json").read_bytes())
    edited = mend_current(read(tmp_path))
    current.unlink()
    current.parent.rmdir()
    deleted = mend_current(read(tmp_path))

    assert nothing is None
    assert edited == deleted
    assert edited == "`current/schema.json` disagreed with `20240506_070810` and was mended"
    assert current.read_bytes() == (folders[1] / "schema.json").read_bytes()


def test_current_that_is_a_link_is_not_followed(tmp_path):
    grow(tmp_path / "m", 1)
    current = tmp_path / "m" / "current" / "schema.json"
    outside = tmp_path / "outside.json"
    outside.write_text("mine")
    current.unlink()
    current.symlink_to(outside)

    error = refused(lambda: mend_current(read(tmp_path / "m")))

    assert (error.code, outside.read_text()) == ("OKR450", "mine")


def test_a_migration_whose_place_is_taken_is_moved_on(tmp_path):
    directory = read(tmp_path)
    (tmp_path / "20240506_070809.notes").mkdir()

    assert write(directory).name == "20240506_070810"


def test_a_snapshot_in_another_layout_is_put_in_order_when_it_is_sealed(tmp_path):
    (folder,) = grow(tmp_path, 1)
    path = folder / "schema.json"
    before = path.read_bytes()
    path.write_text(json.dumps(json.loads(before), indent=1))
    (migration,) = read(tmp_path).migrations

    seal(read(tmp_path), migration, migration.read())

    assert path.read_bytes() == before


def test_long_files_are_read_whole(tmp_path):
    (folder,) = grow(tmp_path, 1)
    text = b"-- " + b"x" * 3_000_000
    (folder / "migration.sql").write_bytes(text)
    (migration,) = read(tmp_path).migrations

    assert migration.read().migration == text


def test_current_of_nothing_is_removed(tmp_path):
    (tmp_path / "current").mkdir()
    (tmp_path / "current" / "schema.json").write_text("{}")

    message = mend_current(read(tmp_path))

    assert (message is not None, listing(tmp_path)) == (True, ["current"])


def test_a_directory_that_is_a_file_is_refused(tmp_path):
    path = tmp_path / "file"
    path.touch()

    reading = refused(lambda: read(path))
    writing = refused(lambda: write(Directory(path=path, provider="sqlite")))

    assert (reading.code, writing.code) == ("OKR450", "OKR450")
    assert reading.message == f"can't read `{path}`: it is not a folder"


def as_nobody(work) -> list[str]:
    """What `work` raises when an unprivileged user does it: code and message."""
    if os.geteuid() != 0:
        with pytest.raises(OkraError) as caught:
            work()
        return [caught.value.code, caught.value.message]
    for module in pkgutil.iter_modules(okra.migrations.__path__, "okra.migrations."):
        importlib.import_module(module.name)  # the other user may not be able to read them
    receiver, sender = os.pipe()
    child = os.fork()
    if child == 0:
        said = ["nothing", ""]
        try:
            os.setgid(65534)
            os.setuid(65534)
            work()
        except OkraError as error:
            said = [error.code, error.message]
        except BaseException as error:  # noqa: BLE001 - the parent has to hear of it
            said = ["crash", repr(error)]
        finally:
            os.write(sender, json.dumps(said).encode())
            os._exit(0)
    os.waitpid(child, 0)
    os.close(sender)
    with os.fdopen(receiver) as pipe:
        return json.loads(pipe.read())


@pytest.fixture
def open_path():
    """A folder that others can reach, unlike pytest's own."""
    import shutil
    import tempfile

    path = Path(tempfile.mkdtemp())
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


def test_a_directory_that_may_not_be_written_is_one_clear_error(open_path):
    grow(open_path / "m", 1)
    before = listing(open_path)

    code, message = as_nobody(lambda: write(read(open_path / "m")))
    new = as_nobody(lambda: write(read(open_path / "new" / "deep")))

    assert (code, message.endswith("no permission")) == ("OKR450", True)
    assert (new[0], listing(open_path)) == ("OKR450", before)


def test_files_that_may_not_be_read_are_one_clear_error(open_path):
    (folder,) = grow(open_path / "m", 1)
    (folder / "schema.json").chmod(0)

    code, message = as_nobody(lambda: read(open_path / "m"))

    assert (code, message) == (
        "OKR450",
        f"can't read `{folder}/schema.json`: no permission",
    )


@pytest.fixture
def tiny_disk(tmp_path):
    """A file system of 64 KB."""
    import subprocess

    path = tmp_path / "disk"
    path.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(path)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode != 0:
        pytest.skip("only root can make a file system that is full")
    yield path
    subprocess.run(["umount", str(path)], check=True)


def test_a_full_disk_leaves_nothing_behind(tiny_disk):
    grow(tiny_disk / "m", 1)
    (tiny_disk / "filler").write_bytes(b"x" * (tiny_disk_space(tiny_disk) - 4096))
    before = listing(tiny_disk)

    error = refused(lambda: write(read(tiny_disk / "m")))

    assert (error.code, error.message.endswith("the disk is full")) == ("OKR450", True)
    assert listing(tiny_disk) == before
    assert len(read(tiny_disk / "m").migrations) == 1


def tiny_disk_space(path: Path) -> int:
    found = os.statvfs(path)
    return found.f_bavail * found.f_frsize
