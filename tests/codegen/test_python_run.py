"""Generated Python at work: what it reads, what it refuses and where, and what it writes."""

from __future__ import annotations

import datetime as dt
import importlib
import json
import sys
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
import pytest

from generated import generate, parsed
from okra.naming import snake_case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import ModuleType

STYLES = ("dataclass", "typeddict", "pydantic", "msgspec")
NUMBERS = count()

SCHEMA = """
enum Role { ADMIN @value("the 'admin'") USER }

model Tag { id: ID! posts: [Post!]! }

model Post {
  id: ID!
  title: String!
  class: Int!
  views: BigInt!
  price: Decimal!
  rating: Float!
  role: Role!
  createdAt: DateTime!
  day: Date!
  time: Time!
  data: JSON!
  photo: Bytes!
  tags: [Tag!]!
  roles: [Role!]?
  big: [BigInt!]?
  subtitle: String?
  extra: JSON?
}
"""

ROW = {
    "id": "0b7c4a5e-1c1b-4f5a-8a51-3f2f3f6b7d10",
    "title": "Grüße",
    "class": 7,
    "views": "9007199254740993",
    "price": "12.50",
    "rating": 0.5,
    "role": "the 'admin'",
    "createdAt": "2026-01-02T03:04:05.120000Z",
    "day": "2026-01-02",
    "time": "03:04:05",
    "data": None,
    "photo": "AAEC",
    "tagIds": ["0b7c4a5e-1c1b-4f5a-8a51-3f2f3f6b7d10"],
}
TYPED = {"dateTime": "datetime", "id": "UUID"}


class Generated:
    """A generated module, and how its style reads and writes a model."""

    def __init__(self, module: ModuleType, style: str) -> None:
        self.module = module
        self.style = style

    def read(self, value: object, model: str = "Post") -> Any:
        if self.style == "typeddict":
            return getattr(self.module, f"{snake_case(model).strip('_')}_from_json")(value)
        return getattr(self.module, model).from_json(value)

    def write(self, item: Any, model: str = "Post") -> dict[str, Any]:
        if self.style == "typeddict":
            return getattr(self.module, f"{snake_case(model).strip('_')}_to_json")(item)
        return item.to_json()

    def value(self, item: Any, name: str) -> Any:
        return item.get(name) if self.style == "typeddict" else getattr(item, name)

    def with_value(self, item: Any, name: str, value: object) -> Any:
        if self.style == "typeddict":
            return {**item, name: value}
        setattr(item, name, value)
        return item


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Generated]]:
    """Generates and imports: `load(style="msgspec")`."""
    monkeypatch.syspath_prepend(str(tmp_path))
    before = set(sys.modules)

    def loaded(schema: str = SCHEMA, **options: str) -> Generated:
        found = generate(parsed(schema), "python", options)
        name = f"generated_{next(NUMBERS)}"
        for file in found:
            path = tmp_path / (f"{name}.py" if file.name == "models.py" else f"{name}/{file.name}")
            path.parent.mkdir(exist_ok=True)
            path.write_text(file.text)
        importlib.invalidate_caches()
        return Generated(importlib.import_module(name), options.get("style", "dataclass"))

    yield loaded
    for name in set(sys.modules) - before:
        if name.startswith("generated_"):
            del sys.modules[name]


@pytest.mark.parametrize("files", ["one", "each"])
@pytest.mark.parametrize("style", STYLES)
def test_a_row_comes_out_as_it_went_in(
    load: Callable[..., Generated], style: str, files: str
) -> None:
    code = load(style=style, files=files)

    full = ROW | {"roles": ["USER"], "big": ["-1"], "subtitle": "", "extra": {"a": [None]}}
    nulls = {"roles": None, "big": None, "subtitle": None, "extra": None}
    assert code.write(code.read(ROW)) == ROW
    assert code.write(code.read(full)) == full
    assert code.write(code.read(ROW | nulls)) == ROW
    assert code.write(code.read(ROW | {"unknown": 1})) == ROW


