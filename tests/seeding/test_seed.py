"""`okra db:seed` on each kind of database: what files can hold, and what becomes of rows that are there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from seeds import ANN, BOB, one_value, rows, seeded, write

if TYPE_CHECKING:
    from places import Place


YAML = """\
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


ROW = {
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
    cells = [value if isinstance(value, str) else json.dumps(value) for value in ROW.values()]
    cells[0] = "csv@x"
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    files = {
        "User.csv": f"{','.join(ROW)}\n{quoted}\n",
        "more.json": {"User": [ROW]},
        "users.yml": YAML,
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
    assert (json.loads(settings) if isinstance(settings, str) else settings) == ROW["settings"]
    assert (json.loads(nicks) if isinstance(nicks, str) else nicks) == ROW["nicks"]
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


def test_keys_that_the_server_alone_takes_for_the_same_are_one_row(shop: Place) -> None:
    files = {"10.json": {"Tag": [{"name": "A"}, {"name": "a"}]}, "20_Tag.json": [{"name": "b"}]}
    seeded(shop, files)
    assert rows(shop, "tags") == (2 if shop.provider == "mysql" else 3)


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
