"""Where the configuration, its variables and the schema files are found, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okra.configuration.settings import Variables, find_config, load_settings, read_schemas
from okra.configuration.variables import expand
from okra.errors import UsageError
from okra.projects.library import load
from okra.textfiles import create_text, read_text, shown, write_text

if TYPE_CHECKING:
    from collections.abc import Callable


def code_of(work: Callable[..., object], *arguments: object, **named: object) -> str:
    with pytest.raises(UsageError) as caught:
        work(*arguments, **named)
    return caught.value.code


def test_the_nearest_configuration_above_is_found(tmp_path: Path) -> None:
    (tmp_path / "okra.config.json").write_text("{}")
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert find_config(inner) == tmp_path / "okra.config.json"


def test_paths_start_from_the_folder_of_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "okra.config.json").write_text('{ "database": { "url": "sqlite://data/a.db" } }')
    inner = tmp_path / "inner"
    inner.mkdir()
    project = load(folder=inner, environ={})
    assert project.url.path == str(tmp_path / "data" / "a.db")
    assert project.directory() == tmp_path / "migrations"


def test_flags_start_from_the_current_folder(tmp_path: Path) -> None:
    (tmp_path / "okra.config.json").write_text('{ "database": {} }')
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "x.okra.gql").write_text("model A { id: ID! }")
    project = load(folder=inner, environ={}, url="sqlite://b.db", schemas=["x.okra.gql"])
    assert project.url.path == str(inner / "b.db")
    assert [model.name for model in project.definition().models] == ["A"]


def test_without_a_configuration_the_folder_itself_counts(tmp_path: Path) -> None:
    project = load(folder=tmp_path, environ={})
    assert project.url.path == str(tmp_path / "local.db")
    assert project.target.schemas == ("./models.okra.gql",)


def test_the_url_says_the_provider(tmp_path: Path) -> None:
    (tmp_path / "okra.config.json").write_text('{ "database": { "provider": "postgres" } }')
    project = load(folder=tmp_path, environ={}, url="sqlite://b.db")
    assert (project.target.provider, project.providers) == ("sqlite", ("sqlite",))


@pytest.mark.parametrize(
    ("config", "named", "code"),
    [
        ("{}", {"url": "sqlite://a", "provider": "mysql"}, "OKR619"),
        ('{ "database": { "provider": "mysql" } }', {}, "OKR623"),
        ('{ "database": { "provider": "mysql", "url": "sqlite://a" } }', {}, "OKR619"),
        ('{ "database": { "url": "${NO}" } }', {}, "OKR609"),
        ('{ "database": { "url": "nothing" } }', {}, "OKR650"),
    ],
)
def test_a_url_that_does_not_fit_is_refused(
    tmp_path: Path, config: str, named: dict[str, str], code: str
) -> None:
    text = config if config != "{}" else '{ "database": {} }'
    (tmp_path / "okra.config.json").write_text(text)
    assert code_of(lambda: load(folder=tmp_path, environ={}, **named).url) == code


def test_the_environment_comes_before_the_env_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("A=file\nB='from file'\n# no\nC=${A}$(date)\n")
    variables = Variables({"A": "environment"}, tmp_path)
    assert [variables.get(name) for name in "ABCD"] == [
        "environment",
        "from file",
        "${A}$(date)",
        None,
    ]


@pytest.mark.parametrize("line", ["URL: sqlite://a.db", "export URL: x", "URL='open", "URL value"])
def test_a_variable_in_a_line_of_the_env_file_that_cannot_be_read_is_named(
    tmp_path: Path, line: str, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / ".env").write_text(f"URLS=b\nwhat is this?\n{line}\n")
    variables = Variables({}, tmp_path)
    with pytest.raises(UsageError, match="the line that begins with `URL` can't be read") as found:
        variables.expand("${URL:-sqlite://local.db}", key="url")
    assert (found.value.code, str(found.value.place)[-6:]) == ("OKR609", ".env:3")
    assert (variables.get("URLS"), variables.get("this"), caplog.text) == ("b", None, "")


def test_the_env_file_of_a_parent_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("A=parent\n")
    inner = tmp_path / "inner"
    inner.mkdir()
    assert Variables({}, inner).get("A") is None


def test_the_env_file_is_read_only_when_it_is_needed(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    variables = Variables({"A": "x"}, tmp_path)
    assert variables.expand("${A}", key="url") == "x"
    assert code_of(variables.get, "B") == "OKR604"


def test_an_env_file_that_others_may_write_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("A=x\n")
    (tmp_path / ".env").chmod(0o666)
    assert code_of(Variables({}, tmp_path).get, "A") == "OKR617"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_an_env_file_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("A=x\n")
    os.chown(tmp_path / ".env", 12345, 12345)
    assert code_of(Variables({}, tmp_path).get, "A") == "OKR617"


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        ("plain $5 {x}", "plain $5 {x}"),
        ("${A}/${B}", "1/${A}"),
        ("${C:-x}", "x"),
        ("${C:-}", ""),
        ("${EMPTY:-x}", "x"),
        ("${EMPTY}", ""),
        ("$${A}", "${A}"),
        ("a${A:-b}c", "a1c"),
        ("${C:-a:-b}", "a:-b"),
    ],
)
def test_variables_are_expanded_once(text: str, expanded: str) -> None:
    values = {"A": "1", "B": "${A}", "EMPTY": ""}
    assert expand(text, values.get, key="url") == expanded


@pytest.mark.parametrize("text", ["${", "${}", "${A", "${1}", "${A-b}", "${ A }", "${NOT_SET}"])
def test_a_variable_that_is_wrong_or_not_set_names_its_key(text: str) -> None:
    with pytest.raises(UsageError, match="`url`") as caught:
        expand(text, {"A": "1"}.get, key="url")
    assert caught.value.code == "OKR609"


@given(st.text("${}:-AB_ 1"))
def test_any_text_expands_or_is_refused(text: str) -> None:
    try:
        expand(text, {"A": "x"}.get, key="url")
    except UsageError as found:
        assert found.code == "OKR609"


def test_schema_patterns_are_sorted_and_each_file_comes_once(tmp_path: Path) -> None:
    for name in ("b.okra.gql", "a.okra.gql", "deep/er/c.okra.gql", "d.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    found = read_schemas(["./b.okra.gql", "**/*.okra.gql"], tmp_path)
    assert [Path(source.name).name for source in found] == [
        "b.okra.gql",
        "a.okra.gql",
        "c.okra.gql",
    ]


def test_a_file_whose_name_looks_like_a_pattern_is_found(tmp_path: Path) -> None:
    (tmp_path / "a[1].okra.gql").write_text("x")
    assert read_schemas(["a[1].okra.gql"], tmp_path)[0].text == "x"


def test_a_byte_order_mark_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.gql").write_bytes(b"\xef\xbb\xbfmodel")
    assert read_schemas(["a.gql"], tmp_path)[0].text == "model"


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _loop(path: Path) -> None:
    path.symlink_to(path)


def _latin(path: Path) -> None:
    path.write_bytes(b"# one\n# caf\xe9")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda _: None, "OKR604"),
        (Path.mkdir, "OKR604"),
        (_fifo, "OKR604"),
        (_loop, "OKR604"),
        (_latin, "OKR614"),
        (lambda path: path.symlink_to("/dev/zero"), "OKR604"),
        (lambda path: os.truncate(_touched(path), 70_000_000), "OKR604"),
    ],
)
def test_a_schema_that_is_no_text_file_is_refused(
    tmp_path: Path, make: Callable[[Path], object], code: str
) -> None:
    make(tmp_path / "x.okra.gql")
    assert code_of(read_schemas, ["x.okra.gql"], tmp_path) == code


def _touched(path: Path) -> Path:
    path.touch()
    return path


@pytest.mark.parametrize(
    ("pattern", "code"),
    [("no/*.gql", "OKR613"), ("a\0b", "OKR613"), ("x" * 5000, "OKR604"), ("", "OKR604")],
)
def test_a_pattern_without_files_is_refused(tmp_path: Path, pattern: str, code: str) -> None:
    assert code_of(read_schemas, [pattern], tmp_path) == code


def test_the_line_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    _latin(tmp_path / "x.gql")
    with pytest.raises(UsageError) as caught:
        read_text(tmp_path / "x.gql", "the schema", 100)
    assert caught.value.place == f"{tmp_path}/x.gql:2"


def test_a_configuration_may_be_named_by_its_folder(tmp_path: Path) -> None:
    (tmp_path / "okra.config.json").write_text('{ "database": {} }')
    assert load_settings(Path("/"), tmp_path).folder == tmp_path


def test_writing_keeps_permissions_and_follows_links(tmp_path: Path) -> None:
    target = tmp_path / "real.txt"
    target.write_text("old")
    target.chmod(0o640)
    link = tmp_path / "link.txt"
    link.symlink_to(target)
    write_text(link, "new\n")
    assert (target.read_text(), target.stat().st_mode & 0o777, link.is_symlink()) == (
        "new\n",
        0o640,
        True,
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.txt", "real.txt"]


def test_a_new_file_never_replaces_one(tmp_path: Path) -> None:
    create_text(tmp_path / "a", "1")
    assert code_of(create_text, tmp_path / "a", "2") == "OKR620"
    assert (tmp_path / "a").read_text() == "1"


def test_a_new_file_that_can_not_be_written_is_not_left_behind(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        create_text(tmp_path / "a", "begun \ud800")
    assert list(tmp_path.iterdir()) == []


def test_what_the_system_refuses_is_named_as_it_was_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("no folder")

    with pytest.raises(NotADirectoryError) as caught:
        write_text(tmp_path / "a" / "b", "text")

    assert caught.value.filename == shown(tmp_path / "a" / "b")