@pytest.mark.parametrize("style", STYLES)
def test_values_in_memory_have_the_types_that_were_asked_for(
    load: Callable[..., Generated], style: str
) -> None:
    code = load(style=style, **TYPED)
    post = code.read(ROW)

    names = ("id", "class_", "views", "price", "role", "created_at", "day", "time", "photo")
    assert [code.value(post, name) for name in names] == [
        UUID(ROW["id"]),
        7,
        9007199254740993,
        Decimal("12.50"),
        code.module.Role.ADMIN,
        dt.datetime(2026, 1, 2, 3, 4, 5, 120000, dt.UTC),
        dt.date(2026, 1, 2),
        dt.time(3, 4, 5),
        b"\x00\x01\x02",
    ]
    assert code.write(post) == ROW


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title": None}, "Post.title: expected a string, found nothing"),
        ({"title": 1}, "Post.title: expected a string, found a number"),
        ({"class": True}, "Post.class: expected a whole number of 32 bits, found a boolean"),
        ({"class": 2**31}, "Post.class: expected a whole number of 32 bits, found a number"),
        ({"views": 1}, "Post.views: expected a string, found a number"),
        ({"views": "01"}, "Post.views: expected the digits of a whole number of 64 bits"),
        ({"views": "9" * 5000}, "Post.views: expected the digits of a whole number of 64 bits"),
        ({"price": "1e5"}, "Post.price: expected a decimal number such as 12.50"),
        ({"rating": float("nan")}, "Post.rating: expected a finite number"),
        ({"rating": 10**400}, "Post.rating: expected a finite number"),
        ({"role": "ADMIN"}, "Post.role: expected one of the 'admin', USER"),
        (
            {"createdAt": "2026-02-30T00:00:00Z"},
            "Post.createdAt: expected a moment such as 2026-01-02T03:04:05Z",
        ),
        ({"day": "2026-02-30"}, "Post.day: expected a date such as 2026-01-02"),
        ({"time": "24:00:00"}, "Post.time: expected a time such as 03:04:05"),
        ({"photo": "AA"}, "Post.photo: expected bytes in base64"),
        ({"tagIds": {}}, "Post.tagIds: expected a list, found an object"),
        (
            {"tagIds": [ROW["id"], ROW["id"], 5]},
            "Post.tagIds[2]: expected a string, found a number",
        ),
        ({"tagIds": [None]}, "Post.tagIds[0]: expected a string, found nothing"),
        ({"big": ["1", "x"]}, "Post.big[1]: expected the digits of a whole number of 64 bits"),
        ({"roles": ["USER", ""]}, "Post.roles[1]: expected one of the 'admin', USER"),
    ],
)
@pytest.mark.parametrize("options", [{}, TYPED], ids=["plain", "typed"])
def test_a_wrong_value_is_refused_with_its_place(
    load: Callable[..., Generated],
    change: dict[str, object],
    message: str,
    options: dict[str, str],
) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011  the whole text is compared
        load(**options).read(ROW | change)
    assert str(caught.value) == message


@pytest.mark.parametrize("style", STYLES)
def test_errors_are_the_same_in_every_style(load: Callable[..., Generated], style: str) -> None:
    code = load(style=style)

    missing = {name: value for name, value in ROW.items() if name != "data"}
    with pytest.raises(ValueError, match=r"^Post\.data: expected a JSON value, found nothing$"):
        code.read(missing)
    with pytest.raises(ValueError, match=r"^Post: expected an object, found a list$"):
        code.read([])
    with pytest.raises(ValueError, match=r"^Post\.tagIds\[0\]: expected a string"):
        code.read(ROW | {"tagIds": [1]})


def test_an_id_that_is_no_uuid_is_refused_where_ids_are_uuids(
    load: Callable[..., Generated],
) -> None:
    assert load().read(ROW | {"id": "x"}).id == "x"
    with pytest.raises(ValueError, match=r"^Post\.id: expected a UUID in lower-case digits$"):
        load(**TYPED).read(ROW | {"id": ROW["id"].upper()})


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("views", 2**63, "Post.views: expected a whole number of 64 bits"),
        ("class_", 2**31, "Post.class: expected a whole number of 32 bits, found a number"),
        ("rating", float("inf"), "Post.rating: expected a finite number"),
        ("price", Decimal("NaN"), "Post.price: expected a finite decimal number"),
        (
            "created_at",
            dt.datetime(2026, 1, 2),  # noqa: DTZ001  that is what is wrong with it
            "Post.createdAt: expected a datetime with a time zone",
        ),
        (
            "created_at",
            dt.datetime(1, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=2))),
            "Post.createdAt: expected a year from 1 to 9999 in UTC",
        ),
        (
            "day",
            dt.datetime(2026, 1, 2, tzinfo=dt.UTC),
            "Post.day: expected a date, found a datetime",
        ),
        ("time", dt.time(1, tzinfo=dt.UTC), "Post.time: expected a time without a time zone"),
        ("big", [1, 2**64], "Post.big[1]: expected a whole number of 64 bits"),
    ],
)
def test_what_has_no_json_form_is_not_written(
    load: Callable[..., Generated], style: str, name: str, value: object, message: str
) -> None:
    code = load(style=style, **TYPED)
    post = code.with_value(code.read(ROW), name, value)

    with pytest.raises(ValueError) as caught:  # noqa: PT011  the whole text is compared
        code.write(post)
    assert str(caught.value) == message


def test_values_are_written_in_one_form(load: Callable[..., Generated]) -> None:
    code = load(**TYPED)
    post = code.read(ROW | {"createdAt": "2026-01-02T03:04:05.123456789+02:00", "rating": 1})
    post.price = Decimal("1E+3")

    written = code.write(post)

    assert written["createdAt"] == "2026-01-02T01:04:05.123456Z"
    assert written["price"] == "1000"
    assert json.dumps(written["rating"]) == "1.0"
    assert json.loads(json.dumps(written)) == written


