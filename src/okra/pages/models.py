"""Pages of the codes of generated types: OKR700 to OKR709."""

from __future__ import annotations

from okra.pages.page import Page

PAGES = {
    "OKR700": Page(
        title="no language is known to generate types for",
        text="""\
`okra models:generate` takes the languages of `--language`; else those under `models.generators` in the configuration;
else the one that the service is written in, which `okra.service.json` or `okra.json` beside the configuration says as
`language`. None of the three says one. An empty object is enough for a language whose options may stay as they are.""",
        example='{ "database": { "provider": "sqlite" }, "models": { "generators": { "go": {} } } }',
    ),
    "OKR701": Page(
        title="there is no generator for a language",
        text="""\
OKRA itself knows `go`, `typescript` and `python`. Any other language comes with a package that offers an entry point of
the group `okra.generators`, installed where OKRA is: `docs/generators.md` shows one.""",
        example="okra models:generate --language typescript",
    ),
    "OKR702": Page(
        title="a generator of another package is broken",
        text="""\
The package that offers the language can't be imported, failed, or gave what can't be written: a file without the mark
in its first line (without it, OKRA would not know the file as its own the next time), a name that leads out of the output
folder, or one that ends otherwise than the generator itself says. Nothing was written, for any language.""",
        example="okra models:generate --debug",
    ),
    "OKR703": Page(
        title="types can't be written to their folder",
        text="""\
`output` is a folder from that of the configuration, and lies below the folder that is under version control, or below
that of the configuration where there is none. A link that leads out of it counts as outside. Or there is a file where the
folder should be, or a folder where a file should be. `--out` names any folder, for once.""",
        example='{ "models": { "generators": { "go": { "output": "./internal/models" } } } }',
    ),
    "OKR704": Page(
        title="a file that was not generated would be overwritten",
        text="""\
In the output folder there is a file with the name of one that is to be written, and its first line does not say that it was
generated: it is yours, and stays. Move it away, or have the types written to another folder. If it was generated, and its
first line was edited away, delete it.""",
    ),
    "OKR705": Page(
        title="a language has no way to say something of the schema",
        text="""\
Two names of the schema would be one in the language (`firstName` and `first_name` are both `first_name` in Python), or a
name is none there. Give one of them another name: `@column(name:)` on a field, `@table(name:)` on a model and `@value` on the
value of an enum keep what it is called in the database, and `@renamed(from:)` makes a rename of what is there already.
The same goes for the ids of a relation of many to many: `tags: [Tag!]!` is `tagIds`, and no field can be called so.""",
        example='homeAddress: String @column(name: "address_home")',
    ),
    "OKR706": Page(
        title="the file of the service says something that it can't",
        text="""\
`okra.service.json` and `okra.json` hold one object. OKRA reads two of its members, `name` and `language`, both texts; the rest
belongs to others. Comments and trailing commas are allowed. Where both files are there, the first that says something counts.""",
        example='{ "name": "blog", "language": "go" }',
    ),
    "OKR707": Page(
        title="two generated files would be one",
        text="""\
Two languages have one `output`, or two models whose names differ in case alone have a file each: some file systems take
both for the same file. Each language needs a folder of its own.""",
        example='{ "models": { "generators": { "go": { "output": "./gen/go" }, "python": { "output": "./gen/python" } } } }',
    ),
}
