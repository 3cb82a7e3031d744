"""Pages of the codes that flags, configuration and files give: OKR601 to OKR649, and OKR699."""

from __future__ import annotations

from okra.pages.page import Page

PAGES = {
    "OKR601": Page(
        title="the flags or arguments of a command are wrong",
        text="The command was not started. `okra COMMAND --help` shows what it takes, with an example.",
        example="okra db:migrate:up --help",
    ),
    "OKR602": Page(
        title="there is no command of that name",
        text="""\
`okra --help` lists all commands. Colons and spaces mean the same: `okra db:migrate:up` and
`okra db migrate up`.""",
    ),
    "OKR603": Page(
        title="there is no error code of that name",
        text="`okra explain` without a code lists them all.",
    ),
    "OKR604": Page(
        title="a file can't be read",
        text="""\
The configuration, a schema file or `.env` is not there, is a folder, a device or too large, or the system
does not let you read it. The message names the file. Paths in the configuration start from the folder of
the configuration; paths in flags start from the current folder.""",
    ),
    "OKR605": Page(
        title="the provider is unknown",
        text="""\
`provider` names the kind of database. The message lists the providers that this version of OKRA works with.
Without `--provider` and without `provider` in the configuration it is `sqlite`; with `--url` the beginning
of the URL says it.""",
        example='{ "database": { "provider": "sqlite", "url": "sqlite://local.db" } }',
    ),
    "OKR606": Page(
        title="the configuration is not JSON",
        text="""\
okra.config.json is JSON; comments (`// …` and `/* … */`) and trailing commas are allowed. Keys and texts
stand in double quotes. The caret shows where reading stopped: often something is missing just before.""",
        example='{ "database": { "url": "sqlite://local.db", /* more to come */ } }',
    ),
    "OKR607": Page(
        title="the configuration has a key that OKRA does not know",
        text="""\
A key that is misspelled would be ignored in silence, so it is an error. The help names the nearest key, or
all that can stand there. docs/configuration.md describes each; the JSON Schema that is published with the
package lets an editor complete them.""",
    ),
    "OKR608": Page(
        title="a value in the configuration is of the wrong kind",
        text="The message says what belongs there, and the caret shows the place.",
        example='{ "database": { "schemas": ["./models.okra.gql"] } }',
    ),
    "OKR609": Page(
        title="a variable of the configuration is not set",
        text="""\
`${NAME}` in the configuration comes from the environment, else from `.env` beside the configuration.
`${NAME:-default}` takes the default where the variable is not set or empty. Variables are looked up only
when they are needed: a missing production URL does not stand in the way of local work. `$${` is a plain `${`.""",
        example="DATABASE_URL=sqlite://local.db okra db:migrate:up",
    ),
    "OKR610": Page(
        title="the environment is unknown, or must be named",
        text="""\
The environment is `--env`, else the variable `OKRA_ENV`, else `local` if the configuration has one, else
the only one. A configuration without `environments` has one target, and `--env` does not fit it.""",
        example="okra db:migrate:up --env production",
    ),
    "OKR611": Page(
        title="the database is unknown, or must be named",
        text="""\
A configuration with `databases` has several: `--database NAME` says which one is meant. `okra fmt`,
`okra db:validate` and `okra db:migrate:generate` work on all of them without it, but the flags that are about
one database need it: `--url`, `--provider`, `--schema`, `--rename` and `--default`.""",
        example="okra db:migrate:up --database auth_db",
    ),
    "OKR612": Page(
        title="two providers or databases would share one migrations directory",
        text="""\
Each provider has migrations of its own. Where a database has several, they are kept in
`migrations/<provider>/` by default; environments that name a `migrations.dir` need different ones. So has each
of several databases: `migrations/<database>/` by default.""",
    ),
    "OKR613": Page(
        title="no schema file was found",
        text="""\
`schemas` in the configuration lists files and patterns such as `./models/**/*.okra.gql`; without it OKRA
reads `./models.okra.gql` beside the configuration, or in the current folder where there is none.""",
        example="okra db:validate --schema models/blog.okra.gql",
    ),
    "OKR614": Page(
        title="a file is not UTF-8",
        text="Schemas and configurations are UTF-8. The place is the first line with a byte that is not.",
        example="iconv -f latin1 -t utf-8 old.okra.gql > models.okra.gql",
    ),
    "OKR615": Page(
        title="the system refused to read or write a file",
        text="""\
A permission is missing, the disk is full, or a folder stands where a file should. Files are written under
another name and moved into place, so what was there before is whole. Mend the cause and run the command
again.""",
    ),
    "OKR616": Page(
        title="a confirmation or an answer is needed, and nobody can give it",
        text="""\
Something that loses data, or a choice that OKRA will not make by itself, is asked on a terminal. Without
one (in CI, in a pipe, with `--json`) a flag has to say it; the help names the flag.""",
        example="okra db:migrate:down --yes",
    ),
    "OKR617": Page(
        title="`.env` can be changed by others",
        text="""\
`.env` beside the configuration holds URLs and passwords. If somebody else owns it, or everybody may write
to it, they could point OKRA at another database, so it is not read.""",
        example="chown $USER .env && chmod 600 .env",
    ),
    "OKR618": Page(
        title="the environment has no migrations: it is declarative",
        text="""\
With `"mode": "declarative"` a database follows the schema directly and keeps no migrations, so the
`db:migrate:` commands have nothing to work with. Name another environment with `--env`, or make this one
versioned.""",
        example='{ "database": { "migrations": { "mode": "versioned" } } }',
    ),
    "OKR619": Page(
        title="the provider and the URL do not fit together",
        text="""\
The URL begins with the kind of database (`sqlite://`, `postgres://`, `mysql://`), and `provider` or
`--provider` says another. Change one of them; with `--url` alone the provider follows from it.""",
    ),
    "OKR620": Page(
        title="`db:init` does not overwrite files",
        text="""\
A file that `db:init` would write is there already, so nothing was written at all. Work on with what is
there, or run it in an empty folder.""",
    ),
    "OKR621": Page(
        title="the value of a flag can't be read",
        text="""\
`--rename` takes `table.before=after` for a column and `before=after` for a table. `--default` takes
`table.column=SQL`: an expression, with quotes around texts. The names are those in the database.""",
        example="""\
okra db:migrate:generate --rename users.username=email
okra db:migrate:generate --default users.first_name="''\"""",
    ),
    "OKR622": Page(
        title="the files claim another database",
        text="""\
`@okra(database: "name")` in a schema file says which of the configured databases it belongs to, and it is
not the one whose `schemas` lists the file. Change the one or the other. A model's `@database(name: "name")`
must be one of the configured databases; the model is left out of the others.""",
    ),
    "OKR623": Page(
        title="no URL says where the database is",
        text="""\
A command that works on a live database needs its URL: `url` in the configuration, or `--url`. Only SQLite
has one by default, `sqlite://local.db`, and not where migrations come from a bundle and there is no configuration:
that is where a service is deployed, and whoever forgets the URL there does not mean a new database.""",
        example="okra db:migrate:up --url sqlite://local.db",
    ),
    "OKR624": Page(
        title="the word names nothing that can be compared",
        text="""\
`db:diff` compares any two of: `schema` (the configured schema files), `database` (the configured database),
`migrations` (what the newest one leads to), `empty`, the version of a migration, a schema file that ends in
`.gql`, and the URL of a database.""",
        example="okra db:diff migrations database",
    ),
    "OKR625": Page(
        title="the migrations directory lies outside the project",
        text="""\
`generate` writes only below the folder that is under version control, or below that of okra.config.json where
there is none. A link that leads out of it counts as outside.""",
    ),
    "OKR637": Page(
        title="a database with migrations does not follow each save",
        text="""\
`okra dev` and `okra db:sync --watch` sync a database whenever the schema is saved. This one is in the mode
`versioned`, and there is a directory of migrations: they bring it on, and none knows of what is synced beside them. Give
the environment at hand the mode `declarative`, or agree to it for once with `--yes`.""",
        example='{ "database": { "migrations": { "mode": "declarative" } } }',
    ),
    "OKR646": Page(
        title="the folder of snapshots leads out of the project",
        text="""\
What was there before a sync is written to `.okra/schema`, beside the configuration. Here `.okra`, or a part of it, is
a link to another place, where files of others may lie. Nothing is written there, and nothing was changed. Take
the link away; the next sync makes the folder.""",
    ),
    "OKR636": Page(
        title="a protected database is not changed on each save",
        text="""\
`okra dev` and `okra db:sync --watch` change a database whenever a file is saved, and ask nobody. So they refuse
the environment named `production` and every one with `"protected": true`, also where a change of the configuration
makes it one while they run. Migrations (`okra db:migrate:up`) change such a database, or one `okra db:sync` at a
time where the configuration allows it.""",
        example="okra dev --env local",
    ),
    "OKR699": Page(
        title="OKRA failed in a way that it should not",
        text="""\
This is a defect in OKRA. Run the command again with `--debug` and report what it prints; passwords are
taken out of it. Migrations run in transactions and their files are moved into place when they are whole,
so nothing was left half done: `okra db:migrate:status` shows where things stand.""",
    ),
}
