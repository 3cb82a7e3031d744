"""Words that only some servers have a meaning for: said where none of those that a project is configured for has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.language.report import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from okra.language.arguments import Arguments
    from okra.language.drafts import Schema

_POSTGRES = ("postgres",)
_MYSQL = ("mysql",)
_SQLITE = ("sqlite",)
_SERVERS = ("mysql", "postgres")

# directive → the providers that have a use for it
DIRECTIVES: dict[str, tuple[str, ...]] = {
    "schema": _POSTGRES,
    "type": _POSTGRES,
    "sequence": _POSTGRES,
}
# directive → argument → the providers that have a use for it
ARGUMENTS: dict[str, dict[str, tuple[str, ...]]] = {
    "table": {
        "strict": _SQLITE,
        "withoutRowid": _SQLITE,
        "unlogged": _POSTGRES,
        "engine": _MYSQL,
        "collation": _MYSQL,
        "rowFormat": _MYSQL,
        "with": _SERVERS,
    },
    "okra": {"schema": _POSTGRES},
    "index": {"with": _SERVERS, "comment": _SERVERS, "visible": _MYSQL},
    "unique": {"with": _SERVERS, "comment": _SERVERS, "visible": _MYSQL},
}


def check_reach(schema: Schema, top_level: list[Arguments]) -> None:
    """Warn once of each word that means nothing to any of the configured providers."""
    if not schema.providers:
        return
    known = set(schema.providers)
    said: set[tuple[str, str | None]] = set()
    for bound in _all(schema, top_level):
        name = bound.directive.name
        wanted: list[tuple[str | None, tuple[str, ...]]] = []
        if name in DIRECTIVES:
            wanted.append((None, DIRECTIVES[name]))
        arguments: Mapping[str, tuple[str, ...]] = ARGUMENTS.get(name, {})
        wanted += [(word, arguments[word]) for word in bound.values if word in arguments]
        for word, providers in wanted:
            if known.isdisjoint(providers) and (name, word) not in said:
                said.add((name, word))
                _warn(bound, word, providers)


def _warn(bound: Arguments, word: str | None, providers: tuple[str, ...]) -> None:
    what = (
        f"`@{bound.directive.name}`" if word is None else f"`{word}` of `@{bound.directive.name}`"
    )
    bound.report.warning(
        "OKR163",
        f"{what} does nothing here: only {listed(providers)} {_has(providers)} it",
        bound.span if word is None else bound.span_of(word),
        "take it out, or leave it for the day when you use such a server",
    )


def _has(providers: tuple[str, ...]) -> str:
    return "has" if len(providers) == 1 else "have"


def _all(schema: Schema, top_level: list[Arguments]) -> Iterator[Arguments]:
    """All directives that may have such words, in the order of the schema."""
    yield from top_level
    for enum in schema.enums.values():
        yield from enum.bound.values()
    for model in schema.models.values():
        yield from model.bound.values()
        for item in (*model.indexes, *model.uniques):
            yield item.bound
        for field in model.fields:
            if field.bound:
                yield from field.bound.values()
