"""A migration on SQLite loses nothing: not what its file knows about, and not what it can't know about."""

from __future__ import annotations

import pytest

from okra.dialects.sqlite.server.orphans import check_integrity
from okra.dialects.sqlite.server.session import SqliteSession, scratch
from okra.dialects.sqlite.server.split import split
from okra.errors import DatabaseError

USERS = """
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
INSERT INTO users VALUES (1, 'Ada', 'ada@x'), (2, 'Bob', 'bob@x'), (3, 'Cy', 'cy@x');
"""

REBUILD = """
PRAGMA legacy_alter_table = ON;
CREATE TABLE "_okra_new_users" (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT);
INSERT INTO "_okra_new_users" (id, name, email) SELECT id, name, email FROM "users";
DROP TABLE "users";
ALTER TABLE "_okra_new_users" RENAME TO "users";
PRAGMA legacy_alter_table = OFF;
"""

BY_HAND = REBUILD.replace("PRAGMA legacy_alter_table = ON;", "").replace(
    "PRAGMA legacy_alter_table = OFF;", ""
)


@pytest.fixture
def session():
    opened = scratch()
    yield opened
    opened.close()


def run(session: SqliteSession, text: str) -> None:
    for script in split(text):
        session.execute(script.sql)


def migrate(session: SqliteSession, text: str) -> None:
    """Run a file as the executor does."""
    scripts = split(text)
    session.begin()
    try:
        guard = session.guard(scripts)
        guard.start()
        for number in range(len(scripts)):
            guard.run(number)
        guard.finish()
        session.commit()
    except BaseException:
        session.rollback()
        raise


