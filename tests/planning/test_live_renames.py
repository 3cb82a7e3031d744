"""Hints of renames against a live database, which knows tables and columns but no models."""

from __future__ import annotations

import pytest

from okra.dialects import dialect
from okra.language.define import parse_schema
from okra.lowering import lower
from okra.migrations.live import live_renames
from okra.relational.describe import describe
from okra.relational.diff import diff
from okra.relational.model import Database
from okra.source import Source

PROVIDERS = ["sqlite", "postgres", "mysql"]


def database(text: str, provider: str) -> Database:
    models = parse_schema([Source("m", text)], providers=(provider,)).definition
    return dialect(provider).resolve(lower(models, provider)).database


def changes(live: str | Database, text: str, provider: str) -> list[str]:
    """What leads from the database of one schema to another, as `db:diff` says it."""
    if isinstance(live, str):
        live = database(live, provider)
    models = parse_schema([Source("m", text)], providers=(provider,)).definition
    renames = live_renames(live, models, provider)
    return describe(diff(live, database(text, provider), renames))


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "model Article { id: Int! @id }",
            'model Post @renamed(from: "Article") { id: Int! @id }',
            ["> table articles → posts"],
        ),
        (
            'model Article @table(name: "tbl_article") { id: Int! @id }',
            'model Post @renamed(from: "tbl_article") { id: Int! @id }',
            ["> table tbl_article → posts"],
        ),
        (
            "model Post { id: Int! @id writerName: Int! }",
            'model Post { id: Int! @id authorName: Int! @renamed(from: "writerName") }',
            ["> column posts.writer_name → author_name"],
        ),
        (
            'model Post { id: Int! @id name: Int! @column(name: "strName") }',
            'model Post { id: Int! @id title: Int! @renamed(from: "strName") }',
            ["> column posts.strName → title"],
        ),
        (
            'model Post @table(name: "p") { id: Int! @id a: Int! @column(name: "c") }',
            (
                'model Text @table(name: "p") @renamed(from: "Post")'
                ' { id: Int! @id b: Int! @column(name: "c") @renamed(from: "a") }'
            ),
            [],
        ),
    ],
    ids=[
        "table",
        "table by its own name",
        "column",
        "column by its own name",
        "only in the schema",
    ],
)
def test_a_hint_is_followed_once(
    provider: str, before: str, after: str, expected: list[str]
) -> None:
    found = changes(before, after, provider)
    again = changes(after, after, provider)

    assert [line for line in found if "key" not in line] == expected
    assert again == []


@pytest.mark.parametrize("provider", PROVIDERS)
def test_what_is_still_there_is_not_taken_for_the_older_one(provider: str) -> None:
    before = "model Article { id: Int! @id }"
    after = f'{before}\nmodel Post @renamed(from: "Article") {{ id: Int! @id }}'

    assert changes(before, after, provider) == ["+ table posts (1 column)"]


@pytest.mark.parametrize("provider", PROVIDERS)
def test_what_has_both_names_is_left_as_it_is(provider: str) -> None:
    live = "model Post { id: Int! @id writer: Int! author: Int! }"
    after = 'model Post { id: Int! @id author: Int! @renamed(from: "writer") }'

    assert changes(live, after, provider) == ["- column posts.writer"]


@pytest.mark.parametrize("provider", PROVIDERS)
def test_join_tables_follow_a_renamed_model(provider: str) -> None:
    before = "model Article { id: Int! @id labels: [Label!] } model Label { id: Int! @id articles: [Article!] }"
    after = (
        'model Post @renamed(from: "Article") { id: Int! @id labels: [Label!] }'
        "\nmodel Label { id: Int! @id articles: [Post!] }"
    )

    found = changes(before, after, provider)

    assert [line for line in found if line.startswith("> table")] == [
        "> table article_labels → label_posts",
        "> table articles → posts",
    ]
    assert "> column label_posts.article_id → post_id" in found
    assert [line for line in found if line[0] in "+-" and " index " not in line] == []


@pytest.mark.parametrize("provider", PROVIDERS)
def test_values_of_enums_are_renamed_where_they_are_not_yet(provider: str) -> None:
    before = "enum Mood { good bad } model Post { id: Int! @id mood: Mood! last: Mood }"
    after = 'enum Mood { fine @renamed(from: "good") bad } model Post { id: Int! @id mood: Mood! last: Mood }'

    renamed = [line for line in changes(before, after, provider) if line.startswith("> value")]

    expected = ["> value posts.mood: 'good' → 'fine'", "> value posts.last: 'good' → 'fine'"]
    assert renamed == (["> value mood.good → fine"] if provider == "postgres" else expected)
    assert changes(after, after, provider) == []


def test_a_run_that_stopped_between_two_columns_goes_on_with_the_second() -> None:
    after = 'enum Mood { fine @renamed(from: "good") bad } model Post { id: Int! @id mood: Mood! last: Mood }'
    older = database(
        "enum Mood { good bad } model Post { id: Int! @id mood: Mood! last: Mood }", "mysql"
    )
    newer = database(after, "mysql")
    (table,), (done,) = older.tables, newer.tables
    columns = [done.columns[1] if c.name == "mood" else c for c in table.columns]
    halfway = Database(
        tables=(
            type(table)(name=table.name, columns=tuple(columns), primary_key=table.primary_key),
        )
    )

    found = changes(halfway, after, "mysql")

    assert [line for line in found if line.startswith(">")] == [
        "> value posts.last: 'good' → 'fine'"
    ]


def test_a_run_that_stopped_where_a_column_has_both_values_goes_on_with_the_rows() -> None:
    models = "enum Mood {{ {} }} model Post {{ id: Int! @id mood: Mood! }}"
    halfway = models.format("bad fine good")
    after = models.format('bad fine @renamed(from: "good")')

    assert changes(halfway, after, "mysql") == [
        "~ column posts.mood: enum('bad','fine','good') → enum('bad','fine')",
        "> value posts.mood: 'good' → 'fine'",
    ]
    assert changes(halfway, after, "postgres") == ["- value mood.good"]


def test_a_type_is_renamed_with_its_columns() -> None:
    before = "enum Status { draft } model Post { id: Int! @id status: Status! }"
    after = (
        'enum State @renamed(from: "Status") { draft } model Post { id: Int! @id status: State! }'
    )

    assert changes(before, after, "postgres") == ["> enum status → state"]
