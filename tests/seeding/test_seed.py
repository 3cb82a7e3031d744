"""`okra db:seed` on each kind of database: what files can hold, and that all of it is one transaction."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from places import Place, Ran

ANN = {"email": "ann@x", "name": "Ann"}
BOB = {"email": "bob@x", "name": "Bob"}


def write(place: Place, files: dict[str, object]) -> None:
    """Files of the seeds folder; what is no text is written as JSON."""
    for name, content in files.items():
        path = place.folder / "seeds" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content))


def seeded(place: Place, files: dict[str, object]) -> list[str]:
    """Seed with these files; what it says of each of them."""
    write(place, files)
    return [line.strip() for line in place.must("db:seed").splitlines() if line.startswith("  ")]


def refused(place: Place, files: dict[str, object]) -> list[str]:
    """Seed with files that are wrong; the lines of the error."""
    write(place, files)
    found: Ran = place.okra("db:seed")
    assert found.code != 0, found
    assert rows(place, "users") + rows(place, "posts") + rows(place, "tags") == 0
    return found.err.strip().splitlines()


def rows(place: Place, table: str) -> int:
    return int(place.sql(f"SELECT count(*) FROM {table}")[0][0])


def one_value(place: Place, sql: str) -> object:
    return place.sql(sql)[0][0]


def test_rows_of_json_are_added_once(shop: Place) -> None:
    assert seeded(shop, {"a.json": {"User": [ANN, BOB]}}) == ["seeds/a.json: User 2 added"]
    assert seeded(shop, {}) == ["seeds/a.json: User 2 as they were"]
    assert rows(shop, "users") == 2


def test_a_row_that_says_something_else_is_changed_and_others_are_left_alone(shop: Place) -> None:
    seeded(shop, {"User.json": [ANN, BOB]})
    before = shop.sql("SELECT id, updated_at FROM users WHERE email = 'ann@x'")
    assert seeded(shop, {"User.json": [ANN, BOB | {"name": "Robert"}]}) == [
        "seeds/User.json: User 1 changed, 1 as they were"
    ]
    assert shop.sql("SELECT id, updated_at FROM users WHERE email = 'ann@x'") == before
    assert one_value(shop, "SELECT name FROM users WHERE email = 'bob@x'") == "Robert"


def test_a_change_of_letters_alone_is_a_change(shop: Place) -> None:
    seeded(shop, {"User.json": [ANN]})
    assert seeded(shop, {"User.json": [ANN | {"name": "ANN"}]}) == [
        "seeds/User.json: User 1 changed"
    ]


def test_files_are_taken_in_name_order_and_those_of_the_environment_come_last(
    place: Place,
) -> None:
    place.configure(migrations={"mode": "declarative"})
    (place.folder / "okra.config.json").write_text(
        json.dumps(
            {
                "database": {
                    "environments": {
                        "local": {"provider": place.provider, "url": place.address},
                        "other": {"provider": place.provider, "url": place.address},
                    },
                    "migrations": {"mode": "declarative"},
                }
            }
        )
    )
    place.schema("model Tag {\n  id: Int! @id\n  name: String!\n}\n")
    place.must("db:sync", "--yes")
    assert seeded(
        place,
        {
            "20_tag.csv": "id,name\n1,second\n",
            "10_tag.csv": "id,name\n1,first\n2,two\n",
            "local/05_tag.json": [{"id": 1, "name": "local"}],
            "other/05_tag.json": [{"id": 1, "name": "other"}],
            "notes.md": "not a seed",
        },
    ) == [
        "seeds/10_tag.csv: Tag 2 added",
        "seeds/20_tag.csv: Tag 1 changed",
        "seeds/local/05_tag.json: Tag 1 changed",
    ]
    assert place.sql("SELECT id, name FROM tags ORDER BY id") == [(1, "local"), (2, "two")]


def test_every_type_comes_from_csv_json_and_yaml_alike(shop: Place) -> None:
    yaml = """\
User:
  - email: yaml@x
    name: "no"
    role: ADMIN
    score: 12.50
    active: false
    born: 1990-02-03
    wakes: 07:30:00
    seenAt: 2024-01-20T14:30:00+02:00
    settings: {a: [1, 2.5, null], no: yes}
    avatar: aGVsbG8=
    nicks: [x, "y,z", 'q"']
