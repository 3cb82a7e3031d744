"""What rules say happens, happens: on each kind of server. The locks of PostgreSQL are in test_claims_postgres.py."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from linting import WORLD, in_schema, world_sql
from okra.dialects import dialect
from okra.dialects.session import connect
from okra.errors import DatabaseError
from okra.lint import RULES, rule_of

if TYPE_CHECKING:
    from places import Place

ROWS = """
INSERT INTO users (id, name, age, state, email, phone, mail) VALUES (1, 'a', 3, NULL, NULL, '1', 'a@x'), (2, 'b', 4, NULL, NULL, '1', 'b@x');
INSERT INTO posts (id, title, author_id) VALUES (1, 't', 1);
INSERT INTO products (id, code) VALUES (1, '007'), (2, 'x');
INSERT INTO sessions (id, expires_at) VALUES ('11111111-1111-4111-8111-111111111111', '2020-01-01 00:00:00');
INSERT INTO invoices (id) VALUES ('11111111-1111-4111-8111-111111111111');
"""
TEXT = {"postgres": "text", "mysql": "varchar(255)", "sqlite": "text"}


@pytest.fixture
def shop(place: Place) -> Place:
    """The small shop with rows in it."""
    place.sql(world_sql(place.provider) + ROWS)
    return place


def applied(place: Place, schema: str) -> None:
    """A database that is as `schema` says."""
    place.schema(schema)
    _, out, _ = place.okra("db:diff", "empty", "schema", "--sql")
    place.sql(out)


def fails(place: Place, sql: str) -> str:
    """What the server says against `sql`."""
    *before, last = dialect(place.provider).split(sql)
    with closing(connect(place.url, lock_timeout_ms=5_000)) as session:
        for script in before:
            session.execute(script.sql)
        with pytest.raises(DatabaseError) as refused:
            session.execute(last.sql) if "SELECT" not in last.sql[:6] else session.query(last.sql)
        return refused.value.message


def example(code: str) -> str:
    return rule_of(code).example.rstrip(";") + ";"


def test_every_rule_has_a_test_of_its_claim() -> None:
    texts = [path.read_text() for path in Path(__file__).parent.glob("test_claims*.py")]
    assert (
        sorted(RULES.keys() - {code for text in texts for code in re.findall(r"OKR3\d\d", text)})
        == []
    )


def test_what_is_dropped_is_not_brought_back_by_the_way_back(place: Place) -> None:
    """OKR301, OKR302"""
    place.configure()
    place.schema("model User { id: Int! @id  phone: String }\nmodel Note { id: Int! @id }")
    place.must("db:migrate:generate")
    place.must("db:migrate:up")
    place.sql("INSERT INTO users (id, phone) VALUES (1, '5'); INSERT INTO notes (id) VALUES (1);")
    place.schema("model User { id: Int! @id }")
    place.must("db:migrate:generate")
    place.must("db:migrate:up", "--allow", "blocking")
    place.must("db:migrate:down", "--yes", "--allow", "blocking")
    assert place.sql("SELECT id, phone FROM users") == [(1, None)]
    assert place.sql("SELECT count(*) FROM notes") == [(0,)]


def test_delete_without_where_removes_every_row(shop: Place) -> None:
    """OKR303"""
    shop.sql(example("OKR303"))
    assert shop.sql("SELECT count(*) FROM sessions") == [(0,)]


def test_whoever_changes_a_row_waits_for_the_update_of_all(shop: Place) -> None:
    """OKR304"""
    with (
        closing(connect(shop.url, lock_timeout_ms=5_000)) as one,
        closing(connect(shop.url, lock_timeout_ms=500)) as other,
    ):
        one.begin()
        one.execute(example("OKR304").rstrip(";"))
        if shop.provider == "postgres":
            other.execute("SET lock_timeout = '300ms'")
        if shop.provider == "mysql":
            other.execute("SET innodb_lock_wait_timeout = 1")
        if shop.provider == "sqlite":
            other.execute("PRAGMA busy_timeout = 300")
        with pytest.raises(DatabaseError):
            other.execute("UPDATE users SET age = 5 WHERE id = 2")
        one.rollback()


def test_rows_have_nothing_to_put_into_a_required_column(shop: Place) -> None:
    """OKR305"""
    sql = example("OKR305")
    if shop.provider == "mysql":
        shop.sql(sql)
        assert shop.sql("SELECT country FROM users") == [("",), ("",)]
    else:
        fails(shop, sql)


def test_a_row_with_null_keeps_a_column_from_becoming_required(shop: Place) -> None:
    """OKR306"""
    if shop.provider == "sqlite":
        copy = "INSERT INTO users_new (id, email) SELECT id, email FROM users"
        fails(shop, f"CREATE TABLE users_new (id integer, email text NOT NULL); {copy};")
    elif shop.provider == "mysql":
        fails(shop, "ALTER TABLE users MODIFY COLUMN email varchar(255) NOT NULL;")
    else:
        fails(shop, example("OKR306"))


def test_equal_rows_keep_a_key_from_being_made(shop: Place) -> None:
    """OKR308"""
    fails(shop, "CREATE UNIQUE INDEX users_phone_key ON users (phone);")


def test_up_refuses_what_may_not_stand_in_a_file(place: Place) -> None:
    """OKR311"""
    place.configure()
    place.schema("model User { id: Int! @id  state: String }")
    place.must("db:migrate:generate")
    file = next((place.folder / "migrations").glob("2*/migration.sql"))
    file.write_text(file.read_text() + "\n" + example("OKR311"))
    assert "has no place in a migration" in place.okra("db:migrate:verify").err
    assert "error[OKR311]: `BEGIN`" in place.okra("db:lint", "--all").out


def test_a_change_of_type_fails_on_values_or_changes_them(shop: Place) -> None:
    """OKR313"""
    if shop.provider == "postgres":
        fails(shop, example("OKR313"))
    elif shop.provider == "mysql":
        fails(shop, "ALTER TABLE products MODIFY COLUMN code int NOT NULL;")
    else:
        shop.sql("CREATE TABLE p (code integer); INSERT INTO p SELECT code FROM products;")
        assert shop.sql("SELECT code FROM p ORDER BY rowid") == [(7,), ("x",)]


def test_code_that_uses_the_old_name_of_a_table_fails_without_a_view(shop: Place) -> None:
    """OKR320"""
    shop.sql(example("OKR320"))
    fails(shop, "SELECT name FROM users;")
    shop.sql("CREATE VIEW users AS SELECT * FROM accounts;")
    assert len(shop.sql("SELECT name FROM users")) == 2


def test_code_that_uses_the_old_name_of_a_column_fails(shop: Place) -> None:
    """OKR321"""
    shop.sql("ALTER TABLE users RENAME COLUMN mail TO address;")
    fails(shop, "SELECT mail FROM users;")


def test_if_not_exists_takes_a_table_of_another_shape(shop: Place) -> None:
    """OKR325"""
    shop.sql("CREATE TABLE IF NOT EXISTS users (other int);")
    fails(shop, "SELECT other FROM users;")


@pytest.mark.only_on("postgres", "mariadb", "mysql")
def test_without_its_foreign_key_rows_refer_to_nothing_and_the_way_back_fails(shop: Place) -> None:
    """OKR327, OKR328"""
    word = "FOREIGN KEY" if shop.provider == "mysql" else "CONSTRAINT"
    shop.sql(f"ALTER TABLE posts DROP {word} posts_author_id_fkey;")
    shop.sql("DELETE FROM users WHERE id = 1;")
    fails(shop, "ALTER TABLE posts ADD FOREIGN KEY (author_id) REFERENCES users (id);")


def test_a_row_that_refers_to_nothing_keeps_a_key_from_being_made(place: Place) -> None:
    """OKR328, on SQLite too, by OKRA's look before the commit"""
    place.configure()
    users = "model User { id: Int! @id  %s }\n"
    place.schema(users % "" + "model Post { id: Int! @id  authorId: Int! }")
    place.must("db:migrate:generate")
    place.must("db:migrate:up")
    place.sql("INSERT INTO posts (id, author_id) VALUES (1, 99);")
    relation = "author: User! @relation(fields: [authorId], references: [id])"
    place.schema(
        users % "posts: [Post!]"
        + f"model Post {{ id: Int! @id  authorId: Int! @index  {relation} }}"
    )
    place.must("db:migrate:generate")
    assert "OKR328" in place.okra("db:lint").out
    assert place.okra("db:migrate:up", "--allow", "blocking").code == 1


