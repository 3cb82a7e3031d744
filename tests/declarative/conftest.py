"""A shop on each kind of database, synced from its schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shops import ROWS, SHOP, declared

if TYPE_CHECKING:
    from places import Place


@pytest.fixture
def shop(place: Place) -> Place:
    """A database with rows that was synced once."""
    declared(place)
    place.schema(SHOP)
    place.must("db:sync")
    place.sql(ROWS)
    return place
