"""What a user reads when a schema is wrong: every code, drawn as the command line draws it.

A case is `messages/<code>_<what>.txt`, the schema (of several files with `-- name --` above each), and
beside it `<code>_<what>.out`, what comes out. `pytest --update-golden` writes the latter.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import okra.language
from okra.errors import SchemaError, draw
from okra.language.define import parse_schema
from okra.source import Source

FOLDER = Path(__file__).parent / "messages"
CASES = sorted(path.stem for path in FOLDER.glob("*.txt"))
_PROVIDERS = re.compile(r"^# providers: (.*)$", re.MULTILINE)
_FILE = re.compile(r"^-- (\S+) --\n", re.MULTILINE)


def sources(text: str) -> list[Source]:
    first, *rest = _FILE.split(text)
    if not rest:
        return [Source("models.okra.gql", first)]
    return [Source(name, body) for name, body in zip(rest[::2], rest[1::2], strict=True)]


def said(text: str) -> str:
    """The errors of a schema, or its warnings if it has none; `# providers: sqlite` says what it is for."""
    files = sources(text)
    configured = _PROVIDERS.search(text)
    providers = configured[1].split(", ") if configured else []
    try:
        warnings = parse_schema(files, providers=providers).warnings
    except SchemaError as error:
        return error.render()
    by_name = {source.name: source for source in files}
    return "\n\n".join(draw(item, by_name) for item in warnings)


@pytest.mark.parametrize("case", CASES)
def test_the_message_is_the_golden_one(case: str, update_golden: bool) -> None:
    text = (FOLDER / f"{case}.txt").read_bytes().decode()
    golden = FOLDER / f"{case}.out"
    if update_golden:
        golden.write_text(said(text) + "\n")
    assert said(text) + "\n" == golden.read_text()


@pytest.mark.parametrize("case", [case for case in CASES if case.startswith("OKR")])
def test_the_case_is_about_its_code_alone(case: str) -> None:
    codes = set(re.findall(r"^\w+\[(OKR\d+)\]", (FOLDER / f"{case}.out").read_text(), re.MULTILINE))
    assert codes == {case[:6]}


def test_every_code_has_a_case() -> None:
    folder = Path(okra.language.__file__).parent
    texts = "".join(path.read_text() for path in folder.glob("*.py"))
    raised = set(re.findall(r'"(OKR\d{3})"', texts))
    too_large_for_a_file = {"OKR001"}
    assert raised - {case[:6] for case in CASES} == too_large_for_a_file


def test_a_file_over_the_limit_is_refused_with_its_size() -> None:
    with pytest.raises(SchemaError) as caught:
        parse_schema([Source("models.okra.gql", "# long\n" * 2_500_000)])
    assert caught.value.render() == (
        "error[OKR001]: the file has 17,500,000 characters; a schema file may have 16,777,216 at most\n"
        "  --> models.okra.gql\n"
        "  = help: split it into several files; they are read as one schema"
    )
