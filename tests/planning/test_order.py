"""Changes come in an order in which each finds what it needs."""

from __future__ import annotations

from okra.relational.changes import (
    AddForeignKey,
    AlterTable,
    Change,
    CreateTable,
    DropTable,
    RenameTable,
)
from okra.relational.describe import describe
from okra.relational.diff import diff
from okra.relational.model import Column, Database, ForeignKey, Table
from okra.relational.order import order
from okra.relational.renaming import Renames

EMPTY = Database()


def key(table: str) -> ForeignKey:
    return ForeignKey(columns=(f"{table}_id",), table=table, references=("id",))


def table(name: str, *parents: str, more: tuple[str, ...] = ()) -> Table:
    columns = ("id", *(f"{parent}_id" for parent in parents), *more)
    return Table(
        name=name,
        columns=tuple(Column(name=column, type="integer", nullable=True) for column in columns),
        foreign_keys=tuple(key(parent) for parent in parents),
    )


def shown(changes: tuple[Change, ...]) -> list[str]:
    found = []
    for change in changes:
        match change:
            case CreateTable(made):
                found.append(f"create {made.name} {[each.table for each in made.foreign_keys]}")
            case DropTable(gone):
                found.append(f"drop {gone.name}")
            case AlterTable(_, after, steps):
                added = [step.key.table for step in steps if isinstance(step, AddForeignKey)]
                found.append(f"alter {after.name} {added}")
            case _:
                found += describe([change])
    return found


def made(*tables: Table, cut_cycles: bool) -> list[str]:
    return shown(order(diff(EMPTY, Database(tables=tables)), cut_cycles=cut_cycles))


def test_parents_are_made_before_their_children_and_otherwise_by_name() -> None:
    tables = (table("c", "b"), table("z"), table("a", "c"), table("b"))

    assert made(*tables, cut_cycles=True) == [
        "create b []",
        "create c ['b']",
        "create a ['c']",
        "create z []",
    ]


def test_children_are_dropped_before_their_parents() -> None:
    before = Database(tables=(table("a"), table("b", "a"), table("c", "b")))

    assert shown(order(diff(before, EMPTY), cut_cycles=True)) == ["drop c", "drop b", "drop a"]


def test_a_circle_is_closed_by_keys_that_come_last() -> None:
    tables = (table("a", "b"), table("b", "c"), table("c", "a"))

    assert made(*tables, cut_cycles=True) == [
        "create c []",
        "create b ['c']",
        "create a ['b']",
        "alter c ['a']",
    ]


def test_a_circle_needs_no_cut_where_a_key_may_come_before_its_table() -> None:
    tables = (table("a", "b"), table("b", "c"), table("c", "a"))

    assert made(*tables, cut_cycles=False) == [
        "create c ['a']",
        "create b ['c']",
        "create a ['b']",
    ]


def test_a_table_that_refers_to_itself_is_no_circle() -> None:
    assert made(table("a", "a"), cut_cycles=True) == ["create a ['a']"]


def test_the_key_that_is_cut_out_comes_back_with_the_whole_table() -> None:
    after = Database(tables=(table("a", "b"), table("b", "a")))
    changes = order(diff(EMPTY, after), cut_cycles=True)
    final = {
        change.table.name if isinstance(change, CreateTable) else change.after.name: change
        for change in changes
        if isinstance(change, CreateTable | AlterTable)
    }

    assert isinstance(final["b"], AlterTable)
    assert final["b"].after == after.table("b")


def test_a_chain_of_thousands_is_no_matter() -> None:
    tables = [table("t0000")]
    tables += [table(f"t{number:04}", f"t{number - 1:04}") for number in range(1, 5000)]
    changes = order(diff(EMPTY, Database(tables=tuple(reversed(tables)))), cut_cycles=True)

    assert [change.table.name for change in changes if isinstance(change, CreateTable)] == [
        each.name for each in tables
    ]


def test_drops_come_first_and_changed_tables_come_parents_first() -> None:
    before = Database(tables=(table("child", "parent"), table("old"), table("parent")))
    after = Database(
        tables=(
            table("child", "parent", more=("x",)),
            table("new", "parent"),
            table("parent", more=("x",)),
        )
    )

    assert shown(order(diff(before, after), cut_cycles=True)) == [
        "drop old",
        "create new ['parent']",
        "alter parent []",
        "alter child []",
    ]


def test_a_table_is_renamed_once_its_new_name_is_free() -> None:
    before = Database(tables=(table("a"), table("b")))
    after = Database(tables=(table("b"), table("c")))
    renames = Renames(tables=(("a", "b"), ("b", "c")))

    assert order(diff(before, after, renames), cut_cycles=True) == (
        RenameTable(before="b", after="c"),
        RenameTable(before="a", after="b"),
    )