def everything(session: SqliteSession) -> tuple:
    """Schema and rows of all tables."""
    schema = session.query("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
    tables = [name for kind, name, _ in schema if kind == "table"]
    return schema, {name: session.query(f'SELECT * FROM "{name}"') for name in tables}


def refused(session: SqliteSession, text: str) -> DatabaseError:
    """The error of a migration that fails, after which all is as it was."""
    before = everything(session)
    with pytest.raises(DatabaseError) as caught:
        migrate(session, text)
    assert everything(session) == before
    assert not session.in_transaction
    return caught.value


def names(session: SqliteSession, kind: str) -> list[str]:
    rows = session.query("SELECT name FROM sqlite_master WHERE type = ? ORDER BY name", (kind,))
    return [name for (name,) in rows]


@pytest.mark.parametrize("rebuild", [REBUILD, BY_HAND], ids=["legacy", "by hand"])
@pytest.mark.parametrize("action", ["CASCADE", "SET NULL", "SET DEFAULT", "RESTRICT", "NO ACTION"])
def test_a_rebuild_keeps_the_rows_of_child_tables(session, rebuild, action):
    run(session, USERS)
    run(
        session,
        f"CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER DEFAULT 1"
        f" REFERENCES users (id) ON DELETE {action});"
        "INSERT INTO posts VALUES (1, 2), (2, 3), (3, NULL);"
        "PRAGMA foreign_keys = ON;",
    )

    migrate(session, rebuild)

    assert session.query("SELECT * FROM posts") == [(1, 2), (2, 3), (3, None)]
    assert session.query("SELECT count(*) FROM users") == [(3,)]
    assert session.query("PRAGMA foreign_keys") == [(1,)]
    with pytest.raises(DatabaseError, match="FOREIGN KEY"):
        session.execute("INSERT INTO posts VALUES (4, 99)")


@pytest.mark.parametrize("rebuild", [REBUILD, BY_HAND], ids=["legacy", "by hand"])
def test_a_rebuild_keeps_indexes_and_triggers_that_the_file_does_not_know(session, rebuild):
    run(session, USERS)
    run(
        session,
        "CREATE TABLE log (what TEXT);"
        "CREATE INDEX by_name ON users (name) WHERE email IS NOT NULL;"
        "CREATE UNIQUE INDEX by_lower ON users (lower(email) DESC);"
        "CREATE TRIGGER noted AFTER UPDATE OF name ON users WHEN new.name <> old.name BEGIN"
        "  INSERT INTO log VALUES (old.name || ' is ' || new.name); END;"
        "CREATE TRIGGER gone BEFORE DELETE ON users BEGIN INSERT INTO log VALUES (old.name); END;",
    )
    before = session.query("SELECT name, sql FROM sqlite_master WHERE type <> 'table' ORDER BY 1")

    migrate(session, rebuild)

    after = session.query("SELECT name, sql FROM sqlite_master WHERE type <> 'table' ORDER BY 1")
    assert after == before
    session.execute("UPDATE users SET name = 'Eve' WHERE id = 1")
    assert session.query("SELECT * FROM log") == [("Ada is Eve",)]


def test_what_the_file_drops_by_name_stays_dropped(session):
    run(session, USERS)
    run(
        session,
        "CREATE INDEX by_name ON users (name); CREATE INDEX by_email ON users (email);"
        "CREATE TRIGGER t AFTER INSERT ON users BEGIN SELECT 1; END;"
        "CREATE TRIGGER u AFTER INSERT ON users BEGIN SELECT 2; END;",
    )

    migrate(session, 'DROP INDEX by_name; DROP TRIGGER IF EXISTS main."T";' + REBUILD)

    assert (names(session, "index"), names(session, "trigger")) == (["by_email"], ["u"])


def test_what_the_file_drops_after_the_rebuild_stays_dropped(session):
    run(session, USERS + "CREATE INDEX i ON users (name); CREATE INDEX j ON users (email);")

    migrate(session, REBUILD + "DROP INDEX IF EXISTS i;")

    assert names(session, "index") == ["j"]


def test_a_rebuild_of_what_is_not_there_makes_it(session):
    migrate(
        session,
        "CREATE TABLE n (a TEXT); DROP TABLE IF EXISTS t; ALTER TABLE n RENAME TO t;"
        "ALTER TABLE t RENAME TO u; ALTER TABLE u RENAME TO w;",
    )

    assert names(session, "table") == ["w"]


def test_what_the_file_makes_anew_is_as_the_file_says(session):
    run(session, USERS)
    run(session, "CREATE INDEX i ON users (name);")

    migrate(session, REBUILD + "CREATE INDEX i ON users (email);")

    assert session.query("SELECT sql FROM sqlite_master WHERE name = 'i'") == [
        ("CREATE INDEX i ON users (email)",)
    ]


def test_an_index_on_a_column_that_goes_stops_the_migration_and_is_named(session):
    run(session, USERS)
    run(session, "CREATE INDEX by_email ON users (email);")

    error = refused(session, REBUILD.replace(", email", "").replace(" TEXT);", ");"))

    assert (error.code, "`by_email` of `users`" in error.message) == ("OKR518", True)
    assert "email" in error.message


@pytest.mark.parametrize("rebuild", [REBUILD, BY_HAND], ids=["legacy", "by hand"])
def test_a_rebuild_keeps_views_and_views_on_views(session, rebuild):
    run(session, USERS)
    run(
        session,
        "CREATE VIEW people AS SELECT id, name FROM users;"
        "CREATE VIEW first AS SELECT name FROM people WHERE id = 1;"
        "CREATE TRIGGER added INSTEAD OF INSERT ON people BEGIN"
        "  INSERT INTO users (name) VALUES (new.name); END;",
    )

    migrate(session, rebuild)

    session.execute("INSERT INTO people (name) VALUES ('Dan')")
    assert session.query("SELECT * FROM first") == [("Ada",)]
    assert session.query("SELECT count(*) FROM people") == [(4,)]


def test_a_view_that_would_break_stops_the_migration_and_names_the_column(session):
    run(session, USERS)
    run(
        session,
        "CREATE VIEW mail AS SELECT email FROM users; CREATE VIEW v2 AS SELECT * FROM mail;",
    )

    error = refused(session, REBUILD.replace(", email TEXT", "").replace(", email", ""))

    assert error.code == "OKR513"
    assert error.message == "the view `mail` would no longer work: no such column: email"


def test_a_trigger_that_would_break_stops_the_migration_and_names_the_column(session):
    run(session, USERS)
    run(
        session,
        "CREATE TABLE log (what TEXT);"
        "CREATE TRIGGER fine AFTER UPDATE ON users BEGIN INSERT INTO log VALUES ('x'); END;"
        "CREATE TRIGGER mailed AFTER UPDATE ON users BEGIN INSERT INTO log VALUES (new.email); END;",
    )

    error = refused(session, REBUILD.replace(", email TEXT", "").replace(", email", ""))

    assert error.code == "OKR513"
    assert error.message == "the trigger `mailed` would no longer work: no such column: new.email"


def test_a_trigger_that_was_broken_before_stays_as_it_was_beside_one_that_works(session):
    run(
        session,
        USERS + "CREATE TRIGGER bad AFTER UPDATE ON users BEGIN SELECT void FROM nowhere; END;"
        "CREATE TRIGGER good AFTER UPDATE ON users BEGIN SELECT new.name; END;"
        "CREATE VIEW v AS SELECT void FROM nowhere;"
        "CREATE TRIGGER iv INSTEAD OF INSERT ON v BEGIN SELECT name FROM users; END;",
    )

    migrate(session, BY_HAND)

    assert names(session, "trigger") == ["bad", "good", "iv"]


def test_a_trigger_of_another_table_that_would_break_stops_the_migration(session):
    run(session, USERS)
    run(
        session,
        "CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER);"
        "CREATE TRIGGER touched AFTER INSERT ON orders BEGIN"
        "  UPDATE users SET email = 'x' WHERE id = new.user_id; END;",
    )

    error = refused(session, "DROP TABLE users;")

    assert error.message.startswith("the trigger `touched` would no longer work: no such table:")


def test_a_trigger_on_a_column_that_goes_is_not_silenced(session):
    run(session, USERS)
    run(session, "CREATE TRIGGER t AFTER UPDATE OF name, email ON users BEGIN SELECT 1; END;")

    error = refused(session, REBUILD.replace(", email TEXT", "").replace(", email", ""))

    assert error.message == "the trigger `t` would no longer work: no such column: email"


UNKEPT = (
    "the index `i` of `users`, which the migration does not know, can't be kept: "
    "it needs a column that goes: email"
)
GONE = REBUILD.replace(", email TEXT", "").replace(", email", "")


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (
            'CREATE VIEW "mail" AS SELECT "email" FROM "users";',
            "the view `mail` would no longer work: no such column: email",
        ),
        (
            'CREATE VIEW m ("email") AS SELECT upper("name" || "EMAIL") FROM "users";',
            "the view `m` would no longer work: no such column: EMAIL",
        ),
        (
            'CREATE TRIGGER "t" AFTER UPDATE ON "users" BEGIN UPDATE "users" SET "name" = "email"; END;',
            "the trigger `t` would no longer work: no such column: email",
        ),
        (
            'CREATE INDEX "i" ON "users" ("email");',
            UNKEPT,
        ),
        (
            'CREATE INDEX "i" ON "users" ("name") WHERE "email" IS NOT NULL;',
            UNKEPT,
        ),
    ],
)
def test_a_quoted_column_that_goes_is_not_taken_for_a_text(session, made, message):
    run(session, USERS + made)

    assert refused(session, GONE).message == message


