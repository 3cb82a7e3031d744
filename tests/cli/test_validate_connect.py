"""`okra db:validate --connect`: whether migrations could run, without running any."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from addresses import url_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from okra.url import DatabaseUrl


def test_a_file_that_is_still_to_be_made_is_no_error(okra: Callable, blog: Path) -> None:
    found = okra("db:validate", "--connect", "--url", "sqlite://shop.db")

    assert (found.code, found.err, (blog / "shop.db").exists()) == (0, "", False)
    assert found.out == (
        "The schema is valid: 1 model, 0 enums.\n"
        f"sqlite://{blog}/shop.db: there is no file yet: `okra db:migrate:up` makes it.\n"
    )


def test_a_folder_that_is_not_there_is_an_error(okra: Callable, blog: Path) -> None:
    found = okra("db:validate", "--connect", "--url", "sqlite://none/shop.db")

    assert (found.code, "error[OKR500]" in found.err) == (1, True)


def test_a_password_in_the_configuration_is_worth_a_warning(okra: Callable, blog: Path) -> None:
    warned = []
    for url in (
        "postgres://me:hunter2@h/x",
        "postgres://me@h/x",
        "${URL}",
        "postgres://me:${P}@h/x",
    ):
        (blog / "okra.config.json").write_text(
            json.dumps({"database": {"provider": "postgres", "url": url}})
        )
        found = okra("db:validate")
        assert (found.code, "hunter2" in found.out + found.err) == (0, False)
        warned.append("the configuration has a password" in found.err)

    assert warned == [True, False, False, False]


def test_the_way_to_a_protected_database_on_another_computer_is_to_be_said(
    okra: Callable, blog: Path
) -> None:
    (blog / "okra.config.json").write_text(
        '{ "database": { "provider": "postgres", "url": "postgres://me@nowhere.invalid/x",'
        ' "protected": true } }'
    )

    found = [okra(*command) for command in (["db:validate", "--connect"], ["db:migrate:status"])]

    assert [(one.code, "may be unencrypted" in one.err) for one in found] == [(2, True)] * 2


def test_the_server_and_the_user_are_named(okra: Callable, blog: Path, server: DatabaseUrl) -> None:
    found = okra("db:validate", "--connect", "--json", "--url", url_text(server))

    [one] = found.json()["connections"]
    assert (found.code, one["ok"], one["provider"]) == (0, True, server.provider)
    assert one["server"].split(" ")[0] in {"PostgreSQL", "MySQL", "MariaDB"}
    assert one["user"]


def test_one_database_that_is_not_there_does_not_hide_the_next(
    okra: Callable, blog: Path, server: DatabaseUrl
) -> None:
    good = {"provider": server.provider, "url": url_text(server)}
    bad = good | {"url": url_text(server).replace(f"/{server.database}", "/nothing_here")}
    (blog / "okra.config.json").write_text(
        json.dumps({"databases": {"bad": bad, "good": good, "open": {"provider": "postgres"}}})
    )

    found = okra("db:validate", "--connect", "--json")

    connections = found.json()["connections"]
    assert [(one["database"], one["ok"]) for one in connections] == [
        ("bad", False),
        ("good", True),
        ("open", False),
    ]
    assert [one.get("error", {}).get("code") for one in connections] == [
        "OKR550",
        None,
        "OKR623",
    ]
    assert found.code == 1


def test_an_extension_that_the_schema_needs_is_told_before(
    okra: Callable, blog: Path, postgres: DatabaseUrl
) -> None:
    (blog / "models.okra.gql").write_text(
        'model A { id: Int! @id, b: String! @db(postgres: "citext") }\n'
    )

    found = okra("db:validate", "--connect", "--url", url_text(postgres))

    assert found.code == 0
    assert '`citext`, which the database has not: run `CREATE EXTENSION "citext"`' in found.err
