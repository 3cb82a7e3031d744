"""Tar files as others make them, by mistake or on purpose, and what may be added to them."""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
import time
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from okra.bundles.archive import read_archive
from okra.bundles.manifest import MANIFEST
from okra.bundles.packing import Part, packed
from okra.bundles.unpacking import unpacked_migrations
from okra.errors import BundleError
from okra.language.definition import SchemaDefinition

if TYPE_CHECKING:
    from pathlib import Path

END = bytes(1024)


def head(name: str, size: int = 0, kind: bytes = tarfile.REGTYPE) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.type = size, kind
    return info.tobuf(tarfile.GNU_FORMAT)


def file(name: str, data: bytes = b"x") -> bytes:
    return head(name, len(data)) + padded(data)


def padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 512)


def extra(kind: bytes, data: bytes) -> bytes:
    """A header that says more of the next one."""
    return head("more", len(data), kind) + padded(data)


def record(key: bytes, value: bytes) -> bytes:
    length = len(key) + len(value) + 3
    while len(str(length)) + len(key) + len(value) + 3 != length:
        length += 1
    return b"%d %s=%s\n" % (length, key, value)


def pax(key: str, value: bytes) -> bytes:
    return extra(b"x", record(key.encode(), value))


def negative_size(name: str) -> bytes:
    block = bytearray(head(name))
    block[124:136] = b"\xff" * 11 + b"\0"
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def bundle_of(folder: Path, plain: bytes) -> Path:
    path = folder / "shop.okra.pkg"
    path.write_bytes(gzip.compress(plain))
    return path


def models() -> list[Part]:
    return [Part(database=None, models=SchemaDefinition())]


@pytest.mark.parametrize(
    ("plain", "what"),
    [
        (extra(b"L", b"abc\0") * 2000 + file("a"), "two headers say the same of one entry"),
        (pax("comment", b"a") * 2000 + file("a"), "two headers say the same of one entry"),
        (pax("path", b"a") + extra(b"L", b"b\0") + file("c"), "say the same of one entry"),
        (extra(b"x", b"1" * 3_000_000) + file("a"), "a header is damaged"),
        (extra(b"x", b"99999 path=a\n") + file("a"), "a header is damaged"),
        (pax("size", b"-1000") + file("a"), "no number where one belongs"),
        (pax("size", b"9" * 30) + file("a"), "no number where one belongs"),
        (pax("size", b"1000000000000") + file("a"), "cut off"),
        (head("a", 8_000_000_000), "cut off"),
        (negative_size("a"), "no number where one belongs"),
        (extra(b"g", record(b"path", b"a")) + file("b"), "names or measures all its entries"),
        (file("a") + b"garbage!" * 64 + file("b"), "no number where one belongs"),
        (file("a") + END + file("b"), "something follows its end"),
        (file("a") + file("b").replace(b"b", b"c", 1), "a header is damaged"),
        (pax("path", b"../a") + file("b"), "lies nowhere in it"),
        (pax("path", b"a\0b") + file("b"), "lies nowhere in it"),
        (pax("path", b"\xff") + file("b"), "lies nowhere in it"),
        (file("a."), "lies nowhere in it"),
        (extra(b"L", b"a" * 5_000_000) + file("b"), "lies nowhere in it"),
        (extra(b"L", b"a/" * 1000 + b"b\0") + file("b"), "lies nowhere in it"),
        (pax("GNU.sparse.map", b"1,a") + file("a"), "is no file"),
        (pax("GNU.sparse.major", b"1") + file("a"), "is no file"),
        (head("a/", 600) + padded(b"a" * 600), "is no file"),
        (file("a") + file("a"), "one file on some systems"),
        (file("a") + file("A/b"), "is a file and a folder"),
        (file("a/b") + head("a/b/", kind=tarfile.DIRTYPE), "is a file and a folder"),
    ],
)
def test_what_programs_could_read_differently_is_refused_at_once(
    tmp_path: Path, plain: bytes, what: str
) -> None:
    bundle = bundle_of(tmp_path, plain + END)
    started = time.process_time()

    with pytest.raises(BundleError, match=what) as refused:
        read_archive(bundle)

    assert time.process_time() - started < 1
    assert len(refused.value.message) < 600


