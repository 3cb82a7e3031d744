"""`okra explain`, and the pages behind it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import okra as package
from okra.pages import PARTS, pages, part_pages

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCE = Path(package.__file__).parent
RANGES = {
    "language": ("OKR0", "OKR1"),
    "reader": ("OKR2", "OKR4", "OKR5"),
    "planning": ("OKR2", "OKR3", "OKR4"),
    "mysql": ("OKR2", "OKR4"),
    "postgres": ("OKR2",),
    "executor": ("OKR4", "OKR5", "OKR6"),
    "cli": ("OKR6",),
    "servers": ("OKR4", "OKR5"),
    "steps": ("OKR5",),
    "hooks": ("OKR4", "OKR5"),
    "devdb": ("OKR4", "OKR6"),
    "initializing": ("OKR5",),
    "drift": ("OKR4",),
    "declarative": ("OKR5",),
    "seeding": ("OKR5", "OKR6"),
    "branches": ("OKR4",),
    "drops": ("OKR6",),
    "repair": ("OKR4",),
    "compatibility": ("OKR6",),
    "trials": ("OKR6",),
    "models": ("OKR7",),
    "bundles": ("OKR7",),
    "lint": ("OKR3",),
}


def raised_codes() -> set[str]:
    """Every code in the source that is not a page."""
    files = [path for path in SOURCE.rglob("*.py") if path.parent.name != "pages"]
    assert files
    return {code for path in files for code in re.findall(r'"(OKR\d{3})"', path.read_text())}


def test_every_code_that_is_raised_has_a_page() -> None:
    assert sorted(raised_codes() - pages().keys()) == []


def test_every_page_is_of_a_code_that_is_raised() -> None:
    assert sorted(pages().keys() - raised_codes()) == []


def test_no_code_has_two_pages() -> None:
    codes = [code for part in PARTS for code in part_pages(part)]
    assert sorted(codes) == sorted(set(codes))


def test_every_part_keeps_to_its_ranges() -> None:
    wrong = [
        (part, code)
        for part in PARTS
        for code in part_pages(part)
        if not code.startswith(RANGES[part])
    ]
    assert wrong == []


def test_every_page_has_a_short_title_and_a_text() -> None:
    assert [code for code, page in pages().items() if not page.text.strip()] == []
    assert [
        (code, page.title)
        for code, page in pages().items()
        if not 0 < len(page.title) <= 90 or page.title.endswith(".") or "\n" in page.title
    ] == []


def test_explain_prints_a_page(okra: Callable) -> None:
    found = okra("explain", "OKR610")
    assert (found.code, found.err) == (0, "")
    assert found.out.startswith("OKR610: the environment is unknown, or must be named\n\n")
    assert "Example:\n\n  okra db:migrate:up --env production\n" in found.out


def test_explain_takes_a_code_in_any_spelling(okra: Callable) -> None:
    wanted = okra("explain", "OKR610")
    assert [okra("explain", text) for text in ("okr610", "610", "[OKR610]")] == [wanted] * 3


def test_explain_names_the_nearest_code(okra: Callable) -> None:
    found = okra("explain", "OKR61O")
    assert found.code == 2
    assert found.err.startswith(
        "error[OKR603]: there is no code `OKR61O`\n  = help: did you mean `OKR6"
    )


def test_explain_without_a_code_lists_them_all(okra: Callable) -> None:
    lines = okra("explain").out.splitlines()
    assert [line.split()[0] for line in lines] == list(pages())


def test_explain_as_json(okra: Callable) -> None:
    page = pages()["OKR603"]
    assert okra("explain", "OKR603", "--json").json() == {
        "code": "OKR603",
        "title": page.title,
        "text": page.text,
        "example": None,
    }