def test_texts_of_dates_are_kept_as_they_are(load: Callable[..., Generated]) -> None:
    code = load(decimal="str")
    row = ROW | {"createdAt": "2026-01-02T03:04:05.123456789+02:00", "price": "007.50"}

    assert code.write(code.read(row)) == row


def test_an_enum_is_read_by_its_stored_text(load: Callable[..., Generated]) -> None:
    role = load().module.Role

    assert role.from_json("the 'admin'") is role.ADMIN
    with pytest.raises(ValueError, match=r"^Role: expected one of the 'admin', USER$"):
        role.from_json("ADMIN")
    with pytest.raises(ValueError, match=r"^Role: expected a string, found a number$"):
        role.from_json(1)


def test_a_pydantic_model_takes_names_of_json_and_of_python(load: Callable[..., Generated]) -> None:
    code = load(style="pydantic", **TYPED)
    post = code.module.Post.model_validate(ROW | {"photo": b"\x00\x01\x02"})

    assert post == code.read(ROW)
    assert post.model_copy(update={"class_": 8}).class_ == 8
    assert code.module.Tag(id=UUID(ROW["id"]), post_ids=[]).model_dump(by_alias=True) == {
        "id": UUID(ROW["id"]),
        "postIds": [],
    }


def test_a_struct_is_encoded_with_the_names_of_json(load: Callable[..., Generated]) -> None:
    tag = load(style="msgspec").read({"id": "a", "postIds": ["b"]}, "Tag")

    assert msgspec.json.encode(tag) == b'{"id":"a","postIds":["b"]}'


HOSTILE = r"""
enum date { name value mro None @value("no\"ne'\n\\") True lower @value("ünï") _private __init__ _1 }
enum kind { x y }
"Ends with a backslash \\ and \"quotes\" and \"\"\""
model dataclass { id: ID! kind: kind! kinds: [kind!]! date: date? }
model StrEnum {
  id: ID! from: String! import: String! __init__: String! str: String! int: Int! list: [Int!]! dict: JSON
  Any: JSON self: ID! cls: ID! from_json: ID! toJson: ID! json: JSON type: String! model_config: JSON copy: Int!
  schema: Int! _private: Int! _: Int! __x: Int! items: Int! keys: Int! values: Int! get: Int! update: Int!
  field: Int! fields: Int! name: String! value: String! members: Int! item: Int? date: Date! time: Time?
  datetime: DateTime! _dt: DateTime msgspec: Int! pydantic: Int! classmethod: Int? object: Int float: Float
  bytes: Bytes bool: Boolean uuid: ID decimal: Decimal property: Int! None: Int True: Int lambda: Int
  model_fields: Int validate: Int dataclass: Int re: Int sys: Int
}
model UUID { id: ID! }
model str { id: ID! }
model Exception { id: ID! }
model ValueError { id: ID! }
model isinstance { id: ID! }
model __init__ { id: ID! }
model None { id: ID! }
model import { id: ID! }
model Self { id: ID! }
model Callable { id: ID! }
model _dt { id: ID! }
model enums { id: ID! }
model get { id: ID! }
"""
HOSTILE_MEMBERS = ["NAME", "VALUE", "MRO", "NONE", "TRUE", "LOWER", "PRIVATE_", "INIT_", "VALUE_1_"]
HOSTILE_VALUES = {
    "str": "x",
    "int": 1,
    "list": [1],
    "date": "2026-01-02",
    "datetime": "2026-01-02T03:04:05Z",
    "bytes": "AA==",
    "bool": True,
    "decimal": "1.5",
    "_dt": "2026-01-02T03:04:05Z",
    "time": "03:04:05",
    "float": 1.5,
}


@pytest.mark.parametrize("files", ["one", "each"])
@pytest.mark.parametrize("style", STYLES)
def test_names_that_mean_something_in_python_do_no_harm(
    load: Callable[..., Generated], style: str, files: str
) -> None:
    code = load(HOSTILE, style=style, files=files, dateTime="datetime", decimal="Decimal")
    models = parsed(HOSTILE).models
    fields = next(model.fields for model in models if model.name == "StrEnum")
    row = {
        field.name: HOSTILE_VALUES.get(field.name, 1 if field.type.name == "Int" else "x")
        for field in fields
    }
    thing = {"id": "1", "kind": "x", "kinds": ["y"], "date": "no\"ne'\n\\"}

    assert code.write(code.read(row, "StrEnum_"), "StrEnum_") == row
    assert code.write(code.read(thing, "dataclass_"), "dataclass_") == thing
    assert [value.name for value in code.module.date_] == HOSTILE_MEMBERS
    for name in ("UUID_", "str_", "Exception", "ValueError_", "isinstance_", "init_", "None_"):
        assert code.write(code.read({"id": "1"}, name), name) == {"id": "1"}
    assert set(code.module.__all__) <= vars(code.module).keys()
