"""Plans for what happens to the columns of tables that stay: values, defaults, counters."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from goldens import run
from okra.dialects import dialect
from okra.dialects.session import connect
from okra.migrations.draft import Manner, draft
from okra.plan import HazardKind
from okra.relational.diff import diff
from plans import first, parsed, second

if TYPE_CHECKING:
    from okra.url import DatabaseUrl


@pytest.mark.parametrize("online", [True, False])
def test_a_column_that_comes_to_count_goes_on_behind_its_rows_whatever_else_is_required(
    postgres: DatabaseUrl, *, online: bool
) -> None:
    before = "model Page {\n  id: Int! @id\n  text: String\n}"
    after = "model Page {\n  id: Int! @id @default(autoincrement)\n  text: String!\n}"
    change = second(before, after, online=online)
    with closing(connect(postgres, lock_timeout_ms=5_000)) as session:
        run(session, "postgres", first(before).migration_sql("v"))
        session.execute("INSERT INTO pages (id, text) VALUES (1, 'a'), (2, 'b')")

        run(session, "postgres", change.migration_sql("v"))

        assert session.query("INSERT INTO pages (text) VALUES ('c') RETURNING id") == [(3,)]


def test_a_new_columns_default_is_there_while_older_rows_wait_for_their_values() -> None:
    before = "model Page {\n  id: Int! @id\n  text: String\n}"
    after = 'model Page {\n  id: Int! @id\n  text: String\n  size: String! @default("A4")\n}'
    fills = {("pages", "size"): "upper(text)"}
    made = first(before)

    change = draft("postgres", made.after, parsed(before), parsed(after), fills=fills)

    assert change.plan.statements[0].sql.splitlines() == [
        'ALTER TABLE "pages"',
        '  ADD COLUMN "size" text,',
        "  ALTER COLUMN \"size\" SET DEFAULT 'A4',",
        '  ADD CONSTRAINT "_okra_required_size" CHECK ("size" IS NOT NULL) NOT VALID',
    ]


@pytest.mark.parametrize(
    ("fill", "doubtful"),
    [("upper(name)", True), ("(select 'x' limit 1)", True), ("upper(code)", False), ("'x'", False)],
)
def test_a_value_that_may_be_null_for_a_row_is_told(fill: str, doubtful: bool) -> None:
    before = "model Page {\n  id: Int! @id\n  code: String!\n  name: String\n  text: String\n}"
    after = before.replace("text: String", "text: String!")
    made = first(before)

    change = draft(
        "postgres", made.after, parsed(before), parsed(after), fills={("pages", "text"): fill}
    )

    assert (HazardKind.MAY_FAIL in {hazard.kind for hazard in change.hazards}) is doubtful


@pytest.mark.parametrize(
    ("kind", "default", "rewrites"),
    [
        ("odd", "1", True),
        ("odd[]", "'{1}'", False),
        ("integer", "1", False),
        ("timestamptz(3)", "now()", False),
    ],
)
def test_a_default_is_written_to_all_rows_where_its_type_may_have_checks(
    postgres: DatabaseUrl, kind: str, default: str, rewrites: bool
) -> None:
    before = "model Page {\n  id: Int! @id\n}"
    field = f'kind: Native @db(type: "{kind}") @default(sql("{default}"))'
    after = before.replace("\n}", f"\n  {field}\n}}")
    change = second(before, after)
    place = "SELECT pg_relation_filenode('pages')"
    with closing(connect(postgres, lock_timeout_ms=5_000)) as session:
        session.execute("CREATE DOMAIN odd AS integer CHECK (value % 2 = 1)")
        run(session, "postgres", first(before).migration_sql("v"))
        session.execute("INSERT INTO pages VALUES (1)")
        old = session.query(place)

        run(session, "postgres", change.migration_sql("v"))

        told = HazardKind.REWRITES in {hazard.kind for hazard in change.hazards}
        assert (told, session.query(place) != old) == (rewrites, rewrites)


def test_lists_and_moments_become_json_and_come_back(postgres: DatabaseUrl) -> None:
    before = """model Page {
  id: Int! @id
  tags: [String!]! @default([])
  sizes: [Int!]
  day: Date
  mark: ID
}"""
    after = """model Page {
  id: Int! @id
  tags: JSON! @default([])
  sizes: JSON
  day: JSON
  mark: JSON
}"""
    change = second(before, after)
    uuid = "00000000-0000-0000-0000-000000000001"
    with closing(connect(postgres, lock_timeout_ms=5_000)) as session:
        run(session, "postgres", first(before).migration_sql("v"))
        session.execute(
            f"INSERT INTO pages VALUES (1, '{{a,\"[{{\"}}', '{{1,2}}', '2020-02-29', '{uuid}')"
        )
        session.execute("INSERT INTO pages VALUES (2)")
        old = session.query("SELECT * FROM pages ORDER BY id")

        run(session, "postgres", change.migration_sql("v"))

        assert session.query("SELECT * FROM pages ORDER BY id") == [
            (1, ["a", "[{"], [1, 2], "2020-02-29", uuid),
            (2, [], None, None, None),
        ]
        run(session, "postgres", change.rollback_sql("v"))
        assert session.query("SELECT * FROM pages ORDER BY id") == old


@pytest.mark.parametrize("online", [True, False])
def test_a_key_of_values_that_rows_get_from_another_column_takes_the_place_of_one_that_goes(
    postgres: DatabaseUrl, *, online: bool
) -> None:
    before = "model Page {\n  id: Int! @id\n  number: Int!\n}"
    after = "model Page {\n  code: Int! @id\n  number: Int!\n}"
    fills = {("pages", "code"): "number * 10"}
    made = first(before)
    change = draft(
        "postgres",
        made.after,
        parsed(before),
        parsed(after),
        fills=fills,
        manner=Manner(online=online),
    )
    with closing(connect(postgres, lock_timeout_ms=5_000)) as session:
        run(session, "postgres", made.migration_sql("v"))
        session.execute("INSERT INTO pages VALUES (1, 5), (2, 6)")

        run(session, "postgres", change.migration_sql("v"))

        assert session.query("SELECT code, number FROM pages ORDER BY code") == [(50, 5), (60, 6)]
        found = dialect("postgres").introspect(session).database
        assert diff(found, change.after) == ()
