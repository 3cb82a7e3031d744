"""OKR346: names in another style."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okra.lint.rule import Rule, SchemaHit
from okra.mapping import enum_name, table_of, type_of
from okra.naming import column_name, table_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.language.definition import Enum
    from okra.lint.schema import SchemaSight


_MODEL = re.compile(r"[A-Z][A-Za-z0-9]*")
_FIELD = re.compile(r"[a-z][A-Za-z0-9]*")
_UPPER = re.compile(r"[A-Z][A-Z0-9_]*")
_LOWER = re.compile(r"[a-z][a-z0-9_]*")


def check(sight: SchemaSight) -> Iterator[SchemaHit]:
    for model in sight.definition.models:
        if not _MODEL.fullmatch(model.name):
            wanted = _pascal(model.name)
            keeps = _keeps("@table", table_of(model), model.table or table_name(wanted))
            yield _hit(model.name, "model", model.name, wanted, keeps)
        for field in model.fields:
            if not _FIELD.fullmatch(field.name):
                wanted = _camel(field.name)
                now = field.column or column_name(field.name)
                keeps = _keeps("@column", now, field.column or column_name(wanted))
                said = "" if field.relation is not None else keeps
                yield _hit(f"{model.name}.{field.name}", "field", field.name, wanted, said)
    for enum in sight.definition.enums:
        if not _MODEL.fullmatch(enum.name):
            wanted = _pascal(enum.name)
            keeps = _keeps("@type", type_of(enum), enum.type or enum_name(wanted))
            yield _hit(enum.name, "enum", enum.name, wanted, keeps)
        yield from _values(enum)


def _keeps(directive: str, now: str, then: str) -> str:
    """What becomes of the name in the database."""
    if now == then:
        return f"; in the database it stays `{now}`"
    return f'; `{directive}(name: "{now}")` keeps the name in the database'


def _values(enum: Enum) -> Iterator[SchemaHit]:
    """The values that are spelled otherwise than the first one."""
    style = (
        _LOWER
        if _LOWER.fullmatch(enum.values[0].name)
        else _UPPER
        if _UPPER.fullmatch(enum.values[0].name)
        else None
    )
    for value in enum.values[1:]:
        if style is not None and not style.fullmatch(value.name):
            yield SchemaHit(
                name=f"{enum.name}.{value.name}",
                message=f"value `{value.name}` is spelled in another style than `{enum.values[0].name}`",
                help=f'spell them alike; `@value("{value.text}")` keeps the text in the database',
            )


def _hit(name: str, kind: str, written: str, wanted: str, keeps: str) -> SchemaHit:
    return SchemaHit(
        name=name,
        message=f"{kind} `{written}` is not spelled like `{wanted}`",
        help=f"rename it{keeps}",
    )


def _pascal(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in name.split("_")) or name


def _camel(name: str) -> str:
    found = _pascal(name.lower() if name.isupper() else name)
    return found[:1].lower() + found[1:]


RULE = Rule(
    code="OKR346",
    name="naming",
    title="a name is not spelled as the others are",
    text="""\
Models and enums are spelled `LikeThis`, fields `likeThis`, the values of one enum all in upper or all in lower case. The
generated types take these names over, and the tables get theirs from them.""",
    example="""\
model user_account {
  id: ID!
  first_name: String!
}""",
    safe="""\
model UserAccount {
  id: ID!
  firstName: String!
}""",
    schema=check,
)
