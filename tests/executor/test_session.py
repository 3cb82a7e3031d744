"""The SQLite session: what can be wrong with a database is one clear error each."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path

import pytest

from okra.dialects import session as sessions
from okra.dialects.sqlite.server.mounts import network_warning
from okra.dialects.sqlite.server.session import connect, scratch
from okra.errors import DatabaseError, LockNotObtained, OkraError, UsageError
from okra.migrations.up import migrate_up
from okra.url import DatabaseUrl


def url(path: Path, mode: str = "") -> DatabaseUrl:
    return DatabaseUrl.parse(f"sqlite://{path}{mode}", base=Path("/"))


def refused(path: Path, **options) -> DatabaseError:
    """The error of the first write."""
    with pytest.raises(DatabaseError) as caught:
        write(path, **options)
    assert caught.value.help
    assert str(path) in caught.value.message or str(path.parent) in caught.value.message
    return caught.value


def test_any_url_opens_a_session(tmp_path):
    session = sessions.connect(url(tmp_path / "a.db"), lock_timeout_ms=10)
    session.execute("CREATE TABLE t (a, b)")
    session.execute("INSERT INTO t VALUES (?, ?)", (1, b"x"))

    assert session.query("SELECT a, b, NULL, 'y', 1.5 FROM t") == [(1, b"x", None, "y", 1.5)]
    assert session.tables() == ["t"]
    session.close()
    session.close()


def test_a_provider_that_okra_has_not_is_named():
    elsewhere = DatabaseUrl(provider="oracle", host="localhost", database="shop")

    with pytest.raises(UsageError, match="has no provider `oracle`"):
        sessions.connect(elsewhere, lock_timeout_ms=10)


def test_a_missing_folder_is_named(tmp_path):
    error = refused(tmp_path / "none" / "app.db")

    assert error.message == f"the folder `{tmp_path}/none` for the database does not exist"


def test_a_missing_file_is_named_where_it_may_not_be_made(tmp_path):
    for options in ({"create": False}, {"read_only": True}):
        assert refused(tmp_path / "app.db", **options).code == "OKR500"
    with pytest.raises(DatabaseError):
        connect(url(tmp_path / "app.db", "?mode=rw"), lock_timeout_ms=0)

    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_place_of_a_file_is_named(tmp_path):
    (tmp_path / "app.db").mkdir()

    assert refused(tmp_path / "app.db").message.endswith("is a folder, not a database file")


def test_a_pipe_or_a_device_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe")

    assert refused(tmp_path / "pipe").code == "OKR500"
    assert refused(Path("/dev/null")).code == "OKR500"


@pytest.mark.parametrize(
    "data", [b"hello, this is a text file\n" * 100, b"\0" * 5000, b"SQLite format 4\0" * 99]
)
def test_a_file_that_is_no_database_is_named_and_not_touched(tmp_path, data):
    path = tmp_path / "app.db"
    path.write_bytes(data)

    error = refused(path)

    assert (error.code, path.read_bytes()) == ("OKR501", data)


def test_a_damaged_database_is_named(tmp_path):
    path = tmp_path / "app.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (a)")
    connection.executemany("INSERT INTO t VALUES (?)", [("x" * 500,)] * 500)
    connection.commit()
    connection.close()
    data = bytearray(path.read_bytes())
    data[4096:8192] = b"\xff" * 4096
    path.write_bytes(data)
    session = connect(url(path), lock_timeout_ms=0)

    with pytest.raises(DatabaseError) as caught:
        session.query("SELECT count(a) FROM t")
    session.close()

    assert caught.value.code == "OKR507"


def test_a_locked_database_is_named_after_the_timeout(tmp_path):
    path = tmp_path / "app.db"
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")

    error = refused(path)
    holder.close()

    assert (error.code, isinstance(error, LockNotObtained)) == ("OKR503", True)


def test_a_database_opened_for_reading_is_not_written(tmp_path):
    path = tmp_path / "app.db"
    sqlite3.connect(path).execute("CREATE TABLE t (a)").connection.close()
    before = path.read_bytes()

    assert refused(path, read_only=True).code == "OKR502"
    assert path.read_bytes() == before


@pytest.fixture
def open_path():
    """A folder that others can reach, unlike pytest's own."""
    path = Path(tempfile.mkdtemp())
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


