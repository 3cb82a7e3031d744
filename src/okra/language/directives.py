"""The one table of directives: where each may stand, and which arguments it takes."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from okra.language.syntax import ListValue

if TYPE_CHECKING:
    from okra.language.syntax import Directive

PROVIDERS = ("postgres", "mysql", "sqlite")


class Place(StrEnum):
    """Where a directive stands, in the words of messages."""

    FILE = "at top level"
    MODEL = "on a model"
    FIELD = "on a field"
    ENUM = "on an enum"
    VALUE = "on an enum value"


class Kind(StrEnum):
    """What an argument takes, in the words of messages."""

    TEXT = 'a text, like `"name"`'
    WORD = 'a name, like `gin` or `"gin"`'
    NUMBER = "a whole number"
    MODEL = 'the name of a model, like `"Post"`'
    FLAG = "`true` or `false`"
    FIELDS = 'a list of fields, like `["a", "b"]`'
    PARTS = 'a list of fields, like `["a", {field: "b", sort: DESC}]`'
    SQL = 'a text, or one for each provider, like `sqlite: "…"`'
    ACTION = "CASCADE, RESTRICT, SET_NULL, SET_DEFAULT or NO_ACTION"
    DEFERRAL = "DEFERRED or IMMEDIATE"
    SORT = "ASC or DESC"
    NULLS = "FIRST or LAST"
    DISTINCT = "DISTINCT or NOT_DISTINCT"
    COUNTING = "ALWAYS or SERIAL"
    PROVIDERS = 'a list of providers, like `["postgres", "sqlite"]`'
    OPTIONS = "an object of plain values, like `{fillfactor: 70}`"
    ANY = 'a value, `uuid`, `now`, `autoincrement` or `sql("…")`'


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One directive at one place.

    arguments   name → kind
    required    arguments that must be given
    positional  the arguments that may be given without their name, in order
    sql         the argument that may also be given as one text for each provider: `postgres: "…"`
    repeatable  may stand there more than once
    """

    arguments: dict[str, Kind] = {}
    required: tuple[str, ...] = ()
    positional: tuple[str, ...] = ()
    sql: str | None = None
    repeatable: bool = False


_RENAMED = Rule(arguments={"from": Kind.TEXT}, required=("from",), positional=("from",))
_CHECK = Rule(
    arguments={"expr": Kind.SQL, "name": Kind.TEXT},
    required=("expr",),
    positional=("expr",),
    sql="expr",
    repeatable=True,
)
_INDEX = {
    "fields": Kind.PARTS,
    "name": Kind.TEXT,
    "type": Kind.WORD,
    "where": Kind.SQL,
    "include": Kind.FIELDS,
    "with": Kind.OPTIONS,
    "comment": Kind.TEXT,
    "visible": Kind.FLAG,
    "only": Kind.PROVIDERS,
}
_UNIQUE = {
    "fields": Kind.PARTS,
    "name": Kind.TEXT,
    "type": Kind.WORD,
    "where": Kind.SQL,
    "include": Kind.FIELDS,
    "nulls": Kind.DISTINCT,
    "constraint": Kind.FLAG,
    "deferrable": Kind.DEFERRAL,
    "with": Kind.OPTIONS,
    "comment": Kind.TEXT,
    "visible": Kind.FLAG,
    "only": Kind.PROVIDERS,
}
_SCHEMA = Rule(arguments={"name": Kind.TEXT}, required=("name",), positional=("name",))
_PART = {"sort": Kind.SORT, "length": Kind.NUMBER, "ops": Kind.TEXT, "collate": Kind.SQL}

