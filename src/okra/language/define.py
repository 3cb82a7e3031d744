"""Syntax trees → SchemaDefinition, with all errors of all files at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from okra.errors import Diagnostic, SchemaError
from okra.language import syntax
from okra.language.definition import (
    Action,
    Check,
    Computed,
    DefaultFunction,
    Enum,
    EnumDefault,
    EnumValue,
    Field,
    FunctionDefault,
    Index,
    IndexField,
    LiteralDefault,
    Model,
    Relation,
    SchemaDefinition,
    Scalar,
    SqlDefault,
    SqlText,
    Sort,
    TypeRef,
    Unique,
    Nulls,
)
from okra.language.parser import parse_document
from okra.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Sequence


class Places:
    """Where things are written, by name: `User`, `User.email`, `PostStatus.DRAFT`."""

    def __init__(self, documents: Sequence[syntax.Document]) -> None:
        self._documents = documents
        self._spans: dict[str, Span] | None = None

    def get(self, name: str) -> Span | None:
        if self._spans is None:
            self._spans = {}
            for document in self._documents:
                file = document.source.name
                for item in document.items:
                    if isinstance(item, syntax.Directive):
                        continue
                    self._spans[item.name] = Span(
                        file, item.name_start, item.name_start + len(item.name)
                    )
                    inner = item.members if isinstance(item, syntax.ModelNode) else item.values
                    for one in inner:
                        if not isinstance(one, syntax.Directive):
                            self._spans[f"{item.name}.{one.name}"] = Span(
                                file, one.name_start, one.name_start + len(one.name)
                            )
        return self._spans.get(name)


class ParsedSchema(msgspec.Struct, frozen=True, kw_only=True):
    definition: SchemaDefinition
    places: Places
    warnings: tuple[Diagnostic, ...] = ()


def parse_schema(sources: Sequence[Source], *, providers: Sequence[str] = ()) -> ParsedSchema:
    documents = []
    errors: list[Diagnostic] = []
    for source in sources:
        document, found = parse_document(source)
        documents.append(document)
        errors += found
    if errors:
        raise SchemaError(errors, {source.name: source for source in sources})
    return ParsedSchema(definition=_definition(documents), places=Places(documents))


def _text(v: Any) -> Any:
    match v:
        case syntax.StringValue():
            return v.text
        case syntax.NameValue():
            return v.name
        case syntax.BooleanValue():
            return v.value
        case syntax.NumberValue():
            return int(v.text) if v.whole else float(v.text)
        case syntax.ListValue():
            return [_text(x) for x in v.items]
        case syntax.ObjectValue():
            return {e.name: _text(e.value) for e in v.entries}
        case syntax.CallValue():
            return _args2(v.arguments, "default")
        case _:
            return None


def _args2(arguments: Any, first: str) -> dict[str, Any]:
    return {(a.name or first): _text(a.value) for a in arguments}


def _sql(v: Any) -> Any:
    if v is None:
        return None
    if isinstance(v, str):
        return SqlText(default=v)
    v = dict(v)
    d = v.pop("default", None) or v.pop("expr", None) or v.pop("type", None) or v.pop("name", None)
    return SqlText(
        default=d,
        per_provider=tuple(
            sorted((k, x) for k, x in v.items() if k in ("postgres", "mysql", "sqlite"))
        ),
    )


def _parts(v: list[Any]) -> tuple[IndexField, ...]:
    out = []
    for x in v:
        if isinstance(x, str):
            out.append(IndexField(field=x))
        else:
            out.append(
                IndexField(
                    field=x.get("field"),
                    expr=_sql(x.get("expr")),
                    sort=Sort(x.get("sort", "ASC")),
                    nulls=Nulls(x["nulls"]) if "nulls" in x else None,
                    length=x.get("length"),
                    ops=x.get("ops"),
                    collate=x.get("collate"),
                )
            )
    return tuple(out)


def _index(a: dict[str, Any], field: str | None = None) -> Index:
    return Index(
        fields=_parts([field] if field else a["fields"]),
        name=a.get("name"),
        type=a.get("type"),
        where=_sql(a.get("where")),
        include=tuple(a.get("include", ())),
    )


def _unique(a: dict[str, Any], field: str | None = None) -> Unique:
    return Unique(
        fields=_parts([field] if field else a["fields"]),
        name=a.get("name"),
        where=_sql(a.get("where")),
        nulls_distinct=a.get("nulls") != "NOT_DISTINCT",
        constraint=a.get("constraint"),
    )


def _definition(documents: list[syntax.Document]) -> SchemaDefinition:
    items = [i for d in documents for i in d.items]
    nodes = {i.name: i for i in items if isinstance(i, syntax.ModelNode)}
    enums = {i.name: i for i in items if isinstance(i, syntax.EnumNode)}
    extra: dict[str, list[Any]] = {}
    okra: dict[str, Any] = {}
    for i in items:
        if isinstance(i, syntax.Directive):
            a = _args2(i.arguments, "fields")
            if i.name == "okra":
                okra |= a
            else:
                extra.setdefault(a["model"], []).append((i.name, a))
    return SchemaDefinition(
        models=tuple(_model(n, nodes, enums, extra.get(n.name, [])) for n in nodes.values()),
        enums=tuple(_enum(e) for e in enums.values()),
        **okra,
    )


def _enum(n: Any) -> Enum:
    def dirs(x: Any) -> dict[str, Any]:
        return {d.name: _text(d.arguments[0].value) for d in x.directives if d.arguments}

    return Enum(
        name=n.name,
        description=n.description and n.description.text,
        renamed_from=dirs(n).get("renamed"),
        values=tuple(
            EnumValue(
                name=v.name,
                stored=dirs(v).get("value"),
                renamed_from=dirs(v).get("renamed"),
                description=v.description and v.description.text,
            )
            for v in n.values
        ),
    )


def _model(n: Any, nodes: dict[str, Any], enums: dict[str, Any], extra: list[Any]) -> Model:
    kw: dict[str, Any] = {}
    indexes, uniques, checks = [], [], []
    found = [
        (
            d.name,
            _args2(
                d.arguments,
                {
                    "id": "fields",
                    "index": "fields",
                    "unique": "fields",
                    "check": "expr",
                    "renamed": "from",
                }.get(d.name, "name"),
            ),
        )
        for d in (*n.directives, *(m for m in n.members if isinstance(m, syntax.Directive)))
    ]
    for name, a in found + extra:
        if name == "table":
            kw |= {
                k: v
                for k, v in {
                    "table": a.get("name"),
                    "strict": a.get("strict", False),
                    "without_rowid": a.get("withoutRowid", False),
                }.items()
            }
        elif name == "id":
            kw["id_fields"] = tuple(a["fields"])
        elif name == "index":
            indexes.append(_index(a))
        elif name == "unique":
            uniques.append(_unique(a))
        elif name == "check":
            checks.append(
                Check(expr=_sql({k: v for k, v in a.items() if k != "name"}), name=a.get("name"))
            )
        elif name in ("keyless", "unmanaged"):
            kw[name] = True
        elif name == "database":
            kw["database"] = a["name"]
        elif name == "renamed":
            kw["renamed_from"] = a["from"]
    fields = [m for m in n.members if isinstance(m, syntax.FieldNode)]
    has_id = (
        "id_fields" in kw
        or "keyless" in kw
        or any(d.name == "id" for f in fields for d in f.directives)
    )
    return Model(
        name=n.name,
        description=n.description and n.description.text,
        fields=tuple(_field(n, f, nodes, enums, has_id) for f in fields),
        indexes=tuple(indexes),
        uniques=tuple(uniques),
        checks=tuple(checks),
        **kw,
    )


def _field(n: Any, f: Any, nodes: dict[str, Any], enums: dict[str, Any], has_id: bool) -> Field:
    kw: dict[str, Any] = {}
    checks = []
    t = f.type
    firsts = {
        "default": "value",
        "db": "type",
        "check": "expr",
        "computed": "expr",
        "renamed": "from",
        "length": "max",
        "precision": "total",
    }
    for d in f.directives:
        a = _args2(d.arguments, firsts.get(d.name, "name"))
        match d.name:
            case "id":
                kw["id"] = True
            case "unique":
                kw["unique"] = _unique(a, f.name)
            case "index":
                kw["index"] = _index(a, f.name)
            case "default":
                kw["default"] = _default(d.arguments[0].value, t, enums)
            case "updatedAt":
                kw["updated_at"] = True
            case "column":
                kw["column"] = a["name"]
            case "db":
                kw["db_type"] = _sql(a)
            case "length":
                kw["length"] = a["max"]
            case "precision":
                kw["precision"] = (a["total"], a.get("scale", 0))
            case "check":
                checks.append(
                    Check(
                        expr=_sql({k: v for k, v in a.items() if k != "name"}), name=a.get("name")
                    )
                )
            case "computed":
                kw["computed"] = Computed(expr=_sql(a), stored=a.get("stored", True))
            case "collate":
                kw["collate"] = _sql(a)
            case "renamed":
                kw["renamed_from"] = a["from"]
    if t.name in nodes:
        kw["relation"] = _relation(n, f, nodes)
    if f.name == "id" and t.name == "ID" and t.mark == "!" and not t.list and not has_id:
        kw["id"] = True
    return Field(
        name=f.name,
        type=TypeRef(name=t.name, list=t.list, required=t.mark == "!"),
        description=f.description and f.description.text,
        checks=tuple(checks),
        **kw,
    )


def _default(v: Any, t: Any, enums: dict[str, Any]) -> Any:
    if isinstance(v, syntax.CallValue) and v.name == "sql":
        return SqlDefault(_sql(_text(v)))
    if isinstance(v, (syntax.CallValue, syntax.NameValue)) and v.name in (
        "uuid",
        "now",
        "autoincrement",
    ):
        return FunctionDefault(DefaultFunction(v.name))
    x = _text(v)
    if t.name in enums:
        return EnumDefault(tuple(x) if isinstance(x, list) else x)
    if t.name in ("BigInt", "Decimal"):
        x = v.text
    if t.name == "Float":
        x = float(x)
    return LiteralDefault(tuple(x) if isinstance(x, list) else x)


def _rel_args(f: Any) -> dict[str, Any]:
    for d in f.directives:
        if d.name == "relation":
            return _args2(d.arguments, "name")
    return {}


def _relation(n: Any, f: Any, nodes: dict[str, Any]) -> Relation:
    a = _rel_args(f)
    other = nodes[f.type.name]
    sides = [
        m
        for m in other.members
        if isinstance(m, syntax.FieldNode)
        and m.type.name == n.name
        and m is not f
        and _rel_args(m).get("name") == a.get("name")
    ]
    opposite = sides[0] if sides else None
    kw: dict[str, Any] = {}
    if "fields" in a:
        required = f.type.mark == "!"
        kw = {
            "fields": tuple(a["fields"]),
            "references": tuple(a.get("references", ("id",))),
            "on_delete": Action(a["onDelete"].upper().replace("_", " "))
            if "onDelete" in a
            else Action.RESTRICT
            if required
            else Action.SET_NULL,
            "on_update": Action(a["onUpdate"].upper().replace("_", " "))
            if "onUpdate" in a
            else Action.CASCADE,
        }
    return Relation(
        model=other.name,
        opposite=opposite and opposite.name,
        name=a.get("name"),
        constraint=a.get("constraint"),
        many_to_many=bool(f.type.list and opposite and opposite.type.list),
        **kw,
    )
