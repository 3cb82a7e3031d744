"""A schema as a value that is easy to change: models, fields, enums and relations, rendered as text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from okra.naming import snake_case

if TYPE_CHECKING:
    from random_schemas.choice import Choice

QUOTE = '"'


def text(value: str) -> str:
    """`value` as a string of the schema language."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def sql_name(name: str, mark: str = QUOTE) -> str:
    """`name` as an SQL identifier, quoted."""
    return mark + name.replace(mark, mark * 2) + mark


@dataclass
class Value:
    name: str
    stored: str | None = None
    renamed_from: str | None = None
    old_hint: bool = False

    def render(self) -> str:
        words = [self.name]
        if self.stored is not None:
            words.append(f"@value({text(self.stored)})")
        return " ".join([*words, *renamed(self.renamed_from)])


@dataclass
class EnumSpec:
    name: str
    values: list[Value]
    renamed_from: str | None = None
    old_hint: bool = False

    def render(self) -> str:
        head = " ".join(["enum", self.name, *renamed(self.renamed_from)])
        return f"{head} {{ {' '.join(value.render() for value in self.values)} }}"


@dataclass
class FieldSpec:
    """One scalar or enum field; templates have `{c}` for its column in SQL.

    key       what it is, whatever it is called
    mark      what stands around names in SQL
    computed  a template with `{c}` for the column of the field whose key is `source`
    """

    key: int
    name: str
    type: str
    list: bool = False
    required: bool = False
    default: str | None = None
    unique: str | None = None
    index: str | None = None
    check: str | None = None
    computed: str | None = None
    source: int | None = None
    stored: bool = True
    column: str | None = None
    native: str | None = None
    collate: str | None = None
    updated_at: bool = False
    renamed_from: str | None = None
    old_hint: bool = False
    mark: str = QUOTE

    @property
    def column_name(self) -> str:
        return self.column or snake_case(self.name)

    def sql(self, template: str) -> str:
        return template.replace("{c}", sql_name(self.column_name, self.mark))

    def render(self, *, is_id: bool) -> str:
        kind = f"[{self.type}!]" if self.list else self.type
        words = [f"{self.name}: {kind}{'!' if self.required else ''}"]
        if is_id:
            words.append("@id")
        if self.default is not None:
            words.append(f"@default({self.default})")
        words += filter(None, [self.unique and f"@unique{self.unique}", self.index])
        if self.check is not None:
            words.append(f"@check({text(self.sql(self.check))})")
        if self.column is not None:
            words.append(f"@column(name: {text(self.column)})")
        if self.native is not None:
            words.append(f"@db(type: {text(self.native)})")
        if self.collate is not None:
            words.append(f"@collate({text(self.collate)})")
        if self.updated_at:
            words.append("@updatedAt")
        return " ".join([*words, *renamed(self.renamed_from)])


@dataclass
class ModelSpec:
    """A model. `ids` are keys of fields; none for a model without key. `extras` are (template, field key)."""

    name: str
    fields: list[FieldSpec]
    ids: list[int]
    table: str | None = None
    strict: bool = False
    without_rowid: bool = False
    extras: list[tuple[str, int]] = field(default_factory=list)
    renamed_from: str | None = None
    old_hint: bool = False

    def field(self, key: int) -> FieldSpec:
        return next(each for each in self.fields if each.key == key)

    @property
    def id_fields(self) -> list[FieldSpec]:
        return [self.field(key) for key in self.ids]


@dataclass
class RelationSpec:
    """`child` has fields that refer to the key of `parent`; names of models."""

    name: str
    child: str
    parent: str
    required: bool = False
    one: bool = False
    on_delete: str | None = None


@dataclass
class ManySpec:
    """A many-to-many relation between two models."""

    name: str
    first: str
    second: str


