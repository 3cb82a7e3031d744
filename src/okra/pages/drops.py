"""Pages of the codes about what is kept aside when it is dropped: OKR690 and OKR691."""

from __future__ import annotations

from okra.pages.page import Page

PAGES = {
    "OKR690": Page(
        title="what the migration had dropped was purged",
        text="""\
With `"drops": "deferred"` a migration keeps aside what it drops, and its rollback.sql brings it back. That is gone from
this database: `okra db:migrate:purge` was run, or somebody has dropped it by hand. Nothing was changed. The data comes
back from a backup alone. To have the column or the table again without it, put it back into the schema and write a new
migration.""",
        example="okra db:migrate:generate --name bring_back",
    ),
    "OKR691": Page(
        title="purging loses data, and nobody has agreed to that",
        text="""\
`purge` as a library asks the function that is given as `confirm` with a list of what is lost, and refuses where there
is none. The command asks by itself, and `--yes` answers.""",
    ),
}
