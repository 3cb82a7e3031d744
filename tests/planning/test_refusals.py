"""What SQLite can't have is refused before any SQL is made, with the place and a way out."""

from __future__ import annotations

import pytest

from okra.dialects import dialect
from okra.errors import UnsupportedChange
from okra.language.define import parse_schema
from okra.language.definition import Check, Field, Model, SchemaDefinition, SqlText, TypeRef
from okra.lowering import lower
from okra.migrations.draft import draft
from okra.relational.model import Database
from okra.source import Source


def refusal(schema: str) -> str:
    models = parse_schema([Source("models.okra.gql", schema)]).definition
    return refusal_of(models)


def refusal_of(models: SchemaDefinition) -> str:
    with pytest.raises(UnsupportedChange) as raised:
        draft("sqlite", Database(), None, models)
    return raised.value.render()


def model(body: str, head: str = "User") -> str:
    return f"model {head} {{\n  id: Int! @id\n  {body}\n}}\n"


def test_a_computed_column_without_text_for_sqlite_is_refused() -> None:
    schema = model('total: Int @computed(expr: {postgres: "1"})')

    assert refusal(schema) == (
        "error[OKR201]: @computed has no SQL for `sqlite`\n"
        "  --> users.total\n"
        '  = help: give one: `expr: {sqlite: "…"}`, or one text for all providers'
    )


def test_a_table_without_rowid_needs_a_key() -> None:
    field = Field(name="text", type=TypeRef(name="String"))
    models = SchemaDefinition(
        models=(Model(name="Log", fields=(field,), keyless=True, without_rowid=True),)
    )

    assert refusal_of(models) == (
        "error[OKR211]: a table without rowid needs a primary key\n"
        "  --> logs\n"
        "  = help: add an `@id`, or take `withoutRowid: true` away"
    )


def test_a_native_field_needs_a_type() -> None:
    schema = model('search: Native @db(postgres: "tsvector")')

    assert refusal(schema) == (
        "error[OKR212]: a `Native` field needs a type for SQLite\n"
        "  --> users.search\n"
        '  = help: write `@db(type: "…")`, or `@db(sqlite: "text")` for SQLite alone'
    )


def test_a_strict_table_has_few_types() -> None:
    schema = model('name: String! @db(type: "varchar(20)")', "User @table(strict: true)")

    assert refusal(schema) == (
        "error[OKR213]: a strict table can't have the type `varchar(20)`\n"
        "  --> users.name\n"
        "  = help: use integer, real, text, blob or any, or take `strict: true` away"
    )


def test_autoincrement_needs_the_key_for_itself() -> None:
    schema = model("number: Int! @default(autoincrement)")

    assert refusal(schema) == (
        "error[OKR214]: SQLite counts up only a column that is the primary key by itself\n"
        "  --> users.number\n"
        "  = help: make it the `@id`, or take `@default(autoincrement)` away"
    )


def test_autoincrement_needs_a_rowid() -> None:
    schema = "model User @table(withoutRowid: true) {\n  id: Int! @id @default(autoincrement)\n}\n"

    assert refusal(schema) == (
        "error[OKR214]: SQLite counts up only an `integer` primary key of a table with rowid\n"
        "  --> users.id\n"
        "  = help: take `@db(type:)` or `withoutRowid` away"
    )


def test_nulls_are_distinct() -> None:
    schema = model("team: Int @unique(nulls: NOT_DISTINCT)")

    assert refusal(schema) == (
        "error[OKR215]: SQLite takes NULLs in a unique index for different values\n"
        "  --> users.users_team_key\n"
        "  = help: take `nulls: NOT_DISTINCT` away, or make the fields required"
    )