@dataclass
class SchemaSpec:
    models: list[ModelSpec]
    enums: list[EnumSpec]
    relations: list[RelationSpec]
    many: list[ManySpec]

    def model(self, name: str) -> ModelSpec:
        return next(model for model in self.models if model.name == name)

    def forget_some_hints(self, choice: Choice) -> None:
        """What was renamed was renamed: hints do nothing from now on, and some of them are taken out."""
        things: list[Value | EnumSpec | FieldSpec | ModelSpec] = [*self.models, *self.enums]
        things += (value for enum in self.enums for value in enum.values)
        things += (field for model in self.models for field in model.fields)
        for thing in things:
            if thing.renamed_from is not None:
                thing.old_hint = choice.chance(50)
                thing.renamed_from = thing.renamed_from if thing.old_hint else None

    def render(self) -> str:
        """The schema as text."""
        parts = [self._model(model) for model in self.models]
        parts += (enum.render() for enum in self.enums)
        return "\n".join(parts) + "\n"

    def _model(self, model: ModelSpec) -> str:
        options = []
        if model.table is not None:
            options.append(f"name: {text(model.table)}")
        options += ["strict: true"] if model.strict else []
        options += ["withoutRowid: true"] if model.without_rowid else []
        head = ["model", model.name, *renamed(model.renamed_from)]
        head += [f"@table({', '.join(options)})"] if options else []
        head += [] if model.ids else ["@keyless"]
        single = model.ids[0] if len(model.ids) == 1 else None
        lines = [self._field(each, model, is_id=each.key == single) for each in model.fields]
        for relation in self.relations:
            if relation.child == model.name:
                lines += self._child_side(relation)
            if relation.parent == model.name:
                mark = f"{relation.child}?" if relation.one else f"[{relation.child}!]!"
                lines.append(f"{relation.name}Back: {mark} @relation(name: {text(relation.name)})")
        for many in self.many:
            named = f"@relation(name: {text(many.name)})"
            if many.first == model.name:
                lines.append(f"{many.name}One: [{many.second}!]! {named}")
            if many.second == model.name:
                lines.append(f"{many.name}Two: [{many.first}!]! {named}")
        if len(model.ids) > 1:
            names = ", ".join(each.name for each in model.id_fields)
            lines.append(f"@id(fields: [{names}])")
        for template, key in model.extras:
            found = model.field(key)
            sql = text(found.sql("{c}"))[1:-1]
            lines.append(template.replace("{field}", found.name).replace("{c}", sql))
        return " ".join(head) + " {\n  " + "\n  ".join(lines) + "\n}"

    @staticmethod
    def _field(each: FieldSpec, model: ModelSpec, *, is_id: bool) -> str:
        rendered = each.render(is_id=is_id)
        if each.computed is not None and each.source is not None:
            stored = "true" if each.stored else "false"
            sql = model.field(each.source).sql(each.computed)
            rendered += f" @computed(expr: {text(sql)}, stored: {stored})"
        return rendered

    def _child_side(self, relation: RelationSpec) -> list[str]:
        parent = self.model(relation.parent)
        own = [f"{relation.name}{each.name.title()}" for each in parent.id_fields]
        mark = "!" if relation.required else ""
        action = f", onDelete: {relation.on_delete}" if relation.on_delete else ""
        references = ", ".join(each.name for each in parent.id_fields)
        unique = " @unique" if relation.one and len(own) == 1 else ""
        lines = [
            f"{name}: {each.type}{mark}{unique}"
            + (f" @db(type: {text(each.native)})" if each.native else "")
            for name, each in zip(own, parent.id_fields, strict=True)
        ]
        if relation.one and len(own) > 1:
            lines.append(f"@unique(fields: [{', '.join(own)}])")
        lines.append(
            f"{relation.name}: {relation.parent}{mark} @relation(name: {text(relation.name)}, "
            f"fields: [{', '.join(own)}], references: [{references}]{action})"
        )
        return lines


def rename(thing: Value | EnumSpec | FieldSpec | ModelSpec, name: str) -> None:
    """Give `thing` another name, and the hint that says so; a hint of an earlier change makes room for it."""
    old = thing.name if thing.old_hint or thing.renamed_from is None else thing.renamed_from
    thing.name, thing.old_hint = name, False
    thing.renamed_from = None if old == name else old


def renamed(old: str | None) -> list[str]:
    return [] if old is None else [f"@renamed(from: {text(old)})"]