"""
    row = {
        "email": "json@x",
        "name": "no",
        "role": "ADMIN",
        "score": 12.50,
        "active": False,
        "born": "1990-02-03",
        "wakes": "07:30:00",
        "seenAt": "2024-01-20T12:30:00Z",
        "settings": {"a": [1, 2.5, None], "no": "yes"},
        "avatar": "aGVsbG8=",
        "nicks": ["x", "y,z", 'q"'],
    }
    cells = [value if isinstance(value, str) else json.dumps(value) for value in row.values()]
    cells[0] = "csv@x"
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    files = {
        "User.csv": f"{','.join(row)}\n{quoted}\n",
        "more.json": {"User": [row]},
        "users.yml": yaml,
    }
    seeded(shop, files)
    columns = "name, role, score, active, born, wakes, seen_at, settings, avatar, nicks"
    found = shop.sql(f"SELECT {columns} FROM users")
    assert len(found) == 3
    assert found[0] == found[1] == found[2]
    name, role, score, active, _, _, seen, settings, avatar, nicks = found[0]
    assert (name, role, float(score), bool(active), bytes(avatar)) == (
        "no",
        "admin",
        12.5,
        False,
        b"hello",
    )
    assert str(seen).replace("T", " ")[:19] == "2024-01-20 12:30:00"
    assert (json.loads(settings) if isinstance(settings, str) else settings) == row["settings"]
    assert (json.loads(nicks) if isinstance(nicks, str) else nicks) == row["nicks"]
    assert [line.rpartition(" 1 ")[2] for line in seeded(shop, files)] == ["as they were"] * 3


def test_texts_come_as_they_are(shop: Place) -> None:
    texts = [
        "it's",
        'say "hi"',
        "back\\slash\\",
        "50% %s %(x)s",
        "a; DROP TABLE tags; --",
        "$$ $1 ?",
        "line\nbreak",
        "🐘 ü \u202e",
        " spaces ",
        "",
    ]
    seeded(shop, {"Tag.json": [{"name": text} for text in texts]})
    assert sorted(name for (name,) in shop.sql("SELECT name FROM tags")) == sorted(texts)
    assert seeded(shop, {}) == ["seeds/Tag.json: Tag 10 as they were"]


def test_no_character_is_lost_on_the_way(shop: Place) -> None:
    letters = [chr(code) for code in (*range(1, 33), 34, 39, 92, 127, 133, 0x2028, 0xFEFF, 0xFFFD)]
    texts = [
        *(f"<{letter}>" for letter in letters),
        "\\N",
        "NULL",
        "null",
        "\\.",
        "a\u0301",
        "\\x41",
    ]
    users = [{"email": f"{number}@x", "name": text} for number, text in enumerate(texts)]
    seeded(shop, {"a.json": {"User": users}})
    found = dict(shop.sql("SELECT email, name FROM users"))
    assert [found[f"{number}@x"] for number in range(len(texts))] == texts
    assert seeded(shop, {}) == [f"seeds/a.json: User {len(texts)} as they were"]


def test_children_may_stand_before_their_parents_and_name_them_by_a_key(shop: Place) -> None:
    files = {
        "10_posts.json": {
            "Post": [
                {"id": 7, "title": "re", "author": {"email": "bob@x"}, "replyToId": 9},
                {"id": 9, "title": "hi", "author": {"email": "ann@x"}, "tags": [{"name": "a"}, 2]},
            ],
            "Tag": [{"name": "a"}, {"id": 2, "name": "b"}],
        },
        "20_user.csv": "email,name\nann@x,Ann\nbob@x,Bob\n",
        "30_post.csv": "id,title,author.email,replyTo.id,tags\n11,csv,ann@x,7,1;2\n12,top,bob@x,,\n",
    }
    seeded(shop, files)
    found = shop.sql(
        "SELECT p.id, u.email, p.reply_to_id FROM posts p JOIN users u ON u.id = p.author_id ORDER BY 1"
    )
    assert found == [
        (7, "bob@x", 9),
        (9, "ann@x", None),
        (11, "ann@x", 7),
        (12, "bob@x", None),
    ]
    assert shop.sql("SELECT post_id, tag_id FROM post_tags ORDER BY 1, 2") == [
        (9, 1),
        (9, 2),
        (11, 1),
        (11, 2),
    ]
    assert not any("added" in line or "changed" in line for line in seeded(shop, {}))


def test_models_that_refer_to_each_other_are_seeded(place: Place) -> None:
    place.configure(migrations={"mode": "declarative"})
    place.schema(
        """\
