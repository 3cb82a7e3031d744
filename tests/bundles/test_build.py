"""`okra build`, and `okra db:migrate:up --package` where only the bundle is."""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from okra.cli.main import run

if TYPE_CHECKING:
    from places import Place

FIRST = 'model Note {\n  id: ID! @default(uuid)\n  body: String! @default("")\n}\n'
SECOND = FIRST.replace("}", "  size: Int?\n}")


def started(place: Place) -> None:
    """A project with two migrations."""
    place.configure()
    for text in (FIRST, SECOND):
        place.schema(text)
        place.must("db:migrate:generate", "--no-verify")


def names(bundle: Path) -> list[str]:
    with tarfile.open(bundle) as tar:
        return tar.getnames()


def repacked(bundle: Path, *more: tuple[tarfile.TarInfo, bytes], **changed: bytes) -> None:
    """The bundle with other bytes in some entries, and with more entries behind them."""
    packed = io.BytesIO()
    with tarfile.open(bundle) as before, tarfile.open(fileobj=packed, mode="w:gz") as after:
        for info in before:
            data = changed.get(Path(info.name).stem, before.extractfile(info).read())
            info.size = len(data)
            after.addfile(info, io.BytesIO(data))
        for info, data in more:
            info.size = len(data)
            after.addfile(info, io.BytesIO(data))
    bundle.write_bytes(packed.getvalue())