def test_names_that_are_very_deep_do_not_take_long(tmp_path: Path) -> None:
    names = [f"{number}/{'a/' * 62}" + "b" * 300 for number in range(3_000)]
    plain = b"".join(extra(b"L", name.encode()) + file("x", os.urandom(20)) for name in names)
    started = time.process_time()

    found = read_archive(bundle_of(tmp_path, plain + END))

    assert len(found) == len(names)
    assert time.process_time() - started < 2


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "shop.okra.pkg"
    os.mkfifo(pipe)

    with pytest.raises(BundleError, match="it is no file"):
        read_archive(pipe)


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_entries_of_others_stay_to_the_byte(tmp_path: Path, form: int) -> None:
    made = io.BytesIO()
    long = "/".join(["a" * 40] * (3 if form == tarfile.USTAR_FORMAT else 7))
    with tarfile.open(fileobj=made, mode="w", format=form) as tar:
        for name in ("bin/shop", long, "ä"):
            each = tarfile.TarInfo(name)
            each.size, each.mtime, each.mode, each.uname = 3, 1_700_000_000.5, 0o4755, "shöp"
            tar.addfile(each, io.BytesIO(b"abc"))
    bundle = bundle_of(tmp_path, made.getvalue())
    end = made.getvalue().rstrip(b"\0")

    once = packed(models(), bundle)
    bundle.write_bytes(once)

    assert gzip.decompress(once).startswith(end)
    assert packed(models(), bundle) == once
    with tarfile.open(bundle) as tar:
        assert tar.getnames() == ["bin/shop", long, "ä", MANIFEST, "models.okra.json"]


@pytest.mark.parametrize(
    "more",
    [
        extra(b"g", record(b"comment", b"1234")),
        pax("mtime", b"inf"),
        pax("mtime", b"nan"),
        extra(b"x", record(b"\xff\xfe", b"1")),
    ],
)
def test_odd_words_in_headers_of_others_stay_too(tmp_path: Path, more: bytes) -> None:
    bundle = bundle_of(tmp_path, more + file("a") + END)

    data = packed(models(), bundle)

    assert gzip.decompress(data).startswith(more + file("a"))


@pytest.mark.parametrize("name", ["models.okra.json", "Models.okra.JSON", "models.okra.json/a"])
def test_nothing_is_built_around_what_is_in_the_way(tmp_path: Path, name: str) -> None:
    bundle = bundle_of(tmp_path, file(name) + END)

    with pytest.raises(BundleError, match=r"`[Mm]odels.okra.(json|JSON)`"):
        packed(models(), bundle)


def test_a_manifest_does_not_make_the_entries_of_others_ours(tmp_path: Path) -> None:
    digest = sha256(b"x").hexdigest()
    names = ["bin/shop", "migrations/notes.txt", "databases/shop/dump.sql", "models.okra.json"]
    manifest = json.dumps({"format": 1, "entries": dict.fromkeys(names, digest)}).encode()
    plain = file(MANIFEST, manifest) + b"".join(file(name) for name in names) + END
    bundle = bundle_of(tmp_path, plain)

    bundle.write_bytes(packed(models(), bundle))

    with tarfile.open(bundle) as tar:
        assert tar.getnames() == [*names[:3], MANIFEST, "models.okra.json"]


def test_what_would_not_be_read_again_is_not_written(tmp_path: Path) -> None:
    zeros = b"".join(file(f"{number}", bytes(1_000_000)) for number in range(30))
    bundle = tmp_path / "shop.okra.pkg"
    bundle.write_bytes(gzip.compress(zeros + END, 0))

    with pytest.raises(BundleError, match="100 times as much as the file has"):
        packed(models(), bundle)


@pytest.mark.parametrize(
    ("manifest", "what"),
    [
        ('{"format": 1, "entries": {}}', "has no database"),
        ('{"format": -5, "entries": {}}', "has no database"),
        ('{"format": 99999999999999999999, "entries": {}}', "by a newer version of OKRA"),
        ('{"format": 1, "entries": {"..": "x"}}', "`..` is missing from the bundle"),
        ('{"format": 1, "entries": {"okra.manifest.json": "x"}}', "is not as it was written"),
        ('{"format": 1, "entries": []}', "can't be read"),
        ("[" * 100_000, "can't be read"),
        ("", "can't be read"),
    ],
)
@pytest.mark.parametrize("database", [None, "shop"])
def test_a_manifest_that_nobody_wrote_is_one_clear_error(
    tmp_path: Path, manifest: str, what: str, database: str | None
) -> None:
    bundle = bundle_of(tmp_path, file(MANIFEST, manifest.encode()) + END)

    with (
        pytest.raises(BundleError, match=what),
        unpacked_migrations(bundle, "sqlite", database),
    ):
        pytest.fail("it was taken")
