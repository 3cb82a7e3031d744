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


def test_gofmt_go_vet_and_go_build_find_nothing(workshop: Workshop) -> None:
    assert workshop.go_check() == {"gofmt": "", "vet": "", "build": ""}


def test_tsc_takes_all_of_it_and_what_users_write_and_refuses_what_is_wrong(
    workshop: Workshop,
) -> None:
    assert workshop.tsc_check()["tsc"].splitlines() == []


def test_pyright_takes_all_of_it_and_what_users_write_and_refuses_what_is_wrong(
    workshop: Workshop,
) -> None:
    assert workshop.pyright_check() == []


def test_ruff_finds_nothing(workshop: Workshop) -> None:
    assert workshop.ruff_check() == {"usual": "", "more": ""}


@pytest.mark.parametrize("case", all_cases("python"), ids=named)
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
