"""Pages for what MySQL and MariaDB can't have, or do only by blocking others: OKR240 to OKR249, OKR425 to OKR427."""

from __future__ import annotations

from okra.pages.page import Page

PAGES = {
    "OKR425": Page(
        title="the server can make a change only while nobody writes to the table",
        text="""\
A migration names the way in which MySQL or MariaDB is to make each change, the one that least keeps others from
working. This server has none for it in which others go on writing: another version, another engine, or something
in the table that the schema does not know. The statement was not run; all before it were. When nobody has to write
to the table meanwhile, run it again with `--allow blocking`: it goes on where it stopped.""",
        example="okra db:migrate:up --allow blocking",
    ),
    "OKR426": Page(
        title="a relation is between columns that MySQL keeps in different ways",
        text="""\
A foreign key of InnoDB compares values as they are kept: whole numbers of one size, both signed or both unsigned,
and texts in one collation. The message says what the two columns have. Give them one type with `@db(type:)`, and
one collation with `@collate`, or one to both tables with `@table(collation:)`. A join table follows its models by
itself.""",
        example='authorId: String! @collate("utf8mb4_bin")',
    ),
    "OKR427": Page(
        title="a primary key or an index takes more bytes than InnoDB has for it",
        text="""\
InnoDB has 3,072 bytes for a key, and a text counts with all that it may hold: `varchar(255)` in utf8mb4 takes
1,020. Give the texts of the key a shorter `@length(max:)`; an index may also have the beginning of a text alone.
The key of a join table is that of both models together.""",
        example="code: String! @id @length(max: 100)",
    ),
    "OKR240": Page(
        title="a `Native` field has no type for MySQL",
        text="""\
A `Native` field has whatever type `@db(type:)` says, and it says none for MySQL. Give one text for all
providers, or one for MySQL too.""",
        example='position: Native @db(postgres: "point", mysql: "point")',
    ),
    "OKR241": Page(
        title="a type is larger than MySQL has it",
        text="""\
A `decimal` of MySQL has 65 digits at most, 30 of them behind the point, and a `varchar` in utf8mb4 16,383
characters. Take smaller numbers, or a type without the limit: `text` holds 65,535 bytes, `mediumtext`
16,777,215.""",
        example='body: String! @db(mysql: "mediumtext")',
    ),
    "OKR242": Page(
        title="MySQL can't set a foreign key to its default",
        text="""\
InnoDB refuses ON DELETE SET DEFAULT and ON UPDATE SET DEFAULT. Use SET_NULL with an optional field, CASCADE or
RESTRICT.""",
        example="author: User? @relation(fields: [authorId], onDelete: SET_NULL)",
    ),
    "OKR243": Page(
        title="MySQL has no unique index for some of the rows",
        text="""\
`where` on `@unique` makes an index of some rows only, which MySQL hasn't. Without it other rows would be
refused, so OKRA does not leave it out. Say it for the other providers only, or make a computed field unique
that is NULL in the rows that do not count: NULLs are always different.""",
        example='activeEmail: String? @computed("if(deleted_at is null, email, null)") @unique',
    ),
    "OKR244": Page(
        title="MySQL can't take NULLs for equal in a unique index",
        text="""\
In MySQL, two NULLs are different for every unique index, so `nulls: NOT_DISTINCT` can't be kept. Make the
fields required, or leave `nulls` out.""",
    ),
    "OKR245": Page(
        title="MySQL indexes only the beginning of a text or blob",
        text="""\
An index on a column of type `text`, `blob` or the like needs the number of characters, or bytes, that it covers.
For whole texts use `String` with `@length(max:)`, or an index of type FULLTEXT.""",
        example='@index(fields: [{field: "body", length: 100}])',
    ),
    "OKR246": Page(
        title="MySQL can't count up this column",
        text="""\
AUTO_INCREMENT is for one whole-number column of a table, and the primary key or an index must begin with it.""",
        example="number: Int! @default(autoincrement) @unique",
    ),
    "OKR247": Page(
        title="a column stands in double quotes",
        text="""\
In MySQL a double quote opens a text, so `"price" > 0` would compare the text `price` with a number and never say
so. OKRA refuses it where the text is the name of a column. Write the name without quotes; if it must be quoted,
give MySQL its own text with backquotes.""",
        example='@check("price > 0")',
    ),
    "OKR248": Page(
        title="MySQL can't keep the value of an enum as it is",
        text="""\
MySQL takes characters of four bytes, like emoji, in the values of an enum, but its catalogue shows them as `?`,
so that nobody could compare a database with its schema. Spaces at the end of a value it takes away. Store another text, or use `String` with a check.""",
        example='enum Mood {\n  HAPPY @value("happy")\n}',
    ),
    "OKR249": Page(
        title="two foreign keys have one name",
        text="""\
In MySQL the name of a foreign key belongs to the whole database, not to its table. Give one of them another
name.""",
        example='author: User! @relation(fields: [authorId], constraint: "posts_author")',
    ),
}
