"""Two spellings of one expression, told from two expressions by the server itself.

What the rules in expressions/rules.py don't know, the server does: a temporary table is made with the one text,
then with the other, and where the server shows both tables alike the texts mean the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from okra.dialects.mysql.introspection.temporary import execute
from okra.dialects.mysql.natives.collations import charset_of
from okra.dialects.mysql.natives.options import collation_of
from okra.dialects.mysql.planning.columns import in_order
from okra.dialects.mysql.planning.tables import check_sql, column_sql
from okra.errors import DatabaseError
from okra.relational.arranging import arranged
from okra.relational.model import Check, Index

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.dialects.base import Session
    from okra.relational.model import Column, Database, Table

_PROBE = "_okra_probe"


class _Doubt(NamedTuple):
    """One text that differs: `part` of `name`, as the database has it and as it is wanted."""

    part: str
    name: str
    found: str
    wanted: str


def settled(session: Session, found: Database, wanted: Database) -> Database:
    """`found` with the text of `wanted` wherever the server would print both in the same way.

    Where it won't make temporary tables for us, the difference stays.
    """
    tables = {table.name: table for table in wanted.tables}
    return replace(
        found,
        tables=tuple(
            _settled_table(session, table, tables[table.name]) if table.name in tables else table
            for table in found.tables
        ),
    )


def _settled_table(session: Session, found: Table, wanted: Table) -> Table:
    found = arranged(found, wanted)
    if found == wanted:
        return found
    doubts = _doubts(found, wanted)
    if not doubts:
        return found
    if not _same(session, wanted, doubts):
        doubts = [each for each in doubts if len(doubts) > 1 and _same(session, wanted, [each])]
    return _rewritten(found, doubts)


def _doubts(found: Table, wanted: Table) -> list[_Doubt]:
    """The expressions that both tables have, and not in the same words."""
    doubts = []
    columns = {column.name: column for column in wanted.columns}
    for column in found.columns:
        other = columns.get(column.name)
        if other is None or other == column:
            continue
        if column.default is not None and other.default is not None:
            doubts.append(_Doubt("default", column.name, str(column.default), str(other.default)))
        if column.generated is not None and other.generated is not None:
            texts = column.generated.expression, other.generated.expression
            doubts.append(_Doubt("generated", column.name, *texts))
    checks = {check.name: check for check in wanted.checks}
    for check in found.checks:
        same = checks.get(check.name)
        if same is not None and check.name is not None:
            doubts.append(_Doubt("check", check.name, check.expression, same.expression))
    indexes = {index.name: index for index in wanted.indexes}
    for index in found.indexes:
        like = indexes.get(index.name)
        if like is not None and len(like.parts) == len(index.parts):
            pairs = zip(index.parts, like.parts, strict=True)
            doubts += (
                _Doubt("index", index.name, part.expression, part_wanted.expression)
                for part, part_wanted in pairs
                if part.expression is not None and part_wanted.expression is not None
            )
    return [doubt for doubt in doubts if doubt.found != doubt.wanted]


def _same(session: Session, wanted: Table, doubts: Sequence[_Doubt]) -> bool:
    """Whether the server shows the table alike with either text of each doubt."""
    try:
        return _shown(session, wanted, [(each, each.found) for each in doubts]) == _shown(
            session, wanted, [(each, each.wanted) for each in doubts]
        )
    except DatabaseError:
        return False


def _shown(session: Session, table: Table, texts: Sequence[tuple[_Doubt, str]]) -> str:
    execute(session, _probe_sql(table, texts))
    try:
        ((_, shown),) = session.query(f"SHOW CREATE TABLE {_PROBE}")
    finally:
        execute(session, f"DROP TEMPORARY TABLE {_PROBE}")
    return str(shown)


def _probe_sql(table: Table, texts: Sequence[tuple[_Doubt, str]]) -> str:
    """A temporary table with the columns of `table`, and of all else only what `texts` is about."""
    by_part = {(doubt.part, doubt.name): text for doubt, text in texts}
    columns = in_order(table.columns, table)
    lines = [column_sql(_plain_column(column, by_part)) for column in columns]
    for number, (doubt, text) in enumerate(texts):
        if doubt.part == "check":
            lines.append(check_sql(Check(name=f"{_PROBE}_{number}", expression=text)))
        elif doubt.part == "index":
            lines.append(f"INDEX {_PROBE}_{number} (({text}))")
    collation = collation_of(table.options)
    return (
        f"CREATE TEMPORARY TABLE {_PROBE} ({', '.join(lines)})"
        f" DEFAULT CHARACTER SET {charset_of(collation)} COLLATE {collation}"
    )


def _plain_column(column: Column, texts: dict[tuple[str, str], str]) -> Column:
    generated = column.generated
    if generated is not None:
        text = texts.get(("generated", column.name), generated.expression)
        generated = replace(generated, expression=text)
    return replace(
        column,
        nullable=True,
        default=texts.get(("default", column.name)),
        generated=generated,
        identity=False,
        comment=None,
        updated_at=False,
    )


def _rewritten(table: Table, doubts: Sequence[_Doubt]) -> Table:
    if not doubts:
        return table
    texts = {(doubt.part, doubt.name, doubt.found): doubt.wanted for doubt in doubts}
    return replace(
        table,
        columns=tuple(_rewritten_column(column, texts) for column in table.columns),
        checks=tuple(
            replace(
                check,
                expression=texts.get(
                    ("check", check.name or "", check.expression), check.expression
                ),
            )
            for check in table.checks
        ),
        indexes=tuple(_rewritten_index(index, texts) for index in table.indexes),
    )


def _rewritten_column(column: Column, texts: dict[tuple[str, str, str], str]) -> Column:
    generated = column.generated
    if column.default is not None:
        text = str(column.default)
        column = replace(column, default=texts.get(("default", column.name, text), text))
    if generated is not None:
        text = generated.expression
        text = texts.get(("generated", column.name, text), text)
        column = replace(column, generated=replace(generated, expression=text))
    return column


def _rewritten_index(index: Index, texts: dict[tuple[str, str, str], str]) -> Index:
    if all(part.expression is None for part in index.parts):
        return index
    return replace(
        index,
        parts=tuple(
            part
            if part.expression is None
            else replace(
                part, expression=texts.get(("index", index.name, part.expression), part.expression)
            )
            for part in index.parts
        ),
    )
