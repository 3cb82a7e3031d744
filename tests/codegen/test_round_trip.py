"""A row of each model, read from a real database, goes through Go, then TypeScript, then Python, and is still the same."""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import cycle
from typing import TYPE_CHECKING, Any

import pytest

import servers
from generated import CHOICES, Case, schema
from okra.codegen.shape import Shape, shapes
from okra.dialects.session import connect
from okra.language.definition import Scalar
from okra.url import DatabaseUrl
from python_code import read
from real_rows import rows_as_json
from typed_values import right_values, same
from workshop import Answer, Item, runnable

if TYPE_CHECKING:
    from pathlib import Path

    from workshop import Workshop

SCHEMAS = ("blog", "clinic", "every_type")
SHAPES = {(name, shape.name): shape for name in SCHEMAS for shape in shapes(schema(name))}
UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
BY_HAND = "by-hand"
SERVERS = ["sqlite", *servers.POSTGRES, *servers.MYSQL]


class Traveller:
    """The rows of all schemas on one server, and what becomes of them on the way."""

    def __init__(self, server: str, workshop: Workshop, known: servers.Servers) -> None:
        self._server = server
        self._workshop = workshop
        self._servers = known

    def rows(self) -> list[tuple[str, str, str]]:
        """(schema, model, text) of each row; those whose ids are no UUIDs are not for `id: "UUID"`, and left out."""
        if self._server == BY_HAND:
            shown = [shape for (name, _), shape in SHAPES.items() if name == "every_type"]
            return [
                ("every_type", shape.name, text)
                for shape in shown
                for text in right_values(shape, exact=False)
            ]
        found = self._workshop.tools.once(f"rows-{self._server}", self._read)
        return [
            (name, model, text)
            for name, rows in found.items()
            for model, texts in rows.items()
            for text in texts
            if has_uuids(SHAPES[name, model], json.loads(text))
        ]

    def _read(self, folder: Path) -> Any:
        return {name: self._read_one(folder, name) for name in SCHEMAS}

    def _read_one(self, folder: Path, name: str) -> dict[str, list[str]]:
        if self._server == "sqlite":
            url = DatabaseUrl.parse(f"sqlite://{name}.db", base=folder)
            return self._read_from(url, name)
        with self._servers.database(self._server) as url:
            return self._read_from(url, name)

    def _read_from(self, url: DatabaseUrl, name: str) -> dict[str, list[str]]:
        session = connect(url, lock_timeout_ms=5_000)
        try:
            return rows_as_json(session, url.provider, schema(name))
        finally:
            session.close()

    def through(self, language: str, rows: list[tuple[str, str, str]]) -> list[tuple[Item, Answer]]:
        """Each row read and written by the code of each case of a language."""
        items = [
            Item(case.name, model, text)
            for name, model, text in rows
            for case in runnable(language)
            if case.schema == name
        ]
        if language == "python":
            answers = [read(cases_by_name()[item.case], item.model, item.text) for item in items]
        else:
            run = self._workshop.go_run if language == "go" else self._workshop.node_run
            answers = run(f"{language}-from-{self._server}", lambda: items)
        return list(zip(items, answers, strict=True))


def has_uuids(shape: Shape, row: dict[str, Any]) -> bool:
    ids = [row.get(each.name) for each in shape.members if each.type is Scalar.ID and not each.list]
    return all(UUID.fullmatch(text) for text in ids if text is not None)


@cache
def cases_by_name() -> dict[str, Case]:
    return {case.name: case for language in CHOICES for case in runnable(language)}


def spoiled(before: list[tuple[str, str, str]], after: list[tuple[Item, Answer]]) -> list[str]:
    """Rows that were refused, or that came out as others."""
    found = []
    answers = iter(after)
    for name, model, text in before:
        for _ in (case for case in runnable(language_of(after)) if case.schema == name):
            item, answer = next(answers)
            shape = SHAPES[name, model]
            if answer.text is None or not same(shape, text, answer.text, digits=3):
                found.append(f"{item}: {answer}")
    return found


def language_of(after: list[tuple[Item, Answer]]) -> str:
    return cases_by_name()[after[0][0].case].language


def handed_on(
    rows: list[tuple[str, str, str]], after: list[tuple[Item, Answer]]
) -> list[tuple[str, str, str]]:
    """Each row as one of the cases wrote it: another case for each row."""
    found = []
    place = 0
    for turn, (name, model, _) in zip(cycle(range(1_000)), rows, strict=False):
        cases = [case for case in runnable(language_of(after)) if case.schema == name]
        text = after[place + turn % len(cases)][1].text
        assert text is not None
        found.append((name, model, text))
        place += len(cases)
    return found


@pytest.fixture(params=[*SERVERS, BY_HAND])
def traveller(
    request: pytest.FixtureRequest, workshop: Workshop, _servers: servers.Servers
) -> Traveller:
    return Traveller(request.param, workshop, _servers)


def test_rows_go_through_go_typescript_and_python_unharmed(
    traveller: Traveller, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(workshop.python_folder()))
    rows = traveller.rows()
    assert len(rows) > 100

    for language in ("go", "typescript", "python"):
        after = traveller.through(language, rows)
        assert spoiled(rows, after) == []
        rows = handed_on(rows, after)


def test_each_field_of_each_model_has_a_value_in_some_row(traveller: Traveller) -> None:
    """What the round trip shows of a model, it shows of each of its fields."""
    seen: dict[tuple[str, str], set[str]] = {}
    for name, model, text in traveller.rows():
        seen.setdefault((name, model), set()).update(json.loads(text))

    read = {name for name, _ in seen}
    assert {
        where: missing
        for where, shape in SHAPES.items()
        if where[0] in read
        and (missing := {each.name for each in shape.members} - seen.get(where, set()))
    } == ({("clinic", "LegacyChart"): {"number", "text"}} if "clinic" in read else {})
