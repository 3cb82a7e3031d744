"""A random schema."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from random_schemas.spec import (
    EnumSpec,
    FieldSpec,
    ManySpec,
    ModelSpec,
    RelationSpec,
    SchemaSpec,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from random_schemas.choice import Choice

MODELS = ["Alpha", "Beta", "Gamma", "Delta", "Group", "Order"]
FIELDS = ["a", "b", "c", "d", "firstName", "order", "group", "text", "rowid", "value", "index"]
ENUMS = ["Mood", "State"]
VALUES = ["GOOD", "BAD", "NEW", "OLD", "OPEN"]
STORED = ["it's", 'a "b"', "-- no", "naïve ☃"]
COLUMNS = ["order", "select", "it's", 'a "b"', "naïve ☃", "two words", "Upper", "semi; --"]
TABLES = ["group", "two words", "it's", "Upper", "naïve_☃", 'x"y']
SCALARS = [
    "String",
    "Int",
    "Boolean",
    "BigInt",
    "Float",
    "Decimal",
    "DateTime",
    "Date",
    "Time",
    "JSON",
    "Bytes",
    "ID",
]
DEFAULTS = {
    "String": ['"x"', '""', '"it\'s"', "sql(\"'a' || 'b'\")"],
    "Int": ["0", "5", "-7", 'sql("1 + 2")'],
    "BigInt": ["0", "9007199254740993"],
    "Float": ["0.5", "-1.0"],
    "Decimal": ["0", "1.50"],
    "Boolean": ["true", "false"],
    "DateTime": ["now", "sql(\"'2024-01-01T00:00:00.000Z'\")"],
    "Date": ["now", "sql(\"'2024-01-01'\")"],
    "Time": ["now"],
    "ID": ["uuid"],
    "JSON": ["sql(\"'{}'\")"],
}
CHECKS = {
    "String": ["length({c}) < 1000", "{c} <> 'forbidden'"],
    "Int": ["{c} >= 0", "{c} BETWEEN -5 AND 100000"],
    "BigInt": ["{c} > -10"],
    "Boolean": ["{c} IN (0, 1)"],
}
COMPUTED = {"Int": ["{c} / 2", "abs({c} % 7)"], "String": ["upper({c})", "{c} || 'x'"]}
EXTRAS = [
    '@index(fields: [{field}], name: "{name}")',
    '@index(fields: [{field: "{field}", sort: DESC}], name: "{name}")',
    '@index(fields: [{expr: "lower({c})"}], name: "{name}")',
    '@index(fields: [{field}], name: "{name}", where: "{c} IS NOT NULL")',
    '@unique(fields: [{field}], name: "{name}", where: "{c} = \'x\'")',
    '@unique(fields: [{field: "{field}", collate: "NOCASE"}], name: "{name}")',
    '@check(expr: "{c} IS NULL OR {c} <> \'never\'", name: "{name}")',
]
NATIVE = {"String": "varchar(40)", "Int": "bigint", "Float": "double precision"}


class Maker:
    """Makes parts of schemas; no two things that it makes have one key or one name of an index."""

    defaults = DEFAULTS
    checks = CHECKS
    computations = COMPUTED
    extras = EXTRAS
    natives = NATIVE
    collations: Sequence[str] = ("NOCASE", "RTRIM")
    unindexed: Sequence[str] = ("JSON",)
    mark = '"'

    def __init__(self, choice: Choice) -> None:
        self.choice = choice
        self._keys: Iterator[int] = count(1)
        self._names: Iterator[int] = count(1)

    def schema(self) -> SchemaSpec:
        choice = self.choice
        enums = [self.enum(name) for name in choice.some(ENUMS, 0, 2)]
        models = [self.model(name, enums) for name in choice.some(MODELS, 1, 4)]
        schema = SchemaSpec(models, enums, [], [])
        for _ in range(choice.number(0, 2)):
            self.add_relation(schema)
        if choice.chance(25):
            self.add_many(schema)
        return schema

    def enum(self, name: str) -> EnumSpec:
        choice = self.choice
        values = [Value(value) for value in choice.some(VALUES, 1, 4)]
        for value, stored in zip(values, choice.some(STORED, 0, 2), strict=False):
            value.stored = stored
        return EnumSpec(name, values)

    def model(self, name: str, enums: list[EnumSpec]) -> ModelSpec:
        choice = self.choice
        fields: list[FieldSpec] = []
        ids: list[int] = []
        kind = choice.one(["int", "int", "counted", "uuid", "text", "composite", "none"])
        if kind in ("int", "counted", "uuid", "text"):
            fields.append(self.id_field(kind))
            ids.append(fields[0].key)
        fields += [self.field(field_name, enums) for field_name in choice.some(FIELDS, 1, 5)]
        if kind == "composite":
            ids = self.composite(fields)
        model = ModelSpec(name, fields, ids)
        if choice.chance(15):
            model.table = choice.one(TABLES) + name.lower()
        if choice.chance(25) and (found := self.computed(model, "computed")) is not None:
            model.fields.append(found)
        model.strict = choice.chance(12) and all(each.native is None for each in fields)
        model.without_rowid = bool(ids) and kind != "counted" and choice.chance(12)
        for _ in range(choice.number(0, 2)):
            self.add_extra(model)
        return model

    def id_field(self, kind: str) -> FieldSpec:
        found = FieldSpec(next(self._keys), "id", "Int", required=True, mark=self.mark)
        if kind == "counted":
            found.default = "autoincrement"
        elif kind == "uuid":
            found.type, found.default = "ID", "uuid"
        elif kind == "text":
            found.type = "String"
        return found

    def composite(self, fields: list[FieldSpec]) -> list[int]:
        usable = [f for f in fields if f.computed is None and self.is_indexable(f)]
        chosen = self.choice.some(usable, 1, 2)
        for each in chosen:
            each.required = True
            each.updated_at = False
            each.native = None
        return [each.key for each in chosen]

    def field(self, name: str, enums: list[EnumSpec]) -> FieldSpec:
        choice = self.choice
        kinds = SCALARS + [enum.name for enum in enums] * 3
        found = FieldSpec(next(self._keys), name, choice.one(kinds), mark=self.mark)
        found.required = choice.chance(50)
        scalar = found.type in SCALARS
        if choice.chance(10) and found.type not in ("JSON", "Bytes", "ID"):
            found.list = True
            return found
        if choice.chance(40):
            self.give_default(found, enums)
        if choice.chance(15):
            self.give_check(found)
        if choice.chance(20) and self.is_indexable(found):
            found.unique = choice.one(["", "", "(constraint: true)"])
        elif choice.chance(15) and self.is_indexable(found):
            found.index = "@index"
        if choice.chance(12):
            found.column = choice.one(COLUMNS) + name[0]
        if choice.chance(10) and found.type == "String":
            found.collate = choice.one(self.collations)
        if choice.chance(15) and found.type == "DateTime":
            found.updated_at, found.default = True, None
        if scalar and choice.chance(6) and found.type in self.natives:
            found.native = self.natives[found.type]
        return found

    def is_indexable(self, found: FieldSpec) -> bool:
        return not found.list and found.type not in self.unindexed

    def give_default(self, found: FieldSpec, enums: list[EnumSpec]) -> None:
        choices = list(self.defaults.get(found.type, []))
        choices += (v.name for enum in enums if enum.name == found.type for v in enum.values)
        if choices:
            found.default = self.choice.one(choices)

    def give_check(self, found: FieldSpec) -> None:
        if found.type in self.checks:
            found.check = self.choice.one(self.checks[found.type])

    def computed(self, model: ModelSpec, name: str) -> FieldSpec | None:
        """A new field that is computed from one of `model`."""
        sources = [
            f for f in model.fields if f.type in self.computations and not f.computed and not f.list
        ]
        if not sources:
            return None
        source = self.choice.one(sources)
        found = FieldSpec(next(self._keys), name, source.type, mark=self.mark)
        found.computed = self.choice.one(self.computations[source.type])
        found.source = source.key
        found.stored = self.choice.chance(50)
        return found

    def add_extra(self, model: ModelSpec) -> None:
        usable = [f for f in model.fields if f.type == "String" and not f.list]
        if usable:
            template = self.choice.one(self.extras).replace("{name}", f"x{next(self._names)}")
            model.extras.append((template, self.choice.one(usable).key))

    def add_relation(self, schema: SchemaSpec) -> None:
        choice = self.choice
        parents = [model.name for model in schema.models if model.ids]
        if not parents:
            return
        relation = RelationSpec(
            f"rel{next(self._names)}",
            choice.one([model.name for model in schema.models]),
            choice.one(parents),
        )
        relation.required = choice.chance(30) and relation.child != relation.parent
        relation.one = choice.chance(25)
        relation.on_delete = choice.one([None, None, "CASCADE", "NO_ACTION"])
        schema.relations.append(relation)

    def add_many(self, schema: SchemaSpec) -> None:
        usable = [model.name for model in schema.models if model.ids]
        if usable:
            one, other = self.choice.one(usable), self.choice.one(usable)
            schema.many.append(ManySpec(f"many{next(self._names)}", one, other))
