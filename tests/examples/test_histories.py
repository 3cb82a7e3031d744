"""The migrations of the examples were made by `generate` alone, and work on a database of each kind with rows in it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

import okra
from stories import EXAMPLES, PROVIDERS, Rows, Story, missing, regenerate, versions

if TYPE_CHECKING:
    from pathlib import Path

    from okra.url import DatabaseUrl

# What does not come back when a migration is applied and taken back: the data that it says it loses,
# and the moment of the last change.
LOST = {
    "blog": {("users", "updated_at"), ("posts", "updated_at")},
    "clinic": {
        ("patients", "street"),
        ("patients", "postal_code"),
        ("patients", "city"),
        ("patients", "updated_at"),
        ("opening_hours", "id"),
        ("invoice_lines", "id"),
    },
}
LOST_TABLES = {"blog": set(), "clinic": {"paper_files"}}


def contents(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("example", EXAMPLES)
def test_generate_makes_the_committed_migrations_again(
    example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrations = EXAMPLES[example] / "migrations"
    newest = json.loads((migrations / "sqlite" / "current" / "schema.json").read_text())
    monkeypatch.setattr(okra, "__version__", newest["chain"]["okra_version"])

    written = regenerate().replay(tmp_path, EXAMPLES[example])

    unproven = [item.unproven.reason for item in written if item.unproven]
    if unproven:
        pytest.skip(f"nothing to prove it on: {unproven[0]}")
    hint = "run `python scripts/regenerate_examples.py`, and read the difference"
    assert contents(tmp_path / "migrations") == contents(migrations), hint


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("example", EXAMPLES)
def test_all_migrations_are_proven(example: str, provider: str) -> None:
    folder = EXAMPLES[example] / "migrations" / provider
    headers = [
        json.loads((folder / version / "schema.json").read_text())["chain"]
        for version in versions(example, provider)
    ]

    assert len(headers) >= {"blog": 3, "clinic": 8}[example]
    assert all(header["verified"] for header in headers)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_newest_migrations_are_what_the_schema_says(example: str) -> None:
    prepared = okra.load(folder=EXAMPLES[example], environ={}).prepare(mend=False)

    assert [item.draft.changes for item in prepared] == [()] * len(PROVIDERS)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_whole_history_goes_up_with_rows_down_to_nothing_and_up_again(
    example: str, tmp_path: Path
) -> None:
    tell(Story(example, tmp_path))


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_whole_history_on_a_server(example: str, server: DatabaseUrl, tmp_path: Path) -> None:
    tell(Story(example, tmp_path, server))


def tell(story: Story) -> None:
    """Up step by step with rows, down step by step to nothing, and up at once."""
    known = versions(story.example, story.provider)
    states = go_up(story, known)

    for number in range(len(known) - 1, 0, -1):
        version, state = known[number - 1], states[number - 1]
        story.prepare_down(number + 1)
        result = story.project().migrate_down(confirm=lambda _: True, allow=["blocking"])
        assert len(result.reverted) == 1
        story.check(version)
        lost, tables = LOST[story.example], LOST_TABLES[story.example]
        assert missing(state, story.rows(), lost, tables) == []

    result = story.project().migrate_down(confirm=lambda _: True, allow=["blocking"])
    assert result.current is None
    assert story.rows() == {}

    result = story.project().migrate_up(allow=["blocking"])
    assert len(result.applied) == len(known)
    story.check(known[-1])


def go_up(story: Story, known: list[str]) -> list[Rows]:
    """Apply one migration after the other; returns all rows after each."""
    states = []
    for number, version in enumerate(known, start=1):
        (applied,) = story.project().migrate_up(steps=1, allow=["blocking"]).applied
        assert f"{applied.version}_{applied.name}" == version
        story.check(version)
        story.write_rows(number)
        states.append(story.rows())
    return states


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_becomes_of_the_rows(example: str, tmp_path: Path) -> None:
    read_summary(Story(example, tmp_path))


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_becomes_of_the_rows_on_a_server(
    example: str, server: DatabaseUrl, tmp_path: Path
) -> None:
    read_summary(Story(example, tmp_path, server))


def read_summary(story: Story) -> None:
    """At the end of the story, the rows say the same on every server."""
    go_up(story, versions(story.example, story.provider))

    questions = SUMMARY[story.example]
    found = {sql: [tuple(map(plain, row)) for row in story.query(sql)] for sql in questions}

    assert found == questions


def plain(value: object) -> str | None:
    """A value as every server says it."""
    if value is None:
        return None
    text = str(value)
    return _FRACTION.sub(r"\1\2", text) if _NUMBER.fullmatch(text) else text


_NUMBER = re.compile(r"-?\d+\.\d+")
_FRACTION = re.compile(r"^(.*?)(?:\.0*|(\.\d*?[1-9])0*)$")

SUMMARY: dict[str, dict[str, list[tuple[str | None, ...]]]] = {
    "blog": {
        "SELECT name, email FROM users ORDER BY email": [
            ("Ada", "ada@example.org"),
            ('Bob "the quiet" O\'Hara', "bob@example.org"),
        ],
        "SELECT title, content FROM posts ORDER BY id": [
            ("Hello; world", None),
            ("Über alles -- und nichts", "你好"),
        ],
        "SELECT t.name, count(*) FROM post_tags j JOIN tags t ON t.id = j.tag_id GROUP BY t.name ORDER BY 1": [
            ("first", "2"),
            ("quiet", "1"),
        ],
    },
    "clinic": {
        "SELECT full_name, language, card_number FROM patients ORDER BY id": [
            ("Ada Novak", "en", "1237010180"),
            ("Emre Yildiz", "tr", "9007199254740993"),
            ('O\'Neill von der "Höh"', "en", "4711050655"),
        ],
        "SELECT street, city FROM patient_addresses ORDER BY city DESC": [
            ("Rainergasse 1", "Wien"),
            ("Annenstraße 40", "Graz"),
        ],
        "SELECT status, minutes FROM appointments ORDER BY id": [
            ("DONE", "30"),
            ("CANCELLED", "15"),
            ("BOOKED", "45"),
        ],
        "SELECT name, floor FROM rooms ORDER BY floor": [("Ultrasound", "-1"), ("Room 2", "2")],
        "SELECT licence FROM practitioners ORDER BY id": [("10441",), ("20933",), ("PT-2207",)],
        "SELECT number, status, total FROM invoices ORDER BY number": [
            ("1", "SETTLED", "84.5"),
            ("2", "OPEN", "12"),
        ],
        "SELECT invoice_number, position, gross FROM invoice_lines ORDER BY 1, 2": [
            ("1", "1", "72"),
            ("1", "2", "29.4"),
            ("2", "1", "13.2"),
        ],
        "SELECT hours_per_week FROM employments ORDER BY 1": [("10.5",), ("20",)],
        "SELECT timezone FROM clinics WHERE code = 'VIE1'": [("Europe/Vienna",)],
        "SELECT vaccine, given_on FROM immunisations": [("FSME", "2024-06-11")],
        "SELECT name, on_hand FROM stock_items": [("Gloves M", "400")],
        "SELECT sum(quantity) FROM stock_movements": [("400",)],
        "SELECT count(*) FROM specialties s JOIN practitioner_specialties p ON p.specialty_id = s.id": [
            ("3",)
        ],
    },
}
