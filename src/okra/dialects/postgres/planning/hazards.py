"""What is dangerous about a change on PostgreSQL.

A lock that is held for a moment is no hazard here: migrations wait for locks in turns and give way. What is
named is what takes longer the larger a table is: its rows written anew, or read while others have to wait.
Each statement without such a hazard was measured to do neither (tests/postgres/test_claims.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.hazards import (
    becomes_computed_hazards,
    check_hazard,
    drop_column_hazards,
    left_out_hazard,
)
from okra.dialects.notices import (
    blocks,
    breaks_code,
    changes_data,
    may_fail,
    rewrites,
)
from okra.dialects.postgres.expressions.types import base
from okra.dialects.postgres.natives.typenames import is_builtin
from okra.dialects.postgres.planning.assured import (
    filled,
    holds_already,
    is_met,
    is_unique_already,
    lets_null,
    new_columns,
    settled,
    starts_well,
)
from okra.dialects.postgres.planning.casts import is_alike
from okra.dialects.postgres.planning.tables import UNLOGGED
from okra.dialects.postgres.planning.triggers import touched
from okra.dialects.postgres.planning.volatility import is_stable
from okra.relational.changes import AlterOptions
from okra.relational.sqltext import ascii_upper, significant
from okra.relational.uses import must_be_given, used_by_index, used_columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okra.dialects.postgres.planning.work import Retype, Work
    from okra.plan import Hazard
    from okra.relational.changes import AddColumn, AlterColumn
    from okra.relational.model import Check, Column, ForeignKey, Index, PrimaryKey


def column_hazards(work: Work) -> list[Hazard]:
    """The hazards of what happens to the columns of one table that stays, and to the table as a whole."""
    name = work.after.name
    found: list[Hazard] = []
    for column in work.dropped:
        found += drop_column_hazards(name, column)
    for retype in work.retyped:
        found += _retype_hazards(work, retype)
    for step in work.altered:
        found += _altered_hazards(name, step)
    for added in work.added.values():
        found += _added_hazards(name, added)
    for column in work.remade:
        found += _remade_hazards(work, column)
    if any(_rewrites(work)):
        found.append(
            rewrites(f"writes all rows of `{name}` anew; nobody else can use it meanwhile")
        )
    elif _looks(work):
        found.append(blocks(f"nobody else can use `{name}` while its rows are looked at"))
    return found


def _looks(work: Work) -> bool:
    """Whether all rows are read although none is written: what is virtual is required, or an index is built anew."""
    new = [*(step.column for step in work.added.values()), *work.remade]
    if any(c.generated is not None and not c.nullable for c in new):
        return True
    table = work.after
    typed = {r.after.name for r in work.retyped}
    sorted_anew = {retype.after.name for retype in work.retyped if _is_sorted_anew(retype)}
    whole = {name for index in table.indexes for name in index.columns}
    whole |= {*table.primary_key.columns} if table.primary_key is not None else set()
    used = {name for index in table.indexes for name in used_by_index(index, table)}
    for check in table.checks:
        used |= used_columns(check.expression, table) if check not in work.add_checks else set()
    return bool(sorted_anew & whole or typed & used)


_SORTED_ALIKE = ({"text", "character varying"}, {"inet", "cidr"})


def _is_sorted_anew(retype: Retype) -> bool:
    """Whether an index of the column has another order or operator class from then on."""
    before, after = retype.before, retype.after
    kinds = {base(str(before.type)), base(str(after.type))}
    alike = len(kinds) == 1 or any(kinds <= each for each in _SORTED_ALIKE)
    return before.collation != after.collation or not alike


def _rewrites(work: Work) -> list[bool]:
    options = [step for step in work.steps if isinstance(step, AlterOptions)]
    return [
        *(retype.cast.rewrites for retype in work.retyped),
        *(_fills_rows(work, step.column, step.fill) for step in work.added.values()),
        *(c.generated is not None and c.generated.stored for c in work.remade),
        *((UNLOGGED in step.before) != (UNLOGGED in step.after) for step in options),
    ]


def _fills_rows(work: Work, column: Column, fill: str | None) -> bool:
    """Whether adding the column gives each row a value of its own."""
    if column.generated is not None:
        return column.generated.stored
    if column.identity:
        return True
    default = fill if fill is not None else column.default
    return default is not None and (not is_stable(str(default)) or _may_be_domain(work, column))


# Types of extensions that are used more than others. Source: the page of each extension
_OF_EXTENSIONS = frozenset(
    {"citext", "geography", "geometry", "halfvec", "hstore", "ltree", "sparsevec", "vector"}
)


def _may_be_domain(work: Work, column: Column) -> bool:
    """Whether the type may have checks of its own, for which the server looks at the default row by row."""
    native = str(column.type)
    known = native.endswith("[]") or native in work.enums or is_builtin(native)
    return not known and base(native) not in _OF_EXTENSIONS


def _retype_hazards(work: Work, retype: Retype) -> list[Hazard]:
    name = f"{work.after.name}.{retype.after.name}"
    found = []
    if retype.cast.doubt is not None:
        found.append(may_fail(f"`{name}` {retype.cast.doubt}"))
    if retype.cast.loss is not None:
        found.append(changes_data(f"`{name}` {retype.cast.loss}", spoils=name))
        found += contradictions(work, {retype.after.name}, online=False)
    before, after = str(retype.before.type), str(retype.after.type)
    if not is_alike(before, after):
        found.append(breaks_code(f"code that takes `{name}` for `{before}` fails"))
    return found


def _altered_hazards(table: str, step: AlterColumn) -> list[Hazard]:
    before, after = step.before, step.after
    needed = must_be_given(after)
    if needed and before.default is not None and after.default is None:
        return [left_out_hazard(table, after)]
    if before.identity and not after.identity and needed and after.default is None:
        return [left_out_hazard(table, after)]
    return []


def _added_hazards(table: str, step: AddColumn) -> list[Hazard]:
    column = step.column
    name = f"{table}.{column.name}"
    if column.generated is not None:
        if column.nullable:
            return []
        return [may_fail(f"`{name}` is required: fails if it comes out as NULL for a row")]
    if column.nullable or column.identity or column.default is not None:
        return []
    found = [left_out_hazard(table, column)]
    if step.fill is None:
        found.insert(
            0, may_fail(f"`{name}` is required and has no default: fails if there are rows")
        )
    return found


def _remade_hazards(work: Work, column: Column) -> list[Hazard]:
    name = f"{work.after.name}.{column.name}"
    before = work.current.column(column.name)
    found: list[Hazard] = []
    if before is not None and before.generated is None and column.generated is not None:
        found += becomes_computed_hazards(name)
    if column.generated is not None and not column.nullable:
        found.append(may_fail(f"`{name}` is required: fails if it comes out as NULL for a row"))
    return found


def required_hazards(work: Work, name: str, fill: str | None) -> list[Hazard]:
    """The hazard of looking whether all rows have a value; `fill` is what those get that had none."""
    what = f"{work.after.name}.{name}"
    if fill is None:
        return [may_fail(f"`{what}` becomes required: fails if a row has NULL there")]
    if "SELECT" in map(ascii_upper, significant(fill)):
        return [may_fail(f"`{what}` becomes required: fails if there is no row to refer to")]
    if fill != "DEFAULT" and any(_was_optional(work, n) for n in used_columns(fill, work.after)):
        return [may_fail(f"`{what}` becomes required: fails if a row has NULL for `{fill}`")]
    return []


def _was_optional(work: Work, name: str) -> bool:
    """Whether a row that is there may have NULL in the column."""
    before = work.current.column(name)
    return before is None or before.nullable


def missing_hazards(work: Work, names: Sequence[str]) -> list[Hazard]:
    """The hazard of columns that old code may leave out."""
    found = []
    for name in names:
        column = work.after.column(name)
        new = work.current.column(name) is None
        if column is not None and column.default is None and not column.identity and not new:
            text = f"code that leaves `{work.after.name}.{name}` out or empty fails"
            found.append(breaks_code(text))
    return found


def looking_hazards(work: Work, names: Sequence[str]) -> list[Hazard]:
    """The hazard of looking at all rows while nobody else can."""
    if not names:
        return []
    return [blocks(f"nobody else can use `{work.after.name}` while its rows are looked at")]


def fill_hazards(work: Work, name: str, fill: str, *, online: bool) -> list[Hazard]:
    """The hazards of giving rows a value in `name` that have none."""
    table = work.after.name
    found: list[Hazard] = []
    column = work.after.column(name)
    if work.current.column(name) is not None:
        shown = column.default if fill == "DEFAULT" and column is not None else fill
        found.append(changes_data(f"NULLs in `{table}.{name}` become {shown}"))
    found += contradictions(work, {name}, online=online, fill=fill)
    return [*found, *update_hazards(work, online=online)]


def contradictions(
    work: Work, columns: set[str], *, online: bool, fill: str | None = None
) -> list[Hazard]:
    """What values that change may contradict: checks, keys and unique indexes that are there by then.

    online  new checks and foreign keys are there too, although rows have not been looked at
    fill    the value that rows get
    """
    table = work.after
    checks = [] if online else work.add_checks
    keys = [] if online else work.add_keys
    found = [
        check_hazard(table.name, check)
        for check in table.checks
        if check not in checks
        and (columns & used_columns(check.expression, table) or check in work.add_checks)
        and not (fill is not None and all(is_met(check, table, name, fill) for name in columns))
    ]
    key = table.primary_key
    if key is not None and key == work.current.primary_key and columns & {*key.columns}:
        found.append(
            may_fail(f"rows of `{table.name}` may come to have the same `{', '.join(key.columns)}`")
        )
    new = {*work.add_indexes, *work.postponed.indexes}
    found += (
        may_fail(f"rows of `{table.name}` may come to have the same `{', '.join(index.columns)}`")
        for index in table.indexes
        if index.unique and index not in new and columns & {*index.columns}
    )
    found += (
        may_fail(f"`{each.table}` may not have what rows of `{table.name}` get")
        for each in table.foreign_keys
        if each not in keys and columns & {*each.columns}
    )
    return found


def update_hazards(work: Work, *, online: bool) -> list[Hazard]:
    """The hazard of changing many rows at once."""
    table = work.after.name
    if not online:
        return [blocks(f"nobody else can use `{table}` while its rows get their values")]
    if touched(work.after):
        return [blocks(f"nobody else can write to `{table}` while its rows get their values")]
    return [blocks(f"writes to rows of `{table}` wait while those get their values")]


def index_hazards(work: Work, index: Index, *, online: bool) -> list[Hazard]:
    """The hazards of building an index over rows that are there."""
    table = work.after.name
    found = []
    again = index.name in work.again or is_unique_already(work, index)
    empty = index.nulls_distinct and bool(new_columns(work) & {*index.columns})
    if index.unique and not empty and not again:
        what = ", ".join(index.columns) or index.name
        found.append(may_fail(f"rows of `{table}` may have the same `{what}`"))
    if not online:
        others = "use" if index.constraint else "write to"
        found.append(blocks(f"nobody else can {others} `{table}` while its index is built"))
    return found


def primary_key_hazards(work: Work, key: PrimaryKey, *, online: bool) -> list[Hazard]:
    """The hazards of a key over rows that are there."""
    table = work.after.name
    columns = ", ".join(key.columns)
    found = []
    known = any(names <= {*key.columns} for names, _ in settled(work))
    if not known or any(column in key.columns for column in work.added):
        found.append(may_fail(f"rows of `{table}` may have the same `{columns}`, or none"))
    if not online:
        found.append(blocks(f"nobody else can use `{table}` while its key is built"))
    return found


def check_hazards(work: Work, check: Check, *, online: bool) -> list[Hazard]:
    """The hazards of a check on rows that are there."""
    table = work.after.name
    used = used_columns(check.expression, work.after)
    found = []
    empty = bool(used) and used <= new_columns(work) and lets_null(check.expression)
    if not (empty or holds_already(work, check, used) or starts_well(work, check, used)):
        found.append(check_hazard(table, check))
    if not online:
        found.append(blocks(f"nobody else can use `{table}` while its rows are looked at"))
    return found


def foreign_key_hazards(
    table: str, key: ForeignKey, *, doubtful: bool, online: bool
) -> list[Hazard]:
    """The hazards of a foreign key on rows that are there; `doubtful`: they may contradict it."""
    found = []
    if doubtful:
        columns = ", ".join(key.columns)
        found.append(
            may_fail(f"rows of `{table}` may have a `{columns}` that `{key.table}` has not")
        )
    if not online:
        found.append(
            blocks(f"nobody else can write to `{table}` and `{key.table}` while rows are looked at")
        )
    return found


def _is_alike(one: ForeignKey, other: ForeignKey) -> bool:
    """Whether two keys ask the same of rows."""
    pairs = [{*zip(key.columns, key.references, strict=True)} for key in (one, other)]
    return one.table == other.table and pairs[0] == pairs[1]


def is_doubtful(works: Mapping[str, Work], table: str, key: ForeignKey) -> bool:
    """Whether rows may contradict a foreign key that is made: not where both ends changed in the same way."""
    work = works[table]
    if {*key.columns} & new_columns(work):
        return False
    same = [k for k in work.current.foreign_keys if _is_alike(k, key)]
    if not same or filled(work) & {*key.columns}:
        return True
    other = works.get(key.table)
    theirs = {r.after.name: r.cast for r in other.retyped} if other is not None else {}
    own = {r.after.name: r.cast for r in work.retyped}
    again = {c.name for each in (work, other) if each is not None for c in each.remade}
    return bool(again & {*key.columns, *key.references}) or any(
        own.get(column) != theirs.get(target)
        for column, target in zip(key.columns, key.references, strict=True)
    )
