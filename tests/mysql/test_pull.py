"""Pull convergence: a database, its schema, an empty database made from that schema, and no difference between the two."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from okra.dialects import dialect
from okra.dialects.session import connect
from okra.language.define import parse_schema
from okra.language.write import write_schema
from okra.lowering import lower
from okra.migrations.pull import pull
from okra.relational.diff import diff
from okra.relational.model import Database
from okra.relational.order import order
from okra.source import Source

if TYPE_CHECKING:
    from okra.dialects.session import MigrationSession
    from okra.language.definition import SchemaDefinition
    from okra.url import DatabaseUrl

MYSQL = dialect("mysql")
CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.sql"))

# What servers keep of the spelling although it means nothing: display widths, USING BTREE where there is nothing
# else, NO ACTION for RESTRICT. The next number of a counter is data.
_MEANINGLESS = re.compile(
    r"(?<=int)\(\d+\)(?! unsigned zerofill)| USING BTREE(?=.*InnoDB)| ON (?:DELETE|UPDATE) NO ACTION"
    r"| AUTO_INCREMENT=\d+",
    re.DOTALL,
)

# A check that stands in its column, as MariaDB has it, goes by the column's name. JSON columns are made with theirs.
_OWN_CHECK = re.compile(r"^(  (`[^`]+`) .*)( CHECK \((?!json_valid).*\))(?=,?$)", re.MULTILINE)


def _skip_what_is_for_mariadb(session: MigrationSession, script: Path) -> None:
    if "mariadb" in script.stem and "mariadb" not in session.server_version.lower():
        pytest.skip(f"{script.stem} on MySQL {session.server_version}")


def _run(session: MigrationSession, text: str) -> None:
    for script in MYSQL.split(text):
        session.execute(script.sql)


def _made_from(definition: SchemaDefinition, session: MigrationSession) -> Database:
    """The tables of the schema, made in the empty database of `session`."""
    wanted = MYSQL.resolve(lower(definition, "mysql")).database
    changes = order(diff(Database(), wanted), cut_cycles=MYSQL.cuts_cycles)
    for statement in MYSQL.plan(changes, wanted).statements:
        session.execute(statement.sql)
    return wanted


def _dump(session: MigrationSession) -> dict[str, list[str]]:
    """What SHOW CREATE TABLE says of every table, line by line: the order of indexes and keys means nothing."""
    found = {}
    for name in session.tables():
        ((_, shown, *_),) = session.query(f"SHOW CREATE TABLE {MYSQL.quote(name)}")
        text = _OWN_CHECK.sub(r"\1,\nCONSTRAINT \2\3", str(shown))
        lines = _MEANINGLESS.sub("", text).splitlines()
        found[name] = sorted(line.strip().rstrip(",") for line in lines)
    return found


def _ignored(text: str) -> list[str]:
    return [
        line.removeprefix("-- ignored: ") for line in text.splitlines() if "-- ignored: " in line
    ]


@pytest.mark.parametrize("script", CORPUS, ids=[script.stem for script in CORPUS])
def test_a_pulled_schema_makes_the_database_it_was_pulled_from(
    mysql: DatabaseUrl, other_mysql: DatabaseUrl, script: Path
) -> None:
    text = script.read_text()
    with (
        closing(connect(mysql, lock_timeout_ms=1_000)) as live,
        closing(connect(other_mysql, lock_timeout_ms=1_000)) as empty,
    ):
        _skip_what_is_for_mariadb(live, script)
        _run(live, text)

        pulled = pull(live, provider="mysql")
        source = Source("pulled.okra.gql", write_schema(pulled.definition))
        definition = parse_schema([source], providers=("mysql",)).definition
        wanted = _made_from(definition, empty)

        assert definition == pulled.definition
        assert list(pulled.ignored) == _ignored(text)
        assert diff(MYSQL.introspect(live).database, wanted) == ()
        assert diff(MYSQL.introspect(empty).database, wanted) == ()
        if not pulled.ignored:
            assert _dump(empty) == _dump(live)


@pytest.mark.parametrize("script", CORPUS, ids=[script.stem for script in CORPUS])
def test_pulling_into_a_pulled_schema_changes_nothing(mysql: DatabaseUrl, script: Path) -> None:
    with closing(connect(mysql, lock_timeout_ms=1_000)) as live:
        _skip_what_is_for_mariadb(live, script)
        _run(live, script.read_text())
        first = pull(live, provider="mysql").definition

        assert pull(live, provider="mysql", existing=first).definition == first
