"""The real tools find nothing in generated code: gofmt, go vet, tsc --strict, pyright strict and ruff."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import msgspec
import pytest

from generated import CHOICES, ZOD_VERSION, Case, all_cases, files_of
from okra.codegen import GENERATORS, find_generator
from okra.codegen.generator import MARK

if TYPE_CHECKING:
    from workshop import Workshop


def named(case: Case) -> str:
    return case.name


def about(case: Case, text: str) -> list[str]:
    """The lines of a tool's output that name a file of the case."""
    return [line for line in text.splitlines() if f"{case.name}/" in line]


go = pytest.mark.parametrize("case", all_cases("go"), ids=named)
typescript = pytest.mark.parametrize("case", all_cases("typescript"), ids=named)
python = pytest.mark.parametrize("case", all_cases("python"), ids=named)


@go
def test_gofmt_and_vet_find_nothing(case: Case, workshop: Workshop) -> None:
    found = workshop.go_check()
    assert about(case, found["gofmt"]) == []
    assert about(case, found["vet"]) == []


def test_go_builds_all_of_it(workshop: Workshop) -> None:
    assert workshop.go_check() == {"gofmt": "", "vet": "", "build": ""}


@typescript
def test_tsc_finds_nothing(case: Case, workshop: Workshop) -> None:
    assert about(case, workshop.tsc_check()["tsc"]) == []


def test_tsc_builds_all_of_it_takes_what_users_write_and_refuses_what_is_wrong(
    workshop: Workshop,
) -> None:
    assert workshop.tsc_check() == {"tsc": ""}


@python
def test_pyright_and_ruff_find_nothing(case: Case, workshop: Workshop) -> None:
    found = workshop.python_check()
    assert about(case, "\n".join(pyright_said(workshop))) == []
    assert about(case, found["ruff"]) == []
    assert about(case, found["ruff more"]) == []


def pyright_said(workshop: Workshop) -> list[str]:
    return [
        f"{each['file']}:{each['range']['start']['line'] + 1}: {each['message']}"
        for each in workshop.python_check()["pyright"]
    ]


def test_pyright_and_ruff_take_what_users_write_and_refuse_what_is_wrong(
    workshop: Workshop,
) -> None:
    assert pyright_said(workshop) == []
    assert (workshop.python_check()["ruff"], workshop.python_check()["ruff more"]) == ("", "")


@python
def test_python_can_be_imported(
    case: Case, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(workshop.python_folder()))
    for file in files_of(case):
        parts = [case.name, *file.name.removesuffix(".py").removesuffix("/__init__").split("/")]
        importlib.import_module(".".join(part for part in parts if part != "__init__"))


@pytest.mark.parametrize("language", GENERATORS)
def test_every_option_of_every_language_is_tried(language: str) -> None:
    found = find_generator(language)
    assert found is not None
    options = {field.encode_name for field in msgspec.structs.fields(found.options)}
    elsewhere = {"output", "package"}  # what files are called and where they lie: test_go.py
    assert {*CHOICES[language]} - {ZOD_VERSION} == options - elsewhere


@pytest.mark.parametrize(
    "case", [*all_cases("go"), *all_cases("typescript"), *all_cases("python")], ids=named
)
def test_every_file_says_first_that_it_is_generated(case: Case) -> None:
    files = files_of(case)
    assert files
    for file in files:
        assert MARK in file.text.splitlines()[0]
        assert file.text.endswith("\n")
        assert not file.text.endswith("\n\n")
        assert "\r" not in file.text
    assert len({file.name.lower() for file in files}) == len(files)
