"""SchemaDefinition → schema text, which parses to the same definition again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.language.definition import Action, Index, Scalar, Sort, Unique
from okra.language.format import format_source
from okra.language.strings import block_lines, quoted
from okra.language.write_values import default_text
from okra.source import Source

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NUMBER = re.compile(r"(0|-?[1-9][0-9]{0,17})(\.[0-9]{1,9})?")

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from okra.language.definition import (
        Counter,
        Enum,
        EnumValue,
        Field,
        IndexField,
        Model,
        Options,
        Relation,
        SchemaDefinition,
        SqlText,
        TypeRef,
    )


def write_schema(definition: SchemaDefinition) -> str:
    """The formatted text of a schema that means `definition`."""
    pieces = [*_okra(definition)]
    pieces += (enum_text(enum) for enum in definition.enums)
    pieces += (model_text(model) for model in definition.models)
    return format_source(Source("schema", "\n".join(pieces)))


def _okra(definition: SchemaDefinition) -> Iterator[str]:
    texts = {
        "namespace": definition.namespace,
        "version": definition.version,
        "database": definition.database,
    }
    given = [f"{name}: {quoted(text)}" for name, text in texts.items() if text is not None]
    if given:
        yield _call("@okra", given)


def _call(head: str, arguments: Iterable[str]) -> str:
    inside = ", ".join(arguments)
    return f"{head}({inside})" if inside else head


def _text(text: str) -> str:
    """A string; a block string where that is easier to read."""
    lines = block_lines(text) if "\n" in text else None
    return quoted(text) if lines is None else '"""\n' + "\n".join(lines) + '\n"""'


def description_text(description: str | None) -> str:
    """A description on lines of its own; nothing for none."""
    return "" if description is None else f"{_text(description)}\n"


def _renamed(old: str | None) -> list[str]:
    return [] if old is None else [f"@renamed(from: {quoted(old)})"]


def _schema(name: str | None) -> list[str]:
    return [] if name is None else [f"@schema({quoted(name)})"]


def value_text(value: EnumValue) -> str:
    """A value of an enum with all that stands behind it."""
    return description_text(value.description) + " ".join([value.name, *value_directives(value)])


def value_directives(value: EnumValue) -> list[str]:
    """What stands behind a value."""
    stored = [] if value.stored is None else [f"@value({quoted(value.stored)})"]
    return [*stored, *_renamed(value.renamed_from)]


def enum_directives(enum: Enum) -> list[str]:
    """What stands behind the name of an enum."""
    named = [] if enum.type is None else [f"@type(name: {quoted(enum.type)})"]
    return [*_schema(enum.schema), *named, *_renamed(enum.renamed_from)]


def enum_text(enum: Enum) -> str:
    """An enum, not formatted."""
    lines = [value_text(value) for value in enum.values]
    head = " ".join(["enum", enum.name, *enum_directives(enum)])
    return description_text(enum.description) + f"{head} {{\n" + "\n".join(lines) + "\n}"


def model_members(model: Model) -> list[str]:
    """The directives inside a model's braces."""
    return [
        *_composite_id(model),
        *(_index(item, on_field=False) for item in model.uniques),
        *(_index(item, on_field=False) for item in model.indexes),
        *(_sql("@check", "expr", check.expr, name=check.name) for check in model.checks),
    ]


def model_text(model: Model) -> str:
    """A model, not formatted."""
    fields = [field_text(field, model) for field in model.fields]
    own = model_members(model)
    head = " ".join(["model", model.name, *model_directives(model)])
    body = "\n".join(fields) + ("\n\n" + "\n".join(own) if own else "")
    return description_text(model.description) + f"{head} {{\n{body}\n}}"


def _composite_id(model: Model) -> Iterator[str]:
    if model.id_fields:
        fields = f"fields: {_names(model.id_fields)}"
        yield _call("@id", [fields, *_id_name(model)])


def _id_name(model: Model) -> list[str]:
    return [] if model.id_name is None else [f"name: {quoted(model.id_name)}"]


