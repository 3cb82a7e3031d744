"""Seeds claim a database that belongs to no environment yet, as `up` and `sync` do."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from okra.dialects.session import connect

if TYPE_CHECKING:
    from places import Place, Ran

SCHEMA = "model User {\n  id: Int! @id\n  email: String! @length(max: 40)\n}\n"
TABLE = "CREATE TABLE users (id integer PRIMARY KEY, email varchar(40) NOT NULL);"


@pytest.fixture
def plain(place: Place) -> Place:
    """A database for two environments, with one seed."""
    entry = {"provider": place.provider, "url": place.address}
    environments = {"environments": {"local": entry, "production": entry}}
    (place.folder / "okra.config.json").write_text(json.dumps({"database": environments}))
    place.schema(SCHEMA)
    (place.folder / "seeds").mkdir()
    (place.folder / "seeds" / "User.csv").write_text("id,email\n1,a@x\n")
    return place


def seeded(place: Place, environment: str) -> Ran:
    name = place.url.database or "shop.db"
    wanted = () if environment == "local" else ("--confirm-database", name)
    return place.okra("db:seed", "--env", environment, *wanted)


def rows(place: Place) -> list[tuple]:
    return place.sql("SELECT id, email FROM users")


def test_what_production_has_seeded_another_environment_is_refused(plain: Place) -> None:
    plain.sql(TABLE)

    first, again, other = (seeded(plain, name) for name in ("production", "production", "local"))

    assert [(one.code, one.err.split(":")[0]) for one in (first, again, other)] == [
        (0, ""),
        (0, ""),
        (1, "error[OKR527]"),
    ]
    assert rows(plain) == [(1, "a@x")]


def test_a_database_that_was_made_without_an_environment_is_claimed(plain: Place) -> None:
    config = plain.folder / "okra.config.json"
    text = config.read_text()
    config.unlink()
    plain.must("db:sync", "--yes")
    config.write_text(text)

    codes = [seeded(plain, name).code for name in ("production", "local")]

    assert codes == [0, 1]


def test_where_a_seed_fails_a_server_that_can_undo_it_undoes_the_claim(plain: Place) -> None:
    plain.sql(TABLE)
    (plain.folder / "seeds" / "User2.sql").write_text("INSERT INTO users VALUES (1, 'twice');")

    failed = seeded(plain, "production")
    (plain.folder / "seeds" / "User2.sql").unlink()

    assert failed.code == 1
    assert rows(plain) == []
    assert seeded(plain, "local").code == (1 if plain.provider == "mysql" else 0)


def test_tables_of_others_leave_the_database_free_so_that_a_sync_still_asks(plain: Place) -> None:
    plain.sql(TABLE + " CREATE TABLE legacy (id integer);")

    codes = [seeded(plain, name).code for name in ("production", "local")]

    with closing(connect(plain.url, lock_timeout_ms=100)) as session:
        assert (codes, session.has_table("_okra_stamp")) == ([0, 0], False)


@pytest.mark.only_on("postgres")
def test_who_may_make_no_table_may_seed_and_is_told_that_nothing_was_claimed(plain: Place) -> None:
    plain.sql(TABLE)
    with closing(connect(plain.url, lock_timeout_ms=100)) as session:
        session.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        role = f"seeder_{plain.url.database}"[:60]
        session.execute(f'CREATE ROLE "{role}" LOGIN')
        session.execute(f'GRANT USAGE ON SCHEMA public TO "{role}"')
        session.execute(f'GRANT ALL ON users TO "{role}"')
        config = plain.folder / "okra.config.json"
        known = config.read_text()
        config.write_text(known.replace(f"//{plain.url.user}", f"//{role}"))

        found = seeded(plain, "local")

        session.execute(f'DROP OWNED BY "{role}"')
        session.execute(f'DROP ROLE "{role}"')
    assert (found.code, rows(plain)) == (0, [(1, "a@x")])
    assert "the database was not claimed for the environment `local`" in found.err
