"""What counts as the same thing under another name, and what does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from okra.hints import rename_hints
from okra.language.define import parse_schema
from okra.lowering import lower
from okra.migrations.draft import draft
from okra.relational.describe import describe
from okra.relational.diff import diff
from okra.relational.model import Database
from okra.relational.pairs import followed, freed_first, one_by_one, without_circles
from okra.relational.renaming import ColumnRename, Renames, TextRename, ValueRename
from okra.relational.sqltext import ascii_lower, rename_columns
from okra.source import Source

if TYPE_CHECKING:
    from okra.language.definition import SchemaDefinition


def schema(text: str) -> SchemaDefinition:
    return parse_schema([Source("models.okra.gql", text)]).definition


def changes(before: str, after: str) -> list[str]:
    old = schema(before)
    first = draft("sqlite", Database(), None, old)
    return describe(draft("sqlite", first.after, old, schema(after)).changes)


def user(*fields: str) -> str:
    return "model User {\n  id: Int! @id\n  " + "\n  ".join(fields) + "\n}\n"


def test_a_swap_by_hints_is_not_followed() -> None:
    before = user("a: Int", "b: Int")
    after = user('a: Int @renamed(from: "b")', 'b: Int @renamed(from: "a")')

    assert changes(before, after) == []


def test_a_chain_is_followed_once() -> None:
    before = user("a: Int", "b: Int")
    after = user('b: Int @renamed(from: "a")', 'c: Int @renamed(from: "b")')

    assert changes(before, after) == ["> column users.b → c", "> column users.a → b"]
    assert changes(after, after) == []


def test_a_hint_to_a_name_that_is_still_there_does_nothing() -> None:
    before = user("a: Int")
    after = user("a: Int", 'b: Int @renamed(from: "a")')

    assert changes(before, after) == ["+ column users.b: integer null"]


def test_a_chain_whose_beginning_stays_is_not_followed() -> None:
    before = user("a: Int", "b: Int")
    after = user("a: Int", 'b: Int @renamed(from: "a")', 'c: Int @renamed(from: "b")')

    assert changes(before, after) == ["+ column users.c: integer null"]


def test_a_hint_of_long_ago_does_not_take_a_new_thing_of_the_old_name() -> None:
    people = 'model Person @renamed(from: "User") {\n  id: Int! @id\n}\n'
    before = people + user("a: Int")

    assert changes(before, people) == ["- table users"]


def warnings(before: str, after: str) -> tuple[str, ...]:
    old = schema(before)
    first = draft("sqlite", Database(), None, old)
    return draft("sqlite", first.after, old, schema(after)).warnings


def test_a_hint_that_can_not_be_followed_is_warned_of() -> None:
    person = 'model Person @renamed(from: "User") {\n  id: Int! @id\n}\n'
    stays = "there still is a `a`; if that is another one, rename first, and add it in a migration of its own"
    goes = (
        "as it says: there was a `b` before, which stays, and `a` goes; if it is to take that name, "
        "remove `b` first, in a migration of its own"
    )

    assert warnings(user("a: Int"), user("a: Int", 'b: Int @renamed(from: "a")')) == (
        f"field `User.b` is not renamed from `a`, as it says, but new: {stays}",
    )
    assert warnings(user("a: Int", "b: Int"), user('b: Int @renamed(from: "a")')) == (
        f"field `User.b` is not renamed from `a`, {goes}",
    )
    assert warnings(user("a: Int"), person + user("x: Int")) == (
        "model `Person` is not renamed from `User`, as it says, but new: "
        + stays.replace("`a`", "`User`"),
    )
    assert warnings(
        "enum E { a }\n" + user("e: E"), 'enum E { a b @renamed(from: "a") }\n' + user("e: E")
    ) == (f"value `E.b` is not renamed from `a`, as it says, but new: {stays}",)


def test_a_hint_that_was_followed_is_not_warned_of() -> None:
    followed_once = user('b: Int @renamed(from: "a")')
    chain = user('b: Int @renamed(from: "a")', 'c: Int @renamed(from: "b")')

    assert warnings(user("a: Int"), followed_once) == ()
    assert warnings(followed_once, followed_once + "model New { id: ID! }") == ()
    assert warnings(followed_once, user('b: Int @renamed(from: "a")', "a: Int")) == ()
    assert warnings(user("a: Int", "b: Int"), chain) == ()
    assert warnings(chain, chain + "model New { id: ID! }") == ()


def test_a_removed_hint_does_nothing() -> None:
    assert changes(user('b: Int @renamed(from: "a")'), user("b: Int")) == []


def test_a_column_that_changes_only_its_column_name_is_renamed() -> None:
    assert changes(user('a: Int @column(name: "x")'), user("a: Int")) == ["> column users.x → a"]


def test_hints_name_everything_as_it_is_in_the_database() -> None:
    before = schema(
        "model Post {\n  id: Int! @id\n  state: State!\n  tags: [Tag!]!\n}\n"
        "model Tag {\n  id: Int! @id\n  posts: [Post!]!\n}\n"
        "enum State { NEW OLD }\n"
    )
    after = schema(
        'model Article @renamed(from: "Post") {\n  id: Int! @id\n'
        '  status: Status! @renamed(from: "state")\n  tags: [Tag!]!\n}\n'
        'model Tag {\n  id: Int! @id\n  articles: [Article!]! @renamed(from: "posts")\n}\n'
        'enum Status @renamed(from: "State") { FRESH @renamed(from: "NEW") OLD }\n'
    )

    assert rename_hints(before, after) == Renames(
        tables=(("posts", "articles"), ("post_tags", "article_tags")),
        columns=(
            ColumnRename(table="articles", before="state", after="status"),
            ColumnRename(table="article_tags", before="post_id", after="article_id"),
        ),
        enums=(("state", "status"),),
        values=(ValueRename(enum="status", before="NEW", after="FRESH"),),
        texts=(
            TextRename(
                enum="status", table="articles", column="status", before="NEW", after="FRESH"
            ),
        ),
    )


def test_inverted_twice_is_the_same() -> None:
    renames = Renames(
        tables=(("posts", "articles"),),
        columns=(ColumnRename(table="articles", before="state", after="status"),),
        enums=(("state", "status"),),
        values=(ValueRename(enum="status", before="NEW", after="FRESH"),),
        texts=(
            TextRename(
                enum="status", table="articles", column="status", before="NEW", after="FRESH"
            ),
        ),
    )

    assert renames.inverted() == Renames(
        tables=(("articles", "posts"),),
        columns=(ColumnRename(table="posts", before="status", after="state"),),
        enums=(("status", "state"),),
        values=(ValueRename(enum="state", before="FRESH", after="NEW"),),
        texts=(
            TextRename(enum="state", table="posts", column="state", before="FRESH", after="NEW"),
        ),
    )
    assert renames.inverted().inverted() == renames


def test_logical_databases_know_renamed_enums() -> None:
    before = lower(schema(user("a: A!") + "enum A { X Y }\n"), "postgres")
    after_schema = schema(
        user("a: B!") + 'enum B @renamed(from: "A") { Z @renamed(from: "Y") W X }\n'
    )
    after = lower(after_schema, "postgres")
    hints = rename_hints(schema(user("a: A!") + "enum A { X Y }\n"), after_schema)

    assert describe(diff(before, after, hints)) == [
        "> enum a → b",
        "> value b.Y → Z",
        "~ enum b: order Z, X",
        "+ value b.W behind Z",
    ]


@pytest.mark.parametrize(
    ("pairs", "before", "after", "wanted"),
    [
        ([("a", "b")], "a", "b", [("a", "b")]),
        ([("a", "b")], "ab", "b", []),
        ([("a", "b")], "a", "ab", []),
        ([("a", "b"), ("b", "c")], "ab", "bc", [("a", "b"), ("b", "c")]),
        ([("a", "b"), ("b", "a")], "ab", "ab", [("a", "b"), ("b", "a")]),
        ([("a", "b"), ("b", "c")], "ab", "abc", []),
        ([("a", "c"), ("b", "c")], "ab", "c", [("a", "c")]),
        ([("a", "b"), ("a", "c")], "a", "bc", [("a", "b")]),
        ([("a", "a")], "a", "a", []),
    ],
)
def test_only_names_that_go_and_come_are_followed(
    pairs: list[tuple[str, str]], before: str, after: str, wanted: list[tuple[str, str]]
) -> None:
    assert followed(pairs, set(before), set(after)) == tuple(wanted)


def test_circles_are_told_from_chains() -> None:
    pairs = [("a", "b"), ("b", "c"), ("x", "y"), ("y", "z"), ("z", "x")]

    assert without_circles(pairs) == (("a", "b"), ("b", "c"))


def test_each_rename_finds_its_name_free() -> None:
    assert freed_first([("a", "b"), ("b", "c")]) == [("b", "c"), ("a", "b")]
    assert one_by_one([("a", "b"), ("b", "a"), ("C", "c")], ascii_lower) == [
        ("a", "_okra_aside_a"),
        ("b", "a"),
        ("_okra_aside_a", "b"),
        ("C", "_okra_aside_C"),
        ("_okra_aside_C", "c"),
    ]


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("a > 0", '"b" > 0'),
        ("\"a\" > 'a'", "\"b\" > 'a'"),
        ("a(a)", 'a("b")'),
        ("CAST(x AS a)", "CAST(x AS a)"),
        ("x COLLATE a", "x COLLATE a"),
        ("a.a", 'a."b"'),
        ("aa + a /* a */ -- a", 'aa + "b" /* a */ -- a'),
    ],
)
def test_only_columns_are_renamed_in_expressions(expression: str, wanted: str) -> None:
    assert rename_columns(expression, {"a": "b"}) == wanted
