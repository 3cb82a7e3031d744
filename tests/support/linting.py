"""What the tests of rules have in common: a small shop as it was, and statements that change it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from okra.dialects import dialect
from okra.language.define import parse_schema
from okra.lint.migration import MigrationSight
from okra.lint.running import lint_migration, lint_schema
from okra.lint.schema import SchemaSight
from okra.lowering import lower
from okra.migrations.compare import changes_between, schema_side
from okra.migrations.draft import draft
from okra.relational.model import Database
from okra.source import Source

if TYPE_CHECKING:
    from okra.lint.rule import Finding

WORLD = (Path(__file__).parent.parent / "lint" / "world.okra.gql").read_text()


def in_sql(
    sql: str, provider: str, before: str = WORLD, after: str | None = None, **levels: object
) -> tuple[Finding, ...]:
    """What rules find in statements that lead from one schema to another."""
    old, new = (
        schema_side("", parse_schema([Source("a", text)]).definition, provider)
        for text in (before, before if after is None else after)
    )
    sources = {"": Source("migration.sql", sql)}
    sight = MigrationSight(
        provider,
        dialect(provider).split(sql),
        before=lambda: old.database,
        after=lambda: new.database,
        changes=lambda: changes_between(provider, old, new)[0],
    )
    return lint_migration(sight, sources, levels)


def in_schema(text: str, *providers: str, earlier: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """What rules find in a schema."""
    source = Source("models.okra.gql", text)
    parsed = parse_schema([source], providers=providers)
    known = [parse_schema([Source("a", item)]).definition for item in earlier]
    sights = [
        SchemaSight(
            provider,
            parsed.definition,
            dialect(provider).resolve(lower(parsed.definition, provider)).database,
            known,
        )
        for provider in providers
    ]
    return lint_schema(sights, parsed.places.get, [source], {})


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [item.code for item in findings]


def world_sql(provider: str) -> str:
    """What makes the small shop."""
    return draft(
        provider, Database(), None, parse_schema([Source("a", WORLD)]).definition
    ).migration_sql("1")
