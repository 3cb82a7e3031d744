"""A definition written as text is the same definition when it is read again."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okra.language import definition as d
from okra.language.define import parse_schema
from okra.language.format import format_source
from okra.language.write import write_schema
from okra.source import Source

ROOT = Path(__file__).parents[2]
RICH = (Path(__file__).parent / "rich.okra.gql").read_text()


def read(text: str) -> d.SchemaDefinition:
    return parse_schema([Source("m", text)]).definition


def test_the_rich_schema() -> None:
    definition = read(RICH)
    assert read(write_schema(definition)) == definition


def test_what_is_written_is_formatted() -> None:
    text = write_schema(read(RICH))
    assert format_source(Source("m", text)) == text


def test_how_it_looks() -> None:
    blog = ROOT / "examples" / "blog" / "models.okra.gql"
    assert (
        write_schema(read(blog.read_text())).split("\n\n")[2]
        == """\
model Post {
  id: ID! @default(uuid)
  title: String!
  content: String?
  published: Boolean! @default(false)
  author: User! @relation(name: "UserPosts", fields: ["authorId"], references: ["id"])
  authorId: ID!
  tags: [Tag!]! @relation(name: "PostTags")
  createdAt: DateTime! @default(now)
  updatedAt: DateTime! @updatedAt"""
    )


def test_nothing_is_written_for_an_empty_definition() -> None:
    assert write_schema(d.SchemaDefinition()) == ""


# Definitions of every shape, made of values that are right by construction.

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
TEXT = ANY_TEXT.filter(lambda text: text.strip() != "")
SQL = st.builds(
    lambda default, providers: d.SqlText(
        default=default or (None if providers else "1"),
        per_provider=tuple(sorted(providers.items())),
    ),
    st.none() | TEXT,
    st.dictionaries(st.sampled_from(["postgres", "mysql", "sqlite"]), TEXT, max_size=3),
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=8,
).map(lambda tree: json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
SMALL = st.integers(-(2**31), 2**31 - 1)
LARGE = st.integers(-(2**63), 2**63 - 1)
FLOAT = st.floats(allow_nan=False, allow_infinity=False)
LITERALS = {
    d.Scalar.ID: ANY_TEXT,
    d.Scalar.STRING: ANY_TEXT,
    d.Scalar.INT: SMALL,
    d.Scalar.BIG_INT: LARGE.map(str),
    d.Scalar.FLOAT: FLOAT,
    d.Scalar.DECIMAL: st.from_regex(r"-?(0|[1-9][0-9]{0,5})(\.[0-9]{1,4})?", fullmatch=True),
    d.Scalar.BOOLEAN: st.booleans(),
    d.Scalar.DATE_TIME: st.datetimes().map(lambda value: value.isoformat()),
    d.Scalar.DATE: st.dates().map(lambda value: value.isoformat()),
    d.Scalar.TIME: st.times().map(lambda value: value.isoformat()),
    d.Scalar.JSON: JSON,
    d.Scalar.BYTES: st.binary(max_size=9).map(lambda value: base64.b64encode(value).decode()),
    d.Scalar.NATIVE: ANY_TEXT | LARGE | st.booleans() | FLOAT,
}
FUNCTIONS = {
    d.Scalar.ID: d.DefaultFunction.UUID,
    d.Scalar.DATE_TIME: d.DefaultFunction.NOW,
    d.Scalar.INT: d.DefaultFunction.AUTOINCREMENT,
}
ENUM_VALUES = ("A", "B", "C")


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


@st.composite
def options(draw: st.DrawFn, name: str, *, nulls: bool) -> d.IndexField:
    return d.IndexField(
        field=name,
        sort=draw(st.sampled_from(d.Sort)),
        nulls=draw(maybe(st.sampled_from(d.Nulls))) if nulls else None,
        length=draw(maybe(st.integers(1, 99))),
        ops=draw(maybe(TEXT)),
        collate=draw(st.none() | TEXT | SQL.filter(lambda sql: sql.per_provider != ())),
    )


ONLY = st.sampled_from([(), ("mysql",), ("postgres", "sqlite")])
OPTIONS = st.dictionaries(
    st.sampled_from(["fillfactor", "toast.autovacuum_enabled", "parser"]),
    st.sampled_from(["70", "0.05", "-1", "true", "off", "007", "1e3"]),
    max_size=2,
).map(lambda options: tuple(sorted(options.items())))
COUNT = st.integers(-(2**63), 2**63 - 1)
COUNTERS = st.builds(
    d.Counter,
    kind=st.none() | st.sampled_from(d.CounterKind),
    start=st.none() | COUNT,
    increment=st.none() | COUNT.filter(bool),
    minimum=st.none() | COUNT,
    maximum=st.none() | COUNT,
    cache=st.none() | st.integers(1, 99),
    cycle=st.booleans(),
)


@st.composite
def index(
    draw: st.DrawFn, parts: tuple[d.IndexField, ...], name: str, others: list[str]
) -> d.Index:
    return d.Index(
        fields=parts,
        name=draw(st.sampled_from([None, name])),
        type=draw(st.sampled_from([None, "gin", "btree"])),
        where=draw(maybe(SQL)),
        include=tuple(draw(st.lists(st.sampled_from(others), unique=True))) if others else (),
        options=draw(OPTIONS),
        comment=draw(maybe(TEXT)),
        visible=draw(st.booleans()),
        only=draw(ONLY),
    )


@st.composite
def unique(draw: st.DrawFn, parts: tuple[d.IndexField, ...], name: str) -> d.Unique:
    plain = all(part.expr is None for part in parts)
    deferrable = draw(maybe(st.sampled_from(d.Deferral))) if plain else None
    return d.Unique(
        fields=parts,
        name=draw(st.sampled_from([None, name])),
        type=draw(st.sampled_from([None, "hash"])),
        where=draw(maybe(SQL)) if deferrable is None else None,
        nulls_distinct=draw(st.booleans()),
        constraint=draw(st.sampled_from([None, True, False][: 3 if deferrable is None else 2])),
        deferrable=deferrable,
        options=draw(OPTIONS),
        comment=draw(maybe(TEXT)),
        visible=draw(st.booleans()),
        only=draw(ONLY),
    )


@st.composite
def default(draw: st.DrawFn, scalar: d.Scalar | None, *, many: bool) -> d.Default | None:
    kind = draw(st.sampled_from(["none", "literal", "function", "sql"]))
    if kind == "sql":
        return d.SqlDefault(draw(SQL))
    if kind == "function" and scalar in FUNCTIONS and not many:
        return d.FunctionDefault(FUNCTIONS[scalar])
    if kind != "literal":
        return None
    if scalar is None:
        value = st.sampled_from(ENUM_VALUES)
        return d.EnumDefault(draw(st.lists(value, max_size=3).map(tuple) if many else value))
    value = LITERALS[scalar]
    return d.LiteralDefault(draw(st.lists(value, max_size=3).map(tuple) if many else value))


@st.composite
def field(draw: st.DrawFn, name: str, tag: str, others: list[str]) -> d.Field:
    scalar = draw(st.none() | st.sampled_from(d.Scalar))
    many = draw(st.booleans())
    computed = draw(maybe(st.builds(d.Computed, expr=SQL, stored=st.booleans())))
    texts = scalar in (d.Scalar.ID, d.Scalar.STRING, d.Scalar.NATIVE)
    moment = scalar is d.Scalar.DATE_TIME and not many and computed is None
    checks = draw(st.lists(st.builds(d.Check, expr=SQL), max_size=2))
    given = draw(default(scalar, many=many)) if computed is None else None
    counted = given == d.FunctionDefault(d.DefaultFunction.AUTOINCREMENT)
    return d.Field(
        name=name,
        type=d.TypeRef(
            name="Colour" if scalar is None else scalar.value,
            list=many,
            required=draw(st.booleans()),
        ),
        description=draw(maybe(ANY_TEXT.filter(bool))),
        unique=draw(
            maybe(options(name, nulls=False).flatmap(lambda part: unique((part,), f"u_{tag}")))
        ),
        index=draw(
            maybe(
                options(name, nulls=True).flatmap(lambda part: index((part,), f"i_{tag}", others))
            )
        ),
        default=given,
        sequence=draw(maybe(COUNTERS)) if counted else None,
        updated_at=moment and draw(st.booleans()),
        column=draw(st.sampled_from([None, f'odd "{name}"'])),
        db_type=draw(SQL if scalar is d.Scalar.NATIVE else maybe(SQL)),
        length=draw(maybe(st.integers(20, 99))) if scalar is d.Scalar.STRING else None,
        precision=draw(maybe(st.just((12, 4)))) if scalar is d.Scalar.DECIMAL else None,
        checks=(
            *checks,
            *draw(st.sampled_from([(), (d.Check(expr=d.SqlText(default="1"), name=f"c_{tag}"),)])),
        ),
        computed=computed,
        collate=draw(maybe(SQL)) if texts else None,
        renamed_from=draw(st.sampled_from([None, f"old {name}"])),
    )


@st.composite
def model(draw: st.DrawFn, number: int) -> d.Model:
    names = [f"someField{item}" for item in range(draw(st.integers(1, 3)))]
    key = draw(st.sampled_from(["id", "code", "both", "none"]))
    ids = {
        "id": [d.Field(name="id", type=d.TypeRef(name="ID", required=True), id=True)],
        "code": [d.Field(name="code", type=d.TypeRef(name="Int", required=True), id=True)],
        "both": [
            d.Field(name=name, type=d.TypeRef(name="BigInt", required=True)) for name in ("a", "id")
        ],
        "none": [],
    }[key]
    fields = [
        draw(field(name, f"{number}_{name}", [other for other in names if other != name]))
        for name in names
    ]
    parts = tuple(draw(options(name, nulls=True)) for name in names)
    expression = d.IndexField(expr=draw(SQL), sort=d.Sort.DESC)
    return d.Model(
        name=f"Thing{number}",
        fields=(*ids, *fields),
        description=draw(maybe(ANY_TEXT.filter(bool))),
        table=draw(st.sampled_from([None, f"t\n{number}"])),
        schema=draw(st.sampled_from([None, "shop"])),
        strict=draw(st.booleans()),
        unlogged=draw(st.booleans()),
        engine=draw(st.sampled_from([None, "MyISAM"])),
        collation=draw(st.sampled_from([None, "latin1_swedish_ci"])),
        row_format=draw(st.sampled_from([None, "compressed"])),
        options=draw(OPTIONS),
        without_rowid=key != "none" and draw(st.booleans()),
        database=draw(st.sampled_from([None, "main"])) if number == 0 else None,
        id_fields=("id", "a") if key == "both" else (),
        id_name=draw(maybe(st.just(f"key_{number}"))) if key != "none" else None,
        indexes=draw(
            st.lists(index((*parts, expression), f"mi_{number}", []), max_size=1).map(tuple)
        ),
        uniques=draw(st.lists(unique((*parts, expression), f"mu_{number}"), max_size=1).map(tuple)),
        checks=draw(st.lists(st.builds(d.Check, expr=SQL), max_size=2).map(tuple)),
        keyless=key == "none",
        unmanaged=draw(st.booleans()),
        renamed_from=draw(st.sampled_from([None, f"Old{number}"])),
    )


def with_fields(model: d.Model, *fields: d.Field) -> d.Model:
    return msgspec.structs.replace(model, fields=(*model.fields, *fields))


@st.composite
def related(draw: st.DrawFn, models: list[d.Model], number: int, *, named: bool) -> list[d.Model]:
    """`models` with one more relation between two that have ids."""
    able = [
        place for place, item in enumerate(models) if not item.keyless and item.database is None
    ]
    if not able:
        return models
    here, there = draw(st.sampled_from(able)), draw(st.sampled_from(able))
    name = f"Relation{number}" if named else None
    kind = draw(st.sampled_from(["lists", "list", "single"]))
    ids = [item for item in models[there].fields if item.id or item.name in models[there].id_fields]
    ids.sort(key=lambda item: models[there].id_fields.index(item.name) if not item.id else 0)
    required = draw(st.booleans())
    keys = [
        d.Field(
            name=f"key{number}{item.name}", type=d.TypeRef(name=item.type.name, required=required)
        )
        for item in ids
    ]
    near, far = f"near{number}", f"far{number}"
    actions = [d.Action.CASCADE, d.Action.RESTRICT, d.Action.NO_ACTION]
    relation = d.Relation(
        model=models[there].name,
        opposite=far,
        name=name,
        fields=tuple(item.name for item in keys),
        references=tuple(item.name for item in ids),
        on_delete=draw(st.sampled_from(actions if required else list(d.Action))),
        on_update=draw(st.sampled_from(actions if required else list(d.Action))),
        constraint=draw(st.sampled_from([None, f"fk{number}"])),
        deferrable=draw(maybe(st.sampled_from(d.Deferral))),
    )
    opposite = d.Relation(
        model=models[here].name, opposite=near, name=name, many_to_many=kind == "lists"
    )
    single = d.TypeRef(name=models[there].name, required=required)
    back = d.TypeRef(name=models[here].name, list=kind != "single", required=kind == "list")
    fields = [d.Field(name=near, type=single, relation=relation), *keys]
    if kind == "lists":
        plain = d.Relation(model=models[there].name, opposite=far, name=name, many_to_many=True)
        many = d.TypeRef(name=models[there].name, list=True, required=True)
        fields = [d.Field(name=near, type=many, relation=plain)]
    models = list(models)
    models[here] = with_fields(models[here], *fields)
    models[there] = with_fields(models[there], d.Field(name=far, type=back, relation=opposite))
    if kind == "single":
        key = d.Unique(fields=tuple(d.IndexField(field=item.name) for item in keys))
        uniques = (*models[here].uniques, key)
        models[here] = msgspec.structs.replace(models[here], uniques=uniques)
    return models


@st.composite
def definitions(draw: st.DrawFn) -> d.SchemaDefinition:
    models = [draw(model(number)) for number in range(draw(st.integers(0, 3)))]
    for number in range(draw(st.integers(0, 3)) if models else 0):
        models = draw(related(models, number, named=number > 0 or draw(st.booleans())))
    values = tuple(
        d.EnumValue(
            name=name,
            stored=draw(st.sampled_from([None, f"{name}\\ \n'\""])),
            description=draw(maybe(ANY_TEXT.filter(bool))),
            renamed_from=draw(st.sampled_from([None, f"old{name}"])),
        )
        for name in ENUM_VALUES
    )
    return d.SchemaDefinition(
        models=tuple(models),
        enums=(
            d.Enum(
                name="Colour",
                values=values,
                description=draw(maybe(ANY_TEXT.filter(bool))),
                schema=draw(st.sampled_from([None, "shop"])),
                type=draw(st.sampled_from([None, "Colours"])),
            ),
        ),
        namespace=draw(maybe(TEXT)),
        version=draw(maybe(TEXT)),
    )


def assert_it_comes_back(definition: d.SchemaDefinition) -> None:
    text = write_schema(definition)
    assert read(text) == definition
    assert format_source(Source("m", text)) == text


@given(definitions())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_definition_comes_back(definition: d.SchemaDefinition) -> None:
    assert_it_comes_back(definition)


@pytest.mark.nightly
@given(definitions())
@settings(max_examples=5_000, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_definition_comes_back_at_length(definition: d.SchemaDefinition) -> None:
    assert_it_comes_back(definition)
