"""A logical database → the schema that leads to it: lowering, backwards."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from okra.errors import visible
from okra.language.definition import Enum, EnumValue, Model, SchemaDefinition
from okra.mapping import enum_name, schema_of, unqualified
from okra.raising.joins import join_of
from okra.raising.kept import kept_tables
from okra.raising.models import Raiser
from okra.raising.names import Names, is_writable
from okra.raising.relations import Known, fault_of, links_of, relation_fields
from okra.raising.words import Taken, value_name
from okra.relational.model import Database, LogicalType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okra.language.definition import Field
    from okra.raising.habits import Habits
    from okra.relational.model import EnumType, ForeignKey, Table


class Raised(msgspec.Struct, frozen=True, kw_only=True):
    """A schema, and what of the database it says nothing about, as sentences."""

    definition: SchemaDefinition
    ignored: tuple[str, ...] = ()


class Existing(msgspec.Struct, frozen=True, kw_only=True):
    """A schema whose names, order and descriptions are to stay.

    like    what `definition` lowers to: columns that are equal in it keep their fields
    native  what `like` resolves to: indexes, checks and keys that are equal in it keep their words
    same    tables that are what `definition` leads to: their models stay as they are
    """

    definition: SchemaDefinition
    like: Database
    native: Database = Database()
    same: Collection[str] = ()


def raised(
    database: Database,
    habits: Habits,
    *,
    existing: Existing | None = None,
    alone: Mapping[str, str] | None = None,
) -> Raised:
    """The schema of `database`, which has logical types.

    habits  the provider whose native types its columns may carry
    alone   tables that are to be left alone, with the reason for it
    """
    return _Raising(database, habits, existing, dict(alone or {})).raised()


class _Raising:
    def __init__(
        self, database: Database, habits: Habits, existing: Existing | None, alone: dict[str, str]
    ) -> None:
        self.habits = habits
        tables = [table for table in database.tables if _is_sayable(table)]
        self.ignored = [
            f"table `{table.name}`: a schema can't write its name, or that of any column"
            for table in database.tables
            if table not in tables
        ]
        self.tables = {table.name: table for table in tables}
        self.existing = existing
        definition = None if existing is None else existing.definition
        self.definition = definition or SchemaDefinition()
        self.names = Names(replace(database, tables=tuple(tables)), definition, habits)
        self.alone = {name: reason for name, reason in alone.items() if name in self.tables}
        self._leave_alone()
        self.enums = self._enums(database.enums)
        used = Taken(self.tables, fold=True)
        for table in tables:
            for index in table.indexes:
                if not index.constraint:
                    used.add(index.name)
        self.kept = (
            {}
            if existing is None
            else kept_tables(
                self.names.known_models, habits.provider, existing.like, existing.native
            )
        )
        self.raiser = Raiser(self.names, self.enums, used, habits, self.kept)
        like = Database() if existing is None else existing.like
        self.like = {table.name: table for table in like.tables}

    def raised(self) -> Raised:
        joins = self._joins()
        keys: list[tuple[str, ForeignKey]] = [
            (table.name, key)
            for table in self.tables.values()
            if table.name not in joins and table.name not in self.alone
            for key in table.foreign_keys
        ]
        links = links_of(
            self.tables | joins,
            keys,
            joins,
            self.names,
            Known(self.definition, self.names, self.kept),
        )
        relations = relation_fields(links)
        models = [self._model(table) for name, table in self.tables.items() if name not in joins]
        models = [self._with_relations(model, relations.get(model.name, [])) for model in models]
        order = {model.name: number for number, model in enumerate(self.definition.models)}
        models.sort(key=lambda model: order.get(model.name, len(order)))
        self.ignored += (
            f"table `{name}` is left alone: {why}" for name, why in self.alone.items() if why
        )
        return Raised(
            definition=replace(
                self.definition, models=tuple(models), enums=self._used_enums(models)
            ),
            ignored=tuple(visible(text) for text in self.ignored),
        )

    def _leave_alone(self) -> None:
        """Find the tables that a schema can't say everything about."""
        for name, model in self.names.known_models.items():
            if model.unmanaged and name in self.tables:
                self.alone.setdefault(name, "")
        for table in self.tables.values():
            reason = _fault(table, self.tables)
            if reason is not None:
                self.alone.setdefault(table.name, reason)

    def _joins(self) -> dict[str, Table]:
        referred = {key.table for table in self.tables.values() for key in table.foreign_keys}
        known = set(self.names.known_models)
        found = {}
        for table in self.tables.values():
            if table.name in self.alone or table.name in referred or table.name in known:
                continue
            join = join_of(table, self.tables, self.names)
            if join is not None:
                found[table.name] = join
        return found

    def _enums(self, types: tuple[EnumType, ...]) -> dict[str, Enum]:
        """Type name → enum."""
        owners = {
            column.type.enum: (table.name, column.name)
            for table in self.tables.values()
            for column in table.columns
            if isinstance(column.type, LogicalType)
        }
        found = {}
        for kind in types:
            known = self.names.known_enum(kind.name)
            if self.habits.enum_types:
                found[kind.name] = self._named_enum(kind, known)
            elif known is not None:
                found[kind.name] = known
            elif kind.name in owners and not self._is_kept(owners[kind.name][0]):
                found[kind.name] = _enum(self.names.new_enum(*owners[kind.name]), kind.values)
        return found

    def _named_enum(self, kind: EnumType, known: Enum | None) -> Enum:
        """The enum of a type that has a name of its own."""
        if known is not None:
            return replace(_with_values(known, kind.values), description=kind.comment or None)
        name = self.names.new_enum_of(kind.name)
        bare = unqualified(kind.name, self.habits.provider)
        return replace(
            _enum(name, kind.values),
            description=kind.comment or None,
            schema=schema_of(kind.name, self.habits.provider),
            type=None if enum_name(name) == bare else bare,
        )

    def _used_enums(self, models: list[Model]) -> tuple[Enum, ...]:
        """The enums that are there, those of the existing schema first and in its order.

        Where they are no types of their own, that is those that some field has.
        """
        used = {field.type.name for model in models for field in model.fields}
        if self.habits.enum_types:
            used = {enum.name for enum in self.enums.values()}
        now = {enum.name: enum for enum in self.enums.values()}
        known = [now.get(enum.name, enum) for enum in self.definition.enums]
        names = {enum.name for enum in known}
        new = [enum for enum in self.enums.values() if enum.name not in names]
        return tuple(enum for enum in (*known, *new) if enum.name in used)

    def _is_kept(self, table: str) -> bool:
        """Whether the model of the existing schema stays as it is, but for its relations."""
        known = self.names.known_models.get(table)
        if known is None or self.existing is None:
            return False
        return table in self.existing.same or (known.unmanaged and table in self.alone)

    def _model(self, table: Table) -> Model:
        known = self.names.known_models.get(table.name)
        if known is not None and self._is_kept(table.name):
            fields = tuple(field for field in known.fields if field.relation is None)
            return replace(known, fields=fields)
        unmanaged = table.name in self.alone
        return self.raiser.model(table, self.like.get(table.name), unmanaged=unmanaged)

    def _with_relations(self, model: Model, relations: list[tuple[str | None, Field]]) -> Model:
        """A relation stands in front of the field with its key; what is known stays where it is."""
        fields = list(model.fields)
        for before, field in relations:
            names = [item.name for item in fields]
            at = names.index(before) if before in names else len(fields)
            fields.insert(at, field)
        known = self.names.known_models.get(self.names.tables[model.name])
        if known is not None:
            described = {field.name: field.description for field in known.fields}
            fields = [
                replace(field, description=described.get(field.name))
                if field.relation is not None
                else field
                for field in fields
            ]
            order = {field.name: number for number, field in enumerate(known.fields)}
            fields.sort(key=lambda field: order.get(field.name, len(order)))
        return replace(model, fields=tuple(fields))


