"""A local server is started once, shared, known again, and thrown away where anything about it is doubtful."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from local import Local, is_alive, local_server, processes_in, python, wait_for
from okra.devdb.account import server_account
from okra.devdb.kinds import KINDS
from okra.devdb.software import Software
from okra.devdb.starting import answers
from okra.errors import NoDevDatabase, UsageError

if TYPE_CHECKING:
    from okra.devdb.cluster import Lease

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs servers as somebody else")

HOLD = """
import os, sys
from pathlib import Path
from okra.devdb.cluster import Cluster
from okra.devdb.software import Software
kind, path, wheel = sys.argv[1:]
software = Software(kind=kind, path=Path(path), wheel=Path(wheel) if wheel else None)
lease = Cluster(software, os.environ).use()
print(lease.current.token, flush=True)
sys.stdin.read()
lease.release()
"""


def holder(local: Local):
    """A process that uses the server until its standard input ends."""
    wheel = str(local.software.wheel or "")
    arguments = (local.software.kind, str(local.software.path), wheel)
    return python(HOLD, *arguments, **local.environ)


def value(lease: Lease) -> object:
    return lease.admin.query("SELECT 41 + 1")[0][0]


def used(local: Local) -> str:
    """Use the server for a moment; returns what tells it from others."""
    lease = local.use()
    assert value(lease) == 42
    lease.release()
    return lease.current.cluster


def test_a_server_is_made_once_and_then_shared(local: Local) -> None:
    first, second = local.use(), local.use()

    assert (first.current, value(first)) == (second.current, value(second))
    first.release()
    second.release()
    first.release()


def test_a_server_is_started_again_on_its_data_after_it_was_stopped(local: Local) -> None:
    before = used(local)
    pid = local.pid()
    local.cluster().stop()
    assert wait_for(lambda: not is_alive(pid))

    assert used(local) == before


def test_starting_again_takes_at_most_a_fifth_of_a_second(one_of_each: Local) -> None:
    """On a busy machine: not much more than its program takes by itself."""
    used(one_of_each)
    times, bare = [], []
    while len(times) < 6 and min(times, default=1) >= 0.2:
        pid = one_of_each.pid()
        one_of_each.cluster().stop()
        assert wait_for(lambda pid=pid: not is_alive(pid))
        bare.append(bare_start(one_of_each))
        start = time.perf_counter()
        used(one_of_each)
        times.append(time.perf_counter() - start)

    assert min(times) < max(0.2, 2.5 * min(bare))


def bare_start(local: Local) -> float:
    """How long the program takes until it answers at its socket, started by nobody but us, seconds."""
    (cluster,) = local.folder.glob("c-*")
    kind = KINDS[local.software.kind]
    account = server_account(local.environ)
    command = kind.start(local.software, cluster / "data", cluster / "s", "token")
    program = local.folder.parent / f"bin-{local.software.key}"
    if program.exists():
        pytest.skip("the program has to be copied for the other user")
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )
    assert wait_for(lambda: kind.is_ready(cluster / "data") and answers(kind.socket(cluster / "s")))
    taken = time.perf_counter() - start
    time.sleep(0.2)  # a signal that comes too early is not heard
    process.send_signal(kind.stop_signal)
    process.wait(timeout=30)
    return taken


def test_a_server_that_nobody_uses_is_stopped(cache: Path) -> None:
    local = local_server("postgres-18", cache, OKRA_DEV_IDLE="1")
    lease = local.use()
    pid = local.pid()
    time.sleep(2.5)
    assert is_alive(pid), "it was stopped while it was in use"
    lease.release()

    assert wait_for(lambda: not is_alive(pid))
    assert wait_for(lambda: processes_in(cache) == [])


@pytest.mark.parametrize("text", ["soon", "-1", "1e9", "inf", "1;2"])
def test_a_time_without_use_that_is_no_number_is_refused(cache: Path, text: str) -> None:
    with pytest.raises(UsageError) as caught:
        local_server("postgres-18", cache, OKRA_DEV_IDLE=text).use()

    assert caught.value.render() == (
        "error[OKR633]: `OKRA_DEV_IDLE` is a number of seconds, 0 or more\n"
        "  = help: leave it out for 600"
    )


def test_eight_processes_at_once_share_one_server(one_of_each: Local) -> None:
    processes = [holder(one_of_each) for _ in range(8)]
    tokens = {each.stdout.readline() for each in processes}
    for each in processes:
        out, err = each.communicate()
        assert (each.returncode, out, err) == (0, "", "")

    assert len(tokens) == 1


def test_a_killed_user_does_not_keep_the_server_alive(cache: Path) -> None:
    local = local_server("postgres-18", cache, OKRA_DEV_IDLE="1")
    process = holder(local)
    process.stdout.readline()
    pid = local.pid()
    process.kill()
    process.communicate()

    assert wait_for(lambda: not is_alive(pid))


def test_a_killed_server_is_thrown_away_and_made_anew(local: Local) -> None:
    before = used(local)
    pid = local.pid()
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: not is_alive(pid))

    assert used(local) != before
    assert len(list(local.folder.glob("c-*"))) == 1


def test_a_server_ends_with_the_process_that_looks_after_it(one_of_each: Local) -> None:
    before = used(one_of_each)
    pid = one_of_each.pid()
    os.kill(one_of_each.keeper(), signal.SIGKILL)

    assert wait_for(lambda: not is_alive(pid))
    assert isinstance(used(one_of_each), str), before


def test_a_stale_file_that_names_a_living_process_is_no_server(one_of_each: Local) -> None:
    before = used(one_of_each)
    pid = one_of_each.pid()
    (file,) = [*one_of_each.folder.glob("c-*/data/*.pid")]
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: not is_alive(pid))
    file.write_text(f"{os.getpid()}\n")

    assert used(one_of_each) != before
    assert is_alive(os.getpid())


def test_a_server_that_does_not_know_its_token_is_not_used(one_of_each: Local) -> None:
    before = used(one_of_each)
    pid = one_of_each.pid()
    current = one_of_each.folder / "current"
    current.write_text(json.dumps(json.loads(current.read_text()) | {"token": "another"}))

    assert used(one_of_each) != before
    assert wait_for(lambda: not is_alive(pid)), "the one that was not ours to use still runs"


@pytest.mark.parametrize("text", ["", "{", '{"layout": 0}', "[]", '{"layout": 1, "cluster": 5}'])
def test_what_is_known_of_a_server_may_be_damaged(cache: Path, text: str) -> None:
    local = local_server("postgres-18", cache)
    used(local)
    (local.folder / "current").write_text(text)

    assert isinstance(used(local), str)
    assert len(list(local.folder.glob("c-*"))) == 1


def test_damaged_data_are_thrown_away(one_of_each: Local) -> None:
    before = used(one_of_each)
    pid = one_of_each.pid()
    one_of_each.cluster().stop()
    assert wait_for(lambda: not is_alive(pid))
    for name in ("PG_VERSION", "ibdata1"):
        for file in one_of_each.folder.glob(f"c-*/data/{name}"):
            file.write_bytes(b"nonsense")

    assert used(one_of_each) != before


def test_data_that_are_gone_are_made_anew(one_of_each: Local) -> None:
    before = used(one_of_each)
    os.kill(one_of_each.pid(), signal.SIGKILL)
    for folder in one_of_each.folder.glob("c-*"):
        folder.rename(folder.with_name("elsewhere"))

    assert used(one_of_each) != before


def test_a_path_that_is_too_long_for_a_socket_is_no_obstacle(cache: Path) -> None:
    deep = cache / ("long-" * 30)
    local = local_server("postgres-18", cache, OKRA_CACHE_DIR=str(deep))
    lease = local.use()

    assert len(lease.current.sockets) < 100
    assert value(lease) == 42
    sockets = Path(lease.current.sockets)
    lease.release()
    local.cluster().stop()
    assert wait_for(lambda: not (sockets / ".s.PGSQL.5432").exists())
    sockets.rmdir()


def test_nobody_else_can_enter_the_folder_of_a_server(one_of_each: Local) -> None:
    used(one_of_each)
    (cluster,) = one_of_each.folder.glob("c-*")

    assert cluster.stat().st_mode & 0o777 == 0o700
    assert (one_of_each.folder / "current").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_others_may_write_to_is_refused(cache: Path) -> None:
    cache.chmod(0o777)
    local = local_server("postgres-18", cache)

    with pytest.raises(NoDevDatabase) as caught:
        local.use()

    assert caught.value.render() == (
        "error[OKR431]: there is no folder for a local server\n"
        f"  = help: `{cache}/devdb`: other users may write to it\n"
        "          set OKRA_CACHE_DIR to a folder of yours, or set `devUrl`"
    )


@AS_ROOT
def test_for_root_the_server_runs_as_nobody(one_of_each: Local) -> None:
    used(one_of_each)
    owner = Path(f"/proc/{one_of_each.pid()}").stat().st_uid

    assert owner == pwd.getpwnam("nobody").pw_uid


@AS_ROOT
def test_for_root_a_variable_names_who_runs_the_server(cache: Path) -> None:
    local = local_server("postgres-18", cache, OKRA_DEV_USER="daemon")
    used(local)

    assert Path(f"/proc/{local.pid()}").stat().st_uid == pwd.getpwnam("daemon").pw_uid


@AS_ROOT
@pytest.mark.parametrize("name", ["root", "nobody-of-this-name"])
def test_a_user_who_can_not_run_servers_is_refused(cache: Path, name: str) -> None:
    with pytest.raises(UsageError) as caught:
        local_server("postgres-18", cache, OKRA_DEV_USER=name).use()

    assert caught.value.code == "OKR632"


@AS_ROOT
def test_programs_where_the_other_user_can_not_go_are_copied_once(cache: Path) -> None:
    local = local_server("postgres-18", cache)
    package = local.software.wheel
    locked = cache / "locked"
    locked.mkdir(0o700)
    for name in (package.name, f"{package.name}.libs"):
        if (package.parent / name).is_dir():
            shutil.copytree(package.parent / name, locked / name)
    hidden = Local(
        Software(
            kind="postgres",
            path=locked / local.software.path.relative_to(package.parent),
            wheel=locked / package.name,
        ),
        cache,
        {},
    )

    used(hidden)
    program = Path(f"/proc/{hidden.pid()}/exe").readlink()
    os.kill(hidden.pid(), signal.SIGKILL)
    used(hidden)

    assert program.is_relative_to(cache / "devdb" / f"bin-{hidden.software.key}")
    assert Path(f"/proc/{hidden.pid()}/exe").readlink() == program


@AS_ROOT
def test_a_program_of_the_system_that_the_other_user_can_not_run_is_named(cache: Path) -> None:
    local = local_server("postgres-15", cache)
    locked = cache / "locked"
    locked.mkdir(0o700)
    copied = locked / "postgres"
    shutil.copy(local.software.path, copied)

    with pytest.raises(NoDevDatabase) as caught:
        Local(Software(kind="postgres", path=copied), cache, {}).use()

    assert caught.value.message == (
        f"the local server `{copied}` can't be run by the user `nobody`"
    )


def test_whoever_is_killed_while_making_a_server_leaves_nothing_in_the_way(cache: Path) -> None:
    local = local_server("postgres-18", cache)
    for delay_ms in range(100, 1300, 150):
        process = holder(local)
        time.sleep(delay_ms / 1000)
        process.kill()
        process.communicate()

    before = used(local)
    assert used(local) == before
    assert wait_for(lambda: len([pid for pid in processes_in(cache) if is_server(pid)]) == 1)


def is_server(pid: int) -> bool:
    """Whether it is a server's first process, not one that it or its keeper has started."""
    arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    return arguments[0].endswith(b"postgres") and b"-D" in arguments
