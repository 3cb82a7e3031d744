"""Everything that differs is told in words: no line is empty."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from okra.relational.changes import AlterTable
from okra.relational.describe import describe
from okra.relational.diff import diff
from okra.relational.model import (
    Column,
    Counter,
    CounterKind,
    Database,
    Index,
    IndexPart,
    PrimaryKey,
    Table,
)

PLAIN = Table(name="t", columns=(Column(name="a", type="integer"), Column(name="b", type="text")))


def told(before: Table, after: Table) -> list[str]:
    changes = diff(Database(tables=(before,)), Database(tables=(after,)))
    assert all(isinstance(change, AlterTable) for change in changes)
    return describe(changes)


def counted(counter: Counter | None) -> Table:
    return Table(
        name="t", columns=(Column(name="a", type="integer", identity=True, counter=counter),)
    )


@pytest.mark.parametrize(
    ("counter", "words"),
    [
        (Counter(cache=20), "cache 20"),
        (Counter(kind=CounterKind.ALWAYS), "always"),
        (Counter(start=5, increment=-1, cycle=True), "start 5 increment -1 cycle"),
    ],
)
def test_a_counter(counter: Counter, words: str) -> None:
    assert told(counted(None), counted(counter)) == [f"~ column t.a: autoincrement yes → {words}"]


def test_a_key_that_is_renamed_is_told_by_its_names() -> None:
    before = replace(PLAIN, primary_key=PrimaryKey(columns=("a",), name="old_pkey"))
    after = replace(PLAIN, primary_key=PrimaryKey(columns=("a",), name="new_pkey"))

    assert told(before, after) == ["> primary key old_pkey → new_pkey"]


def test_all_that_an_index_is() -> None:
    index = Index(
        name="i",
        parts=(
            IndexPart(column="b", length=9, ops="text_pattern_ops", descending=True, nulls="LAST"),
        ),
        unique=True,
        method="hash",
        include=("a",),
        nulls_distinct=False,
        where="a > 1",
        options=("fillfactor=70",),
        comment="why",
        visible=False,
        constraint=True,
        deferrable=True,
    )
    after = Table(name="t", columns=PLAIN.columns, indexes=(index,))

    assert told(PLAIN, after) == [
        (
            "+ unique constraint i on t (b(9) text_pattern_ops desc nulls last) using hash include a "
            "nulls not distinct where a > 1 with fillfactor=70 deferrable invisible comment why"
        )
    ]
