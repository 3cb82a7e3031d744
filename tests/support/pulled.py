"""What comes of a pulled schema, and what pg_dump says about it."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from okra.devdb.software import postgres_servers
from okra.dialects import dialect
from okra.language.define import parse_schema
from okra.language.write import write_schema
from okra.lowering import lower
from okra.relational.diff import diff
from okra.relational.model import Database
from okra.relational.order import order
from okra.source import Source

if TYPE_CHECKING:
    from okra.dialects.session import MigrationSession
    from okra.language.definition import SchemaDefinition
    from okra.url import DatabaseUrl

POSTGRES = dialect("postgres")


def written_and_read(definition: SchemaDefinition) -> SchemaDefinition:
    return parse_schema(
        [Source("models.okra.gql", write_schema(definition))], providers=("postgres",)
    ).definition


def native(definition: SchemaDefinition) -> Database:
    return POSTGRES.resolve(lower(definition, "postgres")).database


def make(session: MigrationSession, database: Database) -> None:
    changes = order(diff(Database(), database), cut_cycles=POSTGRES.cuts_cycles)
    for statement in POSTGRES.plan(changes, database).statements:
        session.execute(statement.sql)


def dumped(url: DatabaseUrl) -> list[str]:
    """What pg_dump says, but for comments and what it makes up anew each time."""
    tools = [program.folder / "pg_dump" for program in postgres_servers()]
    tool = next((each for each in tools if each.is_file()), None)
    if tool is None:
        pytest.skip("pg_dump is not on this machine")
    command = [str(tool), "--schema-only", "--no-owner", "--dbname", url.database or ""]
    for flag, value in (("--host", url.option("host") or url.host), ("--port", url.port)):
        command += [flag, str(value)] if value else []
    command += ["--username", url.user] if url.user else []
    environment = os.environ | ({"PGPASSWORD": url.password} if url.password else {})
    found = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    passing = re.compile(r"--|\\(un)?restrict |$")
    return [line for line in found.stdout.splitlines() if not passing.match(line)]
