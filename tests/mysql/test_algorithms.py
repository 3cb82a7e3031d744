"""What the table of algorithms says of MariaDB is what MariaDB does: no false "safe".

Each change is planned, and the server has to take each ALTER TABLE in the very form that the file has. The next
less blocking form is tried as well: what it takes although we say no is listed in `TOO_CAREFUL`.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from mysql_changes import CHANGES
from okra.dialects import dialect
from okra.dialects.mysql.planning.algorithms import FORMS, Operation, Way, blocking, way_of, weaker
from okra.dialects.mysql.planning.columns import bytes_each
from okra.dialects.session import connect
from okra.errors import DatabaseError
from okra.plan import HazardKind
from okra.relational.diff import diff
from okra.relational.model import Database
from okra.relational.order import order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.dialects.session import MigrationSession
    from okra.plan import Statement
    from okra.url import DatabaseUrl

MYSQL = dialect("mysql")
LESS = {
    "ALGORITHM=INPLACE, LOCK=NONE": "ALGORITHM=INSTANT",
    "ALGORITHM=INPLACE, LOCK=SHARED": "ALGORITHM=INPLACE, LOCK=NONE",
    "ALGORITHM=COPY, LOCK=SHARED": "ALGORITHM=INPLACE, LOCK=SHARED",
}
TOO_CAREFUL: set[str] = set()


def statements(before: Database, after: Database) -> tuple[Statement, ...]:
    return MYSQL.plan(order(diff(before, after), cut_cycles=True), after).statements


def form_of(sql: str) -> str | None:
    return next((form for form in {*FORMS.values()} if sql.endswith(form)), None)


@pytest.fixture
def session(mysql: DatabaseUrl) -> Iterator[MigrationSession]:
    with closing(connect(mysql, lock_timeout_ms=5_000)) as found:
        yield found


def exactly(session: MigrationSession, sql: str) -> None:
    """Run `sql` in no other form than its own."""
    cursor = session._connection.cursor()
    cursor.execute(sql)


def make(session: MigrationSession, database: Database) -> None:
    for statement in statements(Database(), database):
        exactly(session, statement.sql)


@pytest.mark.parametrize("name", CHANGES)
def test_the_server_takes_each_statement_as_the_file_has_it(
    session: MigrationSession, name: str
) -> None:
    before, after, forms = CHANGES[name]
    make(session, before)

    found = statements(before, after)
    for statement in found:
        exactly(session, statement.sql)

    assert diff(MYSQL.introspect(session, wanted=after).database, after) == ()
    assert [form_of(statement.sql) for statement in found] == forms


@pytest.mark.parametrize("name", CHANGES)
def test_the_server_refuses_every_statement_in_a_less_blocking_form(
    session: MigrationSession, name: str
) -> None:
    import pymysql

    before, after, _ = CHANGES[name]
    make(session, before)

    taken = []
    for statement in statements(before, after):
        form = form_of(statement.sql)
        if form in LESS:
            try:
                exactly(session, statement.sql.removesuffix(form) + LESS[form])
            except pymysql.Error as error:
                assert error.args[0] in (1221, 1845, 1846), error
            else:
                taken.append(form)
                continue
        exactly(session, statement.sql)

    if not (name in TOO_CAREFUL or {*taken} <= {"ALGORITHM=INPLACE, LOCK=NONE"}):
        pytest.fail(f"more careful than it has to be: {taken}")


@pytest.mark.parametrize("name", CHANGES)
def test_who_blocks_others_says_so(name: str) -> None:
    before, after, _ = CHANGES[name]

    for statement in statements(before, after):
        blocks = any(hazard.kind is HazardKind.BLOCKS for hazard in statement.hazards)
        shared = statement.sql.endswith("LOCK=SHARED")
        assert blocks == (shared or statement.sql.startswith("UPDATE"))


def test_the_next_form_of_a_statement_lets_others_write_or_is_none() -> None:
    head = "ALTER TABLE `t` ADD COLUMN `c` int NULL, "

    assert weaker(head + "ALGORITHM=INSTANT") == head + "ALGORITHM=INPLACE, LOCK=NONE"
    assert weaker(head + "ALGORITHM=INPLACE, LOCK=NONE") is None
    assert weaker(head + "ALGORITHM=COPY, LOCK=SHARED") is None
    assert weaker("DROP TABLE `t`") is None


def test_what_blocks_is_never_the_next_form_but_the_answer_to_another_question() -> None:
    head = "ALTER TABLE `t` ADD COLUMN `c` int NULL, "

    assert blocking(head + "ALGORITHM=INSTANT") == (
        head + "ALGORITHM=INPLACE, LOCK=SHARED",
        head + "ALGORITHM=COPY, LOCK=SHARED",
    )
    assert blocking(head + "ALGORITHM=INPLACE, LOCK=SHARED") == (
        head + "ALGORITHM=COPY, LOCK=SHARED",
    )
    assert blocking(head + "ALGORITHM=COPY, LOCK=SHARED") == ()


def test_several_operations_take_what_the_worst_of_them_takes() -> None:
    assert way_of([Operation.ADD_COLUMN, Operation.DEFAULT]) is Way.INSTANT
    assert way_of([Operation.ADD_COLUMN, Operation.ADD_INDEX]) is Way.INPLACE
    assert way_of([Operation.ADD_INDEX, Operation.CONVERT]) is Way.COPY
    assert way_of([Operation.ADD_VIRTUAL, Operation.ADD_COLUMN]) is Way.COPY


def test_a_character_takes_as_many_bytes_as_the_server_says(session: MigrationSession) -> None:
    said = session.query(
        "SELECT CONCAT(character_set_name, '_bin'), maxlen FROM information_schema.character_sets"
    )

    assert [(name, bytes_each(str(name))) for name, _ in said] == said


REFUSED = "ALTER TABLE `t` MODIFY `a` bigint, ALGORITHM=INSTANT"


def test_what_blocks_others_is_refused_without_consent(session: MigrationSession) -> None:
    session.execute("CREATE TABLE t (id int PRIMARY KEY, a int)")

    with pytest.raises(DatabaseError) as caught:
        session.execute(REFUSED)

    assert caught.value.code == "OKR425"
    assert "--allow blocking" in caught.value.render()


def test_with_consent_the_server_takes_the_way_that_it_has(session: MigrationSession) -> None:
    session.execute("CREATE TABLE t (id int PRIMARY KEY, a int)")
    session.may_block = True

    session.execute(REFUSED)

    assert session.query(
        "SELECT data_type FROM information_schema.columns WHERE table_schema = DATABASE()"
        " AND column_name = 'a'"
    ) == [("bigint",)]
