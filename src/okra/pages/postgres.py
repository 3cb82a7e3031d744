"""Pages for what PostgreSQL can't have: OKR229 to OKR239."""

from __future__ import annotations

from okra.pages.page import Page

PAGES = {
    "OKR229": Page(
        title="a text is not the name of one type or operator class",
        text="""\
What `@db(type:)` says for PostgreSQL, and `ops` of an index, is written into a longer statement. So it is one name
with what belongs to it in parentheses, and nothing more: a default, a collation or a check has a directive of its
own.""",
        example='area: Native @db(postgres: "geometry(Polygon, 4326)")',
    ),
    "OKR230": Page(
        title="an enum has the name of a type of PostgreSQL",
        text="""\
PostgreSQL looks for a type among its own first, so that an enum called `path`, `date` or `name` would never be
found: a column of that type would get the server's. Give the enum another name, or its type alone with
`@type(name:)`.""",
        example='enum Path @type(name: "route") { SHORT LONG }',
    ),
    "OKR231": Page(
        title="a table and an enum have one name",
        text="""\
Every table of PostgreSQL is a type too, with the table's name. So no enum of the same schema can be called like
a table. Rename one of them: `@table(name:)` for the table, `@type(name:)` for the enum.""",
        example='enum State @type(name: "state_of_order") { NEW PAID }',
    ),
    "OKR232": Page(
        title="a text can't be a value of an enum",
        text="""\
The values of an enum are names in PostgreSQL: they have 1 to 63 bytes. Store a shorter text with `@value`.""",
        example='enum Answer { YES NO_ANSWER @value("none") }',
    ),
    "OKR233": Page(
        title="a table or type can't be called that",
        text="""\
OKRA writes `schema.table` for a table outside the default schema, so that the name of a table or of an enum's
type has no point of its own. Schemas that begin with `pg_`, and `information_schema`, are the server's.""",
    ),
    "OKR234": Page(
        title="PostgreSQL can't count up this column",
        text="""\
Only a `smallint`, `integer` or `bigint` column is counted up, and it has no other default.""",
        example="id: BigInt! @id @default(autoincrement)",
    ),
    "OKR235": Page(
        title="an index or a unique constraint can't be like that",
        text="""\
A unique constraint of PostgreSQL has plain columns in their usual order: a predicate, expressions, operator
classes, collations and sort orders are for unique indexes. Only a constraint can be deferred, an index can't.""",
        example='@unique(fields: [email], where: "deleted_at IS NULL", constraint: false)',
    ),
    "OKR236": Page(
        title="the default schema does not exist",
        text="""\
OKRA works in the first schema that the option `schema` of the URL names, and in `public` without it. The
database has no schema of that name, or the user may not use it. Make it, or name another one.""",
        example="postgres://app@db.example.org/shop?schema=shop",
    ),
    "OKR237": Page(
        title="a default uses a column",
        text="""\
A name without quotes, or in double quotes, is a column in SQL. A default is made before there is a row, so that it
can use none. A text stands in single quotes.""",
        example="title: String! @default(sql(\"upper('untitled')\"))",
    ),
    "OKR238": Page(
        title="a default would be the moment at which the column is made",
        text="""\
PostgreSQL turns the text 'now' into a time when it reads the statement, so every row would get that same time.
`now` without quotes, and functions, are computed for each row.""",
        example='day: Date! @default(sql("CURRENT_DATE + 1"))',
    ),
    "OKR239": Page(
        title="a `Native` field has no type for PostgreSQL",
        text="""\
A `Native` field has whatever type `@db(type:)` says, and it says none for PostgreSQL. Give one text for all
providers, or one for PostgreSQL too.""",
        example='position: Native @db(postgres: "point", mysql: "point")',
    ),
}
