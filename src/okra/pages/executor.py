"""Pages of the codes that the directory, the database and the executor give: OKR450 to OKR535, OKR650 and OKR651."""

from __future__ import annotations

from okra.pages.page import Page

PAGES = {
    "OKR450": Page(
        title="a file of the migrations directory can't be read or written",
        text="""\
The system refused it: no permission, a full disk, a read-only file system, a missing file. The message says
which. What OKRA writes is there whole or not at all, so nothing is left behind: mend the cause and run the
command again.""",
    ),
    "OKR451": Page(
        title="an entry of the migrations directory is not what its name says",
        text="""\
An entry is called like a migration, but is a symbolic link or a file, or the folder holds the `schema.json` of
another migration. OKRA follows no links in this directory. Put the folder itself there, under its own name.
Entries with other names are ignored.""",
        example="migrations/20240120_143022_add_users/schema.json",
    ),
    "OKR452": Page(
        title="a schema.json is missing or can't be read",
        text="""\
`schema.json` says where a migration stands and what it leads to. OKRA writes it, and nobody edits it by hand.
Take it back from version control; after a merge conflict take one side whole, and let
`okra db:migrate:generate` make the rest.""",
    ),
    "OKR453": Page(
        title="a schema.json has a newer format",
        text="It was written by a newer version of OKRA. Use that version, or a newer one.",
    ),
    "OKR454": Page(
        title="two migrations follow the same one",
        text="""\
Two branches made a migration each, and were merged: a fork. Nobody can say in which order they belong, so
neither `generate` nor `up` goes on.

`okra db:migrate:rebase` makes one of them anew on top of the other: the younger one, or the one that you name. It must
not be applied anywhere yet. Its name, its hooks, edits by hand and the answers that were given for it stay.""",
        example="okra db:migrate:rebase",
    ),
    "OKR455": Page(
        title="the chain of migrations is broken",
        text="""\
Each migration names the one before it, and that one is not in the directory, or is younger. Somebody has
deleted or renamed a folder. Take the directory back from version control.""",
    ),
    "OKR456": Page(
        title="the migrations were made for another kind of database",
        text="""\
Migrations for PostgreSQL don't run on SQLite. Where there is more than one provider, each has a folder of its
own: `migrations/sqlite`, `migrations/postgres`. Look at `migrations.dir` and at the URL.""",
    ),
    "OKR457": Page(
        title="this can't be the name of a migration",
        text="A name has letters, digits and `_`, and at most 200 of them. Spaces and hyphens become `_`.",
        example="okra db:migrate:generate --name add_users",
    ),
    "OKR458": Page(
        title="a .sql file is not UTF-8",
        text="""\
The file was saved in another encoding. Save it as UTF-8, then run `okra db:migrate:verify`.""",
    ),
    "OKR459": Page(
        title="the migrations directory changed while a migration was made",
        text="""\
Another run of `generate`, or a `git pull`, has added a migration in the meantime. Nothing was written. Run
`okra db:migrate:generate` again: it starts from the newest migration.""",
    ),
    "OKR460": Page(
        title="a migration was edited after it was written",
        text="""\
Its files are not those that were proven. That is allowed as long as it is not applied anywhere:
`okra db:migrate:verify` proves the migration again, and seals it as it is now. Line ends don't count: a file
with CRLF is the same as one with LF.""",
        example="okra db:migrate:verify",
    ),
    "OKR461": Page(
        title="a migration was edited after it was applied",
        text="""\
The database has what the files once said, not what they say now. Take the files back from version control,
and put the change into a new migration: edit the schema and run `okra db:migrate:generate`.""",
    ),
    "OKR462": Page(
        title="an applied migration is not in the directory",
        text="""\
The history of the database names a migration whose folder is gone, or was never there: perhaps the database
belongs to another branch. Take the folder back from version control, or switch to that branch.""",
        example="git log --all -- migrations/20240120_143022_add_users",
    ),
    "OKR465": Page(
        title="an applied migration can't be sealed anew",
        text="""\
`okra db:migrate:verify` is for migrations that are not applied. Take this one back first with
`okra db:migrate:down`, or put the change into a new migration.""",
    ),
    "OKR500": Page(
        title="there is no database at this place",
        text="""\
The file or its folder does not exist, or a folder or a device stands in its place. A relative path in
`sqlite://app.db` starts at the folder of the configuration, `sqlite:///srv/app.db` is absolute.
`okra db:migrate:up` makes the file, but not its folder.""",
    ),
    "OKR501": Page(
        title="the file is not an SQLite database",
        text="The URL names some other file, or an encrypted database. OKRA has not touched it.",
    ),
    "OKR502": Page(
        title="the database can only be read",
        text="""\
You may not write to the file, or not to its folder, where SQLite makes its journal; or the URL says `mode=ro`.
Nothing was changed.""",
    ),
    "OKR503": Page(
        title="the database is locked",
        text="""\
Another program is writing to it: another run of OKRA, or an application in the middle of a transaction. OKRA
waited for as long as `lockTimeout` in the configuration says (60 seconds by default), and changed nothing.""",
        example='{ "database": { "migrations": { "lockTimeout": 120 } } }',
    ),
    "OKR504": Page(
        title="there is no room left for the database",
        text="""\
The disk is full, or the database has reached its own limit. The migration was undone as a whole. A rebuilt
table needs room for a second copy of its rows until it is done.""",
    ),
    "OKR505": Page(
        title="the database can't be opened",
        text="The system does not let you read the file, or write to its folder. The message says which.",
    ),
    "OKR506": Page(
        title="reading or writing the database failed",
        text="""\
The disk or the network file system gave an error. The migration was undone as a whole. SQLite on a network
file system is not safe: locks may not work there.""",
    ),
    "OKR507": Page(
        title="the database is damaged",
        text="""\
SQLite found that the file is not consistent in itself. Make a copy of the file first. `sqlite3 FILE .recover`
saves what can be read; a backup is better.""",
    ),
    "OKR508": Page(
        title="the database refused a statement",
        text="The message is the server's own. Inside a migration it comes with the place in the file: OKR510.",
    ),
    "OKR509": Page(
        title="the rows in the database don't fit",
        text="""\
A constraint refused them. The message is the server's own. Inside a migration it comes with the place in the
file: OKR511.""",
    ),
    "OKR510": Page(
        title="a statement of a migration failed",
        text="""\
The message names the file, the line, the statement and what the server said. The migration was undone as a
whole, and the history says `failed`. Mend the file, run `okra db:migrate:verify`, then `okra db:migrate:up`.
If what it failed on was mended outside of the file, `okra db:migrate:resolve VERSION --retry` lets `up` try
it again as it is.

Where the server says that a table or column is there already, somebody may have made the change by hand. If the
database has all that the migration makes, `okra db:migrate:resolve VERSION --applied` writes that down.""",
    ),
    "OKR511": Page(
        title="a statement of a migration failed on the rows that are there",
        text="""\
A NULL in a column that becomes required, duplicates under a new unique key, a value that a check refuses: the
message names the constraint. The migration was undone as a whole. Mend the rows and run `okra db:migrate:up`
again, or give the new column a default.""",
    ),
    "OKR512": Page(
        title="rebuilding a table would lose rows",
        text="""\
The new table has fewer rows than the one it replaces, so OKRA undid the migration. Where rows are meant to go,
delete them with a statement of its own before the rebuild, so that everybody can see it.""",
        example="DELETE FROM users WHERE email IS NULL;",
    ),
    "OKR513": Page(
        title="a view or trigger would no longer work",
        text="""\
It worked before the migration, and refers to something that the migration takes away. OKRA does not manage it,
so it can't change it for you, and undid the migration. Drop or change it first, or put the statement into
`migration.sql` and run `okra db:migrate:verify`. Views that were broken before stand in nobody's way.""",
        example='DROP VIEW "active_users";',
    ),
    "OKR514": Page(
        title="foreign keys would lead nowhere",
        text="""\
After the migration rows would refer to rows, or a foreign key to a table, that are not there; OKRA undid it.
Rows that led nowhere before the migration don't count. While a migration runs, foreign keys do not act: a
`DELETE` of a parent does not cascade, so delete the children in a statement of its own.""",
    ),
    "OKR515": Page(
        title="the rows of a rebuilt table do not fit its new definition",
        text="""\
`PRAGMA integrity_check` found it before the migration was kept, so it was undone. The message says what.""",
    ),
    "OKR516": Page(
        title="foreign keys can't be turned off",
        text="""\
Some hosted forms of SQLite ignore `PRAGMA foreign_keys = OFF`. There, dropping a table for a rebuild would
delete the rows of the tables that refer to it, so OKRA does nothing at all.""",
    ),
    "OKR517": Page(
        title="a statement has no place in a migration",
        text="""\
OKRA runs the whole file in one transaction of its own, so that it is applied whole or not at all. `COMMIT`,
`BEGIN`, `VACUUM`, `ATTACH` and pragmas that reach beyond the transaction would break that promise.""",
    ),
    "OKR518": Page(
        title="an index or trigger that the migration does not know can't be kept",
        text="""\
Somebody made it by hand, and it speaks of a column that the rebuilt table no longer has. OKRA does not drop
what it did not make, so it undid the migration. Drop it first, or put the statement into `migration.sql` and run
`okra db:migrate:verify`.""",
        example='DROP INDEX "users_by_nickname";',
    ),
    "OKR520": Page(
        title="the database is not empty and has no history",
        text="""\
OKRA has never applied a migration to it, and it has tables. If it already is as some migration leaves it,
`--baseline` writes down that migration and all before it as done, and goes on from there. Otherwise name an
empty database, or bring the schema home with `okra db:pull` first.""",
        example="okra db:migrate:up --baseline 20240120_143022",
    ),
    "OKR521": Page(
        title="the history has a newer format",
        text="It was written by a newer version of OKRA. Use that version, or a newer one.",
    ),
    "OKR522": Page(
        title="the history's name belongs to another table",
        text="""\
The database has a table of that name which OKRA did not make. Set `migrations.table` to another name.""",
        example='{ "database": { "migrations": { "table": "_okra_migrations" } } }',
    ),
    "OKR523": Page(
        title="a migration failed before and has not been mended",
        text="""\
Nothing of it was left behind, but run again it would only fail again. Mend the file and run
`okra db:migrate:verify`; or, if what it failed on was mended elsewhere, say so with
`okra db:migrate:resolve VERSION --retry`. Where it failed on the rows, `up` tries again by itself.""",
    ),
    "OKR524": Page(
        title="a migration is older than one that is applied",
        text="""\
It came into the directory after a younger one was applied: two branches were merged. Remove
its folder and run `okra db:migrate:generate`: it is made anew on top of the newest. If the database has what it
does already, `okra db:migrate:resolve VERSION --applied` says so.""",
    ),
    "OKR525": Page(
        title="there is no such migration",
        text="""\
A migration is named by its version, `20240120_143022`, or by its folder, `20240120_143022_add_users`.
`okra db:migrate:status` lists them all.""",
    ),
    "OKR526": Page(
        title="the number of steps makes no sense",
        text="`--steps` is how many migrations to apply or to take back: at least 1, and no more than there are.",
    ),
    "OKR527": Page(
        title="the database belongs to another environment",
        text="""\
When OKRA first used this database it wrote down the name of the environment, so that nobody runs migrations
against production by mistake. If this is a copy, say that it now belongs to the environment you named.

A database of the environment `production` is only changed where that is named, by `--env` or OKRA_ENV: `--url` alone
would go round what protects it. Reading it (`db:migrate:status`, `db:diff`, `--dry-run`) needs no name.""",
        example="okra db:migrate:resolve --adopt --env staging",
    ),
    "OKR528": Page(
        title="another run has taken the migration",
        text="""\
Two runs worked on the same database at the same time, and the other one was first. This run changed nothing.""",
    ),
    "OKR529": Page(
        title="taking a migration back would lose data",
        text="""\
The message lists what would be lost. Say yes to it with `--yes`; in a program, pass `confirm=`.""",
        example="okra db:migrate:down --yes",
    ),
    "OKR530": Page(
        title="there is nothing to resolve in this way",
        text="""\
`resolve` corrects the history where it does not say what is true: `--applied` for a migration that the database
already has, `--reverted` for one that was taken back by hand, `--retry` for one that failed and was mended
elsewhere. The history already says so, or something else comes first.""",
    ),
    "OKR531": Page(
        title="the database has a history already",
        text="""\
`--baseline` is for the first time that OKRA sees a database. For a single migration that the database already
has, use `okra db:migrate:resolve VERSION --applied`.""",
    ),
    "OKR532": Page(
        title="there is nothing to take back",
        text="No migration is applied to this database. `okra db:migrate:status` shows what it has.",
    ),
    "OKR533": Page(
        title="a migration is neither done nor undone",
        text="""\
Its run ended without a word. Look at the database, then say what it is: `okra db:migrate:resolve VERSION` with
`--applied`, `--reverted` or `--retry`.""",
    ),
    "OKR534": Page(
        title="the history in the database is damaged",
        text="""\
OKRA keeps what it has applied in the tables `_okra_migrations`, `_okra_log` and `_okra_stamp`. One of them is gone,
or holds what OKRA never writes, so nobody can tell from it what is applied. Nothing was changed. Take the tables
back from a backup. If there is none, drop those of the three that are left, and take the database over as it is:
`okra db:migrate:up --baseline VERSION` with the newest migration that it already has.""",
        example="okra db:migrate:up --baseline 20240120_143022",
    ),
    "OKR535": Page(
        title="the database has none of the tables that it should have already",
        text="""\
`--baseline`, and `--applied` of `okra db:migrate:resolve`, say that the database is as a migration leaves it. It has
none of that migration's tables, so that can't be true, and nothing was written down. A new or empty database needs no
`--baseline`: `okra db:migrate:up` makes the tables. If it should have tables, look at the URL: it may name another
file. Where only some tables or columns differ, OKRA goes on and warns.""",
        example="okra db:migrate:up",
    ),
    "OKR650": Page(
        title="the database URL can't be read",
        text="""\
`sqlite://file.db` (relative), `sqlite:///srv/file.db` (absolute), `sqlite://:memory:`,
`postgres://user:password@host:5432/name`, `mysql://user:password@host:3306/name`. Special characters of a
password are percent-encoded. The message never repeats the URL, because it may hold a password.""",
        example="postgres://app:p%40ss@db.example.com/shop",
    ),
    "OKR651": Page(
        title="the database URL has an unknown option",
        text="""\
An option that is ignored is worse than one that is refused: `sslmod=require` would give a connection without
TLS. The message names the nearest option. SQLite has one: `mode`, which is `ro`, `rw` or `rwc`.""",
        example="sqlite://app.db?mode=ro",
    ),
}
