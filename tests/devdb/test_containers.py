"""Where there is Docker and nothing else, a container serves; here a program stands in that starts a server as it would."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from local import is_alive, local_server, wait_for
from okra.devdb.containers import Container, find_docker, image
from okra.devdb.databases import check_ours, create
from okra.devdb.link import Link
from okra.errors import NoDevDatabase

if TYPE_CHECKING:
    from pathlib import Path

DOCKER = """\
#!{python}
# Understands what OKRA says to docker; a container is a PostgreSQL of this machine on a free port.
import os, pathlib, shutil, signal, socket, subprocess, sys

home = pathlib.Path({home!r})
nobody = {{"user": {uid}, "group": {gid}, "extra_groups": []}} if os.geteuid() == 0 else {{}}
verb, *rest = sys.argv[1:]
(home / "calls").open("a").write(" ".join(sys.argv[1:]) + "\\n")
if verb == "version":
    print("27.0")
elif verb == "run":
    password = os.environ[rest[rest.index("--env") + 1]]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = home / "served" / "data"
    (home / "password").write_text(password)
    os.chmod(home / "password", 0o644)
    subprocess.run(
        [{bin!r} + "/initdb", "--no-sync", "-A", "scram-sha-256", "--pwfile", home / "password",
         "-U", "postgres", "-D", data], check=True, stdout=subprocess.DEVNULL, cwd="/", **nobody)
    server = subprocess.Popen(
        [{bin!r} + "/postgres", "-D", data, "-c", "listen_addresses=127.0.0.1", "-c", f"port={{port}}",
         "-c", f"unix_socket_directories="], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True, cwd="/", **nobody)
    (home / "port").write_text(str(port))
    (home / "pid").write_text(str(server.pid))
    print("pulling …")
    print("0123abcd")
elif verb == "port":
    print("127.0.0.1:" + (home / "port").read_text())
elif verb == "rm":
    os.kill(int((home / "pid").read_text()), signal.SIGQUIT)
"""


@pytest.fixture
def docker(cache: Path) -> str:
    software = local_server("postgres-15", cache).software  # which every user can run
    (cache / "served").mkdir()
    os.chown(cache / "served", 65534 if os.geteuid() == 0 else -1, -1)
    program = cache / "docker"
    text = DOCKER.format(
        python=sys.executable, home=str(cache), bin=str(software.folder), uid=65534, gid=65534
    )
    program.write_text(text)
    program.chmod(0o755)
    return str(program)


def test_a_container_serves_until_it_is_released(docker: str, cache: Path) -> None:
    home = Container(docker, image("postgres", None))
    pid = int((cache / "pid").read_text())
    url = create(home)
    link = Link(url)
    check_ours(link, url)
    link.close()
    home.release()
    home.release()

    calls = (cache / "calls").read_text().splitlines()
    assert calls == [
        (
            "run --detach --rm --label okra.devdb --publish 127.0.0.1::5432 --env POSTGRES_PASSWORD "
            "--entrypoint timeout postgres:18-alpine 3600 docker-entrypoint.sh postgres "
            "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        ),
        "port 0123abcd 5432/tcp",
        "rm --force --volumes 0123abcd",
    ]
    assert wait_for(lambda: not is_alive(pid))
    assert url.password not in "".join(calls)


def test_an_image_is_like_the_server_that_migrations_are_for() -> None:
    wanted = [("postgres", "15.4"), ("mysql", None), ("mysql", "8.0.36"), ("mysql", "10.11")]

    assert [image(*each).name for each in wanted] == [
        "postgres:15-alpine",
        "mysql:8.4",
        "mysql:8.0",
        "mariadb:10.11",
    ]


def test_docker_is_used_only_where_its_daemon_answers(
    docker: str, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(cache))
    answering = find_docker()
    (cache / "docker").write_text("#!/bin/sh\nexit 1\n")

    assert (answering, find_docker()) == (docker, None)


def test_an_image_that_can_not_be_had_is_named(cache: Path) -> None:
    program = cache / "docker"
    program.write_text("#!/bin/sh\necho 'manifest unknown' >&2\nexit 125\n")
    program.chmod(0o755)

    with pytest.raises(NoDevDatabase) as caught:
        Container(str(program), image("mysql", "10.11"))

    assert caught.value.render() == (
        "error[OKR431]: no server could be started from the Docker image `mariadb:10.11`\n"
        "  = help: manifest unknown\n"
        "          install a server on this machine, or set `devUrl`"
    )


def test_an_image_that_does_not_come_in_time_is_named(cache: Path) -> None:
    program = cache / "docker"
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    program.chmod(0o755)

    with pytest.raises(NoDevDatabase) as caught:
        Container(str(program), image("postgres", None), pull_timeout_s=0.2)

    assert caught.value.render() == (
        "error[OKR431]: no server could be started from the Docker image `postgres:18-alpine`\n"
        "  = help: it did not answer within 0.2 seconds\n"
        "          install a server on this machine, or set `devUrl`"
    )
