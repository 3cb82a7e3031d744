"""Migrations for servers are proven as they will be applied; without a server that is said, and made up for later."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from local import local_server
from okra.devdb import Dev
from okra.dialects import dialect
from okra.errors import NoDevDatabase, PlanError
from okra.language.define import parse_schema
from okra.migrations.draft import Draft, draft
from okra.migrations.prove import Proof, prove
from okra.relational.model import Database
from okra.source import Source

if TYPE_CHECKING:
    from okra.url import DatabaseUrl

BLOG = Path(__file__).parents[2] / "examples" / "blog" / "models.okra.gql"
MOOD = "enum Mood { %s }\nmodel Day { id: ID! mood: Mood }"


class Result(NamedTuple):
    code: int
    out: str
    err: str


def drafted(provider: str, *texts: str) -> Draft:
    """What leads from the last but one of `texts` to the last."""
    before, models_before = Database(), None
    found = None
    for text in texts:
        models = parse_schema([Source("models", text)]).definition
        found = draft(provider, before, models_before, models)
        before, models_before = found.after, models
    assert found is not None
    return found


def proven(found: Draft, dev: Dev, *, migration_sql: str | None = None) -> Proof:
    return prove(
        dialect(found.provider),
        found.before,
        found.after,
        found.changes,
        migration_sql=migration_sql or found.migration_sql("v"),
        rollback_sql=found.rollback_sql("v"),
        dev=dev,
    )


def okra(folder: Path, *arguments: str, **environ: str) -> Result:
    done = subprocess.run(
        [sys.executable, "-m", "okra", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "NO_COLOR": "1", **environ},
    )
    return Result(done.returncode, done.stdout, done.stderr)


def project(folder: Path, database: dict[str, object], models: str | None = None) -> Path:
    (folder / "models.okra.gql").write_text(models or BLOG.read_text())
    rules = {"OKR342": "off"}  # the blog has an index that nobody needs
    text = json.dumps({"database": database, "lint": {"rules": rules}})
    (folder / "okra.config.json").write_text(text)
    return folder


def verified(folder: Path) -> dict[str, bool]:
    """By provider, whether its newest migration says that it was proven."""
    found = {}
    for path in folder.glob("migrations/**/current/schema.json"):
        chain = json.loads(path.read_text().splitlines()[0].rstrip(",") + "}")["chain"]
        found[chain["provider"]] = chain["verified"]
    return found


def test_a_schema_is_proven_on_the_server_that_is_named(server: DatabaseUrl) -> None:
    proof = proven(drafted(server.provider, BLOG.read_text()), Dev(url=server))

    assert proof.warnings == ()
    assert proof.server_version


def test_an_edited_migration_is_proven_as_its_marks_say(postgres: DatabaseUrl) -> None:
    found = drafted("postgres", MOOD % "GOOD", MOOD % "GOOD BAD")
    add = "ALTER TYPE \"mood\" ADD VALUE 'BAD';\n"
    use = 'UPDATE "days" SET "mood" = \'BAD\';\n'

    with pytest.raises(PlanError) as caught:
        proven(found, Dev(url=postgres), migration_sql=add + use)
    proven(found, Dev(url=postgres), migration_sql=f"{add}\n-- okra: new transaction\n{use}")

    assert caught.value.code == "OKR410"
    assert caught.value.message.startswith("the proof failed: statement 2 of migration.sql is")


@pytest.mark.parametrize(
    "after", ["BAD", "BAD GOOD", "GOOD BAD WORSE", 'BETTER @renamed(from: "GOOD") BAD']
)
def test_tables_that_hold_a_changed_enum_are_part_of_the_proof(
    postgres: DatabaseUrl, after: str
) -> None:
    proven(drafted("postgres", MOOD % "GOOD BAD", MOOD % after), Dev(url=postgres))


def test_an_index_is_built_concurrently_in_a_proof_too(postgres: DatabaseUrl) -> None:
    text = "model Day { id: ID! name: String %s }"
    found = drafted("postgres", text % "", text % "@index")
    sql = found.migration_sql("v")

    assert "CONCURRENTLY" in sql
    proven(found, Dev(url=postgres))


def test_a_proof_on_another_version_than_the_targets_warns(postgres: DatabaseUrl) -> None:
    proof = proven(drafted("postgres", BLOG.read_text()), Dev(url=postgres, server_version="13"))

    major = proof.server_version.split(".")[0]
    assert proof.warnings == (
        f"proven on PostgreSQL {major}, and the database is PostgreSQL 13: what differs was not tried",
    )


def test_a_type_of_an_extension_can_be_proven(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    local_server("postgres-18", cache)
    monkeypatch.setenv("OKRA_CACHE_DIR", str(cache))
    text = 'model User { id: ID! email: Native! @db(postgres: "citext") @unique }'

    assert proven(drafted("postgres", text), Dev()).server_version.startswith("18")


def test_a_type_that_somebody_made_himself_has_a_way_past_the_proof(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    local_server("postgres-18", cache)
    monkeypatch.setenv("OKRA_CACHE_DIR", str(cache))
    text = 'model Place { id: ID! size: Native! @db(postgres: "positive") }'

    with pytest.raises(PlanError) as caught:
        proven(drafted("postgres", text), Dev())

    assert (caught.value.help or "").endswith(
        "where the database has that and OKRA did not make it, as with a domain: "
        "`--no-verify` writes the migration without the proof"
    )


def test_an_extension_that_the_dev_server_lacks_leaves_the_migration_unproven(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    local_server("postgres-18", cache)
    monkeypatch.setenv("OKRA_CACHE_DIR", str(cache))
    text = 'model Place { id: ID! at: Native! @db(postgres: "geometry") }'

    with pytest.raises(NoDevDatabase) as caught:
        proven(drafted("postgres", text), Dev())

    assert caught.value.code == "OKR436"
    assert caught.value.message == (
        "the dev server has no extension `postgis`, without which the proof can't be made"
    )


def test_every_provider_is_proven_on_a_server_that_okra_starts(tmp_path: Path, cache: Path) -> None:
    local_server("postgres-18", cache)
    local_server("mariadb", cache)
    folder = project(
        tmp_path,
        {
            "environments": {
                "local": {"provider": "sqlite"},
                "test": {"provider": "postgres", "url": "postgres://nobody@nowhere.invalid/a"},
                "live": {"provider": "mysql", "url": "${NOT_SET_HERE}", "serverVersion": "8.4"},
            }
        },
    )

    done = okra(folder, "db:migrate:generate", OKRA_CACHE_DIR=str(cache))

    assert done.code == 0
    assert done.err.splitlines()[-1] == (
        "warning: mysql: proven on MariaDB 10.11, and the database is MySQL 8.4: "
        "what differs was not tried"
    )
    assert verified(folder) == {"sqlite": True, "postgres": True, "mysql": True}


@pytest.fixture
def unusable(cache: Path) -> dict[str, str]:
    """Variables with which no server can be started."""
    cache.chmod(0o777)
    return {"OKRA_CACHE_DIR": str(cache)}


def test_without_a_dev_database_the_migration_is_written_unverified_and_can_be_proven_later(
    tmp_path: Path, cache: Path, unusable: dict[str, str], postgres: DatabaseUrl
) -> None:
    local_server("postgres-18", cache)
    folder = project(tmp_path, {"provider": "postgres", "url": address(postgres)})

    done = okra(folder, "db:migrate:generate", **unusable)
    first = verified(folder)
    proof = okra(folder, "db:migrate:verify")

    assert done.code == 0
    assert "(not proven)" in done.out
    assert done.err.startswith("warning: there is no folder for a local server: it is written")
    assert done.err.endswith("then prove it with `okra db:migrate:verify`\n")
    assert first == {"postgres": False}
    assert (proof.code, verified(folder)) == (0, {"postgres": True})


def test_verifying_prefers_a_server_like_the_targets_and_warns_of_another(
    tmp_path: Path, cache: Path, postgres: DatabaseUrl
) -> None:
    local_server("postgres-15", cache)
    folder = project(tmp_path, {"provider": "postgres", "url": address(postgres)})
    okra(folder, "db:migrate:generate", "--no-verify")

    done = okra(folder, "db:migrate:verify", OKRA_CACHE_DIR=str(cache))

    assert (done.code, verified(folder)) == (0, {"postgres": True})
    # A server that the variable names may be of a version that is not on this machine.
    assert done.err == "" or done.err.startswith("warning: proven on PostgreSQL ")


def test_a_proof_that_is_asked_for_fails_without_a_dev_database(
    tmp_path: Path, unusable: dict[str, str], postgres: DatabaseUrl
) -> None:
    folder = project(tmp_path, {"provider": "postgres", "url": address(postgres)})
    okra(folder, "db:migrate:generate", "--no-verify")

    done = okra(folder, "db:migrate:verify", **unusable)

    assert (done.code, done.err.splitlines()[0]) == (
        1,
        "error[OKR431]: there is no folder for a local server",
    )


def test_the_flag_names_the_server_to_prove_on(tmp_path: Path, server: DatabaseUrl) -> None:
    folder = project(tmp_path, {"provider": server.provider})

    done = okra(folder, "db:migrate:generate", "--dev-url", address(server))

    assert (done.code, done.err) == (0, "")
    assert verified(folder) == {server.provider: True}


def test_the_target_is_refused_as_dev_database(tmp_path: Path) -> None:
    url = "postgres://app:secret@db.invalid/app"
    folder = project(tmp_path, {"provider": "postgres", "url": url, "devUrl": url})

    done = okra(folder, "db:migrate:generate")

    assert done.code == 2
    assert done.err == (
        "error[OKR630]: `devUrl` names a database that migrations are applied to\n"
        "  --> postgres://app:***@db.invalid/app\n"
        "  = help: name another database or server: proofs make and drop databases there\n"
    )
    assert not (folder / "migrations").exists()


def test_a_dev_database_that_can_not_be_reached_is_an_error(tmp_path: Path) -> None:
    folder = project(
        tmp_path, {"provider": "postgres", "devUrl": "postgres://a:secret@localhost:1/postgres"}
    )

    done = okra(folder, "db:migrate:generate")

    assert done.code == 1
    assert done.err.startswith("error[OKR5")
    assert "secret" not in done.err
    assert not (folder / "migrations").exists()


def test_what_the_servers_version_lacks_is_refused_before_anything_is_written(
    tmp_path: Path,
) -> None:
    folder = project(
        tmp_path,
        {"provider": "postgres", "serverVersion": "13"},
        "model A { id: ID! b: Int @unique(fields: [b], nulls: NOT_DISTINCT) }".replace(
            "@unique(fields: [b], ", "@unique("
        ),
    )

    checked = okra(folder, "db:validate")
    done = okra(folder, "db:migrate:generate")

    assert (checked.code, checked.err.count("the server is 13")) == (0, 1)
    assert done.code == 1
    assert done.err.startswith("error[OKR435]: the database can't have what the schema asks for: ")
    assert not (folder / "migrations").exists()


def address(url: DatabaseUrl) -> str:
    """The URL of a database of the tests as a text that can be parsed."""
    options = dict(url.options)
    if url.host and url.host.startswith("/"):
        options["host"] = url.host
    query = "&".join(f"{name}={value}" for name, value in options.items())
    place = "" if "host" in options else url.host or ""
    port = f":{url.port}" if url.port else ""
    password = f":{url.password}" if url.password else ""
    return f"{url.provider}://{url.user}{password}@{place}{port}/{url.database}?{query}"
