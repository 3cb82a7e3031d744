"""Mistakes that people make in the files of seeds, and what they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from places import Place

pytestmark = pytest.mark.only_on("sqlite")


def refused(place: Place, name: str, text: str) -> list[str]:
    """Seed with one file that is wrong; the lines of the error."""
    (place.folder / "seeds" / name).write_text(text)
    found = place.okra("db:seed")
    assert found.code != 0, found
    return found.err.strip().splitlines()


def test_children_inside_their_parent_are_sent_to_their_own_model(shop: Place) -> None:
    text = "User:\n  - email: ann@x\n    name: Ann\n    posts: [{title: Hi}]\n"
    assert refused(shop, "a.yaml", text) == [
        (
            "error[OKR597]: `posts` of row 1 of `User` can't be written here: rows of `Post` say which "
            "`User` they belong to"
        ),
        "  --> seeds/a.yaml:2",
        "  = help: write them under `Post`, each with what leads to this row; nothing was written",
    ]


@pytest.mark.parametrize(
    ("sign", "named"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")], ids=str
)
def test_cells_without_commas_are_told_from_an_unknown_field(
    shop: Place, sign: str, named: str
) -> None:
    assert refused(shop, "User.csv", f"email{sign}name\nann@x{sign}Ann\n")[:2] == [
        f"error[OKR596]: the seed can't be read as CSV: its cells have {named} between them",
        "  --> seeds/User.csv:1",
    ]


def test_files_that_are_no_seeds_are_named_where_there_are_no_others(shop: Place) -> None:
    found = refused(shop, "User.toml", "")
    assert found[0] == "error[OKR595]: there are no seeds in `seeds`"
    assert found[1].startswith("  = help: `seeds/User.toml` is no seed: its name ends in none of ")


@pytest.mark.parametrize(
    ("line", "at"),
    [('ann@x, "Ann"', "2:8"), ('5" pipe,Ann', "2:2"), ('"a ""b""\n,c",x"', "3:6")],
)
def test_a_quote_in_a_cell_without_quotes_is_refused_and_never_stored(
    shop: Place, line: str, at: str
) -> None:
    found = refused(shop, "User.csv", f"email,name\n{line}\n")
    assert found[:2] == [
        "error[OKR596]: the seed can't be read as CSV: there is a quote in a cell that does not begin with one",
        f"  --> seeds/User.csv:{at}",
    ]
    assert "leave no space before the first quote of a cell" in found[2]
    assert shop.sql("SELECT count(*) FROM users") == [(0,)]


def test_quotes_commas_and_lines_between_quotes_are_text(shop: Place) -> None:
    text = 'email,name\n"a,""x""","",\n'.replace('"",\n', '"B ""b""\n,"\n')
    (shop.folder / "seeds" / "User.csv").write_text(text)
    shop.must("db:seed")
    assert shop.sql("SELECT email, name FROM users") == [('a,"x"', 'B "b"\n,')]


@pytest.mark.parametrize(
    ("text", "reason", "way_out"),
    [
        ("User:\n\t- email: a\n", "2:1: there is a tab where a value begins", "indent with spaces"),
        ("User: []\n---\nTag: []\n", "2:1: there is a second document in it", "take the line `---` out"),
        ("User: [\n", "", "rows stand under their model"),
        ("User: []\n\x07", "2: there is a character", "rows stand under their model"),
    ],
    ids=["tab", "second document", "other", "a bell"],
)  # fmt: skip
def test_mistakes_in_yaml_are_told_in_the_words_of_yaml(
    shop: Place, text: str, reason: str, way_out: str
) -> None:
    found = refused(shop, "a.yaml", text)
    where, _, what = reason.partition(": ")
    assert (what in found[0], f"seeds/a.yaml:{where}" in found[1]) == (True, True)
    assert found[2].startswith(f"  = help: {way_out}")
    assert '{ "User"' not in "".join(found)


def test_seeds_of_an_environment_are_named_where_there_are_none(shop: Place) -> None:
    local = shop.folder / "seeds" / "local"
    local.mkdir()
    (local / "Tag.csv").write_text("name\nx\n")
    (shop.folder / "seeds" / "Tag.csv").write_text("name\ny\n")

    found = shop.okra("db:seed")

    assert (found.code, shop.sql("SELECT name FROM tags")) == (0, [("y",)])
    assert found.err.startswith("warning: `seeds/local/` was not read: it is for an environment")


def test_an_option_without_its_value_leads_to_the_help_of_the_command(shop: Place) -> None:
    found = shop.okra("db:sync", "--restore")
    assert found.err.splitlines() == [
        "error[OKR601]: option `--restore` requires an argument",
        "  = help: `okra db:sync --help` shows what it takes",
    ]


def test_a_database_that_is_not_there_is_made_as_its_mode_makes_it(shop: Place) -> None:
    shop.configure(url="sqlite://none.db", migrations={"mode": "declarative"})
    assert "`okra db:sync` in declarative mode" in shop.okra("db:diff", "--live").err
    assert "`okra db:sync` makes it" in shop.must("db:validate", "--connect")


def test_a_name_of_a_file_does_not_steer_the_terminal(shop: Place) -> None:
    lines = refused(shop, "\x1b[2JUser.csv", "nope\n1\n")

    assert not any("\x1b" in line for line in lines)
    assert "  --> seeds/<U+001B>[2JUser.csv" in lines
