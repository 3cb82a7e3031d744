"""Names as the database will have them: nothing may be called like something else, or like OKRA's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from okra.language.definition import DEFAULT_SCHEMA, Unique
from okra.naming import (
    column_name,
    index_name,
    join_table_name,
    primary_key_name,
    shortened,
    snake_case,
    table_name,
    unique_name,
)

if TYPE_CHECKING:
    from okra.language.drafts import FieldDraft, IndexDraft, ModelDraft, Schema
    from okra.language.report import Report
    from okra.source import Span

RESERVED = "_okra"


class Owner(NamedTuple):
    """Who has a name: in words, and where that is written."""

    words: str
    span: Span


class Names:
    """One space of names that must all differ; of one for each SQL schema where the provider has those."""

    def __init__(self, report: Report, *, exact: bool, schemas: bool = False) -> None:
        self._report = report
        self._exact = exact
        self._schemas = schemas
        self._owners: dict[tuple[str | None, str, tuple[str, ...]], Owner] = {}

    def add(
        self,
        name: str,
        owner: Owner,
        code: str,
        hint: str,
        *,
        schema: str | None = None,
        only: tuple[str, ...] = (),
    ) -> None:
        """Take `name` for `owner`, or say who has it."""
        where = schema if self._schemas and schema != DEFAULT_SCHEMA else None
        key = (where, name if self._exact else name.lower(), only)
        first = self._owners.setdefault(key, owner)
        if first is not owner:
            other = "another one" if first.words == owner.words else owner.words
            self._report.error(
                code,
                f"{first.words} and {other} would both be called `{name}` in the database",
                owner.span,
                hint,
            )


def check_names(schema: Schema) -> None:
    """Tables, columns, indexes, constraints and enums after mapping: each name once, none reserved."""
    report = schema.report
    exact = tuple(schema.providers) == ("postgres",)
    relations = Names(report, exact=exact, schemas=_has_schemas(schema))
    for model in schema.models.values():
        table = model.table or table_name(model.name)
        _check_reserved(table, f"the table of `{model.name}`", _table_span(model), report)
        owner = Owner(f"the table of `{model.name}`", _table_span(model))
        hint = 'give one of them its own with `@table(name: "…")`'
        relations.add(table, owner, "OKR171", hint, schema=model.schema)
        columns = _check_columns(model, exact=exact, report=report)
        if not model.unmanaged:
            _check_objects(model, table, columns, relations, schema)
    _check_join_tables(schema, relations)
    _check_enums(schema)


def _has_schemas(schema: Schema) -> bool:
    """Whether every provider keeps the tables of each SQL schema apart."""
    return set(schema.providers) <= {"postgres"}


def _table_span(model: ModelDraft) -> Span:
    bound = model.bound.get("table")
    return model.span if bound is None or model.table is None else bound.span_of("name")


def _check_reserved(name: str, what: str, span: Span, report: Report) -> None:
    if name.lower().startswith(RESERVED):
        report.error(
            "OKR103",
            f"{what} would be `{name}`: names that begin with `{RESERVED}` are OKRA's own",
            span,
            "choose another name",
        )


def _check_columns(model: ModelDraft, *, exact: bool, report: Report) -> dict[str, str]:
    """Field → column, for all fields that have one."""
    columns: dict[str, str] = {}
    owners: dict[str, FieldDraft] = {}
    for field in model.fields:
        if field.target is not None:
            continue
        column = field.column or column_name(field.node.name)
        columns[field.node.name] = column
        first = owners.setdefault(column if exact else column.lower(), field)
        if first is not field:
            report.error(
                "OKR170",
                f"`{first.name}` and `{field.name}` of `{model.name}` are both the column `{column}`",
                field.span_of("column"),
                'give one of them its own with `@column(name: "…")`',
            )
    return columns


def _check_objects(
    model: ModelDraft, table: str, columns: dict[str, str], relations: Names, schema: Schema
) -> None:
    """Indexes, keys and checks of one table."""
    report = schema.report
    constraints = Names(report, exact=True)
    if tuple(schema.providers) == ("mysql",):
        relations = Names(report, exact=False)  # there, each table has its own names of indexes
    if "postgres" in schema.providers and model.ids:
        key = Owner(f"the primary key of `{model.name}`", model.span)
        name = model.id_name or primary_key_name(table)
        relations.add(name, key, "OKR172", _NAME_INDEX, schema=model.schema)
    if model.id_name is not None:
        what = f"the primary key of `{model.name}`"
        _check_reserved(model.id_name, f"the name of {what}", model.span, report)
    taken: dict[tuple[str, tuple[str, ...]], int] = {}
    for item in _index_drafts(model):
        name = _index_name(item, table, columns, taken)
        what = f"`@{item.bound.directive.name}` of `{model.name}`"
        owner = Owner(what, item.bound.span_of("name"))
        relations.add(name, owner, "OKR172", _NAME_INDEX, schema=model.schema, only=item.value.only)
        if item.value.name is not None:
            _check_reserved(name, f"the name of {what}", owner.span, report)
        if isinstance(item.value, Unique) and _may_be_constraint(item.value, schema):
            constraints.add(name, owner, "OKR172", _NAME_INDEX)
    _check_constraints(model, constraints, report)


def _may_be_constraint(unique: Unique, schema: Schema) -> bool:
    """Whether some provider makes a constraint of it: those share names with checks and foreign keys."""
    if unique.constraint is None:
        return "postgres" in schema.providers
    return unique.constraint


_NAME_INDEX = 'give one of them its own with `name: "…"`'


def _index_drafts(model: ModelDraft) -> list[IndexDraft]:
    """All indexes in the order in which they get their names."""
    uniques = [field.unique for field in model.fields if field.unique is not None]
    plain = [field.index for field in model.fields if field.index is not None]
    return [*uniques, *model.uniques, *plain, *model.indexes]


def _index_name(
    item: IndexDraft,
    table: str,
    columns: dict[str, str],
    taken: dict[tuple[str, tuple[str, ...]], int],
) -> str:
    """The name as written, or the one that OKRA makes: numbered where one table has several alike."""
    value = item.value
    if value.name is not None:
        return value.name
    parts = tuple(
        "expr" if part.field is None else columns.get(part.field, part.field)
        for part in value.fields
    )
    make = unique_name if isinstance(value, Unique) else index_name
    name = make(table, parts)
    number = taken.get((name, value.only), -1) + 1
    taken[name, value.only] = number
    return shortened(f"{name}{number}") if number else name


def _check_constraints(model: ModelDraft, constraints: Names, report: Report) -> None:
    """Names of checks and foreign keys that the user gave."""
    given: list[tuple[str | None, str, Span]] = []
    for field in model.fields:
        relation = field.relation
        if relation is not None and relation.constraint is not None:
            span = field.bound["relation"].span_of("constraint")
            given.append((relation.constraint, f"the key of `{model.name}.{field.name}`", span))
        for item in field.checks:
            words = f"`@check` on `{model.name}.{field.name}`"
            given.append((item.value.name, words, item.bound.span_of("name")))
    given += (
        (item.value.name, f"`@check` of `{model.name}`", item.bound.span_of("name"))
        for item in model.checks
    )
    for name, words, span in given:
        if name is not None:
            _check_reserved(name, f"the name of {words}", span, report)
            constraints.add(name, Owner(words, span), "OKR172", _NAME_CONSTRAINT)


_NAME_CONSTRAINT = "give one of them another name"


def _check_join_tables(schema: Schema, relations: Names) -> None:
    done: set[tuple[str, str]] = set()
    for model in schema.models.values():
        for field in model.fields:
            relation = field.relation
            if relation is None or not relation.many_to_many:
                continue
            here = (model.name, field.name)
            if here in done:
                continue
            done.add((relation.model, relation.opposite or ""))
            table = join_table_name(relation.name, model.name, relation.model)
            what = f"the join table of `{model.name}.{field.name}`"
            owner = Owner(what, field.span)
            _check_reserved(table, what, owner.span, schema.report)
            hint = 'name the relation: `@relation(name: "…")` on both sides'
            relations.add(table, owner, "OKR171", hint, schema=_schema_of(field, model, schema))


def _schema_of(field: FieldDraft, model: ModelDraft, schema: Schema) -> str | None:
    """A join table stands beside the model that comes first in the alphabet."""
    other = schema.models.get(field.target or "", model)
    return min(model, other, key=lambda each: each.name).schema


def _check_enums(schema: Schema) -> None:
    types = Names(schema.report, exact=True, schemas=_has_schemas(schema))
    for enum in schema.enums.values():
        name = enum.type or shortened(snake_case(enum.name))
        what = f"the enum `{enum.name}`"
        owner = Owner(what, enum.span)
        _check_reserved(name, what, enum.span, schema.report)
        types.add(name, owner, "OKR171", "rename one of them", schema=enum.schema)
