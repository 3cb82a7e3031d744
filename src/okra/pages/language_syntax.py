"""Pages for files that can't be read, and for names, directives and arguments that aren't known."""

from __future__ import annotations

from okra.pages.page import Page

SYNTAX: dict[str, Page] = {
    "OKR001": Page(
        title="a schema file is too large",
        text=(
            "A schema file may have 16,777,216 characters, which is enough for tens of thousands of models. Split "
            "it: all files that the configuration names are read as one schema, in any order."
        ),
    ),
    "OKR002": Page(
        title="a character stands where it can't be",
        text=(
            "Outside of strings and comments a schema has names of the letters A to Z, digits and `_`, numbers, and "
            "the marks `{ } ( ) [ ] : ! ? @ # \" ,`. Control characters and what isn't text can't stand anywhere "
            "in the file.\n\nText stands between double quotes, comments begin with `#`, and files are UTF-8 with "
            "line ends LF or CRLF."
        ),
        example='model Note {\n  id: ID!\n  text: String! @default("it\'s new")\n}',
    ),
    "OKR003": Page(
        title="a string is not closed",
        text=(
            'A string begins at the place that the error shows and its line ends without another `"`. A string of '
            'several lines stands between `"""` and `"""`.'
        ),
        example='model Note {\n  id: ID!\n  text: String! @default("new")\n}',
    ),
    "OKR004": Page(
        title="something else was expected",
        text=(
            "The file can't be understood from here on. The error says what may stand there. A field is "
            "`name: Type`, its type ends in `!` where a value is required, a list is `[Type!]!`, and directives "
            "follow behind. OKRA goes on with the next `model` or `enum` that begins a line, so that one run shows "
            "what else is wrong."
        ),
        example="model Post {\n  id: ID!\n  title: String!\n  words: [String!]!\n}",
    ),
    "OKR005": Page(
        title="a bracket is not closed",
        text="The `{`, `(` or `[` that the error shows has no partner. Add it where the part ends.",
        example="model Post {\n  id: ID!\n}",
    ),
    "OKR006": Page(
        title="an escape in a string stands for nothing",
        text=(
            'In a string a backslash begins an escape: `\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t`, '
            "`\\u00e9` with four digits, or `\\u{1f600}`. A backslash itself is written twice. In a block string "
            '(`"""`) a backslash is a backslash. No database takes the character NUL, so `\\u0000` is refused.'
        ),
        example='model Path {\n  id: ID!\n  root: String! @default("C:\\\\data")\n}',
    ),
    "OKR007": Page(
        title="this is not a number",
        text=(
            "Numbers are written like `7`, `-1`, `2.50` and `1.5e3`: without a leading zero or plus, and with a "
            "digit on both sides of the point. Dates, times and everything else that isn't a number is text and "
            "stands in quotes."
        ),
        example='model Offer {\n  id: ID!\n  price: Decimal! @default(0.50)\n  day: Date! @default("2024-01-31")\n}',
    ),
    "OKR008": Page(
        title="values are nested too deep",
        text="Lists and objects may stand inside each other 256 levels deep. Write a deeper JSON default as text.",
    ),
    "OKR100": Page(
        title="a name is too long",
        text="The names of models, enums, fields and enum values have 255 characters at most.",
    ),
    "OKR101": Page(
        title="two models or enums have one name",
        text=(
            "The names of models and enums share one space, over all files of a schema. Rename or remove one. To "
            "keep a table's name, give it with `@table(name:)`."
        ),
        example='model Account {\n  id: ID!\n}\n\nmodel OldAccount @table(name: "account") {\n  id: ID!\n}',
    ),
    "OKR102": Page(
        title="two fields or enum values have one name",
        text="A model has each field once, an enum each value once. Rename or remove one of them.",
    ),
    "OKR103": Page(
        title="a name is taken by OKRA",
        text=(
            "Models and enums can't be called like a built-in type, such as `String` or `Date`, and nothing in the "
            "database may begin with `_okra`: there OKRA keeps its history."
        ),
        example='model CalendarDate @table(name: "dates") {\n  id: ID!\n}',
    ),
    "OKR104": Page(
        title="a type or model is not known",
        text=(
            "A field's type is built-in (`ID`, `String`, `Int`, `BigInt`, `Float`, `Decimal`, `Boolean`, "
            "`DateTime`, `Date`, `Time`, `JSON`, `Bytes`, `Native`), or a `model` or `enum` of the schema. Look for "
            "a slip of the pen, or for a file that the configuration doesn't name."
        ),
        example="enum Status {\n  DRAFT\n  PAID\n}\n\nmodel Order {\n  id: ID!\n  status: Status!\n}",
    ),
    "OKR105": Page(
        title="a field is not known",
        text=(
            "Lists of fields, in `@id`, `@index`, `@unique` and `@relation`, name fields of the schema, not columns "
            'of the database. An index over an expression is written `{expr: "lower(email)"}`.'
        ),
        example='model User {\n  id: ID!\n  email: String!\n\n  @index(fields: ["email", {expr: "lower(email)"}])\n}',
    ),
    "OKR106": Page(
        title="a directive is not known",
        text="Look for a slip of the pen. docs/schema.md lists all directives and what they stand on.",
    ),
    "OKR107": Page(
        title="a directive stands in the wrong place",
        text=(
            "Some directives are for models, some for fields, some for enums or the file. Inside a model, what "
            "stands on a line of its own belongs to the model, if the model can have it; what follows a field "
            "belongs to that field."
        ),
        example='model User @table(name: "people") {\n  id: ID!\n  email: String! @unique\n\n  @index(fields: ["email"])\n}',
    ),
    "OKR108": Page(
        title="an argument is not known",
        text="The directive has no argument of this name. The error lists those that it has.",
    ),
    "OKR109": Page(
        title="an argument is missing",
        text="The directive means nothing without this argument. Add it.",
        example="model User {\n  id: ID!\n  name: String! @length(max: 80)\n\n  @check(expr: \"name <> ''\")\n}",
    ),
    "OKR110": Page(
        title="an argument is too many",
        text=(
            "An argument is given twice, or a value stands without a name where the directive takes none. Only the "
            "main argument of a directive may go without its name: `@length(80)`, `@default(5)`."
        ),
        example="model User {\n  id: ID!\n  name: String! @length(80)\n}",
    ),
    "OKR111": Page(
        title="a directive is given twice",
        text="This directive can stand there only once. Keep one. `@check`, and in a model `@index` and `@unique`, may repeat.",
    ),
    "OKR112": Page(
        title="an argument has the wrong kind of value",
        text="The error says what the argument takes. A text stands in quotes and isn't empty; `true`, `false` and numbers don't.",
        example='model User {\n  id: ID!\n  name: String! @length(max: 80) @column(name: "full_name")\n}',
    ),
    "OKR113": Page(
        title="a provider is not known",
        text=(
            "Where SQL is given for each provider, the names are `postgres`, `mysql` (MariaDB as well) and "
            "`sqlite`."
        ),
        example='model Place {\n  id: ID!\n  code: String @db(postgres: "citext", mysql: "varchar(191)")\n}',
    ),
    "OKR114": Page(
        title="something is empty",
        text=(
            "A model needs a field, an enum a value, and a list of fields a name. To take a model or enum out of "
            "the schema, remove it."
        ),
    ),
}
