"""A database is pulled, and what comes of its schema is the same database: pg_dump can't tell them apart."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from okra.dialects import dialect
from okra.migrations.pull import pull
from okra.relational.describe import describe
from okra.relational.diff import diff
from pulled import dumped, make, native, written_and_read

if TYPE_CHECKING:
    from collections.abc import Callable

    from okra.dialects.session import MigrationSession
    from okra.url import DatabaseUrl

CORPUS = sorted(Path(__file__).with_name("corpus").glob("*.sql"))
POSTGRES = dialect("postgres")
OTHER_SCHEMAS = "public,audit,Odd Schema"


def with_schemas(url: DatabaseUrl) -> DatabaseUrl:
    return msgspec.structs.replace(
        url, options=tuple(sorted((*url.options, ("schema", OTHER_SCHEMAS))))
    )


@pytest.mark.parametrize("script", CORPUS, ids=lambda path: path.stem)
def test_what_a_pulled_schema_makes_is_the_same_database(
    script: Path, pair: tuple[DatabaseUrl, DatabaseUrl], opened: Callable[..., MigrationSession]
):
    url, empty = pair
    source = opened(with_schemas(url))
    source.execute(script.read_text())

    pulled = pull(source, provider="postgres")
    wanted = native(written_and_read(pulled.definition))
    target = opened(empty)
    make(target, wanted)

    assert pulled.ignored == ()
    assert dumped(empty) == dumped(url)
    for session in (source, target):
        found = POSTGRES.introspect(session, wanted=wanted).database
        assert describe(diff(found, wanted)) == []


@pytest.mark.parametrize("script", CORPUS, ids=lambda path: path.stem)
def test_what_is_read_without_a_schema_to_compare_with_resolves_to_itself(
    script: Path, postgres: DatabaseUrl, opened: Callable[..., MigrationSession]
):
    session = opened(with_schemas(postgres))
    session.execute(script.read_text())

    found = POSTGRES.introspect(session).database

    assert diff(found, POSTGRES.resolve(POSTGRES.logical(found)).database) == ()


def test_the_corpus_has_more_than_a_hundred_tables():
    texts = [path.read_text() for path in CORPUS]
    assert (
        sum(len(re.findall(r"^CREATE (?:UNLOGGED )?TABLE", text, re.MULTILINE)) for text in texts)
        > 100
    )
