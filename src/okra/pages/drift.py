"""Pages of the codes about drift and environments: OKR470 to OKR479."""

from __future__ import annotations

from okra.pages.page import Page

PAGES = {
    "OKR470": Page(
        title="`--live` and two states were given",
        text="""\
`okra db:diff --live` compares the database with what it promises to be: its newest applied migration, or the
schema where the environment is declarative. `okra db:diff FROM TO` compares any two states. Give one of the two.""",
        example="okra db:diff --live",
    ),
    "OKR471": Page(
        title="nobody can say what the database should be",
        text="""\
Drift is what a database is, against what its newest applied migration promises. That is not known while a
migration is halfway, and where the folder of the newest applied one is missing. `okra db:migrate:status` says which
of them it is: finish the migration with `okra db:migrate:up`, or take the folder back from version control.""",
    ),
    "OKR472": Page(
        title="a database of production is not adopted without its name",
        text="""\
The database belongs to the environment `production`, and another environment was to take it over. That is right for
a copy, and only for a copy: what protects production protects it no more from then on. The command line asks for
the name of the database, or takes it from `--confirm-database NAME`; a library gives `confirm=`.""",
        example="okra db:migrate:resolve --adopt --env staging --confirm-database shop_copy",
    ),
}
