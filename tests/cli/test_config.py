"""okra.config.json: its three forms, its errors, and how a target is chosen from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import okra as package
from okra.codegen import GENERATORS, find_generator
from okra.configuration.config import (
    NO_FILE,
    ConfigFile,
    Mode,
    Output,
    Target,
    choose,
    parse_config,
)
from okra.configuration.jsontext import MAX_DEPTH, plain, read_json
from okra.errors import ConfigError, OkraError, UsageError
from okra.source import Source

SIMPLE = """{ "database": { "provider": "postgres", "url": "${DATABASE_URL}",
    "migrations": { "mode": "versioned", "dir": "./migrations", "table": "_okra_migrations" },
    "schemas": ["./models.okra.gql"] } }"""

ENVIRONMENTS = """{ "database": { "environments": {
      "local":      { "provider": "sqlite", "url": "sqlite://local.db", "migrations": { "mode": "declarative" } },
      "production": { "provider": "postgres", "url": "${DATABASE_URL}",
                      "migrations": { "mode": "versioned", "dir": "./migrations/postgres" } } },
    "migrations": { "table": "_okra_migrations" }, "schemas": ["./models.okra.gql"] } }"""

SEVERAL = """{ "databases": {
    "auth_db": { "provider": "postgres", "url": "${AUTH_URL}", "schemas": ["./models/auth.okra.gql"] },
    "content_db": { "provider": "sqlite" } } }"""


def parsed(text: str) -> ConfigFile:
    return parse_config(Source("okra.config.json", text))


def target(text: str, **asked: str) -> Target:
    return choose(parsed(text), **asked)


def error(text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        parsed(text)
    assert caught.value.exit_code == 2
    return caught.value.render()


def test_the_simple_form() -> None:
    assert target(SIMPLE) == Target(
        database=None,
        environment=None,
        provider="postgres",
        url="${DATABASE_URL}",
        mode=Mode.VERSIONED,
        dir="./migrations",
        table="_okra_migrations",
        schemas=("./models.okra.gql",),
        outputs=(Output(provider="postgres", dir="./migrations", urls=("${DATABASE_URL}",)),),
        lock_timeout_seconds=60.0,
        protected=False,
    )


def test_no_configuration_is_sqlite_beside_the_schema() -> None:
    assert choose(NO_FILE) == Target(
        database=None,
        environment=None,
        provider="sqlite",
        url="sqlite://local.db",
        mode=Mode.VERSIONED,
        dir="./migrations",
        table="_okra_migrations",
        schemas=("./models.okra.gql",),
        outputs=(Output(provider="sqlite", dir="./migrations"),),
        lock_timeout_seconds=60.0,
        protected=False,
    )


def test_the_environments_form_uses_local_by_default() -> None:
    found = target(ENVIRONMENTS)
    assert (found.environment, found.provider, found.mode) == (
        "local",
        "sqlite",
        Mode.DECLARATIVE,
    )
    assert found.outputs == (
        Output(provider="postgres", dir="./migrations/postgres", urls=("${DATABASE_URL}",)),
    )


def test_what_environments_say_of_the_dev_database_and_the_version_stays_with_their_provider() -> (
    None
):
    text = """{ "database": { "devUrl": "postgres://dev/a", "serverVersion": "15", "environments": {
        "local": { "provider": "sqlite" },
        "test": { "provider": "postgres", "url": "postgres://test/a", "serverVersion": "16.2" },
        "production": { "provider": "postgres", "url": "${URL}" } } } }"""

    assert target(text, environment="test").outputs[1] == Output(
        provider="postgres",
        dir="./migrations/postgres",
        urls=("postgres://test/a", "${URL}"),
        dev_urls=("postgres://dev/a",),
        server_versions=("16.2", "15"),
    )


def test_the_address_of_the_server_itself_counts_before_that_of_a_pooler() -> None:
    text = """{ "database": { "provider": "postgres", "url": "postgres://pool/a",
        "directUrl": "postgres://server/a", "environments": {
            "near": {}, "far": { "url": "postgres://far/a" },
            "both": { "url": "postgres://far/a", "directUrl": "postgres://further/a" } } } }"""

    found = {name: target(text, environment=name).url for name in ("near", "far", "both")}

    assert found == {
        "near": "postgres://server/a",
        "far": "postgres://far/a",
        "both": "postgres://further/a",
    }


def test_a_server_version_that_is_none_is_refused() -> None:
    with pytest.raises(ConfigError) as caught:
        target("""{ "database": { "provider": "postgres", "serverVersion": "new" } }""")

    assert (
        caught.value.message
        == '`serverVersion` of the database is a version such as "15" or "10.11"'
    )


def test_the_flag_wins_over_the_variable() -> None:
    assert target(ENVIRONMENTS, environment="production", usual="local").provider == "postgres"
    assert target(ENVIRONMENTS, usual="production").url == "${DATABASE_URL}"


def test_an_environment_called_production_is_protected() -> None:
    assert target(ENVIRONMENTS, usual="production").protected
    assert target(
        ENVIRONMENTS.replace('"production"', '" Production"'), usual=" Production"
    ).protected
    assert not target(ENVIRONMENTS, usual="local").protected


def test_an_environment_takes_what_it_leaves_out_from_the_database() -> None:
    text = """{ "database": {
        "provider": "sqlite", "url": "sqlite://a.db", "protected": true,
        "migrations": { "dir": "m", "table": "t", "lockTimeout": 5 },
        "environments": { "one": {}, "two": { "url": "sqlite://b.db", "protected": false,
            "migrations": { "lockTimeout": 0 } } } } }"""
    one, two = target(text, environment="one"), target(text, environment="two")
    assert (one.url, one.protected, one.dir, one.table, one.lock_timeout_seconds) == (
        "sqlite://a.db",
        True,
        "m",
        "t",
        5.0,
    )
    assert (two.url, two.protected, two.lock_timeout_seconds) == ("sqlite://b.db", False, 0.0)


def test_each_of_several_providers_has_a_directory_of_its_own() -> None:
    text = """{ "database": { "environments": {
        "local": { "provider": "sqlite" }, "test": { "provider": "sqlite" },
        "production": { "provider": "postgres" } } } }"""
    found = target(text, environment="test")
    assert found.dir == "./migrations/sqlite"
    assert found.outputs == (
        Output(provider="sqlite", dir="./migrations/sqlite"),
        Output(provider="postgres", dir="./migrations/postgres"),
    )


def test_two_providers_can_not_share_a_directory() -> None:
    text = """{ "database": { "environments": {
        "a": { "provider": "sqlite", "migrations": { "dir": "m" } },
        "b": { "provider": "mysql", "migrations": { "dir": "m" } } } } }"""
    with pytest.raises(UsageError, match="both `sqlite` and `mysql`"):
        target(text, environment="a")


def test_one_of_several_databases_is_chosen_by_name() -> None:
    found = target(SEVERAL, database="content_db")
    assert (found.database, found.provider, found.dir) == (
        "content_db",
        "sqlite",
        "./migrations/content_db",
    )


@pytest.mark.parametrize(
    ("text", "asked", "message", "help_text"),
    [
        (SEVERAL, {}, "has several databases: `auth_db`, `content_db`", "`--database auth_db`"),
        (SEVERAL, {"database": "auth"}, "has no database `auth`", "did you mean `auth_db`?"),
        (SIMPLE, {"database": "x"}, "has no database `x`", "leave `--database` out"),
        (ENVIRONMENTS, {"environment": "prod"}, "no environment `prod`", "`production`"),
        (ENVIRONMENTS, {"usual": "staging"}, "no environment `staging`", "`local`, `production`"),
        (SIMPLE, {"environment": "local"}, "it has none at all", "leave `--env` out"),
        (
            '{ "database": { "environments": { "a": {}, "b": {} } } }',
            {},
            "several environments: `a`, `b`",
            "`--env a`",
        ),
    ],
)
def test_a_choice_that_is_open_or_unknown_is_refused(
    text: str, asked: dict[str, str], message: str, help_text: str
) -> None:
    with pytest.raises(UsageError) as caught:
        target(text, **asked)
    assert message in caught.value.message
    assert help_text in (caught.value.help or "")


def test_the_variable_names_the_only_target() -> None:
    found = target(SIMPLE, usual="production")
    assert (found.environment, found.protected) == ("production", True)


def test_the_only_environment_is_used() -> None:
    assert target('{ "database": { "environments": { "ci": {} } } }').environment == "ci"


def test_comments_and_trailing_commas_are_allowed() -> None:
    text = '// first\n{ /* one\n two */ "database": { "schemas": ["a", "b",], }, } // end'
    assert target(text).schemas == ("a", "b")


def test_every_misfit_is_reported_at_its_place() -> None:
    text = """{
  "database": {
    "provider": "sqlit",
    "urls": "x",
    "migrations": { "dir": 3 },
    "schemas": "models.okra.gql"
  }
}"""
    assert (
        error(text)
        == """\
