"""What users write with the generated types: pyright takes all of it, and refuses each line with an ignoring comment."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, assert_never, assert_type
from uuid import UUID

from every_type_python import models
from every_type_python_datetime_datetime_id_uuid import models as memory
from every_type_python_style_msgspec import models as structs
from every_type_python_style_pydantic import models as pydantics
from every_type_python_style_typeddict import models as dicts


def read(value: object) -> models.Thing:
    thing = models.Thing.from_json(value)
    assert_type(thing, models.Thing)
    assert_type(thing.id, str)
    assert_type(thing.whole, int)
    assert_type(thing.big_whole, int)
    assert_type(thing.real, float)
    assert_type(thing.exact, Decimal)
    assert_type(thing.flag, bool)
    assert_type(thing.moment, str)
    assert_type(thing.anything, Any)
    assert_type(thing.data, bytes)
    assert_type(thing.colour, models.Colour)
    assert_type(thing.to_json(), dict[str, Any])
    return thing


def others(maybe: models.MaybeThing, many: models.ManyThings) -> int:
    assert_type(maybe.text, str | None)
    assert_type(maybe.exact, Decimal | None)
    assert_type(many.big_wholes, list[int])
    assert_type(many.maybe_texts, list[str] | None)
    assert_type(many.tag_ids, list[int])
    return len(maybe.text)  # pyright: ignore[reportArgumentType]


def made() -> models.MaybeThing:
    models.Box(id="1", width=1, height=1)  # pyright: ignore[reportCallIssue]
    models.Box(id=1, width=1, height=1, thing_ids=[])  # pyright: ignore[reportArgumentType]
    box = models.Box(id="1", width=1, height=1, thing_ids=[])
    box.weight = 1  # pyright: ignore[reportAttributeAccessIssue]
    return models.MaybeThing(id="1", text="x")


def in_memory(thing: memory.Thing) -> None:
    assert_type(thing.id, UUID)
    assert_type(thing.moment, datetime.datetime)
    assert_type(thing.day, datetime.date)
    assert_type(thing.hour, datetime.time)


def other_styles(value: object) -> None:
    assert_type(structs.Thing.from_json(value).exact, Decimal)
    assert_type(pydantics.Thing.from_json(value).exact, Decimal)
    row = dicts.thing_from_json(value)
    assert_type(row, dicts.Thing)
    assert_type(row["big_whole"], int)
    assert_type(dicts.thing_to_json(row), dict[str, Any])


def shade(colour: models.Colour) -> int:
    match colour:
        case models.Colour.RED:
            return 1
        case models.Colour.GREEN:
            return 2
        case models.Colour.NO_COLOUR:
            return len(colour)
        case _:
            assert_never(colour)