def test_a_unique_constraint_has_no_predicate() -> None:
    schema = model('team: Int @unique(constraint: true, where: "team > 0")')

    assert refusal(schema) == (
        "error[OKR216]: a unique constraint has no predicate and no expressions in SQLite\n"
        "  --> users.users_team_key\n"
        "  = help: take `constraint: true` away"
    )


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("age > 0; DROP TABLE users", "it has a `;` where it would end"),
        ("age > 0), CHECK (1", "a `)` closes nothing"),
        ("(age > 0", "a `(` is not closed"),
        ("age > 0 -- always", "it has a comment"),
        ("age /* the age */ > 0", "it has a comment"),
        ("age <> 'x", "the quote ' is not closed"),
        ('age <> \\"x', 'the quote " is not closed'),
        ("age, id", "it has a `,` where it would end"),
        ("age > ?", "it has a `?`, where a value would be filled in"),
        ("age > :least", "it has a `:`, where a value would be filled in"),
        (" ", "it is empty"),
    ],
)
def test_a_check_is_one_expression(sql: str, fault: str) -> None:
    models = SchemaDefinition(
        models=(
            Model(
                name="User",
                fields=(
                    Field(name="id", type=TypeRef(name="Int", required=True), id=True),
                    Field(
                        name="age",
                        type=TypeRef(name="Int"),
                        checks=(Check(expr=SqlText(default=sql.replace('\\"', '"'))),),
                    ),
                ),
            ),
        )
    )

    assert refusal_of(models) == (
        f"error[OKR217]: a check is not one SQL expression: {fault}\n"
        "  --> users.users_age_check\n"
        "  = help: write one expression, without comments and with its quotes and parentheses closed"
    )


@pytest.mark.parametrize(
    ("body", "what", "place"),
    [
        ('a: Int @default(sql("1; 2"))', "a default", "users.a"),
        ('a: Int @computed(expr: "1; 2")', "a computed column", "users.a"),
        ('@index(fields: [id], where: "1; 2")', "a predicate", "users.users_id_idx"),
        ('@index(fields: [{expr: "1; 2"}])', "an index expression", "users.users_expr_idx"),
        ('@check(expr: "1; 2", name: "c")', "a check", "users.c"),
    ],
)
def test_every_sql_text_is_one_expression(body: str, what: str, place: str) -> None:
    assert refusal(model(body)) == (
        f"error[OKR217]: {what} is not one SQL expression: it has a `;` where it would end\n"
        f"  --> {place}\n"
        "  = help: write one expression, without comments and with its quotes and parentheses closed"
    )


def test_a_one_off_default_is_one_expression() -> None:
    before = parse_schema([Source("a", model("a: Int"))]).definition
    after = parse_schema([Source("a", model("a: Int!"))]).definition
    start = dialect("sqlite").resolve(lower(before, "sqlite")).database

    with pytest.raises(UnsupportedChange) as raised:
        draft("sqlite", start, before, after, fills={("users", "a"): "0); DROP TABLE users"})

    assert raised.value.render() == (
        "error[OKR217]: the one-off default of `users.a` is not one SQL expression: "
        "a `)` closes nothing\n"
        "  --> users.a\n"
        "  = help: write one expression, without comments and with its quotes and parentheses closed"
    )


@pytest.mark.parametrize("name", ["sqlite_users", "SQLite_Users"])
def test_a_table_can_t_have_a_name_of_sqlite_s_own(name: str) -> None:
    schema = f'model User @table(name: "{name}") {{\n  id: Int! @id\n}}\n'

    assert refusal(schema) == (
        f"error[OKR218]: `{name}` can't be a name: those that begin with `sqlite_` are SQLite's own\n"
        f"  --> {name}\n"
        "  = help: choose another name"
    )


