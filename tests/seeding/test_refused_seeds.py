"""Seeds that are refused: what is named then, and that nothing is written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from seeds import ANN, one_value, refused, seeded, write

if TYPE_CHECKING:
    from places import Place


@pytest.mark.parametrize("statement", ["COMMIT", "BEGIN", "ROLLBACK"])
def test_sql_that_ends_the_transaction_is_refused(shop: Place, statement: str) -> None:
    assert refused(shop, {"1.sql": f"INSERT INTO tags (name) VALUES ('a');\n{statement};"}) == [
        (
            f"error[OKR599]: `{statement} …` has no place in a seed: all seeds are one transaction, "
            "which OKRA opens and ends"
        ),
        "  --> seeds/1.sql:2",
        "  = help: take the statement out; nothing was written",
    ]


def test_a_statement_that_fails_is_named_and_undoes_everything(shop: Place) -> None:
    found = refused(
        shop, {"1_Tag.json": [{"name": "a"}], "2.sql": "SELECT 1;\nDELETE FROM nowhere;"}
    )
    assert found[0].startswith("error[OKR598]: statement 2 of `seeds/2.sql` failed: ")
    assert found[1:] == ["  --> seeds/2.sql:2", "  = help: nothing was written"]


WRONG = {
    "an unknown field": (
        {"name": "a", "nam": 1},
        "row 2 has `nam`, and the model `Tag` has no such field",
        "did you mean `name`? nothing was written",
    ),
    "another type": (
        {"name": 5},
        "`name` of row 2 of `Tag` takes a text (String), and the value is a whole number",
        "nothing was written",
    ),
    "a text for a number": (
        {"id": "seven", "name": "a"},
        "`id` of row 2 of `Tag` takes a whole number of 32 bits (Int), and the value is a text of 5 characters",
        "nothing was written",
    ),
    "too large a number": (
        {"id": 3_000_000_000, "name": "a"},
        "`id` of row 2 of `Tag` takes a whole number of 32 bits (Int), and the value is a larger one",
        "nothing was written",
    ),
    "too long": (
        {"name": "x" * 41},
        "`name` of row 2 of `Tag` takes 40 characters at most, and the value is a text of 41",
        "nothing was written",
    ),
    "null": (
        {"id": 3, "name": None},
        "`name` of row 2 of `Tag` is required, and the value is null",
        "nothing was written",
    ),
    "no key": (
        {},
        "nothing tells row 2 of `Tag` from others, so seeding twice would add it twice",
        "give it a value for `id` or `name`; nothing was written",
    ),
    "no value": (
        {"id": 9},
        "row 2 is new, and has no value for `name`, which is required",
        "nothing was written",
    ),
    "the same key": (
        {"name": "first"},
        "rows 1 and 2 of `Tag` have the same `name`",
        "take one of them out; nothing was written",
    ),
    "a unique value": (
        {"id": 5, "name": "first"},
        "another row of `Tag` has the same `name`; the value is a text of 5 characters (row 2 of `Tag`)",
        "nothing was written",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_row_that_does_not_fit_is_named_with_its_field(shop: Place, case: str) -> None:
    row, message, way_out = WRONG[case]
    found = refused(shop, {"Tag.json": [{"name": "first"}, row], "10_User.json": [ANN]})
    assert found[0].partition(": ")[2] == message
    assert found[1:] == ["  --> seeds/Tag.json", f"  = help: {way_out}"]


POSTS = {
    "a link to what is not there": (
        {"id": 1, "title": "t", "author": {"email": "ann@x"}, "tags": [77]},
        "`tags` of row 1 of `Post` has the key of a `Tag` that is not there: ",
    ),
    "a link that is no list": (
        {"id": 1, "title": "t", "author": {"email": "ann@x"}, "tags": 77},
        "`tags` of row 1 of `Post` takes a list of keys of `Tag`, and the value is a whole number",
    ),
    "a reference that is there twice": (
        {
            "id": 1,
            "title": "t",
            "authorId": "3b241101-e2bb-4255-8caf-4136c566a962",
            "author": {"email": "ann@x"},
        },
        "`author` of row 1 of `Post` is there twice: by a field of its own, too",
    ),
    "a parent that is not there": (
        {"id": 1, "title": "t", "authorId": "3b241101-e2bb-4255-8caf-4136c566a962"},
        (
            "`authorId` refers to no `User`: the value is a text of 36 characters, and none has it as `id` "
            "(row 1 of `Post`)"
        ),
    ),
    "a parent that is not found": (
        {"id": 1, "title": "t", "author": {"email": "nobody@x"}},
        "`author` of row 1 of `Post` means no row of `User`: the key is `email`",
    ),
    "a field that the parent has not": (
        {"id": 1, "title": "t", "author": {"emial": "nobody@x"}},
        "`author` of row 1 of `Post` names `emial`, which `User` has not; did you mean `email`?",
    ),
    "a text for a number": (
        {"id": 1, "title": "t", "author": {"email": "ann@x"}, "rating": "high"},
        "`rating` of row 1 of `Post` takes a number (Float), and the value is a text of 4 characters",
    ),
}


@pytest.mark.parametrize("case", POSTS)
def test_a_reference_that_leads_nowhere_is_named(shop: Place, case: str) -> None:
    row, message = POSTS[case]
    found = refused(shop, {"User.json": [ANN], "posts.yaml": json.dumps({"Post": [row]})})
    assert found[0].partition(": ")[2].startswith(message)
    assert found[1] == "  --> seeds/posts.yaml:1"


def test_the_line_of_a_csv_file_is_named(shop: Place) -> None:
    text = 'email,name,score\nann@x,"Ann\nB",1.5\nbob@x,Bob,1.555\n'
    assert refused(shop, {"10_users.csv": text}) == [
        (
            "error[OKR597]: `score` of row 2 of `User` takes 6 digits before the point and 2 behind it, "
            "and the value has 1 and 3"
        ),
        "  --> seeds/10_users.csv:4",
        "  = help: nothing was written",
    ]


def test_digits_that_sqlite_would_lose_are_refused(place: Place) -> None:
    place.configure(migrations={"mode": "declarative"})
    place.schema("model Coin {\n  id: Int! @id\n  worth: Decimal!\n}\n")
    place.must("db:sync", "--yes")
    exact = {"id": 1, "worth": "123456789012345678"}
    write(place, {"Coin.json": [exact, {"id": 2, "worth": "1234567890.123456"}]})
    found = place.okra("db:seed")
    if place.provider == "sqlite":
        assert found.err.startswith(
            "error[OKR597]: `worth` of row 2 of `Coin` takes 15 digits in all, as SQLite keeps no more, "
            "and the value has 16"
        )
        write(place, {"Coin.json": [exact]})
        place.must("db:seed")
    assert int(one_value(place, "SELECT worth FROM coins WHERE id = 1")) == 123456789012345678


def test_many_rows_are_written_in_batches_and_one_bad_row_among_them_is_found(
    shop: Place,
) -> None:
    good = [f"{number},tag {number}" for number in range(1, 12_001)]
    bad = [*good[:9_000], "20000,tag 77", *good[9_000:]]
    assert refused(shop, {"Tag.csv": "\n".join(["id,name", *bad]) + "\n"}) == [
        (
            "error[OKR598]: another row of `Tag` has the same `name`; the value is a text of 6 characters "
            "(row 9001 of `Tag`)"
        ),
        "  --> seeds/Tag.csv:9002",
        "  = help: nothing was written",
    ]
    assert seeded(shop, {"Tag.csv": "\n".join(["id,name", *good]) + "\n"}) == [
        "seeds/Tag.csv: Tag 12,000 added"
    ]


def test_tables_that_are_not_there_are_named(place: Place) -> None:
    place.configure(migrations={"mode": "declarative"})
    place.schema("model Tag {\n  id: Int! @id\n}\n")
    write(place, {"Tag.json": [{"id": 1}]})
    found = place.okra("db:seed")
    assert found.code == 1
    assert "db:sync" in found.err


def test_a_field_whose_column_is_not_there_yet_is_named(shop: Place) -> None:
    text = (shop.folder / "models.okra.gql").read_text()
    shop.schema(text.replace("model Tag {", "model Tag {\n  colour: String?"))
    assert refused(shop, {"Tag.json": [{"name": "a", "colour": "red"}]})[:2] == [
        "error[OKR640]: row 1 has `colour`, and the table `tags` has no column `colour` yet",
        "  --> seeds/Tag.json",
    ]
    assert seeded(shop, {"Tag.json": [{"name": "a"}]}) == ["seeds/Tag.json: Tag 1 added"]


TAGGED = {
    "a number that is none": "!!int abc",
    "a number of 5000 digits": "9" * 5000,
    "a truth that is none": "!!bool abc",
    "a day that is none": "!!timestamp 2024-13-45",
}


@pytest.mark.parametrize("case", TAGGED)
def test_a_value_of_yaml_that_is_not_what_its_tag_says_is_named(shop: Place, case: str) -> None:
    text = f"Tag:\n  - id: 1\n    name: {TAGGED[case]}\n"
    assert refused(shop, {"a.yaml": text})[:2] == [
        "error[OKR596]: the seed can't be read: the value is not what its tag says",
        "  --> seeds/a.yaml:3",
    ]


def test_aliases_of_yaml_that_stand_for_too_much_are_refused(shop: Place) -> None:
    lines = ["Tag:", "  - id: 1", "    name:", "      - &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"      - &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    assert refused(shop, {"a.yaml": "\n".join(lines)})[0] == (
        "error[OKR596]: the seed can't be read: its aliases stand for more than 5,000,000 values"
    )


def test_no_seeds_are_an_error_that_says_how_to_write_some(shop: Place) -> None:
    found = shop.okra("db:seed")
    assert found.code == 2
    assert found.err.startswith("error[OKR595]: there are no seeds in `seeds`")
