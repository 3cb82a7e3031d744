"""Renames as statements: of types, tables, indexes, constraints and columns, each in an order that works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.notices import breaks_code
from okra.dialects.postgres.planning.tables import index_path
from okra.dialects.postgres.quoting import quote, quote_table, split_name
from okra.plan import Statement
from okra.relational.changes import RenameColumn, RenameEnum, RenameTable
from okra.relational.pairs import one_by_one

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.postgres.planning.work import Work
    from okra.plan import Hazard
    from okra.relational.changes import Change
    from okra.relational.pairs import Pair


def rename_types(changes: Sequence[Change]) -> list[Statement]:
    """Enum types in their new schemas, and under their new names."""
    pairs = [(c.before, c.after) for c in changes if isinstance(c, RenameEnum)]
    moves = [pair for pair in pairs if split_name(pair[0])[0] != split_name(pair[1])[0]]
    statements = [_move("TYPE", before, after) for before, after in moves]
    within = _by_schema([(_moved(before, after), after) for before, after in pairs])
    statements += (
        Statement(
            sql=f"ALTER TYPE {_within(schema, before)} RENAME TO {quote(after)}",
            purpose=f"rename type {before} to {after}",
        )
        for schema, inner in within.items()
        for before, after in one_by_one(inner, str)
    )
    return statements


def rename_relations(changes: Sequence[Change], works: Sequence[Work]) -> list[Statement]:
    """Tables and indexes, which share their names within a schema; keys and unique constraints are indexes."""
    tables = [(c.before, c.after) for c in changes if isinstance(c, RenameTable)]
    moves = [pair for pair in tables if split_name(pair[0])[0] != split_name(pair[1])[0]]
    statements = [_move("TABLE", before, after) for before, after in moves]
    pairs = [(_moved(before, after), after) for before, after in tables]
    is_table = {before for before, _ in pairs}
    for work in works:
        pairs += [
            (_beside(work.after.name, old), _beside(work.after.name, new))
            for old, new in _index_pairs(work)
        ]
    for schema, inner in _by_schema(pairs).items():
        aside: dict[str, str] = {}
        for before, after in one_by_one(inner, str):
            source = aside.get(before, before)
            aside[after] = source
            table = (source if schema is None else f"{schema}.{source}") in is_table
            final = dict(inner).get(source)
            statements.append(_rename_relation(schema, before, after, table=table, final=final))
    return statements


def _index_pairs(work: Work) -> list[Pair]:
    pairs = [(old.name, new.name) for old, new in work.rename_indexes]
    key = work.rename_primary
    if key is not None and key.before is not None and key.after is not None:
        pairs += [(key.before.name or "", key.after.name or "")]
    return [pair for pair in pairs if pair[0] and pair[1] and pair[0] != pair[1]]


def _rename_relation(
    schema: str | None, before: str, after: str, *, table: bool, final: str | None
) -> Statement:
    word = "TABLE" if table else "INDEX"
    told: tuple[Hazard, ...] = ()
    if table and final is not None:
        told = (breaks_code(f"code that uses the name `{before}` fails"),)
    return Statement(
        sql=f"ALTER {word} {_within(schema, before)} RENAME TO {quote(after)}",
        purpose=f"rename {word.lower()} {before} to {after}",
        hazards=told,
    )


def _move(word: str, before: str, after: str) -> Statement:
    schema = split_name(after)[0] or "public"
    return Statement(
        sql=f"ALTER {word} {quote_table(before)} SET SCHEMA {quote(schema)}",
        purpose=f"move {word.lower()} {before} to the schema {schema}",
        hazards=(breaks_code(f"code that uses the name `{before}` fails"),),
    )


def _moved(before: str, after: str) -> str:
    """`before` once it lies in the schema of `after`."""
    return _beside(after, split_name(before)[1])


def _beside(table: str, name: str) -> str:
    schema, _ = split_name(table)
    return name if schema is None else f"{schema}.{name}"


def _within(schema: str | None, name: str) -> str:
    return quote(name) if schema is None else f"{quote(schema)}.{quote(name)}"


def _by_schema(pairs: Sequence[Pair]) -> dict[str | None, list[Pair]]:
    """The pairs of each schema, without its name and without those that change nothing within it."""
    found: dict[str | None, list[Pair]] = {}
    for before, after in pairs:
        schema, old = split_name(before)
        _, new = split_name(after)
        if old != new:
            found.setdefault(schema, []).append((old, new))
    return found


def rename_constraints(work: Work) -> list[Statement]:
    """Foreign keys and checks: their names are the table's own."""
    pairs = [(old.name or "", new.name or "") for old, new in work.rename_keys]
    pairs += [(old.name or "", new.name or "") for old, new in work.rename_checks]
    table = work.after.name
    return [
        Statement(
            sql=f"ALTER TABLE {quote_table(table)} RENAME CONSTRAINT {quote(old)} TO {quote(new)}",
            purpose=f"rename constraint {old} of {table} to {new}",
        )
        for old, new in one_by_one([pair for pair in pairs if pair[0] and pair[1]], str)
    ]


def rename_columns(work: Work) -> list[Statement]:
    """The columns under their new names."""
    table = work.after.name
    pairs = [(s.before, s.after) for s in work.steps if isinstance(s, RenameColumn)]
    final = dict(pairs)
    return [
        Statement(
            sql=f"ALTER TABLE {quote_table(table)} RENAME COLUMN {quote(old)} TO {quote(new)}",
            purpose=f"rename column {table}.{old} to {new}",
            hazards=(breaks_code(f"code that uses the name `{table}.{old}` fails"),)
            if old in final
            else (),
        )
        for old, new in one_by_one(pairs, str)
    ]


def index_name(work: Work, name: str, *, early: bool) -> str:
    """An index of the table in a statement of its own; `early`: before tables are renamed."""
    return index_path(work.original if early else work.after.name, name)