error[OKR608]: `database.provider` must be one of `"postgres"`, `"mysql"`, `"sqlite"`
  --> okra.config.json:3:17
  3 |     "provider": "sqlit",
    |                 ^^^^^^^
    = help: did you mean `sqlite`?

error[OKR607]: unknown key `urls` in `database`
  --> okra.config.json:4:5
  4 |     "urls": "x",
    |     ^^^^^^
    = help: did you mean `url`?

error[OKR608]: `database.migrations.dir` must be a text
  --> okra.config.json:5:28
  5 |     "migrations": { "dir": 3 },
    |                            ^

error[OKR608]: `database.schemas` must be a list
  --> okra.config.json:6:16
  6 |     "schemas": "models.okra.gql"
    |                ^^^^^^^^^^^^^^^^^
    = help: put it in square brackets: [ … ]"""
    )


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("", "expected a value and found the end of the file", "1:1"),
        ("{", "expected a key in double quotes or `}` and found the end of the file", "1:2"),
        ('{"a" 1}', "expected `:` behind the key `a` and found `1`", "1:6"),
        ('{"a": 1 "b": 2}', 'expected `,` or `}` and found `"b"`', "1:9"),
        ('{"a": 1, "a": 2}', "the key `a` is there twice", "1:10"),
        ("{'a': 1}", "texts stand in double quotes", "1:2"),
        ('{"a": "b\n"}', "this text has no closing quote on its line", "1:7"),
        ("{} {}", "expected the end of the file and found `{`", "1:4"),
        ("/* {}", "this comment has no end", "1:1"),
        ('{"a": ?}', "the character `?` has no meaning here", "1:7"),
        ('{"a": None}', "expected a value and found `None`", "1:7"),
        ('{"a": 1e999}', "this number is too large", "1:7"),
        (r'{"a": "\x"}', "this text has an escape that JSON does not know", "1:7"),
        ("[" * 40, f"values are nested more than {MAX_DEPTH} deep", "1:33"),
    ],
)
def test_what_is_not_json_is_shown_at_its_place(text: str, message: str, place: str) -> None:
    shown = error(text)
    assert shown.startswith(f"error[OKR606]: {message}\n  --> okra.config.json:{place}\n")


@pytest.mark.parametrize(
    "text", ["{}", '{"database": {}, "databases": {"a": {}}}', '{"databases": {}}']
)
def test_the_file_has_exactly_one_of_both_forms(text: str) -> None:
    assert "the file has one of `database` and `databases`" in error(text)


def test_a_negative_timeout_is_refused() -> None:
    text = '{ "database": { "migrations": { "lockTimeout": -1 } } }'
    assert (
        error(text)
        == """\
