"""Rows of a real database, made up by OKRA, in the one JSON form that generated types read and write."""

from __future__ import annotations

import base64
import csv
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, assert_never

from goldens import run
from okra.codegen.shape import Member, shapes
from okra.dialects import dialect
from okra.dialects.rows import row_writer
from okra.language.definition import Scalar, SchemaDefinition
from okra.lowering import lower
from okra.mapping import JoinSide, Names, join_tables
from okra.migrations.draft import draft
from okra.relational.model import Database
from okra.trials.making import Maker

if TYPE_CHECKING:
    from okra.codegen.shape import Shape
    from okra.dialects.base import Dialect
    from okra.dialects.session import MigrationSession
    from okra.language.definition import Field, Model
    from okra.relational.model import ForeignKey


def rows_as_json(
    session: MigrationSession, provider: str, schema: SchemaDefinition
) -> dict[str, list[str]]:
    """Make the tables of `schema` in an empty database, fill them, and read each model's rows."""
    speaks = dialect(provider)
    first = draft(provider, Database(), None, schema)
    run(session, provider, first.migration_sql("first"))
    kinds = speaks.logical(first.after, lower(schema, provider))
    left = Maker(session, speaks, first.after, kinds, nulls=True).fill()
    assert left == ()
    for table in first.after.tables:
        for key in table.foreign_keys:
            if key.table == table.name:
                _refer_to_itself(session, speaks, key)
        for column in table.columns:
            if column.type == "inet":
                path = row_writer(provider).path(table.name)
                session.execute(f"UPDATE {path} SET {speaks.quote(column.name)} = '192.0.2.1'")
    reader = Reader(session, provider, schema)
    models = {model.name: model for model in schema.models if not model.unmanaged}
    return {
        shape.name: reader.rows(models[shape.name], shape)
        for shape in shapes(schema)
        if shape.name in models
    }


def _refer_to_itself(session: MigrationSession, speaks: Dialect, key: ForeignKey) -> None:
    """Made-up rows leave such a key null, as they do with what only PostgreSQL has."""
    pairs = zip(key.columns, key.references, strict=True)
    sets = ", ".join(f"{speaks.quote(own)} = {speaks.quote(other)}" for own, other in pairs)
    session.execute(f"UPDATE {row_writer(speaks.name).path(key.table)} SET {sets}")


class Reader:
    """Reads the rows of one database."""

    def __init__(self, session: MigrationSession, provider: str, schema: SchemaDefinition) -> None:
        self._session = session
        self._provider = provider
        self._names = Names(schema, provider)
        self._joins = join_tables(schema, provider)

    def rows(self, model: Model, shape: Shape) -> list[str]:
        """Each row as the text of a JSON object; what is null is left out."""
        columns = self._names.columns_of(model.name)
        names = self._names.tables[model.name]
        members = {member.name: member for member in shape.members}
        lists = [member for member in shape.members if member.name not in columns]
        fields = [field for field in model.fields if is_list_of_ids(field)]
        found = []
        for row in self._select(list(columns.values()), names):
            values = dict(zip(columns, row, strict=True))
            value = {
                name: as_json(members[name], each)
                for name, each in values.items()
                if each is not None
            }
            for member, field in zip(lists, fields, strict=True):
                key = tuple(values[each.name] for each in self._names.id_fields(model.name))
                ids = self._ids(JoinSide(model=model.name, field=field.name), key)
                value[member.name] = as_json(member, ids)
            found.append(json.dumps(value))
        return found

    def _ids(self, side: JoinSide, key: tuple[Any, ...]) -> list[Any]:
        join = next(join for join in self._joins if side in join.sides)
        at = join.sides.index(side)
        own, others = join.columns[at], join.columns[1 - at]
        rows = self._select([*own, *others], join.table)
        return [row[-1] for row in rows if tuple(row[: len(own)]) == key]

    def _select(self, columns: list[str], table: str) -> list[tuple[Any, ...]]:
        path = row_writer(self._provider).path(table)
        names = ", ".join(dialect(self._provider).quote(name) for name in columns)
        return self._session.query(f"SELECT {names} FROM {path}")


def is_list_of_ids(field: Field) -> bool:
    return field.relation is not None and field.relation.many_to_many


def as_json(member: Member, value: Any) -> Any:
    """A value of any driver in the JSON form of its type."""
    if not member.list:
        return _element(member, value)
    if isinstance(value, str) and value.startswith("{"):
        elements = next(csv.reader([value[1:-1]]))  # PostgreSQL's driver does not know the enum
    else:
        elements = json.loads(value) if isinstance(value, (str, bytes)) else value
    return [_element(member, element) for element in elements]


def _element(member: Member, value: Any) -> Any:  # noqa: PLR0912 - a case for each type
    if not isinstance(member.type, Scalar):
        return str(value)
    match member.type:
        case Scalar.ID | Scalar.STRING:
            return str(value)
        case Scalar.INT:
            return int(value)
        case Scalar.BIG_INT:
            return str(int(value))
        case Scalar.FLOAT:
            return float(value)
        case Scalar.DECIMAL:
            return f"{value}"
        case Scalar.BOOLEAN:
            return bool(value)
        case Scalar.DATE_TIME:
            moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
            return moment.replace(tzinfo=UTC).isoformat().replace("+00:00", "Z")
        case Scalar.DATE:
            return str(value)
        case Scalar.TIME:
            return _time(value)
        case Scalar.JSON:
            return json.loads(value) if isinstance(value, str) else value
        case Scalar.BYTES:
            return base64.b64encode(value).decode()
        case Scalar.NATIVE:
            return value.hex() if isinstance(value, bytes) else str(value)
        case _:
            assert_never(member.type)


def _time(value: Any) -> str:
    """MySQL's driver gives the time since midnight; SQLite keeps what was written, seconds or none."""
    if isinstance(value, timedelta):
        value = (datetime.min + value).time()  # noqa: DTZ901 - a time of day
    text = str(value)
    return f"{text}:00" if text.count(":") == 1 else text