def test_a_row_that_a_check_forbids_keeps_it_from_being_made(shop: Place) -> None:
    """OKR329"""
    if shop.provider == "sqlite":
        make = "CREATE TABLE users_new (age integer CHECK (age >= 18))"
        fails(shop, f"{make}; INSERT INTO users_new SELECT age FROM users;")
    else:
        fails(shop, example("OKR329"))


def test_equal_rows_get_into_a_table_without_a_key(place: Place) -> None:
    """OKR340"""
    applied(place, rule_of("OKR340").example)
    place.sql("INSERT INTO logs (message) VALUES ('a'); INSERT INTO logs (message) VALUES ('a');")
    assert place.sql("SELECT count(*) FROM logs") == [(2,)]


def explained(place: Place, sql: str) -> str:
    with closing(connect(place.url, lock_timeout_ms=5_000)) as session:
        if place.provider == "postgres":
            session.execute("SET enable_seqscan = off")
        return str(session.query(sql))


@pytest.mark.only_on("sqlite", "postgres")
@pytest.mark.parametrize("way", ["example", "safe"])
def test_without_an_index_the_whole_table_is_read_for_what_refers_to_a_row(
    place: Place, way: str
) -> None:
    """OKR341"""
    schema = getattr(rule_of("OKR341"), way)
    applied(place, schema + "\nmodel User { id: ID! posts: [Post!] }")
    key = "'11111111-1111-4111-8111-111111111111'"
    found = explained(
        place,
        f"EXPLAIN {'QUERY PLAN ' if place.provider == 'sqlite' else ''}"
        f"SELECT 1 FROM posts WHERE author_id = {key}",
    )
    assert ("posts_author_id_idx" in found) is (way == "safe"), found


