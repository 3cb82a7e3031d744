"""The rows of PostgreSQL's catalogue → the indexes of one table. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from okra.dialects.postgres.expressions.canonical import canonical
from okra.dialects.postgres.natives.opclasses import parameters_of
from okra.dialects.postgres.natives.spelling import identifier
from okra.relational.model import Index, IndexPart

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from okra.dialects.postgres.introspection.catalogue_rows import (
        ColumnRow,
        ConstraintRow,
        IndexRow,
        Rows,
    )

_DESCENDING = 1
_NULLS_FIRST = 2
_DATABASE_COLLATION = 100


class Found(NamedTuple):
    found: tuple[Index, ...]
    ignored: tuple[str, ...]


class IndexReader:
    """What the indexes of all tables share: operator classes and collations."""

    def __init__(self, rows: Rows) -> None:
        self.classes = rows.classes
        self.collations = rows.collations

    def indexes(
        self,
        rows: Sequence[IndexRow],
        columns: Sequence[ColumnRow],
        types: tuple[tuple[str, str], ...],
        owners: Mapping[int, ConstraintRow],
        table: str,
    ) -> Found:
        """The indexes of `table` but that of its primary key, and what the model can't hold of them.

        owners  the constraints that indexes belong to, by the index
        """
        by_number = {column.number: column for column in columns}
        found: list[Index] = []
        ignored: list[str] = []
        for row in rows:
            owner = owners.get(row.oid)
            ignored += _noted(row, table)
            if owner is None or (owner.kind == "u" and not owner.period):
                found.append(self._index(row, by_number, types, owner))
            elif owner.kind == "p" and len(row.columns.split()) > row.key_count:
                ignored.append(f"the INCLUDE columns of constraint `{row.name}` of table `{table}`")
        return Found(tuple(found), tuple(ignored))

    def _index(
        self,
        row: IndexRow,
        columns: Mapping[int, ColumnRow],
        types: tuple[tuple[str, str], ...],
        owner: ConstraintRow | None,
    ) -> Index:
        numbers = [int(number) for number in row.columns.split()]
        keys, included = numbers[: row.key_count], numbers[row.key_count :]
        texts = None if row.definition is None else _key_texts(row.definition)
        return Index(
            name=row.name,
            parts=tuple(
                self._part(row, place, columns.get(number), texts[place] if texts else "", types)
                for place, number in enumerate(keys)
            ),
            unique=bool(row.unique),
            constraint=owner is not None,
            method=None if row.method == "btree" else row.method,
            where=None if row.where is None else canonical(row.where, types),
            include=tuple(columns[number].name for number in included),
            nulls_distinct=not row.nulls_not_distinct,
            options=tuple(sorted((row.options or "").split("\n"))) if row.options else (),
            comment=row.comment,
            visible=bool(row.valid),
            deferrable=owner is not None and bool(owner.deferrable),
            initially_deferred=owner is not None and bool(owner.deferred),
        )

    def _part(
        self,
        row: IndexRow,
        place: int,
        column: ColumnRow | None,
        text: str,
        types: tuple[tuple[str, str], ...],
    ) -> IndexPart:
        order = int(row.orders.split()[place])
        descending = bool(order & _DESCENDING)
        nulls_first = bool(order & _NULLS_FIRST)
        expression, rest = None, text.removeprefix(identifier(column.name)) if column else text
        if column is None:
            expression, rest = _split_expression(text)
        return IndexPart(
            column=None if column is None else column.name,
            expression=None if expression is None else canonical(expression, types),
            descending=descending,
            nulls=None if nulls_first == descending else "FIRST" if nulls_first else "LAST",
            ops=self._ops(row, place, rest),
            collation=self._collation(row, place, column, rest),
        )

    def _ops(self, row: IndexRow, place: int, text: str) -> str | None:
        """The operator class where it is not the usual one, with its parameters."""
        found = self.classes[int(row.classes.split()[place])]
        name = identifier(found.name)
        if found.schema is not None:
            name = f"{identifier(found.schema)}.{name}"
        parameters = parameters_of(text)
        if found.default and not parameters:
            return None
        return name + parameters

    def _collation(
        self, row: IndexRow, place: int, column: ColumnRow | None, text: str
    ) -> str | None:
        """The collation where it is not that of the column or the expression."""
        number = int(row.collations.split()[place])
        if column is not None:
            if number in (0, column.collation_id):
                return None
        elif " COLLATE " not in f" {text} ":
            return None
        return "default" if number == _DATABASE_COLLATION else self.collations.get(number)


def _noted(row: IndexRow, table: str) -> list[str]:
    name = f"index `{row.name}` of table `{table}`"
    found = []
    if not row.valid:
        found.append(f"{name}: it is not valid, building it failed")
    if row.tablespace is not None:
        found.append(f"the tablespace `{row.tablespace}` of {name}")
    if row.clustered:
        found.append(f"table `{table}` is clustered on {name}")
    if row.replica_identity:
        found.append(f"{name}: it is the replica identity")
    return found


_PIECE = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|.""", re.DOTALL)
_USING = re.compile(r""" USING (?:"(?:[^"]|"")*"|[^" ]+) \(""")


def _key_texts(definition: str) -> list[str]:
    """The parts of an index, as its definition spells them."""
    match = _USING.search(definition)
    texts: list[str] = []
    depth, part = 0, ""
    for piece in _PIECE.findall(definition[match.end() :] if match is not None else ""):
        if piece == ")" and not depth:
            break
        depth += (piece == "(") - (piece == ")")
        if piece == "," and not depth:
            texts.append(part.strip())
            part = ""
        else:
            part += piece
    return [*texts, part.strip()]


def _split_expression(text: str) -> tuple[str, str]:
    """A part of an index cut behind its expression, which is a call or stands in parentheses."""
    depth = at = 0
    for piece in _PIECE.findall(text):
        at += len(piece)
        depth += (piece == "(") - (piece == ")")
        if piece == ")" and not depth:
            break
    return text[:at], text[at:]
