"""Pages of the codes that files give which can't be one transaction: OKR560 to OKR565."""

from __future__ import annotations

from okra.pages.page import Page

PAGES = {
    "OKR560": Page(
        title="statements that were run already have been edited",
        text="""\
The migration is half applied: some of its statements are done and can't be undone by the server, as in MySQL,
or behind a concurrent index in PostgreSQL. Exactly those were edited since. What is done is done, so take that
part of the file back from version control. What comes behind it may be edited: run `okra db:migrate:verify`
and then `okra db:migrate:up`, which goes on behind what is done. Where an earlier part has to be another one, take back
by hand what is there of the migration, and say so with `okra db:migrate:resolve VERSION --reverted`: then it begins anew.""",
    ),
    "OKR561": Page(
        title="nobody knows whether a statement was done",
        text="""\
The run was killed or cut off while the server was at work on the statement, and the catalogue does not tell
what became of it: a CALL, a TRUNCATE, a statement that was edited since, or a table that somebody else has
changed meanwhile. OKRA runs no statement twice on a guess.

Look at the database and say what is true. `okra db:migrate:resolve VERSION --done N` says that statement N was
done, `--retry` that it was not, `--reverted` that all of the migration was taken back by hand, `--applied` that
all of it is there. Then run the command again that was cut off.""",
        example="okra db:migrate:resolve 20240120_143022 --done 3",
    ),
    "OKR562": Page(
        title="another run is at work on the migration",
        text="""\
Another run has begun the migration and its connection is still there, at the latest in the server, which
finishes a statement although the program that has sent it is gone. OKRA waited for as long as `lockTimeout` in
the configuration says, and changed nothing.""",
    ),
    "OKR563": Page(
        title="a half applied migration can't be taken back",
        text="""\
`rollback.sql` takes back a whole migration, and only a part of this one is there. `okra db:migrate:up` finishes
it; then `okra db:migrate:down` takes it back. Or take back by hand what is there, and say so with
`okra db:migrate:resolve VERSION --reverted`.""",
    ),
    "OKR564": Page(
        title="a migration would keep others from tables that have rows",
        text="""\
MySQL can make some changes only while nobody writes to the table, and for as long as its rows take. The message
names the statements. Where that is all right, because the tables are small or nobody is at work, allow it for
this run with `--allow blocking`, or for good in the configuration. For a large table that must stay in use take
a tool that copies it beside its users, such as gh-ost or pt-online-schema-change, and then write down that it
was done: `okra db:migrate:resolve VERSION --applied`.""",
        example='{ "database": { "migrations": { "allow": ["blocking"] } } }',
    ),
    "OKR565": Page(
        title="the server is too old for a migration",
        text="""\
What the migration leads to needs something that a server of this version has not. Nothing was changed. Use a
newer server, or leave it out of the schema. `serverVersion` in the configuration has it refused when the
migration is generated.""",
    ),
}