@pytest.mark.parametrize(
    "made",
    [
        'CREATE VIEW v AS SELECT "name" AS "email" FROM "users";',
        'CREATE TABLE o ("email" TEXT); CREATE VIEW v AS SELECT "email" FROM o, (SELECT id FROM users);',
        """CREATE TABLE o ("email" TEXT);
        CREATE TRIGGER t AFTER UPDATE ON "users" BEGIN UPDATE o SET "email" = "email"; END;""",
        'CREATE INDEX "email" ON "users" ("name");',
        "CREATE VIEW v AS SELECT 'email' FROM users;",
        'CREATE VIEW v AS SELECT "no column" FROM users;',
    ],
)
def test_a_quoted_name_that_means_something_else_is_left_alone(session, made):
    run(session, USERS + made)
    before = names(session, "view") + names(session, "trigger") + names(session, "index")

    migrate(session, GONE)

    assert names(session, "view") + names(session, "trigger") + names(session, "index") == before


def test_a_view_that_was_broken_before_stands_in_nobodys_way_and_stays_as_it_was(session):
    run(session, USERS)
    run(
        session,
        "CREATE TABLE other (a TEXT, b TEXT);"
        "CREATE VIEW broken AS SELECT void FROM nowhere;"
        "CREATE TRIGGER on_broken INSTEAD OF DELETE ON broken BEGIN SELECT 1; END;"
        "CREATE TRIGGER lost AFTER INSERT ON users BEGIN INSERT INTO nowhere VALUES (1); END;"
        "CREATE TABLE parent (id INTEGER PRIMARY KEY);",
    )
    before = session.query(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('view', 'trigger') ORDER BY name"
    )

    migrate(
        session,
        "ALTER TABLE other RENAME COLUMN a TO c; ALTER TABLE other DROP COLUMN b;"
        "ALTER TABLE parent RENAME TO parents;" + BY_HAND,
    )

    after = session.query(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('view', 'trigger') ORDER BY name"
    )
    assert after == before
    assert session.query("SELECT sql FROM sqlite_master WHERE name = 'other'") == [
        ("CREATE TABLE other (c TEXT)",)
    ]


