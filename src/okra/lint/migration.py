"""One migration as rules look at it: its statements, what they do, and the tables before and after."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from okra.lint.acts import (
    Act,
    AddsCheck,
    AddsColumn,
    AddsForeignKey,
    ChangesRows,
    CreatesTable,
    RenamesColumn,
    RenamesTable,
    ValidatesConstraint,
)
from okra.lint.reading import acts_of
from okra.lint.rebuilds import folded
from okra.lint.step import Step, is_batch, marks
from okra.plan import ANEW, OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from okra.dialects.base import Script
    from okra.relational.changes import Change
    from okra.relational.model import Column, Database, Index, Table

_Act = TypeVar("_Act", bound=Act)


class MigrationSight:
    """What rules look at.

    before, after  the native databases on both sides, read when a rule asks for one
    changes        what leads from the one to the other, for what statements alone can't say
    """

    def __init__(
        self,
        provider: str,
        scripts: Sequence[Script],
        *,
        before: Callable[[], Database],
        after: Callable[[], Database],
        changes: Callable[[], Sequence[Change]],
    ) -> None:
        self.provider = provider
        self.steps = _steps(scripts, provider, changes)
        self._read_before = before
        self._read_after = after
        self._created = {act.table.lower() for _, act in self.every(CreatesTable)}
        self._added = {
            (act.table.lower(), act.column.name.lower()) for _, act in self.every(AddsColumn)
        }
        self._tables_were: dict[str, str] = {}
        self._columns_were: dict[tuple[str, str], str] = {}
        for step in self.steps:
            for act in step.acts:
                self._note(act)

    @cached_property
    def database(self) -> Database:
        """The native database after the migration."""
        return self._read_after()

    @cached_property
    def _before(self) -> dict[str, Table]:
        return {table.name.lower(): table for table in self._read_before().tables}

    @cached_property
    def _after(self) -> dict[str, Table]:
        return {table.name.lower(): table for table in self.database.tables}

    def _note(self, act: Act) -> None:
        if isinstance(act, RenamesTable):
            earlier = self._tables_were.pop(act.table.lower(), act.table)
            self._tables_were[act.after.lower()] = earlier
            if act.table.lower() in self._created:
                self._created.add(act.after.lower())
        elif isinstance(act, RenamesColumn):
            table = act.table.lower()
            earlier = self._columns_were.pop((table, act.column.lower()), act.column)
            self._columns_were[table, act.after.lower()] = earlier

    def every(self, kind: type[_Act]) -> Iterator[tuple[Step, _Act]]:
        """All that the statements do of one kind, in order."""
        for step in self.steps:
            for act in step.acts:
                if isinstance(act, kind):
                    yield step, act

    def is_new(self, table: str) -> bool:
        """Whether the migration itself makes the table: then it has no rows that anybody needs."""
        return table.lower() in self._created

    def adds(self, table: str, column: str) -> bool:
        """Whether the migration itself adds the column."""
        return (table.lower(), column.lower()) in self._added

    def checked_at(
        self, step: Step, act: AddsCheck | AddsForeignKey
    ) -> tuple[Step, AddsCheck | AddsForeignKey | ValidatesConstraint] | None:
        """Where rows that are there are looked at for a constraint: where it is added, or validated later; None: never."""
        if not act.unchecked:
            return step, act
        for later, validates in self.every(ValidatesConstraint):
            if (validates.table, validates.name) == (act.table, act.name):
                return later, validates
        return None

    def stays_null(self, table: str, column: str) -> bool:
        """Whether the migration adds the column, and no statement gives rows a value in it."""
        wanted = table.lower(), column.lower()
        for _, act in self.every(AddsColumn):
            text = act.column
            if (act.table.lower(), text.name.lower()) == wanted:
                given = text.default is not None or text.generated or text.identity or text.required
                return not given and not any(
                    act.table.lower() == wanted[0] and wanted[1] in act.sets
                    for _, act in self.every(ChangesRows)
                )
        return False

    def table_before(self, name: str) -> Table | None:
        """The table that is called `name` now or was, as it was before the migration."""
        lower = name.lower()
        return self._before.get(self._tables_were.get(lower, name).lower()) or self._before.get(
            lower
        )

    def column_before(self, table: str, name: str) -> Column | None:
        """The column that is called `name` now or was, as it was before the migration."""
        found = self.table_before(table)
        if found is None:
            return None
        return _column(found, self.name_before(table, name)) or _column(found, name)

    def name_before(self, table: str, column: str) -> str:
        """What the column was called before the migration."""
        return self._columns_were.get((table.lower(), column.lower()), column)

    def column_after(self, table: str, name: str) -> Column | None:
        """The column as it is after the migration."""
        after = {were.lower(): now for now, were in self._tables_were.items()}
        found = self._after.get(table.lower()) or self._after.get(after.get(table.lower(), ""))
        return None if found is None else _column(found, name)

    def index_before(self, name: str, table: str = "") -> tuple[Table, Index] | None:
        """The index of that name before the migration, and its table."""
        known = self.table_before(table) if table else None
        for each in (known,) if known is not None else self._before.values():
            for index in each.indexes:
                if index.name.lower() == name.lower():
                    return each, index
        return None

    def table_after(self, name: str) -> Table | None:
        """The table as it is after the migration."""
        return self._after.get(name.lower())


def _column(table: Table, name: str) -> Column | None:
    wanted = name.lower()
    return next((column for column in table.columns if column.name.lower() == wanted), None)


def _steps(
    scripts: Sequence[Script], provider: str, changes: Callable[[], Sequence[Change]]
) -> tuple[Step, ...]:
    acts = folded([(script, acts_of(script, provider)) for script in scripts], provider, changes)
    found = []
    transaction = 1
    for number, (script, done) in enumerate(zip(scripts, acts, strict=True), start=1):
        said = marks(script)
        alone = OUTSIDE in said or _concurrent(done) or is_batch(script) or provider == "mysql"
        if alone or ANEW in said:
            transaction += 1
        found.append(
            Step(
                number=number,
                script=script,
                acts=done,
                transaction=0 if alone else transaction,
            )
        )
    return tuple(found)


def _concurrent(acts: Sequence[Act]) -> bool:
    return any(getattr(act, "concurrent", False) for act in acts)
