"""Pages of hooks.sql, and of statements that run in ranges."""

from __future__ import annotations

from okra.pages.page import Page

PAGES = {
    "OKR464": Page(
        title="hooks.sql, and the place where it runs, do not fit together",
        text="""\
`hooks.sql` runs in the middle of migration.sql, and in the middle of rollback.sql: each of them has the line
`-- okra: hooks` exactly once. What stands above it comes first, then the section of hooks.sql, then the rest.
Where there is no `hooks.sql`, there is no such line. Nothing was done.""",
        example="""\
ALTER TABLE users ADD COLUMN first_name text;

-- okra: hooks

ALTER TABLE users ALTER COLUMN first_name SET NOT NULL;""",
    ),
    "OKR463": Page(
        title="hooks.sql is still as it was proposed",
        text="""\
`okra db:migrate:generate --with-hooks` was asked for room between the two halves of a migration, and what is required behind
them has no value yet: `hooks.sql` holds nothing but the proposals in its comments. On a table with rows the second half would
fail, and what a server can't undo would stay, so nothing is run. Write the statements below `-- okra:up` and `-- okra:down`,
and run `okra db:migrate:verify`. If nothing has to move, take the proposals out.

`okra db:migrate:up` refuses where `-- okra:up` is like that, `okra db:migrate:down` where `-- okra:down` is. While only the way back is
not written, `up` and `verify` warn and go on. Once a migration is applied its files are sealed; to write its way back after all:

1. `okra db:migrate:resolve VERSION --reverted`: the history takes it for not applied; the database stays as it is
2. write what is below `-- okra:down`, or take the proposals out, and run `okra db:migrate:verify`
3. `okra db:migrate:resolve VERSION --applied`, then `okra db:migrate:down`

Every other database that has the migration needs 1 and 3, too: for them the files were edited after they were applied.""",
        example="""\
-- okra:up
-- okra:batch size=10000 key=id
UPDATE users SET first_name = split_part(name, ' ', 1) WHERE first_name IS NULL;""",
    ),
    "OKR496": Page(
        title="hooks.sql has not the two sections that it needs",
        text="""\
`hooks.sql` has one section for each way: the line `-- okra:up` with what runs on the way up below it, and
`-- okra:down` with what runs on the way back. A section with nothing but comments does nothing. Above the first
of them only comments may stand: a statement there would belong to neither way.""",
        example="""\
-- okra:up
UPDATE users SET first_name = name;

-- okra:down
UPDATE users SET name = first_name;""",
    ),
    "OKR497": Page(
        title="a line `okra:batch` can't be read",
        text="""\
The line stands right above an UPDATE or DELETE, once, and says in which ranges that runs: `size` is how many rows of
the table one range has (10000 where it is left out), `key` the column that tells the rows apart. The key is one
column: where a table has none that is unique by itself, write several statements, each with a range of its own
in its WHERE.""",
        example="""\
-- okra:batch size=5000 key=id
UPDATE orders SET total = price * amount WHERE total IS NULL;""",
    ),
    "OKR498": Page(
        title="a statement can't be run in ranges",
        text="""\
`okra:batch` adds a range of the key to the WHERE of one UPDATE or DELETE of one table. That is not possible, or would
mean something else, for a statement with LIMIT, ORDER BY or RETURNING, for one that begins with WITH, and for one that
changes the key itself. Nor for a table whose engine knows no transactions, as MyISAM. Write it another way, or take the line away: it then runs as one statement.""",
    ),
    "OKR499": Page(
        title="the key of `okra:batch` tells no rows apart",
        text="""\
Ranges are cut where one value of the key ends and the next begins, so the key has to be a column of the table that is
changed, required and unique by itself: its primary key, or a column with a unique key of its own. Types whose values
can't be written down exactly, as `float` in MySQL, can't be keys either. What was done before that statement stays
done; mend the line, run `okra db:migrate:verify`, and `okra db:migrate:up` goes on.""",
    ),
    "OKR566": Page(
        title="a statement was edited after a part of its rows were done",
        text="""\
A statement that runs in ranges was stopped in the middle: some ranges are committed, and OKRA knows after which key it
has to go on. The file now has another statement there, or another key, so the rest would not fit what is done. Take it
back from version control, run `okra db:migrate:verify` if the files were sealed anew, and `okra db:migrate:up` goes on
with the next range. The size of the ranges may be changed, and so may all that follows.""",
    ),
    "OKR567": Page(
        title="the history does not say how far a statement has come",
        text="""\
A statement that runs in ranges was stopped in the middle, and what the history says of its last key is nothing that
OKRA has written. Going on might leave rows out, so nothing was done. Take the row of the history back from a backup;
or look at the rows, do what is left of the migration by hand, and say so with `okra db:migrate:resolve --applied`.""",
    ),
}
