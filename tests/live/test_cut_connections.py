"""The connection breaks before or after the server got a message: the run reconnects, finds out and goes on."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from crash_plans import BASE, plans
from okra.migrations.down import migrate_down
from okra.migrations.up import migrate_up
from proxies import Proxy

UP = {
    "file": [b"ADD COLUMN email", b"INSERT INTO log", b"COMMIT", b"_okra_log"],
    "steps": {
        "postgres": [
            *(b"VALIDATE", b"users_email_idx", b"users_name_idx", b"up again"),
            *(b"COMMIT", b"_okra_log", b"in_flight = "),
        ],
        "mysql": [
            *(b"ADD COLUMN email", b"'up'", b"ALGORITHM=COPY"),
            *(b"RENAME TO memos", b"up again", b"RENAME TABLE", b"COMMIT", b"_okra_log"),
            b"in_flight = ",
        ],
    },
}


# MySQL has no file that is one transaction.
KINDS = [pytest.param("file", marks=pytest.mark.only_on("postgres", "sqlite")), "steps"]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_a_cut_connection_costs_nothing(desk, kind, after):
    texts = UP[kind] if kind == "file" else UP[kind][desk.url.provider]
    first = desk.add(BASE)
    migrate_up(desk.target)
    below = desk.schema()
    second = desk.add(*plans(desk.url.provider)[kind])
    for text in texts:
        for number in (1, 2) if text in (b"COMMIT", b"in_flight = ") else (1,):
            proxy = Proxy(desk.url, text, number=number, after=after)
            result = migrate_up(replace(desk.target, url=proxy.url(desk.url)))
            proxy.close()
            assert proxy.cut or (kind, text, number) == ("file", b"COMMIT", 2), text
            assert [each.version for each in result.applied] == [second]
            assert desk.states() == {first: "done", second: "done"}
            logged = [("up",)] if kind == "file" else [("up",), ("up again",)]
            assert desk.sql("SELECT what FROM log ORDER BY what") == logged
            migrate_down(desk.target, confirm=lambda _: True)
            assert desk.schema() == below
            desk.sql("DELETE FROM log")


@pytest.mark.parametrize("after", [False, True])
def test_the_way_back_over_a_cut_connection_costs_nothing(desk, after):
    desk.add(BASE)
    migrate_up(desk.target)
    below = desk.schema()
    second = desk.add(*plans(desk.url.provider)["steps"])
    for text in (b"users_name_idx", b"DROP TABLE", b"'down'", b"users_email_idx", b"COMMIT"):
        migrate_up(desk.target)
        desk.sql("DELETE FROM log")
        proxy = Proxy(desk.url, text, after=after)
        result = migrate_down(replace(desk.target, url=proxy.url(desk.url)), confirm=lambda _: True)
        proxy.close()
        assert proxy.cut
        assert [each.version for each in result.reverted] == [second]
        assert desk.states()[second] == "reverted"
        assert desk.sql("SELECT what FROM log") == [("down",)]
        assert desk.schema() == below
