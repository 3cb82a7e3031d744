"""Pages of the codes of trials: OKR652 to OKR669."""

from __future__ import annotations

from okra.pages.page import Page

PAGES = {
    "OKR652": Page(
        title="a test of a migration can't be read",
        text="""\
`okra db:migrate:test` takes the files of `migrations/tests/`: YAML or SQL. A test says of which migration it is (its
version, or its name), which rows are there before (names of tables and columns, values as in seeds; required columns that a row leaves out get a
value, and parents that it needs are made), and what queries give after up and after down, row by row: each a list
with the values in the order of the query. `execute` in place of `query` runs a statement. In SQL, the sections are
`-- okra:before`, `-- okra:up` and `-- okra:down`, and above a query stands `-- okra:expect [1, "Ann"]` for each row,
or `-- okra:expect nothing`.""",
        example="""\
version: 20240120_143022
name: names are split
rows:
  users:
    - { name: Ann Lee }
up:
  - query: SELECT first_name, last_name FROM users
    rows: [[Ann, Lee]]
down:
  - query: SELECT name FROM users
    rows: [Ann Lee]""",
    ),
    "OKR653": Page(
        title="a test is of a migration that does not exist",
        text="""\
The version of a test in `migrations/tests/` is one that the directory has not: it was mistyped, or the migration has got
another version, as by `okra db:migrate:rebase`. Mend the version, or give the name of the migration, which stays;
or remove the test.""",
    ),
}
