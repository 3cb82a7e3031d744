"""OKR345: a hint that was followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.lint.rule import Rule, SchemaHit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from okra.language.definition import SchemaDefinition
    from okra.lint.schema import SchemaSight


def check(sight: SchemaSight) -> Iterator[SchemaHit]:
    for kind, name, old in _hints(sight.definition):
        if sight.earlier and all(_is_done(earlier, name, old) for earlier in sight.earlier):
            yield SchemaHit(
                name=name,
                message=f'the newest migrations know {kind} `{name}` already: `@renamed(from: "{old}")` does nothing',
                help="take it out",
            )


def _hints(definition: SchemaDefinition) -> Iterator[tuple[str, str, str]]:
    """What has a hint: its kind, its name, and its old one."""
    for model in definition.models:
        if model.renamed_from:
            yield "model", model.name, model.renamed_from
        for field in model.fields:
            if field.renamed_from:
                yield "field", f"{model.name}.{field.name}", field.renamed_from
    for enum in definition.enums:
        if enum.renamed_from:
            yield "enum", enum.name, enum.renamed_from
        for value in enum.values:
            if value.renamed_from:
                yield "value", f"{enum.name}.{value.name}", value.renamed_from


def _is_done(earlier: SchemaDefinition, name: str, old: str) -> bool:
    """Whether the new name is there, and the old one is not."""
    known = _names(earlier)
    owner, dot, _ = name.rpartition(".")
    return name in known and f"{owner}{dot}{old}" not in known


def _names(definition: SchemaDefinition) -> set[str]:
    found: set[str] = set()
    for model in definition.models:
        found |= {model.name, *(f"{model.name}.{field.name}" for field in model.fields)}
    for enum in definition.enums:
        found |= {enum.name, *(f"{enum.name}.{value.name}" for value in enum.values)}
    return found


RULE = Rule(
    code="OKR345",
    name="leftover-renamed",
    title="a `@renamed` does nothing any more",
    text="""\
`@renamed` tells `db:migrate:generate` that something is the same under another name. Once a migration has renamed it, the
hint has no meaning, and would get one again if somebody brought the old name back. Where an environment follows the schema
without migrations nothing is said: its databases may still need the hint.""",
    example="""\
model User {
  id: ID!
  email: String! @renamed(from: "mail")
}""",
    safe="""\
model User {
  id: ID!
  email: String!
}""",
    schema=check,
)
