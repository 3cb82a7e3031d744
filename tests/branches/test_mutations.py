"""Ten migrations whose files somebody edits, deletes, reorders, duplicates and truncates in every way that we know.

Each is refused, and the message names a way out, or it is harmless: what `up` would do is what it was. Six of the ten are
applied. Whatever changes what a file says is seen by `verify --check`, which opens no database.
"""

from __future__ import annotations

import json
import re
import shutil
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from okra.migrations.directory import read_directory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from places import Place

COUNT = 10
APPLIED = 6
SQL = ("migration.sql", "rollback.sql")
WAY_OUT = re.compile(
    r"`okra |version control|put the folder itself|call the folder|save the file|use the version"
    r"|remove this copy of it|name the migrations directory|move the folder away|put the file itself"
)


def schema(count: int) -> str:
    fields = "\n  ".join(f"f{number}: Int?" for number in range(count))
    return f"model User {{\n  id: ID!\n  {fields}\n}}\n"


@pytest.fixture
def ten(place: Place) -> Place:
    """Ten migrations, and a database that has six of them."""
    for count in range(1, COUNT + 1):
        place.schema(schema(count))
        place.must("db:migrate:generate", "--name", f"m{count}", "--no-verify")
    for folder in sorted((place.folder / "migrations").glob("2*")):
        path = folder / "schema.json"
        path.write_bytes(path.read_bytes().replace(b'"verified":false', b'"verified":true'))
    shutil.copy(folder / "schema.json", place.folder / "migrations" / "current" / "schema.json")
    place.must("db:migrate:up", "--steps", str(APPLIED))
    return place


def folders(place: Place) -> list[Path]:
    return sorted((place.folder / "migrations").glob("2*"))


def planned(place: Place) -> tuple[list[str], list[str]]:
    """What `up` would run now, without line ends; and what it says where it refuses."""
    found = place.okra("db:migrate:up", "--dry-run", "--json")
    document = found.json()
    if found.code:
        error = document["error"]
        return [], [f"{error['code']}: {error['message']} ({error['help']})"]
    return [each["sql"].replace("\r", "") for each in document["applied"]], []


