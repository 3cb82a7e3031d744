"""What was there before a sync is kept, in files and in the database, and can be restored."""

from __future__ import annotations

from shops import LOGS, ROWS, SHOP, declared


def test_what_was_there_is_kept_and_can_be_restored(shop):
    shop.schema(SHOP.replace("nick:", "alias:") + LOGS)
    shop.must("db:sync", "--rename", "users.nick=alias")

    refused = shop.okra("db:sync", "--restore", "last")
    shop.must("db:sync", "--restore", "last", "--force")

    assert (shop.folder / ".okra" / ".gitignore").read_text() == "*\n"
    assert "- Drop table: old_logs (0 rows)" in refused.err
    assert shop.sql("SELECT nick FROM users ORDER BY id") == [("n1",), (None,), ("n3",)]
    shop.schema(SHOP)
    assert "Nothing to do" in shop.must("db:sync")


def test_a_snapshot_that_is_not_there_is_named_with_those_that_are(shop):
    found = shop.okra("db:sync", "--restore", "19990101")

    newest = max(path.stem for path in (shop.folder / ".okra" / "schema").iterdir())
    assert found.code == 2
    assert "error[OKR584]: there is no snapshot `19990101`" in found.err
    assert newest in found.err


def test_a_snapshot_can_be_named_by_its_file_and_by_its_time(shop):
    (path,) = (shop.folder / ".okra" / "schema").iterdir()

    unnamed = shop.okra("db:sync", "--restore", "")
    by_file = shop.okra("db:sync", "--dry-run", "--restore", str(path))
    by_time = shop.okra("db:sync", "--dry-run", "--restore", path.name[:22])

    assert by_file.code == by_time.code == 0
    assert unnamed.code == 2
    assert "- table posts" in by_file.out
    assert by_file.out == by_time.out


def test_a_folder_that_leads_out_of_the_project_gets_no_snapshot(shop, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (shop.folder / ".okra").rename(shop.folder / "aside")
    (shop.folder / ".okra").symlink_to(elsewhere)
    shop.schema(SHOP + LOGS)

    found = shop.okra("db:sync")

    assert found.code == 2
    assert "error[OKR646]: `.okra` is a link that leads out of the project" in found.err
    assert list(elsewhere.iterdir()) == []
    assert "- table" not in shop.okra("db:sync", "--dry-run").out


def test_a_snapshot_with_a_key_of_no_column_is_refused(shop):
    (path,) = (shop.folder / ".okra" / "schema").iterdir()
    shop.schema(SHOP + LOGS)
    shop.must("db:sync")
    (newest,) = {*(shop.folder / ".okra" / "schema").iterdir()} - {path}
    text = newest.read_text()
    newest.write_text(
        text.replace('"primaryKey":{"columns":["id"]', '"primaryKey":{"columns":["nope"]').replace(
            '"primary_key":{"columns":["id"]', '"primary_key":{"columns":["nope"]'
        )
    )

    found = shop.okra("db:sync", "--restore", "last", "--force")

    assert found.code == 2
    assert "error[OKR583]: the snapshot has a key or an index of `" in found.err
    assert "with the column `nope`, and no such column" in found.err
    assert shop.sql("SELECT count(*) FROM old_logs") == [(0,)]


def test_the_newest_fifty_snapshots_are_kept(shop):
    folder = shop.folder / ".okra" / "schema"
    (first,) = folder.iterdir()
    for number in range(60):
        (folder / f"20200101_000000_{number:06}_0123456789ab.json").write_bytes(first.read_bytes())
    shop.schema(SHOP + LOGS)

    shop.must("db:sync")

    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 50
    assert names[-2] == first.name
    assert names[0] == "20200101_000000_000012_0123456789ab.json"


def test_tracking_in_the_database_tells_what_no_catalogue_says(place):
    declared(place, tracking="shadow")
    place.schema(SHOP)
    place.must("db:sync")
    place.sql(ROWS)
    place.schema(SHOP.replace("nick: String?", 'nick: String? @column(name: "nickname")'))

    place.must("db:sync")

    assert place.sql("SELECT nickname FROM users ORDER BY id") == [("n1",), (None,), ("n3",)]
    rows = place.sql(
        "SELECT version, schema_hash, applied_at, schema_snapshot FROM _okra_schema_history"
    )
    assert len(rows) == 2
    assert "Nothing to do" in place.must("db:sync")


def test_a_table_of_synced_schemas_that_is_not_okras_is_named(place):
    declared(place, tracking="shadow")
    place.schema(SHOP)
    place.must("db:sync")
    place.sql("UPDATE _okra_schema_history SET schema_snapshot = '{}x'")
    damaged = place.okra("db:sync")
    place.sql("DROP TABLE _okra_schema_history; CREATE TABLE _okra_schema_history (x integer)")
    other = place.okra("db:sync")

    assert "error[OKR588]" in damaged.err
    assert "error[OKR588]" in other.err
    place.sql("DROP TABLE _okra_schema_history")
    assert place.okra("db:sync").code == 0


def test_a_snapshot_that_was_changed_by_hand_is_refused(shop):
    (path,) = (shop.folder / ".okra" / "schema").iterdir()
    path.write_text("{")

    found = shop.okra("db:sync", "--restore", "last")

    assert found.code == 2
    assert "error[OKR583]" in found.err


def test_a_restore_that_has_nothing_to_do_speaks_of_the_snapshot(shop):
    (path,) = (shop.folder / ".okra" / "schema").iterdir()
    before = shop.must("db:sync", "--restore", str(path), "--force", "--yes")
    again = shop.must("db:sync", "--restore", str(path))
    assert "Done: " in before
    assert again.splitlines()[-1] == "Nothing to do: the database is what the snapshot says."