RULES: dict[Place, dict[str, Rule]] = {
    Place.FILE: {
        "okra": Rule(
            arguments={
                "namespace": Kind.TEXT,
                "version": Kind.TEXT,
                "database": Kind.TEXT,
                "schema": Kind.TEXT,
            },
        ),
        "index": Rule(
            arguments={"model": Kind.MODEL, **_INDEX},
            required=("model", "fields"),
            repeatable=True,
        ),
        "unique": Rule(
            arguments={"model": Kind.MODEL, **_UNIQUE},
            required=("model", "fields"),
            repeatable=True,
        ),
    },
    Place.MODEL: {
        "table": Rule(
            arguments={
                "name": Kind.TEXT,
                "strict": Kind.FLAG,
                "withoutRowid": Kind.FLAG,
                "unlogged": Kind.FLAG,
                "engine": Kind.WORD,
                "collation": Kind.WORD,
                "rowFormat": Kind.WORD,
                "with": Kind.OPTIONS,
            },
            positional=("name",),
        ),
        "schema": _SCHEMA,
        "database": Rule(arguments={"name": Kind.TEXT}, required=("name",), positional=("name",)),
        "id": Rule(
            arguments={"fields": Kind.FIELDS, "name": Kind.TEXT},
            required=("fields",),
            positional=("fields",),
        ),
        "index": Rule(
            arguments=_INDEX, required=("fields",), positional=("fields",), repeatable=True
        ),
        "unique": Rule(
            arguments=_UNIQUE, required=("fields",), positional=("fields",), repeatable=True
        ),
        "check": _CHECK,
        "renamed": _RENAMED,
        "keyless": Rule(),
        "unmanaged": Rule(),
    },
    Place.FIELD: {
        "id": Rule(arguments={"name": Kind.TEXT}),
        "unique": Rule(
            arguments={key: kind for key, kind in _UNIQUE.items() if key != "fields"} | _PART
        ),
        "index": Rule(
            arguments={key: kind for key, kind in _INDEX.items() if key != "fields"}
            | _PART
            | {"nulls": Kind.NULLS}
        ),
        "default": Rule(arguments={"value": Kind.ANY}, required=("value",), positional=("value",)),
        "sequence": Rule(
            arguments={
                "kind": Kind.COUNTING,
                "start": Kind.NUMBER,
                "increment": Kind.NUMBER,
                "min": Kind.NUMBER,
                "max": Kind.NUMBER,
                "cache": Kind.NUMBER,
                "cycle": Kind.FLAG,
            },
        ),
        "updatedAt": Rule(),
        "db": Rule(
            arguments={"type": Kind.SQL}, required=("type",), positional=("type",), sql="type"
        ),
        "relation": Rule(
            arguments={
                "name": Kind.TEXT,
                "fields": Kind.FIELDS,
                "references": Kind.FIELDS,
                "onDelete": Kind.ACTION,
                "onUpdate": Kind.ACTION,
                "constraint": Kind.TEXT,
                "deferrable": Kind.DEFERRAL,
            },
            positional=("name",),
        ),
        "column": Rule(arguments={"name": Kind.TEXT}, required=("name",), positional=("name",)),
        "length": Rule(arguments={"max": Kind.NUMBER}, required=("max",), positional=("max",)),
        "precision": Rule(
            arguments={"total": Kind.NUMBER, "scale": Kind.NUMBER},
            required=("total",),
            positional=("total", "scale"),
        ),
        "check": _CHECK,
        "computed": Rule(
            arguments={"expr": Kind.SQL, "stored": Kind.FLAG},
            required=("expr",),
            positional=("expr",),
            sql="expr",
        ),
        "collate": Rule(
            arguments={"name": Kind.SQL}, required=("name",), positional=("name",), sql="name"
        ),
        "renamed": _RENAMED,
    },
    Place.ENUM: {
        "schema": _SCHEMA,
        "type": Rule(arguments={"name": Kind.TEXT}, required=("name",), positional=("name",)),
        "renamed": _RENAMED,
    },
    Place.VALUE: {
        "renamed": _RENAMED,
        "value": Rule(arguments={"text": Kind.TEXT}, required=("text",), positional=("text",)),
    },
}

# The keys of one index part written as an object.
PART_KEYS: dict[str, Kind] = {"field": Kind.TEXT, "expr": Kind.SQL, **_PART, "nulls": Kind.NULLS}


def belongs_to_field(directive: Directive, *, own_line: bool) -> bool:
    """Does a directive behind a field belong to that field, or to the model around it?

    What stands on the field's line is the field's, and so is on a line of its own what no model can
    have. But `@id`, `@unique` and `@index` that list fields are the model's wherever they stand, and
    `@@` is, where the model can have it.
    """
    name = directive.name
    on_model = name in RULES[Place.MODEL]
    on_field = name in RULES[Place.FIELD]
    if on_field and not on_model:
        return True
    if on_field and name in ("id", "unique", "index"):
        return not _lists_fields(directive) and not (own_line and directive.doubled)
    return not own_line and not directive.doubled


def _lists_fields(directive: Directive) -> bool:
    if any(argument.name == "fields" for argument in directive.arguments):
        return True
    first = directive.arguments[0] if directive.arguments else None
    return first is not None and first.name is None and isinstance(first.value, ListValue)
