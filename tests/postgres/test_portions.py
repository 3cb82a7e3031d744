"""A plan that would take more locks than a server has room for is committed in portions; every other one is not."""

from __future__ import annotations

from okra.dialects import dialect
from okra.dialects.postgres.planning.portions import in_portions
from okra.plan import Statement
from okra.relational.changes import CreateTable, DropTable
from okra.relational.model import Column, Database, Table

POSTGRES = dialect("postgres")


def tables(count: int) -> tuple[Table, ...]:
    column = Column(name="id", type="integer")
    return tuple(Table(name=f"t{number}", columns=(column,)) for number in range(count))


def anew(statements) -> list[int]:
    return [number for number, statement in enumerate(statements) if statement.anew]


def test_a_usual_plan_is_one_transaction() -> None:
    found = tables(400)
    changes = [CreateTable(table) for table in found]

    assert anew(POSTGRES.plan(changes, Database(tables=found)).statements) == []


def test_dropping_very_many_tables_is_committed_in_between() -> None:
    changes = [DropTable(table) for table in tables(1200)]

    assert anew(POSTGRES.plan(changes, Database()).statements) == [500, 1000]


def test_making_very_many_tables_is_committed_in_between() -> None:
    found = tables(1200)
    changes = [CreateTable(table) for table in found]

    assert anew(POSTGRES.plan(changes, Database(tables=found)).statements) == [1000]


def test_what_is_committed_anyway_is_not_counted_twice() -> None:
    plain = Statement(sql="ALTER TABLE a ADD b integer", purpose="")
    new = Statement(sql="ALTER TABLE b ADD b integer", purpose="", anew=True)
    outside = Statement(sql="CREATE INDEX CONCURRENTLY i ON a (b)", purpose="", transactional=False)

    given = [plain, plain, new, plain, outside, plain, plain]

    assert anew(in_portions(given, most=4)) == [2, 6]
    assert anew(in_portions(given, most=5)) == [2]


def test_nothing_is_committed_while_a_trigger_is_switched_off() -> None:
    plain = Statement(sql="ALTER TABLE a ADD b integer", purpose="")
    off = Statement(sql='ALTER TABLE "a" DISABLE TRIGGER "_okra_updated_at_t"', purpose="")
    update = Statement(sql="UPDATE a SET b = 1", purpose="")
    on = Statement(sql='ALTER TABLE "a" ENABLE TRIGGER "_okra_updated_at_t"', purpose="")

    given = [plain, off, off, update, update, on, on, plain]

    assert anew(in_portions(given, most=4)) == [7]
