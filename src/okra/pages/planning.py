"""Pages for what can't be planned: OKR2xx what a provider can't have, OKR4xx what a migration can't do."""

from __future__ import annotations

from okra.pages.page import Page

PAGES = {
    "OKR201": Page(
        title="an SQL text is missing for a provider",
        text="""\
`@computed`, index expressions and others take SQL, either one text for all providers or one for each. Here
there are texts for some providers, and none for the one at hand. Add it, or give one text for all.""",
        example='@computed(expr: {postgres: "lower(email)", sqlite: "lower(email)"})',
    ),
    "OKR211": Page(
        title="a table without rowid needs a primary key",
        text="""\
`@table(withoutRowid: true)` makes SQLite keep the rows in the order of the primary key, so there has to be
one. Add an `@id`, or take `withoutRowid: true` away.""",
    ),
    "OKR212": Page(
        title="a `Native` field has no type for SQLite",
        text="""\
A `Native` field has whatever type `@db(type:)` says, and it says none for SQLite. Give one text for all
providers, or one for SQLite too.""",
        example='search: Native @db(postgres: "tsvector", sqlite: "text")',
    ),
    "OKR213": Page(
        title="a strict table can't have this type",
        text="""\
SQLite's STRICT tables know `integer`, `int`, `real`, `text`, `blob` and `any`, and nothing else. Change
`@db(type:)`, or take `strict: true` out of `@table`.""",
    ),
    "OKR214": Page(
        title="SQLite can't count up this column",
        text="""\
AUTOINCREMENT is for an `integer` column that is the primary key by itself, in a table with rowid. Make the
field the model's only `@id` and its type `Int` or `BigInt`, or leave `@default(autoincrement)` out.""",
        example="id: Int! @id @default(autoincrement)",
    ),
    "OKR215": Page(
        title="SQLite can't take NULLs for equal in a unique index",
        text="""\
In SQLite, two NULLs are different for every unique index, so `nulls: NOT_DISTINCT` can't be kept. Make the
fields required, leave `nulls` out, or keep the rule with a partial index for the rows that have no value.""",
        example='@unique(fields: [team], where: "deleted_at IS NULL")',
    ),
    "OKR216": Page(
        title="a unique constraint has a predicate or an expression",
        text="""\
A UNIQUE constraint of SQLite is about whole columns and all rows. A unique index can have `where` and
expressions: take `constraint: true` away.""",
    ),
    "OKR217": Page(
        title="a text is not one SQL expression",
        text="""\
`@check`, `@computed`, `@default(sql(…))`, `where` and `expr` of indexes, and `--default` take one SQL
expression. It is written into a longer statement, so it must not end that statement, hold a comment, leave a
quote or a parenthesis open, close one that it did not open, or ask for a value with `?` or `:name`.""",
        example="@check(\"length(name) > 2 AND name <> 'nobody'\")",
    ),
    "OKR218": Page(
        title="a name is reserved by SQLite",
        text="""\
Names of tables and indexes that begin with `sqlite_`, in upper or lower case, are SQLite's own. Choose
another name with `@table(name:)`, or with `name:` of the index.""",
    ),
    "OKR219": Page(
        title="SQLite has no such collation",
        text="""\
SQLite itself compares text with BINARY, NOCASE or RTRIM. An application can bring more of them along, but
they are not there when OKRA, or anybody else, opens the database.""",
        example='email: String! @collate("NOCASE")',
    ),
    "OKR220": Page(
        title="an SQL expression names a column that is not there",
        text="""\
Checks, computed columns and indexes name columns as they are called in the database, which is `created_at`
for the field `createdAt`. SQLite takes a quoted name that is no column for a text and says nothing, so a
slip would make a check that always holds: OKRA refuses it. PostgreSQL would refuse it only when the table is made.
A text stands in single quotes.""",
        example='@check("length(first_name) > 0")',
    ),
    "OKR403": Page(
        title="a name or text can't be written in SQL",
        text="""\
A name is empty, or a name or text holds a NUL character (SQLite would end it there), half of a character, or
a number without end. Nothing was sent to the database. Use another name or value.""",
    ),
    "OKR410": Page(
        title="the proof of a migration failed: the server refused a statement",
        text="""\
Before a migration is written, it is run on a throw-away database, up, down and up again. One statement was
refused there, so nothing was written. The message has the server's words and the statement. Most often an
expression in the schema (`@check`, `@computed`, `where`) names something that is not there.""",
    ),
    "OKR411": Page(
        title="the proof of a migration failed: something else came out",
        text="""\
Before a migration is written, it is run on a throw-away database, up, down and up again. What came out is
not what the schema says; the message lists what is left to be done. For a migration that was edited by hand,
mend the file. For one that OKRA just made, this is a defect in OKRA: please report it with both schemas.""",
    ),
    "OKR420": Page(
        title="something that OKRA does not manage depends on what would change",
        text="""\
Views, rules, triggers, policies and functions are left alone: OKRA does not know what is in them, so it never drops
them, and PostgreSQL does not change a column or a table under them. Nothing of the transaction was kept. Drop those
that the message names, run the migration, and make them again as they have to be then: by hand, or in migration.sql,
which may be edited until it is applied (`okra db:migrate:verify` proves it again). The same goes for `okra db:sync` and
`okra db:reset`; `okra db:reset --all` drops what lies in the same schemas, too.""",
        example="""\
DROP VIEW active_users;
ALTER TABLE "users" ALTER COLUMN "id" TYPE bigint;
CREATE VIEW active_users AS SELECT id, name FROM users WHERE active;""",
    ),
}
