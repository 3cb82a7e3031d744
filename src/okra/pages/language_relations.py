"""Pages for ids, defaults and relations."""

from __future__ import annotations

from okra.pages.page import Page

_BOTH_SIDES = """model User {
  id: ID!
  posts: [Post!]!
}

model Post {
  id: ID!
  author: User! @relation(fields: ["authorId"], references: ["id"])
  authorId: ID!
}"""

_ONE_TO_ONE = """model User {
  id: ID!
  profile: Profile?
}

model Profile {
  id: ID!
  user: User! @relation(fields: ["userId"], references: ["id"])
  userId: ID! @unique
}"""

_TWO_RELATIONS = """model User {
  id: ID!
  written: [Post!]! @relation(name: "PostAuthor")
  edited: [Post!]! @relation(name: "PostEditor")
}

model Post {
  id: ID!
  author: User! @relation(name: "PostAuthor", fields: ["authorId"])
  authorId: ID!
  editor: User? @relation(name: "PostEditor", fields: ["editorId"])
  editorId: ID?
}"""

RELATIONS: dict[str, Page] = {
    "OKR120": Page(
        title="a model has no id",
        text=(
            "Each table needs a primary key. A field `id: ID!` is the id by itself; another field is marked with "
            "`@id`, and a key of several fields is `@id(fields: …)` in the model. A table that shall have none is "
            "marked `@keyless`."
        ),
        example='model Line {\n  order: Int!\n  number: Int!\n\n  @id(fields: ["order", "number"])\n}\n\nmodel Log @keyless {\n  text: String!\n}',
    ),
    "OKR121": Page(
        title="a model has several ids",
        text="A table has one primary key. For a key of several fields write `@id(fields: …)` once; what else is unique gets `@unique`.",
        example='model Line {\n  order: Int!\n  number: Int!\n\n  @id(fields: ["order", "number"])\n}',
    ),
    "OKR122": Page(
        title="a field can't be an id",
        text="An id is one value that is never null: its type ends in `!` and is no list.",
        example="model Country {\n  code: String! @id\n}",
    ),
    "OKR130": Page(
        title="a default does not fit its type",
        text=(
            "The database would refuse the value, or store something else. `Int` goes from -2147483648 to "
            "2147483647, `BigInt` has 64 bits; a `Decimal` keeps to its `@precision`, a `String` to its `@length`; "
            "dates and times are written as ISO 8601 has them, `Bytes` in base64, `JSON` as a value or as JSON "
            "text, and the default of an enum is the name of one of its values, without quotes."
        ),
        example='model Offer {\n  id: ID!\n  count: Int! @default(1)\n  price: Decimal! @precision(total: 8, scale: 2) @default(9.99)\n  from: Date! @default("2024-01-31")\n  options: JSON! @default({colour: "red"})\n  tags: [String!]! @default(["new"])\n}',
    ),
    "OKR131": Page(
        title="a default is not known",
        text=(
            "A word without quotes is `uuid`, `now`, `autoincrement`, or a value of the field's enum. Text stands in "
            'quotes, and SQL in `sql("…")`.'
        ),
        example='model User {\n  id: ID! @default(uuid)\n  name: String! @default("nobody")\n  code: String! @default(sql("lower(hex(randomblob(4)))"))\n}',
    ),
    "OKR132": Page(
        title="a default is for another type",
        text="`uuid` makes an `ID` or `String`, `now` a `DateTime`, `Date` or `Time`, and `autoincrement` an `Int` or `BigInt`.",
        example="model Ticket {\n  number: BigInt! @id @default(autoincrement)\n  at: DateTime! @default(now)\n}",
    ),
    "OKR140": Page(
        title="a relation has no opposite side",
        text=(
            "A relation is written on both sides: one field holds the key, the other model has a list, or a single "
            "field where the key is unique. The error shows the field to add. Where both are there and have "
            "`@relation`, they need the same name."
        ),
        example=_BOTH_SIDES,
    ),
    "OKR141": Page(
        title="it is not clear which fields are one relation",
        text="There are several relations between two models, and nothing tells which two fields belong together. Give both sides of each the same name.",
        example=_TWO_RELATIONS,
    ),
    "OKR142": Page(
        title="the key of a relation is not on one side",
        text=(
            "One side of a relation holds the foreign key and says so with `fields`: the single field of a "
            "one-to-many relation, and one of the two fields of a one-to-one relation. The other side says none of "
            "`fields`, `references`, `onDelete`, `onUpdate`, `constraint` and `deferrable`. Two lists make a join "
            "table, and say none of them either."
        ),
        example=_BOTH_SIDES,
    ),
    "OKR143": Page(
        title="a relation has more fields on one side than on the other",
        text=(
            "Each of `fields` refers to one of `references`, in order. Without `references` a key refers to the id "
            "of the other model, which may have several fields."
        ),
    ),
    "OKR144": Page(
        title="a relation compares fields of different types",
        text="A field of a key has the type of the field that it refers to. Most servers refuse anything else.",
        example=_BOTH_SIDES,
    ),
    "OKR145": Page(
        title="a relation refers to fields that are no key",
        text=(
            "A foreign key refers to the id of the other model or to fields that are unique together. A unique "
            "index with `where` doesn't count: it leaves rows out."
        ),
        example='model User {\n  id: ID!\n  email: String! @unique\n  posts: [Post!]!\n}\n\nmodel Post {\n  id: ID!\n  author: User! @relation(fields: ["authorEmail"], references: ["email"])\n  authorEmail: String!\n}',
    ),
    "OKR146": Page(
        title="the key of a one-to-one relation is not unique",
        text=(
            "Both sides are single fields, so no two rows may hold the same key: mark it `@unique`, or make it the "
            "id. If there may be several, make the other side a list."
        ),
        example=_ONE_TO_ONE,
    ),
    "OKR147": Page(
        title="a relation and its key don't agree on null",
        text=(
            "A required relation (`User!`) needs a key that is never null, an optional one (`User?`) a key that may "
            "be. Change one of them."
        ),
        example=_BOTH_SIDES,
    ),
    "OKR148": Page(
        title="an action can't work on this key",
        text=(
            "`SET_NULL` writes null into the key, and `SET_DEFAULT` its default: a required field can't take the "
            "one, and needs a default for the other. Without `onDelete`, a required relation restricts and an "
            "optional one sets null."
        ),
        example=_BOTH_SIDES,
    ),
    "OKR149": Page(
        title="a list can't be part of a key",
        text="Each field of a foreign key, and each that it refers to, holds one value.",
    ),
    "OKR150": Page(
        title="a relation goes to another database",
        text="A foreign key can't leave its database. Keep the id of the other row in a field, without a relation.",
        example="model Order {\n  id: ID!\n  customerId: ID! @index\n}",
    ),
    "OKR151": Page(
        title="a join table needs two ids",
        text="Two lists make a join table, which refers to the ids of both models. Give the model an id, or write the join table as a model of its own.",
        example="model Post {\n  id: ID!\n  tags: [Tag!]!\n}\n\nmodel Tag {\n  id: ID!\n  posts: [Post!]!\n}",
    ),
    "OKR152": Page(
        title="a relation has no column",
        text=(
            "A field whose type is a model is no column: the key is in the fields that `fields` names. `@unique`, "
            "`@index`, `@column`, `@default` and so on belong there."
        ),
        example=_ONE_TO_ONE,
    ),
    "OKR192": Page(
        title="nothing makes sure that the other side exists",
        text=(
            "In a one-to-one relation only the side with the key can be required. That each row of the other model "
            "has a partner is nothing that a database can promise. Write its type with `?`."
        ),
        example=_ONE_TO_ONE,
    ),
}