model Team {
  id: Int! @id
  leadId: Int?
  lead: Person? @relation(name: "leads", fields: [leadId], references: [id])
  people: [Person!]! @relation(name: "belongs")
}
model Person {
  id: Int! @id
  teamId: Int!
  team: Team! @relation(name: "belongs", fields: [teamId], references: [id])
  bossId: Int!
  boss: Person! @relation(name: "bosses", fields: [bossId], references: [id])
  minions: [Person!]! @relation(name: "bosses")
  leads: [Team!]! @relation(name: "leads")
}
"""
    )
    place.must("db:sync", "--yes")
    files = {
        "all.yaml": """\
Person:
  - {id: 3, teamId: 1, bossId: 2}
  - {id: 2, teamId: 1, bossId: 1}
  - {id: 1, teamId: 1, bossId: 1}
Team:
  - {id: 1, leadId: 3}
"""
    }
    assert seeded(place, files) == ["seeds/all.yaml: Person 3 added; Team 1 added"]
    assert place.sql("SELECT lead_id FROM teams") == [(3,)]
    assert seeded(place, {}) == ["seeds/all.yaml: Person 3 as they were; Team 1 as they were"]


def test_counters_go_on_behind_the_rows(shop: Place) -> None:
    seeded(shop, {"Tag.json": [{"id": 41, "name": "a"}], "tags.sql": "UPDATE tags SET id = 42;"})
    shop.sql("INSERT INTO tags (name) VALUES ('next')")
    assert one_value(shop, "SELECT max(id) FROM tags") == 43


def test_sql_runs_statement_by_statement_with_the_rest(shop: Place) -> None:
    files = {
        "10_Tag.json": [{"name": "a"}],
        "20.sql": "-- two statements\nUPDATE tags SET name = 'b;%s';\nDELETE FROM tags WHERE name = 'x';",
    }
    assert seeded(shop, files) == ["seeds/10_Tag.json: Tag 1 added", "seeds/20.sql: 2 statements"]
    assert shop.sql("SELECT name FROM tags") == [("b;%s",)]


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
    "a moment": (
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


def test_keys_that_the_server_alone_takes_for_the_same_are_one_row(shop: Place) -> None:
    files = {"10.json": {"Tag": [{"name": "A"}, {"name": "a"}]}, "20_Tag.json": [{"name": "b"}]}
    seeded(shop, files)
    assert rows(shop, "tags") == (2 if shop.provider == "mysql" else 3)


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


def test_an_environment_is_no_way_out_of_the_folder(
    shop: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shop.folder / "outside").mkdir()
    (shop.folder / "outside" / "Tag.json").write_text('[{"name": "out"}]')
    monkeypatch.setenv("OKRA_ENV", "../outside")
    assert seeded(shop, {"Tag.json": [{"name": "in"}]}) == ["seeds/Tag.json: Tag 1 added"]


@pytest.mark.parametrize("target", ["../outside.json", "/etc/passwd", "Tag.csv"])
def test_a_link_that_leads_out_of_the_folder_or_nowhere_is_no_seed(
    shop: Place, target: str
) -> None:
    (shop.folder / "outside.json").write_text('{"Tag": [{"name": "out"}]}')
    (shop.folder / "seeds").mkdir(exist_ok=True)
    (shop.folder / "seeds" / "Tag.csv").symlink_to(target)
    found = shop.okra("db:seed")
    assert (found.code, rows(shop, "tags")) == (2 if "/" in target else 1, 0)
    assert found.err.startswith(
        "error[OKR595]: `seeds/Tag.csv` leads out of the folder of seeds\n"
        if "/" in target
        else "error[OKR596]: the seed can't be read as CSV: it is not a file\n"
    )


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


def test_the_document_says_what_became_of_each_file(shop: Place) -> None:
    write(shop, {"Tag.json": [{"name": "a"}], "x.sql": "DELETE FROM posts;"})
    assert shop.okra("db:seed", "--json").json()["files"] == [
        {
            "file": "seeds/Tag.json",
            "models": [{"model": "Tag", "inserted": 1, "updated": 0, "unchanged": 0}],
            "statements": None,
            "codeHash": None,
        },
        {"file": "seeds/x.sql", "models": [], "statements": 1, "codeHash": None},
    ]
