"""`okra db:diff` against a live database, on every kind of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from places import Place

BEFORE = """\
enum Status {
  draft
  published
}

model Article {
  id: ID!
  writerName: String! @index
  status: Status!
  tags: [Label!]
  @check(expr: "writer_name <> 'x'")
}

model Label {
  id: ID!
  articles: [Article!]
}
"""
AFTER = """\
enum State @renamed(from: "Status") {
  draft
  public @renamed(from: "published")
}

model Post @renamed(from: "Article") {
  id: ID!
  authorName: String! @index @renamed(from: "writerName")
  status: State!
  tags: [Label!]
  @check(expr: "author_name <> 'x'")
}

model Label {
  id: ID!
  articles: [Post!]
}
"""


def apply(place: Place, text: str) -> None:
    """Bring the database to the schema."""
    place.schema(text)
    code, out, err = place.okra("db:diff", "empty", "schema", "--sql")
    assert (code, err) == (0, "")
    place.sql(out)


def test_renamed_things_are_found_under_their_earlier_names(place: Place) -> None:
    apply(place, BEFORE)
    place.schema(AFTER)

    code, out, err = place.okra("db:diff")

    lines = [line.strip() for line in out.splitlines()[1:]]
    assert (code, err) == (0, "")
    assert "> table articles → posts" in lines
    assert "> column posts.writer_name → author_name" in lines
    assert not [line for line in lines if line.startswith(("- table", "+ table", "- column"))], out
    assert any("published" in line and line.startswith(">") for line in lines), out


def test_what_is_renamed_that_way_is_then_no_difference(place: Place) -> None:
    apply(place, BEFORE)
    place.schema(AFTER)
    _, sql, _ = place.okra("db:diff", "--sql")
    place.sql(sql)

    code, out, _ = place.okra("db:diff", "--check")

    assert code == 0, out


def test_names_that_no_hint_spells_out_are_known_from_the_newest_migration(place: Place) -> None:
    place.schema('model Post @table(name: "one") { id: Int! @id a: Int @column(name: "c") }')
    place.must("db:migrate:generate")
    place.must("db:migrate:up")
    place.schema('model Post @table(name: "two") { id: Int! @id b: Int @renamed(from: "a") }')

    lines = [line.strip() for line in place.must("db:diff").splitlines()[1:]]

    assert [line for line in lines if "primary key" not in line] == [
        "> table one → two",
        "> column two.c → b",
    ]
