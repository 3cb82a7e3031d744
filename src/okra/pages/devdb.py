"""Pages for dev databases: what migrations are proven on."""

from __future__ import annotations

from okra.pages.page import Page

PAGES = {
    "OKR430": Page(
        title="there is no server to prove the migration on",
        text="""\
Migrations for PostgreSQL, MySQL and MariaDB are proven on a throw-away database of the same kind before they are
written. OKRA looks for `devUrl`, then for a server program on this machine, which it starts by itself on a private
socket, then for Docker; there is none of them. Without a proof the migration is written with `"verified": false`;
`okra db:migrate:verify` proves it later.""",
        example='pip install "okra[embedded]"',
    ),
    "OKR431": Page(
        title="a local server could not be started",
        text="""\
There is a server program, but it can't be set up or started, and the message ends with what it said. Servers do not run
as root: as root, OKRA runs them as the user `nobody`, or the one that `OKRA_DEV_USER` names. They live in a cache
folder, `OKRA_CACHE_DIR`, that this user has to be able to enter. `devUrl` names another server.""",
    ),
    "OKR432": Page(
        title="no scratch database can be made on the dev server",
        text="""\
A proof makes a database called `okra_scratch_…` on the server of `devUrl`, and drops it afterwards. The user in that URL
needs the right to: `CREATEDB` in PostgreSQL, all rights on `okra\\_scratch\\_%` in MySQL and MariaDB.""",
        example="GRANT ALL ON `okra\\_scratch\\_%`.* TO dev@localhost",
    ),
    "OKR433": Page(
        title="the scratch database is not the one that was made",
        text="""\
OKRA connects to the scratch database that it has just made on the dev server, and finds another one, or something in it.
Nothing was changed there. A proxy that sends connections elsewhere does that: name the server itself as `devUrl`.""",
    ),
    "OKR434": Page(
        title="the dev server lacks what the migration needs",
        text="""\
The server that migrations are proven on is older than what the schema uses. Name a newer one as `devUrl`, or install one:
with `okra[embedded]` OKRA brings a current PostgreSQL.""",
    ),
    "OKR435": Page(
        title="the server of the database lacks what the schema needs",
        text="""\
`serverVersion` in the configuration says which version the database's server has, and the schema uses something that
came later. Change the schema, or the version if the server is newer by now.""",
    ),
    "OKR436": Page(
        title="the dev server lacks an extension",
        text="""\
The schema uses a type or function of a PostgreSQL extension that the dev server has not, and the proof failed. The server
in `okra[embedded]` has the usual ones (citext, hstore, ltree, pg_trgm, vector), but no pgcrypto, uuid-ossp or postgis.
Name a server that has them as `devUrl`. Until then the migration is written with `"verified": false`.""",
        example='"devUrl": "postgres://postgres@localhost:5432/postgres"',
    ),
    "OKR630": Page(
        title="the dev database is one that people work with",
        text="""\
`devUrl` and one of the `url`s name the same database on the same server. Proofs never work in a database that exists
already, but a mistake there would be dear: name another database, or better another server.""",
    ),
    "OKR631": Page(
        title="the dev database is of another kind",
        text="""\
Migrations are proven on the kind of server that they are for: `devUrl` of a PostgreSQL database is a PostgreSQL URL. For
several providers give each environment a `devUrl` of its own.""",
    ),
    "OKR632": Page(
        title="the user for the dev database can't be used",
        text="""\
Database servers refuse to run as root. As root, OKRA runs the local one as `nobody`, or as the user that the variable
`OKRA_DEV_USER` names; that user does not exist, or is root again.""",
    ),
    "OKR633": Page(
        title="the time without use is no number",
        text="""\
`OKRA_DEV_IDLE` says after how many seconds without use a server is stopped that OKRA has started: a number like `600`.""",
    ),
    "OKR634": Page(
        title="a statement of a proof would reach beyond the scratch database",
        text="""\
Migrations and their tests are tried in a scratch database, on the server of `devUrl`. This statement names another
database of that server, or changes the server itself: `UPDATE shop.users …` would change the real `shop`. Nothing of it
was run. Leave the database's name out, as a migration is about its own; or prove it where nothing else is: without
`devUrl`, OKRA starts a server by itself.""",
        example="UPDATE shop.users SET name = '' WHERE name IS NULL;",
    ),
}
