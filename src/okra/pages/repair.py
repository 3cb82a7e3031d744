"""Pages of `verify --all` and `repair`: OKR428, OKR474 and OKR475."""

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
    "OKR474": Page(
        title="`current/schema.json` is not that of the newest migration",
        text="""\
`current/schema.json` is a copy of the newest migration's `schema.json`, so that a pull request shows what changes as a
whole. It stops nobody: `okra db:migrate:repair` makes it what it should be, and so does the next `okra db:migrate:generate`.""",
        example="okra db:migrate:repair",
    ),
    "OKR475": Page(
        title="a squash was stopped before it had taken out what it replaced",
        text="""\
The squashed migration is there and whole, and so are some of those that it took the place of; they count as gone.
`okra db:migrate:repair` moves them into the folder `archive`, where `okra db:migrate:squash --keep` would have put them.""",
        example="okra db:migrate:repair",
    ),
}
