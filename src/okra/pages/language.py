"""Pages for what the schema language can say."""

from __future__ import annotations

from okra.pages.language_relations import RELATIONS
from okra.pages.language_syntax import SYNTAX
from okra.pages.page import Page

PAGES: dict[str, Page] = {
    **SYNTAX,
    **RELATIONS,
    "OKR115": Page(
        title="a directive is for another type",
        text=(
            "`@length` is for `String`, `@precision` for `Decimal`, `@updatedAt` for one `DateTime`, `@collate` for "
            "texts, and `@relation` for a field whose type is a model."
        ),
        example="model Item {\n  id: ID!\n  name: String! @length(max: 80)\n  price: Decimal! @precision(total: 8, scale: 2)\n  changedAt: DateTime! @updatedAt\n}",
    ),
    "OKR116": Page(
        title="two directives exclude each other",
        text=(
            "A computed field has no default, isn't set on update and is no id; a `@keyless` model has no id, and "
            "SQLite's `withoutRowid` needs one."
        ),
        example='model Box {\n  id: ID!\n  width: Int!\n  height: Int!\n  area: Int! @computed(expr: "width * height")\n}',
    ),
    "OKR117": Page(
        title="files claim different databases",
        text=(
            "The files of one schema belong to one database. Make them agree, or give each "
            "database its own files in the configuration."
        ),
        example='@okra(database: "auth_db")\n\nmodel User {\n  id: ID!\n}',
    ),
    "OKR118": Page(
        title="the elements of a list can't be null",
        text="A list of values is written `[String!]` or `[String!]!`: the list may be null, its elements never.",
        example="model Post {\n  id: ID!\n  words: [String!]!\n}",
    ),
    "OKR119": Page(
        title="a native type is not given",
        text=(
            "`Native` stands for a type of the server that OKRA has no word for, so `@db` must say which: one for all "
            "providers (`type:`), or one for each provider that the project is configured for."
        ),
        example='model Page {\n  id: ID!\n  words: Native @db(postgres: "tsvector", mysql: "text", sqlite: "text")\n}',
    ),
    "OKR153": Page(
        title="a counter where nothing is counted",
        text="`@sequence` says how the numbers of `@default(autoincrement)` go on, so it needs that default beside it.",
        example="model Invoice {\n  number: BigInt! @id @default(autoincrement) @sequence(start: 1000)\n}",
    ),
    "OKR154": Page(
        title="what is not a constraint can't be checked later",
        text=(
            "`deferrable` lets the check of a unique constraint wait for the end of the transaction. A unique index has "
            "no such thing, and with `constraint: false`, `where` or an expression it is an index."
        ),
        example="model Song {\n  id: ID!\n  place: Int! @unique(deferrable: DEFERRED)\n}",
    ),
    "OKR155": Page(
        title="an SQL schema can't have this name",
        text=(
            "The name of an SQL schema stands in front of a table's, with a point between them, so it has none itself. "
            "Names that begin with `pg_` are PostgreSQL's own, those that begin with `_okra` OKRA's."
        ),
        example='model Invoice @schema("billing") {\n  id: ID!\n}',
    ),
    "OKR160": Page(
        title="an index is there twice",
        text=(
            "Two indexes over the same fields cost twice and serve once. Keep one. An id is unique by itself and "
            "needs no `@unique`."
        ),
        example="model Post {\n  id: ID!\n  title: String! @index\n}",
    ),
    "OKR161": Page(
        title="a relation stands where a column is needed",
        text="An index, an id or a key is made of columns. Name the field that holds the relation's key instead.",
        example='model User {\n  id: ID!\n  posts: [Post!]!\n}\n\nmodel Post {\n  id: ID!\n  author: User! @relation(fields: ["authorId"])\n  authorId: ID!\n\n  @index(fields: ["authorId"])\n}',
    ),
    "OKR162": Page(
        title="a field is named twice",
        text="A list of fields names each field once. `include` names fields that the index doesn't have already.",
    ),
    "OKR163": Page(
        title="a word that none of the configured servers has",
        text=(
            "Some words of the language say what only one kind of server has, like `@schema` or `@table(engine:)`. Each "
            "server gets what it has. This word is for none of those that the project is configured for, so it does "
            "nothing."
        ),
    ),
    "OKR170": Page(
        title="two fields are one column",
        text=(
            "Columns are called like their fields in snake_case, so `userId` and `user_id` are one column. Rename "
            "one, or give it a column with `@column(name:)`."
        ),
        example='model Visit {\n  id: ID!\n  userId: ID!\n  user_id: String @column(name: "legacy_user")\n}',
    ),
    "OKR171": Page(
        title="two models, join tables or enums are one in the database",
        text=(
            "Tables are called like their models, in snake_case and in the plural, join tables like their relation. "
            "Give one of them another name: `@table(name:)` for a model, `@relation(name:)` on both sides for a "
            "join table."
        ),
        example='model News {\n  id: ID!\n}\n\nmodel OldNews @table(name: "news_archive") {\n  id: ID!\n}',
    ),
    "OKR172": Page(
        title="two indexes or constraints have one name",
        text=(
            "Indexes share one space of names with all other indexes and with the tables; constraints with those of "
            "their table. Names that OKRA makes have the table and columns in them. Give one another name."
        ),
        example='model Post {\n  id: ID!\n  title: String! @index(name: "posts_by_title")\n}',
    ),
    "OKR173": Page(
        title="two enum values are stored as the same text",
        text='A value is stored as its name, or as the text that `@value("…")` gives. Two values with one text could not be told apart.',
        example='enum Size {\n  SMALL @value("s")\n  LARGE @value("l")\n}',
    ),
    "OKR180": Page(
        title="a renaming contradicts itself",
        text=(
            "`@renamed(from:)` names what a model, field, enum or value was called before: not its own name, and no "
            "name that two things both claim. Once it is applied, the hint can go."
        ),
        example='model User {\n  id: ID!\n  email: String! @renamed(from: "mail")\n}',
    ),
    "OKR190": Page(
        title="a comment looks like a renaming, but is none",
        text=(
            'A comment `# @renamed(from: "old")` counts on the line above a model, field, enum or value, or behind '
            "it. This one isn't written so, or stands elsewhere, so it is a comment and nothing else."
        ),
        example='model User {\n  id: ID!\n  # @renamed(from: "mail")\n  email: String!\n}',
    ),
    "OKR191": Page(
        title="files say different things about the schema",
        text="The files that are read together give different namespaces or versions in `@okra`. The first one counts.",
        example='@okra(namespace: "shop", version: "v2")\n\nmodel Order {\n  id: ID!\n}',
    ),
}
