"""Pages of the codes that `db:sync` gives: OKR580 to OKR589."""

from __future__ import annotations

from okra.pages.page import Page

PAGES = {
    "OKR580": Page(
        title="the database is not empty, and was not synced before",
        text="""\
A sync makes a database what the schema says: tables that the schema does not know are dropped. So the first one
asks where there are tables already. `okra db:sync --dry-run` shows what would be done. `okra db:sync --yes`
agrees; what rows would lose is still listed, and needs `--force`. `okra db:pull` writes a schema of what is
there, and `exclude` in the configuration leaves tables alone.""",
        example='{ "database": { "migrations": { "mode": "declarative", "exclude": ["legacy_*"] } } }',
    ),
    "OKR581": Page(
        title="a sync of a database that has a history of migrations",
        text="""\
The database was brought to where it is by migrations, and is to be synced. What a sync changes, no migration
knows of: the next one may fail on it. Where the database is to stay with its migrations, write the next one with
`okra db:migrate:generate` and apply it with `okra db:migrate:up`. Where it is to be synced from now on,
`okra db:sync --yes` does so.""",
    ),
    "OKR582": Page(
        title="a protected database is not synced",
        text="""\
An environment called `production`, or one with `"protected": true`, is changed by migrations, which are reviewed
and proven first. Where it is to be synced all the same, the configuration has to say so, and each run has to name
the database; `--yes` and `--force` are not enough.""",
        example="okra db:sync --env production --confirm-database shop",
    ),
    "OKR583": Page(
        title="a snapshot can't be restored here",
        text="""\
A snapshot in `.okra/schema` holds the tables of one database as its server has them. It can't be restored on
another kind of server, or by an older OKRA than the one that wrote it. A file that was changed by hand may not be one
any more.""",
    ),
    "OKR584": Page(
        title="there is no such snapshot",
        text="""\
Before each sync that changes something, what was there is written to a file in `.okra/schema`, beside the
configuration. `--restore` takes the path of such a file, the beginning of its name, or `last` for the newest one of
the database at hand. The newest fifty are kept.""",
        example="okra db:sync --restore last",
    ),
    "OKR585": Page(
        title="a statement of a sync failed",
        text="""\
The server has refused a statement; the message shows it and what the server said. On PostgreSQL and SQLite the
database is as it was before. MySQL can't undo changes of tables: the message says how many statements are done
and stay. Mend what is in the way, or the schema, and run `okra db:sync` again: it looks at what is there now and
goes on with what is left.""",
    ),
    "OKR586": Page(
        title="rows were in the way of a sync",
        text="""\
A row that is there does not fit what its table was to become: a value is missing, too long, there twice, or refers
to nothing. Most of that is found and listed before anything is done; this was not. What is said of the database
under OKR585 is true here, too. Mend the rows, then run `okra db:sync` again.""",
    ),
    "OKR587": Page(
        title="the server is too old for the schema",
        text="""\
The schema asks for something that a server of this version has not. Nothing was changed. Use a newer server, or
leave it out of the schema.""",
    ),
    "OKR589": Page(
        title="something of other people's is in the way of a sync",
        text="""\
PostgreSQL and SQLite refuse to take a column from under a view. MySQL and MariaDB do not: the view is invalid from
then on, and a trigger makes each change of its table fail. So a sync looks for both first, and changes nothing
where it finds one. Drop it, sync, and make it anew so that it fits. A migration may do that in its own file;
`okra db:migrate:up` warns of what it has left behind.

A view, or a table of a kind that no schema can say, may also have the name of a table that the schema wants. Rename or
drop it, or leave the table to its owner with `exclude`.""",
        example="DROP VIEW active_users;",
    ),
    "OKR588": Page(
        title="the table of synced schemas is not OKRA's",
        text="""\
With `"tracking": "shadow"` what the schema said at each sync is kept in `_okra_schema_history`. The table of that
name has other columns, or what it holds was changed. Rename or drop it, and the next sync makes it anew.""",
    ),
}
