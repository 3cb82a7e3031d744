"""Renames as statements: of types, tables, indexes, constraints and columns, each in an order that works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.dialects.notices import breaks_code
from okra.dialects.postgres.quoting import (
    dollar_quoted,
    literal,
    quote,
    quote_in,
    quote_table,
    split_name,
)
from okra.plan import Statement
from okra.relational.changes import RenameColumn, RenameEnum, RenameTable
from okra.relational.pairs import one_by_one

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.postgres.planning.work import Work
    from okra.relational.changes import Change
    from okra.relational.pairs import Pair


def rename_types(changes: Sequence[Change]) -> list[Statement]:
    """Enum types in their new schemas, and under their new names."""
    pairs = [(c.before, c.after) for c in changes if isinstance(c, RenameEnum)]
    statements = _moves("TYPE", pairs)
    statements += (
        Statement(
            sql=f"ALTER TYPE {quote_in(schema, before)} RENAME TO {quote(after)}",
            purpose=f"rename type {before} to {after}",
        )
        for schema, inner in _by_schema(pairs).items()
        for before, after in one_by_one(inner, str)
    )
    return statements


def rename_relations(changes: Sequence[Change], works: Sequence[Work]) -> list[Statement]:
    """Tables and indexes, which share their names within a schema; keys and unique constraints are indexes."""
    moved = [(c.before, c.after) for c in changes if isinstance(c, RenameTable)]
    statements = _moves("TABLE", moved)
    tables = _by_schema(moved)
    pairs = {schema: [*inner] for schema, inner in tables.items()}
    for work in works:
        pairs.setdefault(split_name(work.after.name)[0], []).extend(_index_pairs(work))
    for schema, inner in pairs.items():
        final, is_table = dict(inner), dict(tables.get(schema, ()))
        aside: dict[str, str] = {}
        for before, after in one_by_one(inner, str):
            source = aside.get(before, before)
            if after != final[source]:
                aside[after] = source
            word = "TABLE" if source in is_table else "INDEX"
            statements.append(
                _rename_relation(word, schema, before, after, told=before in is_table)
            )
    return statements


def _index_pairs(work: Work) -> list[Pair]:
    pairs = [(old.name, new.name) for old, new in work.rename_indexes]
    key = work.rename_primary
    if key is not None and key.before is not None and key.after is not None:
        pairs += [(key.before.name or "", key.after.name or "")]
    return [pair for pair in pairs if pair[0] and pair[1] and pair[0] != pair[1]]


def _rename_relation(
    word: str, schema: str | None, before: str, after: str, *, told: bool
) -> Statement:
    return Statement(
        sql=f"ALTER {word} {quote_in(schema, before)} RENAME TO {quote(after)}",
        purpose=f"rename {word.lower()} {before} to {after}",
        hazards=(breaks_code(f"code that uses the name `{before}` fails"),) if told else (),
    )


def _moves(word: str, pairs: Sequence[Pair]) -> list[Statement]:
    """What goes to another schema, under the name that it has."""
    return [
        _move(word, before, after)
        for before, after in pairs
        if split_name(before)[0] != split_name(after)[0]
    ]


def _move(word: str, before: str, after: str) -> Statement:
    schema = split_name(after)[0]
    alter = f"ALTER {word} {quote_table(before)}"
    sql = _to_default(alter) if schema is None else f"{alter} SET SCHEMA {quote(schema)}"
    target = "the default schema" if schema is None else f"the schema {schema}"
    return Statement(
        sql=sql,
        purpose=f"move {word.lower()} {before} to {target}",
        hazards=(breaks_code(f"code that uses the name `{before}` fails"),),
    )


def _to_default(alter: str) -> str:
    """Only the session knows which schema is the default one: the first that the URL names."""
    return "DO " + dollar_quoted(
        f"BEGIN\n  EXECUTE format('%s SET SCHEMA %I', {literal(alter)}, current_schema());\nEND"
    )


def _by_schema(pairs: Sequence[Pair]) -> dict[str | None, list[Pair]]:
    """The pairs of each schema that they lead to, without its name and without those that change nothing within it."""
    found: dict[str | None, list[Pair]] = {}
    for before, after in pairs:
        (_, old), (schema, new) = split_name(before), split_name(after)
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
