"""Pages of `verify --all` and `repair`: OKR428 and OKR474 to OKR478."""

from __future__ import annotations

from okra.pages.page import Page

PAGES = {
    "OKR428": Page(
        title="a replay of the history does not lead to what a snapshot says",
        text="""\
`okra db:migrate:verify --all` runs all migrations on an empty database and compares it with `schema.json` after each of them,
on the way up, on the way down and up again. After one of them the two were not the same; the tree says what was expected
and what was found. The statements of that migration, or its hooks, do something else than it promises: a database that
is made today would not be the one that has grown. Nothing behind it was run.

A migration that is applied nowhere is mended in its file, and proven with `okra db:migrate:verify`. The files of one that is
applied were changed afterwards, or its snapshot was: take them back from version control.""",
        example="okra db:migrate:verify --all",
    ),
}