error[OKR608]: `lockTimeout` of the database is a number of seconds, 0 or more
  --> okra.config.json:1:48
  1 | { "database": { "migrations": { "lockTimeout": -1 } } }
    |                                                ^^"""
    )


def test_a_table_of_okras_own_can_not_hold_the_history() -> None:
    text = """{ "databases": { "a": { "environments": {
  "test": { "migrations": { "table": "_okra_log" } } } } } }"""
    assert (
        error(text)
        == """\
error[OKR608]: `migrations.table` of the database `a` is `_okra_log`, and names that begin so are those of \
OKRA's other tables
  --> okra.config.json:2:38
  2 |   "test": { "migrations": { "table": "_okra_log" } } } } } }
    |                                      ^^^^^^^^^^^
    = help: `_okra_migrations` is the usual one; it may begin with that: `_okra_migrations_blog`"""
    )


@pytest.mark.parametrize("name", ["_okra_stamp", "_OKRA_LOG", "_okra_new_users", "a" * 64])
def test_no_name_that_would_be_mixed_up_with_another_is_taken_for_the_history(name: str) -> None:
    assert "`migrations.table` of the database is" in error(
        json.dumps({"database": {"migrations": {"table": name}}})
    )


@pytest.mark.parametrize("name", ["_okra_migrations", "_okra_migrations_blog", "applied", "okra"])
def test_other_names_are_taken_for_the_history(name: str) -> None:
    assert target(json.dumps({"database": {"migrations": {"table": name}}})).table == name


def test_a_variable_can_not_bring_in_a_table_of_okras_own(tmp_path: Path) -> None:
    text = json.dumps({"database": {"migrations": {"table": "${TABLE}"}}})
    (tmp_path / "okra.config.json").write_text(text)

    with pytest.raises(UsageError, match=r"`migrations\.table` is `_okra_stamp`"):
        package.load(folder=tmp_path, environ={"TABLE": "_okra_stamp"}).live_target()


json_values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)
keys = st.sampled_from(
    [
        "database",
        "databases",
        "environments",
        "provider",
        "url",
        "protected",
        "migrations",
        "mode",
        "dir",
        "table",
        "lockTimeout",
        "allow",
        "schemas",
        "sqlite",
        "local",
        "production",
        "versioned",
        "$schema",
    ]
)
config_like = st.recursive(
    st.sampled_from(["sqlite", "versioned", True, 1.5, -1, None, ["a"], "${X}"]),
    lambda inner: st.dictionaries(keys, inner, max_size=5),
    max_leaves=25,
)


@given(json_values)
def test_what_json_writes_is_read_back(value: Any) -> None:
    assert plain(read_json(Source("x", json.dumps(value)))) == value
    assert plain(read_json(Source("x", json.dumps(value, ensure_ascii=False, indent=1)))) == value


@given(config_like)
def test_any_configuration_is_read_or_refused_with_a_place(value: Any) -> None:
    try:
        choose(parsed(json.dumps(value)))
    except ConfigError as found:
        assert "okra.config.json:" in found.render()
    except UsageError as found:
        assert found.code in {"OKR610", "OKR611", "OKR612"}


@given(st.text() | st.text('{}[]",:/*\\ ab1e-+.\n\t"'))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        choose(parsed(text))
    except OkraError as found:
        assert found.render()


SCHEMA = json.loads(
    (Path(package.__file__).parent / "configuration" / "config.schema.json").read_text()
)


def _described(name: str) -> dict[str, Any]:
    return SCHEMA if name == "ConfigFile" else SCHEMA["$defs"][name]


@pytest.mark.parametrize(
    ("described", "made"),
    [
        ("ConfigFile", "ConfigFile"),
        ("database", "DatabaseEntry"),
        ("environment", "Environment"),
        ("migrations", "Migrations"),
    ],
)
def test_the_published_schema_agrees_with_the_structs(described: str, made: str) -> None:
    """Same keys, same kinds of values, and nothing else is allowed."""
    generated = msgspec.json.schema(ConfigFile)["$defs"]
    published = _described(described)
    assert published["additionalProperties"] is False
    kinds = {key: _kind(value, SCHEMA["$defs"]) for key, value in published["properties"].items()}
    assert kinds == {
        key: _kind(value, generated) for key, value in generated[made]["properties"].items()
    }


@pytest.mark.parametrize("language", GENERATORS)
def test_the_published_schema_agrees_with_the_options_of_each_language(language: str) -> None:
    """Same keys, same kinds of values, same defaults; it is what the docs say, too."""
    found = find_generator(language)
    assert found is not None
    generated = msgspec.json.schema(found.options)["$defs"]
    published = SCHEMA["$defs"][language]
    assert published["additionalProperties"] is False
    assert {
        key: _kind(value, SCHEMA["$defs"]) for key, value in published["properties"].items()
    } == {
        key: _kind(value, generated)
        for key, value in generated[found.options.__name__]["properties"].items()
    }
    defaults = {
        key: (SCHEMA["$defs"][value["$ref"].rpartition("/")[2]] if "$ref" in value else value).get(
            "default"
        )
        for key, value in published["properties"].items()
    }
    made = msgspec.to_builtins(found.options())
    assert defaults == {key: made[key] for key in published["properties"]}


def _kind(value: dict[str, Any], definitions: dict[str, Any]) -> object:
    if "anyOf" in value:
        value = next(item for item in value["anyOf"] if item.get("type") != "null")
    if "$ref" in value:
        value = definitions[value["$ref"].rpartition("/")[2]]
    if "enum" in value:
        return sorted(value["enum"])
    inner = value.get("items") or value.get("additionalProperties")
    return (value["type"], _kind(inner, definitions) if inner else None)


def test_what_migrations_may_do_is_said_for_all_or_for_one_environment() -> None:
    text = """{ "database": {
        "migrations": { "allow": ["blocking"] },
        "environments": { "local": {}, "production": { "migrations": { "allow": [] } } } } }"""
    file = parse_config(Source("okra.config.json", text))

    found = [choose(file, environment=name).allow for name in ("local", "production")]

    assert found == [("blocking",), ()]
    assert "did you mean `blocking`?" in error(
        '{ "database": { "migrations": { "allow": ["blocing"] } } }'
    )