def as_nobody(work) -> str:
    """The code and message of what an unprivileged user is told."""
    receiver, sender = os.pipe()
    child = os.fork()
    if child == 0:
        said = "nothing"
        try:
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            work()
        except OkraError as error:
            said = error.render()
        except BaseException as error:  # noqa: BLE001 - the parent has to hear of it
            said = repr(error)
        finally:
            os.write(sender, said.encode())
            os._exit(0)
    os.waitpid(child, 0)
    os.close(sender)
    with os.fdopen(receiver) as pipe:
        return pipe.read()


def write(path: Path, **options) -> None:
    session = connect(url(path), lock_timeout_ms=0, **options)
    try:
        session.begin()
        session.execute("CREATE TABLE more (a)")
        session.commit()
    finally:
        session.close()


def test_a_file_that_may_not_be_written_is_named(open_path):
    path = open_path / "app.db"
    sqlite3.connect(path).execute("CREATE TABLE t (a)").connection.close()
    path.chmod(0o444)
    open_path.chmod(0o777)

    assert as_nobody(lambda: write(path)).startswith(f"error[OKR502]: `{path}` can only be read")


def test_a_folder_that_may_not_be_written_is_named(open_path):
    path = open_path / "app.db"
    sqlite3.connect(path).execute("CREATE TABLE t (a)").connection.close()
    path.chmod(0o666)

    said = as_nobody(lambda: write(path))
    new = as_nobody(lambda: write(open_path / "new.db"))

    assert said.startswith(f"error[OKR502]: the folder of `{path}` can't be written")
    assert new.startswith(f"error[OKR505]: `{open_path}/new.db` can't be opened: no permission")


def test_a_folder_in_which_readers_of_a_wal_can_not_write_is_named(open_path):
    path = open_path / "app.db"
    writer = sqlite3.connect(path)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("CREATE TABLE t (a)")
    writer.close()
    path.chmod(0o444)

    said = as_nobody(lambda: connect(url(path), lock_timeout_ms=0, read_only=True))

    assert said.startswith(f"error[OKR502]: the folder of `{path}` can't be written")


def test_a_file_that_may_not_be_read_is_named(open_path):
    path = open_path / "app.db"
    sqlite3.connect(path).execute("CREATE TABLE t (a)").connection.close()
    path.chmod(0)

    said = as_nobody(lambda: connect(url(path), lock_timeout_ms=0))

    assert said.startswith(f"error[OKR505]: `{path}` can't be opened: no permission to read it")


