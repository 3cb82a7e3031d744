"""Pages of the codes about `okra db:check` and exports to other tools: OKR670 to OKR689."""

from __future__ import annotations

from okra.pages.page import Page

PAGES = {
    "OKR670": Page(
        title="there is no git repository to read from",
        text="""\
`--against git:REF` reads the schema files as they were at a commit. For that the folder of the configuration has to be
in a git repository, and `git` has to be installed. Without either, compare with a migration or with a file.""",
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
}
