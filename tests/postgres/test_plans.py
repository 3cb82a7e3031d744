"""Plans for PostgreSQL where a golden file does not show it: what is kept in order by triggers, what is refused, what may wait."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

import okra
from goldens import run
from okra.dialects import dialect
from okra.dialects.session import connect
from okra.errors import DatabaseError
from okra.plan import HazardKind
from okra.relational.diff import diff
from okra.relational.model import Database, EnumType
from plans import first, second

if TYPE_CHECKING:
    from pathlib import Path

    from okra.url import DatabaseUrl

USERS = "model User {\n  id: Int! @id\n  mail: String\n}"
REQUIRED = "model User {\n  id: Int! @id\n  mail: String! @unique(constraint: true)\n}"


def test_without_online_a_change_is_one_transaction() -> None:
    plan = second(USERS, REQUIRED, online=False).plan

    [statement] = plan.statements
    assert statement.sql.splitlines() == [
        'ALTER TABLE "users"',
        '  ALTER COLUMN "mail" SET NOT NULL,',
        '  ADD CONSTRAINT "users_mail_key" UNIQUE ("mail")',
    ]
    assert all(each.transactional and not each.anew for each in plan.statements)
    assert HazardKind.BLOCKS in {hazard.kind for hazard in plan.hazards}


def test_online_nothing_is_looked_at_while_others_wait() -> None:
    plan = second(USERS, REQUIRED).plan

    assert HazardKind.BLOCKS not in {hazard.kind for hazard in plan.hazards}
    assert [each.sql for each in plan.statements if not each.transactional] == [
        'CREATE UNIQUE INDEX CONCURRENTLY "users_mail_key" ON "users" ("mail")'
    ]


@pytest.mark.parametrize(("said", "concurrent"), [(None, True), (True, True), (False, False)])
def test_the_configuration_turns_online_off(
    tmp_path: Path, said: bool | None, concurrent: bool
) -> None:
    migrations = {} if said is None else {"online": said}
    file = {"database": {"provider": "postgres", "url": "postgres://h/d", "migrations": migrations}}
    (tmp_path / "okra.config.json").write_text(json.dumps(file))
    schema = tmp_path / "models.okra.gql"
    schema.write_text(USERS)
    project = okra.load(tmp_path / "okra.config.json")
    project.write(project.prepare(), verify=False)
    schema.write_text(REQUIRED)

    [prepared] = okra.load(tmp_path / "okra.config.json").prepare()

    assert ("CONCURRENTLY" in prepared.draft.migration_sql("v")) is concurrent


def test_a_view_on_what_changes_is_named_and_nothing_is_lost(postgres: DatabaseUrl) -> None:
    change = second(USERS, "model User {\n  id: BigInt! @id\n}")
    with closing(connect(postgres, lock_timeout_ms=5_000)) as session:
        run(session, "postgres", first(USERS).migration_sql("v"))
        session.execute("CREATE VIEW addresses AS SELECT mail FROM users")

        with pytest.raises(DatabaseError) as caught:
            run(session, "postgres", change.migration_sql("v"))
        session.rollback()

        assert caught.value.code == "OKR420"
        assert "view addresses depends on column mail" in caught.value.message
        assert session.query("SELECT count(*) FROM addresses") == [(0,)]


TIMES = """model Page {{
  id: Int! @id
  text: JSON @db(type: "json")
  size: Int @computed(expr: "id * 2", stored: true)
  changed: DateTime! @updatedAt{rest}
}}"""


def changed(session, sql: str) -> bool:
    """Whether `sql` makes the row one that has just changed."""
    session.execute("UPDATE pages SET changed = '2001-01-01'")
    session.execute(sql)
    [(year,)] = session.query("SELECT extract(year FROM changed)::int FROM pages")
    return year != 2001


def test_updated_at_follows_what_changes_and_gives_way_to_the_client(postgres: DatabaseUrl) -> None:
    with closing(connect(postgres, lock_timeout_ms=5_000)) as session:
        run(session, "postgres", first(TIMES.format(rest="")).migration_sql("v"))
        session.execute("INSERT INTO pages (id, text) VALUES (1, '{}')")

        assert changed(session, "UPDATE pages SET text = '[]'")
        assert changed(session, "UPDATE pages SET id = 2")
        assert not changed(session, "UPDATE pages SET id = id, text = text")
        assert not changed(session, "UPDATE pages SET id = 3, changed = '2001-02-03'")


def test_values_for_rows_that_have_none_do_not_make_them_changed(postgres: DatabaseUrl) -> None:
    before = TIMES.format(rest="\n  note: String")
    after = TIMES.format(rest='\n  note: String! @default("none")')
    change = second(before, after)
    with closing(connect(postgres, lock_timeout_ms=5_000)) as session:
        run(session, "postgres", first(before).migration_sql("v"))
        session.execute("INSERT INTO pages (id, changed) VALUES (1, '2001-01-01')")

        run(session, "postgres", change.migration_sql("v"))

        assert session.query("SELECT note, changed::date::text FROM pages") == [
            ("none", "2001-01-01")
        ]
        assert changed(session, "UPDATE pages SET note = 'x'")


def test_a_function_that_another_schema_uses_stays(postgres: DatabaseUrl) -> None:
    with closing(connect(postgres, lock_timeout_ms=5_000)) as session:
        made = first(TIMES.format(rest=""))
        run(session, "postgres", made.migration_sql("v"))
        session.execute("CREATE TABLE others (id integer, changed timestamp)")
        session.execute(
            "CREATE TRIGGER _okra_updated_at_changed BEFORE UPDATE ON others"
            " FOR EACH ROW EXECUTE FUNCTION _okra_touch_changed()"
        )

        run(session, "postgres", made.rollback_sql("v"))

        assert session.query(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'others'::regclass"
        ) == [(1,)]


def test_a_schema_that_is_there_needs_no_right_to_make_one(postgres: DatabaseUrl) -> None:
    made = first('model Bill @schema(name: "billing") {\n  id: Int! @id\n}')
    with closing(connect(postgres, lock_timeout_ms=5_000)) as session:
        [(database,)] = session.query("SELECT current_database()")
        role = f"{database}_owner"
        session.execute(f'CREATE ROLE "{role}"')
        session.execute(f'CREATE SCHEMA billing AUTHORIZATION "{role}"')
        session.execute(f'SET ROLE "{role}"')

        run(session, "postgres", made.migration_sql("v"))

        assert session.query("SELECT to_regclass('billing.bills')::text") == [("billing.bills",)]
        session.execute("RESET ROLE")
        session.execute("DROP SCHEMA billing CASCADE")
        session.execute(f'DROP ROLE "{role}"')


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "enum Mood {\n  SAD\n}\nmodel Day {\n  id: Int! @id\n}",
            'enum Mood {\n  SAD\n  SO @value("so, so")\n}\n'
            "model Day {\n  id: Int! @id\n  moods: [Mood!]! @default([SAD, SO])\n}",
            id="in a list",
        ),
        pytest.param(
            "enum Mood {\n  SAD\n}\nenum Sky {\n  BLUE\n  RED\n}\n"
            "model Day {\n  id: Int! @id\n  mood: Mood\n  sky: Sky\n}",
            "enum Mood {\n  SAD\n  FINE\n}\nenum Sky {\n  BLUE\n  FINE\n}\n"
            "model Day {\n  id: Int! @id\n  mood: Mood @default(FINE)\n  sky: Sky\n}",
            id="beside a type that is made anew with the same value",
        ),
    ],
)
def test_a_value_is_committed_before_it_is_used(
    postgres: DatabaseUrl, before: str, after: str
) -> None:
    with closing(connect(postgres, lock_timeout_ms=5_000)) as session:
        run(session, "postgres", first(before).migration_sql("v"))

        run(session, "postgres", second(before, after).migration_sql("v"))

        session.execute("INSERT INTO days (id) VALUES (1)")


@pytest.mark.parametrize("name", ["a.b", "$okra$", "a$okra$b$okra1$c"])
def test_names_with_points_and_dollars_reach_triggers_sequences_and_indexes(
    postgres: DatabaseUrl, name: str
) -> None:
    before = f"""model Page {{
  id: Int! @id
  size: Int! @column(name: "{name}") @index
}}"""
    after = f"""model Sheet @renamed(from: "Page") {{
  id: Int! @id
  size: Int! @column(name: "{name}") @index @db(type: "serial") @default(autoincrement)
  changed: DateTime! @updatedAt @column(name: "c{name}")
}}"""
    change = second(before, after)
    with closing(connect(postgres, lock_timeout_ms=5_000)) as session:
        run(session, "postgres", first(before).migration_sql("v"))

        run(session, "postgres", change.migration_sql("v"))
        found = dialect("postgres").introspect(session)

        assert (diff(found.database, change.after), found.ignored) == ((), ())
        run(session, "postgres", change.rollback_sql("v"))
        assert diff(dialect("postgres").introspect(session).database, change.before) == ()


def test_what_comes_to_the_default_schema_comes_to_that_of_the_url(postgres: DatabaseUrl) -> None:
    before = """enum Kind @schema(name: "old%s") {
  SMALL
}
model Page @schema(name: "old%s") {
  id: Int! @id
  kind: Kind
}"""
    after = before.replace(' @schema(name: "old%s")', "")
    with closing(connect(postgres, lock_timeout_ms=5_000)) as session:
        session.execute("CREATE SCHEMA app")
        session.execute("SET search_path = app")
        run(session, "postgres", first(before).migration_sql("v"))

        run(session, "postgres", second(before, after).migration_sql("v"))

        assert session.query(
            "SELECT relname::text FROM pg_class WHERE relnamespace = 'app'::regnamespace"
            " AND relkind = 'r' UNION ALL"
            " SELECT typname::text FROM pg_type WHERE typnamespace = 'app'::regnamespace"
            " AND typtype = 'e'"
        ) == [("pages",), ("kind",)]


def test_an_enum_without_values_gets_some(postgres: DatabaseUrl) -> None:
    before = Database(enums=(EnumType(name="mood", values=()),))
    after = Database(enums=(EnumType(name="mood", values=("sad", "fine")),))
    with closing(connect(postgres, lock_timeout_ms=5_000)) as session:
        session.execute("CREATE TYPE mood AS ENUM ()")

        for statement in dialect("postgres").plan(diff(before, after), after).statements:
            session.execute(statement.sql)

        assert dialect("postgres").introspect(session, wanted=after).database == after


@pytest.mark.parametrize("online", [True, False])
def test_tables_that_refer_to_each_other_become_unlogged_together(
    postgres: DatabaseUrl, *, online: bool
) -> None:
    before = """model Shelf {
  id: Int! @id
  books: [Book!]!
}
model Book {
  id: Int! @id
  shelfId: Int
  shelf: Shelf @relation(fields: [shelfId], references: [id])
}"""
    after = before.replace(" {", " @table(unlogged: true) {")
    change = second(before, after, online=online)
    with closing(connect(postgres, lock_timeout_ms=5_000)) as session:
        run(session, "postgres", first(before).migration_sql("v"))

        run(session, "postgres", change.migration_sql("v"))

        assert diff(dialect("postgres").introspect(session).database, change.after) == ()
        run(session, "postgres", change.rollback_sql("v"))
        assert diff(dialect("postgres").introspect(session).database, change.before) == ()


def test_a_value_that_comes_back_is_committed_before_rows_get_the_first_of_all(
    postgres: DatabaseUrl,
) -> None:
    before = """enum Mood {
  SAD
  FINE
}
model Day {
  id: Int! @id
  mood: Mood!
}"""
    after = """enum Mood {
  SAD
}
model Day {
  id: Int! @id
}"""
    change = second(before, after)
    with closing(connect(postgres, lock_timeout_ms=5_000)) as session:
        run(session, "postgres", first(before).migration_sql("v"))
        session.execute("INSERT INTO days VALUES (1, 'FINE')")
        run(session, "postgres", change.migration_sql("v"))

        run(session, "postgres", change.rollback_sql("v"))

        assert session.query("SELECT mood::text FROM days") == [("SAD",)]
