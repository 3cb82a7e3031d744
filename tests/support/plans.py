"""The plan from one PostgreSQL schema to another."""

from __future__ import annotations

from okra.language.define import parse_schema
from okra.migrations.draft import Draft, Manner, draft
from okra.relational.model import Database
from okra.source import Source


def parsed(text: str):
    return parse_schema([Source("models.okra.gql", text)], providers=("postgres",)).definition


def first(text: str) -> Draft:
    return draft("postgres", Database(), None, parsed(text))


def second(before: str, after: str, *, online: bool = True) -> Draft:
    made = first(before)
    return draft(
        "postgres", made.after, parsed(before), parsed(after), manner=Manner(online=online)
    )
