"""What the parts of a schema mean."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from okra.errors import SchemaError
from okra.language.define import parse_schema
from okra.language.definition import (
    Action,
    Check,
    Computed,
    Default,
    DefaultFunction,
    Deferral,
    EnumDefault,
    EnumValue,
    Field,
    FunctionDefault,
    Index,
    IndexField,
    LiteralDefault,
    Model,
    Nulls,
    Relation,
    SchemaDefinition,
    Sort,
    SqlDefault,
    SqlText,
    TypeRef,
    Unique,
)
from okra.source import Source, Span

ROOT = Path(__file__).parents[2]
RICH = (Path(__file__).parent / "rich.okra.gql").read_text()


def define(*texts: str) -> SchemaDefinition:
    sources = [Source(f"{number}.okra.gql", text) for number, text in enumerate(texts)]
    return parse_schema(sources).definition


def first(text: str) -> Model:
    return define(text).models[0]


def field(line: str, extra: str = "") -> Field:
    """The field that one line declares, beside an id."""
    return first(f"model A {{\n  id: ID!\n  {line}\n}}\n{extra}").fields[1]


def relation(text: str, label: str) -> Relation:
    model, name = label.split(".")
    fields = {item.name: item.fields for item in define(text).models}[model]
    found = next(item for item in fields if item.name == name).relation
    assert found is not None
    return found


@pytest.mark.parametrize("pattern", ["blog/models.okra.gql", "clinic/models/*.okra.gql"])
def test_every_example_is_right_without_a_warning(pattern: str) -> None:
    sources = [
        Source(path.name, path.read_text()) for path in sorted(ROOT.glob(f"examples/{pattern}"))
    ]
    assert sources
    assert parse_schema(sources).warnings == ()


def test_no_file_is_an_empty_schema() -> None:
    assert define() == define("") == SchemaDefinition()


def test_the_rich_schema_survives_json() -> None:
    definition = define(RICH)
    text = msgspec.json.encode(definition)
    assert msgspec.json.decode(text, type=SchemaDefinition) == definition


def test_what_the_file_says_of_itself() -> None:
    definition = define('@okra(namespace: "shop", version: "v2")', '@okra(database: "main")')
    assert definition == SchemaDefinition(namespace="shop", version="v2", database="main")


def test_each_file_has_a_default_for_its_models_and_enums() -> None:
    one = '@okra(schema: "billing")\nmodel A { id: ID! }\nmodel B @schema("app") { id: ID! }\n'
    two = "model C { id: ID! }\nenum D { X }\n"
    three = '@okra(schema: "law")\nenum E { X }\nenum F @schema("app") { X }\n'

    found = define(one, two, three)

    schemas = [(item.name, item.schema) for item in (*found.models, *found.enums)]
    assert schemas == [
        ("A", "billing"),
        ("B", "app"),
        ("C", None),
        ("D", None),
        ("E", "law"),
        ("F", "app"),
    ]


def test_tables_of_one_name_live_in_several_schemas_of_postgres() -> None:
    text = 'model A @table("x") @schema("a") { id: ID! }\nmodel B @table("x") @schema("b") { id: ID! }\n'
    source = Source("m", text)
    assert len(parse_schema([source], providers=["postgres"]).definition.models) == 2
    with pytest.raises(SchemaError) as refused:
        parse_schema([source], providers=["postgres", "sqlite"])
    assert (
        "the table of `A` and the table of `B` would both be called `x`" in refused.value.render()
    )


def test_models_of_several_files_know_each_other() -> None:
    one = "model User {\n  id: ID!\n  posts: [Post!]!\n}\n"
    two = 'model Post {\n  id: ID!\n  user: User! @relation(fields: ["userId"])\n  userId: ID!\n}\n'
    assert define(one, two) == define(one + two)


@pytest.mark.parametrize(
    ("written", "type_"),
    [
        ("String", TypeRef(name="String")),
        ("String?", TypeRef(name="String")),
        ("String!", TypeRef(name="String", required=True)),
        ("[String!]", TypeRef(name="String", list=True)),
        ("[String!]!", TypeRef(name="String", list=True, required=True)),
    ],
)
def test_types(written: str, type_: TypeRef) -> None:
    assert field(f"x: {written}") == Field(name="x", type=type_)


@pytest.mark.parametrize(
    ("line", "default"),
    [
        ('x: String @default("a")', LiteralDefault("a")),
        ("x: Int @default(-2147483648)", LiteralDefault(-2147483648)),
        ("x: BigInt @default(9223372036854775807)", LiteralDefault("9223372036854775807")),
        ("x: Float @default(5)", LiteralDefault(5.0)),
        ("x: Decimal @default(12.50)", LiteralDefault("12.50")),
        ('x: Decimal @default("-0.10")', LiteralDefault("-0.10")),
        ("x: Decimal @default(1.25e3)", LiteralDefault("1250")),
        ("x: Decimal @default(1.25e-3)", LiteralDefault("0.00125")),
        ("x: Boolean @default(false)", LiteralDefault(value=False)),
        ('x: DateTime @default("2024-01-31 10:00")', LiteralDefault("2024-01-31 10:00")),
        ('x: Time @default("10:00:00.5")', LiteralDefault("10:00:00.5")),
        ('x: Bytes @default("aGk=")', LiteralDefault("aGk=")),
        ("x: JSON @default({b: [1, 2.5], a: null})", LiteralDefault('{"a":null,"b":[1,2.5]}')),
        ('x: JSON @default("{\\"b\\": 1, \\"a\\": 2}")', LiteralDefault('{"a":2,"b":1}')),
        ("x: JSON @default([])", LiteralDefault("[]")),
        ("x: [Int!] @default([1, 2])", LiteralDefault((1, 2))),
        ("x: [String!] @default([])", LiteralDefault(())),
        ("x: [JSON!] @default([{a: 1}])", LiteralDefault(('{"a":1}',))),
        ("x: E @default(B)", EnumDefault("B")),
        ("x: [E!] @default([B, A])", EnumDefault(("B", "A"))),
        ("x: ID @default(uuid)", FunctionDefault(DefaultFunction.UUID)),
        ("x: String @default(uuid())", FunctionDefault(DefaultFunction.UUID)),
        ("x: Date @default(now)", FunctionDefault(DefaultFunction.NOW)),
        ("x: Int @default(autoincrement)", FunctionDefault(DefaultFunction.AUTOINCREMENT)),
        ('x: Int @default(sql("1 + 1"))', SqlDefault(SqlText(default="1 + 1"))),
        (
            'x: Int @default(sql("1", sqlite: "2"))',
            SqlDefault(SqlText(default="1", per_provider=(("sqlite", "2"),))),
        ),
        ("x: Int @default(null)", None),
    ],
)
def test_defaults(line: str, default: Default | None) -> None:
    assert field(line, 'enum E { A B @value("b") }').default == default


@pytest.mark.parametrize(
    ("line", "changes"),
    [
        ('x: Int @column(name: "y")', {"column": "y"}),
        ('x: Int @column("y")', {"column": "y"}),
        ('x: Int @db("int2")', {"db_type": SqlText(default="int2")}),
        (
            'x: Int @db(postgres: "int2", mysql: "tinyint")',
            {"db_type": SqlText(per_provider=(("mysql", "tinyint"), ("postgres", "int2")))},
        ),
        (
            'x: Int @check("x > 0") @check(expr: "x < 9", name: "small")',
            {
                "checks": (
                    Check(expr=SqlText(default="x > 0")),
                    Check(expr=SqlText(default="x < 9"), name="small"),
                )
            },
        ),
        ('x: Int @computed("a + b")', {"computed": Computed(expr=SqlText(default="a + b"))}),
        (
            'x: Int @computed(expr: "a", stored: false)',
            {"computed": Computed(expr=SqlText(default="a"), stored=False)},
        ),
        ('x: Int @renamed(from: "y")', {"renamed_from": "y"}),
        ("x: Int @unique", {"unique": Unique(fields=(IndexField(field="x"),))}),
        ("x: Int @index", {"index": Index(fields=(IndexField(field="x"),))}),
        (
            'x: Int @index(sort: DESC, nulls: first, type: BRIN, name: "i", length: 3)',
            {
                "index": Index(
                    fields=(IndexField(field="x", sort=Sort.DESC, nulls=Nulls.FIRST, length=3),),
                    type="brin",
                    name="i",
                )
            },
        ),
    ],
)
def test_field_directives(line: str, changes: dict[str, object]) -> None:
    plain = Field(name="x", type=TypeRef(name="Int"))
    assert field(line) == msgspec.structs.replace(plain, **changes)


def test_text_directives() -> None:
    assert field('x: String @length(20) @collate(sqlite: "NOCASE")') == Field(
        name="x",
        type=TypeRef(name="String"),
        length=20,
        collate=SqlText(per_provider=(("sqlite", "NOCASE"),)),
    )


@pytest.mark.parametrize(
    ("written", "digits"),
    [("12, 2", (12, 2)), ("total: 5", (5, 0)), ("scale: 1, total: 3", (3, 1))],
)
def test_precision(written: str, digits: tuple[int, int]) -> None:
    assert field(f"x: Decimal @precision({written})").precision == digits


def test_updated_at() -> None:
    assert field("x: DateTime! @updatedAt").updated_at


@pytest.mark.parametrize(
    ("body", "ids"),
    [
        ("id: ID!", {"id"}),
        ("id: ID!\n code: String! @id", {"code"}),
        ("id: ID!\n a: Int!\n @id(fields: [a, id])", set()),
        ("id: Int! @id", {"id"}),
    ],
)
def test_which_field_is_the_id(body: str, ids: set[str]) -> None:
    assert {item.name for item in first(f"model A {{ {body} }}").fields if item.id} == ids


def test_a_composite_id_keeps_its_order() -> None:
    assert first("model A { a: Int! b: Int! @id(fields: [b, a]) }").id_fields == ("b", "a")


@pytest.mark.parametrize("mark", ["@keyless", "@unmanaged"])
def test_a_model_that_needs_no_id(mark: str) -> None:
    model = first(f"model A {mark} {{ x: Int }}")
    assert (model.keyless, model.unmanaged) == (mark == "@keyless", mark == "@unmanaged")


def test_in_a_keyless_model_a_field_called_id_is_no_id() -> None:
    assert not first("model A @keyless { id: ID! }").fields[0].id


def test_model_directives() -> None:
    text = """
    model A @table(name: "t", strict: true, withoutRowid: true) @database("d") @renamed("B") {
      id: ID!
      @index(fields: [{field: id, ops: "o", collate: "C"}, {expr: {sqlite: "a", default: "b"}}],
             where: "id <> ''", include: [x], type: "GIN")
      @unique(fields: [x], nulls: NOT_DISTINCT, constraint: true, where: {mysql: "w"}, name: "u")
      @check("x > 0")
      x: Int
    }
    """
    expression = SqlText(default="b", per_provider=(("sqlite", "a"),))
    assert msgspec.structs.replace(first(text), fields=()) == Model(
        name="A",
        fields=(),
        table="t",
        strict=True,
        without_rowid=True,
        database="d",
        renamed_from="B",
        indexes=(
            Index(
                fields=(IndexField(field="id", ops="o", collate="C"), IndexField(expr=expression)),
                where=SqlText(default="id <> ''"),
                include=("x",),
                type="gin",
            ),
        ),
        uniques=(
            Unique(
                fields=(IndexField(field="x"),),
                nulls_distinct=False,
                constraint=True,
                where=SqlText(per_provider=(("mysql", "w"),)),
                name="u",
            ),
        ),
        checks=(Check(expr=SqlText(default="x > 0")),),
    )


def test_indexes_at_top_level_belong_to_their_model_in_whatever_file() -> None:
    inside = define(
        "model A {\n  id: ID!\n  x: Int\n  @index(fields: [x])\n  @unique(fields: [id, x])\n}"
    )
    outside = define(
        '@index(model: "A", fields: ["x"]) @unique(model: A, fields: [id, x])',
        "model A { id: ID! x: Int }",
    )
    assert inside == outside


def test_enums() -> None:
    text = '"""e""" enum E @renamed(from: "F") { A """b""" B @value("x y") @renamed("C") C @value("C") }'
    (enum,) = define(text).enums
    assert (enum.description, enum.renamed_from) == ("e", "F")
    assert enum.values == (
        EnumValue(name="A"),
        EnumValue(name="B", stored="x y", description="b", renamed_from="C"),
        EnumValue(name="C"),
    )


POSTS = """
model User {{ id: ID!, posts: [Post!]! {opposite} }}
model Post {{ id: ID!, author: User{mark} @relation({holder}), authorId: ID{mark} }}
"""


@pytest.mark.parametrize(
    ("mark", "written", "on_delete", "on_update"),
    [
        ("!", "", Action.RESTRICT, Action.CASCADE),
        ("?", "", Action.SET_NULL, Action.CASCADE),
        ("!", "onDelete: CASCADE, onUpdate: RESTRICT", Action.CASCADE, Action.RESTRICT),
        ("?", "onDelete: setNull, onUpdate: no_action", Action.SET_NULL, Action.NO_ACTION),
        ("?", 'onDelete: "SET DEFAULT"', Action.SET_DEFAULT, Action.CASCADE),
    ],
)
def test_actions(mark: str, written: str, on_delete: Action, on_update: Action) -> None:
    text = POSTS.format(mark=mark, opposite="", holder=f'fields: ["authorId"], {written}')
    found = relation(text, "Post.author")
    assert (found.on_delete, found.on_update) == (on_delete, on_update)


def test_a_relation_with_a_key_of_which_only_a_part_may_be_null_restricts() -> None:
    text = """
    model A { x: Int!, y: Int!, bs: [B!]!, @id(fields: [x, y]) }
    model B { id: ID!, a: A? @relation(fields: [x, y]), x: Int!, y: Int }
    """
    assert relation(text, "B.a").on_delete is Action.RESTRICT


def test_both_sides_of_one_to_many() -> None:
    text = POSTS.format(
        mark="!",
        opposite='@relation(name: "UserPosts")',
        holder='name: "UserPosts", fields: [authorId], constraint: "fk", deferrable: DEFERRED',
    )
    assert relation(text, "User.posts") == Relation(
        model="Post", opposite="author", name="UserPosts"
    )
    assert relation(text, "Post.author") == Relation(
        model="User",
        opposite="posts",
        name="UserPosts",
        fields=("authorId",),
        references=("id",),
        on_delete=Action.RESTRICT,
        on_update=Action.CASCADE,
        constraint="fk",
        deferrable=Deferral.DEFERRED,
    )


def test_many_to_many() -> None:
    text = "model A { id: ID!, bs: [B!]! } model B { id: ID!, as: [A!]! }"
    assert relation(text, "A.bs") == Relation(model="B", opposite="as", many_to_many=True)
    assert relation(text, "B.as") == Relation(model="A", opposite="bs", many_to_many=True)


@pytest.mark.parametrize(
    "key", ["userId: ID! @unique", "userId: ID! @id", "userId: ID!\n@unique(fields: [userId])"]
)
def test_one_to_one_needs_a_unique_key(key: str) -> None:
    other = "" if "@id" in key else "id: ID!"
    text = f"""
    model User {{ id: ID!, card: Card? }}
    model Card {{ {other}\n user: User! @relation(fields: [userId])\n {key} }}
    """
    assert relation(text, "Card.user").references == ("id",)
    assert relation(text, "User.card") == Relation(model="Card", opposite="user")


def test_self_relations() -> None:
    text = """
    model Node {
      id: ID!
      parent: Node? @relation(fields: [parentId])
      parentId: ID
      children: [Node!]!
      friends: [Node!]! @relation(name: "Friends")
      friendOf: [Node!]! @relation(name: "Friends")
    }
    """
    assert relation(text, "Node.parent").opposite == "children"
    assert relation(text, "Node.children").opposite == "parent"
    assert relation(text, "Node.friends").opposite == "friendOf"
    assert relation(text, "Node.friendOf").many_to_many


def test_relations_to_unique_fields_in_any_order() -> None:
    text = """
    model A { id: ID!, x: Int!, y: Int!, bs: [B!]!, @unique(fields: [x, y]) }
    model B { id: ID!, a: A! @relation(fields: [ay, ax], references: [y, x]), ax: Int!, ay: Int! }
    """
    found = relation(text, "B.a")
    assert (found.fields, found.references) == (("ay", "ax"), ("y", "x"))


@pytest.mark.parametrize(
    "text",
    [
        'model A {\n  id: ID!\n  # @renamed(from: "old")\n  x: Int\n}',
        'model A {\n  id: ID!\n  x: Int # @renamed(from: "old")\n}',
        'model A {\n  id: ID!\n  # @renamed(from: "old")\n  # why\n  """doc"""\n  x: Int\n}',
        'model A {\n  id: ID!\n  x: Int ## @renamed("old") since May\n}',
        'model A { id: ID! x: Int # @renamed(from: "old")\n}',
        'model A {\n  id: ID!\n  x: # @renamed(from: "old")\n    Int\n}',
        'model A {\n  id: ID!\r\n  # @@renamed(from: "old")\r\n  x: Int\r\n}',
        'model A {\n  id: ID!\n  x: Int @renamed(from: "old") # @renamed(from: "old")\n}',
    ],
)
def test_the_comment_form_of_renamed_on_a_field(text: str) -> None:
    assert [item.renamed_from for item in first(text).fields] == [None, "old"]


@pytest.mark.parametrize(
    "text",
    [
        '# @renamed(from: "old")\nmodel A {\n  id: ID!\n}',
        'model A { # @renamed(from: "old")\n  id: ID!\n}',
        'model A {\n  id: ID!\n} # @renamed(from: "old")',
        'model A\n# @renamed(from: "old")\n{\n  id: ID!\n}',
        '"""doc"""\n# @renamed(from: "old")\nmodel A {\n  id: ID!\n}',
    ],
)
def test_the_comment_form_of_renamed_on_a_model(text: str) -> None:
    model = first(text)
    assert (model.renamed_from, model.fields[0].renamed_from) == ("old", None)


def test_the_comment_form_of_renamed_on_enums_and_values() -> None:
    text = '# @renamed(from: "F")\nenum E {\n  A # @renamed(from: "B")\n  # @renamed(from: "D")\n  C\n}'
    (enum,) = define(text).enums
    assert [enum.renamed_from, *(item.renamed_from for item in enum.values)] == ["F", "B", "D"]


def test_places_are_looked_up_by_name() -> None:
    text = "model User {\n  id: ID!\n  email: String!\n}\nenum E { A B }"
    places = parse_schema([Source("m.okra.gql", text)]).places
    assert places.get("User.email") == Span("m.okra.gql", 25, 30)
    assert places.get("User") == Span("m.okra.gql", 6, 10)
    assert places.get("E.B") == Span("m.okra.gql", text.index("B"), text.index("B") + 1)
    assert places.get("User.name") is None


def test_a_native_type_must_be_given_for_each_configured_provider() -> None:
    source = Source("m", 'model A {\n  id: ID!\n  x: Native @db(postgres: "tsvector")\n}')
    assert parse_schema([source], providers=["postgres"]).warnings == ()


def test_tables_that_differ_in_case_alone_are_two_in_postgres_only() -> None:
    text = 'model A @table(name: "T") { id: ID! } model B @table(name: "t") { id: ID! }'
    assert len(parse_schema([Source("m", text)], providers=["postgres"]).definition.models) == 2
