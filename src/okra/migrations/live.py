"""A live database as it compares with a schema: what is there, and what of the schema is there under an earlier name.

A database knows tables and columns, not models: which of its names a hint `@renamed(from:)` means is found
by undoing the hints that it has not followed yet, and asking how that earlier schema became the newer one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from okra.dialects import dialect as dialect_of
from okra.hints import rename_hints
from okra.mapping import Names, enum_name, qualified, unqualified
from okra.naming import column_name, table_name
from okra.relational.renaming import NO_RENAMES, Renames, applicable, renamed_database
from okra.relational.sqltext import is_string, name_of, significant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.dialects.base import Introspection, Session
    from okra.language.definition import Enum, EnumValue, Field, Model, SchemaDefinition
    from okra.relational.model import Database, Table


class Live(NamedTuple):
    """What a live database holds, and the renames that lead from it to the schema it is compared with."""

    found: Introspection
    renames: Renames = NO_RENAMES

    @property
    def database(self) -> Database:
        return self.found.database


def read_live(
    session: Session,
    provider: str,
    *,
    wanted: Database | None = None,
    models: SchemaDefinition | None = None,
    known: SchemaDefinition | None = None,
) -> Live:
    """What is there; expressions as `wanted` spells them where they mean the same.

    wanted  what it will be compared with
    models  what `wanted` came from, for its hints
    known   models that the database may have come from: they know names that no hint spells out
    Raises  DatabaseError where it can't be read
    """
    dialect = dialect_of(provider)
    found = dialect.introspect(session, wanted=wanted)
    if wanted is None or models is None:
        return Live(found)
    renames = live_renames(found.database, models, provider, known)
    if renames == NO_RENAMES:
        return Live(found)
    followed = applicable(renames, found.database, wanted)
    if followed.tables or followed.columns:  # its expressions stand under the earlier names
        earlier = renamed_database(wanted, followed.inverted())
        found = dialect.introspect(session, wanted=earlier)
    return Live(found, renames)


def live_renames(
    live: Database,
    models: SchemaDefinition,
    provider: str,
    known: SchemaDefinition | None = None,
) -> Renames:
    """What the hints of `models` mean for the database `live`: those that it has followed do nothing.

    known   models that the database may have come from
    """
    renames = NO_RENAMES if known is None else rename_hints(known, models, provider)
    search = _Search(live, models, provider)
    if _has_hints(models):
        renames = renames.plus(rename_hints(search.earlier(), models, provider))
    texts = tuple(
        text
        for text in renames.texts
        if search.holds(text.table, text.column, text.before, renames)
    )
    return replace(renames, texts=texts)


def _has_hints(models: SchemaDefinition) -> bool:
    for model in models.models:
        if model.renamed_from or any(field.renamed_from for field in model.fields):
            return True
    for enum in models.enums:
        if enum.renamed_from or any(value.renamed_from for value in enum.values):
            return True
    return False


class _Search:
    """The hints of a schema that a database has not followed yet."""

    def __init__(self, live: Database, models: SchemaDefinition, provider: str) -> None:
        self._models = models
        self._provider = provider
        self._names = Names(models, provider)
        self._tables = {table.name: table for table in live.tables}
        self._types = {enum.name: enum.values for enum in live.enums}
        self._model_names: dict[str, str] = {}
        self._enum_names: dict[str, str] = {}

    def earlier(self) -> SchemaDefinition:
        """The schema under the names that the database still has."""
        places = {model.name: self._place(model) for model in self._models.models}
        types = {enum.name: self._type(enum) for enum in self._models.enums}
        models = [self._model(model, places[model.name]) for model in self._models.models]
        enums = tuple(self._enum(enum, types[enum.name]) for enum in self._models.enums)
        return replace(self._models, models=tuple(models), enums=enums)

    def holds(self, table: str, column: str, text: str, renames: Renames) -> bool:
        """Whether the column, by its newer names, may hold `text`."""
        tables = {new: old for old, new in renames.tables}
        columns = {(r.table, r.after): r.before for r in renames.columns}
        known = self._tables.get(tables.get(table, table)) or self._tables.get(table)
        if known is None:
            return False
        return text in _texts(known, columns.get((table, column), column))

    def _place(self, model: Model) -> str:
        """The table that `model` has in the database; notes the name that the model had then."""
        here = self._names.tables[model.name]
        old = model.renamed_from
        if old is None or old in self._names.models or here in self._tables:
            return here
        taken = set(self._names.tables.values())
        for name in (table_name(old), old):
            there = qualified(name, model.schema, self._provider)
            if there in self._tables and there not in taken:
                self._model_names[model.name] = old
                return there
        return here

    def _type(self, enum: Enum) -> str:
        """The same for the type of an enum."""
        here = self._names.types[enum.name]
        old = enum.renamed_from
        if old is None or old in self._names.enums or here in self._types:
            return here
        taken = set(self._names.types.values())
        for name in (enum_name(old), old):
            there = qualified(name, enum.schema, self._provider)
            if there in self._types and there not in taken:
                self._enum_names[enum.name] = old
                return there
        return here

    def _model(self, model: Model, place: str) -> Model:
        table = self._tables.get(place)
        fields = tuple(self._field(model, field, table) for field in model.fields)
        names = {new.name: old.name for old, new in zip(fields, model.fields, strict=True)}
        renamed = model.name in self._model_names
        return replace(
            model,
            name=self._model_names.get(model.name, model.name),
            table=unqualified(place, self._provider) if renamed else model.table,
            fields=fields,
            id_fields=tuple(names.get(name, name) for name in model.id_fields),
        )

    def _field(self, model: Model, field: Field, table: Table | None) -> Field:
        kind = field.type.name
        kind = self._model_names.get(kind) or self._enum_names.get(kind) or kind
        moved = replace(field, type=replace(field.type, name=kind))
        relation = field.relation
        if relation is not None:
            other = self._model_names.get(relation.model, relation.model)
            return replace(moved, relation=replace(relation, model=other))
        column = None if table is None else self._column(model, field, table)
        if column is None or field.renamed_from is None:
            return moved
        return replace(moved, name=field.renamed_from, column=column)

    def _column(self, model: Model, field: Field, table: Table) -> str | None:
        """The column that `field` has under its earlier name, if the hint is still to be followed."""
        old = field.renamed_from
        wanted = self._names.columns_of(model.name)
        there = {column.name for column in table.columns}
        if old is None or wanted[field.name] in there:
            return None
        if any(other.name == old for other in model.fields):
            return None
        taken = set(wanted.values())
        candidates = (column_name(old), old)
        return next((c for c in candidates if c in there and c not in taken), None)

    def _enum(self, enum: Enum, place: str) -> Enum:
        values = enum.values
        if any(value.renamed_from for value in values):
            known = self._held(enum, place)
            values = tuple(self._value(enum, value, known) for value in values)
        renamed = enum.name in self._enum_names
        return replace(
            enum,
            name=self._enum_names.get(enum.name, enum.name),
            type=unqualified(place, self._provider) if renamed else enum.type,
            values=values,
        )

    def _held(self, enum: Enum, place: str) -> frozenset[str]:
        """The older values that the database has.

        A type has no value twice. A column may have both while a change that nothing undoes is halfway, which
        makes room for the newer one, moves the rows, and takes the older one away.
        """
        texts = self._types.get(place)
        if texts is None:
            return frozenset().union(*self._column_texts(enum))
        newer = {value.renamed_from for value in enum.values if value.name in texts}
        return frozenset(texts) - newer

    def _value(self, enum: Enum, value: EnumValue, known: frozenset[str]) -> EnumValue:
        old = value.renamed_from
        if old is None or value.stored is not None or any(v.name == old for v in enum.values):
            return value
        return replace(value, name=old) if old in known else value

    def _column_texts(self, enum: Enum) -> Iterator[frozenset[str]]:
        """What each column of the enum may hold, where the enum has no type of its own."""
        for model in self._models.models:
            table = self._tables.get(self._place(model))
            for field in model.fields:
                if table is not None and field.type.name == enum.name:
                    here = self._names.columns_of(model.name)[field.name]
                    yield _texts(table, self._column(model, field, table) or here)


def _texts(table: Table, column: str) -> frozenset[str]:
    """The texts that the type of a column and the checks on it name; empty where nothing does."""
    found = table.column(column)
    if found is None:
        return frozenset()
    kind = significant(found.type) if isinstance(found.type, str) else []
    parts = [kind, *(significant(check.expression) for check in table.checks)]
    of_column = [
        part
        for part in parts
        if part is kind or any(not is_string(t) and name_of(t) == column for t in part)
    ]
    return frozenset(name_of(token) for part in of_column for token in part if is_string(token))
