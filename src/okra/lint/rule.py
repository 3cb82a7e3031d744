"""Rule and Finding: what a rule is, what it says of itself, and what it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

from okra.errors import Diagnostic, Severity, draw
from okra.lint.step import Step
from okra.plan import HazardKind
from okra.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from okra.lint.migration import MigrationSight
    from okra.lint.schema import SchemaSight
    from okra.source import Source

EVERYWHERE = ("mysql", "postgres", "sqlite")


class SchemaHit(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule found in a schema.

    name  a model, field, enum or value as the schema has it: `User`, `User.email`
    """

    name: str
    message: str
    help: str


class MigrationHit(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule found in a migration: in which statement, and how far behind its beginning."""

    step: Step
    at: int
    message: str
    help: str


SchemaCheck: TypeAlias = "Callable[[SchemaSight], Iterable[SchemaHit]]"
MigrationCheck: TypeAlias = "Callable[[MigrationSight], Iterable[MigrationHit]]"


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule; its file is its page.

    code       never changes its meaning
    name       what people call it
    title      what is wrong, as a short sentence without a period
    text       why: what the server does
    example    what it finds
    safe       the safe way
    providers  where it is true
    said_as    the hazards by which the planner says the same of its own statements
    schema, migration  what looks for it; one of the two
    """

    code: str
    name: str
    title: str
    text: str
    example: str
    safe: str
    severity: Severity = Severity.WARNING
    providers: tuple[str, ...] = EVERYWHERE
    said_as: tuple[HazardKind, ...] = ()
    schema: SchemaCheck | None = None
    migration: MigrationCheck | None = None


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule found, at its place.

    providers  where it is true; empty where it has nothing to do with a server
    """

    code: str
    severity: Severity
    message: str
    help: str
    span: Span | None = None
    providers: tuple[str, ...] = ()

    def draw(self, sources: Mapping[str, Source]) -> str:
        """The finding with its place, the line it is about, a caret and the safe way, as plain text."""
        return draw(
            Diagnostic(
                code=self.code,
                message=self.message,
                span=self.span,
                help=self.help,
                severity=self.severity,
            ),
            sources,
        )
