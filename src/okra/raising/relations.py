"""Foreign keys and join tables → relations, with a name for each side."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

import msgspec
from msgspec.structs import replace

from okra.language.definition import Action, Field, Relation, TypeRef
from okra.mapping import join_tables, unqualified
from okra.naming import column_name, foreign_key_name, join_table_name
from okra.raising.names import is_writable
from okra.raising.options import deferral
from okra.raising.words import Taken, camel, common_start, identifier, many, one, pascal, words_of
from okra.relational import model as db

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from okra.language.definition import Model, SchemaDefinition
    from okra.raising.kept import KeptTable
    from okra.raising.names import Names

_Fields: TypeAlias = tuple[Field, Field | None]
"""The fields of both sides of a relation, that with the key first."""
_KeyPlace: TypeAlias = tuple[str, tuple[str, ...], str]
"""A foreign key: its table, its columns, and the model that it refers to."""

_SUFFIXES = ("id", "uuid", "fk", "key")


class Side(msgspec.Struct, kw_only=True):
    """One end of a relation: the field `name` of the model `model`, whose type is `target`."""

    model: str
    target: str
    name: str = ""
    list: bool = False
    required: bool = False
    fields: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    key: db.ForeignKey | None = None
    constraint: str | None = None
    kept: Relation | None = None


class Link(msgspec.Struct, kw_only=True):
    """One relation. `holder` is the side with the key; of a join table, the first side."""

    holder: Side
    opposite: Side
    name: str | None = None
    join: str | None = None  # the join table, without its SQL schema

    @property
    def pair(self) -> tuple[str, str]:
        first, second = sorted((self.holder.model, self.opposite.model))
        return first, second


def fault_of(key: db.ForeignKey, table: db.Table, tables: Mapping[str, db.Table]) -> str | None:
    """Why a relation can't stand for `key`, or None."""
    target = tables.get(key.table)
    if target is None:
        return f"its foreign key refers to the table `{key.table}`, which is not there"
    if not key.references or len(key.references) != len(key.columns):
        return f"its foreign key refers to no columns of `{key.table}`"
    if len(set(key.columns)) < len(key.columns) or len(set(key.references)) < len(key.references):
        return "its foreign key names a column twice"
    if not all(is_writable(name) for name in (key.table, *key.references)):
        return "its foreign key refers to a name that a schema can't write"
    if frozenset(key.references) not in unique_keys(target):
        names = ", ".join(f"`{name}`" for name in key.references)
        return f"its foreign key refers to {names} of `{key.table}`, which is no key"
    required = [name for name in key.columns if not _is_nullable(table, name)]
    for action, what in ((key.on_delete, "ON DELETE"), (key.on_update, "ON UPDATE")):
        if action is db.Action.SET_NULL and required:
            return f"{what} SET NULL of its foreign key can't work: `{required[0]}` is NOT NULL"
        if action is db.Action.SET_DEFAULT:
            bare = [name for name in required if _has_no_default(table, name)]
            if bare:
                return f"{what} SET DEFAULT of its foreign key can't work: `{bare[0]}` has none"
    return None


def _is_nullable(table: db.Table, name: str) -> bool:
    column = table.column(name)
    return column is not None and column.nullable


def _has_no_default(table: db.Table, name: str) -> bool:
    column = table.column(name)
    return column is None or column.default is None


def unique_keys(table: db.Table) -> set[frozenset[str]]:
    """The sets of columns whose values are never found in two rows."""
    found = set() if table.primary_key is None else {frozenset(table.primary_key.columns)}
    for index in table.indexes:
        whole = len(index.columns) == len(index.parts)
        if not all(part.length is None for part in index.parts) or index.deferrable:
            continue
        if index.unique and index.where is None and whole:
            found.add(frozenset(index.columns))
    return found


def links_of(
    tables: Mapping[str, db.Table],
    keys: list[tuple[str, db.ForeignKey]],
    joins: Collection[str],
    names: Names,
    known: Known,
) -> list[Link]:
    """A named relation for each of `keys` (table, key) and each of the join tables."""
    links = [_key_link(tables[table], key, names, known) for table, key in keys]
    links += (_join_link(tables[table], names, known) for table in joins)
    count = Counter(link.pair for link in links)
    used: dict[tuple[str, str], Taken] = {pair: Taken() for pair in count}
    for link in links:
        if link.join is not None and link.name is not None:
            used[link.pair].add(link.name)  # it leads to the table's name, so it stays
    for link in links:
        _name(link, names, used[link.pair], ambiguous=count[link.pair] > 1)
    return links


class Known:
    """The relations of an existing schema, by the key or the join table behind them."""

    def __init__(
        self, existing: SchemaDefinition, names: Names, kept: Mapping[str, KeptTable]
    ) -> None:
        self.keys: dict[_KeyPlace, list[_Fields]] = {}
        self.joins: dict[str, _Fields] = {}
        self.kept = kept
        models = {model.name: model for model in existing.models}
        for table, model in names.known_models.items():
            columns = {field.name: column_name(field.name) for field in model.fields}
            columns |= {field.name: field.column for field in model.fields if field.column}
            for field in model.fields:
                relation = field.relation
                if relation is not None and relation.fields:
                    key = (table, tuple(columns[name] for name in relation.fields), relation.model)
                    opposite = _field_of(models[relation.model], relation.opposite)
                    self.keys.setdefault(key, []).append((field, opposite))
        for join in join_tables(existing, names.habits.provider):
            first, second = join.sides
            one_side = _field_of(models[first.model], first.field)
            if one_side is not None:
                self.joins[join.table] = (one_side, _field_of(models[second.model], second.field))