def info(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    found = tarfile.TarInfo(name)
    found.type, found.linkname = kind, link
    return found


@pytest.mark.only_on("sqlite")
def test_a_bundle_has_the_models_and_the_migrations_of_every_provider(place: Place) -> None:
    database = {"provider": "sqlite", "url": "sqlite://shop.db"}
    environments = {
        "local": {},
        "production": {"provider": "postgres", "url": "postgres://db/shop"},
    }
    config = {"database": database | {"environments": environments}}
    (place.folder / "okra.config.json").write_text(json.dumps(config))
    (place.folder / "okra.service.json").write_text('{"name": "shop", "language": "go"}')
    place.schema(FIRST)
    place.must("db:migrate:generate", "--no-verify", "--name", "notes")

    said = place.must("build")

    found = names(place.folder / "shop.okra.pkg")
    folder = next((place.folder / "migrations" / "sqlite").glob("2*")).name
    files = ("migration.sql", "rollback.sql", "schema.json")
    assert found == [
        "okra.manifest.json",
        *(f"migrations/postgres/{folder}/{file}" for file in files),
        *(f"migrations/sqlite/{folder}/{file}" for file in files),
        "models.okra.json",
    ]
    assert "Wrote shop.okra.pkg: 1 migration for sqlite, 1 migration for postgres" in said
    models = json.loads((place.folder / "models.okra.json").read_text())
    assert [model["name"] for model in models["models"]["models"]] == ["Note"]
    assert list((place.folder / "generated" / "go").iterdir())


@pytest.mark.only_on("sqlite")
def test_the_same_input_is_the_same_bytes_and_a_second_build_writes_nothing(place: Place) -> None:
    started(place)
    place.must("build", "--out", "one.okra.pkg")
    (place.folder / "one.okra.pkg").replace(place.folder / "kept")
    for path in place.folder.rglob("*"):
        os.utime(path, (1, 1))

    place.must("build", "--out", "one.okra.pkg")
    again = place.okra("build", "--out", "one.okra.pkg", "--json").json()

    assert (place.folder / "one.okra.pkg").read_bytes() == (place.folder / "kept").read_bytes()
    assert again["written"] == []


@pytest.mark.only_on("sqlite")
def test_entries_of_others_stay_and_old_ones_of_okra_go(place: Place) -> None:
    started(place)
    bundle = place.folder / "shop.okra.pkg"
    with tarfile.open(bundle, "w:gz") as tar:
        for each, data in ((info("./bin/shop"), b"\x7fELF"), (info("bin", tarfile.DIRTYPE), b"")):
            each.size, each.mode, each.mtime = len(data), 0o755, 1_700_000_000
            tar.addfile(each, io.BytesIO(data))
    place.must("build", "--out", "shop.okra.pkg")
    first = names(bundle)
    place.must("db:migrate:squash", "--yes", "--no-verify")

    place.must("build", "--out", "shop.okra.pkg")

    assert names(bundle)[:2] == first[:2] == ["./bin/shop", "bin"]
    assert len([name for name in names(bundle) if name.endswith("schema.json")]) == 1
    with tarfile.open(bundle) as tar:
        kept = tar.getmember("./bin/shop")
        assert (kept.mode, kept.mtime) == (0o755, 1_700_000_000)
        assert tar.extractfile(kept).read() == b"\x7fELF"


@pytest.mark.only_on("sqlite")
def test_a_bundle_that_only_its_owner_may_read_stays_so(place: Place) -> None:
    started(place)
    place.must("build", "--out", "shop.okra.pkg")
    bundle = place.folder / "shop.okra.pkg"
    bundle.chmod(0o600)
    place.schema(SECOND + "enum Kind { A }\n")

    place.must("build", "--out", "shop.okra.pkg")

    assert bundle.stat().st_mode & 0o777 == 0o600


@pytest.mark.only_on("sqlite")
def test_a_schema_ahead_of_its_migrations_is_not_built(place: Place) -> None:
    started(place)
    place.schema(SECOND.replace("size", "length"))

    found = place.okra("build")

    assert found.code == 1
    assert "OKR717" in found.err
    assert "  --> migrations\n" in found.err
    assert "`okra db:migrate:generate` writes it" in found.err
    assert not list(place.folder.glob("*.okra.*pkg"))
    assert not (place.folder / "models.okra.json").exists()


@pytest.mark.only_on("sqlite")
def test_an_edited_migration_is_not_built(place: Place) -> None:
    started(place)
    next(place.folder.glob("migrations/2*/migration.sql")).write_text("SELECT 1;")

    found = place.okra("build")

    assert found.code == 1
    assert "were edited" in found.err
    assert "db:migrate:verify" in found.err


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("name", ["../shop", "a/b", "C:shop", ".."])
def test_the_service_is_not_called_like_a_place_elsewhere(place: Place, name: str) -> None:
    started(place)
    (place.folder / "okra.json").write_text(json.dumps({"name": name}))

    found = place.okra("build")

    assert (found.code, "OKR718" in found.err) == (2, True)


def test_migrations_are_applied_from_a_bundle_alone(
    place: Place, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    started(place)
    place.must("build", "--out", "shop.okra.pkg")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (place.folder / "shop.okra.pkg").replace(elsewhere / "shop.okra.pkg")
    monkeypatch.chdir(elsewhere)
    (place.folder / "okra.config.json").unlink()

    said = place.must("db:migrate:up", "--package", "shop.okra.pkg")

    assert "CREATE TABLE" in said.split("Applying")[0]  # shown before it runs
    assert "Applied 2 migrations" in said
    place.sql("INSERT INTO notes (size) VALUES (3)" if place.provider != "sqlite" else "SELECT 1")
    assert "Nothing to do" in place.must("db:migrate:up", "--package", "shop.okra.pkg")
    assert [path.name for path in elsewhere.iterdir()] == ["shop.okra.pkg"]


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("more", [(), ("--dry-run",), ("--provider", "sqlite")])
def test_a_bundle_without_a_configuration_and_a_url_makes_no_database(
    place: Place, capsys: pytest.CaptureFixture[str], more: tuple[str, ...]
) -> None:
    started(place)
    place.must("build", "--out", "shop.okra.pkg")
    (place.folder / "okra.config.json").unlink()
    before = sorted(path.name for path in place.folder.iterdir())

    code = run(["db:migrate:up", "--package", "shop.okra.pkg", *more])

    assert code == 2
    assert capsys.readouterr().err == (
        "error[OKR623]: nothing says which database the migrations of `shop.okra.pkg` are for\n"
        "  = help: name it: `--url '${DATABASE_URL}'`, where that variable has the URL; "
        "or a configuration that has it: `--config FILE`\n"
    )
    assert sorted(path.name for path in place.folder.iterdir()) == before


@pytest.mark.only_on("sqlite")
def test_a_bundle_beside_a_configuration_without_a_url_goes_to_its_default(place: Place) -> None:
    started(place)
    place.must("build", "--out", "shop.okra.pkg")
    (place.folder / "okra.config.json").write_text('{ "database": { "provider": "sqlite" } }')

    said = place.must("db:migrate:up", "--package", "shop.okra.pkg")

    assert "Applied 2 migrations" in said
    assert (place.folder / "local.db").exists()


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("name", ["${HOME}", "$${HOME}", "$HOME", "a ${b"])
def test_what_the_folder_for_temporary_files_is_called_means_nothing(
    place: Place, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    started(place)
    place.must("build", "--out", "shop.okra.pkg")
    (place.folder / name).mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place.folder / name))

    assert "Applied 2 migrations" in place.must("db:migrate:up", "--package", "shop.okra.pkg")
    assert not list((place.folder / name).iterdir())


@pytest.mark.only_on("sqlite")
def test_no_room_for_temporary_files_is_said_with_the_way_out(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    started(place)
    place.must("build", "--out", "shop.okra.pkg")
    (place.folder / "taken").write_text("")
    monkeypatch.setattr("tempfile.tempdir", str(place.folder / "taken"))

    found = place.okra("db:migrate:up", "--package", "shop.okra.pkg")

    assert (found.code, "OKR719" in found.err, "TMPDIR=" in found.err) == (1, True, True)
    assert not (place.folder / "shop.db").exists()


@pytest.mark.only_on("sqlite")
def test_the_folder_of_a_bundle_is_made(place: Place) -> None:
    started(place)

    assert "Wrote dist/v1/shop.okra.pkg" in place.must("build", "--out", "dist/v1/shop.okra.pkg")


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("out", ["notes/shop.okra.pkg", "migrations", "link.okra.pkg"])
def test_where_the_bundle_has_no_place_nothing_is_written(place: Place, out: str) -> None:
    started(place)
    (place.folder / "okra.service.json").write_text('{"language": "go"}')
    (place.folder / "notes").write_text("")
    (place.folder / "link.okra.pkg").symlink_to("nowhere.okra.pkg")
    before = sorted(place.folder.rglob("*"))

    found = place.okra("build", "--out", out)

    assert (found.code, "error[OKR" in found.err) == (1, True)
    assert sorted(place.folder.rglob("*")) == before


def test_a_database_goes_on_with_either_the_directory_or_the_bundle(place: Place) -> None:
    started(place)
    place.must("build", "--out", "shop.okra.pkg")
    place.must("db:migrate:up", "--steps", "1")

    place.must("db:migrate:up", "--package", "shop.okra.pkg")

    assert place.okra("db:migrate:status", "--json").json()["upToDate"]


@pytest.mark.only_on("sqlite")
def test_a_database_in_the_middle_of_what_was_squashed_goes_on_from_a_bundle(place: Place) -> None:
    started(place)
    place.must("db:migrate:up", "--steps", "1")
    place.must("db:migrate:squash", "--yes", "--no-verify", "--keep")
    place.must("build", "--out", "shop.okra.pkg")
    place.must("build", "--out", "shop.okra.pkg")
    shutil.rmtree(place.folder / "migrations" / "archive")
    without = place.okra("build", "--out", "without.okra.pkg").code

    refused = place.okra("db:migrate:up", "--package", "without.okra.pkg")
    place.must("db:migrate:up", "--package", "shop.okra.pkg")

    assert place.sql("SELECT count(size) FROM notes") == [(0,)]
    assert (without, refused.code, "squash --keep" in refused.err) == (0, 1, True)
    assert "okra-bundle-" not in refused.err
    assert len([name for name in names(place.folder / "shop.okra.pkg") if "archive" in name]) == 6


@pytest.mark.only_on("sqlite")
def test_an_older_bundle_says_that_a_newer_one_was_applied(place: Place) -> None:
    started(place)
    place.must("build", "--out", "shop.okra.pkg")
    place.schema(SECOND.replace("size: Int?", "size: Int?\n  more: Int?"))
    place.must("db:migrate:generate", "--no-verify")
    place.must("db:migrate:up")

    found = place.okra("db:migrate:up", "--package", "shop.okra.pkg")

    assert (found.code, "OKR462" in found.err, "--> shop.okra.pkg" in found.err) == (1, True, True)
    assert "a newer bundle was applied" in found.err


@pytest.mark.only_on("sqlite")
def test_a_dry_run_of_a_bundle_changes_nothing(place: Place) -> None:
    started(place)
    place.must("build", "--out", "shop.okra.pkg")

    said = place.must("db:migrate:up", "--package", "shop.okra.pkg", "--dry-run")

    assert said.count("CREATE TABLE") == 1
    assert place.okra("db:migrate:status", "--json").json()["current"] is None


@pytest.mark.only_on("sqlite")
def test_nothing_of_a_changed_bundle_is_used(place: Place) -> None:
    started(place)
    place.must("build", "--out", "shop.okra.pkg")
    repacked(place.folder / "shop.okra.pkg", migration=b"DROP TABLE users;")

    found = place.okra("db:migrate:up", "--package", "shop.okra.pkg")

    assert found.code == 1
    assert "OKR714" in found.err
    assert "is not as it was written" in found.err
    assert not (place.folder / "shop.db").exists()


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    ("more", "what"),
    [
        ([info("../evil")], "lies nowhere in it"),
        ([info("/etc/passwd")], "lies nowhere in it"),
        ([info("a/../../b")], "lies nowhere in it"),
        ([info("C:evil")], "lies nowhere in it"),
        ([info("a\\..\\b")], "lies nowhere in it"),
        ([info("a\x1b[2Jb")], "lies nowhere in it"),
        ([info("run", tarfile.SYMTYPE, "/bin/sh")], "is no file"),
        ([info("run", tarfile.LNKTYPE, "models.okra.json")], "is no file"),
        ([info("disk", tarfile.BLKTYPE)], "is no file"),
        ([info("pipe", tarfile.FIFOTYPE)], "is no file"),
        ([info("Models.okra.json")], "one file on some systems"),
        ([info("models.okra.json")], "one file on some systems"),
        ([info("a\u0301"), info("\u00e1")], "one file on some systems"),
    ],
)
def test_what_a_stranger_may_have_put_in_is_refused(
    place: Place, more: list[tarfile.TarInfo], what: str
) -> None:
    started(place)
    place.must("build", "--out", "shop.okra.pkg")
    repacked(place.folder / "shop.okra.pkg", *((each, b"") for each in more))

    found = place.okra("db:migrate:up", "--package", "shop.okra.pkg")

    assert (found.code, "OKR711" in found.err, what in found.err) == (1, True, True), found.err
    assert "\x1b" not in found.err
    assert not (place.folder / "shop.db").exists()


@pytest.mark.only_on("sqlite")
def test_what_would_fill_the_disk_is_refused(place: Place) -> None:
    started(place)
    place.must("build", "--out", "shop.okra.pkg")
    bundle = place.folder / "shop.okra.pkg"
    plain = gzip.decompress(bundle.read_bytes())
    zeros = info("zeros")
    zeros.size = 50_000_000
    bundle.write_bytes(gzip.compress(zeros.tobuf() + bytes(zeros.size) + plain))

    found = place.okra("db:migrate:up", "--package", "shop.okra.pkg")

    assert (found.code, "100 times as much as its own size" in found.err) == (1, True)


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("part", [0.2, 0.5, 0.99])
def test_half_a_bundle_is_refused(place: Place, part: float) -> None:
    started(place)
    place.must("build", "--out", "shop.okra.pkg")
    bundle = place.folder / "shop.okra.pkg"
    data = bundle.read_bytes()
    bundle.write_bytes(data[: int(len(data) * part)])

    found = place.okra("db:migrate:up", "--package", "shop.okra.pkg")

    assert (found.code, "not a whole one" in found.err) == (1, True)


@pytest.mark.only_on("sqlite")
def test_a_bundle_without_the_provider_says_which_it_has(place: Place) -> None:
    started(place)
    place.must("build", "--out", "shop.okra.pkg")
    (place.folder / "okra.config.json").unlink()
    place.address = "mysql://root@nowhere/shop"

    found = place.okra("db:migrate:up", "--package", "shop.okra.pkg")

    assert (found.code, "OKR716" in found.err, "`sqlite`" in found.err) == (1, True, True)


@pytest.mark.only_on("sqlite")
def test_several_databases_have_a_part_each(place: Place) -> None:
    databases = {
        name: {"provider": "sqlite", "url": f"sqlite://{name}.db", "schemas": [f"{name}.gql"]}
        for name in ("shop", "audit")
    }
    (place.folder / "okra.config.json").write_text(json.dumps({"databases": databases}))
    (place.folder / "shop.gql").write_text(FIRST)
    (place.folder / "audit.gql").write_text(FIRST.replace("Note", "Entry"))
    for name in databases:
        place.must("db:migrate:generate", "--no-verify", "--database", name)
    place.must("build", "--out", "all.okra.pkg")

    said = place.must("db:migrate:up", "--package", "all.okra.pkg", "--database", "audit")

    assert "create table entries" in said
    assert {"shop.models.okra.json", "audit.models.okra.json"} <= {
        path.name for path in place.folder.iterdir()
    }
    assert not (place.folder / "shop.db").exists()


@pytest.mark.only_on("sqlite")
def test_a_bundle_of_several_databases_needs_no_configuration(place: Place) -> None:
    databases = {name: {"schemas": [f"{name}.gql"]} for name in ("shop", "audit")}
    (place.folder / "okra.config.json").write_text(json.dumps({"databases": databases}))
    (place.folder / "shop.gql").write_text(FIRST)
    (place.folder / "audit.gql").write_text(FIRST.replace("Note", "Entry"))
    place.must("db:migrate:generate", "--no-verify")
    place.must("build", "--out", "all.okra.pkg")
    (place.folder / "okra.config.json").unlink()
    up = ("db:migrate:up", "--package", "all.okra.pkg")

    open_choice = place.okra(*up)
    unknown = place.okra(*up, "--database", "sales")
    said = place.must(*up, "--database", "shop")

    assert (open_choice.code, open_choice.err) == (
        1,
        (
            "error[OKR716]: the bundle `all.okra.pkg` is for several databases: `audit`, `shop`\n"
            "  = help: say which one is meant: `--database audit`\n"
        ),
    )
    assert (unknown.code, unknown.err) == (
        1,
        (
            "error[OKR716]: the bundle `all.okra.pkg` has no database `sales`\n"
            "  = help: it has `audit`, `shop`\n"
        ),
    )
    assert "create table notes" in said