def test_a_broken_view_can_be_replaced_by_one_that_works(session):
    run(
        session,
        USERS + "CREATE VIEW v AS SELECT void FROM nowhere;"
        "CREATE TRIGGER t INSTEAD OF DELETE ON v BEGIN SELECT 1; END;",
    )

    migrate(session, "DROP VIEW v; CREATE VIEW v AS SELECT email FROM users;")

    assert session.query("SELECT email FROM v")[0] == ("ada@x",)
    assert names(session, "trigger") == ["t"]


def test_dropping_a_broken_view_that_was_put_aside_drops_it(session):
    run(session, "CREATE TABLE t (a TEXT, b TEXT); CREATE VIEW broken AS SELECT x FROM nowhere;")

    migrate(session, "ALTER TABLE t RENAME COLUMN a TO c; DROP VIEW broken;")

    assert names(session, "view") == []


def test_a_native_rename_takes_views_and_triggers_along(session):
    run(session, USERS)
    run(
        session,
        "CREATE VIEW mail AS SELECT email FROM users;"
        "CREATE TRIGGER t AFTER UPDATE OF email ON users BEGIN SELECT new.email; END;",
    )

    migrate(session, "ALTER TABLE users RENAME COLUMN email TO address;")

    assert session.query("SELECT address FROM mail")[0] == ("ada@x",)


def test_a_view_that_the_file_drops_and_makes_again_keeps_its_triggers(session):
    run(session, USERS)
    run(
        session,
        "CREATE VIEW people AS SELECT id, name FROM users;"
        "CREATE TRIGGER added INSTEAD OF INSERT ON people BEGIN SELECT 1; END;",
    )

    migrate(session, "DROP VIEW people; CREATE VIEW people AS SELECT id, name, email FROM users;")

    assert names(session, "trigger") == ["added"]


@pytest.mark.parametrize("rebuild", [REBUILD, BY_HAND], ids=["legacy", "by hand"])
def test_a_copy_with_fewer_rows_stops_the_migration(session, rebuild):
    run(session, USERS)

    error = refused(session, rebuild.replace('FROM "users";', 'FROM "users" WHERE id > 1;'))

    assert error.code == "OKR512"
    assert error.message == "rebuilding `users` would lose rows: it has 3, and 2 were copied"


def test_rows_that_the_file_deletes_before_the_rebuild_may_go(session):
    run(session, USERS)

    migrate(session, "DELETE FROM users WHERE id = 1;" + REBUILD)

    assert session.query("SELECT id FROM users") == [(2,), (3,)]


def test_a_rebuild_that_renames_the_old_table_away_is_guarded_too(session):
    run(session, USERS)
    run(
        session,
        "CREATE INDEX by_name ON users (name); CREATE TRIGGER t AFTER INSERT ON users BEGIN SELECT 1; END;",
    )
    away = (
        "ALTER TABLE users RENAME TO old_users;"
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT);"
        "INSERT INTO users SELECT * FROM old_users;"
        "DROP TABLE old_users;"
    )

    error = refused(session, away.replace("FROM old_users;", "FROM old_users WHERE id < 3;"))
    migrate(session, away)

    assert error.message == "rebuilding `users` would lose rows: it has 3, and 2 were copied"
    assert (names(session, "index"), names(session, "trigger")) == (["by_name"], ["t"])
    assert session.query("SELECT tbl_name FROM sqlite_master WHERE name = 't'") == [("users",)]


