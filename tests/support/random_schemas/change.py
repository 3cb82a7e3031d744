"""A random change to a schema, of every kind that users make."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from okra.naming import snake_case
from random_schemas.make import COLUMNS, FIELDS, MODELS, SCALARS, STORED, TABLES, VALUES
from random_schemas.spec import EnumSpec, FieldSpec, ModelSpec, SchemaSpec, Value, rename

if TYPE_CHECKING:
    from collections.abc import Sequence

    from random_schemas.make import Maker


def changed(schema: SchemaSpec, maker: Maker) -> SchemaSpec:
    """`schema` after one to six changes; renames carry their hints, some old hints are still there."""
    after = deepcopy(schema)
    after.forget_some_hints(maker.choice)
    return _Changer(after, maker).run()


class _Changer:
    def __init__(self, schema: SchemaSpec, maker: Maker) -> None:
        self.schema = schema
        self.maker = maker
        self.choice = maker.choice

    def run(self) -> SchemaSpec:
        kinds = [
            *[self.in_field] * 6,
            *[self.in_model] * 3,
            self.models,
            *[self.in_enum] * 2,
            *[self.relations] * 2,
        ]
        for _ in range(self.choice.number(1, 6)):
            self.choice.one(kinds)()
        self.tidy(self.schema.models)
        self.tidy(self.schema.enums)
        for model in self.schema.models:
            self.tidy(model.fields)
        for enum in self.schema.enums:
            self.tidy(enum.values)
        return self.schema

    def tidy(self, things: Sequence[ModelSpec | FieldSpec | EnumSpec | Value]) -> None:
        """No two things can have had one name: an old hint makes room for a new one."""
        seen: set[str | None] = set()
        for thing in sorted(things, key=lambda each: each.old_hint):
            if thing.renamed_from in seen:
                thing.renamed_from = None
            seen.add(thing.renamed_from)

    def in_field(self) -> None:
        model = self.choice.one(self.schema.models)
        found = self.choice.one(model.fields)
        kinds = [
            self.rename_field,
            self.toggle_required,
            self.change_default,
            self.change_type,
            self.drop_field,
            self.toggle_unique,
            self.toggle_index,
            self.toggle_check,
            self.change_column,
            self.change_collation,
            self.toggle_updated_at,
            self.change_computed,
            self.swap_columns,
        ]
        self.choice.one(kinds)(model, found)

    def rename_field(self, model: ModelSpec, found: FieldSpec) -> None:
        taken = {each.name for each in model.fields}
        name = self.choice.one([*FIELDS, "renamed", "other"])
        columns = {each.column_name.lower() for each in model.fields if each is not found}
        if name not in taken and (found.column or snake_case(name)).lower() not in columns:
            rename(found, name)

    def toggle_required(self, model: ModelSpec, found: FieldSpec) -> None:
        if found.key not in model.ids and found.computed is None:
            found.required = not found.required

    def change_default(self, model: ModelSpec, found: FieldSpec) -> None:
        if found.computed is not None or found.list or found.updated_at:
            return
        if found.default == "autoincrement":
            found.default = None
        elif model.ids == [found.key] and found.type == "Int" and not model.without_rowid:
            found.default = None if found.native else "autoincrement"
        elif found.default is not None and self.choice.chance(50):
            found.default = None
        else:
            self.maker.give_default(found, self.schema.enums)

    def change_type(self, model: ModelSpec, found: FieldSpec) -> None:
        if found.computed is not None or self.is_source(model, found):
            return
        found.type = self.choice.one(SCALARS[:-2] if found.key in model.ids else SCALARS)
        found.default = found.check = found.collate = found.native = None
        found.list = found.updated_at = False
        if not self.maker.is_indexable(found) or found.key in model.ids:
            found.unique = found.index = None
        if not self.maker.is_indexable(found) and found.key in model.ids:
            found.type = "String"
        plain = not model.strict and found.key not in model.ids
        if found.type in self.maker.natives and plain and self.choice.chance(15):
            found.native = self.maker.natives[found.type]
        if found.type != "String":
            model.extras = [extra for extra in model.extras if extra[1] != found.key]

    def drop_field(self, model: ModelSpec, found: FieldSpec) -> None:
        left = [f for f in model.fields if found.key not in (f.key, f.source)]
        if found.key in model.ids or not any(f.computed is None for f in left):
            return
        model.fields = left
        keys = {each.key for each in left}
        model.extras = [extra for extra in model.extras if extra[1] in keys]

    def toggle_unique(self, model: ModelSpec, found: FieldSpec) -> None:
        if not self.maker.is_indexable(found) or found.key in model.ids:
            return
        found.unique = self.choice.one([None, "", "(constraint: true)"])

    def toggle_index(self, model: ModelSpec, found: FieldSpec) -> None:
        if self.maker.is_indexable(found) and found.key not in model.ids:
            found.index = None if found.index else "@index"

    def toggle_check(self, model: ModelSpec, found: FieldSpec) -> None:
        if found.check is not None:
            found.check = None
        elif found.computed is None and not found.list and found.key not in model.ids:
            self.maker.give_check(found)

    def change_column(self, model: ModelSpec, found: FieldSpec) -> None:
        name = None if found.column else self.choice.one(COLUMNS) + "2"
        taken = {each.column_name.lower() for each in model.fields if each is not found}
        before, found.column = found.column, name
        if found.column_name.lower() in taken:
            found.column = before

    def change_collation(self, _: ModelSpec, found: FieldSpec) -> None:
        if found.type == "String" and not found.list:
            found.collate = self.choice.one([None, *self.maker.collations])

    def toggle_updated_at(self, model: ModelSpec, found: FieldSpec) -> None:
        if found.type == "DateTime" and not found.list and found.key not in model.ids:
            found.updated_at = not found.updated_at
            found.default = None

    def change_computed(self, model: ModelSpec, _: FieldSpec) -> None:
        computed = [each for each in model.fields if each.computed is not None]
        if computed and self.choice.chance(50):
            each = computed[0]
            if self.choice.chance(50):
                each.stored = not each.stored
            else:
                each.computed = each.source = None
        elif not computed and "computed" not in {each.name for each in model.fields}:
            new = self.maker.computed(model, "computed")
            if new is not None:
                model.fields.append(new)

    def swap_columns(self, model: ModelSpec, found: FieldSpec) -> None:
        other = self.choice.one(model.fields)
        named = [each.column_name.lower() for each in model.fields]
        if other is not found and len({*named}) == len(named):
            found.column, other.column = other.column_name, found.column_name

    def is_source(self, model: ModelSpec, found: FieldSpec) -> bool:
        return any(each.source == found.key for each in model.fields)

    def in_model(self) -> None:
        model = self.choice.one(self.schema.models)
        kinds = [
            self.add_field,
            self.add_field,
            self.add_field,
            self.rename_model,
            self.change_table,
            self.change_options,
            self.change_key,
            self.change_extras,
            self.reorder,
        ]
        self.choice.one(kinds)(model)

    def add_field(self, model: ModelSpec) -> None:
        free = [name for name in FIELDS if name not in {each.name for each in model.fields}]
        taken = {each.column_name.lower() for each in model.fields}
        if free:
            new = self.maker.field(self.choice.one(free), self.schema.enums)
            if model.strict:
                new.native = None
            if new.column_name.lower() not in taken:
                model.fields.append(new)

    def rename_model(self, model: ModelSpec) -> None:
        taken = {each.name for each in self.schema.models}
        name = self.choice.one([*MODELS, "Renamed"])
        if name in taken:
            return
        for relation in self.schema.relations:
            relation.child = name if relation.child == model.name else relation.child
            relation.parent = name if relation.parent == model.name else relation.parent
        for many in self.schema.many:
            many.first = name if many.first == model.name else many.first
            many.second = name if many.second == model.name else many.second
        rename(model, name)

    def change_table(self, model: ModelSpec) -> None:
        name = self.choice.one(TABLES) + "2"
        if name.lower() not in {(each.table or "").lower() for each in self.schema.models}:
            model.table = None if model.table else name

    def change_options(self, model: ModelSpec) -> None:
        counted = any(each.default == "autoincrement" for each in model.fields)
        if self.choice.chance(50):
            native = any(each.native is not None for each in model.fields)
            model.strict = not model.strict and not native
        elif model.ids and not counted:
            model.without_rowid = not model.without_rowid

    def change_key(self, model: ModelSpec) -> None:
        refers = any(relation.parent == model.name for relation in self.schema.relations)
        refers |= any(model.name in (many.first, many.second) for many in self.schema.many)
        kind = self.choice.one(["other", "other", "none"])
        for each in model.id_fields:
            if each.default == "autoincrement":
                each.default = None
        if kind == "none" and not refers and not model.without_rowid:
            model.ids = []
            return
        plain = [f for f in model.fields if not f.updated_at and not f.unique]
        ids = self.maker.composite([f for f in plain if f.check is None])
        if ids:
            model.ids = ids

    def change_extras(self, model: ModelSpec) -> None:
        if model.extras and self.choice.chance(50):
            model.extras.pop()
        else:
            self.maker.add_extra(model)

    def reorder(self, model: ModelSpec) -> None:
        model.fields.reverse()

    def models(self) -> None:
        names = [each.name for each in self.schema.models]
        free = [name for name in MODELS if name not in names]
        if len(names) > 1 and self.choice.chance(50):
            gone = self.choice.one(names)
            self.schema.models = [each for each in self.schema.models if each.name != gone]
            self.schema.relations = [
                each for each in self.schema.relations if gone not in (each.child, each.parent)
            ]
            self.schema.many = [
                each for each in self.schema.many if gone not in (each.first, each.second)
            ]
        elif free:
            new = self.maker.model(self.choice.one(free), self.schema.enums)
            self.schema.models.append(new)

    def in_enum(self) -> None:
        if not self.schema.enums:
            return
        enum = self.choice.one(self.schema.enums)
        kinds = [self.add_value, self.drop_value, self.rename_value, self.store, self.rename_enum]
        self.choice.one(kinds)(enum)

    def add_value(self, enum: EnumSpec) -> None:
        free = [name for name in VALUES if name not in {value.name for value in enum.values}]
        if free:
            enum.values.insert(0, Value(self.choice.one(free)))

    def drop_value(self, enum: EnumSpec) -> None:
        if len(enum.values) > 1:
            gone = enum.values.pop()
            self.follow_value(enum, gone.name, None)

    def rename_value(self, enum: EnumSpec) -> None:
        value = self.choice.one(enum.values)
        if "FRESH" not in {each.name for each in enum.values}:
            self.follow_value(enum, value.name, "FRESH")
            rename(value, "FRESH")

    def store(self, enum: EnumSpec) -> None:
        value = self.choice.one(enum.values)
        stored = self.choice.one([None, *STORED])
        others = {each.stored or each.name for each in enum.values if each is not value}
        if (value.name if stored is None else stored) not in others:
            value.stored = stored

    def rename_enum(self, enum: EnumSpec) -> None:
        if not enum.name.endswith("KindKind"):
            before = enum.name
            rename(enum, f"{enum.name}Kind")
            for model in self.schema.models:
                for each in model.fields:
                    each.type = enum.name if each.type == before else each.type

    def follow_value(self, enum: EnumSpec, old: str, new: str | None) -> None:
        for model in self.schema.models:
            for each in model.fields:
                if each.type == enum.name and each.default == old:
                    each.default = new

    def relations(self) -> None:
        schema = self.schema
        kind = self.choice.one(["add", "drop", "change", "many"])
        if kind == "add" and len(schema.relations) < 4:
            self.maker.add_relation(schema)
        elif kind == "drop" and schema.relations:
            schema.relations.remove(self.choice.one(schema.relations))
        elif kind == "change" and schema.relations:
            relation = self.choice.one(schema.relations)
            relation.on_delete = self.choice.one([None, "CASCADE", "NO_ACTION", "RESTRICT"])
            relation.required = self.choice.chance(30) and relation.child != relation.parent
        elif kind == "many" and schema.many:
            schema.many.pop()
        elif kind == "many":
            self.maker.add_many(schema)
