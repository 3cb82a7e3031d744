"""Pages of the codes about branches and squashed migrations: OKR466 to OKR469 and OKR490 to OKR495."""

from __future__ import annotations

from okra.pages.page import Page

PAGES = {
    "OKR466": Page(
        title="a snapshot was edited after it was written",
        text="""\
A migration's `schema.json` says what the database looks like after it, and the next migration starts from that. Its
first line has a hash over the rest, and the two do not fit together any more. Nobody needs to edit this file: take it
back from version control. Where a merge has left both versions of a line in it, take the file of one side whole.""",
    ),
    "OKR467": Page(
        title="what is to be made anew is applied to the database",
        text="""\
`okra db:migrate:rebase` makes one side of a fork anew on top of the other. A migration that a database has is never made
anew: that database would then have one that nobody knows. Where it is your own database that has it, and no other, take
it back with `okra db:migrate:down` and run rebase again. Where the other side is applied nowhere, name a migration of that
side. Run it with `--env production`, where you can reach that, so that what is applied there is found out about.""",
        example="okra db:migrate:rebase 20240120_143022",
    ),
    "OKR468": Page(
        title="both sides of a fork changed the same thing",
        text="""\
Two branches changed the same field, the same value of an enum or the same property of a model, each in its own way, or one
dropped what the other changed. Only a person knows what is meant. Nothing was written. Write into the schema what is meant,
remove the folder of the migration that is applied nowhere, and run `okra db:migrate:generate`: it writes what is left to be
done on top of the other one. A hooks.sql in that folder has to be taken along by hand.""",
    ),
    "OKR469": Page(
        title="a migration does not work on top of the other side",
        text="""\
`okra db:migrate:rebase` keeps SQL that was edited by hand, and hooks, and proves that they work on top of the other side.
They did not. With `--remake` SQL that was edited is planned anew: the edit has to be made once more, and then
`okra db:migrate:verify` proves it. Nothing was written. The same is said where two migrations have one version, and
nobody can tell which of them a third one follows.""",
        example="okra db:migrate:rebase --remake",
    ),
    "OKR490": Page(
        title="there is nothing to squash",
        text="""\
`okra db:migrate:squash` makes several migrations one, and needs two of them. `--before` takes the version of a migration,
which stays as it is, or a date (2024-03-01, or 2024-03-01 14:30, in UTC): those that are older are squashed.""",
        example="okra db:migrate:squash --before 2024-03-01",
    ),
    "OKR491": Page(
        title="the database stopped in the middle of what was squashed",
        text="""\
A database that has applied all migrations that were squashed counts as having applied the squashed one. This one has some of
them and not the rest, and the squashed one can't be run on it. Put the folders that were squashed into `archive/VERSION/` of the
migrations directory (`--keep` has left them there; version control has them, too), where VERSION is that of the squashed one.
Then `okra db:migrate:up` goes on with them from there, and the folder can go again. Where the database has all that they make,
say so with `okra db:migrate:resolve VERSION --applied`.""",
        example="git restore --source=HEAD~1 --worktree migrations && mv migrations/2023* migrations/archive/20240120_143022/",
    ),
    "OKR492": Page(
        title="what was squashed can't be taken back without its files",
        text="""\
The database has the migrations that were squashed, one by one, and `down` was to take the last of them back. Its rollback.sql
is not in the directory any more; that of the squashed migration would drop everything. Put the folders that were squashed into
`archive/VERSION/` of the migrations directory, where VERSION is that of the squashed one: `down` takes them from there.""",
    ),
    "OKR493": Page(
        title="the migration that was named is on no side of a fork",
        text="""\
`okra db:migrate:rebase VERSION` makes the side of a fork anew that has VERSION in it. That one is on neither side, or there is
no fork. Without VERSION it takes the younger side, if that is not applied.""",
        example="okra db:migrate:rebase",
    ),
    "OKR494": Page(
        title="hooks do not work on the schema that all of them lead to",
        text="""\
`okra db:migrate:squash --keep-hooks` runs the hooks of the migrations that it squashes after everything was made, in their order.
A hook that reads a column which a later migration has dropped can't run there. Leave them out, which loses nothing in a database
that begins empty unless they bring rows of their own, or squash up to the migration before that: `--before VERSION`.""",
        example="okra db:migrate:squash --before 20240120_143022 --keep-hooks",
    ),
}
