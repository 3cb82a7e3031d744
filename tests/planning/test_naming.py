"""Names that OKRA gives."""

from __future__ import annotations

import pytest

from okra.naming import (
    MAX_BYTES,
    check_name,
    column_name,
    foreign_key_name,
    index_name,
    join_table_name,
    plural,
    primary_key_name,
    shortened,
    snake_case,
    table_name,
    trigger_name,
    unique_name,
)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("authorId", "author_id"),
        ("APIKey", "api_key"),
        ("userID", "user_id"),
        ("HTTPServer2", "http_server2"),
        ("a", "a"),
        ("already_snake", "already_snake"),
        ("ÄrzteListe", "ärzte_liste"),
    ],
)
def test_snake_case(name: str, wanted: str) -> None:
    assert snake_case(name) == wanted


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("user", "users"),
        ("blog_post", "blog_posts"),
        ("category", "categories"),
        ("day", "days"),
        ("box", "boxes"),
        ("branch", "branches"),
        ("analysis", "analyses"),
        ("person", "people"),
        ("sales_person", "sales_people"),
        ("news", "news"),
        ("status", "statuses"),
    ],
)
def test_plural(word: str, wanted: str) -> None:
    assert plural(word) == wanted


def test_names_of_objects() -> None:
    assert [
        table_name("BlogPost"),
        column_name("authorId"),
        primary_key_name("users"),
        unique_name("users", ("email",)),
        index_name("posts", ("published", "created_at")),
        foreign_key_name("posts", ("author_id",)),
        check_name("users", "age"),
        check_name("users", None),
        trigger_name("users", "updated_at"),
        join_table_name("PostTags", "Post", "Tag"),
        join_table_name(None, "Tag", "Post"),
    ] == [
        "blog_posts",
        "author_id",
        "users_pkey",
        "users_email_key",
        "posts_published_created_at_idx",
        "posts_author_id_fkey",
        "users_age_check",
        "users_check",
        "users_updated_at_trigger",
        "post_tags",
        "post_tags",
    ]


def test_a_name_of_as_many_bytes_as_fit_stays() -> None:
    assert shortened("x" * MAX_BYTES) == "x" * MAX_BYTES


def test_a_longer_name_keeps_its_beginning_and_its_kind() -> None:
    long = index_name("t" * 40, ("c" * 40,))

    assert long == "t" * 40 + "_" + "c" * 9 + "_0be2b6f8_idx"
    assert len(long) == MAX_BYTES


def test_long_names_that_differ_only_at_the_end_stay_different() -> None:
    names = {unique_name("t" * 60, (f"column{number}",)) for number in range(100)}

    assert len(names) == 100
    assert {len(name) for name in names} == {MAX_BYTES}


@pytest.mark.parametrize("letter", ["é", "漢", "😀"])
def test_no_character_is_cut_in_two(letter: str) -> None:
    for length in range(15, 70):
        name = shortened(letter * length + "_key")
        assert len(name.encode()) <= MAX_BYTES
        assert "\ufffd" not in name
        assert name.endswith("_key")


def test_a_long_field_has_a_column_that_every_server_takes() -> None:
    assert len(column_name("aFieldWithAVeryLongName" * 4)) == MAX_BYTES


def test_a_short_name_of_many_bytes_is_shortened_too() -> None:
    assert len(shortened("漢" * 30)) < 30
