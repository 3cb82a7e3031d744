"""Two spellings of one expression, told from two expressions by the server itself.

Each table of the live database that differs from the wanted one in the text of an expression is made once
more, as a temporary table with the wanted expressions, inside a transaction that is undone. What the server
prints for it is compared with what it prints for the live table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from okra.dialects.postgres.expressions.loose import loosely_equal
from okra.dialects.postgres.introspection.catalogue_rows import RelationRow, table_rows
from okra.dialects.postgres.introspection.catalogue_tables import read_tables
from okra.dialects.postgres.planning.tables import check_sql, column_sql, create_index
from okra.dialects.postgres.quoting import literal, quote
from okra.errors import DatabaseError
from okra.relational.arranging import arranged
from okra.relational.model import Column, Database, Index, IndexPart, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from okra.dialects.base import Session
    from okra.relational.model import Check

_TEMPORARY = "pg_temp"


class _Place(NamedTuple):
    """Where an expression stands: `kind` is default, generated, check, where or part."""

    kind: str
    name: str
    number: int = 0


class _Doubt(NamedTuple):
    """A table whose texts differ from the wanted ones at some places."""

    found: Table
    wanted: Table
    places: tuple[_Place, ...]


def settled(session: Session, found: Database, wanted: Database, version: int) -> Database:
    """`found` with the text of `wanted` wherever the server prints both in the same way.

    Where no temporary table can be made (a standby, a missing right), the texts stay as they are.
    """
    by_name = {table.name: table for table in wanted.tables}
    tables: dict[str, Table] = {}
    doubts: list[_Doubt] = []
    for table in found.tables:
        other = by_name.get(table.name)
        alike = table if other is None else arranged(table, other)
        tables[table.name] = alike
        if other is None or other == alike:
            continue
        near = _under_other_names(_loosely(alike, other), other, other)
        tables[table.name] = near
        places = tuple(_differing(near, other))
        if places:
            doubts.append(_Doubt(near, other, places))
    if doubts:
        printed = _printed(session, doubts, version)
        for doubt in doubts:
            name = doubt.found.name
            tables[name] = _taken_over(doubt, printed.get(name))
    return replace(found, tables=tuple(tables.values()))


def _texts(table: Table) -> dict[_Place, str]:
    """All expressions of `table`, by their places."""
    texts: dict[_Place, str] = {}
    for column in table.columns:
        if column.default is not None:
            texts[_Place("default", column.name)] = str(column.default)
        if column.generated is not None:
            texts[_Place("generated", column.name)] = column.generated.expression
    for check in table.checks:
        texts[_Place("check", check.name or "")] = check.expression
    for index in table.indexes:
        if index.where is not None:
            texts[_Place("where", index.name)] = index.where
        for number, part in enumerate(index.parts):
            if part.expression is not None:
                texts[_Place("part", index.name, number)] = part.expression
    return texts


def _differing(found: Table, wanted: Table) -> Iterable[_Place]:
    """The places where both have an expression and not the same, and those of checks and indexes that have no live namesake.

    These may be there under other names.
    """
    texts, wanted_texts = _texts(found), _texts(wanted)
    moved = {place.kind for place in texts.keys() - wanted_texts.keys()} - _OF_COLUMNS
    for place, text in wanted_texts.items():
        if texts.get(place, text) != text or (place not in texts and place.kind in moved):
            yield place


_OF_COLUMNS = {"default", "generated"}


def _loosely(found: Table, wanted: Table) -> Table:
    """`found` with the texts of `wanted` that differ from its own in nothing but casts and the like."""
    types = tuple((column.name, str(column.type)) for column in wanted.columns)
    texts = _texts(found)
    kinds = dict(types)
    equal = {
        place: text
        for place, text in _texts(wanted).items()
        if place in texts
        and text != texts[place]
        and loosely_equal(
            text, texts[place], types, kinds[place.name] if place.kind == "default" else None
        )
    }
    return _with_texts(found, equal) if equal else found


def _with_texts(table: Table, texts: Mapping[_Place, str]) -> Table:
    return replace(
        table,
        columns=tuple(_column_with(column, texts) for column in table.columns),
        checks=tuple(_check_with(check, texts) for check in table.checks),
        indexes=tuple(_index_with(index, texts) for index in table.indexes),
    )


def _column_with(column: Column, texts: Mapping[_Place, str]) -> Column:
    default = texts.get(_Place("default", column.name))
    generated = texts.get(_Place("generated", column.name))
    if default is not None:
        column = replace(column, default=default)
    if generated is not None and column.generated is not None:
        column = replace(column, generated=replace(column.generated, expression=generated))
    return column


def _check_with(check: Check, texts: Mapping[_Place, str]) -> Check:
    text = texts.get(_Place("check", check.name or ""))
    return check if text is None else replace(check, expression=text)


def _index_with(index: Index, texts: Mapping[_Place, str]) -> Index:
    where = texts.get(_Place("where", index.name), index.where)
    parts = tuple(
        _part_with(part, texts.get(_Place("part", index.name, number)))
        for number, part in enumerate(index.parts)
    )
    return replace(index, where=where, parts=parts)


def _part_with(part: IndexPart, text: str | None) -> IndexPart:
    return part if text is None else replace(part, expression=text)


def _taken_over(doubt: _Doubt, printed: Table | None) -> Table:
    """The live table with the wanted texts at the places where the server prints both alike."""
    if printed is None:
        return doubt.found
    near = _texts(_loosely(printed, doubt.found))
    live, wanted = _texts(doubt.found), _texts(doubt.wanted)
    equal = {
        place: wanted[place]
        for place in doubt.places
        if place in live and near.get(place) == live[place]
    }
    return _under_other_names(_with_texts(doubt.found, equal), doubt.wanted, printed)


def _under_other_names(found: Table, wanted: Table, printed: Table) -> Table:
    """`found` with the wanted texts in checks and indexes that are called otherwise, so that they are renames.

    printed  what the server makes of `wanted`, or `wanted` itself
    """
    types = tuple((column.name, str(column.type)) for column in wanted.columns)
    known = {check.name for check in found.checks}
    texts = {check.name: check.expression for check in wanted.checks if check.name not in known}
    again = [check for check in printed.checks if check.name in texts]

    def check_with(check: Check) -> Check:
        for other in again:
            if loosely_equal(check.expression, other.expression, types):
                return replace(check, expression=texts[other.name])
        return check

    named = {index.name for index in found.indexes}
    indexes = {index.name: index for index in wanted.indexes if index.name not in named}
    built = {_nameless(index): index.name for index in printed.indexes if index.name in indexes}

    def index_with(index: Index) -> Index:
        name = built.get(_nameless(index))
        if name is None:
            return index
        other = indexes[name]
        parts = map(_part_with, index.parts, (part.expression for part in other.parts))
        return replace(index, where=other.where, parts=tuple(parts))

    ours = {check.name for check in wanted.checks}
    owned = {index.name for index in wanted.indexes}
    return replace(
        found,
        checks=tuple(c if c.name in ours else check_with(c) for c in found.checks),
        indexes=tuple(i if i.name in owned else index_with(i) for i in found.indexes),
    )


def _nameless(index: Index) -> Index:
    return replace(index, name="", comment=None, options=())


def _printed(session: Session, doubts: Sequence[_Doubt], version: int) -> dict[str, Table]:
    """What the server makes of the wanted tables, by their names."""
    inside = _begin(session)
    if inside is None:
        return {}
    try:
        session.execute(f"DO {literal(_block(doubts))}")
        return _read(session, doubts, version)
    except DatabaseError:
        return {}  # whoever compares then sees a difference that may be none, and nothing else is lost
    finally:
        session.execute("ROLLBACK TO SAVEPOINT okra_settling" if inside else "ROLLBACK")
        if inside:
            session.execute("RELEASE SAVEPOINT okra_settling")


def _begin(session: Session) -> bool | None:
    """Open a transaction, or a part of the one that is open (True); None where none can be had."""
    known: bool | None = getattr(session, "in_transaction", None)
    for inside in (True, False) if known is None else (known,):
        try:
            session.execute("SAVEPOINT okra_settling" if inside else "BEGIN READ WRITE")
        except DatabaseError:
            continue
        return inside
    return None


def _read(session: Session, doubts: Sequence[_Doubt], version: int) -> dict[str, Table]:
    rows = session.query(
        "SELECT c.oid::int8, c.relname::text, c.relnamespace::int8, c.relnamespace::regnamespace::text"
        " FROM pg_catalog.pg_class c"
        " WHERE c.relnamespace = pg_catalog.pg_my_temp_schema() AND c.relkind = 'r'"
    )
    names = {_name(number): doubt.found.name for number, doubt in enumerate(doubts)}
    relations = [
        RelationRow(
            oid=int(oid or 0),
            schema=int(schema or 0),
            name=str(name),
            kind="r",
            persistence="t",
            options=None,
            toast_options=None,
            comment=None,
            inherits=0,
            has_children=0,
            typed=0,
            row_security=0,
            replica_identity="d",
            tablespace=None,
            method=None,
        )
        for oid, name, schema, _ in rows
        if str(name) in names
    ]
    schemas = {int(schema or 0): str(path) for _, _, schema, path in rows}
    found = table_rows(session, [row.oid for row in relations], version)
    read = read_tables(relations, found, schemas, next(iter(schemas), 0))
    return {names[table.name]: table for table in read.tables}


def _name(number: int) -> str:
    return f"_okra_settling_{number}"


def _block(doubts: Sequence[_Doubt]) -> str:
    """A PL/pgSQL block that makes all wanted tables; what can't be made is left out."""
    lines = ["BEGIN"]
    for number, doubt in enumerate(doubts):
        lines += (_attempt(statement) for statement in _statements(_name(number), doubt))
    return "\n".join([*lines, "END"])