class Mutations:
    """Each way to change a directory, one after the other; between them it is as it was."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.path = place.folder / "migrations"
        self._backup = place.folder / "backup"
        shutil.copytree(self.path, self._backup)
        self.before, refused = planned(place)
        assert refused == []
        assert len(self.before) == COUNT - APPLIED

    def check(self, what: str, change: Callable[[], object], *, pending: int | None = None) -> None:
        """Refused with a way out, or harmless. `pending`: so many are left to be applied, if it is harmless."""
        change()
        sql, refused = planned(self.place)
        checked = self.place.okra("db:migrate:verify", "--check")
        shutil.rmtree(self.path, ignore_errors=True)
        shutil.copytree(self._backup, self.path)
        assert "Traceback" not in checked.err, what
        for text in refused:
            assert re.match(r"OKR4|OKR5", text), (what, text)
            assert WAY_OUT.search(text), (what, text)
        if not refused:
            assert sql == self.before[: len(self.before) if pending is None else pending], what
        if refused and "OKR461" not in refused[0] and "OKR462" not in refused[0]:
            assert checked.code == 3, (what, refused)  # those two are about the database

    def seen(self, what: str, change: Callable[[], object]) -> None:
        """The same, and `verify --check` says that something is wrong."""
        change()
        found = self.place.okra("db:migrate:verify", "--check")
        shutil.rmtree(self.path, ignore_errors=True)
        shutil.copytree(self._backup, self.path)
        assert (found.code, bool(WAY_OUT.search(found.err))) == (3, True), (what, found)
        self.check(what, change)


@pytest.fixture
def mutations(ten: Place) -> Mutations:
    return Mutations(ten)


def places(mutations: Mutations) -> list[Path]:
    """The folders that are changed: all of them in SQLite, those at the edges on servers."""
    found = folders(mutations.place)
    if mutations.place.provider == "sqlite":
        return found
    return [found[0], found[APPLIED - 1], found[APPLIED], found[-1]]


def edits(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Other contents for a file of SQL."""
    yield "emptied", b""
    yield "cut in half", data[: len(data) // 2]
    yield "without its last byte", data[:-1]
    yield "one more statement", data + b"DROP TABLE users;\n"
    yield "one more empty line", data + b"\n"
    yield "one byte changed", data.replace(b"f", b"g", 1)
    yield "doubled", data + data
    yield "a byte order mark", b"\xef\xbb\xbf" + data
    yield "not UTF-8", b"\xff\xfe" + data
    yield "of another file", b"-- another\nSELECT 1;\n"
    yield "with the marks of a merge", b"<<<<<<< HEAD\n" + data + b"=======\n>>>>>>> main\n"


def test_sql_that_is_edited_or_truncated(mutations: Mutations) -> None:
    for folder in places(mutations):
        for name in SQL:
            file = folder / name
            for what, data in edits(file.read_bytes()):
                mutations.seen(
                    f"{folder.name}/{name} {what}", lambda f=file, d=data: f.write_bytes(d)
                )


def test_files_that_are_deleted_or_something_else(mutations: Mutations) -> None:
    for folder in places(mutations):
        for name in (*SQL, "schema.json"):
            file = folder / name
            mutations.seen(f"{file} deleted", file.unlink)
            mutations.seen(f"{file} a folder", lambda f=file: (f.unlink(), f.mkdir()))
            mutations.seen(
                f"{file} a link", lambda f=file: (f.unlink(), f.symlink_to("/etc/hostname"))
            )
        mutations.seen(
            f"{folder.name}: hooks out of nowhere",
            lambda f=folder: (f / "hooks.sql").write_text("-- okra:up\n-- okra:down\n"),
        )


def test_line_ends_and_other_files_are_harmless(mutations: Mutations) -> None:
    for folder in places(mutations):
        for name in (*SQL, "schema.json"):
            file = folder / name
            crlf = file.read_bytes().replace(b"\n", b"\r\n")
            mutations.check(f"{file} CRLF", lambda f=file, d=crlf: f.write_bytes(d))
        mutations.check("a note", lambda f=folder: (f / "note.md").write_text("hello"))
    current = mutations.path / "current" / "schema.json"
    mutations.check("current deleted", current.unlink)
    mutations.check("current truncated", lambda: current.write_bytes(b"{"))
    mutations.check("a file beside them", lambda: (mutations.path / "README").write_text("hello"))


def test_snapshots_that_are_edited(mutations: Mutations) -> None:
    for folder in places(mutations):
        file = folder / "schema.json"
        data = file.read_bytes()
        changes = {
            "emptied": b"",
            "cut in half": data[: len(data) // 2],
            "without its first line": data.partition(b"\n")[2],
            "a column less": re.sub(rb'\n\{"name":"f0"[^\n]*\},', b"", data, count=1),
            "another type": data.replace(b'"type":"int', b'"type":"big', 1),
            "another model": data.replace(b'"name":"User"', b'"name":"Users"', 1),
            "another format": data.replace(b'"format":1', b'"format":9'),
            "another provider": re.sub(rb'"provider":"\w+"', b'"provider":"oracle"', data, count=1),
            "another name": data.replace(b'"name":"m', b'"name":"n', 1),
            "another version": re.sub(
                rb'"version":"\d+_\d+"\},\n', b'"version":"20000101_000000"},\n', data, count=1
            ),
            "another hash": re.sub(rb'"hash":"[0-9a-f]{8}', b'"hash":"00000000', data, count=1),
            "another seal": re.sub(
                rb'"contents":"[0-9a-f]{8}', b'"contents":"00000000', data, count=1
            ),
        }
        if b'"parent":' in data:
            changes["no parent"] = re.sub(rb'"parent":"\d+_\d+",', b"", data, count=1)
            changes["another parent"] = re.sub(
                rb'"parent":"\d+_\d+"', b'"parent":"20000101_000000"', data, count=1
            )
            changes["its own parent"] = re.sub(
                rb'"parent":"\d+_\d+"', b'"parent":"%b"' % folder.name[:15].encode(), data, count=1
            )
        for what, changed in changes.items():
            assert changed != data, what
            mutations.seen(f"{file} {what}", lambda f=file, d=changed: f.write_bytes(d))
        pretty = json.dumps(json.loads(data), indent=2).encode()
        mutations.check("laid out by some tool", lambda f=file, d=pretty: f.write_bytes(d))


def test_the_newest_snapshot_that_was_edited_is_no_beginning(ten: Place) -> None:
    """`generate` starts from it; what `up` does not read would else come out in the next migration."""
    file = folders(ten)[-1] / "schema.json"
    file.write_bytes(re.sub(rb'\n\{"name":"f0"[^\n]*\},', b"", file.read_bytes(), count=1))
    found = ten.okra("db:migrate:generate")
    assert (found.code, "OKR466" in found.err) == (1, True)
    assert len(folders(ten)) == COUNT


def test_folders_that_are_deleted(mutations: Mutations) -> None:
    found = folders(mutations.place)
    for number, folder in enumerate(found):
        pending = COUNT - APPLIED - 1 if folder == found[-1] else None
        mutations.check(f"{number} deleted", lambda f=folder: shutil.rmtree(f), pending=pending)
        rest = found[number:]
        left = max(0, number - APPLIED)
        mutations.check(
            f"{number} and all behind deleted",
            lambda r=rest: [shutil.rmtree(each) for each in r],
            pending=left,
        )
    mutations.check("all deleted", lambda: shutil.rmtree(mutations.path), pending=0)


def test_folders_that_are_renamed_reordered_and_duplicated(mutations: Mutations) -> None:
    found = folders(mutations.place)
    for folder, other in pairwise(found):
        if folder not in places(mutations):
            continue
        later = mutations.path / f"20990101_000000{folder.name[15:]}"
        mutations.seen("renamed", lambda f=folder, o=later: f.rename(o))
        mutations.seen("named", lambda f=folder: f.rename(f.with_name(f.name + "_x")))
        mutations.seen("doubled", lambda f=folder, o=later: shutil.copytree(f, o))
        mutations.seen("twice", lambda f=folder: shutil.copytree(f, f.with_name(f.name + "_x")))
        mutations.check(
            "kept aside", lambda f=folder: shutil.copytree(f, f.with_name("old_" + f.name))
        )
        mutations.seen("swapped", lambda f=folder, o=other: swap(f, o))
        for name in (*SQL, "schema.json"):
            mutations.seen(f"{name} swapped", lambda f=folder, o=other, n=name: swap(f / n, o / n))
            mutations.seen(
                f"{name} copied", lambda f=folder, o=other, n=name: shutil.copy(f / n, o / n)
            )
        mutations.seen("a link", lambda f=folder: link(f))


def test_a_duplicate_that_was_made_to_fit_is_a_fork(mutations: Mutations) -> None:
    """Version and name in its first line say what its folder says: then two follow one."""
    for folder in places(mutations):
        mutations.seen("a duplicate with its own version", lambda f=folder: twin(f))


def twin(folder: Path) -> None:
    version = "20990101_000000"
    copy = folder.with_name(version + folder.name[15:])
    shutil.copytree(folder, copy)
    file = copy / "schema.json"
    old = f'"version":"{folder.name[:15]}"'.encode()
    file.write_bytes(file.read_bytes().replace(old, f'"version":"{version}"'.encode(), 1))


def swap(one: Path, other: Path) -> None:
    aside = one.with_name("aside")
    one.rename(aside)
    other.rename(one)
    aside.rename(other)


def link(folder: Path) -> None:
    folder.rename(folder.with_name("moved"))
    folder.symlink_to("moved")


def test_the_directory_is_as_it_was(mutations: Mutations) -> None:
    """The test's own tools leave nothing behind, and all of it can be applied in the end."""
    mutations.check("nothing", lambda: None)
    mutations.place.must("db:migrate:verify", "--check")
    assert len(read_directory(mutations.path, mutations.place.provider).migrations) == COUNT
    mutations.place.must("db:migrate:up")
    mutations.place.must("db:migrate:status", "--check", "--drift")
