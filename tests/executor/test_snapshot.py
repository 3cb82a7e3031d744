"""schema.json: canonical, quick, and strict."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okra.errors import DirectoryError
from okra.language import definition
from okra.language.definition import (
    EnumDefault,
    Field,
    FunctionDefault,
    LiteralDefault,
    Model,
    Scalar,
    SchemaDefinition,
    SqlDefault,
    SqlText,
    TypeRef,
)
from okra.migrations.header import Header, migration_hash
from okra.migrations.snapshot import (
    Contents,
    decode_snapshot,
    encode_contents,
    encode_snapshot,
    snapshot_hash,
)
from okra.relational import model
from okra.relational.codec import decode, encode
from okra.relational.model import (
    Check,
    Column,
    Database,
    EnumType,
    ForeignKey,
    Generated,
    Index,
    IndexPart,
    PrimaryKey,
    Table,
)

HEADER = Header(
    format=1,
    hash="0" * 64,
    provider="sqlite",
    verified=True,
    version="20240101_000000",
    name="first",
    parent="20230101_000000",
)
names = st.text(min_size=1, max_size=12) | st.sampled_from(
    ['[{"a', ',{"a', '"', "\\", '{"name":', "\n"]
)
optional = st.none() | names


def columns() -> st.SearchStrategy[Column]:
    return st.builds(
        Column,
        name=names,
        type=names,
        nullable=st.booleans(),
        default=optional,
        identity=st.booleans(),
        generated=st.none() | st.builds(Generated, expression=names, stored=st.booleans()),
        collation=optional,
        comment=optional,
        updated_at=st.booleans(),
    )


def tables() -> st.SearchStrategy[Table]:
    tuples = st.lists(names, max_size=3).map(tuple)
    parts = st.lists(
        st.builds(IndexPart, column=names, descending=st.booleans())
        | st.builds(IndexPart, expression=names, collation=optional),
        max_size=3,
    ).map(tuple)
    return st.builds(
        Table,
        name=names,
        columns=st.lists(columns(), max_size=4).map(tuple),
        primary_key=st.none() | st.builds(PrimaryKey, columns=tuples, name=optional),
        indexes=st.lists(st.builds(Index, name=names, parts=parts, where=optional), max_size=2).map(tuple),
        foreign_keys=st.lists(
            st.builds(ForeignKey, columns=tuples, table=names, references=tuples,
                      on_delete=st.sampled_from(model.Action)),
            max_size=2,
        ).map(tuple),
        checks=st.lists(st.builds(Check, expression=names, name=optional), max_size=2).map(tuple),
        options=tuples,
    )  # fmt: skip


def models() -> st.SearchStrategy[Model]:
    plain = st.booleans() | st.integers(-(2**53), 2**53) | names
    defaults = st.one_of(
        st.none(),
        st.builds(LiteralDefault, value=plain | st.lists(plain, max_size=3).map(tuple)),
        st.builds(LiteralDefault, value=st.floats(allow_nan=False, allow_infinity=False)),
        st.builds(EnumDefault, value=names),
        st.builds(FunctionDefault, function=st.sampled_from(definition.DefaultFunction)),
        st.builds(SqlDefault, sql=st.builds(SqlText, default=optional)),
    )
    fields = st.builds(
        Field,
        name=names,
        type=st.builds(TypeRef, name=st.sampled_from(Scalar).map(str), list=st.booleans()),
        default=defaults,
        description=optional,
    )
    return st.builds(Model, name=names, fields=st.lists(fields, max_size=4).map(tuple))


contents = st.builds(
    Contents,
    database=st.builds(
        Database,
        tables=st.lists(tables(), max_size=4).map(tuple),
        enums=st.lists(
            st.builds(EnumType, name=names, values=st.lists(names, max_size=3).map(tuple)),
            max_size=2,
        ).map(tuple),
    ),
    models=st.builds(SchemaDefinition, models=st.lists(models(), max_size=3).map(tuple)),
)


@settings(deadline=None)
@given(contents)
def test_a_snapshot_reads_back_equal_and_is_canonical(value):
    data = encode_snapshot(HEADER, encode_contents(value))

    found = decode_snapshot(data, place="x")

    assert (found.header, found.contents) == (HEADER, value)
    assert encode_snapshot(found.header, encode_contents(found.contents)) == data
    assert set(json.loads(data)) == {"chain", "database", "models"}
    assert data.endswith(b"}\n")


def objects_in_lists(value: object) -> int:
    """How many objects of a JSON value are elements of a list."""
    if isinstance(value, dict):
        return sum(objects_in_lists(item) for item in value.values())
    if isinstance(value, list):
        return sum(isinstance(item, dict) and item != {} for item in value) + sum(
            objects_in_lists(item) for item in value
        )
    return 0


@settings(deadline=None)
@given(contents)
def test_each_object_of_a_list_is_on_a_line_of_its_own_and_nothing_else_is(value):
    data = encode(value.database)

    assert data.count(b"\n") == objects_in_lists(json.loads(data))


def test_a_snapshot_is_easy_to_read_and_to_compare():
    table = Table(
        name="users",
        columns=(Column(name="id", type="text"), Column(name="age", type="integer", nullable=True)),
        primary_key=PrimaryKey(columns=("id",)),
    )
    model_ = Model(
        name="User", fields=(Field(name="id", type=TypeRef(name="ID", required=True), id=True),)
    )
    value = Contents(database=Database(tables=(table,)), models=SchemaDefinition(models=(model_,)))

    text = encode_snapshot(HEADER, encode_contents(value)).decode()

    assert text == (
        '{"chain":{"format":1,"hash":"' + "0" * 64 + '","name":"first","parent":"20230101_000000",'
        '"provider":"sqlite","verified":true,"version":"20240101_000000"},\n'
        '"database":{"tables":[\n'
        '{"columns":[\n'
        '{"name":"id","type":"text"},\n'
        '{"name":"age","nullable":true,"type":"integer"}],"name":"users","primary_key":{"columns":["id"]}}]},\n'
        '"models":{"models":[\n'
        '{"fields":[\n'
        '{"id":true,"name":"id","type":{"name":"ID","required":true}}],"name":"User"}]}}\n'
    )


def test_the_hash_of_a_snapshot_is_that_of_its_contents():
    value = encode_contents(Contents(database=Database(), models=SchemaDefinition()))
    one = encode_snapshot(HEADER, value)
    other = encode_snapshot(
        Header(
            format=1, hash="1" * 64, provider="sqlite", verified=False, version="20250101_000000"
        ),
        value,
    )

    assert snapshot_hash(one) == snapshot_hash(other)
    assert snapshot_hash(one) == snapshot_hash(one.replace(b"\n", b"\r\n"))
    assert snapshot_hash(one) != snapshot_hash(one.replace(b"{}", b'{"tables":[]}'))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"null",
        b'{"tables": 3}',
        b'{"tables": [{"name": 1, "columns": []}]}',
        b'{"tables": [{"columns": []}]}',
        b'{"tables": [{"name": "x", "columns": [{"name": "a"}]}]}',
        b'{"tables": [],}',
        b'{"tables": "\xff"}',
        b"[" * 100_000,
        b'{"tables":' * 100_000,
    ],
)
def test_what_is_no_database_is_refused_with_its_place(data):
    if data == b"{}":
        assert decode(data, Database, place="schema.json") == Database()
        return
    with pytest.raises(DirectoryError) as caught:
        decode(data, Database, place="schema.json")

    assert (caught.value.code, caught.value.place) == ("OKR452", "schema.json")


@settings(deadline=None)
@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_a_snapshot_or_our_own_error(data):
    for form in (data, b'{"chain":' + data, encode_snapshot(HEADER, b'"database":' + data)):
        with pytest.raises(DirectoryError):
            decode_snapshot(form, place="x")


def test_the_hash_of_a_migration_knows_its_parts_and_not_their_line_ends():
    base = migration_hash("p", b"a\nb\n", b"c\n")

    assert base == migration_hash("p", b"a\r\nb\r\n", b"c\r\n")
    assert (
        len(
            {
                base,
                migration_hash(None, b"a\nb\n", b"c\n"),
                migration_hash("p", b"a\nb\nc\n", b""),
                migration_hash("p", b"a\nb\n", b"c\n", b""),
                migration_hash("p", b"a\nb\n", b"", b"c\n"),
                migration_hash("p", b"a\nb \n", b"c\n"),
                migration_hash("p", b"a\rb\n", b"c\n"),
            }
        )
        == 7
    )


def test_a_thousand_tables_are_written_and_read_in_a_moment():
    table_columns = tuple(Column(name=f"column_{n}", type="text", default="'x'") for n in range(8))
    many = tuple(
        Table(
            name=f"items_{n}",
            columns=table_columns,
            primary_key=PrimaryKey(columns=("column_0",)),
            indexes=(Index(name=f"items_{n}_idx", parts=(IndexPart(column="column_1"),)),),
        )
        for n in range(1000)
    )
    fields = tuple(
        Field(name=f"f{n}", type=TypeRef(name="String", required=True)) for n in range(8)
    )
    value = Contents(
        database=Database(tables=many),
        models=SchemaDefinition(
            models=tuple(Model(name=f"M{n}", fields=fields) for n in range(1000))
        ),
    )
    encoding, decoding = [], []
    for _ in range(10):
        began = time.process_time()
        data = encode_snapshot(HEADER, encode_contents(value))
        written = time.process_time()
        decode_snapshot(data, place="x")
        encoding.append(written - began)
        decoding.append(time.process_time() - written)

    assert (min(encoding) < 0.06, min(decoding) < 0.06) == (True, True)