def _attempt(statement: str) -> str:
    return f"BEGIN EXECUTE {literal(statement)}; EXCEPTION WHEN OTHERS THEN NULL; END;"


def _statements(name: str, doubt: _Doubt) -> Iterable[str]:
    """CREATE TABLE with the bare columns, and one statement more for each expression in doubt."""
    wanted = doubt.wanted
    table = f"{_TEMPORARY}.{quote(name)}"
    places = frozenset(doubt.places)
    bare = ", ".join(
        column_sql(Column(name=c.name, type=c.type, nullable=True, collation=c.collation))
        for c in wanted.columns
        if _Place("generated", c.name) not in places
    )
    yield f"CREATE TEMPORARY TABLE {quote(name)} ({bare})"
    for column in wanted.columns:
        if _Place("default", column.name) in places:
            yield f"ALTER TABLE {table} ALTER {quote(column.name)} SET DEFAULT {column.default}"
        if _Place("generated", column.name) in places:
            lone = Column(name=column.name, type=column.type, generated=column.generated)
            yield f"ALTER TABLE {table} ADD {column_sql(lone)}"
    for check in wanted.checks:
        if check.name and _Place("check", check.name) in places:
            yield f"ALTER TABLE {table} ADD {check_sql(check)}"
    doubtful = {place.name for place in places if place.kind in ("where", "part")}
    for index in wanted.indexes:
        if index.name in doubtful:
            yield create_index(index, f"{_TEMPORARY}.{name}")