def test_a_rebuild_that_would_point_the_children_at_a_table_that_goes_is_refused(session):
    run(session, USERS)
    run(
        session,
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id));",
    )

    error = refused(
        session,
        "ALTER TABLE users RENAME TO old_users;"
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);"
        "INSERT INTO users SELECT * FROM old_users;"
        "DROP TABLE old_users;",
    )

    assert error.code == "OKR514"
    assert error.message.startswith("a foreign key of `posts` would refer to `old_users`")


def test_the_counter_of_autoincrement_goes_on_where_it_was(session):
    run(
        session,
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT);"
        "INSERT INTO t (a) VALUES ('x'), ('y'), ('z'); DELETE FROM t WHERE id > 1;",
    )
    rebuild = (
        "CREATE TABLE new_t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT NOT NULL);"
        "INSERT INTO new_t SELECT * FROM t; DROP TABLE t; ALTER TABLE new_t RENAME TO t;"
    )

    migrate(session, rebuild)
    migrate(session, "DELETE FROM t;" + rebuild)

    session.execute("INSERT INTO t (a) VALUES ('next')")
    assert session.query("SELECT * FROM t") == [(4, "next")]
    assert session.query("SELECT * FROM sqlite_sequence") == [("t", 4)]


def test_a_table_that_loses_autoincrement_gets_no_counter(session):
    run(session, "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT); INSERT INTO t VALUES (7);")

    migrate(
        session,
        "CREATE TABLE n (id INTEGER PRIMARY KEY); INSERT INTO n SELECT * FROM t;"
        "DROP TABLE t; ALTER TABLE n RENAME TO t;",
    )

    assert session.query("SELECT * FROM sqlite_sequence") == []


@pytest.mark.parametrize(
    "definition",
    [
        "(id TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID",
        "(id TEXT PRIMARY KEY, n INTEGER) STRICT",
        "(id TEXT PRIMARY KEY, n INTEGER, twice AS (n * 2) STORED, thrice AS (n * 3))",
        "(id TEXT, n INTEGER)",
    ],
)
def test_every_kind_of_table_can_be_rebuilt(session, definition):
    run(
        session, f"CREATE TABLE t {definition}; INSERT INTO t (id, n) VALUES ('a', 1), ('b', NULL);"
    )
    run(session, "CREATE INDEX i ON t (n); CREATE VIEW v AS SELECT n FROM t;")

    migrate(
        session,
        f"CREATE TABLE new_t {definition}; INSERT INTO new_t (id, n) SELECT id, n FROM t;"
        "DROP TABLE t; ALTER TABLE new_t RENAME TO t;",
    )

    assert session.query("SELECT id, n FROM t ORDER BY id") == [("a", 1), ("b", None)]
    assert (names(session, "index")[0], names(session, "view")) == ("i", ["v"])


def test_a_self_reference_survives_a_rebuild(session):
    run(
        session,
        "CREATE TABLE t (id INTEGER PRIMARY KEY, up INTEGER REFERENCES t (id) ON DELETE CASCADE);"
        "INSERT INTO t VALUES (1, NULL), (2, 1), (3, 2); PRAGMA foreign_keys = ON;",
    )

    migrate(
        session,
        "PRAGMA legacy_alter_table = ON;"
        "CREATE TABLE n (id INTEGER PRIMARY KEY, up INTEGER REFERENCES t (id) ON DELETE CASCADE);"
        "INSERT INTO n SELECT * FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t;"
        "PRAGMA legacy_alter_table = OFF;",
    )

    assert session.query("SELECT * FROM t") == [(1, None), (2, 1), (3, 2)]
    session.execute("DELETE FROM t WHERE id = 1")
    assert session.query("SELECT * FROM t") == []


ORPHANS = """
CREATE TABLE parents (id INTEGER PRIMARY KEY);
CREATE TABLE children (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parents (id));
INSERT INTO parents VALUES (1), (2);
INSERT INTO children VALUES (10, 1), (11, 2), (12, 99);
"""
REBUILD_CHILDREN = (
    "CREATE TABLE n (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parents (id), x TEXT);"
    "INSERT INTO n (id, parent_id) SELECT id, parent_id FROM children;"
    "DROP TABLE children; ALTER TABLE n RENAME TO children;"
)