def _is_sayable(table: Table) -> bool:
    """Whether there can be a model of the table at all."""
    return is_writable(table.name) and any(is_writable(column.name) for column in table.columns)


def _fault(table: Table, tables: Mapping[str, Table]) -> str | None:
    """Why a schema can't say everything about `table`, or None."""
    for kind, names in (
        ("column", [column.name for column in table.columns]),
        ("index", [index.name for index in table.indexes]),
        ("check", [check.name for check in table.checks if check.name is not None]),
    ):
        for name in names:
            if not is_writable(name):
                return f"a schema can't write the name of its {kind} `{name}`"
    checks = [check.name for check in table.checks if check.name is not None]
    if len(set(checks)) < len(checks):
        return "two of its checks have one name"
    for key in table.foreign_keys:
        fault = fault_of(key, table, tables)
        if fault is not None:
            return fault
    return None


def _with_values(known: Enum, texts: tuple[str, ...]) -> Enum:
    """`known` with the values that are stored as `texts`, those that it has under their names."""
    values = {value.text: value for value in known.values}
    if tuple(values) == texts:
        return known
    taken = Taken(value.name for value in known.values)
    found = []
    for text in texts:
        value = values.get(text)
        if value is None:
            said = taken.free(value_name(text))
            value = EnumValue(name=said, stored=None if said == text else text)
        found.append(value)
    return replace(known, values=tuple(found))


def _enum(name: str, values: tuple[str, ...]) -> Enum:
    taken = Taken()
    found = []
    for value in values:
        said = taken.free(value_name(value))
        found.append(EnumValue(name=said, stored=None if said == value else value))
    return Enum(name=name, values=tuple(found))