def model_directives(model: Model) -> Iterator[str]:
    """What stands behind the name of a model."""
    table = [
        *([f"name: {quoted(model.table)}"] if model.table is not None else []),
        *(["strict: true"] if model.strict else []),
        *(["withoutRowid: true"] if model.without_rowid else []),
        *(["unlogged: true"] if model.unlogged else []),
        *([f"engine: {quoted(model.engine)}"] if model.engine is not None else []),
        *([f"collation: {quoted(model.collation)}"] if model.collation is not None else []),
        *([f"rowFormat: {quoted(model.row_format)}"] if model.row_format is not None else []),
        *_options(model.options),
    ]
    if table:
        yield _call("@table", table)
    yield from _schema(model.schema)
    if model.database is not None:
        yield f"@database(name: {quoted(model.database)})"
    if model.keyless:
        yield "@keyless"
    if model.unmanaged:
        yield "@unmanaged"
    yield from _renamed(model.renamed_from)


def _options(options: Options) -> Iterator[str]:
    """`with: {fillfactor: 70}`"""
    if options:
        pairs = (f"{_key(name)}: {_option(text)}" for name, text in options)
        yield "with: {" + ", ".join(pairs) + "}"


def _key(name: str) -> str:
    return name if _NAME.fullmatch(name) else quoted(name)


def _option(text: str) -> str:
    return text if text in ("true", "false") or _NUMBER.fullmatch(text) else quoted(text)


def _names(names: Iterable[str]) -> str:
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"


def field_text(field: Field, model: Model) -> str:
    """A field with all that stands behind it."""
    head = f"{field.name}: {type_text(field.type)}"
    return description_text(field.description) + " ".join([head, *field_directives(field, model)])


def type_text(kind: TypeRef) -> str:
    """A field's type."""
    name = f"[{kind.name}!]" if kind.list else kind.name
    return name + ("!" if kind.required else "?")


def field_directives(field: Field, model: Model) -> list[str]:
    """What stands behind a field's type."""
    directives = [*_field_id(field, model), *_own_directives(field)]
    if field.relation is not None:
        directives += _relation(field, field.relation, model)
    return [*directives, *_renamed(field.renamed_from)]


def _field_id(field: Field, model: Model) -> Iterator[str]:
    if field.id and (model.id_name is not None or not _id_by_itself(field)):
        yield _call("@id", _id_name(model))


def _own_directives(field: Field) -> Iterator[str]:
    if field.unique is not None:
        yield _index(field.unique, on_field=True)
    if field.index is not None:
        yield _index(field.index, on_field=True)
    if field.default is not None:
        value = default_text(field.default, field.type.name)
        yield f"@default({value})"
    if field.sequence is not None:
        yield _sequence(field.sequence)
    if field.updated_at:
        yield "@updatedAt"
    if field.column is not None:
        yield f"@column(name: {quoted(field.column)})"
    if field.db_type is not None:
        yield _sql("@db", "type", field.db_type)
    if field.length is not None:
        yield f"@length(max: {field.length})"
    if field.precision is not None:
        total, scale = field.precision
        yield f"@precision(total: {total}, scale: {scale})"
    if field.computed is not None:
        stored = "" if field.computed.stored else "false"
        yield _sql("@computed", "expr", field.computed.expr, stored=stored)
    if field.collate is not None:
        yield _sql("@collate", "name", field.collate)
    for check in field.checks:
        yield _sql("@check", "expr", check.expr, name=check.name)


def _sequence(counter: Counter) -> str:
    numbers = {
        "start": counter.start,
        "increment": counter.increment,
        "min": counter.minimum,
        "max": counter.maximum,
        "cache": counter.cache,
    }
    arguments = [] if counter.kind is None else [f"kind: {counter.kind}"]
    arguments += (f"{name}: {number}" for name, number in numbers.items() if number is not None)
    arguments += ["cycle: true"] if counter.cycle else []
    return _call("@sequence", arguments)


def _id_by_itself(field: Field) -> bool:
    kind = field.type
    plain = kind.name == Scalar.ID and kind.required and not kind.list
    return field.name == "id" and plain and field.computed is None


def _sql(head: str, main: str, sql: SqlText, *, name: str | None = None, stored: str = "") -> str:
    """A directive that takes SQL, for all providers or for each its own."""
    arguments = []
    if sql.default is not None:
        arguments.append(f"{main}: {_text(sql.default)}")
    arguments += (f"{provider}: {_text(text)}" for provider, text in sql.per_provider)
    if name is not None:
        arguments.append(f"name: {quoted(name)}")
    if stored:
        arguments.append(f"stored: {stored}")
    return _call(head, arguments)


