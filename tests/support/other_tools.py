"""Readers of exported folders that keep to what each tool documents, and a sender that does what it does with them.

What each rule is taken from stands in docs/export.md.
"""

from __future__ import annotations

import base64
import re
import sqlite3
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from addresses import url_text
from okra.dialects import dialect

if TYPE_CHECKING:
    from pathlib import Path

    from okra.url import DatabaseUrl


class Unit(NamedTuple):
    """What a tool does at one go.

    texts  what it sends, one after the other: each is one call of the driver
    wraps  whether it puts a transaction around them
    """

    name: str
    texts: list[str]
    wraps: bool


class Way(NamedTuple):
    """What a tool does up and down, in order."""

    up: list[Unit]
    down: list[Unit]


def golang_migrate(folder: Path, provider: str) -> Way:
    """Each file is sent whole; SQLite's driver alone opens a transaction for it."""
    ways: dict[str, dict[int, Unit]] = {"up": {}, "down": {}}
    for path in folder.iterdir():
        found = re.fullmatch(r"([0-9]+)_(.*)\.(down|up)\.(.*)", path.name)
        assert found, path.name
        version = int(found[1])
        assert version < 2**63
        assert version not in ways[found[3]]
        unit = Unit(path.name, [path.read_text()], provider == "sqlite")
        ways[found[3]][version] = unit
    assert ways["up"].keys() == ways["down"].keys()
    return _ordered(ways["up"], ways["down"])


def goose(folder: Path, _: str) -> Way:
    ups, downs = {}, {}
    for path in folder.iterdir():
        version = int(path.name.partition("_")[0])
        assert path.suffix == ".sql"
        assert 0 < version < 2**63
        text = path.read_text()
        wraps = "-- +goose NO TRANSACTION" not in text.splitlines()
        ups[version] = Unit(path.name, _goose_statements(text, "up"), wraps)
        downs[version] = Unit(path.name, _goose_statements(text, "down"), wraps)
    return _ordered(ups, downs)


def _goose_statements(text: str, wanted: str) -> list[str]:
    """Lines up to one whose last word, before any `--`, ends with a semicolon; or what stands between two marks."""
    way, block, buffer, found = "", False, "", []
    for line in text.splitlines():
        mark = line.removeprefix("--").strip() if line.startswith("--") else ""
        if mark in ("+goose Up", "+goose Down"):
            assert not buffer.strip(), line
            assert way == ("" if mark == "+goose Up" else "up")
            way = mark.removeprefix("+goose ").lower()
            continue
        if mark == "+goose NO TRANSACTION":
            assert way == ""
            continue
        if mark == "+goose StatementBegin":
            assert not block
            block = True
            continue
        ends = mark == "+goose StatementEnd"
        if not ends:
            if not buffer and (not line.strip() or line.strip().startswith("--")):
                continue
            assert way, line
            buffer += line + "\n"
        words = line.split(" ")
        words = words[: next((n for n, w in enumerate(words) if w.startswith("--")), len(words))]
        if ends or (not block and "".join(words[-1:]).endswith(";")):
            block = False
            if way == wanted:
                found.append(buffer.strip())
            buffer = ""
    assert not buffer.strip()
    assert not block
    return found


def dbmate(folder: Path, _: str) -> Way:
    """What stands from one mark to the other is sent whole; the mark's line may say that there is no transaction."""
    ups, downs = {}, {}
    for path in folder.iterdir():
        found = re.fullmatch(r"(\d+).*\.sql", path.name)
        assert found, path.name
        text = path.read_text()
        up = re.search(r"^--\s*migrate:up(\s*$|\s+\S+)", text, re.MULTILINE)
        down = re.search(r"^--\s*migrate:down(\s*$|\s+\S+)$", text, re.MULTILINE)
        assert up
        assert down
        assert up.start() < down.start()
        assert all(
            not line.strip() or line.startswith("--") for line in text[: up.start()].splitlines()
        )
        for to, block in ((ups, text[up.start() : down.start()]), (downs, text[down.start() :])):
            options = block.split("\n", 1)[0].split()
            to[found[1]] = Unit(path.name, [block], "transaction:false" not in options)
    return _ordered(ups, downs)


def flyway(folder: Path, provider: str) -> Way:
    """`V` and `U` with one version; a `.conf` may switch the transaction and `${…}` off."""
    ways: dict[str, dict[tuple[int, ...], Unit]] = {"V": {}, "U": {}}
    for path in folder.glob("*.sql"):
        found = re.fullmatch(r"([VU])(\d+(?:\.\d+)*)__(\w+)\.sql", path.name)
        assert found, path.name
        conf = path.with_name(path.name + ".conf")
        settings = (
            dict(line.split("=") for line in conf.read_text().split()) if conf.exists() else {}
        )
        text = path.read_text()
        assert "${" not in text or settings["placeholderReplacement"] == "false"
        statements = [script.sql for script in dialect(provider).split(text)]
        wraps = settings.get("executeInTransaction") != "false"
        version = tuple(int(part) for part in found[2].split("."))
        ways[found[1]][version] = Unit(path.name, statements, wraps)
    names = {path.name for path in folder.glob("*.sql")}
    assert {path.name.removesuffix(".conf") for path in folder.glob("*.conf")} <= names
    assert ways["V"].keys() == ways["U"].keys()
    return _ordered(ways["V"], ways["U"])