@pytest.mark.only_on("mariadb", "mysql")
def test_mysql_makes_the_index_of_a_foreign_key_by_itself(place: Place) -> None:
    """OKR341 is not about MySQL"""
    assert "mysql" not in rule_of("OKR341").providers
    place.sql("CREATE TABLE a (id int PRIMARY KEY);")
    place.sql("CREATE TABLE b (a_id int, FOREIGN KEY (a_id) REFERENCES a (id));")
    assert place.sql(
        "SELECT count(*) FROM information_schema.statistics WHERE table_name = 'b' AND table_schema = database()"
    ) == [(1,)]


def test_the_longer_index_serves_what_the_shorter_one_does(place: Place) -> None:
    """OKR342"""
    applied(place, rule_of("OKR342").safe)
    key = "'11111111-1111-4111-8111-111111111111'"
    found = explained(
        place,
        f"EXPLAIN {'QUERY PLAN ' if place.provider == 'sqlite' else ''}"
        f"SELECT 1 FROM posts WHERE author_id = {key}",
    )
    assert "posts_author_id_created_at_idx" in found


@pytest.mark.only_on("postgres", "mariadb", "mysql")
def test_a_counted_key_of_four_bytes_runs_out(place: Place) -> None:
    """OKR343"""
    applied(
        place, rule_of("OKR343").example + "\nmodel Big { id: BigInt! @id @default(autoincrement) }"
    )
    for table in ("events", "bigs"):
        place.sql(f"INSERT INTO {table} (id) VALUES (2147483647);")
        if place.provider == "postgres":
            place.sql(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), 2147483647);")
    one_more = (
        "INSERT INTO {} DEFAULT VALUES;"
        if place.provider == "postgres"
        else "INSERT INTO {} () VALUES ();"
    )
    fails(place, one_more.format("events"))
    place.sql(one_more.format("bigs"))


@pytest.mark.only_on("postgres")
def test_a_row_that_is_too_far_can_not_be_referred_to(place: Place) -> None:
    """OKR344"""
    applied(place, rule_of("OKR344").example + "\nmodel User { id: BigInt! @id posts: [Post!] }")
    place.sql("INSERT INTO users (id) VALUES (3000000000);")
    key = "11111111-1111-4111-8111-111111111111"
    said = fails(place, f"INSERT INTO posts (id, author_id) VALUES ('{key}', 3000000000);")
    assert "out of range" in said


def test_a_hint_that_was_followed_changes_nothing(place: Place) -> None:
    """OKR345"""
    place.configure()
    place.schema("model User { id: ID!  mail: String! }")
    place.must("db:migrate:generate")
    with_hint = 'model User { id: ID!  email: String! @renamed(from: "mail") }'
    place.schema(with_hint)
    place.must("db:migrate:generate")
    assert "OKR345" in place.okra("db:lint", "--no-migrations").out
    place.schema(with_hint.partition(" @renamed")[0] + " }")
    assert "Nothing to do" in place.must("db:migrate:generate")


