"""Pages of the codes of seeding and resetting: OKR595 to OKR599 and OKR640 to OKR645."""

from __future__ import annotations

from okra.pages.page import Page

PAGES = {
    "OKR595": Page(
        title="seeds are not where they should be",
        text="""\
`okra db:seed` takes the files of `seeds/` beside the configuration, and then those of `seeds/ENVIRONMENT/`; `seeds.dir`
in the configuration names another folder. There is none in it, or `seeds.python` names a file that is not there or lies
elsewhere. Python runs only where the configuration names it. A link that leads out of the folder is no seed, either.""",
        example='{ "database": { "seeds": { "dir": "./seeds", "python": ["seeds/50_more.py"] } } }',
    ),
    "OKR596": Page(
        title="a seed can't be read",
        text="""\
A file of rows is no JSON, CSV or YAML, or does not say of which model its rows are. JSON and YAML hold lists of rows
under the names of models, or one list in a file that has the name of the model; a CSV file is always called by its
model. Digits in front of the name say only when its turn is: `10_User.csv`, `20_posts.json`.""",
        example='{ "User": [ { "email": "ann@example.org", "name": "Ann" } ] }',
    ),
    "OKR597": Page(
        title="a row does not fit its model",
        text="""\
The message names the row, the field, what the field takes and what kind of value the row has. Or nothing tells the row
from others: it needs a value for the primary key or for all fields of a unique key, so that seeding twice does not
add it twice. Or two rows of a file have the same key. Nothing was written: seeding is one transaction.""",
    ),
    "OKR598": Page(
        title="the database refuses a seed",
        text="""\
A row refers to one that is not there, has a value that must be unique and that another row has, or is against a check;
or a statement of SQL failed. The message names the row or the statement. Nothing was written: mend the file and seed
again. Rows that others refer to may stand in the same file or in one beside it, before or after.""",
    ),
    "OKR599": Page(
        title="a statement has no place in a seed",
        text="""\
All seeds together are one transaction, which OKRA opens and ends. So a seed can't have `BEGIN` or `COMMIT`, and
none that the server commits by itself, like `CREATE TABLE` or `TRUNCATE` in MySQL. Tables are made by migrations or by
`okra db:sync`; use `DELETE` in place of `TRUNCATE`.
For the same reason no rows go into a table of MySQL's whose engine undoes nothing, like MyISAM.""",
    ),
    "OKR640": Page(
        title="there are no tables to seed",
        text="""\
The database has no table for a model that a seed has rows of. Make the tables first: `okra db:migrate:up` where
there are migrations, `okra db:sync` in declarative mode. `okra db:reset` does both and seeds.""",
    ),
    "OKR641": Page(
        title="a seed of Python failed",
        text="""\
A file that `seeds.python` in the configuration names defines `seed(db)`, which may call `db.rows(model, rows)`,
`db.execute(sql, parameters)` and `db.query(sql, parameters)`; `?` stands for a parameter. It has no such function, or
the function raised an error, which the message repeats with its line. Nothing was written.""",
        example='def seed(db):\n    db.rows("Tag", [{"name": f"tag {number}"} for number in range(100)])',
    ),
    "OKR642": Page(
        title="a protected database is not seeded just so",
        text="""\
The environment is `production`, or is protected in the configuration, and seeds would change its rows. Name the
database with `--confirm-database NAME`; `--yes` is not enough. Python among the seeds needs `--allow-code` as well:
look at what it does first.""",
        example="okra db:seed --env production --confirm-database shop",
    ),
    "OKR643": Page(
        title="a reset would drop more or other than was agreed on",
        text="""\
`okra db:reset` drops the tables of the schema and of the applied migrations. A table that is not OKRA's stays, and refers
to one of them by a foreign key: drop that by hand, or reset all there is with `--all`. That drops all in the schemas that
the URL names; what another schema of PostgreSQL has is not dropped, and here something there uses what would go. Or
somebody has made or dropped tables between the question and the answer: run it again. Nothing was changed.""",
    ),
    "OKR644": Page(
        title="a protected database is not reset just so",
        text="""\
The environment is `production`, or is protected in the configuration, and a reset loses all data. Type the name of the
database where it is asked for, or give it with `--confirm-database NAME`; `--yes` is not enough.""",
    ),
    "OKR645": Page(
        title="the database could not be made anew",
        text="""\
The tables were dropped, and what stayed in the database stands in the way of the new ones. Look at it with
`okra db:sync`, then run `okra db:reset` again; `--all` drops what OKRA does not manage as well. Or there are no
migrations that would make the tables again, and the environment is not declarative: then nothing was dropped.""",
    ),
}