def _field_of(model: Model, name: str | None) -> Field | None:
    return next((field for field in model.fields if field.name == name), None)


def _key_link(table: db.Table, key: db.ForeignKey, names: Names, known: Known) -> Link:
    model, target = names.models[table.name], names.models[key.table]
    fields = names.fields[table.name]
    holder = Side(
        model=model,
        target=target,
        required=all(not _is_nullable(table, name) for name in key.columns),
        fields=tuple(fields[name] for name in key.columns),
        references=tuple(names.fields[key.table][name] for name in key.references),
        key=key,
        constraint=_constraint(table, key, names),
    )
    single = frozenset(key.columns) in unique_keys(table)
    opposite = Side(model=target, target=model, list=not single, required=not single)
    link = Link(holder=holder, opposite=opposite)
    found = known.keys.get((table.name, key.columns, target))
    if found:
        _keep(link, found.pop(0))
    kept = known.kept.get(table.name)
    holder.kept = None if kept is None else kept.keys.get(key)
    return link


def _constraint(table: db.Table, key: db.ForeignKey, names: Names) -> str | None:
    """The key's name, where it is not the one that OKRA gives."""
    bare = unqualified(table.name, names.habits.provider)
    return None if key.name == foreign_key_name(bare, key.columns) else key.name


def _keep(link: Link, found: _Fields) -> None:
    """Take over what the existing schema calls the two sides."""
    field, opposite = found
    link.holder.name = field.name
    link.name = None if field.relation is None else field.relation.name
    if opposite is not None:
        link.opposite.name = opposite.name
        if opposite.type.list or not link.opposite.list:
            link.opposite.list = opposite.type.list
            link.opposite.required = opposite.type.required


def _join_link(table: db.Table, names: Names, known: Known) -> Link:
    first, second = table.foreign_keys
    one_model, other_model = names.models[first.table], names.models[second.table]
    link = Link(
        holder=Side(model=one_model, target=other_model, list=True, required=True),
        opposite=Side(model=other_model, target=one_model, list=True, required=True),
        join=unqualified(table.name, names.habits.provider),
    )
    found = known.joins.get(table.name)
    if found is not None:
        _keep(link, found)
    bare = unqualified(table.name, names.habits.provider)
    if join_table_name(None, one_model, other_model) != bare and link.name is None:
        link.name = pascal(words_of(bare))
    return link


def _name(link: Link, names: Names, used: Taken, *, ambiguous: bool) -> None:
    """Give both sides and, where it needs one, the relation a name."""
    holder, opposite = link.holder, link.opposite
    own = names.taken_fields[names.tables[holder.model]]
    others = names.taken_fields[names.tables[opposite.model]]
    if holder.name:
        own.add(holder.name)
    else:
        holder.name = own.free(*_holder_names(link))
    if opposite.name:
        others.add(opposite.name)
    else:
        opposite.name = others.free(*_opposite_names(link, ambiguous=ambiguous))
    if link.join is not None:
        link.name = pascal(words_of(link.join)) if ambiguous and link.name is None else link.name
    elif ambiguous or link.name is not None:
        link.name = used.free(link.name or f"{holder.model}{_capital(holder.name)}")


def _holder_names(link: Link) -> tuple[str, ...]:
    holder = link.holder
    if link.join is not None:
        name = camel(words_of(link.join))
        return (f"{name}A",) if holder.model == holder.target else (many(holder.target), name)
    columns = [] if holder.key is None else [words_of(name) for name in holder.key.columns]
    last = columns[-1] if columns else []
    named = last[:-1] if last and last[-1] in _SUFFIXES else []
    if len(columns) > 1 and not named:
        named = common_start(columns)
    if named:
        name = identifier(camel(named), "to")
        return name, f"{name}{holder.target}"
    return one(holder.target), f"{holder.fields[-1]}{holder.target}"


def _opposite_names(link: Link, *, ambiguous: bool) -> tuple[str, ...]:
    holder, opposite = link.holder, link.opposite
    plain = many(holder.model) if opposite.list else one(holder.model)
    if link.join is not None:
        name = camel(words_of(link.join))
        return (f"{name}B",) if holder.model == holder.target else (plain, name)
    prefixed = f"{holder.name}{_capital(plain)}"
    if holder.model == holder.target and holder.name == "parent":
        return ("children" if opposite.list else "child"), prefixed
    return (prefixed, plain) if ambiguous else (plain, prefixed)


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def relation_fields(links: list[Link]) -> dict[str, list[tuple[str | None, Field]]]:
    """Per model, its relation fields, each with the column it should stand in front of, if any."""
    found: dict[str, list[tuple[str | None, Field]]] = {}
    for link in links:
        holder, opposite = link.holder, link.opposite
        for side, other in ((holder, opposite), (opposite, holder)):
            first = side.fields[0] if side.fields else None
            field = Field(
                name=side.name,
                type=TypeRef(name=side.target, list=side.list, required=side.required),
                relation=_relation(side, other, link),
            )
            found.setdefault(side.model, []).append((first, field))
    return found


def _relation(side: Side, other: Side, link: Link) -> Relation:
    key = side.key
    if side.kept is not None:  # the same key, in the words of the schema
        return replace(
            side.kept,
            model=side.target,
            opposite=other.name,
            name=link.name,
            fields=side.fields,
            references=side.references,
        )
    return Relation(
        model=side.target,
        opposite=other.name,
        name=link.name,
        fields=side.fields,
        references=side.references,
        on_delete=None if key is None else Action(key.on_delete.value),
        on_update=None if key is None else Action(key.on_update.value),
        constraint=side.constraint,
        many_to_many=link.join is not None,
        deferrable=None if key is None else deferral(key),
    )
