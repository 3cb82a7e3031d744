"""Pages of the codes that connections to PostgreSQL and MySQL give: OKR485 and OKR540 to OKR557."""

from __future__ import annotations

from okra.pages.page import Page

PAGES = {
    "OKR485": Page(
        title="the body of a function or trigger is not closed",
        text="""\
The file ends inside a `BEGIN ATOMIC … END` of PostgreSQL, or inside a `BEGIN … END` of a trigger or routine of
MySQL. Add the `END;`.""",
    ),
    "OKR540": Page(
        title="another connection held what a statement needed",
        text="""\
A statement waits three seconds for a table and no longer: whoever wants to read the table meanwhile waits behind
it. OKRA has undone the transaction and tried it again, ten times in all with growing pauses, and the table was
never free. Look for what keeps it busy: a long query, a dump, a transaction that somebody left open.

The server says who it is: `SELECT pid, state, query FROM pg_stat_activity` in PostgreSQL,
`SHOW FULL PROCESSLIST` in MySQL.""",
    ),
    "OKR541": Page(
        title="the connection to the server broke",
        text="""\
The server was restarted, ended the connection, or the network between is gone. What OKRA had sent last may have
been done or not. Run the same command again when the server is back: it reads the history, looks at what is
there, and goes on where it was.""",
    ),
    "OKR542": Page(
        title="another run has the migration lock",
        text="""\
One run at a time changes a database; others wait for `lockTimeout` seconds. The message says who has the lock.
It is given back when that connection ends, however it ends: no lock stays behind that somebody would have to
remove. A connection whose program was killed lives on in the server until its statement has finished.""",
    ),
    "OKR543": Page(
        title="the user has not the right to do this",
        text="""\
The message names the user and the right, and the help the statement that gives it. `docs/deployment.md`
describes which user needs what: one that migrates, one for the application, one that only reads. PostgreSQL lets only
the owner of a table change it, or a member of the owning role: let one user migrate who owns all tables.""",
        example="GRANT USAGE, CREATE ON SCHEMA public TO migrator;",
    ),
    "OKR544": Page(
        title="the database can only be read",
        text="""\
The URL names a replica, or a server, database or user that is set to read only. Name the server that can be
written. Nothing was changed.""",
    ),
    "OKR545": Page(
        title="the server has no room left",
        text="""\
The disk of the server is full, or its memory is. The statement was undone. Make room and run the command again.""",
    ),
    "OKR546": Page(
        title="no connection to the server came about",
        text="""\
The message is the driver's own. Often another kind of server answers at this host and port.""",
    ),
    "OKR547": Page(
        title="the host in the URL is not known",
        text="""\
No computer of that name is known here. Look for a typing mistake; inside containers a host has other names than
outside.""",
    ),
    "OKR548": Page(
        title="no server answers at this host and port",
        text="""\
Nothing listens there, or a firewall swallows the connection. Without a port it is 5432 for PostgreSQL and 3306
for MySQL. A server in a container answers only once it has started: wait for it, or let your tool wait.""",
    ),
    "OKR549": Page(
        title="the server does not let the user in",
        text="""\
The user or the password is wrong, or the server lets this user in from other computers only. What is special in
a password is percent-encoded in a URL: `@` is %40, `:` is %3A, `/` is %2F, `#` is %23, `?` is %3F.""",
        example="postgres://app:p%40ss@db.example/shop",
    ),
    "OKR550": Page(
        title="there is no such database or schema on the server",
        text="""\
OKRA makes tables, not databases: make it with `CREATE DATABASE`, or mend the name in the URL. The same is true of
the schema that `?schema=` names, in PostgreSQL. A URL without a name is refused before anything is sent: other
programs would take the database that is called like the user.""",
        example="CREATE DATABASE shop;",
    ),
    "OKR551": Page(
        title="no encrypted connection came about",
        text="""\
The server has no TLS and `sslmode` asks for it, or the server asks for it and `sslmode=disable` refuses it, or
its certificate is not one that `sslrootcert` vouches for. `sslmode` is spelled as libpq does, for MySQL as well:
`disable`, `prefer`, `require`, `verify-ca`, `verify-full`. Only `verify-full` makes sure that it is your server.

The URL of a protected database on another computer has to say `sslmode`: what is meant must not be left to chance.""",
        example="postgres://app@db.example/shop?sslmode=verify-full&sslrootcert=/etc/ssl/db.pem",
    ),
    "OKR552": Page(
        title="the server takes no connections now",
        text="""\
It is starting or stopping, or has as many connections as it may. Run the command again in a moment.""",
    ),
    "OKR553": Page(
        title="the server is too old",
        text="OKRA needs PostgreSQL 13, MySQL 8.0 or MariaDB 10.6, or newer. Nothing was changed.",
    ),
    "OKR554": Page(
        title="there is a pooler between OKRA and the server",
        text="""\
A pooler that hands out connections by the transaction, like PgBouncer with `pool_mode = transaction`, gives the
migration lock to whoever comes next, and settings of one client to another. Give the address of the server
itself as `directUrl` in the configuration. Where the pooler keeps one connection for each client for as long as it is connected, say so with
`?pooler=session`.""",
        example="postgres://migrator@db.example/shop?pooler=session",
    ),
    "OKR555": Page(
        title="the driver is not installed",
        text="""\
OKRA brings the driver of a server only where it is asked for: `okra[postgres]` brings psycopg, `okra[mysql]`
brings PyMySQL, `okra[all]` both.""",
        example="pip install 'okra[postgres]'",
    ),
    "OKR556": Page(
        title="an index that was built concurrently is not valid",
        text="""\
The build failed, and what is left of it costs time and serves nobody. OKRA drops such an index before it builds
it again. Where it fails again, the server's log says why; most often rows are not unique.""",
    ),
    "OKR557": Page(
        title="the migration lock was gone before the run had finished",
        text="""\
Somebody has ended the connection's session, or a proxy has given the connection to another client in between.
The history keeps two runs apart even so: look at `okra db:migrate:status`, then connect to the server itself.""",
    ),
    "OKR558": Page(
        title="an extension is missing that the migration needs",
        text="""\
A type like `citext`, an operator class like `gin_trgm_ops`, an index method or a function comes from an extension
that this database has not. Extensions are made once for each database, by its owner or, for most, by a superuser; they are
not in the schema, and OKRA makes none. `okra db:validate --connect` tells before which ones a schema needs.""",
        example="CREATE EXTENSION IF NOT EXISTS citext",
    ),
}
