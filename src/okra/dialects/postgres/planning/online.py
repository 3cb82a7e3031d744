"""What follows the first transaction, each step so that others can read and write meanwhile.

Rows get their values, are looked at for required columns, indexes are built, keys change hands in a moment,
rows are looked at for checks and foreign keys, and what was replaced goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from okra.dialects.postgres.planning.alter import loosened
from okra.dialects.postgres.planning.creating import comments
from okra.dialects.postgres.planning.hazards import (
    check_hazards,
    foreign_key_hazards,
    index_hazards,
    primary_key_hazards,
    required_hazards,
)
from okra.dialects.postgres.planning.parts import (
    add_foreign_key,
    alter_sql,
    drop_foreign_key,
    guard_name,
    update_rows,
)
from okra.dialects.postgres.planning.tables import constraint_sql, create_index
from okra.dialects.postgres.quoting import quote, quote_beside, quote_table
from okra.plan import Statement
from okra.relational.model import Index, IndexPart

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from okra.dialects.postgres.planning.alter import Columns
    from okra.dialects.postgres.planning.work import Work
    from okra.plan import Hazard
    from okra.relational.model import ForeignKey, PrimaryKey


class Link(NamedTuple):
    """A foreign key to be made; `doubtful`: rows may contradict it; `fresh`: its table is new, and empty."""

    table: str
    key: ForeignKey
    doubtful: bool
    fresh: bool


def later(columns: Sequence[tuple[Work, Columns]], links: Sequence[Link]) -> list[Statement]:
    """All that is put off, in an order that works.

    links  the foreign keys that are to be made; those are there already that need no postponed key
    """
    works = [work for work, _ in columns]
    return [
        *(s for work, found in columns for s in _anew(update_rows(work, found, online=True))),
        *(s for work, found in columns for s in _validate_required(work, found)),
        *(s for work, found in columns for s in _require(work, found)),
        *(s for work in works for s in _builds(work)),
        *(s for work in works for s in _swap(work)),
        *_anew(add_link(link, online=True) for link in links if waits(link, works)),
        *(s for work in works for s in _validate_checks(work)),
        *_validate_keys(works, links),
        *(s for work in works for s in _drops(work)),
    ]


def _anew(statements: Iterable[Statement]) -> list[Statement]:
    """`statements` as one transaction of their own."""
    found = list(statements)
    return [replace(found[0], anew=True), *found[1:]] if found else []


def _validate(table: str, name: str, purpose: str, hazards: Iterable[Hazard]) -> Statement:
    return Statement(
        sql=f"ALTER TABLE {quote_table(table)} VALIDATE CONSTRAINT {quote(name)}",
        purpose=purpose,
        hazards=tuple(hazards),
        anew=True,
    )


def _validate_required(work: Work, found: Columns) -> list[Statement]:
    table = work.after.name
    return [
        _validate(
            table,
            guard_name(name),
            f"see that all rows of {table} have {name}",
            required_hazards(work, name, found.fills.get(name)),
        )
        for name in found.required
    ]


def _require(work: Work, found: Columns) -> list[Statement]:
    """The columns are seen to be filled, so nothing is looked at any more.

    The checks go by a statement of their own: one that drops them too drops them first, and looks at all rows.
    """
    if not found.required:
        return []
    table, names = work.after.name, ", ".join(found.required)
    clauses = [f"ALTER COLUMN {quote(name)} SET NOT NULL" for name in found.required]
    drops = [f"DROP CONSTRAINT {quote(guard_name(name))}" for name in found.required]
    return _anew(
        [
            Statement(
                sql=alter_sql(table, [*clauses, *found.late]),
                purpose=f"require {names} of {table}",
            ),
            Statement(
                sql=alter_sql(table, drops), purpose=f"{names} of {table} needs no check any more"
            ),
            *found.counted,
        ]
    )


def _builds(work: Work) -> list[Statement]:
    late = work.postponed
    statements = [
        _build(work, replace(index, name=late.build_name(index.name)), index)
        for index in late.indexes
    ]
    if late.primary is not None:
        index = _key_index(late.primary, late.build_name(late.primary.name or ""))
        hazards = primary_key_hazards(work, late.primary, online=True)
        statements.append(_build(work, index, None, hazards))
    return statements


def _build(
    work: Work, index: Index, wanted: Index | None, hazards: Sequence[Hazard] = ()
) -> Statement:
    kind = "unique index" if index.unique else "index"
    columns = ", ".join(index.columns) or "an expression"
    return Statement(
        sql=create_index(index, work.after.name, concurrently=True),
        purpose=f"{kind} {work.after.name} by {columns}",
        hazards=tuple(hazards if wanted is None else index_hazards(work, wanted, online=True)),
        transactional=False,
    )


def _key_index(key: PrimaryKey, name: str) -> Index:
    parts = tuple(IndexPart(column=column) for column in key.columns)
    return Index(name=name, parts=parts, unique=True)


def _swap(work: Work) -> list[Statement]:
    """Keys take over the indexes that were built for them, and give the names free that they need."""
    late, table = work.postponed, work.after.name
    held = {index.name for index in late.drops}
    replaced = [i for i in late.drops if i.name in {index.name for index in late.indexes}]
    replaced += _referred(work)
    drops = [f"DROP CONSTRAINT {quote(index.name)}" for index in replaced if index.constraint]
    if late.gone is not None:
        drops.append(f"DROP CONSTRAINT {quote(late.gone.name or '')}")
    adds = [_take_over(i, late.build_name(i.name)) for i in late.indexes if i.constraint]
    if late.primary is not None:
        built = quote(late.build_name(late.primary.name or ""))
        adds.append(f"ADD {constraint_sql(late.primary.name)}PRIMARY KEY USING INDEX {built}")
    clauses = [*drops, *loosened(work), *adds]
    statements = [drop_foreign_key(owner, key) for owner, key in late.keys]
    statements += (_drop_index(table, index) for index in replaced if not index.constraint)
    if clauses:
        statements.append(
            Statement(sql=alter_sql(table, clauses), purpose=f"change keys of {table}")
        )
    statements += (
        Statement(
            sql=f"ALTER INDEX {quote_beside(table, late.build_name(index.name))}"
            f" RENAME TO {quote(index.name)}",
            purpose=f"the new index takes the name {index.name}",
        )
        for index in late.indexes
        if not index.constraint and index.name in held
    )
    statements += (add_foreign_key(owner, key, (), online=True) for owner, key in late.keys)
    described = [index for index in late.indexes if index.comment is not None]
    statements += comments(work.after, (), described, whole=False)
    return _anew(statements)


def _referred(work: Work) -> list[Index]:
    """Unique ones that go although foreign keys hold on to them: those have to be moved in the same moment."""
    late = work.postponed
    names = {index.name for index in late.indexes}
    wanted = {frozenset(key.references) for _, key in late.keys}
    return [
        index
        for index in late.drops
        if index.unique and index.name not in names and frozenset(index.columns) in wanted
    ]


def _take_over(index: Index, built: str) -> str:
    deferred = " INITIALLY DEFERRED" if index.initially_deferred else ""
    deferrable = f" DEFERRABLE{deferred}" if index.deferrable else ""
    return f"ADD {constraint_sql(index.name)}UNIQUE USING INDEX {quote(built)}{deferrable}"


def _drop_index(table: str, index: Index) -> Statement:
    return Statement(
        sql=f"DROP INDEX {quote_beside(table, index.name)}",
        purpose=f"drop index {index.name} of {table}",
    )


def _validate_checks(work: Work) -> list[Statement]:
    table = work.after.name
    return [
        _validate(
            table,
            check.name or "",
            f"see that all rows of {table} satisfy {check.name}",
            check_hazards(work, check, online=True),
        )
        for check in work.add_checks
    ]


def waits(link: Link, works: Iterable[Work]) -> bool:
    """Whether what the key refers to is a key only once an index is built for it."""
    wanted = {*link.key.references}
    for work in works:
        if work.after.name == link.key.table:
            late = work.postponed
            keys = [{*index.columns} for index in late.indexes if index.unique]
            keys += [{*late.primary.columns}] if late.primary is not None else []
            return wanted in keys
    return False


def add_link(link: Link, *, online: bool) -> Statement:
    """The foreign key; where others are to go on meanwhile, rows that are there are looked at later."""
    if link.fresh:
        return add_foreign_key(link.table, link.key, ())
    return add_foreign_key(
        link.table,
        link.key,
        foreign_key_hazards(link.table, link.key, doubtful=link.doubtful, online=online),
        online=online,
    )


def _validate_keys(works: Iterable[Work], links: Iterable[Link]) -> list[Statement]:
    late = [Link(table, key, False, False) for work in works for table, key in work.postponed.keys]
    return [
        _validate(
            link.table,
            link.key.name or "",
            f"see that {link.key.table} has what {link.table} refers to",
            foreign_key_hazards(link.table, link.key, doubtful=link.doubtful, online=True),
        )
        for link in (*links, *late)
        if not link.fresh
    ]


def _drops(work: Work) -> list[Statement]:
    """What was replaced, or nobody wants any more."""
    late, table = work.postponed, work.after.name
    gone = {index.name for index in late.indexes} | {index.name for index in _referred(work)}
    left = [index for index in late.drops if index.name not in gone]
    clauses = [f"DROP CONSTRAINT {quote(index.name)}" for index in left if index.constraint]
    statements = [
        Statement(
            sql=f"DROP INDEX CONCURRENTLY {quote_beside(table, index.name)}",
            purpose=f"drop index {index.name} of {table}",
            transactional=False,
        )
        for index in left
        if not index.constraint
    ]
    if clauses:
        statements += _anew(
            [Statement(sql=alter_sql(table, clauses), purpose=f"drop constraints of {table}")]
        )
    return statements