def test_orphans_that_were_there_before_do_not_stop_a_migration(session):
    run(session, ORPHANS)

    migrate(session, REBUILD_CHILDREN)
    migrate(session, "ALTER TABLE children RENAME TO kids; DELETE FROM kids WHERE id = 11;")

    assert session.query("SELECT id, parent_id FROM kids") == [(10, 1), (12, 99)]


def test_an_old_orphan_may_get_another_rowid_in_a_rebuild(session):
    run(
        session,
        "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p REFERENCES p (id));"
        "INSERT INTO p VALUES (1); INSERT INTO c VALUES (1), (77); DELETE FROM c WHERE rowid = 1;",
    )

    migrate(
        session,
        "CREATE TABLE n (p REFERENCES p (id), x TEXT); INSERT INTO n (p) SELECT p FROM c;"
        "DROP TABLE c; ALTER TABLE n RENAME TO c;",
    )

    assert session.query("SELECT rowid, p FROM c") == [(1, 77)]


def test_an_orphan_without_a_rowid_is_counted(session):
    run(
        session,
        "CREATE TABLE p (id INTEGER PRIMARY KEY);"
        "CREATE TABLE c (id TEXT PRIMARY KEY, p REFERENCES p (id)) WITHOUT ROWID;"
        "INSERT INTO p VALUES (1); INSERT INTO c VALUES ('a', 1);",
    )

    error = refused(session, "DELETE FROM p;")

    assert error.message == "a row of `c` would refer to `p` and find nothing there"


def test_a_broken_foreign_key_that_was_there_before_stops_nobody(session):
    run(
        session,
        "CREATE TABLE p (a TEXT); CREATE TABLE c (a TEXT REFERENCES p (a), b REFERENCES nowhere (x));"
        "CREATE TABLE o (a TEXT); INSERT INTO c VALUES ('x', NULL);",
    )

    migrate(session, "UPDATE c SET a = 'y'; ALTER TABLE c RENAME TO d; DROP TABLE o;")

    assert names(session, "table") == ["d", "p"]


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM parents WHERE id = 2;",
        "UPDATE children SET parent_id = 55 WHERE id = 11;",
        "UPDATE parents SET id = 3 WHERE id = 2;",
        "INSERT INTO children VALUES (11, 2), (13, 5) ON CONFLICT DO UPDATE SET parent_id = 7;",
        "WITH x AS (SELECT 2 AS id) DELETE FROM parents WHERE id IN (SELECT id FROM x);",
        "REPLACE INTO children VALUES (11, 77);",
        "UPDATE children SET parent_id = 1 WHERE id = 12;UPDATE children SET parent_id = 9 WHERE id = 11;",
    ],
)
def test_a_new_orphan_stops_the_migration_and_is_named(session, change):
    run(session, ORPHANS)

    error = refused(session, change)

    assert error.code == "OKR514"
    assert "`children` (rowid 11" in error.message
    assert "`parents`" in error.message


def test_an_orphan_that_a_trigger_makes_stops_the_migration(session):
    run(session, ORPHANS)
    run(
        session,
        "CREATE TABLE other (a TEXT);"
        "CREATE TRIGGER t AFTER INSERT ON other BEGIN DELETE FROM parents WHERE id = 2; END;",
    )

    error = refused(session, "INSERT INTO other VALUES ('x');")

    assert error.code == "OKR514"


def test_a_foreign_key_that_old_rows_break_stops_the_migration(session):
    run(
        session,
        "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (id INTEGER PRIMARY KEY, p INTEGER);"
        "INSERT INTO c VALUES (1, NULL), (2, 5);",
    )

    error = refused(
        session,
        "CREATE TABLE n (id INTEGER PRIMARY KEY, p INTEGER REFERENCES p (id));"
        "INSERT INTO n SELECT * FROM c; DROP TABLE c; ALTER TABLE n RENAME TO c;",
    )

    assert error.message == "a row of `c` (rowid 2) would refer to `p` and find nothing there"


def test_an_added_column_whose_default_refers_to_nothing_stops_the_migration(session):
    run(
        session,
        "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (id INTEGER PRIMARY KEY); INSERT INTO c VALUES (1);",
    )

    error = refused(session, "ALTER TABLE c ADD COLUMN p_id INTEGER DEFAULT 4 REFERENCES p (id);")

    assert error.code == "OKR514"


