"""What only its owner can change, found in statements of every kind."""

from __future__ import annotations

import pytest

from okra.dialects import dialect
from okra.dialects.base import Script


@pytest.mark.parametrize(
    ("sql", "targets"),
    [
        ("ALTER TABLE users ADD COLUMN a int", ('"users"',)),
        ('ALTER TABLE IF EXISTS ONLY "shop"."Users" ADD a int', ('"shop"."Users"',)),
        ("DROP TABLE a, b.c CASCADE", ('"a"', '"b"."c"')),
        ("CREATE UNIQUE INDEX CONCURRENTLY i ON ONLY users (a)", ('"users"',)),
        ("CREATE INDEX ON users (a)", ('"users"',)),
        ("DROP INDEX CONCURRENTLY IF EXISTS i", ('"i"',)),
        ("ALTER TYPE mood ADD VALUE 'x'", ('"mood"',)),
        ("CREATE TRIGGER t BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION f()", ()),
        ("CREATE POLICY p ON users USING (true)", ('"users"',)),
        ("DROP TRIGGER t ON s.users", ('"s"."users"',)),
        ("COMMENT ON COLUMN s.users.a IS 'x'", ('"s"."users"',)),
        ("COMMENT ON TABLE users IS NULL", ('"users"',)),
        ("COMMENT ON CONSTRAINT c ON users IS 'x'", ('"users"',)),
        ("CREATE TABLE users (a int)", ()),
        ("INSERT INTO users VALUES (1)", ()),
        ("DROP", ()),
    ],
)
def test_the_objects_that_a_statement_changes(sql: str, targets: tuple[str, ...]) -> None:
    assert dialect("postgres").owned_targets(Script(sql=sql, line=1)) == targets