def test_names_in_the_other_style_can_keep_the_names_in_the_database(place: Place) -> None:
    """OKR346"""
    applied(place, rule_of("OKR346").example)
    place.schema(rule_of("OKR346").safe)
    assert place.okra("db:diff", "--check").code == 0


def test_a_reserved_word_fails_without_quotes(place: Place) -> None:
    """OKR347"""
    applied(place, rule_of("OKR347").example)
    fails(place, "SELECT order FROM items;")


def test_tenths_do_not_add_up_in_a_float(place: Place) -> None:
    """OKR348"""
    applied(
        place,
        "model Sum { id: Int! @id  a: Float!  b: Float!  c: Decimal! @precision(total: 9, scale: 2)"
        "  d: Decimal! @precision(total: 9, scale: 2) }",
    )
    place.sql("INSERT INTO sums (id, a, b, c, d) VALUES (1, 0.1, 0.2, 0.1, 0.2);")
    exact = (
        "CAST(0.3 AS double precision)" if place.provider == "postgres" else "CAST(0.3 AS double)"
    )
    number = "0.3" if place.provider == "sqlite" else exact
    assert place.sql(f"SELECT count(*) FROM sums WHERE a + b = {number}") == [(0,)]
    if place.provider != "sqlite":
        assert place.sql("SELECT count(*) FROM sums WHERE c + d = 0.3") == [(1,)]


@pytest.mark.only_on("postgres")
def test_types_of_postgres_that_surprise(place: Place) -> None:
    """OKR349"""
    fails(place, "SELECT DISTINCT '{}'::json;")
    assert place.sql("SELECT octet_length('a'::char(3))") == [(3,)]
    assert place.sql("SELECT '12:00+01'::timetz = '11:00+00'::timetz") == [(False,)]


@pytest.mark.only_on("mariadb", "mysql")
def test_types_of_mysql_that_surprise(place: Place) -> None:
    """OKR349"""
    place.sql("CREATE TABLE t (f float, c char(3));")
    place.sql("INSERT INTO t VALUES (16777217, 'a ');")
    assert place.sql("SELECT cast(f AS decimal(20)) <> 16777217, char_length(c) FROM t") == [(1, 1)]


def test_equal_rows_with_null_get_into_a_unique_key(place: Place) -> None:
    """OKR350"""
    applied(place, rule_of("OKR350").example)
    ids = [f"{digit}1111111-1111-4111-8111-111111111111" for digit in "123"]
    for one in ids[:2]:
        place.sql(f"INSERT INTO members (id, user_id, team_id) VALUES ('{one}', '{ids[2]}', NULL);")
    assert place.sql("SELECT count(*) FROM members") == [(2,)]


def test_neither_of_two_that_require_each_other_can_be_the_first(place: Place) -> None:
    """OKR351"""
    applied(place, rule_of("OKR351").example)
    one, two = (f"{digit}1111111-1111-4111-8111-111111111111" for digit in "12")
    pragma = "PRAGMA foreign_keys = ON;" if place.provider == "sqlite" else ""
    fails(place, f"{pragma}INSERT INTO teams (id, owner_id) VALUES ('{one}', '{two}');")
    fails(place, f"{pragma}INSERT INTO users (id, team_id) VALUES ('{two}', '{one}');")
    half = WORLD + "\nmodel Team { id: ID! ownerId: ID }"
    assert "OKR351" not in [item.code for item in in_schema(half, place.provider)]


@pytest.mark.only_on("mariadb", "mysql")
def test_myisam_rolls_nothing_back(place: Place) -> None:
    """OKR352"""
    applied(place, rule_of("OKR352").example)
    with closing(connect(place.url, lock_timeout_ms=5_000)) as session:
        session.begin()
        session.execute("INSERT INTO logs (id) VALUES ('a')")
        session.rollback()
    assert place.sql("SELECT count(*) FROM logs") == [(1,)]


@pytest.mark.only_on("mariadb", "mysql")
def test_latin1_has_no_room_for_an_emoji(place: Place) -> None:
    """OKR353"""
    applied(place, rule_of("OKR353").example)
    fails(place, "INSERT INTO users (id, name) VALUES ('a', '🙂');")


