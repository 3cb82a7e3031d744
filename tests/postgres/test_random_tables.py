"""Random tables are pulled and made again, and nothing has changed."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from okra.dialects import dialect
from okra.migrations.pull import pull
from okra.relational.describe import describe
from okra.relational.diff import diff
from pulled import dumped, make, native, written_and_read
from random_tables import Tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from okra.dialects.session import MigrationSession
    from okra.url import DatabaseUrl

POSTGRES = dialect("postgres")


def converge(
    pair: tuple[DatabaseUrl, DatabaseUrl], opened: Callable[..., MigrationSession], seed: int
) -> None:
    url, empty = pair
    source = opened(url)
    for statement in Tables(Random(seed)).statements(6):  # noqa: S311
        source.execute(statement)

    pulled = pull(source, provider="postgres")
    wanted = native(written_and_read(pulled.definition))
    target = opened(empty)
    make(target, wanted)

    assert pulled.ignored == ()
    assert dumped(empty) == dumped(url)
    for session in (source, target):
        assert describe(diff(POSTGRES.introspect(session, wanted=wanted).database, wanted)) == []


@pytest.mark.parametrize("seed", [2, 3, 5])
def test_random_tables_converge(
    pair: tuple[DatabaseUrl, DatabaseUrl], opened: Callable[..., MigrationSession], seed: int
):
    converge(pair, opened, seed)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(1000, 1100))
def test_many_random_tables_converge(
    pair: tuple[DatabaseUrl, DatabaseUrl], opened: Callable[..., MigrationSession], seed: int
):
    converge(pair, opened, seed)
