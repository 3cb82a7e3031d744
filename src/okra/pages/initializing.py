"""Pages for the way from declarative mode to migrations."""

from __future__ import annotations

from okra.pages.page import Page

PAGES = {
    "OKR590": Page(
        title="there are migrations already",
        text="""\
`okra db:migrate:init-from-schema` writes the first migration of a schema. Here the directory has migrations, and the
schema has changed since the newest one: `okra db:migrate:generate` writes what comes next. Once the newest migration is
what the schema says, `init-from-schema` can be run for each database that was made without them, as by `okra db:sync`:
it then writes nothing but their histories.""",
    ),
    "OKR591": Page(
        title="the schema makes nothing",
        text="""\
The schema has no models, or only `@unmanaged` ones, so there is nothing that a first migration could make. Write a model
first. If the database is there already, `okra db:pull --out models.okra.gql` writes its models.""",
    ),
    "OKR592": Page(
        title="the database has the history of other migrations",
        text="""\
The database says that migrations were applied to it, and the directory has none: they were not checked out, lie somewhere
else, or were removed. Take them back from version control, or say in `migrations.dir` where they are. A first migration
beside such a history would never be applied.""",
    ),
    "OKR593": Page(
        title="the database differs from the schema",
        text="""\
The first migration is written, and makes what the schema says. The database is not empty and differs from that, so nothing
was written down there: it must not count as migrated. Either the schema is right: bring the database there, with
`okra db:sync` while its environment is still declarative, or with the statements that `okra db:diff --sql` prints. Or the
database is right: `okra db:pull` takes it into the schema, and `okra db:migrate:generate` writes a second migration. Then
run `okra db:migrate:init-from-schema` again: it writes down what is there. As long as the first migration is applied
nowhere, its folder may also be removed, and the first one written anew.""",
    ),
}
