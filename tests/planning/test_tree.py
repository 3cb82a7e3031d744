"""What differs between two databases as a tree of objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from okra.dialects import dialect
from okra.errors import OkraError
from okra.language.define import parse_schema
from okra.lowering import lower
from okra.relational.diff import diff
from okra.relational.tree import Difference, tree
from okra.source import Source
from random_schemas.change import changed
from random_schemas.choice import Choice
from random_schemas.make import Maker

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.relational.model import Database


def database(text: str, provider: str) -> Database:
    models = parse_schema([Source("m", text)], providers=(provider,)).definition
    return dialect(provider).resolve(lower(models, provider)).database


def turned(differences: Iterable[Difference]) -> set[Difference]:
    """The same seen from the other side; the order of parts means nothing."""
    return {
        Difference(
            kind=each.kind,
            name=each.name,
            before=each.after,
            after=each.before,
            parts=tuple(sorted(turned(each.parts), key=repr)),
        )
        for each in differences
    }


def test_an_object_that_goes_and_comes_back_otherwise_is_there_once() -> None:
    before = database("model A { id: Int! @id x: Int @index y: Int }", "postgres")
    moved = database('model A { id: Int! @id x: Int y: Int @index(name: "as_x_idx") }', "postgres")

    (found,) = tree(diff(before, moved))

    assert found == Difference(
        kind="table",
        name="as",
        parts=(Difference(kind="index", name="as_x_idx", before="index (x)", after="index (y)"),),
    )


def test_what_differs_of_a_column_is_a_part_of_it() -> None:
    before = database("model A { id: Int! @id x: Int }", "postgres")
    after = database('model A { id: Int! @id x: String! @default("a") }', "postgres")

    ((column,),) = (table.parts for table in tree(diff(before, after)))

    assert [(part.kind, part.before, part.after) for part in column.parts] == [
        ("type", "integer", "text"),
        ("nullability", "null", "not null"),
        ("default", "none", "'a'"),
    ]


@pytest.mark.parametrize("provider", ["sqlite", "postgres", "mysql"])
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_it_says_the_same_from_both_sides(provider: str, data: st.DataObject) -> None:
    maker = Maker(Choice(data.draw))
    spec = maker.schema()
    try:
        before = database(spec.render(), provider)
        after = database(changed(spec, maker).render(), provider)
    except OkraError:
        assume(False)

    there, back = tree(diff(before, after)), tree(diff(after, before))

    assert bool(there) == bool(diff(before, after))
    assert turned(there) == turned(turned(back))