def _sql_value(sql: SqlText) -> str:
    if not sql.per_provider and sql.default is not None:
        return _text(sql.default)
    texts = [] if sql.default is None else [f"default: {_text(sql.default)}"]
    texts += (f"{provider}: {_text(text)}" for provider, text in sql.per_provider)
    return "{" + ", ".join(texts) + "}"


def _index(item: Index | Unique, *, on_field: bool) -> str:
    """`@index(…)` or `@unique(…)`; on a field its only part goes without saying."""
    arguments = []
    if on_field:
        arguments += _part_options(item.fields[0])
    else:
        arguments.append("fields: [" + ", ".join(_part(part) for part in item.fields) + "]")
    if item.name is not None:
        arguments.append(f"name: {quoted(item.name)}")
    if item.type is not None:
        arguments.append(f"type: {quoted(item.type)}")
    if item.where is not None:
        arguments.append(f"where: {_sql_value(item.where)}")
    if item.include:
        arguments.append(f"include: {_names(item.include)}")
    if isinstance(item, Unique):
        arguments += _unique_options(item)
    arguments += _options(item.options)
    if item.comment is not None:
        arguments.append(f"comment: {_text(item.comment)}")
    if not item.visible:
        arguments.append("visible: false")
    if item.only:
        arguments.append(f"only: {_names(item.only)}")
    return _call("@unique" if isinstance(item, Unique) else "@index", arguments)


def _unique_options(item: Unique) -> Iterator[str]:
    if not item.nulls_distinct:
        yield "nulls: NOT_DISTINCT"
    if item.constraint is not None:
        yield f"constraint: {'true' if item.constraint else 'false'}"
    if item.deferrable is not None:
        yield f"deferrable: {item.deferrable}"


def _part(part: IndexField) -> str:
    options = _part_options(part)
    if part.field is not None and not options:
        return f'"{part.field}"'
    what = [] if part.field is None else [f'field: "{part.field}"']
    what += [] if part.expr is None else [f"expr: {_sql_value(part.expr)}"]
    return "{" + ", ".join([*what, *options]) + "}"


def _part_options(part: IndexField) -> list[str]:
    options = []
    if part.sort is not Sort.ASC:
        options.append(f"sort: {part.sort}")
    if part.nulls is not None:
        options.append(f"nulls: {part.nulls}")
    if part.length is not None:
        options.append(f"length: {part.length}")
    if part.ops is not None:
        options.append(f"ops: {quoted(part.ops)}")
    if part.collate is not None:
        text = quoted(part.collate) if isinstance(part.collate, str) else _sql_value(part.collate)
        options.append(f"collate: {text}")
    return options


def _relation(field: Field, relation: Relation, model: Model) -> Iterator[str]:
    arguments = []
    if relation.name is not None:
        arguments.append(f"name: {quoted(relation.name)}")
    if relation.fields:
        arguments.append(f"fields: {_names(relation.fields)}")
        arguments.append(f"references: {_names(relation.references)}")
        usual = _usual_action(field, relation, model)
        if relation.on_delete is not None and relation.on_delete is not usual:
            arguments.append(f"onDelete: {_action(relation.on_delete)}")
        if relation.on_update is not None and relation.on_update is not Action.CASCADE:
            arguments.append(f"onUpdate: {_action(relation.on_update)}")
    if relation.constraint is not None:
        arguments.append(f"constraint: {quoted(relation.constraint)}")
    if relation.deferrable is not None:
        arguments.append(f"deferrable: {relation.deferrable}")
    if arguments:
        yield _call("@relation", arguments)


def _usual_action(field: Field, relation: Relation, model: Model) -> Action:
    """What happens on delete where nothing is written."""
    required = {item.name for item in model.fields if item.type.required or item.id}
    optional = not field.type.required and not required.intersection(relation.fields)
    return Action.SET_NULL if optional else Action.RESTRICT


def _action(action: Action) -> str:
    return action.value.replace(" ", "_")