def test_dropping_the_unique_index_behind_a_foreign_key_stops_the_migration(session):
    run(
        session,
        "CREATE TABLE p (a TEXT); CREATE UNIQUE INDEX pa ON p (a);"
        "CREATE TABLE c (a TEXT REFERENCES p (a));",
    )

    error = refused(session, "DROP INDEX pa;")

    assert error.message == ("a foreign key of `c` would refer to columns that are no key any more")


def test_dropping_a_table_that_others_refer_to_stops_the_migration(session):
    run(session, ORPHANS)

    error = refused(session, "DROP TABLE parents;")

    assert "would refer to `parents`, which would not be there" in error.message


def test_dropping_both_tables_of_a_foreign_key_is_fine(session):
    run(session, ORPHANS)

    migrate(session, "DROP TABLE children; DROP TABLE parents;")

    assert names(session, "table") == []


def test_rows_that_do_not_fit_the_definition_of_their_table_are_named(session):
    run(
        session,
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER CHECK (a > 0));"
        "PRAGMA ignore_check_constraints = ON; INSERT INTO t VALUES (1, -1);"
        "PRAGMA ignore_check_constraints = OFF;",
    )

    with pytest.raises(DatabaseError) as caught:
        check_integrity(session, "t")

    assert caught.value.message == (
        "the rows of `t` do not fit its new definition: CHECK constraint failed in t"
    )


def test_another_column_s_null_is_no_null_of_a_required_one(session):
    run(
        session,
        'CREATE TABLE "T" (a TEXT NOT NULL, b TEXT, id INTEGER PRIMARY KEY) WITHOUT ROWID;'
        "INSERT INTO T VALUES ('x', NULL, 1);",
    )

    check_integrity(session, "t")


@pytest.mark.parametrize(
    "statement",
    [
        "COMMIT",
        "end transaction",
        "ROLLBACK",
        "BEGIN",
        "SAVEPOINT x",
        "RELEASE x",
        "ATTACH 'other.db' AS other",
        "DETACH main",
        "VACUUM",
        "PRAGMA writable_schema = ON",
        "PRAGMA main.journal_mode = WAL",
    ],
)
def test_a_statement_that_would_end_the_transaction_is_refused_before_anything_runs(
    session, statement
):
    error = refused(session, f"CREATE TABLE t (a TEXT);\n{statement};\nCREATE TABLE u (a TEXT);")

    assert error.code == "OKR517"
    assert "in line 2" in error.message


def test_a_rebuilt_table_may_be_renamed_and_altered_afterwards(session):
    run(session, USERS)
    run(
        session,
        "CREATE INDEX by_name ON users (name); CREATE TRIGGER t AFTER UPDATE OF email ON users BEGIN SELECT new.email; END;",
    )

    migrate(
        session,
        REBUILD
        + "ALTER TABLE users RENAME COLUMN email TO address; ALTER TABLE users RENAME TO people;",
    )

    assert session.query(
        "SELECT type, name, tbl_name FROM sqlite_master WHERE type <> 'table' ORDER BY 1"
    ) == [
        ("index", "by_name", "people"),
        ("trigger", "t", "people"),
    ]


def test_hostile_names_are_only_names(session):
    name = 'a "b"; DROP TABLE x; --'
    quoted = '"' + name.replace('"', '""') + '"'
    run(
        session,
        f"CREATE TABLE x (a TEXT); CREATE TABLE {quoted} (id INTEGER PRIMARY KEY, v TEXT);"
        f"INSERT INTO {quoted} VALUES (1, 'v'); CREATE VIEW seen AS SELECT v FROM {quoted};"
        f"CREATE INDEX [i'n] ON {quoted} (v);",
    )

    migrate(
        session,
        f"CREATE TABLE n (id INTEGER PRIMARY KEY, v TEXT NOT NULL); INSERT INTO n SELECT * FROM {quoted};"
        f"DROP TABLE {quoted}; ALTER TABLE n RENAME TO {quoted};",
    )

    assert session.query("SELECT v FROM seen") == [("v",)]
    assert (names(session, "index"), "x" in names(session, "table")) == (["i'n"], True)


def test_the_case_of_names_does_not_matter(session):
    run(session, USERS)
    run(session, "CREATE INDEX By_Name ON Users (Name);")

    migrate(session, REBUILD.replace('"users"', "USERS"))

    assert names(session, "index") == ["By_Name"]
