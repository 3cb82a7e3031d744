"""What may stand in a migration of MySQL."""

from __future__ import annotations

import pytest

from okra.dialects.base import Script
from okra.dialects.mysql.server.guard import refuse_misplaced
from okra.errors import DatabaseError


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("begin", "BEGIN"),
        ("# x\nCOMMIT", "COMMIT"),
        ("/*!40000 LOCK TABLES t WRITE */", "LOCK"),
        ("XA START 'x'", "XA"),
        ("USE other", "USE"),
        ("START TRANSACTION", "START TRANSACTION"),
        ("SET autocommit = 0", "SET AUTOCOMMIT"),
        ("SET @x = 1, @@session.sql_mode = ''", "SET SQL_MODE"),
        ("/*!40101 SET @OLD = @@SQL_MODE, SQL_MODE = 'x' */", "SET SQL_MODE"),
        ("SET SESSION `autocommit` = 0", "SET AUTOCOMMIT"),
        ("SET NAMES latin1", "SET NAMES"),
        ("SET STATEMENT max_statement_time=1 FOR COMMIT", "SET STATEMENT"),
        ("LOAD DATA LOCAL INFILE 'x' INTO TABLE t", "LOAD DATA LOCAL"),
    ],
)
def test_what_changes_who_or_where_we_are_is_refused(sql: str, what: str) -> None:
    scripts = [Script(sql="SELECT 1", line=1), Script(sql=sql, line=7)]

    with pytest.raises(DatabaseError) as caught:
        refuse_misplaced(scripts)

    assert caught.value.code == "OKR517"
    assert caught.value.message.startswith(f"`{what}` in line 7 has no place in a migration")


@pytest.mark.parametrize(
    "sql",
    [
        "SET foreign_key_checks = 0",
        "SET @autocommit_before = 'sql_mode'",
        "CREATE TABLE `begin` (a int)",
        "CREATE TRIGGER t BEFORE INSERT ON u FOR EACH ROW BEGIN SET NEW.a = 1; END",
        "/*!40101 SET character_set_client = utf8mb4 */",
    ],
)
def test_what_does_no_harm_may_stand(sql: str) -> None:
    refuse_misplaced([Script(sql=sql, line=1)])
