"""Pages of the codes about `okra db:check` and exports to other tools: OKR670 to OKR689."""

from __future__ import annotations

from okra.pages.page import Page

PAGES = {
    "OKR670": Page(
        title="there is no git repository to read from",
        text="""\
`--against git:REF` reads the schema files as they were at a commit. For that the folder of the configuration has to be
in a git repository, and `git` has to be installed. Git also reads no repository that belongs to another user, as in many
containers of CI: `git config --global --add safe.directory DIR` allows it. Without git, compare with a migration or with a
file.""",
        example="okra db:check --against 20240120_143022",
    ),
    "OKR671": Page(
        title="git knows no such commit",
        text="""\
What stands behind `git:` is a commit, a branch or a tag, as `git rev-parse` knows it. In CI the clone often holds one
commit alone: fetch the branch first, and name it as the remote's.""",
        example="git fetch origin main\nokra db:check --against git:origin/main",
    ),
    "OKR672": Page(
        title="the commit holds no schema file",
        text="""\
The patterns of `schemas` in today's configuration match no file of that commit. Where the files had other names then,
say one of them behind the commit; it is looked for from the current folder on.""",
        example="okra db:check --against git:v1.0:db/schema.okra.gql",
    ),
    "OKR673": Page(
        title="there is no earlier schema to compare with",
        text="""\
`okra db:check` compares the schema with the one that some code was built against: that of a migration, the files at a
commit, or a schema file. Without `--against` it is the newest migration's, if there is one.""",
        example="okra db:check --against git:main",
    ),
    "OKR681": Page(
        title="an exported file is in the way",
        text="""\
`okra db:migrate:export` adds files and changes none: another tool may have applied them. The file that it names says
something else than the migration does now. Either the migration was made anew (`db:migrate:rebase`, `db:migrate:verify`
after an edit), or somebody edited the exported file. If the other tool has applied it nowhere, remove it and export
again; else keep the file, and take the migration back from version control.""",
    ),
    "OKR682": Page(
        title="another tool would misunderstand a statement",
        text="""\
Some tools read instructions from comment lines, like `-- +goose Down` or `-- migrate:down`. A statement or comment of
the migration has such a line, in the body of a function for example, and the tool would cut it there.""",
    ),
    "OKR683": Page(
        title="the export would go into the migrations themselves",
        text="""\
The folder of `--out` holds OKRA's own migrations. Files of another tool beside them would be taken for migrations.""",
        example="okra db:migrate:export --format goose --out db/goose",
    ),
    "OKR684": Page(
        title="a migration has too many parts for another tool",
        text="""\
What can't be one transaction becomes several migrations of the other tool, numbered with three digits behind the
version. A migration with more than 999 transactions does not fit.""",
    ),
}
