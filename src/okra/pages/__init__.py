"""The pages behind the error codes: one part for each part of OKRA, loaded when somebody asks."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from okra.pages.page import Page

PARTS = (
    "devdb",
    "language",
    "reader",
    "planning",
    "postgres",
    "mysql",
    "executor",
    "steps",
    "hooks",
    "branches",
    "drops",
    "repair",
    "drift",
    "declarative",
    "initializing",
    "servers",
    "seeding",
    "compatibility",
    "trials",
    "cli",
    "models",
    "bundles",
    "lint",  # last: its pages are made of the rules themselves, which know a lot
)


def pages() -> dict[str, Page]:
    """Every page, by code, in the order of the codes."""
    found: dict[str, Page] = {}
    for part in PARTS:
        found.update(part_pages(part))
    return dict(sorted(found.items()))


def find_page(code: str) -> Page | None:
    """The page of one code, or None; what lies behind it in PARTS is not loaded."""
    for part in PARTS:
        found = part_pages(part).get(code)
        if found is not None:
            return found
    return None


def part_pages(part: str) -> dict[str, Page]:
    """The pages of one part, by code."""
    return cast("dict[str, Page]", import_module(f"okra.pages.{part}").PAGES)