@pytest.mark.only_on("mariadb", "mysql")
class TestMySQL:
    """OKR330, OKR331, OKR332, OKR333, OKR334, OKR335"""

    def test_a_copy_lets_nobody_write(self, shop: Place) -> None:
        sql = rule_of("OKR330").example.replace("LOCK=SHARED", "LOCK=NONE")
        said = fails(shop, sql.replace("events", "products"))
        assert "LOCK=NONE" in said

    def test_without_an_algorithm_it_copies_without_a_word(self, shop: Place) -> None:
        change = "ALTER TABLE products MODIFY COLUMN code text NOT NULL"
        fails(shop, f"{change}, ALGORITHM=INPLACE, LOCK=NONE;")
        shop.sql(f"{change};")

    def test_modify_forgets_what_it_does_not_repeat(self, shop: Place) -> None:
        shop.sql(example("OKR332"))
        where = "table_name = 'users' AND column_name = 'name' AND table_schema = database()"
        found = shop.sql(
            f"SELECT is_nullable, column_default FROM information_schema.columns WHERE {where}"
        )
        assert found in ([("YES", "NULL")], [("YES", None)])

    @pytest.mark.only_on("mariadb")
    def test_mariadb_makes_a_key_of_an_inline_reference(self, shop: Place) -> None:
        shop.sql("ALTER TABLE invoices ADD COLUMN user_id int NULL REFERENCES users (id);")
        keys = "SELECT count(*) FROM information_schema.referential_constraints"
        where = "table_name = 'invoices' AND constraint_schema = database()"
        assert shop.sql(f"{keys} WHERE {where}") == [(1,)]

    @pytest.mark.only_on("mariadb")
    def test_a_table_is_gone_although_the_statement_failed(self, shop: Place) -> None:
        fails(shop, "DROP TABLE invoices, nothing;")
        fails(shop, "SELECT 1 FROM invoices;")

    def test_with_checks_off_rows_may_refer_to_nothing(self, shop: Place) -> None:
        shop.sql("CREATE TABLE likes (post_id int); INSERT INTO likes VALUES (99);")
        add = "ALTER TABLE likes ADD FOREIGN KEY (post_id) REFERENCES posts (id);"
        fails(shop, add)
        shop.sql(f"{example('OKR335')} {add}")
        assert shop.sql("SELECT post_id FROM likes") == [(99,)]


@pytest.mark.only_on("sqlite")
def test_the_pragma_does_nothing_inside_a_transaction(shop: Place) -> None:
    """OKR336"""
    with closing(connect(shop.url, lock_timeout_ms=5_000)) as session:
        before = session.query("PRAGMA foreign_keys")
        session.begin()
        session.execute(f"PRAGMA foreign_keys = {'OFF' if before == [(1,)] else 'ON'}")
        assert session.query("PRAGMA foreign_keys") == before
        session.rollback()


@pytest.mark.only_on("sqlite")
def test_a_text_in_double_quotes_is_a_text_until_a_column_is_called_so(shop: Place) -> None:
    """OKR338"""
    shop.sql(example("OKR338"))
    assert shop.sql("SELECT DISTINCT country FROM users") == [("unknown",)]
    assert shop.sql('SELECT DISTINCT "name" = "unknown" FROM users') == [(0,)]


@pytest.mark.only_on("postgres", "sqlite")
def test_without_its_index_the_whole_table_is_read(shop: Place) -> None:
    """OKR356"""
    query = (
        "EXPLAIN "
        + "QUERY PLAN " * (shop.provider == "sqlite")
        + "SELECT 1 FROM posts WHERE title = 'x'"
    )
    assert "posts_title_idx" in explained(shop, query)
    shop.sql(example("OKR356"))
    found = explained(shop, query)
    assert "SCAN" in found.upper()
    assert "INDEX" not in found.upper()


@pytest.mark.only_on("sqlite")
def test_a_computed_default_is_refused_where_there_are_rows(shop: Place) -> None:
    """OKR319"""
    shop.sql(example("OKR319").replace("users", "orders"))
    fails(shop, example("OKR319"))
    stored = "ADD COLUMN twice integer GENERATED ALWAYS AS (age * 2) STORED;"
    fails(shop, f"ALTER TABLE users {stored}")