def test_a_full_disk_undoes_the_migration(desk, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(disk)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode != 0:
        pytest.skip("only root can make a file system that is full")
    try:
        small = type(desk)(disk)
        first = small.add("CREATE TABLE a (b);")
        migrate_up(small.target)
        before = small.file.read_bytes()
        small.add("CREATE TABLE big (x); INSERT INTO big SELECT randomblob(2000000);")

        with pytest.raises(DatabaseError) as caught:
            migrate_up(small.target)

        assert (caught.value.code, small.states()) == ("OKR504", {first: "done"})
        assert small.file.read_bytes() == before
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_database_that_reaches_its_own_limit_undoes_the_migration(desk):
    session = scratch()
    session.execute("PRAGMA max_page_count = 5")
    session.begin()

    with pytest.raises(DatabaseError) as caught:
        session.execute("CREATE TABLE big AS SELECT randomblob(100000) AS x")
    session.rollback()

    assert (caught.value.code, session.tables(), session.in_transaction) == ("OKR504", [], False)
    session.close()


@pytest.mark.parametrize(
    "sql",
    ["SELEC 1", "SELECT 1; SELECT 2", "SELECT ?", "SELECT :x", "SELECT '\ud800'", "SELECT 1\0"],
)
def test_a_statement_that_makes_no_sense_is_our_own_error(sql):
    session = scratch()

    with pytest.raises(DatabaseError) as caught:
        session.execute(sql)
    session.close()

    assert caught.value.code == "OKR508"


def test_percent_signs_and_markers_in_text_are_only_text():
    session = scratch()

    assert session.query("SELECT '%s', '%(x)s', ':x', '?', '{}'") == [
        ("%s", "%(x)s", ":x", "?", "{}")
    ]
    session.close()


def test_a_commit_waits_for_a_reader(tmp_path):
    path = tmp_path / "app.db"
    session = connect(url(path), lock_timeout_ms=100)
    session.execute("CREATE TABLE t (a)")
    session.execute("INSERT INTO t VALUES (1)")
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM t").fetchall()
    session.begin()
    session.execute("DELETE FROM t")

    with pytest.raises(LockNotObtained):
        session.commit()
    reader.execute("COMMIT")
    session.commit()

    assert session.query("SELECT * FROM t") == []
    session.close()
    reader.close()


def test_only_what_others_write_counts_as_changed(tmp_path):
    one = connect(url(tmp_path / "a.db"), lock_timeout_ms=100)
    other = connect(url(tmp_path / "a.db"), lock_timeout_ms=100)
    first = one.lock.changed()
    one.execute("CREATE TABLE t (a)")
    own = one.lock.changed()
    other.execute("INSERT INTO t VALUES (1)")

    assert (first, own, one.lock.changed(), one.lock.changed()) == (True, False, True, False)
    one.close()
    other.close()


def test_a_transaction_that_is_undone_leaves_the_session_as_it_was():
    session = scratch()
    session.execute("PRAGMA foreign_keys = ON")
    session.begin()
    session.execute("PRAGMA legacy_alter_table = ON")
    session.execute("CREATE TABLE t (a)")

    session.rollback()
    session.rollback()

    assert session.tables() == []
    assert session.query("PRAGMA foreign_keys") == [(1,)]
    assert session.query("PRAGMA legacy_alter_table") == [(0,)]
    session.close()


def killed_while_writing(path: Path, mode: str) -> None:
    """A database as kill -9 leaves it: half of a transaction is in the file already."""
    work = path.with_name("work.db")
    writer = sqlite3.connect(work, isolation_level=None)
    writer.execute(f"PRAGMA journal_mode = {mode}")
    writer.execute("CREATE TABLE t (a)")
    writer.execute("BEGIN")
    writer.executemany("INSERT INTO t VALUES (?)", [("x" * 100,)] * 2000)
    writer.execute("COMMIT")
    writer.execute("PRAGMA cache_size = 5")
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE t SET a = 'y' || a")
    for file in work.parent.glob("work.db*"):
        shutil.copy(file, path.parent / file.name.replace("work.db", path.name))
    writer.execute("ROLLBACK")
    writer.close()


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_what_a_killed_run_left_can_be_read_and_is_undone(tmp_path, mode):
    path = tmp_path / "app.db"
    killed_while_writing(path, mode)

    session = connect(url(path), lock_timeout_ms=0, read_only=True)

    assert session.query("SELECT count(*) FROM t WHERE a LIKE 'x%'") == [(2000,)]
    with pytest.raises(DatabaseError) as caught:
        session.execute("DELETE FROM t")
    assert caught.value.code == "OKR502"
    session.close()


@pytest.mark.parametrize(
    "name",
    [
        "a b.db",
        "100%.db",
        "a?b#c.db",
        "a&mode=ro.db",
        "ä\u202e.db",
        "a\nb.db",
        "'\".db",
        "\udcff.db",
    ],
)
def test_any_file_name_is_a_file_name(tmp_path, name):
    path = tmp_path / name
    session = connect(DatabaseUrl(provider="sqlite", path=str(path)), lock_timeout_ms=0)
    session.execute("CREATE TABLE t (a)")
    session.close()

    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_a_network_file_system_is_warned_about(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda / ext4 rw 0 0\nserver:/x /mnt/my\\040data nfs4 rw 0 0\ntmpfs /mnt/my\\040data/tmp tmpfs rw 0 0\n"
    )

    (warning,) = network_warning("/mnt/my data/app.db", mounts)
    assert warning.startswith("`/mnt/my data/app.db` is on a network file system (nfs4), where ")
    assert network_warning("/mnt/my data/tmp/app.db", mounts) == ()
    assert network_warning("/srv/app.db", mounts) == ()
    assert network_warning("/srv/app.db", tmp_path / "none") == ()


def test_a_session_whose_foreign_keys_stay_on_is_not_used():
    session = scratch()
    session.execute("PRAGMA foreign_keys = ON")
    session.execute("BEGIN")  # inside a transaction the pragma does nothing

    with pytest.raises(DatabaseError) as caught:
        session.begin()
    session.close()

    assert caught.value.code == "OKR516"


def test_a_number_that_sqlite_cannot_hold_is_our_own_error():
    session = scratch()

    with pytest.raises(DatabaseError) as caught:
        session.query("SELECT ?", (2**80,))
    session.close()

    assert caught.value.code == "OKR508"