def atlas(folder: Path, _: str) -> Way:
    """`atlas.sum` fits; the first lines may name a delimiter and say that there is no transaction."""
    names = sorted(path.name for path in folder.glob("*.sql"))
    check_atlas_sum(folder, names)
    ups = {}
    for name in names:
        assert re.fullmatch(r"\d+_\w+\.sql", name)
        text = (folder / name).read_text()
        header = text.partition("\n\n")[0].splitlines()
        wraps = "-- atlas:txmode none" not in header
        first = header[0]
        if first.startswith("-- atlas:delimiter "):
            mark = first.removeprefix("-- atlas:delimiter ")
            pieces = text.partition("\n")[2].split(mark)
        else:
            bare = [line for line in text.splitlines() if not line.startswith("--")]
            pieces = "\n".join(bare).split(";")
        statements = [piece.strip() for piece in pieces]
        ups[name] = Unit(name, [text for text in statements if _says_something(text)], wraps)
    return Way([ups[name] for name in names], [])


def _says_something(text: str) -> bool:
    return any(line.strip() and not line.strip().startswith("--") for line in text.splitlines())


def check_atlas_sum(folder: Path, names: list[str]) -> None:
    head, *lines = (folder / "atlas.sum").read_text().splitlines()
    running, told = b"", b""
    assert [line.split(" h1:")[0] for line in lines] == names
    for line in lines:
        name, hashed = line.split(" h1:")
        running += name.encode() + (folder / name).read_bytes()
        assert hashed == base64.b64encode(sha256(running).digest()).decode()
        told += name.encode() + hashed.encode()
    assert head == "h1:" + base64.b64encode(sha256(told).digest()).decode()


def sql(folder: Path, provider: str) -> Way:
    """A shell cuts a file into statements; its transactions are written out."""
    ways: dict[str, dict[str, Unit]] = {"up": {}, "down": {}}
    for path in folder.iterdir():
        found = re.fullmatch(r"(\d{14})_\w+\.(up|down)\.sql", path.name)
        assert found, path.name
        statements = [script.sql for script in dialect(provider).split(path.read_text())]
        assert statements.count("BEGIN") == statements.count("COMMIT")
        ways[found[2]][found[1]] = Unit(path.name, statements, wraps=False)
    assert ways["up"].keys() == ways["down"].keys()
    return _ordered(ways["up"], ways["down"])


TOOLS = {
    "golang-migrate": golang_migrate,
    "goose": goose,
    "dbmate": dbmate,
    "flyway": flyway,
    "atlas": atlas,
    "sql": sql,
}


def _ordered(ups: dict, downs: dict) -> Way:
    return Way(
        [ups[key] for key in sorted(ups)], [downs[key] for key in sorted(downs, reverse=True)]
    )


def send(url: DatabaseUrl, units: list[Unit]) -> None:
    """Do what the tool does, on a connection of the driver alone."""
    connection = _SENDERS[url.provider](url)
    try:
        for unit in units:
            if unit.wraps:
                connection("BEGIN")
            for text in unit.texts:
                connection(text)
            if unit.wraps:
                connection("COMMIT")
    finally:
        connection("")


def _sqlite(url: DatabaseUrl):
    connection = sqlite3.connect(url.path or ":memory:", isolation_level=None)

    def run(text: str) -> None:
        if not text:
            connection.close()
            return
        rest = ""
        for piece in re.split(
            r"(?<=;)", text
        ):  # as a driver does: statement by statement, to its end
            rest += piece
            if sqlite3.complete_statement(rest):
                connection.execute(rest)
                rest = ""
        if rest.strip():
            connection.execute(rest)

    return run


def _postgres(url: DatabaseUrl):
    import psycopg

    connection = psycopg.connect(url_text(url), autocommit=True)

    def run(text: str) -> None:
        if text:
            connection.execute(text)
        else:
            connection.close()

    return run


def _mysql(url: DatabaseUrl):
    import pymysql
    from pymysql.constants import CLIENT

    connection = pymysql.connect(
        host=url.host,
        unix_socket=url.option("unix_socket"),
        port=url.port or 3306,
        user=url.user,
        password=url.password or "",
        database=url.database,
        client_flag=CLIENT.MULTI_STATEMENTS,
        autocommit=True,
    )

    def run(text: str) -> None:
        if not text:
            connection.close()
            return
        with connection.cursor() as cursor:
            cursor.execute(text)
            while cursor.nextset():
                pass

    return run


_SENDERS = {"sqlite": _sqlite, "postgres": _postgres, "mysql": _mysql}