def test_an_index_can_t_have_a_name_of_sqlite_s_own() -> None:
    schema = model('a: Int @index(name: "sqlite_a")')

    assert refusal(schema) == (
        "error[OKR218]: `sqlite_a` can't be a name: those that begin with `sqlite_` are SQLite's own\n"
        "  --> users.sqlite_a\n"
        "  = help: choose another name"
    )


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ('a: String @collate("german")', "users.a"),
        ('a: String @index(collate: "german")', "users.users_a_idx"),
        ('@index(fields: [{expr: "lower(id) COLLATE german"}], name: "i")', "users.i"),
        ('@check(expr: "id < \'x\' collate german", name: "c")', "users.c"),
    ],
)
def test_a_collation_must_be_sqlite_s(body: str, place: str) -> None:
    assert refusal(model(body)) == (
        "error[OKR219]: SQLite has no collation `german`\n"
        f"  --> {place}\n"
        "  = help: use NOCASE, RTRIM or BINARY; one that an application brings along is not there "
        "when OKRA changes the table"
    )


@pytest.mark.parametrize(
    ("body", "name", "place", "hint"),
    [
        ('@check("createdAt > 1")', "createdAt", "users.users_check", "did you mean `created_at`?"),
        ('@check("\\"nobody\\" <> created_at")', "nobody", "users.users_check", None),
        ('@check("key > 0")', "key", "users.users_check", None),
        (
            '@index(fields: [{expr: "lower(nme)"}], name: "i")',
            "nme",
            "users.i",
            "did you mean `name`?",
        ),
        ('@index(fields: [id], name: "i", where: "x IS NULL")', "x", "users.i", None),
        ('up: String @computed(expr: "upper(nm)")', "nm", "users.up", "did you mean `name`?"),
    ],
)
def test_an_expression_names_columns_that_are_there(
    body: str, name: str, place: str, hint: str | None
) -> None:
    hint = hint or "write the column's name in SQL."

    assert refusal(model(f"createdAt: Int\n  name: String\n  {body}")) == (
        f"error[OKR220]: `{name}` is no column of `users`\n"
        f"  --> {place}\n"
        f"  = help: {hint} A text stands in single quotes"
    )


@pytest.mark.parametrize(
    "expression",
    [
        "CAST(NAME AS varchar(20)) <> 'x'",
        "CASE WHEN id > 1 THEN name ELSE 'y' END LIKE 'a%' ESCAPE '!'",
        "name COLLATE nocase IN ('a', 'b') AND rowid > 0 AND users.id IS NOT NULL",
        "CURRENT_TIMESTAMP > '' AND true AND id NOT BETWEEN 1 AND 2 AND name GLOB '*'",
        "[name] IS DISTINCT FROM `id` OR name NOTNULL",
        "name -> '$.a' ->> 'b' IS NULL",
    ],
)
def test_not_every_word_of_an_expression_is_a_column(expression: str) -> None:
    models = parse_schema(
        [Source("a", model(f'name: String\n  @check("{expression}")'))]
    ).definition

    assert draft("sqlite", Database(), None, models).changes


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("", "no character at all"),
        ("a\0b", "a NUL character"),
        ("a\ud800", "half of a character"),
    ],
)
def test_a_name_that_can_t_be_written_is_refused(name: str, bad: str) -> None:
    models = SchemaDefinition(
        models=(
            Model(
                name="User",
                fields=(
                    Field(name="id", type=TypeRef(name="Int", required=True), id=True),
                    Field(name=name, type=TypeRef(name="Int")),
                ),
            ),
        )
    )

    assert refusal_of(models) == (
        f"error[OKR403]: {name!a} can't be a name in SQLite: it has {bad}\n"
        "  = help: use another name"
    )


def test_what_sqlite_can_only_imitate_is_a_warning() -> None:
    schema = model(
        "a: String\n"
        '  @index(fields: [{field: a, length: 3, ops: "x", nulls: LAST}], type: gin, include: [id])'
    )
    models = parse_schema([Source("a", schema)]).definition

    assert draft("sqlite", Database(), None, models).warnings == (
        "index `users_a_idx`: SQLite has no `gin`, it gets a B-tree",
        "index `users_a_idx`: SQLite has no covering columns, they are left out",
        "index `users_a_idx`: SQLite has no `nulls`, it is left out",
        "index `users_a_idx`: SQLite has no `length`, it is left out",
        "index `users_a_idx`: SQLite has no `ops`, it is left out",
    )
